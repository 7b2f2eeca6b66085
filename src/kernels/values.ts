/**
 * What a value is where TensorFlow 1.15 has several: its kernels with vector instructions, its plain ones and its
 * 16-bit ones do not always agree. Kernels of every device keep to this table; docs/values.md shows it to users, and
 * test/ops/values.test.ts holds both to what 1.15 was recorded to give.
 *
 * The rule behind all rows: a value is what 1.15's CPU kernel gives for a tensor of one element.
 */
export interface Choice {
  /** Op types; none: all of them. */
  readonly ops: readonly string[];
  /** Of which dtypes; none: all of them. */
  readonly dtypes?: readonly string[];
  /** For which operands. */
  readonly where: string;
  /** What 1.15 gives, where it is not one thing, or not the one that is kept. */
  readonly tensorflow: string;
  /** What is kept here, on every device. */
  readonly here: string;
  /** Recordings of 1.15 do not hold for these ops and dtypes, because 1.15's value is not the one kept. */
  readonly departs?: boolean;
  /** Recordings do not say which of the two zeros it is. */
  readonly zeros?: boolean;
}

/** Numbers too small for a full mantissa: the processor takes them for 0 in TensorFlow's threads. */
const SUBNORMAL_OPERANDS: Choice = {
  ops: words(`
    Sign Sqrt Rsqrt Reciprocal Inv Log Floor Ceil Rint Round Cast Where Unique UniqueWithCounts ArgMax ArgMin
    TopK TopKV2 Mul MulNoNan RealDiv Div TruncateDiv DivNoNan FloorDiv Mod FloorMod TruncateMod Xdivy Xlogy
    Maximum Minimum Polygamma Zeta Less LessEqual Greater GreaterEqual Equal NotEqual Prod Cumprod SegmentProd
    UnsortedSegmentProd TanhGrad SigmoidGrad SqrtGrad RsqrtGrad ReciprocalGrad InvGrad ReluGrad Relu6Grad
    LeakyReluGrad EluGrad SeluGrad`),
  where: 'operands below the least normal number (1.2e-38 in float32, 2.2e-308 in float64)',
  tensorflow: '0',
  here: 'the same',
};
const HALF_ZERO: Choice = {
  ops: ['Pow', 'Atan2'],
  where: 'operands below the least normal number',
  tensorflow: 'what its C library makes of them, which counts them as 0 in some places',
  here: '0',
};
const ZEROED = new Set([...SUBNORMAL_OPERANDS.ops, ...HALF_ZERO.ops]);
/** Whether an op takes subnormal operands for 0. */
export function countsAsZero(type: string): boolean {
  return ZEROED.has(type);
}
function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

export const CHOICES: readonly Choice[] = [
  {
    ops: ['Sqrt', 'Rsqrt'],
    dtypes: ['float32'],
    where: 'infinity, -0, subnormals, numbers near the largest; 8 elements and more',
    tensorflow: 'NaN for infinity, infinity for 1/√-0, half as much again near the largest',
    here: 'IEEE: √∞ = ∞, 1/√∞ = 0, 1/√-0 = -∞',
  },
  SUBNORMAL_OPERANDS,
  HALF_ZERO,
  {
    ops: ['Lgamma'],
    where: 'operands below the least normal number, but not 0',
    tensorflow: '103.972 in float32, 745.133 in float64',
    here: 'the same',
  },
  {
    ops: ['MatMul', 'BatchMatMul', 'BatchMatMulV2', 'Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'],
    where: 'products with an operand below the least normal number',
    tensorflow: '0, and NaN with infinity',
    here: 'that on the native device, the product elsewhere: to look for such operands takes 4 % of a training step',
  },
  {
    ops: [],
    where: 'results, and parts of sums, below the least normal number (1.2e-38 in float32, 2.2e-308 in float64)',
    tensorflow: '0, but for what hands bits on (Neg, Abs, Identity) or adds nothing to them (Sin, Expm1)',
    here: 'either; no operation beside those that hand bits on and the products above tells the two apart',
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
    ops: ['Mean', 'SegmentMean'],
    dtypes: ['int8', 'uint8', 'int16', 'uint16'],
    where: 'more elements than the dtype counts',
    tensorflow: 'their number wraps around as their sum does; where it becomes 0 the process dies',
    here: 'the same; 0 where it becomes 0',
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
    here: 'the same',
  },
  {
    ops: ['UnsortedSegmentMax', 'UnsortedSegmentMin'],
    where: 'NaN among the elements',
    tensorflow: 'NaN stays until a number comes after it',
    here: 'the same',
  },
  {
    ops: ['MaxPoolGrad'],
    where: 'NaN in a window',
    tensorflow: "a NaN in first place wins; in TensorFlow 2's compiled graphs it is passed over",
    here: 'passed over, as by MaxPool; a kernel with the older rule takes a convolutional step 28 % longer',
  },
  {
    ops: ['Maximum', 'Minimum', 'ClipByValue'],
    where: 'NaN on either side',
    tensorflow:
      'the first operand of an unordered pair; ClipByValue keeps NaN and takes no notice of a bound that is NaN',
    here: 'the same',
  },
  {
    ops: ['Relu', 'Relu6', 'Softmax', 'LogSoftmax'],
    where: 'NaN',
    tensorflow: 'NaN; a whole row of a softmax with a NaN or with +infinity in it',
    here: 'the same',
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
  },
  {
    ops: ['SqrtGrad', 'RsqrtGrad', 'ReciprocalGrad', 'InvGrad'],
    where: 'an incoming gradient of 0',
    tensorflow: '0, at the poles too',
    here: 'the same',
  },
  {
    ops: ['Digamma', 'Lgamma'],
    where: '0, negative integers, -infinity',
    tensorflow: 'infinity',
    here: 'the same',
  },
  {
    ops: ['FloorDiv'],
    dtypes: ['int32', 'int64'],
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
    ops: ['TopK', 'TopKV2'],
    where: 'NaN',
    tensorflow: 'an order that depends on k and on the number of elements',
    here: 'NaN comes after every number; of equal elements the earlier comes first',
  },
  {
    ops: ['Elu', 'Selu'],
    where: 'negative numbers near 0',
    tensorflow: 'e^x - 1, to the digits that the subtraction leaves',
    here: 'all digits',
    departs: true,
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
    ops: ['Lgamma', 'Digamma', 'IsInf', 'RsqrtGrad', 'ReciprocalGrad', 'EluGrad', 'SeluGrad', 'Softplus'],
    dtypes: ['bfloat16'],
    where: 'NaN, infinities, numbers near 0',
    tensorflow: 'bfloat16 kernels that lose NaN and digits',
    here: 'what float32 gives, rounded',
    departs: true,
  },
  {
    ops: ['Sinh', 'Cosh', 'Asinh', 'TanhGrad', 'SigmoidGrad', 'Softplus', 'SeluGrad', 'SoftsignGrad'],
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
    ops: [],
    dtypes: ['complex64', 'complex128'],
    where: 'infinite or NaN parts',
    tensorflow: 'what the C++ library makes of them',
    here: 'infinite or NaN parts, which ones is open; finite numbers are held to 1.15',
  },
];
