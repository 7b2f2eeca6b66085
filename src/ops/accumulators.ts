/** Accumulators: gradients of several workers, summed up or averaged until there are enough of one step. */
import type { OpRow, Rows } from '../graph/opdef';
import { noOutputs, scalarShape } from '../graph/shape-fn';

const PUT: OpRow = { effect: 'writes', shape: noOutputs };
const COUNT: OpRow = { effect: 'reads', shape: scalarShape };
/** The shape of what is taken is that of what was put in. */
const TAKE: OpRow = { effect: 'waits', shape: () => [null] };
const REFERENCE: OpRow = { effect: 'reads', shape: () => [[2]] };

export const ACCUMULATORS = {
  ConditionalAccumulator: REFERENCE,
  ResourceConditionalAccumulator: REFERENCE,
  AccumulatorNumAccumulated: COUNT,
  ResourceAccumulatorNumAccumulated: COUNT,
  AccumulatorSetGlobalStep: PUT,
  ResourceAccumulatorSetGlobalStep: PUT,
  AccumulatorApplyGradient: PUT,
  ResourceAccumulatorApplyGradient: PUT,
  AccumulatorTakeGradient: TAKE,
  ResourceAccumulatorTakeGradient: TAKE,
  SparseConditionalAccumulator: REFERENCE,
  SparseAccumulatorApplyGradient: PUT,
  SparseAccumulatorTakeGradient: { effect: 'waits', shape: () => [null, null, null] },
} satisfies Rows;
