/** Random numbers whose seeds are inputs: ops of TensorFlow 2, which its programs of 1.x write. */
import { ShapeError } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { shapeInput, withRank } from '../graph/shape-fn';

const drawn: OpRow = { grows: 'numbers', shape: drawnShape };
const ofSeed = (c: ShapeContext): void => {
  withRank(c, 0, 1);
  checkSize(c, 0, 2);
};

export const STATELESS = {
  StatelessRandomGetKeyCounter: {
    shape(c) {
      ofSeed(c);
      return [[1], [2]];
    },
  },
  StatelessRandomGetKeyCounterAlg: {
    shape(c) {
      ofSeed(c);
      return [[1], [2], []];
    },
  },
  // TensorFlow calls it stateful, so that it is not computed once and for another machine.
  StatelessRandomGetAlg: { effect: 'pure', shape: () => [[]] },
  StatelessRandomUniformV2: drawn,
  StatelessRandomNormalV2: drawn,
  StatelessTruncatedNormalV2: drawn,
  StatelessRandomUniformFullIntV2: drawn,
  StatelessRandomUniformIntV2: {
    grows: 'numbers',
    shape(c) {
      ['minval', 'maxval'].forEach((name, i) => {
        const bound = c.shape(4 + i);
        if (bound.dims?.length)
          throw new ShapeError(`${name} must be a scalar; got a tensor of shape ${bound.toCString()}`);
      });
      return drawnShape(c);
    },
  },
} satisfies Rows;

/** A vector of so many elements. */
function checkSize(c: ShapeContext, input: number, size: number): void {
  const found = c.shape(input).dims?.[0] ?? size;
  if (found !== size) throw new ShapeError(`Dimension must be ${size} but is ${found}`);
}
function drawnShape(c: ShapeContext): ReturnType<NonNullable<OpRow['shape']>> {
  withRank(c, 1, 1);
  withRank(c, 2, 1);
  withRank(c, 3, 0);
  checkSize(c, 1, 1);
  return [shapeInput(c, 0)];
}
