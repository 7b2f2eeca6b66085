/**
 * What a value is where TensorFlow has several: the kernels of 1.15 with vector instructions, its plain ones and its
 * 16-bit ones do not always agree, and those of 2.x, which the native device runs, differ from them. Kernels of every
 * device keep to this table; docs/values.md shows it (`npm run value-table`). test/ops/values.test.ts holds it to what
 * 1.15 was recorded to give, test/law the devices to each other, and test/law/differences.test.ts each line about 2.x
 * to what its kernel does without it.
 *
 * The rule behind all rows: a value is what 1.15's CPU kernel gives for a tensor of one element. The lines about 2.x
 * were found by running every op on every dtype with special values, in 1.15 and through the addon.
 */
import { float32, float64, int16, int32, int64, int8, uint16, uint8 } from '../base/dtype';
import { attr } from './kernel';
import {
  type Difference,
  FLOATS,
  countsFromZero,
  distinctAxes,
  knownBatches,
  namesAllRows,
  notEmpty,
  reducesMany,
  scalarBounds,
  soundSplits,
  wholeBlocks,
} from './fits';
import {
  byInt32,
  byLogarithm,
  halfByRoot,
  inGroups,
  larger,
  plusZero,
  smaller,
  typeOf,
  unseen,
  withLowest,
  withZeros,
  withoutNaN,
  zeroAtZero,
} from './parts';

