/** What the two kinds of variables have in common: the nodes that hold, read and write a value. */
import type { ByName } from '../base/by-name';
import type { DType } from '../base/dtype';
import type { TensorShape } from '../base/shape';
import type { TensorLike } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import type { Part } from '../ops/sliced-assignment';
import type { CachingDevice } from './caching';

/** What updates of variables take by name. */
export interface UpdateOptions extends ByName {
  /** The name of the node. */
  readonly name?: string | null;
  /** Has no effect: updates of one variable do not meet here. */
  readonly useLocking?: boolean | null;
}
/** What an update of rows or elements does. */
export type Scatter = 'Update' | 'Add' | 'Sub' | 'Mul' | 'Div' | 'Min' | 'Max' | 'NdUpdate' | 'NdAdd' | 'NdSub';

/** What a variable is made of. */
export interface BuildArgs {
  readonly initialValue: TensorLike | (() => TensorLike);
  readonly name: string | null;
  readonly dtype: DType | null;
  readonly validateShape: boolean;
  readonly cachingDevice: CachingDevice | null;
  readonly shape: TensorShape | null;
}

/** The nodes behind a variable. A reference is read by one node that all share; a handle by a new node each time. */
export interface VariableNodes {
  readonly kind: 'reference' | 'resource';
  /** The reference or the handle: output 0 of the node that holds the value. */
  readonly handle: Tensor;
  readonly dtype: DType;
  readonly shape: TensorShape;
  // These two are replaced where a checkpoint is what the variable begins with.
  initializer: Operation;
  initialValue: Tensor | null;
  /** What a fetch of the variable computes. */
  readonly element: Tensor;
  /** What stands for the variable where a tensor is expected. */
  value(): Tensor;
  /** A node of its own that reads the value, where it stands in the order of things. */
  readValue(): Tensor;
  isInitialized(name?: string | null): Tensor;
  /** Sets the value; the operation that does, and a tensor that is the value after it. */
  assign(value: TensorLike, options: UpdateOptions & { readonly validateShape?: boolean | null }): Updated;
  accumulate(type: 'Add' | 'Sub', delta: TensorLike, options: UpdateOptions): Updated;
  scatter(type: Scatter, indices: TensorLike, updates: TensorLike, options: UpdateOptions): Updated;
  /** Sets a part. */
  assignPart(part: Part, value: TensorLike, name: string): Updated;
  countUpTo(limit: number, name?: string | null): Tensor;
}
/** What an update gives: the operation, and (made when asked for) the value after it. */
export interface Updated {
  readonly op: Operation;
  value(): Tensor;
}
