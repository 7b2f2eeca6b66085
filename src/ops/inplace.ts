/** Rows of a tensor written over. TensorFlow writes into its memory; here the result is another tensor. */
import type { OpRow, Rows } from '../graph/opdef';
import { shapeInput, unchanged } from '../graph/shape-fn';

const rowsOver: OpRow = { shape: unchanged };

export const INPLACE = {
  InplaceUpdate: rowsOver,
  InplaceAdd: rowsOver,
  InplaceSub: rowsOver,
  // TensorFlow calls these two stateful, so that no two nodes share memory that is written into.
  DeepCopy: { effect: 'pure', shape: unchanged },
  Empty: { effect: 'pure', grows: 'numbers', shape: (c) => [shapeInput(c, 0)] },
} satisfies Rows;