export interface Choice {
  /** Op types; none: all of them. */
  readonly ops: readonly string[];
  /** Of which dtypes; none: all of them. */
  readonly dtypes?: readonly string[];
  /** For which operands. */
  readonly where: string;
  /** What 1.15 gives. */
  readonly tensorflow: string;
  /** What is given here, on every device. */
  readonly here: string;
  /** Where the kernels of 2.x give something else, and what is done about it on the native device. */
  readonly native?: readonly Difference[];
  /** Recordings of 1.15 do not hold for these ops and dtypes, because 1.15's value is not the one kept. */
  readonly departs?: boolean;
  /** Recordings do not say which of the two zeros it is. */
  readonly zeros?: boolean;
  /** Operands below the least normal number are 0 before a host kernel sees them. */
  readonly zeroed?: boolean;
  /** On a device that gives 0 for results below the least normal number the host does so for it. */
  readonly flushed?: boolean;
  /** Such a device's kernels have own rules for operands below it: which kernel runs may not hang on the run. */
  readonly partsAtLeast?: boolean;
  /** Kernels of the host and of a device do not round alike: which of them runs may not hang on the run. */
  readonly rounds?: boolean;
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
const isDilated: Difference['where'] = (node) => attr(node, 'dilations', 'list(int)').some((d) => d !== 1);
const SHORT = [uint8, int8, uint16, int16];
const SAME = 'the same';

export const CHOICES: readonly Choice[] = [
  {
    ops: ['AccumulateNV2', 'AddN'],
    where: 'more than two terms: infinities of both signs, some of them beyond the largest number, the last digits',
    tensorflow: 'the sum of the terms; AccumulateNV2 in any order, AddN as below, but beginning with any of them',
    here: 'their sum in order: two to nine first, so that groups of eight are left, then the sum of each of these',
    native: [
      { types: 'AccumulateNV2', inGraphs: true, says: 'adds them up in any order', instead: inGroups },
      {
        types: 'AddN',
        inGraphs: true,
        of: FLOATS,
        where: (node) => attr(node, 'N') > 2,
        says: 'begins with the first whose memory it may write to',
        instead: inGroups,
      },
    ],
  },
  {
    ops: words(`
      Rsqrt Reciprocal Inv Exp Expm1 Log Log1p Sigmoid Sin Cos Tan Asin Acos Atan Sinh Cosh Tanh Asinh Acosh Atanh Erf
      Erfc Lgamma Elu Selu Softplus Softsign SquaredDifference Xlogy Atan2 Pow TanhGrad SigmoidGrad SqrtGrad RsqrtGrad
      ReciprocalGrad InvGrad EluGrad SeluGrad SoftplusGrad SoftsignGrad AddN AccumulateNV2 Sum Mean Prod Cumsum Cumprod
      Softmax LogSoftmax SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits L2Loss BiasAddGrad
      MirrorPadGrad SegmentSum SegmentMean SegmentProd UnsortedSegmentSum UnsortedSegmentProd MatMul BatchMatMul
      BatchMatMulV2 _FusedMatMul Conv2D Conv2DBackpropInput Conv2DBackpropFilter _FusedConv2D DepthwiseConv2dNative
      DepthwiseConv2dNativeBackpropInput DepthwiseConv2dNativeBackpropFilter AvgPool AvgPoolGrad Conv3D
      Conv3DBackpropInputV2 Conv3DBackpropFilterV2 AvgPool3D AvgPool3DGrad MaxPool3DGrad
      MaxPoolGrad MaxPoolGradGrad ScatterNd ScatterNdNonAliasingAdd TensorScatterAdd TensorScatterSub Igamma Igammac
      Betainc Cross BesselI0e BesselI1e LRN LRNGrad EuclideanNorm
      FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 FusedBatchNormGrad FusedBatchNormGradV2 FusedBatchNormGradV3
      BlockLSTM BlockLSTMGrad BlockLSTMV2 BlockLSTMGradV2 Bincount DenseBincount
        SparseSegmentMean SparseSegmentSqrtN SparseSegmentMeanWithNumSegments SparseSegmentSqrtNWithNumSegments
        SparseReduceSum SparseReduceSumSparse SparseSoftmax`),
    where: 'the last digits',
    tensorflow: 'as its kernel rounds, for this size and on this machine',
    here:
      'as the kernel of the host or of the device rounds; which of them it is follows from the node, the sizes of ' +
      'its operands and what else is run with it, and is the same in every run',
    rounds: true,
  },
  {
    ops: ['Max', 'Min'],
    where: 'zeros of both signs',
    tensorflow: 'one of the two, by the order in which its vectors go',
    here: 'one of the two, the same in every run',
    zeros: true,
    rounds: true,
  },
  {
    ops: ['Sqrt', 'Rsqrt'],
    dtypes: ['float32'],
    where: 'infinity, -0, subnormals, numbers near the largest; 8 elements and more',
    tensorflow: 'NaN for infinity, infinity for 1/√-0, half as much again near the largest',
    here: 'IEEE: √∞ = ∞, 1/√∞ = 0, 1/√-0 = -∞',
  },
  {
    ops: words(`
      Sign Sqrt Rsqrt Reciprocal Inv Log Floor Ceil Rint Round Cast Where ArgMax ArgMin Mul MulNoNan RealDiv Div
      TruncateDiv DivNoNan FloorDiv Mod FloorMod TruncateMod Xdivy Xlogy Maximum Minimum ClipByValue Digamma Polygamma
      Zeta Igamma Igammac IgammaGradA RandomGammaGrad Betainc Less LessEqual Greater GreaterEqual Equal NotEqual
      Prod Cumprod SegmentProd UnsortedSegmentProd UnsortedSegmentMax UnsortedSegmentMin TanhGrad SigmoidGrad SqrtGrad
      RsqrtGrad ReciprocalGrad InvGrad ReluGrad Relu6Grad LeakyReluGrad EluGrad Selu SeluGrad BesselI1e LowerBound
      UpperBound SparseTensorDenseMatMul`),
    where: 'operands below the least normal number (1.2e-38 in float32, 2.2e-308 in float64)',
    tensorflow: '0',
    here: SAME,
    native: [
      {
        types: 'Log',
        of: FLOATS,
        says: 'counts them as 0 in its vectors, and as themselves after them',
        instead: withZeros(1),
      },
    ],
    zeroed: true,
  },
  {
    ops: ['TopK', 'TopKV2', 'Unique', 'UniqueWithCounts', 'ListDiff'],
    where: 'elements below the least normal number',
    tensorflow: 'they count as 0 where elements are compared, and come out as they are',
    here: SAME,
  },
  {
    ops: ['Unique', 'UniqueWithCounts', 'ListDiff'],
    dtypes: ['float16', 'bfloat16'],
    where: 'zeros of both signs',
    tensorflow: 'two elements, as its table of bits has them; one in float32 and float64',
    here: 'one',
  },
  {
    ops: ['Pow', 'Atan2'],
    where: 'operands below the least normal number',
    tensorflow: 'what its C library makes of them, which counts them as 0 in some places',
    here: '0',
    native: [
      { of: FLOATS, says: 'counts them as 0 in its vectors, and as themselves after them', instead: withZeros(2) },
    ],
    zeroed: true,
  },
  {
    ops: ['Lgamma'],
    where: 'operands below the least normal number, but not 0',
    tensorflow: '103.972 in float32, 745.133 in float64',
    here: SAME,
  },
  {
    ops: ['MatMul', 'BatchMatMul', 'BatchMatMulV2', 'Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'],
    where: 'products with an operand below the least normal number',
    tensorflow: '0, and NaN with infinity',
    here: 'that on the native device, the product elsewhere: to look for such operands takes 4 % of a training step',
  },
  {
    ops: words(`
      Add AddV2 Sub Mul MulNoNan RealDiv Div DivNoNan Xdivy Square BiasAdd BiasAddV1 Cast
      SparseDenseCwiseAdd SparseDenseCwiseMul SparseDenseCwiseDiv`),
    where: 'results, and operands of sums, below the least normal number (1.2e-38 in float32, 2.2e-308 in float64)',
    tensorflow: '0',
    here:
      '0 on the native device (itself where the host computes a few elements of what goes step by step); the result ' +
      'itself on the portable one; in every run the same. ' +
      'Nodes like x * 1 and x + 0 stay in every plan where that is another number than x',
    flushed: true,
  },
  {
    ops: words('Relu Relu6 LeakyRelu LeakyReluGrad Maximum Minimum Mod FloorMod TruncateMod'),
    where: 'operands and results below the least normal number',
    tensorflow: 'themselves or 0, by the size of the tensor and the place in it',
    here: 'on the native device themselves or 0, by the size and the place; the same in every run',
    partsAtLeast: true,
  },
  {
    ops: ['MaxPool', 'MaxPool3D'],
    where: 'a largest element below the least normal number; in three dimensions NaN, and -Infinity alone',
    tensorflow: '0; NaN as its vectors compare; -Infinity',
    here:
      'themselves, and where oneDNN does it (float32, many elements, on the native device) the first of those that ' +
      'count as 0; NaN passed over, the lowest float where nothing else is there; the same in every run',
    native: [
      {
        of: [float32],
        says: "is oneDNN's in whole graphs, with other NaN and subnormals than step by step",
        instead: 'graph',
      },
      {
        types: 'MaxPool3DGrad',
        inGraphs: true,
        of: [float32],
        unless: ([, pool]) => pool !== 'MaxPool3D',
        says: "behind its pool is oneDNN's, which takes other places beside NaN",
        instead: unseen(3, 'TInput', 'ksize', 'strides', 'padding', 'data_format'),
      },
    ],
    partsAtLeast: true,
  },
  {
    ops: [],
    where: 'other results, and parts of sums, below the least normal number',
    tensorflow: '0, but for what hands bits on (Neg, Abs, Identity) or adds nothing to them (Sin, Expm1)',
    here:
      'either, by the device and the size, and the same in every run; no operation beside those that hand bits on ' +
      'and the products above tells the two apart',
  },
  {
    ops: ['Neg'],
    where: '0',
    tensorflow: '0 in its vectors, -0 in the elements after them',
    here: '-0',
  },
  {
    ops: ['TruncateDiv'],
    dtypes: ['float32'],
    where: 'infinities, divisors of 0 and the largest ones; 8 elements and more',
    tensorflow: 'a product with 1 / y, which is rounded twice: NaN for ∞ / 0, 0 for large y',
    here: 'the quotient',
  },
  {
    ops: ['TruncateDiv'],
    dtypes: ['float32', 'float64'],
    where: 'a quotient that is not whole',
    tensorflow: 'the quotient',
    here: SAME,
    native: [{ of: FLOATS, says: 'drops the fraction', instead: 'host' }],
  },
  {
    ops: ['Div', 'RealDiv'],
    where: 'a divisor that is a constant',
    tensorflow: 'the quotient',
    here: SAME,
    native: [
      {
        inGraphs: true,
        where: (node) => typeOf(node).isFloating,
        unless: ([, divisor]) => divisor !== 'Const',
        says: 'becomes a product with 1 / c, which is another number, and 0 for the largest c',
        instead: unseen(2),
      },
    ],
  },
  {
    ops: ['BiasAdd'],
    where: 'a bias of 0, beside -0',
    tensorflow: '-0 + 0 is 0',
    here: SAME,
    native: [
      {
        inGraphs: true,
        where: (node) => typeOf(node).isFloating,
        unless: ([, bias]) => bias !== 'Const',
        says: 'is left out where the bias is a constant of zeros',
        instead: unseen(2, 'data_format'),
      },
    ],
  },
  {
    ops: ['Mean', 'SegmentMean'],
    dtypes: ['int8', 'uint8', 'int16', 'uint16'],
    where: 'more elements than the dtype counts',
    tensorflow: 'their number wraps around as their sum does; where it becomes 0 the process dies',
    here: 'the same; 0 where it becomes 0',
  },
  {
    ops: ['Mean'],
    dtypes: ['int8', 'uint8', 'int16', 'uint16', 'int32', 'int64'],
    where: 'a sum beyond the largest integer',
    tensorflow: 'wraps around',
    here: SAME,
    native: [{ of: [...SHORT, int32, int64], says: 'adds up in a wider type', instead: 'host' }],
  },
  {
    ops: [],
    where: 'NaN that is handed on',
    tensorflow: 'with its sign and payload, a signalling one (of Bitcast) too',
    here: 'with its sign and payload; a signalling one may become the quiet one, as in any arithmetic',
  },
  {
    ops: ['Max', 'Min', 'SegmentMax', 'SegmentMin', 'MaxPool', 'ArgMax', 'ArgMin'],
    where: 'NaN among the elements',
    tensorflow: 'left out; nothing but NaN gives ∓infinity, the ∓largest number from MaxPool, place 0',
    here: SAME,
    native: [
      { types: 'Max', of: FLOATS, says: 'is NaN where one is', instead: withoutNaN(-Infinity) },
      { types: 'Min', of: FLOATS, says: 'is NaN where one is', instead: withoutNaN(Infinity) },
      { types: 'Max Min', of: FLOATS, says: 'as that goes, over one NaN alone', instead: { fits: reducesMany } },
      { types: 'SegmentMax SegmentMin', of: FLOATS, says: 'goes wrong beside NaN', instead: 'host' },
    ],
  },
  {
    ops: ['MaxPool'],
    where: 'NaN in a window over channels',
    tensorflow: 'a NaN in first place wins',
    here: 'passed over; nothing but NaN gives NaN',
  },
  {
    ops: ['ArgMax', 'ArgMin'],
    dtypes: ['uint32', 'uint64'],
    where: 'several that are as large',
    tensorflow: 'the last of them; the first in every other dtype',
    here: 'the first of them',
    departs: true,
  },
  {
    ops: ['UnsortedSegmentMax', 'UnsortedSegmentMin'],
    where: 'NaN among the elements',
    tensorflow: 'NaN stays until a number comes after it',
    here: SAME,
  },
  {
    ops: ['MaxPoolGrad', 'MaxPoolGradGrad'],
    where: 'NaN in a window',
    tensorflow: "a NaN in first place wins; in TensorFlow 2's compiled graphs it is passed over",
    here: 'passed over, as by MaxPool; a kernel with the older rule takes a convolutional step 28 % longer',
    native: [
      {
        types: 'MaxPoolGrad',
        of: FLOATS,
        // Behind its pool in a whole graph a kernel of oneDNN's takes it, which passes over NaN by itself.
        unless: ([, pool], node) => pool === 'MaxPool' && typeOf(node) === float32,
        says: 'gives the gradient to a NaN that comes first',
        instead: withLowest,
      },
    ],
  },
  {
    ops: ['Maximum', 'Minimum', 'ClipByValue'],
    where: 'NaN on either side',
    tensorflow:
      'the first operand of an unordered pair; ClipByValue keeps NaN and takes no notice of a bound that is NaN',
    here: SAME,
    native: [
      { types: 'Maximum', of: FLOATS, says: 'is NaN where one is', instead: larger },
      { types: 'Minimum', of: FLOATS, says: 'is NaN where one is', instead: smaller },
      {
        types: 'ClipByValue',
        of: FLOATS,
        says: 'takes other zeros of two where many bounds are given',
        instead: { fits: scalarBounds },
      },
    ],
  },
  {
    ops: ['Relu', 'Relu6', 'Softmax', 'LogSoftmax'],
    where: 'NaN',
    tensorflow: 'NaN; a whole row of a softmax with a NaN or with +infinity in it',
    here: SAME,
    native: [
      {
        types: 'Softmax',
        where: (node) => typeOf(node).isFloating,
        says: "becomes oneDNN's in a whole graph, which gives 0 for NaN and beside infinities",
        instead: byLogarithm,
      },
    ],
  },
  {
    ops: ['Relu', 'Relu6'],
    where: '-0',
    tensorflow: '0 in its vectors, -0 in the elements after them',
    here: 'either of the two zeros: to make them one takes another pass over all activations',
    zeros: true,
  },
  {
    ops: ['RsqrtGrad', 'Xdivy', 'Xlogy'],
    where: 'a result of 0; of Xdivy and Xlogy where the first operand is 0',
    tensorflow: '0 or -0, other ones in its vectors than after them',
    here: '0',
    native: [
      {
        types: 'Xdivy Xlogy',
        of: FLOATS,
        says: 'is -0 of -0 in its vectors, 0 after them, and counts subnormal operands as 0 in its vectors alone',
        instead: (node) => zeroAtZero(withZeros(2)(node), typeOf(node)),
      },
      { types: 'RsqrtGrad', of: FLOATS, says: 'gives -0 for 0 after its vectors', instead: plusZero },
    ],
    zeros: true,
  },
  {
    ops: ['Rint', 'Atanh'],
    dtypes: ['float16', 'bfloat16'],
    where: 'a result of 0',
    tensorflow: '0, without its sign',
    here: '-0 of what is negative, as in float32',
    zeros: true,
  },
  {
    ops: ['Round'],
    where: '-0.3',
    tensorflow: '0',
    here: SAME,
    native: [
      { of: FLOATS, says: 'is -0', instead: 'host' },
      { where: (node) => typeOf(node).isInteger, says: 'gives zeros for integers', instead: 'host' },
    ],
  },
  {
    ops: ['Sum', 'Mean', 'SegmentSum', 'SegmentMean', 'UnsortedSegmentSum', 'Cumsum'],
    where: 'sums of some of the elements beyond the largest number',
    tensorflow: 'infinite, NaN or neither by the order in which its vectors add',
    here: 'the same: the order is open; a sum that overflows as a whole is infinite, and so is its mean',
  },
  {
    ops: ['Range', 'StringFormat', 'Print', 'PrintV2', 'Assert'],
    where: 'operands below the least normal number (of text: those of float32)',
    tensorflow: '0',
    here: SAME,
  },
  {
    ops: ['Prod', 'Cumprod', 'SegmentProd', 'UnsortedSegmentProd'],
    where: 'products of some of the elements beyond the largest number, or below the least normal one',
    tensorflow: 'infinite or 0 by the order in which its vectors multiply',
    here: 'the same: the order is open, as the rounding of sums is',
  },
  {
    ops: ['Sign'],
    where: 'NaN',
    tensorflow: '0 (bfloat16: 1)',
    here: '0',
    native: [{ of: FLOATS, says: 'is NaN', instead: 'host' }],
  },
  {
    ops: ['SqrtGrad', 'RsqrtGrad', 'ReciprocalGrad', 'InvGrad'],
    where: 'an incoming gradient of 0',
    tensorflow: '0, at the poles too',
    here: SAME,
  },
  {
    ops: ['SqrtGrad'],
    where: 'the largest roots, whose 1 / y is below the least normal number; 8 elements and more',
    tensorflow: 'a product with 1 / y: 0, and NaN of infinity',
    here: 'the quotient, as after its vectors',
    native: [{ of: FLOATS, says: 'is that product in its vectors alone', instead: halfByRoot }],
  },
  {
    ops: ['Digamma', 'Lgamma'],
    where: '0, negative integers, -infinity',
    tensorflow: 'infinity',
    here: SAME,
    native: [{ types: 'Digamma', of: FLOATS, says: 'is NaN', instead: 'host' }],
  },
  {
    ops: ['Polygamma', 'Zeta'],
    where: 'poles and infinities',
    tensorflow: 'its own values',
    here: SAME,
    native: [{ says: 'has other ones', instead: 'host' }],
  },
  {
    ops: ['Erf'],
    dtypes: ['float64'],
    where: 'infinities',
    tensorflow: '1 and -1',
    here: SAME,
    native: [{ of: [float64], says: 'is NaN', instead: 'host' }],
  },
  {
    ops: ['Cross'],
    where: 'infinities, and numbers near the least',
    tensorflow: 'products and their differences',
    here: SAME,
    native: [{ says: 'gives NaN, and 0', instead: 'host' }],
  },
  {
    ops: ['FloorDiv'],
    dtypes: ['int8', 'int16', 'int32', 'int64'],
    where: 'abs(x) + abs(y) beyond the largest integer, which overflows in C++',
    tensorflow: 'a wrong quotient',
    here: '⌊x / y⌋',
    departs: true,
  },
  {
    ops: ['FloorDiv', 'Div', 'TruncateDiv', 'RealDiv', 'Mod', 'FloorMod', 'TruncateMod'],
    dtypes: ['int32', 'int64'],
    where: 'the least integer by -1',
    tensorflow: 'the process dies',
    here: 'quotients wrap around to the least integer, remainders are 0',
  },
  {
    ops: ['RealDiv', 'Div', 'TruncateDiv'],
    dtypes: ['int8', 'uint8', 'int32', 'int64'],
    where: 'an integer by 0: RealDiv of every type, the others of int8',
    tensorflow: '-1',
    here: 'the same; elsewhere it is an error, as in TensorFlow',
  },
  {
    ops: ['Tan', 'Asin', 'Acos', 'Atan'],
    dtypes: ['int32', 'int64'],
    where: 'integers',
    tensorflow: 'the definitions allow them, and there is no kernel',
    here: 'the integer part of the value',
    native: [{ where: (node) => typeOf(node).isInteger, says: 'knows no integers', instead: 'host' }],
  },
  {
    ops: ['Cast'],
    dtypes: ['float32', 'float64'],
    where: 'floats outside the range of an integer of 8 or 16 bits',
    tensorflow: 'the lower bits of the int32',
    here: SAME,
    native: [
      {
        of: FLOATS,
        where: (node) => SHORT.includes(attr(node, 'DstT')),
        says: 'gives 0',
        instead: byInt32,
      },
    ],
  },
  {
    ops: ['TopK', 'TopKV2'],
    where: 'NaN',
    tensorflow: 'an order that depends on k and on the number of elements',
    here: 'NaN comes after every number; of equal elements the earlier comes first',
    native: [{ types: 'TopKV2', of: FLOATS, says: 'has NaN before or after numbers, as it comes', instead: 'host' }],
  },
  {
    ops: ['Igamma', 'Igammac'],
    where: 'operands that are large, or near 0',
    tensorflow: 'the digits that a logarithm of Γ and a difference from 1 leave in the dtype',
    here: 'all digits of float32',
    departs: true,
  },
  {
    ops: ['Igamma', 'Igammac', 'IgammaGradA', 'Betainc'],
    where: 'operands at the border or outside',
    tensorflow: 'NaN outside; what its sums come to where an operand is infinite',
    here: SAME,
    native: [{ says: 'has other values there', instead: 'host' }],
  },
  {
    ops: ['Elu', 'Selu'],
    where: 'negative numbers near 0',
    tensorflow: 'e^x - 1, each step rounded: 0 above -2.98e-8 in float32, where the gradient is that of x >= 0',
    here: SAME,
  },
  {
    ops: ['Softplus'],
    where: 'numbers far below 0',
    tensorflow: 'log(1 + e^x), to the digits that the sum leaves',
    here: 'all digits',
  },
  {
    ops: ['Sigmoid', 'SoftplusGrad'],
    dtypes: ['float32', 'float16'],
    where: 'numbers below -18 (in float16 -16)',
    tensorflow: '0',
    here: 'e^x, so that a logarithm of it is finite',
  },
  {
    ops: [
      'Exp',
      'Expm1',
      'Log1p',
      'Sigmoid',
      'Rsqrt',
      'Acos',
      'Sinh',
      'Cosh',
      'Tanh',
      'Asinh',
      'Acosh',
      'Atanh',
      'Sign',
    ],
    dtypes: ['bfloat16'],
    where: 'NaN, infinities, numbers near 0',
    tensorflow: 'bfloat16 kernels that lose NaN and digits',
    here: 'what float32 gives, rounded',
    departs: true,
  },
  {
    ops: [
      'Lgamma',
      'Digamma',
      'IsInf',
      'RsqrtGrad',
      'ReciprocalGrad',
      'Elu',
      'Selu',
      'EluGrad',
      'SeluGrad',
      'Softplus',
    ],
    dtypes: ['bfloat16'],
    where: 'NaN, infinities, numbers near 0',
    tensorflow: 'bfloat16 kernels that lose NaN and digits',
    here: 'what float32 gives, rounded',
    departs: true,
  },
  {
    ops: ['Sinh', 'Cosh', 'Asinh', 'TanhGrad', 'SigmoidGrad', 'Softplus', 'SoftsignGrad'],
    dtypes: ['float16'],
    where: 'NaN; several operations in a row',
    tensorflow: '0 for NaN; each operation rounded to 16 bits, or beyond the largest of them',
    here: 'what float32 gives, rounded once',
    departs: true,
  },
  {
    ops: ['Expm1'],
    dtypes: ['complex64', 'complex128'],
    where: 'numbers that are not real',
    tensorflow: 'a wrong value',
    here: 'e^x - 1',
    departs: true,
  },
  {
    ops: ['Log1p'],
    dtypes: ['complex64', 'complex128'],
    where: 'numbers near the largest',
    tensorflow: 'an imaginary part of 0, of a product that overflows',
    here: 'log(1 + z)',
  },
  {
    ops: [],
    dtypes: ['complex64', 'complex128'],
    where: 'infinite or NaN parts',
    tensorflow: 'what the C++ library makes of them',
    here: 'infinite or NaN parts, which ones is open; finite numbers are held to 1.15',
  },
  {
    ops: words(`
      Conv2DBackpropInput Conv2DBackpropFilter DepthwiseConv2dNative DepthwiseConv2dNativeBackpropInput
      DepthwiseConv2dNativeBackpropFilter`),
    where: 'NaN and infinities',
    tensorflow: 'NaN where 0 times infinity was added',
    here: 'NaN may stand beside them, as pieces of the picture are laid out',
  },
  {
    ops: ['EuclideanNorm'],
    where: 'nothing to reduce: no axes, or dimensions of 1',
    tensorflow: 'the input itself, below 0 too, and complex numbers',
    here: SAME,
    native: [{ says: 'gives the absolute value', instead: 'host' }],
  },
  {
    ops: ['Sum', 'Mean', 'Prod', 'Max', 'Min', 'EuclideanNorm', 'All', 'Any'],
    where: 'axes of which two are the same dimension, 0 and -2 of a matrix',
    tensorflow: 'reduces it once',
    here: SAME,
    native: [
      { types: 'Sum Mean Prod Max Min', says: 'refuses', instead: { fits: distinctAxes } },
      { types: 'All Any', says: 'refuses', instead: { fits: distinctAxes } },
    ],
  },
  {
    ops: ['Transpose', 'ConjugateTranspose'],
    where: 'dimensions below 0',
    tensorflow: 'an error: they are out of range',
    here: SAME,
    native: [{ says: 'counts them from the end', instead: { fits: countsFromZero } }],
  },
  {
    ops: ['GatherV2', 'Gather'],
    where: 'indices out of range into rows that are empty',
    tensorflow: 'an error',
    here: SAME,
    native: [{ says: 'takes any', instead: { fits: notEmpty(0) } }],
  },
  {
    ops: words(`
      ScatterNdNonAliasingAdd ScatterNdAdd ScatterNdSub ScatterNdUpdate ResourceScatterNdAdd ResourceScatterNdSub
      ResourceScatterNdUpdate`),
    where: 'a vector of indices, whose shape only a run knows',
    tensorflow: 'the first of them alone names a row; where there is none, what memory holds does',
    here: 'the first of them alone; none names none',
  },
  {
    ops: ['DynamicStitch', 'ParallelDynamicStitch'],
    where: 'rows that no index names; indices below 0 alone',
    tensorflow: 'memory as it was; no rows',
    here: '0; no rows',
    native: [{ says: 'leaves such rows unset, and refuses the indices', instead: { fits: namesAllRows } }],
  },
  {
    ops: ['Split', 'SplitV'],
    where: 'one part, with an axis or a size that does not fit',
    tensorflow: 'an error of the kernel; none where its rewrites put the input in the place of the node',
    here: 'the error; a size of -1 is all that there is',
  },
  {
    ops: ['Conv2D', 'DepthwiseConv2dNative'],
    where: 'an empty batch, an empty filter',
    tensorflow: 'nothing of the depth of the filter; zeros',
    here: SAME,
    native: [{ says: 'gives the depth of the input, and leaves the values unset', instead: { fits: notEmpty(0, 1) } }],
  },
  {
    ops: ['DepthwiseConv2dNative', 'DepthwiseConv2dNativeBackpropInput', 'DepthwiseConv2dNativeBackpropFilter'],
    where: 'dilations',
    tensorflow: 'takes no notice of them',
    here: SAME,
    native: [{ where: isDilated, says: 'goes by them', instead: 'host' }],
  },
  {
    ops: ['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3'],
    where: 'an empty batch in training',
    tensorflow: 'a mean and a variance of NaN',
    here: SAME,
    native: [{ says: 'gives zeros', instead: { fits: notEmpty(0) } }],
  },
  {
    ops: ['FusedBatchNormGrad', 'FusedBatchNormGradV2', 'FusedBatchNormGradV3'],
    where: 'an empty batch, of which mean and variance are NaN',
    tensorflow: 'a gradient of 0 for scale and offset',
    here: SAME,
  },
  {
    ops: ['FusedBatchNormV3'],
    where: 'its last output, which no kernel of a processor reads',
    tensorflow: 'a scalar of 0',
    here: 'that from the host, and no element from the native device, as TensorFlow 2 has it; the same in every run',
  },
  {
    ops: ['BesselI1e'],
    where: '-0',
    tensorflow: '0',
    here: SAME,
  },
  {
    ops: ['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropInput', 'DepthwiseConv2dNativeBackpropFilter'],
    where: 'empty operands',
    tensorflow: 'zeros, or nothing',
    here: SAME,
  },
  {
    ops: ['Conv3D', 'Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2'],
    where: 'NaN and infinities in float64',
    tensorflow: 'NaN or infinity where a tap meets them',
    here: SAME,
    native: [{ of: [float64], says: 'has NaN in other places too', instead: 'host' }],
  },
  {
    ops: ['BatchMatMulV2'],
    where: 'batches in two dimensions of which one is spread, where the last of them is 1',
    tensorflow: 'the products',
    here: SAME,
    native: [{ of: [float32], says: 'ends the process', instead: { fits: knownBatches } }],
  },
  {
    ops: ['Conv2DBackpropFilter'],
    where: 'filters of one pixel that go by steps over large pictures',
    tensorflow: 'the gradient',
    here: SAME,
    native: [{ says: 'ends the process', instead: { fits: wholeBlocks } }],
  },
  {
    ops: ['MaxPoolGrad'],
    where: 'windows that find no place',
    tensorflow: 'zeros',
    here: SAME,
  },
  {
    ops: words(`
      FakeQuantWithMinMaxVarsPerChannel FakeQuantWithMinMaxVarsPerChannelGradient QuantizeAndDequantizeV3 LSTMBlockCell
      LSTMBlockCellGrad
      GRUBlockCell GRUBlockCellGrad AudioSpectrogram FakeParam`),
    where: 'operands that do not fit',
    tensorflow: 'an error',
    here: SAME,
    native: [{ says: 'ends the process, and no check of ours comes before it', instead: 'host' }],
  },
  {
    ops: ['SparseTensorDenseMatMul'],
    where: 'the adjoint of a complex sparse matrix',
    tensorflow: 'transposed, and not conjugated',
    here: SAME,
  },
  {
    ops: ['SparseAdd'],
    where: 'a threshold of another dtype than the values',
    tensorflow: 'the end of the process',
    here: 'the number that it is',
    native: [
      {
        where: (node) => attr(node, 'T', 'type') !== attr(node, 'Treal', 'type'),
        says: "reads its bits as a number of the values' dtype",
        instead: 'host',
      },
    ],
  },
  {
    ops: ['EncodePng'],
    where: 'an empty picture',
    tensorflow: 'the end of the process',
    here: 'an error',
    native: [{ says: 'ends the process', instead: { fits: notEmpty(0) } }],
  },
  {
    ops: ['RaggedGather'],
    where: 'splits that are none',
    tensorflow: 'an error',
    here: SAME,
    native: [{ says: 'ends the process', instead: { fits: soundSplits } }],
  },
  {
    ops: ['TopK', '_FusedConv2D', '_FusedMatMul'],
    where: 'no operand in particular',
    tensorflow: 'as the definition says',
    here: SAME,
    native: [{ says: 'asks for an attribute that the definition does not have', instead: 'host' }],
  },
  {
    ops: [
      'Enter',
      'RefEnter',
      'Exit',
      'RefExit',
      'NextIteration',
      'RefNextIteration',
      'LoopCond',
      'Batch',
      'Unbatch',
      'UnbatchGrad',
    ],
    where: 'by themselves',
    tensorflow: 'a meaning among other nodes or other runs alone',
    here: SAME,
    native: [{ says: 'holds up the process, or ends it', instead: 'host' }],
  },
  {
    ops: words(`
      XlaBroadcastHelper XlaClusterOutput XlaCompile XlaConv XlaDequantize XlaDot XlaDynamicSlice XlaDynamicUpdateSlice
      XlaEinsum XlaIf XlaKeyValueSort XlaLaunch XlaPad XlaRecv XlaRecvAtHost XlaReduce XlaReduceWindow XlaReplicaId
      XlaRun XlaSelectAndScatter XlaSelfAdjointEig XlaSend XlaSendFromHost XlaSort XlaSvd XlaWhile`),
    where: 'by themselves',
    tensorflow: "an error: XLA's compiler is not here",
    here: SAME,
    native: [{ says: 'ends the process, or refuses', instead: 'host' }],
  },
];

const ROUNDED = new Set(CHOICES.flatMap(({ ops, rounds }) => (rounds ? ops : [])));
/** Whether kernels of the host and of a device round the results of an op differently. */
export function rounds(type: string): boolean {
  return ROUNDED.has(type);
}
const ZEROED = new Set(CHOICES.flatMap(({ ops, zeroed }) => (zeroed ? ops : [])));
/** Whether an op takes subnormal operands for 0. */
export function countsAsZero(type: string): boolean {
  return ZEROED.has(type);
}
const FLUSHED = new Set(CHOICES.flatMap(({ ops, flushed }) => (flushed ? ops : [])));
/** Whether a device that flushes gives 0 for each result of an op below the least normal number. */
export function isFlushed(type: string): boolean {
  return FLUSHED.has(type);
}
const PARTING = new Set(CHOICES.flatMap(({ ops, partsAtLeast }) => (partsAtLeast ? ops : [])));
/** Whether the host and a device that flushes part ways at numbers below the least normal one. */
export function partsAtLeast(type: string): boolean {
  return PARTING.has(type);
}
