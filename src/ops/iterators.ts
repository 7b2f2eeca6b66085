/** Iterators, as a graph has them: what goes through a dataset from run to run, and gives its elements. */
import type { OpRow, Rows } from '../graph/opdef';
import { noOutputs, perOutput, scalarShape, withRank } from '../graph/shape-fn';

const HANDLE: OpRow = { effect: 'reads', shape: (c) => perOutput(c, []) };
/** Several nodes that ask one iterator have their elements in the order of the plan. */
const TAKE: OpRow = { effect: 'waits', shape: (c) => [...c.attr('output_shapes', 'list(shape)')] };
const SET: OpRow = { effect: 'waits', shape: noOutputs };
const FROM_TEXT: OpRow = {
  effect: 'reads',
  shape(c) {
    withRank(c, 0, 0);
    return scalarShape(c);
  },
};

export const ITERATORS = {
  Iterator: HANDLE,
  IteratorV2: HANDLE,
  OneShotIterator: HANDLE,
  AnonymousIterator: HANDLE,
  AnonymousIteratorV2: HANDLE,
  MakeIterator: SET,
  DeleteIterator: SET,
  IteratorGetNext: TAKE,
  IteratorGetNextSync: TAKE,
  IteratorGetNextAsOptional: { effect: 'waits', shape: scalarShape },
  IteratorToStringHandle: { effect: 'reads', shape: scalarShape },
  IteratorFromStringHandle: FROM_TEXT,
  IteratorFromStringHandleV2: FROM_TEXT,
} satisfies Rows;
