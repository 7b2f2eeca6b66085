/** Rules of ops that make new numbers. Each adds a node or a few, with operands that mostly fit. */
import * as tf from '../../src';
import { FLOATS, INTS, type Maker, NUMBERS, type Piece } from './maker';
import type { JsonAttr, Ref } from './program';

export type Rule = (m: Maker) => unknown;
const words = (text: string): string[] => text.split(' ');
export const ANY_TYPE = [...NUMBERS, tf.bool, tf.string];

const SMOOTH = words(
  'Neg Abs Square Exp Expm1 Sigmoid Sin Cos Tan Sinh Cosh Tanh Asinh Atan Erf Erfc Softplus Softsign Relu Relu6 ' +
    'Elu Selu LeakyRelu Sqrt Rsqrt Log Log1p Reciprocal Inv Acosh Atanh Asin Acos Lgamma Digamma',
);
const EXACT = words('Neg Abs Identity ZerosLike OnesLike StopGradient PreventGradient');
const CUTTING = words('Floor Ceil Rint Round Sign');
const BINARY = words('Add AddV2 Sub Mul Maximum Minimum SquaredDifference');
const DIVIDING = words('RealDiv Div DivNoNan MulNoNan Xdivy Xlogy Atan2 Pow');
const WHOLE = words('FloorDiv FloorMod TruncateDiv TruncateMod Mod');
const COMPARING = words('Less LessEqual Greater GreaterEqual Equal NotEqual');
const REDUCING = words('Sum Mean Max Min Prod');

const unary =
  (types: readonly string[], exact: boolean): Rule =>
  (m) => {
    const x = m.any({ dtypes: exact ? NUMBERS : FLOATS });
    return m.op(m.of(types), [x.ref], {}, exact);
  };
/** Axes of x for a reduction, as a constant or fed, a vector or a scalar. */
function axes(m: Maker, { array: { rank } }: Piece): Ref {
  if (m.chance(0.25) && rank) return m.scalar(m.int(-rank, rank - 1));
  const list = m.shuffled(Array.from({ length: rank }, (_, i) => i)).slice(0, m.int(0, rank));
  return m.ints(list.map((a) => (m.chance(0.4) ? a - rank : a)));
}
export function reshaped(m: Maker, size: number): number[] {
  const dims: number[] = [];
  let left = size;
  for (const f of [2, 3, 4, 5])
    if (left % f === 0 && left && m.chance(0.5)) {
      dims.push(f);
      left /= f;
    }
  return m.shuffled([...dims, ...(left === 1 && dims.length && m.chance(0.6) ? [] : [left])]);
}
export const two = (x: number, y: number): [number, number] => [Math.min(x, y), Math.max(x, y)];
const image = (m: Maker): Piece => m.source(tf.float32, [m.int(1, 2), m.int(3, 6), m.int(3, 6), m.int(1, 3)]);
const windows = (m: Maker): Record<string, JsonAttr> => ({
  ksize: [1, m.int(1, 3), m.int(1, 3), 1],
  strides: [1, m.int(1, 2), m.int(1, 2), 1],
  padding: m.of(['SAME', 'VALID']),
});

