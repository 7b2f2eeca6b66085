/** What handles lead to: variables, which outlive a run and have a container and a name; arrays and stacks. */
import { KernelError } from './kernel-error';
import type { Payload, Value } from './value';

export interface Resource extends Payload {
  /** Where it is, as messages say it. */
  readonly place: Place;
  readonly kind: Kind<Resource>;
  /** Whether it is there for TensorFlow: what is not made a container of its own accord. */
  readonly wasMade: boolean;
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
export const DEFAULT = 'localhost';
/** Where a node's resource is found. */
export interface Place {
  readonly container: string;
  readonly name: string;
}
export function placeOf(nodeName: string, attrs: Readonly<Record<string, unknown>>): Place {
  const { container, shared_name } = attrs;
  return {
    container: typeof container === 'string' && container ? container : DEFAULT,
    name: typeof shared_name === 'string' && shared_name ? shared_name : nodeName,
  };
}

/** Where what belongs to one run lies. */
export const STEP = '__per_step_0';
/** The place of what is gone with the step that made it: TensorFlow counts the steps and the names. */
export const ofStep = (name: string): Place => ({ container: STEP, name: `${name}_0` });

/** Where ops may read and write files: gives the path that is meant, or throws. Programs of one's own may anywhere. */
export type FileAccess = (path: string) => string;
const ANYWHERE: FileAccess = (path) => path;
/** `file://host/path` is a path on this machine, as in TensorFlow. */
const pathOf = (name: string): string => /^file:\/\/[^/]*(\/.*)$/s.exec(name)?.[1] ?? name;

/** As in TensorFlow, a queue and a variable may have the same name: the kind is a part of it. */
export class Resources {
  /** What ended a loop of runs that was to fill queues, for whoever waits for them. */
  failure: string | null = null;
  private readonly containers = new Map<string, Map<string, Resource>>();
  /** @param stepBytes  of memory that the values of one run may take together */
  constructor(
    readonly fileAccess: FileAccess = ANYWHERE,
    readonly stepBytes = Infinity,
  ) {}
  /** Where a file is that a node names. */
  readonly fileAt: FileAccess = (name) => this.fileAccess(pathOf(name));

  find<R extends Resource>(kind: Kind<R>, { container, name }: Place): R | null {
    const found = this.containers.get(container)?.get(`${kind.typeName}/${name}`) ?? null;
    return kind.is(found) ? found : null;
  }
  /** How many of a kind there are. */
  count(kind: Kind<Resource>): number {
    return [...this.all()].filter((resource) => resource.kind === kind).length;
  }
  findOrMake<R extends Resource>(kind: Kind<R>, place: Place, make: () => R): R {
    return this.find(kind, place) ?? this.add(place, make());
  }
  private add<R extends Resource>({ container, name }: Place, made: R): R {
    let inside = this.containers.get(container);
    if (!inside) this.containers.set(container, (inside = new Map()));
    inside.set(`${made.kind.typeName}/${name}`, made);
    return made;
  }
  /** TensorFlow's sentence for what is not there; `typeName` null where the container need not be named twice. */
  missing({ container, name }: Place, typeName: string | null): string {
    const inside = [...(this.containers.get(container)?.values() ?? [])];
    if (inside.some((r) => r.wasMade))
      return `Resource ${container}/${name}/${typeName ?? '<unknown>'} does not exist.`;
    const where = typeName === null ? '' : ` (Could not find resource: ${container}/${name})`;
    return `Container ${container} does not exist.${where}`;
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

/** Whether an edge carries a handle, of whatever kind. */
export function isResource(payload: Payload | null): payload is Resource {
  return payload !== null && 'kind' in payload && payload.kind instanceof Kind;
}
/** TensorFlow's sentence where an edge carries something else than a handle of this kind. */
export function wrongKind({ payload }: Value, { typeName }: Kind<Resource>): string {
  const found = isResource(payload) ? payload.kind.typeName : 'no resource';
  return `Trying to access resource using the wrong type. Expected ${found} got ${typeName}`;
}
/** What a handle points at. @throws InvalidArgument  if that is of another kind */
export function resourceOf<R extends Resource>(value: Value, kind: Kind<R>): R {
  if (kind.is(value.payload)) return value.payload;
  throw new KernelError('InvalidArgument', wrongKind(value, kind));
}
