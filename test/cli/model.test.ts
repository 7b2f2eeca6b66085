/** `tfjs-session model`: SavedModels shown and run as TensorFlow's `saved_model_cli` does; texts are its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { arrayText } from '../../cli/saved-model/array-text';
import { npyBytes, readNpy } from '../../src/format/npy';
import { said } from '../said';
import { TemporaryFolder, initialized } from '../temporary-folder';
import { run } from './run';

const folder = new TemporaryFolder('model-');
const { at } = folder;
const floats = (values: readonly number[], ...shape: number[]): tf.NDArray =>
  new tf.NDArray(tf.float32, shape.length ? shape : [values.length], Float32Array.from(values));

test('show --all, run with files, and what is wrong', async () => {
  const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
  const y = tf.multiply(x, new tf.Variable([2, 0.25]), { name: 'y' });
  const sess = initialized();
  tf.savedModel.simpleSave(sess, at('m'), { x }, { y });
  sess.close();
  const shown = await run(['model', 'show', at('m'), '--all']);
  expect([shown.code, shown.stderr]).toEqual([0, '']);
  expect(shown.stdout).toBe(`
MetaGraphDef with tag-set: 'serve' contains the following SignatureDefs:

signature_def['serving_default']:
  The given SavedModel SignatureDef contains the following input(s):
    inputs['x'] tensor_info:
        dtype: DT_FLOAT
        shape: (-1, 2)
        name: x:0
  The given SavedModel SignatureDef contains the following output(s):
    outputs['y'] tensor_info:
        dtype: DT_FLOAT
        shape: (-1, 2)
        name: y:0
  Method name is: tensorflow/serving/predict
`);
  writeFileSync(at('x.npy'), npyBytes(floats([1, 2, 3, 4], 2, 2)));
  const given = ['model', 'run', at('m'), '--inputs', `x=${at('x.npy')}`, '--outdir', at('out')];
  const { code, stdout } = await run(given);
  expect(stdout).toBe(`Result for output key y:\n[[2.  0.5]\n [6.  1. ]]\nOutput y is saved to ${at('out/y.npy')}\n`);
  expect(code).toBe(0);
  expect(readNpy(readFileSync(at('out/y.npy')), 'y').toArray()).toEqual([
    [2, 0.5],
    [6, 1],
  ]);
  const again = await run(given);
  expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/Output file .*y\.npy already exists/)]);
  // An archive: x is of two columns there as y, and the one of three columns does not fit.
  const archive = JSON.parse(readFileSync(join(__dirname, '../fixtures/npz.json'), 'utf8')) as Record<string, string>;
  writeFileSync(at('x.npz'), Buffer.from(archive['deflated two'], 'base64'));
  const chosen = await run(['model', 'run', at('m'), '--inputs', `x=${at('x.npz')}[y]`, '--json']);
  expect(chosen.stdout).toBe('{"y":[[0,0.25],[4,0.75]]}\n');
  const several = await run(['model', 'run', at('m'), '--inputs', `x=${at('x.npz')}`]);
  expect(several.stderr).toMatch(
    /contains more than one ndarrays\. Please specify the name of ndarray to use: .*\[y\]/,
  );
  const wrong = await run(['model', 'run', at('m'), '--inputs', 'z=[[1,2]]']);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringMatching(/"z" is not a valid input key\. Please choose/),
  ]);
  // Where no folder is, nothing is run; and what is wrong with an input is not the model's.
  for (const [outdir, words] of [
    ['', 'The name of the folder is empty.'],
    ['/dev/null', '/dev/null: it is no folder.'],
    [at('x.npy'), 'x.npy: it is no folder.'],
    [at('a'.repeat(300)), 'no folder can be made there (ENAMETOOLONG: name too long).'],
  ]) {
    const refused = await run(['model', 'run', at('m'), '--inputs', 'x=[[1,2]]', '--outdir', outdir]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(words)]);
  }
  const folder = await run(['model', 'run', at('m'), '--inputs', `x=${at('m')}`]);
  expect(folder.stderr).toMatch(/Is a directory\s*$/);
});
test.each<[tf.NDArray | number, string]>([
  [floats([1.5, 2, -0.25]), '[ 1.5   2.   -0.25]'],
  [floats([1e-5, 1, 2, 3], 2, 2), '[[1.e-05 1.e+00]\n [2.e+00 3.e+00]]'],
  [
    new tf.NDArray(tf.int32, [2, 2, 2], Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
    '[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]',
  ],
  [new tf.NDArray(tf.bool, [2], Uint8Array.of(1, 0)), '[ True False]'],
  [new tf.NDArray(tf.string, [2], ['a', 'b\n']), "[b'a' b'b\\n']"],
  [floats([NaN, Infinity, 1]), '[nan inf  1.]'],
  [floats([], 0, 2), '[]'],
  [floats([0, 0], 1, 2), '[[0. 0.]]'],
  [new tf.NDArray(tf.float64, [1], Float64Array.of(0.1 / 3)), '[0.03333333]'],
  [new tf.NDArray(tf.int64, [2], BigInt64Array.of(-1n, 10n)), '[-1 10]'],
  [0.1, '0.1'],
])('an array as NumPy prints it: %#', (array, text) => {
  expect(arrayText(array)).toBe(text);
});
test('files of arrays: there and back, and what is none', () => {
  for (const array of [
    floats([1, 2, 3, 4, 5, 6], 1, 2, 3),
    new tf.NDArray(tf.int64, [], BigInt64Array.of(-5n)),
    new tf.NDArray(tf.bool, [2], Uint8Array.of(1, 0)),
    new tf.NDArray(tf.string, [2], ['ü', 'abc']),
  ]) {
    const bytes = npyBytes(array);
    expect(bytes.indexOf(10) % 64).toBe(63);
    const back = readNpy(bytes, 'a.npy');
    expect([back.dtype, back.shape, back.toArray()]).toEqual([array.dtype, array.shape, array.toArray()]);
    expect(said(() => readNpy(bytes.subarray(0, -1), 'a.npy'))).toMatch(/^DataLossError: a\.npy: it holds \d+ bytes/);
  }
  expect(said(() => readNpy(Buffer.from('nothing of it'), 'b'))).toBe('DataLossError: b: it is no .npy file');
});
