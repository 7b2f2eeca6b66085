/** Barriers: elements that come in parts, by keys, and are taken out when they are whole. */
import { TensorShape } from '../base/shape';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { checkDim, mergeShapes, noOutputs, perOutput, scalarShape, withRank, withRankAtLeast } from '../graph/shape-fn';

/** A reference to a name: a vector of two. */
function checkHandle(c: ShapeContext): void {
  checkDim(withRank(c, 0, 1).at(0), 2);
}
const LOOK: OpRow = {
  effect: 'reads',
  shape(c) {
    checkHandle(c);
    return scalarShape(c);
  },
};

export const BARRIERS = {
  Barrier: { effect: 'reads', shape: () => [[2]] },
  BarrierInsertMany: {
    effect: 'waits',
    shape(c) {
      checkHandle(c);
      const [keys, values] = [withRank(c, 1, 1), withRankAtLeast(c, 2, 1)];
      mergeShapes(keys, new TensorShape([values.at(0)]));
      return noOutputs(c);
    },
  },
  BarrierTakeMany: { effect: 'waits', shape: (c) => perOutput(c, TensorShape.unknown()) },
  BarrierClose: {
    effect: 'waits',
    shape(c) {
      checkHandle(c);
      return noOutputs(c);
    },
  },
  BarrierReadySize: LOOK,
  BarrierIncompleteSize: LOOK,
} satisfies Rows;
