/**
 * Rules for what lies at the edge: windows larger than pictures, pieces that do not add up, operands of which little is
 * known and that do not fit, NaN and infinities where elements are ordered, and shapes that are computed from constants
 * and from other shapes. `npm run fuzz -- --rules edges`.
 */
import * as tf from '../../src';
import { toNDArray } from '../../src/base/to-ndarray';
import { FLOATS, type Maker, NUMBERS, type Piece } from './maker';
import type { Ref } from './program';
import { SHAPED, computed, counted, known } from './shapes';
import type { Rule } from './values';

const SPECIAL = [NaN, NaN, Infinity, -Infinity, 0, -0, 1, -1, 2, 0.5];
function special(m: Maker, shape: readonly number[], dtype = m.of(FLOATS)): Piece {
  const size = shape.reduce((a, b) => a * b, 1);
  return m.given(
    toNDArray(
      Array.from({ length: size }, () => m.of(SPECIAL)),
      dtype,
      shape,
    ),
    m.chance(0.3),
  );
}
const picture = (m: Maker): Piece => known(m, [m.int(1, 2), m.int(1, 4), m.int(1, 4), m.int(1, 3)], tf.float32);
const off = (m: Maker, d: number): number => (m.chance(0.25) ? Math.max(0, d + m.of([-1, 1, 2])) : d);

/** A shape of which a part is not said, or that does not fit. */
const wrong = (m: Maker, shape: readonly number[]): number[] => shape.map((d) => off(m, d));

