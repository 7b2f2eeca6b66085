/** Functions of one number, element by element: roots, exponentials, trigonometry, rounding, tests for NaN. */
import { boundOptions, boundOverloads } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isWeak } from '../graph/constant';
import type { Like, LikeWith } from '../graph/fetched';
import { Tensor } from '../graph/graph';
import type { GradFn, OpRow, Rows } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import type { NameOption } from './options';
import { after, conj as conjugate, node, scalar, shapeOf, zeros } from './words';

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
  Neg: unary((_, [dy]) => dy.neg()),
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

/** A function of one tensor, element by element. */
export type UnaryFunction = <X extends TensorLike>(x: X, options?: NameOption) => Like<X>;
/** The function that adds a node of an op type, named after it or by `name`. */
export function unaryFunction(type: string): UnaryFunction {
  return ((x: TensorLike, options: NameOption = {}) => apply(type, [x], {}, options.name)) as UnaryFunction;
}

/** `-x` */
export const negative = boundOverloads('negative', 1, unaryFunction('Neg'));
/** |x| */
export const abs = boundOverloads('abs', 1, unaryFunction('Abs'));
/** -1, 0 or 1 by the sign of x. */
export const sign = boundOverloads('sign', 1, unaryFunction('Sign'));
/** x² */
export const square = boundOverloads('square', 1, unaryFunction('Square'));
/** √x; NaN below 0. */
export const sqrt = boundOverloads('sqrt', 1, unaryFunction('Sqrt'));
/** 1/√x */
export const rsqrt = boundOverloads('rsqrt', 1, unaryFunction('Rsqrt'));
/** 1/x */
export const reciprocal = boundOverloads('reciprocal', 1, unaryFunction('Reciprocal'));
/** e^x */
export const exp = boundOverloads('exp', 1, unaryFunction('Exp'));
/** e^x - 1, exact for small x. */
export const expm1 = boundOverloads('expm1', 1, unaryFunction('Expm1'));
/** Natural logarithm. */
export const log = boundOverloads('log', 1, unaryFunction('Log'));
/** log(1 + x), exact for small x. */
export const log1p = boundOverloads('log1p', 1, unaryFunction('Log1p'));
/** 1 / (1 + e^-x) */
export const sigmoid = boundOverloads('sigmoid', 1, unaryFunction('Sigmoid'));
/** Sine of x in radians. */
export const sin = boundOverloads('sin', 1, unaryFunction('Sin'));
/** Cosine of x in radians. */
export const cos = boundOverloads('cos', 1, unaryFunction('Cos'));
/** Tangent of x in radians. */
export const tan = boundOverloads('tan', 1, unaryFunction('Tan'));
/** Arc sine, in radians; NaN outside [-1, 1]. */
export const asin = boundOverloads('asin', 1, unaryFunction('Asin'));
/** Arc cosine, in radians; NaN outside [-1, 1]. */
export const acos = boundOverloads('acos', 1, unaryFunction('Acos'));
/** Arc tangent, in radians. */
export const atan = boundOverloads('atan', 1, unaryFunction('Atan'));
/** Hyperbolic sine. */
export const sinh = boundOverloads('sinh', 1, unaryFunction('Sinh'));
/** Hyperbolic cosine. */
export const cosh = boundOverloads('cosh', 1, unaryFunction('Cosh'));
/** Hyperbolic tangent. */
export const tanh = boundOverloads('tanh', 1, unaryFunction('Tanh'));
/** Inverse hyperbolic sine. */
export const asinh = boundOverloads('asinh', 1, unaryFunction('Asinh'));
/** Inverse hyperbolic cosine; NaN below 1. */
export const acosh = boundOverloads('acosh', 1, unaryFunction('Acosh'));
/** Inverse hyperbolic tangent; NaN outside [-1, 1]. */
export const atanh = boundOverloads('atanh', 1, unaryFunction('Atanh'));
/** The error function. */
export const erf = boundOverloads('erf', 1, unaryFunction('Erf'));
/** 1 - erf(x), exact for large x. */
export const erfc = boundOverloads('erfc', 1, unaryFunction('Erfc'));
/** log |Γ(x)| */
export const lgamma = boundOverloads('lgamma', 1, unaryFunction('Lgamma'));
/** The derivative of lgamma; its own is `polygamma(1, x)`. */
export const digamma = boundOverloads('digamma', 1, unaryFunction('Digamma'));
/** The largest integer not above x, in x's dtype. */
export const floor = boundOverloads('floor', 1, unaryFunction('Floor'));
/** The smallest integer not below x, in x's dtype. */
export const ceil = boundOverloads('ceil', 1, unaryFunction('Ceil'));
/** The nearest integer; a half goes to the even one. */
export const rint = boundOverloads('rint', 1, unaryFunction('Rint'));
/** Tests element by element whether x is NaN. */
export const isNan = boundOverloads('is_nan', 1, predicateFunction('IsNan'));
/** Tests element by element whether x is infinite. */
export const isInf = boundOverloads('is_inf', 1, predicateFunction('IsInf'));
/** Tests element by element whether x is neither infinite nor NaN. */
export const isFinite = boundOverloads('is_finite', 1, predicateFunction('IsFinite'));

/** A test of one tensor, element by element. */
export type PredicateFunction = <X extends TensorLike>(x: X, options?: NameOption) => LikeWith<X, boolean>;
function predicateFunction(type: string): PredicateFunction {
  return unaryFunction(type) as unknown as PredicateFunction;
}

/** The nearest integer, in x's dtype; a half goes to the even one. Integers come back as they are. */
export const round = boundOverloads('round', 1, ((x: TensorLike, { name }: NameOption = {}) => {
  const t = convertToTensor(x, null, 'x');
  return t.dtype.isInteger ? t : apply('Round', [t], {}, name);
}) as UnaryFunction);

/** The complex conjugate; a real number is its own. */
export const conj = boundOptions('conj', 1, function conj(x: TensorLike, { name }: NameOption = {}): Tensor {
  return x instanceof Tensor && !x.dtype.isComplex
    ? x
    : inScope(name, 'Conj', [x], (scope) => {
        const t = convertToTensor(x, null, 'x');
        return t.dtype.isComplex ? apply('Conj', [t], {}, scope) : t;
      });
});
/** log(sigmoid(x)), safe for large negative x: -softplus(-x). */
export const logSigmoid = boundOptions(
  'log_sigmoid',
  1,
  function logSigmoid(x: TensorLike, { name }: NameOption = {}): Tensor {
    return inScope(name, 'LogSigmoid', [x], (scope) => {
      const t = convertToTensor(x, null, 'x');
      return apply('Neg', [node('Softplus', t.neg())], {}, scope);
    });
  },
);
/**
 * A polynomial by its coefficients, the highest power first.
 *
 *     tf.math.polyval([3, 0, 1], x)   // 3x² + 1
 */
export const polyval = boundOptions(
  'math.polyval',
  2,
  function polyval(coeffs: readonly TensorLike[], x: TensorLike, { name }: NameOption = {}): Tensor {
    return inScope(name, 'polyval', [...coeffs, x], (scope) => {
      const at = convertToTensor(x, null, 'x');
      if (!coeffs.length) return apply('ZerosLike', [at], {}, scope);
      const [first, ...rest] = coeffs.map((c, i) =>
        convertToTensor(c, isWeak(c) ? at.dtype.baseDtype : null, `coeff_${i}`),
      );
      // The product first: so are Python's nodes numbered.
      return rest.reduce((sum, c) => ((product) => c.add(product))(sum.mul(at)), first);
    });
  },
);
