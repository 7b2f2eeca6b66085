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
}

export const CHOICES: readonly Choice[] = [
  {
    ops: ['Sqrt', 'Rsqrt'],
    dtypes: ['float32'],
    where: 'infinity, -0, subnormals, numbers near the largest; 8 elements and more',
    tensorflow: 'NaN for infinity, infinity for 1/√-0, half as much again near the largest',
    here: 'IEEE: √∞ = ∞, 1/√∞ = 0, 1/√-0 = -∞',
  },
  {
    ops: [],
    where: 'operands or results below the least normal number (1.2e-38 in float32)',
    tensorflow: '0 in some kernels and sizes, the number itself in others',
    here: 'either; nothing may depend on it',
  },
  {
    ops: ['Max', 'Min', 'SegmentMax', 'SegmentMin', 'MaxPool', 'ArgMax', 'ArgMin'],
    where: 'NaN among the elements',
    tensorflow: 'left out; nothing but NaN gives ∓infinity, the ∓largest number from MaxPool, place 0',
    here: 'the same',
  },
  {
    ops: ['UnsortedSegmentMax', 'UnsortedSegmentMin', 'MaxPoolGrad'],
    where: 'NaN among the elements',
    tensorflow: 'UnsortedSegmentMax: NaN stays until a number comes after it; MaxPoolGrad: a NaN in first place wins',
    here: 'the same',
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
