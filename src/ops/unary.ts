/** Functions of one number, element by element: roots, exponentials, trigonometry, rounding, tests for NaN. */
import { TypeError_ } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isWeak, type NotText } from '../graph/constant';
import type { LikeWith } from '../graph/fetched';
import { Tensor } from '../graph/graph';
import type { GradFn, OpRow, Rows } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import { complexAbs } from './complex';
import type { NameOption } from './options';
import { after, conj as conjugate, negated, node, scalar, shapeOf, zeros } from './words';
import { type UnaryFunction, boundLike, boundLikeWith } from './known-calls';

function unary(grad?: GradFn): OpRow {
  return { shape: unchanged, grad };
}
function predicate(): OpRow {
  return { shape: unchanged };
}

/** A gradient from the input, computed once the incoming gradient is there. */
function ofInput(gradient: (x: Tensor, dy: Tensor) => Tensor): GradFn {
  return (op, [dy]) => after(dy, () => gradient(conjugate(op.inputs[0]), dy));
}
/** A gradient from the output. */
function ofOutput(gradient: (y: Tensor, dy: Tensor) => Tensor): GradFn {
  return (op, [dy]) => after(dy, () => gradient(conjugate(op.outputs[0]), dy));
}
const none: GradFn = () => [null];
/** 1 / (1 ± x²), as a gradient. */
function inverseOfSquare(type: 'Add' | 'Sub'): GradFn {
  return ofInput((x, dy) => {
    const square = x.square();
    return dy.mul(node('Reciprocal', node(type, scalar(1, dy.dtype), square)));
  });
}
/** 1 / √(1 - x²) */
function inverseOfRoot(x: Tensor, dy: Tensor): Tensor {
  const square = x.square();
  return node('Reciprocal', node('Sqrt', node('Sub', scalar(1, dy.dtype), square)));
}
/** `factor`·e^(-x²), the factor made before the gate. */
function bell(factor: number): GradFn {
  return (op, [dy]) => {
    const k = scalar(factor, dy.dtype);
    return after(dy, () => {
      const scaled = dy.mul(k);
      return scaled.mul(node('Exp', conjugate(op.inputs[0]).square().neg()));
    });
  };
}
const reciprocalGrad: GradFn = (op, [dy]) => node('ReciprocalGrad', op.outputs[0], dy);

export const UNARY = {
  Neg: unary((_, [dy]) => negated(dy)),
  Abs: unary((op, [dy]) => dy.mul(node('Sign', op.inputs[0]))),
  Sign: unary((op) => zeros(shapeOf(op.inputs[0]), op.inputs[0].dtype)),
  Square: unary(
    ofInput((x, dy) => {
      const two = scalar(2, x.dtype);
      const doubled = node('Mul', x, two);
      return node('Mul', dy, doubled);
    }),
  ),
  Sqrt: unary((op, [dy]) => node('SqrtGrad', op.outputs[0], dy)),
  Rsqrt: unary((op, [dy]) => node('RsqrtGrad', op.outputs[0], dy)),
  Reciprocal: unary(reciprocalGrad),
  Inv: unary(reciprocalGrad),

  Exp: unary(ofOutput((y, dy) => dy.mul(y))),
  Expm1: unary(
    ofInput((x, dy) => {
      const y = node('Exp', x);
      return dy.mul(y);
    }),
  ),
  Log: unary(ofInput((x, dy) => dy.mul(node('Reciprocal', x)))),
  Log1p: unary(ofInput((x, dy) => dy.mul(node('Reciprocal', apply('AddV2', [1, x], {}, 'add'))))),
  Sigmoid: unary(ofOutput((y, dy) => node('SigmoidGrad', y, dy))),

  Sin: unary(ofInput((x, dy) => dy.mul(node('Cos', x)))),
  Cos: unary(
    ofInput((x, dy) => {
      const minus = dy.neg();
      return minus.mul(node('Sin', x));
    }),
  ),
  Tan: unary(ofInput((x, dy) => node('Reciprocal', node('Cos', x)).square().mul(dy))),
  Asin: unary(ofInput((x, dy) => dy.mul(inverseOfRoot(x, dy)))),
  Acos: unary(
    ofInput((x, dy) => {
      const inverse = inverseOfRoot(x, dy);
      return dy.neg().mul(inverse);
    }),
  ),
  Atan: unary(inverseOfSquare('Add')),
  Sinh: unary(ofInput((x, dy) => dy.mul(node('Cosh', x)))),
  Cosh: unary(ofInput((x, dy) => dy.mul(node('Sinh', x)))),
  Tanh: unary(ofOutput((y, dy) => node('TanhGrad', y, dy))),
  Asinh: unary(ofOutput((y, dy) => dy.div(node('Cosh', y)))),
  Acosh: unary(ofOutput((y, dy) => dy.div(node('Sinh', y)))),
  Atanh: unary(inverseOfSquare('Sub')),

  Erf: unary(bell(2 / Math.sqrt(Math.PI))),
  Erfc: unary(bell(-2 / Math.sqrt(Math.PI))),
  Lgamma: unary(ofInput((x, dy) => dy.mul(node('Digamma', x)))),
  Digamma: unary(ofInput((x, dy) => dy.mul(node('Polygamma', scalar(1, x.dtype), x)))),

  Floor: unary(none),
  Ceil: unary(none),
  Rint: unary(none),
  Round: unary(none),
  IsNan: predicate(),
  IsInf: predicate(),
  IsFinite: predicate(),
  // For complex numbers only, the rest are their own conjugates.
  Conj: {
    shape: unchanged,
    grad: (_, [dy]) => conjugate(dy),
  },
} satisfies Rows;

