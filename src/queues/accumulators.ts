/** Accumulators: where several workers put gradients, until there are enough. After TensorFlow 1.15's data_flow_ops. */
import { type DType, type DTypeLike, asDtype, int32, int64, resource } from '../base/dtype';
import { type NamedTuple, namedTuple } from '../base/named-tuple';
import { type ShapeLike, TensorShape } from '../base/shape';
import { toNDArray } from '../base/to-ndarray';
import { type Args, constructorOf, signature } from '../calls/bind';
import type { AttrValues } from '../format/attr';
import { apply, applyOp } from '../graph/apply';
import { type TensorLike, convertToTensor, isWeak } from '../graph/constant';
import type { ScalarTensor } from '../graph/fetched';
import { IndexedSlices, type Operation, type Tensor } from '../graph/graph';
import { cast } from '../ops/cast';
import { checkedTensor } from './queue';

type Base = [dtype: DTypeLike, shape: ShapeLike, accumulatorRef: Tensor];
/** What is taken: the mean of what was put in, or its sum. */
export type ReductionType = 'MEAN' | 'SUM';
type Made = [dtype: DTypeLike, shape?: ShapeLike, sharedName?: string, name?: string, reductionType?: ReductionType];
const BASE = constructorOf<Base>('ConditionalAccumulatorBase');
const NUM_ACCUMULATED = signature<[name?: string]>('ConditionalAccumulatorBase.num_accumulated');
const SET_GLOBAL_STEP = signature<[step: TensorLike, name?: string]>('ConditionalAccumulatorBase.set_global_step');
const DENSE = constructorOf<Made>('ConditionalAccumulator');
type ApplyGrad = [grad: TensorLike, localStep?: TensorLike, name?: string];
const APPLY_GRAD = signature<ApplyGrad>('ConditionalAccumulator.apply_grad');
const TAKE_GRAD = signature<[numRequired: TensorLike, name?: string]>('ConditionalAccumulator.take_grad');
const SPARSE = constructorOf<Made>('SparseConditionalAccumulator');
type ApplySlices = [grad: IndexedSlices, localStep?: TensorLike, name?: string];
const APPLY_SLICES = signature<ApplySlices>('SparseConditionalAccumulator.apply_indexed_slices_grad');
type ApplyRows = [
  gradIndices: TensorLike,
  gradValues: TensorLike,
  gradShape?: TensorLike,
  localStep?: TensorLike,
  name?: string,
];
const APPLY_ROWS = signature<ApplyRows>('SparseConditionalAccumulator.apply_grad');
const TAKE_ROWS = signature<[numRequired: TensorLike, name?: string]>('SparseConditionalAccumulator.take_grad');
const TAKE_SLICES = signature<[numRequired: TensorLike, name?: string]>(
  'SparseConditionalAccumulator.take_indexed_slices_grad',
);
/** Numbers of the program are whole ones; of none Python knows no type, and takes them for floats. */
function whole(x: TensorLike): TensorLike {
  const all: readonly unknown[] = [x];
  return isWeak(x) && all.flat(Infinity).length > 0 ? toNDArray(x, int32) : x;
}
/** A step as the ops take it. */
const stepOf = (step: TensorLike): Tensor => cast(convertToTensor(whole(step)), int64);
function accumulatorNode(type: string, made: Made, fallback: string): [DType, TensorShape, Tensor] {
  const [dtypeLike, shapeLike = null, sharedName, name = fallback, reductionType = 'MEAN'] = made;
  const [dtype, shape] = [asDtype(dtypeLike), TensorShape.of(shapeLike)];
  const attrs = { dtype, shape, shared_name: sharedName ?? '', reduction_type: reductionType };
  return [dtype, shape, apply(type, [], attrs, name)];
}

/**
 * What both accumulators have in common.
 *
 *     const mean = new tf.ConditionalAccumulator(tf.float32, []);
 *     sess.run(mean.numAccumulated())   // 0
 */
