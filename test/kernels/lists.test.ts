/** Lists and arrays of tensors beside TensorFlow 1.15: what their ops give, and what they refuse. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { type Mode, devices, open } from '../devices';

type Step = readonly [name: string, ...args: never[]];
type Array_ = { readonly dtype: string; readonly shape: readonly number[]; readonly data: readonly number[] };
type Said = string | readonly Array_[];
const { programs, splits, rows, arrays, grown } = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/lists.json'), 'utf8'),
) as {
  readonly programs: readonly (readonly [readonly [Step, readonly Step[], Step], Said])[];
  readonly splits: readonly (readonly [readonly [number[], number[], number[]], Said])[];
  readonly rows: readonly (readonly [readonly [number[], number[]], Said])[];
  readonly arrays: readonly (readonly [readonly [op: string, ...args: never[]], Said])[];
  readonly grown: readonly (readonly [kind: string, Said])[];
};
const OF = { element_dtype: tf.float32 };
const made = (type: string, inputs: unknown[], attrs: object = {}): tf.Tensor[] => [
  ...applyOp(type as never, inputs as never, attrs as never).outputs,
];
const ints = (x: unknown): tf.Tensor => tf.constant(x as number[], tf.int32);
const longs = (x: readonly number[] = []): tf.Tensor => tf.constant(x, tf.int64, [x.length]);
const hidden = (x: unknown): tf.Tensor => tf.placeholderWithDefault(ints(x), null);

function start([kind, shape, n = -1]: readonly [string, unknown, unknown?]): tf.Tensor {
  if (kind === 'empty') return made('EmptyTensorList', [ints(shape), hidden(n)], OF)[0];
  return made('TensorListReserve', [ints(shape), n], OF)[0];
}
type Of = (list: tf.Tensor, ...args: never[]) => tf.Tensor[];
const STEPS: Readonly<Record<string, Of>> = {
  push: (l, x: number) => made('TensorListPushBack', [l, tf.constant(x, tf.float32)]),
  set: (l, i: number, x: number) => made('TensorListSetItem', [l, i, tf.constant(x, tf.float32)]),
  pop: (l) => made('TensorListPopBack', [l, -1], OF),
  resize: (l, n: number) => made('TensorListResize', [l, n]),
  twice: (l) => made('TensorListConcatLists', [l, l], OF),
  zeros: (l) => made('ZerosLike', [l]),
  sum: (l) => made('AddN', [[l, l]]),
  length: (l) => made('TensorListLength', [l]),
  concat: (l, shape: unknown = -1, leading?: number[]) =>
    made('TensorListConcatV2', [l, ints(shape), longs(leading)], OF),
  concat1: (l, shape: (number | null)[] | null = null) =>
    made('TensorListConcat', [l], {
      ...OF,
      element_shape: new tf.TensorShape(shape && shape.map((d) => (d! < 0 ? null : d))),
    }),
};
const told = (l: tf.Tensor): tf.Tensor[] => [
  ...made('TensorListLength', [l]),
  ...made('TensorListElementShape', [l], { shape_type: tf.int32 }),
];
function arrayOp([op, ...args]: readonly [string, ...unknown[]]): tf.Tensor[] {
  const [first, second] = args as [number, number[]];
  if (op === 'new') return made('TensorArrayV3', [hidden(first)], { dtype: tf.float32 }).slice(1);
  const { handle } = new tf.TensorArray(tf.float32, 3, { tensorArrayName: 'foo', inferShape: false });
  const at = hidden(['read', 'write', 'gather'].includes(op) ? first : 0);
  const dtype = String(second ?? first) === 'float64' ? tf.float64 : tf.float32;
  if (op === 'concat') return made('TensorArrayConcatV3', [handle, 0], { dtype });
  if (op === 'read') return made('TensorArrayReadV3', [handle, at, 0], { dtype });
  if (op === 'gather') return made('TensorArrayGatherV3', [handle, at, 0], { dtype });
  if (op === 'write') return made('TensorArrayWriteV3', [handle, at, tf.constant(second), 0]);
  const value = tf.placeholderWithDefault(tf.constant(first as never), null);
  if (op === 'scatter') return made('TensorArrayScatterV3', [handle, hidden(second), value, 0]);
  return made('TensorArraySplitV3', [handle, value, tf.cast(hidden(second), tf.int64), 0]);
}
function grow(kind: string): tf.Tensor[] {
  const [array, x] = [new tf.TensorArray(tf.float32, 3, { dynamicSize: true }), tf.constant([1, 2, 3])];
  const of = (): tf.Tensor => {
    if (kind === 'split') return array.split(x, [1, 1, 1]).write(3, [4]).concat();
    if (kind === 'unstack') return array.unstack(x).write(3, 4).stack();
    const written = array.scatter([0, 2, 1], x).write(3, 4);
    return kind === 'scatter' ? written.stack() : written.gather([0, 3]);
  };
  const y = of();
  return [y, ...(tf.gradients(y, [x]) as tf.Tensor[])];
}
function ran(mode: Mode, make: () => tf.Tensor[]): Said {
  return new tf.Graph().asDefault(() => {
    const fetches = make();
    const sess = open(tf.getDefaultGraph(), mode);
    try {
      return sess.run(fetches).map((value) => {
        // A scalar comes as a number: a length.
        if (!(value instanceof tf.NDArray)) return { dtype: 'int32', shape: [], data: [Number(value)] };
        const { dtype, shape, data } = value;
        return { dtype: dtype.name, shape: [...shape], data: Array.from(data as Float32Array, Number) };
      });
    } catch (error) {
      return (error as Error).message.split('\n')[0];
    }
  });
}

describe.each(devices().map((mode) => [mode.title, mode] as const))('%s', (_, mode) => {
  test.each(programs)('%j', ([first, steps, [asked, ...args]], said) => {
    const make = (): tf.Tensor[] => {
      const list = steps.reduce((l, [name, ...given]) => STEPS[name](l, ...given)[0], start(first as never));
      return STEPS[asked](list, ...args);
    };
    expect(ran(mode, make)).toEqual(said);
  });
  test.each(splits)('pieces: %j', ([x, shape, lengths], said) => {
    const split = (): tf.Tensor[] =>
      told(made('TensorListSplit', [tf.constant(x), hidden(shape), longs(lengths)], OF)[0]);
    expect(ran(mode, split)).toEqual(said);
  });
  test.each(rows)('rows: %j', ([x, shape], said) => {
    const unstack = (): tf.Tensor[] => told(made('TensorListFromTensor', [tf.constant(x), hidden(shape)], OF)[0]);
    expect(ran(mode, unstack)).toEqual(said);
  });
  test.each(arrays)('an array: %j', (op, said) => {
    expect(ran(mode, () => arrayOp(op))).toEqual(said);
  });
  test.each(grown)('an array that grows behind what came by %s', (kind, said) => {
    expect(ran(mode, () => grow(kind))).toEqual(said);
  });
});