// --- what users call ------------------------------------------------------------------------------------------

/** The function that adds a node of an op type, named after it or by `name`. */
export function unaryFunction(type: string): UnaryFunction {
  return ((x: NotText, options: NameOption = {}) => apply(type, [x], {}, options.name)) as UnaryFunction;
}

/**
 * `-x`, element by element.
 *
 *     tf.negative([1, -2])   // [-1, 2]
 *
 * @param x  numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const negative = boundLike('negative', 1, unaryFunction('Neg'));
/**
 * The absolute value, element by element; of a complex number its length.
 *
 *     tf.abs([-1.5, 2])   // [1.5, 2]
 *
 * @param x  numbers, any shape
 * @returns  x's shape and dtype; float32 of complex64, float64 of complex128
 * @throws TypeError  for a dtype that is not among them
 */
export const abs = boundLike('abs', 1, function abs(x: NotText, { name }: NameOption = {}): Tensor {
  return inScope(name, 'Abs', [x], (scope) => {
    const t = convertToTensor(x, null, 'x');
    return t.dtype.isComplex ? complexAbs(t, scope) : apply('Abs', [t], {}, scope);
  });
});
/**
 * -1, 0 or 1 by the sign of x; of a complex number `x / |x|`.
 *
 *     tf.sign([-3, 0, 2])   // [-1, 0, 1]
 *
 * @param x  numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const sign = boundLike('sign', 1, unaryFunction('Sign'));
/**
 * x², element by element.
 *
 *     tf.square([-3, 2])   // [9, 4]
 *
 * @param x  numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const square = boundLike('square', 1, unaryFunction('Square'));
/**
 * √x, element by element; NaN below 0.
 *
 *     tf.sqrt([4, 2.25])   // [2, 1.5]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const sqrt = boundLike('sqrt', 1, unaryFunction('Sqrt'));
/**
 * 1 / √x, element by element; infinite at 0, NaN below it.
 *
 *     tf.rsqrt([4, 16])   // [0.5, 0.25]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const rsqrt = boundLike('rsqrt', 1, unaryFunction('Rsqrt'));
/**
 * 1 / x, element by element; infinite at 0.
 *
 *     tf.reciprocal([2, -4])   // [0.5, -0.25]
 *
 * @param x  numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const reciprocal = boundLike('reciprocal', 1, unaryFunction('Reciprocal'));
/**
 * e^x, element by element.
 *
 *     tf.exp([0, 1])   // [1, 2.71828]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const exp = boundLike('exp', 1, unaryFunction('Exp'));
/**
 * e^x − 1, element by element: exact for small x, where `exp(x) - 1` is not.
 *
 *     tf.expm1([0, 1e-5])   // [0, 0.00001]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const expm1 = boundLike('expm1', 1, unaryFunction('Expm1'));
/**
 * The natural logarithm, element by element; −∞ at 0, NaN below it.
 *
 *     tf.log([1, 10])   // [0, 2.302585]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const log = boundLike('log', 1, unaryFunction('Log'));
/**
 * log(1 + x), element by element: exact for small x.
 *
 *     tf.log1p([0, 1])   // [0, 0.693147]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const log1p = boundLike('log1p', 1, unaryFunction('Log1p'));
/**
 * 1 / (1 + e^−x), element by element: from any number to one between 0 and 1.
 *
 *     tf.sigmoid([0, 2])   // [0.5, 0.880797]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const sigmoid = boundLike('sigmoid', 1, unaryFunction('Sigmoid'));
/**
 * The sine of x in radians, element by element.
 *
 *     tf.sin([0, Math.PI / 2])   // [0, 1]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const sin = boundLike('sin', 1, unaryFunction('Sin'));
/**
 * The cosine of x in radians, element by element.
 *
 *     tf.cos([0, Math.PI])   // [1, -1]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const cos = boundLike('cos', 1, unaryFunction('Cos'));
/**
 * The tangent of x in radians, element by element.
 *
 *     tf.tan([0, Math.PI / 4])   // [0, 1]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const tan = boundLike('tan', 1, unaryFunction('Tan'));
/**
 * The arc sine in radians, from −π/2 to π/2; NaN outside [−1, 1].
 *
 *     tf.asin([0, 1])   // [0, 1.570796]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const asin = boundLike('asin', 1, unaryFunction('Asin'));
/**
 * The arc cosine in radians, from 0 to π; NaN outside [−1, 1].
 *
 *     tf.acos([1, 0])   // [0, 1.570796]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const acos = boundLike('acos', 1, unaryFunction('Acos'));
/**
 * The arc tangent in radians, from −π/2 to π/2.
 *
 *     tf.atan([0, 1])   // [0, 0.785398]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const atan = boundLike('atan', 1, unaryFunction('Atan'));
/**
 * The hyperbolic sine, (e^x − e^−x) / 2.
 *
 *     tf.sinh([0, 1])   // [0, 1.175201]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const sinh = boundLike('sinh', 1, unaryFunction('Sinh'));
/**
 * The hyperbolic cosine, (e^x + e^−x) / 2.
 *
 *     tf.cosh([0, 1])   // [1, 1.543081]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const cosh = boundLike('cosh', 1, unaryFunction('Cosh'));
/**
 * The hyperbolic tangent, element by element: from any number to one between −1 and 1.
 *
 *     tf.tanh([0, 1])   // [0, 0.761594]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const tanh = boundLike('tanh', 1, unaryFunction('Tanh'));
/**
 * The inverse of the hyperbolic sine.
 *
 *     tf.asinh([0, 1])   // [0, 0.881374]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const asinh = boundLike('asinh', 1, unaryFunction('Asinh'));
/**
 * The inverse of the hyperbolic cosine; NaN below 1.
 *
 *     tf.acosh([1, 2])   // [0, 1.316958]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const acosh = boundLike('acosh', 1, unaryFunction('Acosh'));
/**
 * The inverse of the hyperbolic tangent; NaN outside [−1, 1].
 *
 *     tf.atanh([0, 0.5])   // [0, 0.549306]
 *
 * @param x  floats or complex numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const atanh = boundLike('atanh', 1, unaryFunction('Atanh'));
/**
 * The error function, 2/√π · ∫ e^−t² dt from 0 to x.
 *
 *     tf.erf([0, 1])   // [0, 0.842701]
 *
 * @param x  floats, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const erf = boundLike('erf', 1, unaryFunction('Erf'));
/**
 * 1 − erf(x), element by element: exact for large x.
 *
 *     tf.erfc([0, 1])   // [1, 0.157299]
 *
 * @param x  floats, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const erfc = boundLike('erfc', 1, unaryFunction('Erfc'));
/**
 * log |Γ(x)|, element by element; of a whole number n it is log (n − 1)!.
 *
 *     tf.lgamma([1, 5])   // [0, 3.178054]
 *
 * @param x  floats, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const lgamma = boundLike('lgamma', 1, unaryFunction('Lgamma'));
/**
 * The derivative of `lgamma`; its own is `polygamma(1, x)`.
 *
 *     tf.digamma([1, 2])   // [-0.577216, 0.422784]
 *
 * @param x  floats, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const digamma = boundLike('digamma', 1, unaryFunction('Digamma'));
/**
 * The largest whole number not above x.
 *
 *     tf.floor([1.7, -1.2])   // [1, -2]
 *
 * @param x  floats, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const floor = boundLike('floor', 1, unaryFunction('Floor'));
/**
 * The smallest whole number not below x.
 *
 *     tf.ceil([1.2, -1.7])   // [2, -1]
 *
 * @param x  floats, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const ceil = boundLike('ceil', 1, unaryFunction('Ceil'));
/**
 * The nearest whole number; a half goes to the even one.
 *
 *     tf.rint([1.5, 2.5, -0.4])   // [2, 2, 0]
 *
 * @param x  floats, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const rint = boundLike('rint', 1, unaryFunction('Rint'));
/**
 * Tests element by element whether x is NaN.
 *
 *     tf.isNan([1, NaN])   // [false, true]
 *
 * @param x  floats, any shape
 * @returns  bool, x's shape
 * @throws TypeError  for a dtype that is not among them
 */
