/**
 * Which nodes may fail when they run. A pass may drop what nobody reads, but not an error: TensorFlow runs what a fetch
 * needs, and so does the first plan of a signature. An op that is not named here counts as one that may fail.
 */
import { variant } from '../base/dtype';
import { numbersIn } from '../base/nested';
import { InternalError } from '../base/errors';
import { type TensorShape, broadcast, isFull, sameShape } from '../base/shape';
import { hostKernel } from '../kernels/registry';
import type { Facts } from './facts';
import { type PlanNode, type Source, asKernelNode, isRef, isView } from './node';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Once all shapes are known, and have passed the shape function, these have an answer for any elements. */
const TOTAL: ReadonlySet<string> = new Set(
  words(`
  Const NoOp VariableV2 Variable VarHandleOp
  Identity IdentityN StopGradient PreventGradient PlaceholderWithDefault ZerosLike OnesLike Shape ShapeN Size Rank
  Cast Bitcast Add AddV2 Sub Mul MulNoNan RealDiv DivNoNan Maximum Minimum SquaredDifference Xdivy Xlogy Atan2 AddN
  AccumulateNV2 TanhGrad SigmoidGrad SqrtGrad RsqrtGrad ReciprocalGrad InvGrad Neg Abs Sign Square Sqrt Rsqrt Reciprocal
  Inv Exp Expm1 Log Log1p Sigmoid Sin Cos Tan Asin Acos Atan Sinh Cosh Tanh Asinh Acosh Atanh Erf Erfc Lgamma Digamma
  Floor Ceil Rint Round IsNan IsInf IsFinite Conj Less LessEqual Greater GreaterEqual Equal NotEqual ApproximateEqual
  LogicalAnd LogicalOr LogicalNot Select SelectV2 Squeeze Pack Unpack
  Relu ReluGrad Relu6 Relu6Grad LeakyRelu LeakyReluGrad Elu EluGrad Selu SeluGrad Softplus SoftplusGrad Softsign
  SoftsignGrad Softmax LogSoftmax SoftmaxCrossEntropyWithLogits BiasAdd BiasAddGrad BiasAddV1 L2Loss MaxPool AvgPool
  MatMul BatchMatMul BatchMatMulV2 Conv2D DepthwiseConv2dNative _FusedMatMul _FusedConv2D`),
);
/** An integer divided by 0 is an error, or to a power below 0, a fraction is not. */
const TOTAL_ON_FRACTIONS: ReadonlySet<string> = new Set(words('Div FloorDiv TruncateDiv Mod FloorMod TruncateMod Pow'));
const SHAPE_READERS: ReadonlySet<string> = new Set(words('ZerosLike OnesLike Shape ShapeN Size Rank'));
const CHOICES: ReadonlySet<string> = new Set(words('Select SelectV2'));
/** They refuse shapes, and integers that say shapes, and nothing else: their host kernel's `check` says all of it. */
const REFUSED_BY_KERNEL: ReadonlySet<string> = new Set(
  words(`
  Conv2DBackpropInput Conv2DBackpropFilter DepthwiseConv2dNativeBackpropInput DepthwiseConv2dNativeBackpropFilter
  MaxPoolGrad`),
);
const REDUCTIONS = words('Sum Mean Prod Max Min All Any EuclideanNorm');

/** What a check sees of a node: shapes that are all known, and integer inputs, which may not be. */
interface View {
  readonly shape: (input: number) => readonly number[];
  readonly numbers: (input: number) => readonly number[] | null;
  readonly out: readonly number[];
}
/** Ops that fail for some elements of an integer input: whether it is known, and they do not. */
const CHECKS: ReadonlyMap<string, (view: View) => boolean> = new Map<string, (view: View) => boolean>([
  ['Reshape', ({ shape, numbers, out }) => !!numbers(1) && product(shape(0)) === product(out)],
  [
    'ExpandDims',
    ({ shape, numbers }) => numbers(1)?.every((d) => d >= -shape(0).length - 1 && d <= shape(0).length) === true,
  ],
  [
    'BroadcastTo',
    ({ shape, numbers, out }) =>
      numbers(1)?.every((d) => d >= 0) === true && sameShape(broadcast(shape(0), out) ?? [-1], out),
  ],
  ['Fill', ({ numbers }) => numbers(0)?.every((d) => d >= 0) === true],
  ['Tile', ({ numbers }) => numbers(1)?.every((n) => n >= 0) === true],
  ['Transpose', ({ shape, numbers }) => isPermutation(numbers(1), shape(0).length)],
  // TensorFlow takes a cut into one part for its input, whatever the axis and the size.
  ['Split', ({ shape, numbers }) => areAxes(numbers(0), shape(1).length)],
  ['SplitV', ({ shape, numbers }) => isCut(shape(0), numbers(1), numbers(2))],
  ['Slice', ({ shape, numbers }) => isWithin(shape(0), numbers(1), numbers(2))],
  ...REDUCTIONS.map((type): [string, (view: View) => boolean] => [
    type,
    ({ shape, numbers }) => areAxes(numbers(1), shape(0).length),
  ]),
]);
function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
/** Whether an order of dimensions names each once. */
export function isPermutation(order: readonly number[] | null, rank: number): boolean {
  return order?.length === rank && [...order].sort((a, b) => a - b).every((d, i) => d === i);
}
function areAxes(axes: readonly number[] | null, rank: number): boolean {
  if (!axes) return false;
  const dims = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  return dims.size === axes.length && [...dims].every((d) => d >= 0 && d < rank);
}
function isCut(shape: readonly number[], sizes: readonly number[] | null, axis: readonly number[] | null): boolean {
  if (!sizes || !areAxes(axis, shape.length)) return false;
  const size = shape.at(axis![0])!;
  const open = sizes.filter((n) => n === -1).length;
  const total = sizes.reduce((sum, n) => sum + n, open);
  return open < 2 && sizes.every((n) => n >= -1) && (open ? total <= size : total === size);
}
function isWithin(shape: readonly number[], begin: readonly number[] | null, size: readonly number[] | null): boolean {
  if (begin?.length !== shape.length || size?.length !== shape.length) return false;
  return shape.every((d, i) => begin[i] >= 0 && size[i] >= -1 && begin[i] + Math.max(size[i], 0) <= d);
}

