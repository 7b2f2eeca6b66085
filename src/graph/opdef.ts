/**
 * What an op type is: TensorFlow's definition of it (generated/op-defs.ts, in the notation of signature.ts), and a row
 * in a table of src/ops, which says what a definition cannot.
 *
 *     export const MATMUL = { MatMul: { shape: matmulShape, grad: matmulGrad } } satisfies Rows;
 *
 * Rows speak of Operations and Operations of rows, so both are declared in graph.ts; this file is the door for op families.
 */
export {
  type Effect,
  type Grad,
  type GradFn,
  OpDef,
  type OpRow,
  type OpType,
  type Rows,
  type ShapeFn,
  opDef,
  registerOps,
  registeredOps,
  typesWithRows,
} from './graph';
export type { ArgDef, AttrDef, AttrKind, AttrValue } from './signature';
