/** `variableScope`: prefixes and defaults for what `getVariable` makes or shares. */
import { type DType, type DTypeLike, asDtype, float32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import type { ShapeLike } from '../base/shape';
import { graphOf } from '../graph/apply';
import type { Convertible, TensorLike } from '../graph/constant';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { Key } from '../graph/own';

/** What makes a variable's initial value from a shape: an object of `initializers.ts`, its class, or a function. */
export interface InitializerObject {
  call(shape: readonly number[], dtype?: DType | null): Tensor;
}
export type InitializerFunction = (shape: readonly number[], dtype?: DType | null) => Tensor | InitializerObject;
export type Initializer = InitializerObject | InitializerFunction | (new () => InitializerObject);
/** A penalty on a variable's value, or null for none. */
export type Regularizer = (weights: Convertible) => Tensor | null;
/** What `getVariable` gives: a Variable, or what a custom getter puts in its place. */
export interface VariableLike extends Convertible {
  readonly name: string;
  readonly op: Operation;
}

/** Lets `getVariable` make a variable that is not there and share one that is. */
export const AUTO_REUSE = Symbol('AUTO_REUSE');
export type Reuse = boolean | typeof AUTO_REUSE;

/** The arguments of `getVariable`; a scope gives defaults for those that it has too. */
export interface GetVariableOptions {
  readonly shape?: ShapeLike | number;
  readonly dtype?: DTypeLike | null;
  /** Makes the initial value; or is it, and then gives the shape. Glorot's uniform one for floats, zeros for others. */
  readonly initializer?: Initializer | TensorLike | null;
  readonly regularizer?: Regularizer | null;
  readonly trainable?: boolean | null;
  readonly collections?: readonly string[] | null;
  readonly cachingDevice?: string | null;
  readonly validateShape?: boolean;
  readonly useResource?: boolean | null;
  readonly customGetter?: CustomGetter | null;
  readonly constraint?: ((value: Tensor) => Tensor) | null;
  readonly reuse?: Reuse | null;
}
/** Stands before `getVariable`: may call the getter with other arguments, or put something else in the variable's place. */
export type CustomGetter = (
  getter: (name: string, options: GetVariableOptions) => VariableLike,
  name: string,
  options: GetVariableOptions,
) => VariableLike;

export type ScopeDefaults = Pick<
  GetVariableOptions,
  'initializer' | 'regularizer' | 'cachingDevice' | 'customGetter' | 'useResource' | 'constraint'
>;
export interface VariableScopeOptions extends ScopeDefaults {
  /** The name where none is given; made unique. */
  readonly defaultName?: string | null;
  readonly values?: readonly unknown[];
  readonly reuse?: Reuse | null;
  readonly dtype?: DTypeLike | null;
  /** False keeps the open name scope. */
  readonly auxiliaryNameScope?: boolean;
}

/** A prefix of variable names with defaults for `getVariable`. */
export class VariableScope {
  constructor(
    private reuse_: Reuse,
    readonly name = '',
    /** The name scope that was opened with it. */
    readonly originalNameScope = '',
    private defaults: ScopeDefaults = {},
    private dtype_: DType = float32,
  ) {}
  get reuse(): Reuse {
    return this.reuse_;
  }
  get dtype(): DType {
    return this.dtype_;
  }
  get initializer(): ScopeDefaults['initializer'] {
    return this.defaults.initializer;
  }
  get regularizer(): ScopeDefaults['regularizer'] {
    return this.defaults.regularizer;
  }
  get cachingDevice(): ScopeDefaults['cachingDevice'] {
    return this.defaults.cachingDevice;
  }
  get customGetter(): ScopeDefaults['customGetter'] {
    return this.defaults.customGetter;
  }
  get useResource(): ScopeDefaults['useResource'] {
    return this.defaults.useResource;
  }
  get constraint(): ScopeDefaults['constraint'] {
    return this.defaults.constraint;
  }
  /** From here on `getVariable` shares what is there. */
  reuseVariables(): void {
    this.reuse_ = true;
  }
  setInitializer(initializer: ScopeDefaults['initializer']): void {
    this.set({ initializer });
  }
  setRegularizer(regularizer: ScopeDefaults['regularizer']): void {
    this.set({ regularizer });
  }
  setCachingDevice(cachingDevice: string | null): void {
    this.set({ cachingDevice });
  }
  setCustomGetter(customGetter: CustomGetter | null): void {
    this.set({ customGetter });
  }
  setUseResource(useResource: boolean): void {
    this.set({ useResource });
  }
  setDtype(dtype: DTypeLike): void {
    this.dtype_ = asDtype(dtype);
  }
  private set(changed: ScopeDefaults): void {
    this.defaults = { ...this.defaults, ...changed };
  }
  /** What was added to a collection under this scope. */
  getCollection<T = unknown>(key: string): T[] {
    return getDefaultGraph().getCollection<T>(key, this.name ? `${this.name}/` : '');
  }
  trainableVariables<T = Convertible>(): T[] {
    return this.getCollection<T>(GraphKeys.TRAINABLE_VARIABLES);
  }
  globalVariables<T = Convertible>(): T[] {
    return this.getCollection<T>(GraphKeys.GLOBAL_VARIABLES);
  }
  localVariables<T = Convertible>(): T[] {
    return this.getCollection<T>(GraphKeys.LOCAL_VARIABLES);
  }
}

interface Scopes {
  current: VariableScope;
  counts: Map<string, number>;
}
const SCOPES = new Key<Scopes>('variable scopes');
function scopesOf(graph: Graph): Scopes {
  return graph.own(SCOPES, () => ({ current: new VariableScope(false), counts: new Map() }));
}
/** The open variable scope of the default graph. */
export function getVariableScope(): VariableScope {
  return scopesOf(getDefaultGraph()).current;
}

let resourcesByDefault = false;
/** Makes variables behind handles where nothing else is said. */
export function enableResourceVariables(): void {
  resourcesByDefault = true;
}
export function disableResourceVariables(): void {
  resourcesByDefault = false;
}
export function resourceVariablesEnabled(): boolean {
  return resourcesByDefault;
}
export function usesResources(graph: Graph): boolean {
  return scopesOf(graph).current.useResource ?? resourcesByDefault;
}

/**
 * Runs `body`; the names of variables that `getVariable` makes in it begin with `name/`, and so do those of all nodes.
 *
 *     const logits = tf.variableScope('layer', {reuse: tf.AUTO_REUSE}, () => {
 *       const w = tf.getVariable('w', [784, 10]);         // layer/w, made once
 *       return tf.matmul(x, w);
 *     });
 *
 * @param nameOrScope  a name below the open scope; a VariableScope to enter again; null for `defaultName`
 * @param options      `reuse`: true shares variables, `tf.AUTO_REUSE` makes those that are not there; defaults for `getVariable`; or the default name
 * @returns  what `body` returns; it is given the scope
 * @throws ValueError  for `reuse` without a name
 */
export function variableScope<R>(nameOrScope: string | VariableScope | null, body: (scope: VariableScope) => R): R;
export function variableScope<R>(
  nameOrScope: string | VariableScope | null,
  options: VariableScopeOptions | string | null,
  body: (scope: VariableScope) => R,
): R;
export function variableScope<R>(
  nameOrScope: string | VariableScope | null,
  second: VariableScopeOptions | string | null | ((scope: VariableScope) => R),
  third?: (scope: VariableScope) => R,
): R {
  const body = typeof second === 'function' ? second : third!;
  const options: VariableScopeOptions =
    typeof second === 'string' ? { defaultName: second } : typeof second === 'function' || !second ? {} : second;
  const { defaultName = null, values = [], auxiliaryNameScope = true } = options;
  const reuse = options.reuse || null;
  if (defaultName === null && nameOrScope === null)
    throw new TypeError_('If default_name is None then name_or_scope is required');
  if (reuse !== null && reuse !== true && reuse !== AUTO_REUSE)
    throw new ValueError('The reuse parameter must be True or False or None.');
  if (nameOrScope !== null && typeof nameOrScope !== 'string' && !(nameOrScope instanceof VariableScope))
    throw new TypeError_('VariableScope: name_or_scope must be a string or VariableScope.');
  if (nameOrScope === null && reuse) throw new ValueError('reuse=True cannot be used without a name_or_scope');
  return graphOf(values).asDefault((graph) => {
    const scopeName =
      nameOrScope === null
        ? defaultName!
        : typeof nameOrScope === 'string'
          ? nameOrScope
          : nameOrScope.name.split('/').pop()!;
    const inNames = <T>(run: (scope: string | null) => T): T => {
      if (!auxiliaryNameScope) return run(graph.scopeName ? `${graph.scopeName}/` : '');
      return scopeName ? graph.nameScope(scopeName, run) : run(null);
    };
    return inNames((opened) =>
      enter(graph, nameOrScope ?? uniqueScope(graph, defaultName!), { ...options, reuse }, opened, body),
    );
  });
}

/** Makes a scope the open one for the time of `body`. */
function enter<R>(
  graph: Graph,
  nameOrScope: string | VariableScope,
  options: VariableScopeOptions & { readonly reuse: Reuse | null },
  opened: string | null,
  body: (scope: VariableScope) => R,
): R {
  const scopes = scopesOf(graph);
  const outer = scopes.current;
  const isScope = nameOrScope instanceof VariableScope;
  const from = isScope ? nameOrScope : outer;
  const name = isScope ? nameOrScope.name : outer.name ? `${outer.name}/${nameOrScope}` : nameOrScope;
  const inner = new VariableScope(
    isScope ? options.reuse || from.reuse : options.reuse || outer.reuse,
    name,
    isScope ? nameOrScope.originalNameScope : (opened ?? nameOrScope),
    {
      initializer: options.initializer ?? from.initializer,
      regularizer: options.regularizer ?? from.regularizer,
      cachingDevice: options.cachingDevice ?? from.cachingDevice,
      customGetter: nestedGetter(options.customGetter, from.customGetter),
      useResource: options.useResource ?? from.useResource,
      constraint: options.constraint,
    },
    options.dtype ? asDtype(options.dtype) : from.dtype,
  );
  scopes.counts.set(name, (scopes.counts.get(name) ?? 0) + 1);
  const counts = isScope ? new Map(scopes.counts) : null;
  scopes.current = inner;
  try {
    return body(inner);
  } finally {
    if (counts) scopes.counts = counts;
    // Names below are free again: entering this scope once more finds the same variables.
    else for (const key of scopes.counts.keys()) if (key.startsWith(`${name}/`)) scopes.counts.set(key, 0);
    scopes.current = outer;
  }
}
/** The inner getter calls the outer one. */
function nestedGetter(
  inner: CustomGetter | null | undefined,
  outer: CustomGetter | null | undefined,
): CustomGetter | null {
  if (!inner || !outer) return inner ?? outer ?? null;
  return (getter, name, options) => inner((n, o) => outer(getter, n, o), name, options);
}
function uniqueScope(graph: Graph, prefix: string): string {
  const { current, counts } = scopesOf(graph);
  const full = current.name ? `${current.name}/${prefix}` : prefix;
  if (!counts.get(full)) return prefix;
  let i = 1;
  while (counts.get(`${full}_${i}`)) i++;
  return `${prefix}_${i}`;
}