export const isNan = boundLikeWith<boolean>()('is_nan', 1, predicateFunction('IsNan'));
/**
 * Tests element by element whether x is infinite.
 *
 *     tf.isInf([1, -Infinity])   // [false, true]
 *
 * @param x  floats, any shape
 * @returns  bool, x's shape
 * @throws TypeError  for a dtype that is not among them
 */
export const isInf = boundLikeWith<boolean>()('is_inf', 1, predicateFunction('IsInf'));
/**
 * Tests element by element whether x is neither infinite nor NaN.
 *
 *     tf.isFinite([1, NaN, Infinity])   // [true, false, false]
 *
 * @param x  floats, any shape
 * @returns  bool, x's shape
 * @throws TypeError  for a dtype that is not among them
 */
export const isFinite = boundLikeWith<boolean>()('is_finite', 1, predicateFunction('IsFinite'));

/** A test of one tensor, element by element. */
export type PredicateFunction = <X extends NotText>(x: X, options?: NameOption) => LikeWith<X, boolean>;
function predicateFunction(type: string): PredicateFunction {
  return unaryFunction(type) as unknown as PredicateFunction;
}

/**
 * The nearest whole number; a half goes to the even one. Integers come back as they are.
 *
 *     tf.round([1.5, 2.5, -0.4])   // [2, 2, 0]
 *
 * @param x  numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const round = boundLike('round', 1, ((x: NotText, { name }: NameOption = {}) => {
  const t = convertToTensor(x, null, 'x');
  return t.dtype.isInteger ? t : apply('Round', [t], {}, name);
}) as UnaryFunction);

/**
 * The complex conjugate; a real number is its own.
 *
 *     tf.conj([1, -2])   // [1, -2]
 *
 * @param x  numbers, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for strings and booleans
 */
