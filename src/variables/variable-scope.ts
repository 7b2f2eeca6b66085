/** `VariableScope`: a prefix and defaults for `getVariable`, and what the two take. */
import type { ByName } from '../base/by-name';
import { guardClass } from '../base/misses';
import { type DType, type DTypeLike, asDtype, float32 } from '../base/dtype';
import type { ShapeLike, TensorShape } from '../base/shape';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import type { Convertible, TensorLike } from '../graph/constant';
import type { Collected } from '../graph/collected';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { CachingDevice } from './caching';
import type { PartitionInfo } from './initializer';

/**
 * What makes a variable's initial value from a shape: an object of `initializers.ts`, its class, or a function.
 */
export interface InitializerObject {
  call(shape: readonly number[], dtype?: DType | null, partition?: PartitionInfo | null): Tensor;
}
export type InitializerFunction = (
  shape: readonly number[],
  dtype?: DType | null,
  partition?: PartitionInfo | null,
) => Tensor | InitializerObject;
/** Says into how many parts a variable of this shape is cut along each of its dimensions; along one at most. */
export type Partitioner = (shape: TensorShape, dtype: DType) => readonly number[];
export type Initializer = InitializerObject | InitializerFunction | (new () => InitializerObject);
/** A penalty on a variable's value, or null for none. */
export type Regularizer = (weights: Convertible) => Tensor | null;
/** What `getVariable` gives: a Variable, or what a custom getter puts in its place. */
export interface VariableLike extends Convertible {
  /** Its name. */
  readonly name: string;
  /** The node that holds its value. */
  readonly op: Operation;
}

/**
 * Lets `getVariable` make a variable that is not there and share one that is.
 *
 *     const make = () => tf.variableScope('a', { reuse: tf.AUTO_REUSE }, () => tf.getVariable('w', [1]));
 *     make() === make()   // true
 */
export const AUTO_REUSE = Symbol('AUTO_REUSE');
/**
 * Whether variables are shared: false makes new ones, true wants those that are there, `tf.AUTO_REUSE` does either.
 */
export type Reuse = boolean | typeof AUTO_REUSE;