const WINDOWED: readonly Rule[] = [
  (m) =>
    m.op(m.of(['MaxPool', 'AvgPool']), [picture(m).ref], {
      ksize: [1, m.int(1, 5), m.int(1, 5), 1],
      strides: [1, m.int(1, 3), m.int(1, 3), 1],
      padding: m.of(['VALID', 'VALID', 'SAME']),
    }),
  (m) => {
    const x = picture(m);
    const filter = known(m, [m.int(1, 5), m.int(1, 5), off(m, x.array.shape[3]), m.int(1, 2)], tf.float32);
    return m.op('Conv2D', [x.ref, filter.ref], {
      strides: [1, m.int(1, 3), m.int(1, 3), 1],
      padding: m.of(['VALID', 'VALID', 'SAME']),
    });
  },
];
const UNFIT: readonly Rule[] = [
  (m) => {
    const x = m.any({ ranks: [1, 3], dtypes: NUMBERS });
    const axis = m.int(0, x.array.rank - 1);
    const length = x.array.shape[axis];
    const first = m.int(0, length);
    const sizes = [first, off(m, length - first)];
    if (m.chance(0.3)) sizes[m.int(0, 1)] = -1;
    // Of an axis that is not known 1.15 says more than is right: see docs/reliability.md.
    const at = m.scalar(m.chance(0.3) ? axis - x.array.rank : axis, tf.int32, true);
    return m.op('SplitV', [x.ref, m.chance(0.4) ? computed(m, sizes) : m.ints(sizes), at], { num_split: 2 }, true);
  },
  (m) => {
    const batch = m.shape(0, 2);
    const [a, b, c] = [m.dim(), m.dim(), m.dim()];
    const [adj_x, adj_y] = [m.chance(0.3), m.chance(0.3)];
    const x = known(m, [...batch, ...(adj_x ? [b, a] : [a, b])]);
    const other = m.chance(0.5) ? wrong(m, batch) : batch.map((d) => (m.chance(0.5) ? 1 : d)).slice(m.int(0, 1));
    const inner = off(m, b);
    const y = known(m, [...other, ...(adj_y ? [c, inner] : [inner, c])], x.array.dtype);
    return m.op('BatchMatMulV2', [x.ref, y.ref], { adj_x, adj_y });
  },
  (m) => {
    const shape = m.shape(0, 3);
    const dtype = m.of(NUMBERS);
    const one = (): readonly number[] => (m.chance(0.3) ? wrong(m, shape) : shape.map((d) => (m.chance(0.3) ? 1 : d)));
    const parts = [known(m, one(), tf.bool), known(m, one(), dtype), known(m, one(), dtype)];
    return m.op(
      'SelectV2',
      parts.map(({ ref }) => ref),
      {},
      true,
    );
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS, ranks: [1, 3] });
    const y = known(m, wrong(m, x.array.shape), x.array.dtype);
    return m.op(m.of(['Add', 'Mul', 'Maximum', 'SquaredDifference', 'Less', 'Equal']), [x.ref, y.ref], {}, true);
  },
  (m) => {
    const x = known(m, [m.int(1, 4), m.int(1, 4)]);
    const y = known(m, [off(m, x.array.shape[1]), m.int(1, 3)], x.array.dtype);
    return m.op('MatMul', [x.ref, y.ref]);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3], dtypes: NUMBERS });
    const others = [known(m, wrong(m, x.array.shape), x.array.dtype), x];
    return m.op('ConcatV2', [others.map(({ ref }) => ref), counted(m, m.int(0, x.array.rank - 1), tf.int32)], {}, true);
  },
];
const ORDERED: readonly Rule[] = [
  (m) => {
    const x = special(m, [m.int(1, 3), m.int(1, 6)], tf.float32);
    return m.op(m.of(['ArgMax', 'ArgMin']), [x.ref, m.scalar(m.int(0, 1), tf.int32)], {}, true);
  },
  (m) => {
    const x = special(m, [m.int(1, 6), m.int(1, 2)]);
    const rows = x.array.shape[0];
    const ids = Array.from({ length: rows }, () => m.int(0, 3)).sort((a, b) => a - b);
    const at = m.ints(ids, tf.int32);
    return m.chance(0.5)
      ? m.op(`Segment${m.of(['Min', 'Max', 'Sum', 'Prod', 'Mean'])}`, [x.ref, at], {}, true)
      : m.op(`UnsortedSegment${m.of(['Min', 'Max', 'Sum', 'Prod'])}`, [x.ref, at, m.scalar(4, tf.int32)], {}, true);
  },
  (m) => {
    const x = special(m, m.shape(0, 2));
    const bound = (): Ref => special(m, [], x.array.dtype).ref;
    return m.op('ClipByValue', [x.ref, bound(), bound()], {}, true);
  },
  (m) =>
    m.op('LinSpace', [special(m, [], tf.float32).ref, special(m, [], tf.float32).ref, m.scalar(m.int(1, 5), tf.int32)]),
  (m) => {
    const x = special(m, m.shape(0, 3));
    const y = special(m, m.chance(0.5) ? x.array.shape : [], x.array.dtype);
    const types = ['Maximum', 'Minimum', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'Add', 'Mul', 'SquaredDifference'];
    return m.op(m.of(types), [x.ref, y.ref], {}, true);
  },
  (m) =>
    m.op(m.of(['Sign', 'Relu', 'Relu6', 'Abs', 'Neg', 'IsNan', 'Where']), [special(m, m.shape(1, 2)).ref], {}, true),
  (m) => {
    const x = special(m, m.shape(1, 3));
    return m.op(
      m.of(['Max', 'Min', 'Sum', 'Prod']),
      [x.ref, m.scalar(m.int(0, x.array.rank - 1), tf.int32)],
      { keep_dims: false },
      true,
    );
  },
  (m) => {
    const x = special(m, [m.int(1, 3), m.int(2, 4)], tf.float32);
    const labels = m.ints(
      Array.from({ length: x.array.shape[0] }, () => m.int(0, x.array.shape[1] - 1)),
      tf.int32,
    );
    return m.op('SparseSoftmaxCrossEntropyWithLogits', [x.ref, labels]);
  },
];
export const EDGES: readonly Rule[] = [...WINDOWED, ...UNFIT, ...ORDERED, ...SHAPED, ...SHAPED];