export const conj = boundLike('conj', 1, function conj(x: NotText, { name }: NameOption = {}): Tensor {
  if (x instanceof Tensor && !x.dtype.isComplex) return checkNumeric(x);
  return inScope(name, 'Conj', [x], (scope) => {
    const t = convertToTensor(x, null, 'x');
    return t.dtype.isComplex ? apply('Conj', [t], {}, scope) : checkNumeric(t);
  });
});
/** What is its own conjugate. */
function checkNumeric(x: Tensor): Tensor {
  const { isFloating, isInteger, name } = x.dtype;
  if (!isFloating && !isInteger) throw new TypeError_(`Expected numeric or variant tensor, got dtype tf.${name}`);
  return x;
}
/**
 * log(sigmoid(x)), safe for large negative x: −softplus(−x).
 *
 *     tf.logSigmoid([0, -100])   // [-0.693147, -100]
 *
 * @param x  floats, any shape
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 */
export const logSigmoid = boundLike(
  'log_sigmoid',
  1,
  function logSigmoid(x: NotText, { name }: NameOption = {}): Tensor {
    return inScope(name, 'LogSigmoid', [x], (scope) => {
      const t = convertToTensor(x, null, 'x');
      return apply('Neg', [node('Softplus', t.neg())], {}, scope);
    });
  },
);
/**
 * A polynomial by its coefficients, the highest power first, by Horner's rule.
 *
 *     tf.math.polyval([3, 0, 1], 2)   // 13: 3·2² + 0·2 + 1
 *
 * @param coeffs  a list of numbers or tensors that broadcast to x; none give zeros
 * @param x       numbers, any shape
 * @returns  x's dtype; the shape that all broadcast to
 * @throws TypeError  for dtypes that differ
 */
export const polyval = boundOptions(
  'math.polyval',
  2,
  function polyval(coeffs: readonly TensorLike[], x: NotText, { name }: NameOption = {}): Tensor {
    return inScope(name, 'polyval', [...coeffs, x], (scope) => {
      const at = convertToTensor(x, null, 'x');
      if (!coeffs.length) return apply('ZerosLike', [at], {}, scope);
      const [first, ...rest] = Array.from(coeffs, (c, i) =>
        convertToTensor(c, isWeak(c) ? at.dtype.baseDtype : null, `coeff_${i}`),
      );
      // The product first: so are Python's nodes numbered.
      return rest.reduce((sum, c) => ((product) => c.add(product))(sum.mul(at)), first);
    });
  },
);
