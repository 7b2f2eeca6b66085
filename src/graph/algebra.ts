/**
 * The operators that Python's tensors have, as methods: `a.add(b)`, `a.matmul(b)`, `a.less(b)`. One table serves
 * tensors and everything that converts to one. Names of nodes are those of Python's operators (`add`, `mul`, `truediv`).
 */
import { apply } from './apply';
import { type Convertible, type TensorLike, asTensor as tensorOf, convertToTensor, isSymbolic } from './constant';
import { IndexedSlices, Tensor, getDefaultGraph } from './graph';

/** `this op other`: the other operand is converted to this one's dtype inside the node's scope, as Python does. */
export interface Algebra {
  /** `x + y` */ add(y: TensorLike): Tensor;
  /** `x - y` */ sub(y: TensorLike): Tensor;
  /** `x * y` */ mul(y: TensorLike): Tensor;
  /** `x / y`, true division */ div(y: TensorLike): Tensor;
  /** `x // y`, rounds down */ floordiv(y: TensorLike): Tensor;
  /** `x % y`, the sign of y */ mod(y: TensorLike): Tensor;
  /** `x ** y` */ pow(y: TensorLike): Tensor;
  /** `x @ y` */ matmul(y: TensorLike): Tensor;
  /** `x < y` */ less(y: TensorLike): Tensor;
  /** `x <= y` */ lessEqual(y: TensorLike): Tensor;
  /** `x > y` */ greater(y: TensorLike): Tensor;
  /** `x >= y` */ greaterEqual(y: TensorLike): Tensor;
  /** element-wise `x == y`, as `tf.equal` */ equal(y: TensorLike): Tensor;
  /** element-wise `x != y`, as `tf.notEqual` */ notEqual(y: TensorLike): Tensor;
  /** `x & y` */ and(y: TensorLike): Tensor;
  /** `x | y` */ or(y: TensorLike): Tensor;
  /** `~x` */ not(): Tensor;
  /** `-x` */ neg(): Tensor;
  /** `abs(x)` */ abs(): Tensor;
  /** `x * x` */ square(): Tensor;
}

/** method -> [Python's name for the node, op type] */
const BINARY: Readonly<Record<string, readonly [string, string]>> = {
  add: ['add', 'AddV2'], sub: ['sub', 'Sub'], mul: ['mul', 'Mul'], div: ['truediv', 'RealDiv'], floordiv: ['floordiv', 'FloorDiv'],
  mod: ['mod', 'FloorMod'], pow: ['pow', 'Pow'], matmul: ['matmul', 'MatMul'], and: ['and', 'LogicalAnd'], or: ['or', 'LogicalOr'],
  less: ['Less', 'Less'], lessEqual: ['LessEqual', 'LessEqual'], greater: ['Greater', 'Greater'], greaterEqual: ['GreaterEqual', 'GreaterEqual'],
  equal: ['Equal', 'Equal'], notEqual: ['NotEqual', 'NotEqual'],
};
const UNARY: Readonly<Record<string, string>> = { not: 'LogicalNot', neg: 'Neg', abs: 'Abs', square: 'Square' };

type Operand = Tensor | IndexedSlices | Convertible;

/** Gives a class the operators; its instances must be tensors or convert to one. */
export function installAlgebra(prototype: object): void {
  for (const [method, [name, type]] of Object.entries(BINARY)) {
    define(prototype, method, function (this: Operand, y: TensorLike): Tensor {
      const x = tensorOf(this);
      return onGraphOf(x, () => getDefaultGraph().nameScope(name, (scope) => apply(opTypeFor(type, x), [x, isSymbolic(y) ? y : convertToTensor(y, x.dtype.baseDtype, 'y')], {}, scope)));
    });
  }
  for (const [method, type] of Object.entries(UNARY)) {
    define(prototype, method, function (this: Operand): Tensor { return apply(type, [tensorOf(this)]); });
  }
}
/** Strings add by `Add`; matrices of higher rank multiply in batches. */
function opTypeFor(type: string, x: Tensor): string {
  if (type === 'AddV2' && x.dtype.kind === 'string') return 'Add';
  return type === 'MatMul' && (x.shape.rank ?? 2) > 2 ? 'BatchMatMulV2' : type;
}
function onGraphOf<R>(x: Tensor, body: () => R): R { return x.graph === getDefaultGraph() ? body() : x.graph.asDefault(body); }
function define(prototype: object, name: string, value: (...args: never[]) => Tensor): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
}

declare module './graph' {
  interface Tensor extends Algebra {}
  interface IndexedSlices extends Algebra {}
}
installAlgebra(Tensor.prototype);
// A gradient function may get rows where it expects a tensor: arithmetic makes them dense.
installAlgebra(IndexedSlices.prototype);
