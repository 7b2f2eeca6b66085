/** What a variable takes, in Python's order: its constructor, and its methods. */
import { isCallable } from '../base/border';
import type { ByName } from '../base/by-name';
import type { DTypeLike, Scalar, TypedArray } from '../base/dtype';
import { ValueError } from '../base/errors';
import { textOf } from '../base/preview';
import type { NDArray } from '../base/ndarray';
import type { Nested } from '../base/nested';
import type { ShapeLike } from '../base/shape';
import { constructorOf, signature } from '../calls/bind';
import type { AfterFirst, Names } from '../calls/types';
import type { NotText, TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Runner } from '../graph/runner';
import type { VariableDef } from './def';
import type { CachingDevice } from './caching';
import type { UpdateOptions } from './nodes';

export type { ValueFor } from '../graph/alike';

/** @throws ValueError  for collections that are no list */
export function checkCollections(collections: unknown): void {
  if (collections === null || Array.isArray(collections)) return;
  throw new ValueError(
    'collections argument to Variable constructor must be a list, tuple, or set. Got ' +
      `${textOf(collections)} of type ${typeof collections}`,
  );
}
/** A projection that an optimizer applies after each update. */
export type Constraint = (value: Tensor) => Tensor;
export function noInitialValue(): ValueError {
  return new ValueError(
    'initial_value must be specified.' +
      '\n  fix: numbers to start from, as new tf.Variable(tf.zeros([10])). Where one was given it was undefined: ' +
      'a misspelled name, or a function without return.',
  );
}
export function checkConstraint(constraint: Constraint | null): void {
  if (constraint === null || isCallable(constraint)) return;
  throw new ValueError('The `constraint` argument must be a callable.\n  fix: a function: (w) => tf.clipByNorm(w, 1).');
}

/** What `tf.Variable` takes by name. */
export interface VariableOptions extends ByName {
  /** Its name, made unique. */
  readonly name?: string | null;
  /** Whether optimizers change it: adds it to TRAINABLE_VARIABLES. True where not said. */
  readonly trainable?: boolean | null;
  /** Collections that it is added to; GLOBAL_VARIABLES where not given. */
  readonly collections?: readonly string[] | null;
  /** False lets the initial value be of unknown shape, and later values of any. */
  readonly validateShape?: boolean;
  /** What the initial value is converted to. */
  readonly dtype?: DTypeLike | null;
  /** Has no effect, as in TensorFlow. */
  readonly expectedShape?: ShapeLike;
  /** The variable's shape where it is not the initial value's. */
  readonly shape?: ShapeLike;
  /** A device on which the value is kept for reading. */
  readonly cachingDevice?: CachingDevice | null;
  /** A projection that an optimizer applies after each update. */
  readonly constraint?: Constraint | null;
  /**
   * True for a variable behind a handle (`VarHandleOp`): each read is a node of its own, in the order that control
   * dependencies say.
   */
  readonly useResource?: boolean | null;
  /** Makes the object for nodes that the graph has already; excludes the rest. */
  readonly variableDef?: VariableDef | null;
  /** The name scope that `variableDef` was imported into. */
  readonly importScope?: string | null;
}
/** What assignments take by name. */
export interface AssignOptions extends UpdateOptions {
  /** False gives the operation instead of the value. */
  readonly readValue?: boolean;
}

/** What a variable is made of. */
export type Initial = TensorLike | (() => TensorLike);
export type Made = [
  initialValue?: Initial,
  trainable?: boolean,
  collections?: readonly string[],
  validateShape?: boolean,
  cachingDevice?: CachingDevice,
  name?: string,
  variableDef?: VariableDef,
  dtype?: DTypeLike,
  expectedShape?: ShapeLike,
  importScope?: string,
  constraint?: Constraint,
  useResource?: boolean,
  synchronization?: null,
  aggregation?: null,
  shape?: ShapeLike,
];
/** What may follow the initial value. */
export type AfterInitial = AfterFirst<Names<'Variable'>, Made>;
/** The same by name. */
export function settle(given: Made) {
  const [initialValue, trainable, collections = null, validateShape, cachingDevice, name, variableDef, ...more] = given;
  const [dtype, _expectedShape, importScope, constraint = null, useResource, , , shape] = more;
  const first = { initialValue, trainable, collections, validateShape, cachingDevice, name, variableDef };
  return { ...first, dtype, importScope, constraint, useResource, shape };
}
export const VARIABLE = constructorOf<Made>('Variable');

export type Assigned<R extends boolean = boolean, V = TensorLike> = [
  value: V,
  useLocking?: boolean,
  name?: string,
  readValue?: R,
];
/** What is added to a variable, and how. */
export type Added<R extends boolean = boolean> = [delta: NotText, useLocking?: boolean, name?: string, readValue?: R];
export const ASSIGN = signature<Assigned>('Variable.assign');
export const ASSIGN_ADD = signature<Added>('Variable.assign_add');
export const ASSIGN_SUB = signature<Added>('Variable.assign_sub');
export const COUNT_UP_TO = signature<[limit: number, name?: string]>('Variable.count_up_to');
export const IS_INITIALIZED = signature<[name?: string]>('Variable.is_initialized');
export const EVAL = signature<[session?: Runner]>('Variable.eval');
export type Loaded<E = Scalar> = [value: NDArray | Nested<E> | TypedArray, session?: Runner];
export const LOAD = signature<Loaded>('Variable.load');
export const TO_PROTO = signature<[exportScope?: string]>('Variable.to_proto');
