/** The ops that write and read checkpoints, one by one: shapes while building, files and errors when run. */
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../../src';
import { apply, applyOp } from '../../src/graph/apply';
import { filesIn } from '../../src/distributed/file-access';
import { list, said } from '../said';

let folder: string;
beforeEach(() => {
  tf.resetDefaultGraph();
  folder = mkdtempSync(path.join(tmpdir(), 'checkpoint-ops-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => path.join(folder, name);
const run = (x: tf.Tensor | tf.Operation): unknown => {
  using sess = new tf.Session('', { config: { device: 'portable' } });
  return list(sess.run(x));
};
const restore = (prefix: string, name: string, spec: string, dtype: tf.DType = tf.float32): tf.Tensor =>
  apply('RestoreV2', [prefix, [name], [spec]], { dtypes: [dtype] });
const M = [
  [1, 2, 3],
  [4, 5, 6],
];

test('Save, Restore and RestoreSlice', () => {
  run(applyOp('Save', [at('m'), ['a', 'b'], [tf.constant(M), tf.constant(7, tf.int32)]]));
  expect(readdirSync(folder)).toEqual(['m']);
  expect(run(apply('Restore', [at('m'), 'a'], { dt: tf.float32 }))).toEqual(M);
  expect(run(apply('Restore', [at('m'), 'b'], { dt: tf.int32 }))).toBe(7);
  const slice = apply('RestoreSlice', [at('m'), 'a', '2 3 -:1,2'], { dt: tf.float32 });
  expect(slice.shape.dims).toEqual([2, 2]);
  expect(run(slice)).toEqual([
    [2, 3],
    [5, 6],
  ]);
  expect(said(() => run(apply('Restore', [at('m'), 'c'], { dt: tf.float32 })))).toBe(
    `NotFoundError: Tensor name "c" not found in checkpoint files ${at('m')}`,
  );
  expect(said(() => run(apply('Restore', [at('m'), 'a'], { dt: tf.int32 })))).toBe(
    'InvalidArgumentError: Expected to restore a tensor of type int32, got a tensor of type float instead: ' +
      'tensor_name = a',
  );
  expect(said(() => run(apply('Restore', [at('n'), 'a'], { dt: tf.int32 })))).toBe(
    `NotFoundError: Unsuccessful TensorSliceReader constructor: Failed to find any matching files for ${at('n')}`,
  );
});
test("what lies below a file is said in TensorFlow's words", () => {
  writeFileSync(at('file'), '');
  const x = tf.constant(1);
  for (const name of ['file/x', 'file/a/x']) {
    const above = at(path.dirname(name));
    const end = '(\\.data-00000-of-00001)?(\\.tempstate\\d+_\\d+)?; Not a directory$';
    const below = (start: string): RegExp => new RegExp(`^FailedPreconditionError: ${start}${end}`);
    const saves = [applyOp('SaveV2', [at(name), ['a'], [''], [x]]), applyOp('Save', [at(name), ['a'], [x]])];
    for (const save of saves) expect(said(() => run(save))).toMatch(below(`(${at(name)}|${above})`));
    expect(said(() => run(tf.writeFile(at(name), 'x')))).toMatch(below(`(${at(name)}|${above})`));
    expect(said(() => run(tf.readFile(at(name))))).toMatch(below(at(name)));
    for (const restored of [restore(at(name), 'a', ''), apply('Restore', [at(name), 'a'], { dt: tf.float32 })])
      expect(said(() => run(restored))).toBe(
        `InvalidArgumentError: Unsuccessful TensorSliceReader constructor: Failed to get matching files on ` +
          `${at(name)}: Failed precondition: ${above}; Not a directory`,
      );
  }
});
test('a server says so too, and that a link leads nowhere or a name is too long', () => {
  writeFileSync(at('file'), '');
  symlinkSync(at('loop'), at('loop'));
  const place = filesIn(folder);
  expect(place('file/x')).toMatch(/file.x$/);
  expect(said(() => place('loop/x'))).toMatch(/loop.x; Too many levels of symbolic links$/);
  expect(said(() => place('x'.repeat(300)))).toMatch(/x; File name too long$/);
});
test('SaveSlices and SaveV2 write parts, which RestoreV2 reads whole', () => {
  const parts = [tf.constant([M[0]]), tf.constant([M[1]])];
  const specs = ['2 3 0,1:-', '2 3 1,1:-'];
  run(applyOp('SaveSlices', [at('v1'), ['a', 'a'], specs, parts]));
  run(applyOp('SaveV2', [at('v2'), ['a', 'a'], specs, parts]));
  for (const name of ['v1', 'v2']) {
    expect(run(restore(at(name), 'a', ''))).toEqual(M);
    expect(run(restore(at(name), 'a', '2 3 0,2:2,1'))).toEqual([[3], [6]]);
  }
});
test('MergeV2Checkpoints makes one of several, and takes their folder away', () => {
  for (const i of [0, 1]) run(applyOp('SaveV2', [at(`temp/part-${i}`), [`x${i}`], [''], [tf.constant([i, i])]]));
  run(applyOp('MergeV2Checkpoints', [[at('temp/part-0'), at('temp/part-1')], at('m')]));
  expect(readdirSync(folder).sort()).toEqual(['m.data-00000-of-00002', 'm.data-00001-of-00002', 'm.index']);
  expect(run(restore(at('m'), 'x0', ''))).toEqual([0, 0]);
  expect(run(restore(at('m'), 'x1', ''))).toEqual([1, 1]);
  expect(said(() => run(applyOp('MergeV2Checkpoints', [[at('none')], at('n')])))).toBe(
    `NotFoundError: ${at('none')}.index; No such file or directory`,
  );
});
test('shapes are those of what specifications name', () => {
  expect(restore('m', 'a', '').shape.rank).toBe(null);
  expect(restore('m', 'a', '6 4 2,3:-').shape.dims).toEqual([3, 4]);
  expect(said(() => restore('m', 'a', '2 x'))).toMatch(
    /^ValueError: Expected a pair of numbers or '-' but got 'x': string = x for 'RestoreV2/,
  );
  expect(said(() => apply('RestoreV2', ['m', ['a'], ['', '']], { dtypes: [tf.float32] }))).toMatch(
    /^ValueError: Dimension 0 in both shapes must be equal, but are 1 and 2/,
  );
  expect(said(() => applyOp('SaveV2', ['m', ['a'], ['', ''], [tf.constant(1), tf.constant(2)]]))).toMatch(
    /^ValueError: Dimension must be 2 but is 1 for 'SaveV2/,
  );
  expect(apply('ShardedFilename', ['m', 1, 2]).shape.dims).toEqual([]);
});
test('what does not fit is an error, and leaves no file', () => {
  const one = tf.constant([1, 2]);
  expect(said(() => run(applyOp('SaveV2', [at('m'), ['a', 'a'], ['', ''], [one, one]])))).toBe(
    'InvalidArgumentError: Adding duplicate key: a',
  );
  expect(said(() => run(applyOp('SaveV2', [at('m'), ['a'], ['2 3 1,1:-'], [one]])))).toBe(
    'InvalidArgumentError: Slice in shape_and_slice specification does not match the shape of the tensor to  save: ' +
      '2 3 1,1:-, tensor: [2]',
  );
  expect(readdirSync(folder)).toEqual([]);
  run(applyOp('SaveV2', [at('m'), ['a'], [''], [tf.constant(M)]]));
  expect(said(() => run(restore(at('m'), 'a', '2 4 0,1:-')))).toBe(
    'InvalidArgumentError: tensor_name = a; shape in shape_and_slice spec [2,4] does not match the shape stored in ' +
      'checkpoint: [2,3]',
  );
  expect(said(() => run(restore(at('m'), 'a', '', tf.int32)))).toBe(
    'InvalidArgumentError: tensor_name = a; expected dtype int32 does not equal original dtype float',
  );
  expect(said(() => run(restore(at('m'), 'b', '')))).toBe('NotFoundError: Key b not found in checkpoint');
});
