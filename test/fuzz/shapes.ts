/** Rules for shapes that are computed from constants and from other shapes, and for what takes them. */
import * as tf from '../../src';
import { FLOATS, INTS, type Maker, NUMBERS, type Piece } from './maker';
import type { JsonDims, Ref } from './program';
import type { Rule } from './values';

/** A placeholder of which this is known. */
export const known = (m: Maker, piece: readonly number[], dtype = m.of(FLOATS)): Piece => m.source(dtype, piece);
/** A number that follows from shapes and constants. */
export function counted(m: Maker, value: number, dtype: tf.DType): Ref {
  const type = { type: dtype.name };
  const form = value < 0 ? 0 : m.int(0, 7);
  const cut = (vector: Ref, at: number): Ref => {
    const [begin, end, strides] = [at, at + 1, 1].map((v) => m.ints([v], tf.int32, true));
    return m.op('StridedSlice', [vector, begin, end, strides], { shrink_axis_mask: 1 }, true).ref;
  };
  if (form === 0) return m.scalar(value, dtype);
  if (form === 1) {
    const x = known(m, m.shuffled([value, m.int(1, 3)]));
    return cut(m.op('Shape', [x.ref], { out_type: type }, true).ref, x.array.shape.indexOf(value));
  }
  if (form === 2) {
    const other = dtype === tf.int32 ? tf.int64 : tf.int32;
    return m.op('Cast', [counted(m, value, other)], { DstT: type }, true).ref;
  }
  if (form === 3) {
    const more = m.int(0, 3);
    return m.op(m.of(['Add', 'AddV2']), [counted(m, value - more, dtype), m.scalar(more, dtype, true)], {}, true).ref;
  }
  if (form === 4) return m.op('Sub', [m.scalar(value + 2, dtype), m.scalar(2, dtype, true)], {}, true).ref;
  if (form === 5) return m.op('Mul', [m.scalar(value, dtype), m.scalar(1, dtype, true)], {}, true).ref;
  if (form === 6)
    return m.op(
      m.of(['Prod', 'Max', 'Sum']),
      [m.ints([value], dtype, true), m.scalar(0, tf.int32, true)],
      { keep_dims: false },
      true,
    ).ref;
  return cut(m.ints([value, 7], dtype), 0);
}
/** A shape put together of such numbers. */
export function computed(m: Maker, shape: readonly number[], dtype = m.of(INTS)): Ref {
  if (!shape.length || m.chance(0.15)) return m.ints(shape, dtype);
  const parts = shape.map((d) => counted(m, d, dtype));
  const form = m.int(0, 3);
  if (form === 0) {
    const at = m.int(0, shape.length);
    const halves = [parts.slice(0, at), parts.slice(at)].filter(({ length }) => length);
    const packed = halves.map((half) => m.op('Pack', [half], {}, true).ref);
    return packed.length > 1 ? m.op('ConcatV2', [packed, m.scalar(0, tf.int32, true)], {}, true).ref : packed[0];
  }
  const all = m.op('Pack', [parts], {}, true).ref;
  if (form === 1) {
    const back = m.op('Cast', [all], { DstT: { type: dtype === tf.int32 ? 'int64' : 'int32' } }, true).ref;
    return back;
  }
  return all;
}
const asUnknown = (m: Maker, x: Piece): Ref => (m.chance(0.3) ? m.op('Identity', [x.ref], {}, true).ref : x.ref);
export const SHAPED: readonly Rule[] = [
  (m) => {
    const x = m.any({ ranks: [1, 3], filled: true });
    const shape = m.shuffled(x.array.shape);
    if (m.chance(0.3)) shape[m.int(0, shape.length - 1)] = -1;
    return m.op('Reshape', [asUnknown(m, x), computed(m, shape)], {}, true);
  },
  (m) => m.op('Fill', [computed(m, m.shape(1, 3)), m.source(m.of(NUMBERS), []).ref], {}, true),
  (m) => {
    const x = m.any({ ranks: [1, 3], dtypes: NUMBERS });
    return m.op(
      'Tile',
      [
        asUnknown(m, x),
        computed(
          m,
          x.array.shape.map(() => m.int(1, 3)),
        ),
      ],
      {},
      true,
    );
  },
  (m) => {
    const x = m.any({ ranks: [1, 2], dtypes: NUMBERS });
    return m.op('BroadcastTo', [asUnknown(m, x), computed(m, [m.int(1, 3), ...x.array.shape])], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3], filled: true });
    const begin = x.array.shape.map((d) => m.int(0, d - 1));
    const size = x.array.shape.map((d, i) => (m.chance(0.3) ? -1 : m.int(0, d - begin[i])));
    const dtype = m.of([tf.int32, tf.int64]);
    return m.op('Slice', [asUnknown(m, x), m.ints(begin, dtype), m.ints(size, dtype)], {}, true);
  },
  (m) => {
    const dtype = m.of([tf.int32, tf.int32, tf.int64]);
    return m.op('Range', [m.scalar(0, dtype), counted(m, m.int(1, 6), dtype), m.scalar(1, dtype)], {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: INTS, ranks: [0, 2] });
    const [on, no] = [m.source(tf.float32, []).ref, m.source(tf.float32, []).ref];
    return m.op('OneHot', [x.ref, counted(m, m.int(1, 4), tf.int32), on, no], { axis: -1 }, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3], dtypes: NUMBERS });
    return m.op('ExpandDims', [asUnknown(m, x), counted(m, m.int(0, x.array.rank), tf.int32)], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3], dtypes: NUMBERS, filled: true });
    const type = x.array.dtype.isFloating ? m.of(['Sum', 'Mean', 'Max']) : 'Sum';
    return m.op(type, [asUnknown(m, x), computed(m, [m.int(0, x.array.rank - 1)])], { keep_dims: m.chance(0.5) }, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3], filled: true });
    const at = m.ints([0, x.array.shape[0] - 1], tf.int32);
    return m.op('GatherV2', [asUnknown(m, x), at, counted(m, 0, tf.int32)], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3], dtypes: NUMBERS });
    const order = m.shuffled(x.array.shape.map((_, i) => i));
    return m.op('Transpose', [asUnknown(m, x), m.chance(0.5) ? computed(m, order, tf.int32) : m.ints(order)], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3], dtypes: NUMBERS });
    const pads = x.array.shape.flatMap(() => [m.int(0, 2), m.int(0, 2)]);
    const flat = m.ints(pads, tf.int32);
    const pairs = m.op('Reshape', [flat, m.ints([x.array.rank, 2], tf.int32, true)], {}, true);
    return m.op('Pad', [asUnknown(m, x), pairs.ref], {}, true);
  },
  (m) => {
    const x = m.any({ ranks: [1, 3] });
    const shape: JsonDims = m.known(x.array.shape);
    return m.op('PlaceholderWithDefault', [x.ref], { shape: { shape } }, true);
  },
  (m) => m.op(m.of(['Shape', 'Size', 'Rank']), [m.any({ ranks: [0, 3] }).ref], {}, true),
];
