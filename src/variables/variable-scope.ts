/** `VariableScope`: a prefix and defaults for `getVariable`, and what the two take. */
import { type DType, type DTypeLike, asDtype, float32 } from '../base/dtype';
import type { ShapeLike } from '../base/shape';
import { type Args, constructorOf, signature } from '../calls/bind';
import type { Convertible, TensorLike } from '../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';

/**
 * What makes a variable's initial value from a shape: an object of `initializers.ts`, its class, or a function.
 */
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
/**
 * Stands before `getVariable`: may call the getter with other arguments, or put something else in the variable's place.
 */
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

type Scope = [
  reuse: Reuse,
  name?: string,
  initializer?: Initializer | TensorLike,
  regularizer?: Regularizer,
  cachingDevice?: string,
  partitioner?: null,
  customGetter?: CustomGetter,
  nameScope?: string,
  dtype?: DTypeLike,
  useResource?: boolean,
  constraint?: (value: Tensor) => Tensor,
];
const VARIABLE_SCOPE = constructorOf<Scope>('VariableScope');
const GET_COLLECTION = signature<[name: string]>('VariableScope.get_collection');

/** A prefix of variable names with defaults for `getVariable`. */
export class VariableScope {
  readonly name: string;
  /** The name scope that was opened with it. */
  readonly originalNameScope: string;
  private reuse_: Reuse;
  private dtype_: DType;
  private defaults: ScopeDefaults;
  constructor(...given: Args<'VariableScope', Scope>) {
    const [reuse, name = '', initializer, regularizer, cachingDevice, , customGetter, ...more] =
      VARIABLE_SCOPE.take(given);
    const [nameScope = '', dtype = float32, useResource, constraint] = more;
    this.reuse_ = reuse;
    this.name = name;
    this.originalNameScope = nameScope;
    this.dtype_ = asDtype(dtype);
    this.defaults = { initializer, regularizer, cachingDevice, customGetter, useResource, constraint };
  }
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
  getCollection<T = unknown>(...given: Args<'VariableScope.get_collection', [name: string]>): T[] {
    const [name] = GET_COLLECTION.take(given);
    return this.collected<T>(name);
  }
  private collected<T>(key: string): T[] {
    return getDefaultGraph().getCollection<T>(key, this.name ? `${this.name}/` : '');
  }
  trainableVariables<T = Convertible>(): T[] {
    return this.collected<T>(GraphKeys.TRAINABLE_VARIABLES);
  }
  globalVariables<T = Convertible>(): T[] {
    return this.collected<T>(GraphKeys.GLOBAL_VARIABLES);
  }
  localVariables<T = Convertible>(): T[] {
    return this.collected<T>(GraphKeys.LOCAL_VARIABLES);
  }
}