/** Whether a node may fail in some run with feeds of these shapes. */
export function mayFail(node: PlanNode, facts: Facts): boolean {
  // A read of a variable fails where the variable has no value.
  if (node.inputs.some((s) => isRef(s) && !isView(s))) return true;
  const { control } = node.def.row;
  if (control !== undefined) return false;
  if (node.outputTypes[0] === variant) return true;
  if (!hasKnownShapes(node, facts)) return true;
  if (TOTAL.has(node.type)) return false;
  if (TOTAL_ON_FRACTIONS.has(node.type))
    return node.outputTypes[0].isInteger && integers(node, 1, facts)?.every((n) => n > 0) !== true;
  return REFUSED_BY_KERNEL.has(node.type) ? kernelRefuses(node, facts) : !isChecked(node, facts);
}
/** Whether the host kernel's check refuses what is known of the inputs, or an integer input is not known. */
function kernelRefuses(node: PlanNode, facts: Facts): boolean {
  const isUnknown = node.def.inputs.some(({ dtype }, i) => dtype?.isInteger && !facts.value(node.inputs[i])?.data);
  return isUnknown || !hostKernel(node.type)?.check || !passesCheck(node, facts);
}
/**
 * Whether the host kernel's check lets a node pass in every run with feeds of these shapes: it then need not be asked
 * while the node runs. Not so where it would have to look at elements that only a run knows.
 */
export function passesCheck(node: PlanNode, facts: Facts): boolean {
  const row = hostKernel(node.type);
  if (!row?.check && !row?.leftToHost) return true;
  if (!node.inputs.every((s) => facts.shape(s).isFullyDefined())) return false;
  let asksRun = false;
  const inputs = node.inputs.map((s) => ({
    shape: known(facts.shape(s)),
    get data() {
      const value = facts.value(s);
      asksRun ||= value === null;
      return value?.data ?? null;
    },
  }));
  try {
    const seen = asKernelNode(node);
    row.check?.(inputs, seen);
    if (row.leftToHost?.(inputs, seen)) return false;
  } catch {
    return false; // The run will say what is wrong, with the node.
  }
  return !asksRun;
}
/**
 * Inputs of a node that TensorFlow's own rewrites leave out, and the errors in them: what is read for its shape alone,
 * and what a known condition does not choose.
 */
export function mayBeLeftOut(node: PlanNode, facts: Facts): readonly Source[] {
  if (SHAPE_READERS.has(node.type)) return node.inputs;
  return CHOICES.has(node.type) && facts.value(node.inputs[0]) ? node.inputs.slice(1) : [];
}
/** Whether it fails for some elements of its integer inputs, which say its shape. */
export function dependsOnNumbers(node: PlanNode): boolean {
  return CHECKS.has(node.type);
}
/** Whether an op that fails for some elements of its integer inputs has inputs that are known, and right. */
export function isChecked(node: PlanNode, facts: Facts): boolean {
  const check = CHECKS.get(node.type);
  return (
    check !== undefined &&
    hasKnownShapes(node, facts) &&
    check({
      shape: (i) => known(facts.shape(node.inputs[i])),
      numbers: (i) => integers(node, i, facts),
      out: known(facts.shape({ node, index: 0 })),
    })
  );
}
/** The elements of an integer input as numbers: dimensions, orders and axes are small. */
export function integers(node: PlanNode, input: number, facts: Facts): readonly number[] | null {
  const value = facts.value(node.inputs[input]);
  return value?.dtype.isInteger ? numbersIn(value) : null;
}
function known(shape: TensorShape): readonly number[] {
  if (!isFull(shape.dims)) throw new InternalError(null, `the shape ${shape} was to be known`);
  return shape.dims;
}
function hasKnownShapes(node: PlanNode, facts: Facts): boolean {
  return (
    node.inputs.every((s) => facts.shape(s).isFullyDefined()) &&
    node.outputTypes.every((t, index) => t.isRef || facts.shape({ node, index }).isFullyDefined())
  );
}
