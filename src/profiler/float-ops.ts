/** How many operations on floats a node is: TensorFlow 1.15's formulas, by op type. */
import type { TensorShape } from '../base/shape';
import type { Operation, Tensor } from '../graph/graph';

/** Sizes of a tensor: static ones, or what a run gave. */
export type ShapeOf = (tensor: Tensor) => TensorShape;
/** What of a node is asked. */
interface Asked {
  readonly op: Operation;
  /** Sizes of an input; throws where they are not known. */
  input(place: number): readonly number[];
  /** Sizes of the first output. */
  readonly output: readonly number[];
}
/** Sizes are missing, or in another order than the formula wants. */
class Unknown extends Error {}
type Formula = (node: Asked) => number;

const size = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);
const listOf = (op: Operation, name: string): readonly number[] => {
  const list = op.findAttr(name);
  return Array.isArray(list) ? list.map(Number) : [];
};
const each =
  (count = 1): Formula =>
  ({ output }) =>
    size(output) * count;
const eachOfInput =
  (count = 1): Formula =>
  ({ input }) =>
    size(input(0)) * count;
/** A step for each element but one of what becomes one. */
const sum =
  (last = 0): Formula =>
  ({ input, output }) =>
    size(input(0)) + size(output) * (last - 1);
const product: Formula = ({ op, input, output }) => {
  const a = input(0);
  return (op.findAttr('transpose_a') === true ? a[a.length - 2] : a[a.length - 1]) * size(output) * 2;
};
/** Each element of the result sees the filter once, but for its last dimensions. */
const window =
  (dims: number): Formula =>
  ({ input, output }) =>
    size(input(0)) >= 0 ? size(output) * size(input(1).slice(0, dims)) * 2 : 0;
const inOrder = ({ op }: Asked): void => {
  if (op.findAttr('data_format') !== 'NHWC') throw new Unknown();
};
const pool: Formula = (node) => {
  inOrder(node);
  return size(listOf(node.op, 'ksize')) * size(node.output);
};
const poolGradient =
  (place: number, of: (window: number, elements: number) => number): Formula =>
  (node) => {
    inOrder(node);
    return of(size(listOf(node.op, 'ksize')), size(node.input(place)));
  };
/** A gradient of a convolution: `picture` and `filter` are the sizes of both. */
const convolutionGradient =
  (picture: (node: Asked) => readonly number[], filter: (node: Asked) => readonly number[]): Formula =>
  (node) => {
    inOrder(node);
    const [, rows, columns] = listOf(node.op, 'strides');
    const dims = picture(node);
    return Math.trunc((2 * size(dims) * size(filter(node))) / (dims[dims.length - 1] * rows * columns));
  };
const ofOutput = ({ output }: Asked): readonly number[] => output;
const ofInput =
  (place: number) =>
  ({ input }: Asked): readonly number[] =>
    input(place);
const named = (names: string, formula: Formula): [string, Formula][] => names.split(' ').map((name) => [name, formula]);

const FORMULAS = new Map<string, Formula>([
  ...named('Reciprocal Square Log Neg AssignSub AssignAdd BiasAdd', eachOfInput()),
  ...named('Rsqrt', eachOfInput(2)),
  ...named('Softmax', eachOfInput(5)),
  ...named('L2Loss', ({ input }) => size(input(0)) * 3 - 1),
  ...named('Add Sub Mul RealDiv Maximum Minimum Pow', each()),
  ...named('GreaterEqual Greater LessEqual Less Equal NotEqual', each()),
  ...named('SquaredDifference', each(2)),
  ...named('RsqrtGrad', each(4)),
  ...named('Sum ArgMax ArgMin BiasAddGrad', sum()),
  ...named('Mean', sum(1)),
  ...named('MatMul BatchMatMul', product),
  ...named('Conv2D', window(3)),
  ...named('Conv3D', window(4)),
  ...named('DepthwiseConv2dNative Dilation2D', window(2)),
  ...named('AvgPool MaxPool', pool),
  ...named(
    'AvgPoolGrad',
    poolGradient(1, (area, elements) => area * elements * 2),
  ),
  ...named(
    'MaxPoolGrad',
    poolGradient(1, (area, elements) => area * elements + elements),
  ),
  ...named('Conv2DBackpropInput', convolutionGradient(ofOutput, ofInput(1))),
  ...named('Conv2DBackpropFilter', convolutionGradient(ofInput(0), ofOutput)),
  ...named('AddN', ({ op, input }) => size(input(0)) * (op.inputs.length + op.controlInputs.length - 1)),
]);

/** Operations on floats of a node; 0 for a type without a formula, null where sizes are missing. */
export function floatOpsOf(op: Operation, shapeOf: ShapeOf): number | null {
  const formula = FORMULAS.get(op.type);
  if (!formula) return 0;
  const sizes = (tensor: Tensor): readonly number[] => {
    const shape = shapeOf(tensor);
    if (!shape.isFullyDefined()) throw new Unknown();
    return shape.asList().map(Number);
  };
  try {
    return formula({
      op,
      input: (place) => sizes(op.inputs[place]),
      get output() {
        return sizes(op.outputs[0]);
      },
    });
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}