export const VALUES: readonly Rule[] = [
  unary(SMOOTH, false),
  unary(SMOOTH, false),
  unary(EXACT, true),
  (m) => m.op(m.of(CUTTING), [m.any({ dtypes: FLOATS, exact: true }).ref], {}, true),
  (m) => m.op(m.of(words('IsNan IsInf IsFinite')), [m.any({ dtypes: FLOATS }).ref], {}, true),
  (m) => {
    const x = m.any({ dtypes: NUMBERS });
    return m.op(m.of(BINARY), m.shuffled([x.ref, m.beside(x).ref]), {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS });
    return m.op(m.of(BINARY), m.shuffled([x.ref, m.beside(x).ref]), {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS });
    return m.op(m.of(DIVIDING), m.shuffled([x.ref, m.beside(x).ref]));
  },
  (m) => {
    const x = m.any({ dtypes: INTS });
    return m.op(m.of(WHOLE), m.shuffled([x.ref, m.beside(x).ref]), {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS, exact: true });
    return m.op(m.of(COMPARING), m.shuffled([x.ref, m.beside(x, true).ref]), {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: [tf.bool] });
    return m.chance(0.2)
      ? m.op('LogicalNot', [x.ref], {}, true)
      : m.op(m.of(['LogicalAnd', 'LogicalOr']), [x.ref, m.beside(x).ref], {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS });
    const type = x.array.dtype.isFloating ? m.of(REDUCING) : m.of(['Sum', 'Max', 'Min', 'Prod']);
    return m.op(type, [x.ref, axes(m, x)], { keep_dims: m.chance(0.4) }, type !== 'Mean');
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS });
    return m.op(m.of(REDUCING), [x.ref, axes(m, x)], { keep_dims: m.chance(0.4) });
  },
  (m) => {
    const x = m.any({ dtypes: [tf.bool] });
    return m.op(m.of(['All', 'Any']), [x.ref, axes(m, x)], { keep_dims: m.chance(0.4) }, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS, ranks: [1, 4], exact: true, filled: true });
    return m.op(m.of(['ArgMax', 'ArgMin']), [x.ref, m.scalar(m.axis(x))], {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS, ranks: [1, 3] });
    const rows = x.array.shape[0];
    const ids = Array.from({ length: rows }, () => m.int(0, 3));
    const type = m.of(['Sum', 'Max', 'Min', 'Prod', 'Mean', 'Sum']);
    if (m.chance(0.5) || type === 'Mean') {
      const at = m.given(new tf.NDArray(tf.int32, [rows], Int32Array.from(ids.sort((a, b) => a - b))));
      return m.op(`Segment${type}`, [x.ref, at.ref], {}, type !== 'Mean');
    }
    const at = m.given(
      new tf.NDArray(
        tf.int32,
        [rows],
        Int32Array.from(ids, (v) => (m.chance(0.1) ? -1 : v)),
      ),
    );
    return m.op(`UnsortedSegment${type}`, [x.ref, at.ref, m.scalar(4, tf.int32)], {}, true);
  },
  (m) =>
    m.op('LinSpace', [m.source(tf.float32, []).ref, m.source(tf.float32, []).ref, m.scalar(m.int(1, 5), tf.int32)]),
  (m) => {
    const x = m.any({ dtypes: [...NUMBERS, tf.bool], exact: true });
    return m.op('Cast', [x.ref], { DstT: { type: m.of([...NUMBERS, tf.bool]).name } }, true);
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS, ranks: [2, 2] });
    const [transpose_a, transpose_b] = [m.chance(0.3), m.chance(0.3)];
    const inner = x.array.shape[transpose_a ? 0 : 1];
    const n = m.dim();
    const y = m.source(x.array.dtype, transpose_b ? [n, inner] : [inner, n]);
    return m.op('MatMul', [x.ref, y.ref], { transpose_a, transpose_b });
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS, ranks: [2, 4] });
    const [adj_x, adj_y] = [m.chance(0.3), m.chance(0.3)];
    const { shape } = x.array;
    const inner = shape.at(adj_x ? -2 : -1)!;
    const n = m.dim();
    const batch = shape.slice(0, -2);
    const other = m.chance(0.5) ? batch : batch.map((d) => (m.chance(0.5) ? 1 : d)).slice(m.int(0, 1));
    const y = m.source(x.array.dtype, [...other, ...(adj_y ? [n, inner] : [inner, n])]);
    return m.op('BatchMatMulV2', [x.ref, y.ref], { adj_x, adj_y });
  },
  (m) => {
    const x = m.any({ dtypes: [tf.float32], ranks: [1, 3], exact: true, filled: true });
    return m.op('TopKV2', [x.ref, m.scalar(m.int(0, x.array.shape.at(-1)!), tf.int32)], {}, true);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS, ranks: [1, 3] });
    return m.op(
      m.of(['Cumsum', 'Cumprod']),
      [x.ref, m.scalar(m.axis(x))],
      { exclusive: m.chance(0.3), reverse: m.chance(0.3) },
      true,
    );
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS, ranks: [1, 2] });
    return m.op(m.of(['Softmax', 'LogSoftmax', 'L2Loss']), [x.ref]);
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS, ranks: [2, 2], filled: true });
    return m.op('SoftmaxCrossEntropyWithLogits', [x.ref, m.source(x.array.dtype, x.array.shape).ref]);
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS, ranks: [2, 2], filled: true });
    const [rows, classes] = x.array.shape;
    const labels = Int32Array.from({ length: rows }, () => m.int(0, classes - 1));
    return m.op('SparseSoftmaxCrossEntropyWithLogits', [x.ref, m.given(new tf.NDArray(tf.int32, [rows], labels)).ref]);
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS, ranks: [2, 4] });
    return m.op('BiasAdd', [x.ref, m.source(x.array.dtype, [x.array.shape.at(-1)!]).ref]);
  },
  (m) => {
    const x = m.any({ dtypes: NUMBERS });
    return m.op(
      'AddN',
      [Array.from({ length: m.int(1, 3) }, (_, i) => (i ? m.source(x.array.dtype, x.array.shape) : x).ref)],
      {},
      true,
    );
  },
  (m) => {
    const x = m.any({ dtypes: FLOATS });
    return m.op('ClipByValue', [x.ref, m.scalar(-1, x.array.dtype), m.scalar(1, x.array.dtype)], {}, true);
  },
  (m) => {
    const x = image(m);
    const filter = m.source(tf.float32, [m.int(1, 3), m.int(1, 3), x.array.shape[3], m.int(1, 3)]);
    const { strides, padding } = windows(m);
    return m.op('Conv2D', [x.ref, filter.ref], { strides, padding });
  },
  (m) => m.op(m.of(['MaxPool', 'AvgPool']), [image(m).ref], windows(m)),
];

export function toArray(pairs: readonly (readonly number[])[]): tf.NDArray {
  return new tf.NDArray(tf.int32, [pairs.length, 2], Int32Array.from(pairs.flat()));
}
