/**
 * What an op type is: one row per type, in TensorFlow's own notation (signature.ts), registered by the files of src/ops.
 *
 *     MatMul: {
 *       sig: 'a: T, b: T -> product: T',
 *       attrs: ['transpose_a: bool = false', 'transpose_b: bool = false', 'T: {float, double, int32}'],
 *       shape: matmulShape, grad: matmulGrad,
 *     }
 *
 * Rows speak of Operations and Operations of rows, so both are declared in graph.ts; this file is the door for op families.
 */
export {
  type Grad,
  type GradFn,
  OpDef,
  type OpRow,
  type OpTable,
  type ShapeFn,
  opDef,
  registerOps,
  registeredOps,
} from './graph';
export type { ArgDef, AttrDef, AttrKind, AttrValue } from './signature';