export class ConditionalAccumulatorBase {
  /** The dtype of the gradients. */
  readonly dtype: DType;
  /** What leads to it. */
  readonly accumulatorRef: Tensor;
  protected readonly shape: TensorShape;
  /**
   * One that is there already.
   *
   * @param dtype           the dtype of the gradients
   * @param shape           what is known of their shape
   * @param accumulatorRef  what leads to it
   */
  constructor(...given: Args<'ConditionalAccumulatorBase', Base>) {
    const [dtype, shape, accumulatorRef] = BASE.take(given);
    this.dtype = asDtype(dtype);
    this.shape = TensorShape.of(shape);
    this.accumulatorRef = checkedTensor(accumulatorRef, 'accumulator_ref');
  }
  /** The name of its node, without its scopes. */
  get name(): string {
    const { name } = this.accumulatorRef.op;
    return name.slice(name.lastIndexOf('/') + 1);
  }
  protected op(type: string, inputs: readonly TensorLike[], attrs: AttrValues, name?: string): Operation {
    const prefix = this.accumulatorRef.dtype.baseDtype === resource ? 'Resource' : '';
    return applyOp(`${prefix}${type}`, [this.accumulatorRef, ...inputs], attrs, name);
  }
  /** How many gradients are in it: an int32 scalar. */
  numAccumulated(...given: Args<'ConditionalAccumulatorBase.num_accumulated', [name?: string]>): ScalarTensor {
    const [name = `${this.name}_NumAccumulated`] = NUM_ACCUMULATED.take(given);
    return this.op('AccumulatorNumAccumulated', [], {}, name).outputs[0] as ScalarTensor;
  }
  /**
   * Says which step it is: gradients of older ones are dropped.
   *
   * @param newGlobalStep  an integer scalar
   * @returns  an operation
   */
  setGlobalStep(
    ...given: Args<'ConditionalAccumulatorBase.set_global_step', [newGlobalStep: TensorLike, name?: string]>
  ): Operation {
    const [step, name] = SET_GLOBAL_STEP.take(given);
    return this.op('AccumulatorSetGlobalStep', [stepOf(step)], {}, name);
  }
}

/**
 * Sums up gradients, and gives their mean once there are enough of them: several workers take a step together so.
 *
 *     const mean = new tf.ConditionalAccumulator(tf.float32, [2]);
 *     sess.run(mean.applyGrad([1, 2]));
 *     sess.run(mean.applyGrad([3, 4]));
 *     sess.run(mean.takeGrad(2))   // [2, 3]
 */
export class ConditionalAccumulator extends ConditionalAccumulatorBase {
  /**
   * Makes one.
   *
   * @param dtype          the dtype of the gradients
   * @param shape          their shape; where not given, that of the first
   * @param sharedName     under which other sessions of the same worker find it
   * @param name           the node's name
   * @param reductionType  'MEAN', or 'SUM' for the sum
   */
  constructor(...given: Args<'ConditionalAccumulator', Made>) {
    super(...accumulatorNode('ResourceConditionalAccumulator', DENSE.take(given), 'conditional_accumulator'));
  }
  /**
   * Puts a gradient in, unless it is of an older step.
   *
   * @param grad       of the accumulator's dtype and shape
   * @param localStep  the step that it is of; 0 where not given
   * @returns  an operation
   * @throws ValueError  for another shape
   */
  applyGrad(...given: Args<'ConditionalAccumulator.apply_grad', ApplyGrad>): Operation {
    const [grad, localStep = 0, name] = APPLY_GRAD.take(given);
    const gradient = convertToTensor(grad, this.dtype);
    gradient.shape.assertIsCompatibleWith(this.shape);
    return this.op('AccumulatorApplyGradient', [stepOf(localStep), gradient], {}, name);
  }
  /**
   * Takes the mean out, when there are enough gradients in it, and goes on to the next step.
   *
   * @param numRequired  how many it waits for: an int32 scalar
   * @returns  a tensor of the gradients' shape
   */
  takeGrad(...given: Args<'ConditionalAccumulator.take_grad', [numRequired: TensorLike, name?: string]>): Tensor {
    const [required, name] = TAKE_GRAD.take(given);
    const [taken] = this.op('AccumulatorTakeGradient', [required], { dtype: this.dtype }, name).outputs;
    taken.setShape(this.shape);
    return taken;
  }
}
/** What `takeGrad` of a sparse accumulator gives: rows, which they are, and the shape of the whole. */
export type TakenRows = NamedTuple<readonly ['indices', 'values', 'shape'], Tensor>;

