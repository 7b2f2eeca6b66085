/** Accumulators as nodes: how they are made and found, and what goes in and comes out. */
import { type DType, int32, int64 } from '../../base/dtype';
import { numbersIn } from '../../base/nested';
import { cShape } from '../../base/shape';
import { type HostTensor, type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import { placeOf, resourceOf } from '../resources';
import {
  ACCUMULATOR,
  type Accumulator,
  type AccumulatorFacts,
  DenseAccumulator,
  SparseAccumulator,
} from './accumulator';
import { amongOf, waiting } from './waiting';

/** A handle, or in the place of one a reference to its name. */
function holder(make: (facts: AccumulatorFacts) => Accumulator): StatefulKernel {
  return (_, node, run) => {
    const place = placeOf(node.name, node.attrs);
    const reduction = attr(node, 'reduction_type', 'string') === 'SUM' ? 'SUM' : 'MEAN';
    const facts = { place, dtype: attr(node, 'dtype'), shape: attr(node, 'shape'), reduction } as const;
    const found = amongOf(node, run).findOrMake(ACCUMULATOR, place, () => make(facts));
    return [new Value(node.outputTypes[0], [2], null, null, found)];
  };
}
function found<A extends Accumulator<never>>(handle: Value, type: abstract new (...args: never[]) => A): A {
  const accumulator = resourceOf(handle, ACCUMULATOR);
  return accumulator instanceof type ? accumulator : invalid('The accumulator is of the other kind: dense, or sparse.');
}
function scalar(value: Value, what: string): number {
  if (value.shape.length) invalid(`Argument ${what} must be scalar, but had bad shape ${cShape(value.shape)}`);
  return numbersIn({ data: value.read() })[0];
}
function checkType(dtype: DType, { facts }: Accumulator<never>): void {
  if (dtype !== facts.dtype) invalid(`Dtype mismatch: expected ${facts.dtype.cName}, got ${dtype.cName}`);
}
const valueOf = ({ dtype, shape, data }: HostTensor): Value => new Value(dtype, shape, data);

const applyDense: StatefulKernel = ([handle, step, gradient]) => {
  const accumulator = found(handle, DenseAccumulator);
  checkType(gradient.dtype, accumulator);
  accumulator.apply(scalar(step, 'local_step'), hostTensor(gradient));
  return [];
};
const takeDense: StatefulKernel = ([handle, required]) =>
  found(handle, DenseAccumulator)
    .take(scalar(required, 'num_required'))
    .as((sum) => [valueOf(sum)]);

const applySparse: StatefulKernel = ([handle, step, indices, values, shape], node) => {
  const accumulator = found(handle, SparseAccumulator);
  checkType(values.dtype, accumulator);
  if (indices.shape.length !== 1)
    invalid(`Input indices should be vector but received shape: ${cShape(indices.shape)}`);
  if (!values.shape.length) invalid('Values cannot be 0-dimensional.');
  if (indices.size !== values.shape[0])
    invalid(`Expected ${indices.size} non-empty input values, got ${values.shape[0]}`);
  const said = attr(node, 'has_known_shape', 'bool') ? Array.from(shape.read(), Number) : null;
  const rows = { indices: Array.from(indices.read(), BigInt), values: hostTensor(values), shape: said };
  accumulator.apply(scalar(step, 'local_step'), rows);
  return [];
};
const takeSparse: StatefulKernel = ([handle, required]) =>
  found(handle, SparseAccumulator)
    .take(scalar(required, 'num_required'))
    .as((rows) => [
      new Value(int64, [rows.indices.length], BigInt64Array.from(rows.indices)),
      valueOf(rows.values),
      new Value(int64, [rows.shape.length], BigInt64Array.from(rows.shape, BigInt)),
    ]);

const count: StatefulKernel = ([handle]) => [
  new Value(int32, [], Int32Array.of(resourceOf(handle, ACCUMULATOR).count)),
];
const setStep: StatefulKernel = ([handle, step]) => {
  resourceOf(handle, ACCUMULATOR).setStep(scalar(step, 'new_global_step'));
  return [];
};
const hostTensor = (value: Value): HostTensor => ({ dtype: value.dtype, shape: value.shape, data: value.read() });
const DENSE = holder((facts) => new DenseAccumulator(facts));

export const ACCUMULATOR_KERNELS: StatefulTable = {
  ConditionalAccumulator: DENSE,
  ResourceConditionalAccumulator: DENSE,
  SparseConditionalAccumulator: holder((facts) => new SparseAccumulator(facts)),
  AccumulatorNumAccumulated: count,
  ResourceAccumulatorNumAccumulated: count,
  AccumulatorSetGlobalStep: setStep,
  ResourceAccumulatorSetGlobalStep: setStep,
  AccumulatorApplyGradient: applyDense,
  ResourceAccumulatorApplyGradient: applyDense,
  AccumulatorTakeGradient: waiting(takeDense),
  ResourceAccumulatorTakeGradient: waiting(takeDense),
  SparseAccumulatorApplyGradient: applySparse,
  SparseAccumulatorTakeGradient: waiting(takeSparse),
};
