/** Shapes and types that do not fit while a graph is built, against the words of TensorFlow 1.15. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { DTypeLike } from '../../src/base/dtype';
import { applyOp } from '../../src/graph/apply';
import * as tf from '../../src/index';

interface Row {
  readonly fn: string;
  readonly operands: readonly (string | readonly (number | string | null)[] | null)[];
  readonly error?: string;
  readonly message?: string;
  readonly shape?: readonly (number | null)[] | null;
  readonly text?: string;
}
const file = path.join(__dirname, '..', 'fixtures', 'static_faults.json');
const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly Row[];

type Shape = readonly (number | null)[] | null;
type Operand = tf.Tensor | readonly number[] | readonly string[];
const operand = (x: Row['operands'][number]): Operand =>
  typeof x === 'string' ? tf.placeholder(x as DTypeLike, [2]) : (x as readonly number[]);
const OF_LISTS: Readonly<Record<string, (xs: Operand[]) => tf.Tensor | readonly tf.Tensor[]>> = {
  concat: (xs) => tf.concat(xs, 0),
  stack: (xs) => tf.stack(xs),
  addN: (xs) => tf.addN(xs),
  accumulateN: (xs) => tf.accumulateN(xs),
  dynamicStitch: (xs) =>
    tf.dynamicStitch(
      [
        [0, 1],
        [2, 3],
      ],
      xs,
    ),
  shapeN: (xs) => tf.shapeN(xs),
  Merge: (xs) => applyOp('Merge', [xs]).outputs,
  Concat: (xs) => applyOp('Concat', [0, xs]).outputs,
  ConcatOffset: (xs) => applyOp('ConcatOffset', [0, xs]).outputs,
  IdentityN: (xs) => applyOp('IdentityN', [xs]).outputs,
  onesLike: ([x]) => tf.onesLike(x),
};
const OF_SHAPES: Readonly<Record<string, (shapes: readonly Shape[]) => tf.Tensor>> = {
  setShape([known, said]) {
    const x = tf.placeholder(tf.float32, known);
    x.setShape(said);
    return x;
  },
  ensureShape: ([known, said]) => tf.ensureShape(tf.placeholder(tf.float32, known), said),
  ones: ([shape]) => tf.ones(shape as number[], tf.string),
  zeros: ([shape]) => tf.zeros(shape as number[], tf.string),
};
type Asked = [shape: number[], dtype: DTypeLike, first?: number | null, second?: number | null];
const OF_NUMBERS: Readonly<Record<string, (asked: Asked) => tf.Tensor>> = {
  filledWithOnes: ([shape]) => tf.ones(shape),
  filledWithZeros: ([shape]) => tf.zeros(shape),
  randomNormal: ([shape, dtype, mean, stddev]) => tf.randomNormal(shape, given({ dtype, mean, stddev })),
  truncatedNormal: ([shape, dtype, mean, stddev]) => tf.truncatedNormal(shape, given({ dtype, mean, stddev })),
  randomUniform: ([shape, dtype, minval, maxval]) => tf.randomUniform(shape, given({ dtype, minval, maxval })),
};
/** What is given: null stands for what is not. */
const given = <T extends object>(names: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(names).filter(([, v]) => v !== null && v !== undefined)) as never;
function build({ fn, operands }: Row): tf.Tensor {
  if (OF_NUMBERS[fn]) return OF_NUMBERS[fn](operands as unknown as Asked);
  const made = OF_LISTS[fn] ? OF_LISTS[fn](operands.map(operand)) : OF_SHAPES[fn](operands as readonly Shape[]);
  return made instanceof tf.Tensor ? made : made[0];
}

test.each(rows.map((row) => [`${row.fn} ${JSON.stringify(row.operands)}`, row] as const))('%s', (_, row) => {
  new tf.Graph().asDefault(() => {
    if (row.error === undefined) {
      const made = build(row);
      expect(made.shape.dims).toEqual(row.shape);
      expect(String(made)).toBe(row.text);
      return;
    }
    let caught: unknown;
    try {
      build(row);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Error);
    const { name, message } = caught as Error;
    expect({ error: name, message: message.slice(0, row.message!.length) }).toEqual({
      error: row.error,
      message: row.message,
    });
  });
});
test('an error about a list says where its tensors were made, and which cast would help', () => {
  tf.resetDefaultGraph();
  const a = tf.placeholder(tf.int64, [2], { name: 'a' });
  const b = tf.placeholder(tf.int32, [2], { name: 'b' });
  const join = (): tf.Tensor => tf.concat([a, b], 0);
  expect(join).toThrow(/\n {2}values\[0\]: a:0 is int64, made at .*\n {2}values\[1\]: b:0 is int32, made at /);
  expect(join).toThrow(/\n {2}fix: tf\.cast\(b, tf\.int64\)\.$/);
});
