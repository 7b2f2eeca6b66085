/** Rules of ops that move, cut, repeat and choose elements, and that tell shapes. */
import * as tf from '../../src';
import { FLOATS, INTS, NUMBERS } from './maker';
import type { Ref } from './program';
import { ANY_TYPE, type Rule, reshaped, toArray, two } from './values';

export const MOVES: readonly Rule[] = [
  (m) => m.op(m.of(['Shape', 'Size']), [m.any().ref], { out_type: { type: m.of(['int32', 'int64']) } }, true),
  (m) => m.op('Rank', [m.any().ref], {}, true),
  (m) => {
    const x = m.any();
    const to = reshaped(m, x.array.size);
    if (to.length && m.chance(0.4) && !to.includes(0)) to[m.int(0, to.length - 1)] = -1;
    return m.op('Reshape', [x.ref, to.includes(-1) ? m.ints(to) : m.shapeOperand(to)], {}, true);
  },
  // A shape taken from another tensor, in part, as programs do: [shape(x)[0], -1].
  (m) => {
    const x = m.any({ ranks: [1, 4] });
    const parts = [x.array.shape[0], -1].map((d, i) => (i ? m.scalar(d, tf.int32, true) : null));
    const all = m.op('Shape', [x.ref], {}, true);
    const [begin, end, strides] = [0, 1, 1].map((v) => m.ints([v], tf.int32, true));
    const rows = m.op('StridedSlice', [all.ref, begin, end, strides], { shrink_axis_mask: 1 }, true);
    return m.op('Reshape', [x.ref, m.op('Pack', [[rows.ref, parts[1]!]], {}, true).ref], {}, true);
  },
  (m) => {
    const x = m.any();
    return m.op('ExpandDims', [x.ref, m.scalar(m.int(-x.array.rank - 1, x.array.rank))], {}, true);
  },
  (m) => {
    const x = m.any();
    const ones = x.array.shape.flatMap((d, i) => (d === 1 ? [m.chance(0.5) ? i : i - x.array.rank] : []));
    return m.op('Squeeze', [x.ref], { squeeze_dims: m.chance(0.4) ? [] : ones.slice(0, m.int(0, ones.length)) }, true);
  },
  (m) => {
    const x = m.any();
    return m.op('Transpose', [x.ref, m.ints(m.shuffled(x.array.shape.map((_, i) => i)))], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [0, 3] });
    return m.op('Tile', [x.ref, m.ints(x.array.shape.map(() => m.int(m.chance(0.05) ? 0 : 1, 3)))], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [0, 3] });
    const to = [
      ...Array.from({ length: m.int(0, 1) }, () => m.dim()),
      ...x.array.shape.map((d) => (d === 1 ? m.dim() : d)),
    ];
    return m.op('BroadcastTo', [x.ref, m.shapeOperand(to)], {}, true);
  },
  (m) => m.op('Fill', [m.shapeOperand(m.shape(0, 3)), m.any({ ranks: [0, 0] }).ref], {}, true),
  (m) => {
    const x = m.any({ dtypes: NUMBERS, ranks: [1, 3] });
    const pads = x.array.shape.flatMap(() => [m.int(0, 2), m.int(0, 2)]);
    const sides = m.op('Reshape', [m.ints(pads, tf.int32), m.ints([x.array.rank, 2], tf.int32, true)], {}, true);
    return m.chance(0.5)
      ? m.op('Pad', [x.ref, sides.ref], {}, true)
      : m.op('PadV2', [x.ref, sides.ref, m.source(x.array.dtype, []).ref], {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS, ranks: [1, 3], filled: true });
    const mode = m.of(['REFLECT', 'SYMMETRIC']);
    const most = (d: number): number => (mode === 'REFLECT' ? d - 1 : d);
    const value = x.array.shape.map((d) => [m.int(0, most(d)), m.int(0, most(d))]);
    const sides = m.given(toArray(value)).ref;
    return m.op('MirrorPad', [x.ref, sides], { mode }, true);
  },
  (m) => {
    const x = m.any();
    const begin = x.array.shape.map((d) => m.int(0, d));
    const size = x.array.shape.map((d, i) => (m.chance(0.3) ? -1 : m.int(0, d - begin[i])));
    const type = m.of(INTS);
    return m.op('Slice', [x.ref, m.ints(begin, type), m.ints(size, type)], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 4] });
    const count = m.int(1, x.array.rank);
    const each = (f: () => number): Ref => m.ints(Array.from({ length: count }, f), tf.int32, m.chance(0.8));
    const mask = (p: number): number =>
      Array.from({ length: count }, (_, i) => (m.chance(p) ? 1 << i : 0)).reduce((a, b) => a | b, 0);
    const shrink = mask(0.15);
    return m.op(
      'StridedSlice',
      [
        x.ref,
        each(() => m.int(-2, 2)),
        each(() => m.int(-1, 5)),
        shrink ? m.ints(Array<number>(count).fill(1), tf.int32, true) : each(() => m.of([1, 1, 2, -1])),
      ],
      {
        begin_mask: mask(0.2),
        end_mask: mask(0.2),
        shrink_axis_mask: shrink,
        new_axis_mask: m.chance(0.2) ? mask(0.2) : 0,
        ellipsis_mask: m.chance(0.15) ? 1 << m.int(0, count - 1) : 0,
      },
      true,
    );
  },
  (m) => {
    const x = m.any({ ranks: [1, 4] });
    const axis = m.axis(x);
    const others = Array.from({ length: m.int(0, 2) }, () => (m.chance(0.5) ? x : m.beside(x)));
    return m.op('ConcatV2', [[x, ...others, x].map((p) => p.ref), m.scalar(axis)], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [0, 3] });
    const others = Array.from({ length: m.int(0, 2) }, () => m.source(x.array.dtype, x.array.shape).ref);
    return m.op('Pack', [[x.ref, ...others]], { axis: m.int(-x.array.rank - 1, x.array.rank) }, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 4] });
    const axis = m.int(-x.array.rank, x.array.rank - 1);
    return m.op('Unpack', [x.ref], { num: x.array.shape.at(axis)!, axis }, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 4], filled: true });
    const axis = m.int(-x.array.rank, x.array.rank - 1);
    const length = x.array.shape.at(axis)!;
    const count = m.of([1, 2, 3, length].filter((d) => length % d === 0 || m.chance(0.05)));
    return m.op('Split', [m.scalar(axis, tf.int32), x.ref], { num_split: count }, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 4] });
    const axis = m.int(-x.array.rank, x.array.rank - 1);
    const length = x.array.shape.at(axis)!;
    const cut = two(m.int(0, length), m.int(0, length));
    const sizes = [cut[0], cut[1] - cut[0], length - cut[1]];
    if (m.chance(0.3)) sizes[m.int(0, 2)] = -1;
    return m.op(
      'SplitV',
      [x.ref, m.ints(sizes), m.scalar(axis, tf.int32, x.array.rank > 1 || m.chance(0.5))],
      { num_split: 3 },
      true,
    );
  },
  (m) => {
    const x = m.any({ ranks: [1, 4], filled: true });
    const axis = m.int(-x.array.rank, x.array.rank - 1);
    const most = x.array.shape.at(axis)! - 1;
    const index = m.source(tf.int32, m.shape(0, 2));
    const at = m.given(
      new tf.NDArray(
        tf.int32,
        index.array.shape,
        (index.array.data as Int32Array).map(() => m.int(0, most)),
      ),
    );
    return m.op('GatherV2', [x.ref, at.ref, m.scalar(axis)], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3], filled: true });
    const depth = m.int(1, x.array.rank);
    const rows = m.int(1, 3);
    const data = Array.from({ length: rows * depth }, (_, i) => m.int(0, x.array.shape[i % depth] - 1));
    return m.op(
      'GatherNd',
      [x.ref, m.given(new tf.NDArray(tf.int32, [rows, depth], Int32Array.from(data))).ref],
      {},
      true,
    );
  },
  (m) => {
    const updates = m.any({ dtypes: NUMBERS, ranks: [1, 3] });
    const [rows, ...rest] = updates.array.shape;
    const size = m.int(1, 5);
    const at = m.given(
      new tf.NDArray(
        tf.int32,
        [rows, 1],
        Int32Array.from({ length: rows }, () => m.int(0, size - 1)),
      ),
    );
    return m.op('ScatterNd', [at.ref, updates.ref, m.ints([size, ...rest], tf.int32)], {}, true);
  },
  (m) => {
    const indices = m.any({ dtypes: INTS, ranks: [0, 2] });
    const dtype = m.of(NUMBERS);
    return m.op(
      'OneHot',
      [indices.ref, m.scalar(m.int(0, 5), tf.int32), m.source(dtype, []).ref, m.source(dtype, []).ref],
      { axis: m.int(-1, indices.array.rank) },
      true,
    );
  },
  (m) => {
    const type = m.of([tf.int32, tf.int64, tf.float32]);
    return m.op(
      'Range',
      [m.scalar(m.int(-3, 2), type), m.scalar(m.int(2, 6), type), m.scalar(m.int(1, 3), type)],
      {},
      true,
    );
  },
  (m) =>
    m.op(m.of(['Unique', 'UniqueWithCounts']), [m.any({ dtypes: [...INTS, tf.string], ranks: [1, 1] }).ref], {}, true),
  (m) => m.op('Where', [m.any({ dtypes: [tf.bool, ...NUMBERS], ranks: [1, 4], exact: true }).ref], {}, true),
  (m) => {
    const x = m.any({ dtypes: NUMBERS });
    const y = m.source(x.array.dtype, x.array.shape);
    const condition = m.source(tf.bool, m.of([x.array.shape, x.array.shape, x.array.shape.slice(0, 1)]));
    return m.op('Select', [condition.ref, x.ref, y.ref], {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS });
    const y = m.beside(x);
    const condition = m.source(
      tf.bool,
      x.array.shape.map((d) => (m.chance(0.3) ? 1 : d)),
    );
    return m.op('SelectV2', [condition.ref, x.ref, y.ref], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 4] });
    const list = m.shuffled(x.array.shape.map((_, i) => i)).slice(0, m.int(0, x.array.rank));
    return m.op('ReverseV2', [x.ref, m.ints(list)], {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS, ranks: [1, 3] });
    return m.op('Roll', [x.ref, m.scalar(m.int(-4, 4)), m.scalar(m.axis(x))], {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS, ranks: [1, 3] });
    const rows = x.array.shape[0];
    const parts = m.given(
      new tf.NDArray(
        tf.int32,
        [rows],
        Int32Array.from({ length: rows }, () => m.int(0, 2)),
      ),
    );
    return m.op('DynamicPartition', [x.ref, parts.ref], { num_partitions: 3 }, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS, ranks: [1, 2], filled: true });
    const [rows, ...rest] = x.array.shape;
    const y = m.source(x.array.dtype, [2, ...rest]);
    const places = m.shuffled(Array.from({ length: rows + 2 }, (_, i) => i));
    const first = m.given(new tf.NDArray(tf.int32, [rows], Int32Array.from(places.slice(0, rows))));
    const second = m.given(new tf.NDArray(tf.int32, [2], Int32Array.from(places.slice(rows))));
    return m.op(
      'DynamicStitch',
      [
        [first.ref, second.ref],
        [x.ref, y.ref],
      ],
      {},
      true,
    );
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS });
    return m.op(
      'BroadcastGradientArgs',
      [m.shapeOperand(x.array.shape, tf.int32), m.shapeOperand(m.beside(x).array.shape, tf.int32)],
      {},
      true,
    );
  },
  (m) => m.op('ShapeN', [[m.any({ dtypes: FLOATS }).ref]], {}, true),
  (m) => {
    const x = m.any({ dtypes: ANY_TYPE, ranks: [1, 3] });
    return m.op('EnsureShape', [x.ref], { shape: { shape: m.known(x.array.shape) ?? [...x.array.shape] } }, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS });
    return m.op('IdentityN', [[x.ref, m.any({ dtypes: NUMBERS }).ref]], {}, true);
  },
];