/** The arguments of `getVariable`; a scope gives defaults for those that it has too. */
export interface GetVariableOptions extends ByName {
  /** The shape of the variable. */
  readonly shape?: ShapeLike | number;
  /** Its element type. */
  readonly dtype?: DTypeLike | null;
  /** Makes the initial value; or is it, and then gives the shape. Glorot's uniform one for floats, zeros for others. */
  readonly initializer?: Initializer | TensorLike | null;
  /** Gives a penalty, which goes into the collection REGULARIZATION_LOSSES. */
  readonly regularizer?: Regularizer | null;
  /** Whether optimizers change it. */
  readonly trainable?: boolean | null;
  /** The collections that it is added to. */
  readonly collections?: readonly string[] | null;
  /** Where its reads are kept. */
  readonly cachingDevice?: CachingDevice | null;
  /** Keeps it in parts. */
  readonly partitioner?: Partitioner | null;
  /** False lets the initial value have an unknown shape. */
  readonly validateShape?: boolean;
  /** A variable behind a handle, as in TensorFlow 2. */
  readonly useResource?: boolean | null;
  /** Stands before the call. */
  readonly customGetter?: CustomGetter | null;
  /** A projection that an optimizer applies after each update. */
  readonly constraint?: ((value: Tensor) => Tensor) | null;
  /** Whether a variable that is there is shared. */
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

/** What a scope gives to `getVariable` where its call does not say. */
export type ScopeDefaults = Pick<
  GetVariableOptions,
  'initializer' | 'regularizer' | 'cachingDevice' | 'partitioner' | 'customGetter' | 'useResource' | 'constraint'
>;
/** What `variableScope` takes by name. */
export interface VariableScopeOptions extends ScopeDefaults {
  /** The name where none is given; made unique. */
  readonly defaultName?: string | null;
  /** Tensors whose graph is the default one inside. */
  readonly values?: readonly unknown[];
  /** Whether variables are shared. */
  readonly reuse?: Reuse | null;
  /** The element type of variables that say none. */
  readonly dtype?: DTypeLike | null;
  /** False keeps the open name scope. */
  readonly auxiliaryNameScope?: boolean;
}

type Scope = [
  reuse: Reuse,
  name?: string,
  initializer?: Initializer | TensorLike,
  regularizer?: Regularizer,
  cachingDevice?: CachingDevice,
  partitioner?: Partitioner,
  customGetter?: CustomGetter,
  nameScope?: string,
  dtype?: DTypeLike,
  useResource?: boolean,
  constraint?: (value: Tensor) => Tensor,
];
const VARIABLE_SCOPE = constructorOf<Scope>('VariableScope');
const GET_COLLECTION = signature<[name: string]>('VariableScope.get_collection');

/**
 * A prefix of variable names with defaults for `getVariable`.
 *
 *     tf.variableScope('a', (scope) => scope.name)   // 'a'
 */
export class VariableScope {
  /** The prefix, without a slash at its end. */
  readonly name: string;
  /** The name scope that was opened with it. */
  readonly originalNameScope: string;
  private reuse_: Reuse;
  private dtype_: DType;
  private defaults: ScopeDefaults;
  /** Makes a scope; `tf.variableScope` opens it. */
  constructor(...given: Args<'VariableScope', Scope>) {
    const [reuse, name = '', initializer, regularizer, cachingDevice, partitioner, customGetter, ...more] =
      VARIABLE_SCOPE.take(given);
    const [nameScope = '', dtype = float32, useResource, constraint] = more;
    this.reuse_ = reuse;
    this.name = name;
    this.originalNameScope = nameScope;
    this.dtype_ = asDtype(dtype);
    this.defaults = { initializer, regularizer, cachingDevice, partitioner, customGetter, useResource, constraint };
  }
  /** Whether variables are shared. */
  get reuse(): Reuse {
    return this.reuse_;
  }
  /** The element type of variables that say none. */
  get dtype(): DType {
    return this.dtype_;
  }
  /** What variables start from that say nothing. */
  get initializer(): ScopeDefaults['initializer'] {
    return this.defaults.initializer;
  }
  /** The penalty of variables that say none. */
  get regularizer(): ScopeDefaults['regularizer'] {
    return this.defaults.regularizer;
  }
  /** Where reads of its variables are kept. */
  get cachingDevice(): ScopeDefaults['cachingDevice'] {
    return this.defaults.cachingDevice;
  }
  /** Says in how many parts variables are kept that say nothing. */
  get partitioner(): ScopeDefaults['partitioner'] {
    return this.defaults.partitioner;
  }
  /** What stands before `getVariable`. */
  get customGetter(): ScopeDefaults['customGetter'] {
    return this.defaults.customGetter;
  }
  /** Whether its variables are behind handles. */
  get useResource(): ScopeDefaults['useResource'] {
    return this.defaults.useResource;
  }
  /** The projection of variables that say none. */
  get constraint(): ScopeDefaults['constraint'] {
    return this.defaults.constraint;
  }
  /** From here on `getVariable` shares what is there. */
  reuseVariables(): void {
    this.reuse_ = true;
  }
  /** Sets what variables start from that say nothing. */
  setInitializer(
    initializer: ScopeDefaults['initializer'] | { readonly initializer: ScopeDefaults['initializer'] },
  ): void;
  setInitializer(initializer: ScopeDefaults['initializer']): void {
    this.set({ initializer });
  }
  /** Sets the penalty of variables that say none. */
  setRegularizer(
    regularizer: ScopeDefaults['regularizer'] | { readonly regularizer: ScopeDefaults['regularizer'] },
  ): void;
  setRegularizer(regularizer: ScopeDefaults['regularizer']): void {
    this.set({ regularizer });
  }
  /** Sets where reads of its variables are kept. */
  setCachingDevice(cachingDevice: CachingDevice | null | { readonly cachingDevice: CachingDevice | null }): void;
  setCachingDevice(cachingDevice: CachingDevice | null): void {
    this.set({ cachingDevice });
  }
  /** Sets in how many parts variables are kept that say nothing. */
  setPartitioner(partitioner: Partitioner | null | { readonly partitioner: Partitioner | null }): void;
  setPartitioner(partitioner: Partitioner | null): void {
    this.set({ partitioner });
  }
  /** Sets what stands before `getVariable`. */
  setCustomGetter(customGetter: CustomGetter | null | { readonly customGetter: CustomGetter | null }): void;
  setCustomGetter(customGetter: CustomGetter | null): void {
    this.set({ customGetter });
  }
  /** Sets whether its variables are behind handles. */
  setUseResource(useResource: boolean | { readonly useResource: boolean }): void;
  setUseResource(useResource: boolean): void {
    this.set({ useResource });
  }
  /** Sets the element type of variables that say none. */
  setDtype(dtype: DTypeLike | { readonly dtype: DTypeLike }): void;
  setDtype(dtype: DTypeLike): void {
    this.dtype_ = asDtype(dtype);
  }
  private set(changed: ScopeDefaults): void {
    this.defaults = { ...this.defaults, ...changed };
  }
  /** What was added to a collection under this scope. */
  getCollection<K extends keyof Collected>(name: K | { readonly name: K }): Collected[K][];
  getCollection<T = Tensor>(...given: Args<'VariableScope.get_collection', [name: string]>): T[];
  getCollection<T>(...given: Args<'VariableScope.get_collection', [name: string]>): T[] {
    const [name] = GET_COLLECTION.take(given);
    return this.collected<T>(name);
  }
  private collected<T>(key: string): T[] {
    return getDefaultGraph().getCollection<T>(key, this.name ? `${this.name}/` : '');
  }
  /** The variables of the scope that optimizers change. */
  trainableVariables<T = Convertible>(): T[] {
    return this.collected<T>(GraphKeys.TRAINABLE_VARIABLES);
  }
  /** The variables of the scope that are not local. */
  globalVariables<T = Convertible>(): T[] {
    return this.collected<T>(GraphKeys.GLOBAL_VARIABLES);
  }
  /** The local variables of the scope. */
  localVariables<T = Convertible>(): T[] {
    return this.collected<T>(GraphKeys.LOCAL_VARIABLES);
  }
}
guardClass(VariableScope, 'tf.VariableScope');
bindMethods(VariableScope, {
  reuseVariables: 'VariableScope.reuse_variables',
  setInitializer: 'VariableScope.set_initializer',
  setRegularizer: 'VariableScope.set_regularizer',
  setCachingDevice: 'VariableScope.set_caching_device',
  setPartitioner: 'VariableScope.set_partitioner',
  setCustomGetter: 'VariableScope.set_custom_getter',
  setUseResource: 'VariableScope.set_use_resource',
  setDtype: 'VariableScope.set_dtype',
  trainableVariables: 'VariableScope.trainable_variables',
  globalVariables: 'VariableScope.global_variables',
  localVariables: 'VariableScope.local_variables',
});