/**
 * The same for gradients of some rows: each row is the mean of the gradients that have it.
 *
 *     const rows = new tf.SparseConditionalAccumulator(tf.float32, [3, 1]);
 *     sess.run(rows.applyGrad([0, 2], [[1], [2]]));
 *     sess.run(rows.applyGrad([2], [[4]]));
 *     sess.run(rows.takeGrad(2).values)   // [[1], [3]]
 */
export class SparseConditionalAccumulator extends ConditionalAccumulatorBase {
  /**
   * Makes one.
   *
   * @param dtype          the dtype of the gradients
   * @param shape          the shape of the whole, as far as it is known
   * @param sharedName     under which other sessions of the same worker find it
   * @param name           the node's name
   * @param reductionType  'MEAN', or 'SUM' for the sum
   */
  constructor(...given: Args<'SparseConditionalAccumulator', Made>) {
    super(...accumulatorNode('SparseConditionalAccumulator', SPARSE.take(given), 'sparse_conditional_accumulator'));
  }
  /**
   * Puts rows in, unless they are of an older step.
   *
   * @param grad       sparse rows, in the order of their indices
   * @param localStep  the step that they are of; 0 where not given
   * @returns  an operation
   */
  applyIndexedSlicesGrad(
    ...given: Args<'SparseConditionalAccumulator.apply_indexed_slices_grad', ApplySlices>
  ): Operation {
    const [{ indices, values, denseShape }, localStep, name] = APPLY_SLICES.take(given);
    return this.applyGrad(indices, values, denseShape, localStep, name);
  }
  /**
   * Puts rows in, unless they are of an older step.
   *
   * @param gradIndices  which rows, in order: a vector of integers
   * @param gradValues   the rows
   * @param gradShape    the shape of the whole
   * @param localStep    the step that they are of; 0 where not given
   * @returns  an operation
   */
  applyGrad(...given: Args<'SparseConditionalAccumulator.apply_grad', ApplyRows>): Operation {
    const [indices, values, shape, localStep = 0, name] = APPLY_ROWS.take(given);
    const known = shape !== undefined && shape !== null;
    const step = stepOf(localStep);
    const at = cast(whole(indices), int64);
    const all = cast(known ? whole(shape) : [], int64);
    const attrs = { has_known_shape: known };
    return this.op('SparseAccumulatorApplyGradient', [step, at, values, all], attrs, name);
  }
  /**
   * Takes the rows out, when there are enough gradients in it, and goes on to the next step.
   *
   * @param numRequired  how many it waits for: an int32 scalar
   * @returns  `indices`, `values` and the `shape` of the whole
   */
  takeGrad(
    ...given: Args<'SparseConditionalAccumulator.take_grad', [numRequired: TensorLike, name?: string]>
  ): TakenRows {
    const [required, name] = TAKE_ROWS.take(given);
    const { outputs } = this.op('SparseAccumulatorTakeGradient', [required], { dtype: this.dtype }, name);
    return namedTuple(['indices', 'values', 'shape'], outputs);
  }
  /**
   * Takes the rows out as `tf.IndexedSlices`.
   *
   * @param numRequired  how many gradients it waits for: an int32 scalar
   */
  takeIndexedSlicesGrad(
    ...given: Args<'SparseConditionalAccumulator.take_indexed_slices_grad', [numRequired: TensorLike, name?: string]>
  ): IndexedSlices {
    const [required, name] = TAKE_SLICES.take(given);
    const { indices, values, shape } = this.takeGrad(required, name);
    return new IndexedSlices(values, indices, shape);
  }
}
