/**
 * The operators that Python's tensors have, as methods: `a.add(b)`, `a.matmul(b)`, `a.less(b)`. One table serves
 * tensors and everything that converts to one. Names of nodes are those of Python's operators (`add`, `truediv`).
 */
import { keysOf } from '../base/keys';
import { checkHoles } from '../base/border';
import { type DType, float32, float64, int16, int32, int64, int8, uint16, uint8 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { checkReadable } from '../base/unreadable';
import type { Beside } from './alike';
import { apply, inScope } from './apply';
import { type Convertible, type TensorLike, asTensor as tensorOf, convertToTensor, isSymbolic } from './constant';
import type { Both, BothWith, Like, Product, Quotient } from './fetched';
import { IndexedSlices, type Tensor } from './graph';

/** `this op other`: the other operand is converted to this one's dtype inside the node's scope, as Python does. */
export interface Algebra {
  /** `x + y` */ add<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Both<X, Y>;
  /** `x - y` */ sub<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Both<X, Y>;
  /** `x * y` */ mul<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Both<X, Y>;
  /** `x / y`, true division */ div<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Quotient<X, Y>;
  /** `x // y`, rounds down */ floordiv<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Quotient<X, Y>;
  /** `x % y`, the sign of y */ mod<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Both<X, Y>;
  /** `x ** y` */ pow<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Both<X, Y>;
  /** `x @ y` */ matmul<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Product<X, Y>;
  /** `x < y` */ less<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `x <= y` */ lessEqual<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `x > y` */ greater<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `x >= y` */ greaterEqual<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** element-wise `x == y`, as `tf.equal` */ equal<X, Y extends TensorLike>(
    this: X,
    y: Y & Beside<X, Y>,
  ): BothWith<X, Y, boolean>;
  /** element-wise `x != y`, as `tf.notEqual` */ notEqual<X, Y extends TensorLike>(
    this: X,
    y: Y & Beside<X, Y>,
  ): BothWith<X, Y, boolean>;
  /** `x & y` */ and<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `x | y` */ or<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `x ^ y` */ xor<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `~x` */ not<X>(this: X): Like<X>;
  /** `y + x`, with this tensor on the right: Python's `__radd__` */ radd<X, Y extends TensorLike>(
    this: X,
    y: Y & Beside<X, Y>,
  ): Both<X, Y>;
  /** `y - x`: `x.rsub(1)` is Python's `1 - x`, node for node */ rsub<X, Y extends TensorLike>(
    this: X,
    y: Y & Beside<X, Y>,
  ): Both<X, Y>;
  /** `y * x` */ rmul<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Both<X, Y>;
  /** `y / x`, true division */ rdiv<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Quotient<X, Y>;
  /** `y // x`, rounds down */ rfloordiv<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Quotient<X, Y>;
  /** `y % x`, the sign of x */ rmod<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Both<X, Y>;
  /** `y ** x` */ rpow<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Both<X, Y>;
  /** `y @ x` */ rmatmul<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): Product<X, Y>;
  /** `y & x` */ rand<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `y | x` */ ror<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `y ^ x` */ rxor<X, Y extends TensorLike>(this: X, y: Y & Beside<X, Y>): BothWith<X, Y, boolean>;
  /** `-x` */ neg<X>(this: X): Like<X>;
  /** `abs(x)` */ abs<X>(this: X): Like<X>;
  /** `x * x` */ square<X>(this: X): Like<X>;
}

