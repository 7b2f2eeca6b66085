/** Comparison and logic in plain TypeScript, for every dtype. */
import { asNumbers } from '../../base/elements';
import { bool, zerosOf } from '../../base/dtype';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostKernelRow, type HostTable, KernelError, attr, host, invalid } from '../kernel';
import { complexEquality } from './complex';
import { mustBroadcast } from './elementwise';
import { comparisonKernel, unaryKernel } from './loops';
import { withShortFloats } from './operands';

function comparison(fn: (a: number, b: number) => number, big: (a: bigint, b: bigint) => number): HostKernelRow {
  return { run: comparisonKernel(fn, big), check: mustBroadcast, checksItself: true };
}
/** With `incompatible_shape_error` off, shapes that do not fit are an answer: not equal. */
function equality(
  fn: (a: number, b: number) => number,
  big: (a: bigint, b: bigint) => number,
  unlike: boolean,
): HostKernelRow {
  const [ofReals, ofComplex] = [comparisonKernel(fn, big), complexEquality(!unlike)];
  const kernel: HostKernel = (inputs, node) => (inputs[0].dtype.isComplex ? ofComplex : ofReals)(inputs, node);
  return {
    run: (inputs, node) => {
      try {
        return kernel(inputs, node);
      } catch (error) {
        if (
          !(error instanceof KernelError) ||
          error.code !== 'InvalidArgument' ||
          node.attrs['incompatible_shape_error'] !== false
        )
          throw error;
        return host(bool, [], Uint8Array.of(unlike ? 1 : 0));
      }
    },
    check: (inputs, node) => {
      if (node.attrs['incompatible_shape_error'] !== false) mustBroadcast(inputs);
    },
    checksItself: true,
  };
}
const logical = (fn: (a: number, b: number) => number): HostKernelRow => comparison(fn, () => 0);
const sameShapes = ([a, b]: readonly { readonly shape: readonly number[] }[]): void => {
  if (!sameShape(a.shape, b.shape))
    invalid(`x and y must be of the same shape. x shape: ${cShape(a.shape)}. y shape: ${cShape(b.shape)}`);
};

export const COMPARE_KERNELS: HostTable = withShortFloats({
  Less: comparison(
    (a, b) => (a < b ? 1 : 0),
    (a, b) => (a < b ? 1 : 0),
  ),
  LessEqual: comparison(
    (a, b) => (a <= b ? 1 : 0),
    (a, b) => (a <= b ? 1 : 0),
  ),
  Greater: comparison(
    (a, b) => (a > b ? 1 : 0),
    (a, b) => (a > b ? 1 : 0),
  ),
  GreaterEqual: comparison(
    (a, b) => (a >= b ? 1 : 0),
    (a, b) => (a >= b ? 1 : 0),
  ),
  Equal: equality(
    (a, b) => (a === b ? 1 : 0),
    (a, b) => (a === b ? 1 : 0),
    false,
  ),
  NotEqual: equality(
    (a, b) => (a !== b ? 1 : 0),
    (a, b) => (a !== b ? 1 : 0),
    true,
  ),
  LogicalAnd: logical((a, b) => a & b),
  LogicalOr: logical((a, b) => a | b),
  LogicalNot: unaryKernel((x) => x ^ 1),
  ApproximateEqual: {
    run: ([x, y], node) => {
      const tolerance = attr(node, 'tolerance');
      const out = asNumbers(zerosOf(bool, sizeOf(x.shape), x.shape));
      for (let i = 0; i < out.length; i++) out[i] = Math.abs(Number(x.data[i]) - Number(y.data[i])) < tolerance ? 1 : 0;
      return host(bool, x.shape, out);
    },
    check: sameShapes,
  },
});
