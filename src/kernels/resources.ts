/** What outlives a run: variables, queues, tables, by kind, container and name. */
import { KernelError } from './kernel-error';
import type { Payload, Value } from './value';

export interface Resource extends Payload {
  readonly name: string;
  readonly kind: Kind<Resource>;
  dispose(): void;
}
/** A kind of resource, with TensorFlow's name of its type, which messages show. */
export class Kind<out R extends Resource> {
  constructor(
    readonly typeName: string,
    private readonly type: abstract new (...args: never[]) => R,
  ) {}
  is(payload: Payload | null): payload is R {
    return payload instanceof this.type && payload.kind === this;
  }
}

/** The container of what names none. */
const DEFAULT = 'localhost';
/** Where a node's resource is found. */
export interface Place {
  readonly container: string;
  readonly name: string;
}
export function placeOf(nodeName: string, attrs: Readonly<Record<string, unknown>>): Place {
  const { container, shared_name } = attrs;
  return {
    container: typeof container === 'string' ? container : '',
    name: typeof shared_name === 'string' && shared_name ? shared_name : nodeName,
  };
}

/** Where ops may read and write files: gives the path that is meant, or throws. Programs of one's own may anywhere. */
export type FileAccess = (path: string) => string;
const ANYWHERE: FileAccess = (path) => path;

/** As in TensorFlow, a queue and a variable may have the same name: the kind is a part of it. */
export class Resources {
  private readonly containers = new Map<string, Map<string, Resource>>();
  constructor(readonly fileAt: FileAccess = ANYWHERE) {}

  find<R extends Resource>(kind: Kind<R>, { container, name }: Place): R | null {
    const found = this.containers.get(container || DEFAULT)?.get(`${kind.typeName}/${name}`) ?? null;
    return kind.is(found) ? found : null;
  }
  findOrMake<R extends Resource>(kind: Kind<R>, place: Place, make: () => R): R {
    return this.find(kind, place) ?? this.add(place, make());
  }
  private add<R extends Resource>({ container, name }: Place, made: R): R {
    const key = container || DEFAULT;
    let inside = this.containers.get(key);
    if (!inside) this.containers.set(key, (inside = new Map()));
    inside.set(`${made.kind.typeName}/${name}`, made);
    return made;
  }
  *all(): Iterable<Resource> {
    for (const inside of this.containers.values()) yield* inside.values();
  }
  /** Drops what is in these containers; in all of them where none are named. */
  reset(containers: readonly string[] = []): void {
    for (const name of containers.length ? containers : [...this.containers.keys()]) {
      for (const resource of this.containers.get(name)?.values() ?? []) resource.dispose();
      this.containers.delete(name);
    }
  }
}

/** TensorFlow's name for the type of what an edge carries. */
export function typeNameOf(payload: Payload | null): string {
  return payload && 'kind' in payload && payload.kind instanceof Kind ? payload.kind.typeName : 'no resource';
}
/** What a handle points at. @throws InvalidArgument  if that is of another kind */
export function resourceOf<R extends Resource>({ payload }: Value, kind: Kind<R>): R {
  if (kind.is(payload)) return payload;
  throw new KernelError(
    'InvalidArgument',
    `Trying to access resource using the wrong type. Expected ${typeNameOf(payload)} got ${kind.typeName}`,
  );
}