/** Operators whose operands may change places: method -> [Python's name for the node, op type]. `rsub` is `sub`'s. */
const BINARY = {
  add: ['add', 'AddV2'],
  sub: ['sub', 'Sub'],
  mul: ['mul', 'Mul'],
  div: ['truediv', 'RealDiv'],
  floordiv: ['floordiv', 'FloorDiv'],
  mod: ['mod', 'FloorMod'],
  pow: ['pow', 'Pow'],
  matmul: ['matmul', 'MatMul'],
  and: ['and', 'LogicalAnd'],
  or: ['or', 'LogicalOr'],
  xor: ['xor', 'LogicalXor'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
/** Comparisons have no reflected form: Python turns `1 < x` into `x > 1`. */
const COMPARISONS: Readonly<Record<string, string>> = {
  less: 'Less',
  lessEqual: 'LessEqual',
  greater: 'Greater',
  greaterEqual: 'GreaterEqual',
  equal: 'Equal',
  notEqual: 'NotEqual',
};
const UNARY: Readonly<Record<string, string>> = { not: 'LogicalNot', neg: 'Neg', abs: 'Abs', square: 'Square' };

/** `x op y` with a value on the left, as Python's reflected operators make it: `1 - y` is `reflected(1, 'sub', y)`. */
export function reflected(x: TensorLike, method: keyof typeof BINARY, y: Tensor): Tensor {
  const [name, type] = BINARY[method];
  return inScope(name, name, [y], (scope) => joined(type, convertToTensor(x, y.dtype.baseDtype, 'x'), y, scope));
}

type Operand = Tensor | IndexedSlices | Convertible;

/** Gives a class the operators; its instances must be tensors or convert to one. */
export function installAlgebra(prototype: object): void {
  const names = new Map<string, readonly [string, string]>(Object.entries(BINARY));
  for (const [method, type] of Object.entries(COMPARISONS)) names.set(method, [type, type]);
  for (const [method, [name, type]] of names) {
    define(prototype, method, function (this: Operand, y: TensorLike, ...more: unknown[]): Tensor {
      if (more.length) throw tooManyOperands(method, 2, more.length);
      checkOperand(y, method);
      const known = this instanceof IndexedSlices ? this.values : tensorOf(this);
      return inScope(name, name, [known], (scope) => {
        // Rows become dense inside the node's scope, under the operand's name.
        const x = this instanceof IndexedSlices ? tensorOf(this, false, 'x') : known;
        return joined(
          type,
          x,
          isSymbolic(y) ? tensorOf(y, false, 'y') : convertToTensor(y, x.dtype.baseDtype, 'y'),
          scope,
        );
      });
    });
  }
  for (const method of keysOf(BINARY)) {
    define(prototype, `r${method}`, function (this: Operand, y: TensorLike, ...more: unknown[]): Tensor {
      if (more.length) throw tooManyOperands(`r${method}`, 2, more.length);
      checkOperand(y, method);
      return reflected(y, method, tensorOf(this));
    });
  }
  for (const [method, type] of Object.entries(UNARY)) {
    define(prototype, method, function (this: Operand, ...more: unknown[]): Tensor {
      if (more.length) throw tooManyOperands(method, 1, more.length);
      return apply(type, [tensorOf(this)]);
    });
  }
}
/** @throws TypeError  for what nothing can be read of */
function checkOperand(y: unknown, method: string): void {
  if (typeof y !== 'object' && typeof y !== 'function') return;
  checkReadable([y], method);
  checkHoles(y);
}
/** Python counts the tensor itself among what an operator takes. */
function tooManyOperands(method: string, takes: 1 | 2, more: number): Error {
  return new TypeError_(
    `${method}() takes ${takes} positional argument${takes > 1 ? 's' : ''} but ${takes + more} were given\n  ` +
      `x.${method}(${takes > 1 ? 'y' : ''})\n  fix: an operator takes no name; functions do, as tf.add(x, y, {name}).`,
  );
}
/**
 * The node of an operator. Strings add by `Add`; matrices of higher rank multiply in batches; integers divide as
 * fractions.
 */
function joined(type: string, x: Tensor, y: Tensor, scope: string): Tensor {
  if (type === 'RealDiv') return trueDivision(x, y, scope);
  if (type === 'LogicalXor') return exclusiveOr(x, y, scope);
  const batched = type === 'MatMul' && [x, y].some(({ shape }) => shape.rank === null || shape.rank > 2);
  return apply(
    batched ? 'BatchMatMulV2' : type === 'AddV2' && x.dtype.kind === 'string' ? 'Add' : type,
    [x, y],
    {},
    scope,
  );
}
/** `(x | y) & ~(x & y)` */
export function exclusiveOr(x: TensorLike, y: TensorLike, name: string): Tensor {
  const either = apply('LogicalOr', [x, y]);
  const both = apply('LogicalAnd', [x, y]);
  return apply('LogicalAnd', [either, apply('LogicalNot', [both])], {}, name);
}
/** What Python's `/` makes of integers. */
const FRACTIONS = new Map<DType, DType>([
  [uint8, float32],
  [int8, float32],
  [uint16, float32],
  [int16, float32],
  [int32, float64],
  [int64, float64],
]);
/**
 * Python's `x / y`: integers become fractions first.
 * @throws TypeError  if the dtypes differ, or do not divide
 */
export function trueDivision(x: Tensor, y: Tensor, scope: string): Tensor {
  checkSameDtype(x, y);
  const dtype = x.dtype.baseDtype;
  const to = FRACTIONS.get(dtype) ?? dtype;
  if (!to.isFloating && !to.isComplex) throw new TypeError_(`Invalid dtype tf.${dtype.name} in __truediv__`);
  const cast = (t: Tensor): Tensor => (to === dtype ? t : apply('Cast', [t], { DstT: to }));
  const [a, b] = [cast(x), cast(y)];
  return apply('RealDiv', [a, b], {}, scope);
}
/** @throws TypeError  if two operands of a division differ */
export function checkSameDtype(x: Tensor, y: Tensor): void {
  const [a, b] = [x.dtype.baseDtype, y.dtype.baseDtype];
  if (a !== b)
    throw new TypeError_(
      `x and y must have the same dtype, got tf.${a.name} != tf.${b.name}` +
        `\n  fix: convert one of them, as tf.cast(x, tf.${b.name}).`,
    );
}
function define(prototype: object, name: string, value: (...args: never[]) => Tensor): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
}

declare module './operation' {
  interface Tensor extends Algebra {}
}
declare module './indexed-slices' {
  interface IndexedSlices extends Algebra {}
}
