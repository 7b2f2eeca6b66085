/**
 * Programs of TensorFlow's own Python on our server, and ours on TensorFlow's, where a Python has TensorFlow
 * (../pythons.ts). What the programs print was recorded from TensorFlow 1.15.5's server: programs.json.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as tf from '../../src';
import { besideEach } from '../pythons';
import { type Server, startServer } from './server';

const expected = JSON.parse(readFileSync(join(__dirname, 'programs.json'), 'utf8')) as Record<string, unknown>;
/** Whether two results are the same but for the rounding of 32-bit floats. */
function alike(got: unknown, wanted: unknown): boolean {
  if (typeof got === 'number' && typeof wanted === 'number')
    return Math.abs(got - wanted) <= 1e-4 * Math.max(1, Math.abs(wanted));
  if (Array.isArray(got) && Array.isArray(wanted))
    return got.length === wanted.length && got.every((each, i) => alike(each, wanted[i]));
  return got === wanted;
}

besideEach('programs of TensorFlow $version on our server', ({ path }) => {
  const folder = mkdtempSync(join(tmpdir(), 'python-programs-'));
  let server: Server;
  let printed: ReadonlyMap<string, unknown>;
  beforeAll(async () => {
    server = await startServer(['--allow-files', folder]);
    const env = { ...process.env, TFJS_TEST_FOLDER: folder, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '-1' };
    const { stdout } = spawnSync(path, [join(__dirname, 'programs.py'), server.target], { env, encoding: 'utf8' });
    printed = new Map(
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as [string, unknown]),
    );
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  test.each(Object.entries(expected))('%s', (name, wanted) => {
    const got = printed.get(name);
    if (!alike(got, wanted)) expect(got).toEqual(wanted);
  });
  test('advice is in the words of Python', () => {
    const script = [
      'import sys, tensorflow',
      "tf = tensorflow if tensorflow.__version__ < '2' else tensorflow.compat.v1",
      "if tensorflow.__version__ >= '2': tf.disable_eager_execution()",
      'x = tf.placeholder_with_default([[1., 2., 3.]], [None, None])',
      'with tf.Session(sys.argv[1]) as sess:',
      "  for fetch in (tf.Variable(1., name='v', use_resource=False).read_value(), tf.matmul(x, x)):",
      '    try: sess.run(fetch)',
      '    except tf.errors.OpError as error: print(error.message)',
    ];
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '-1' };
    const { stdout } = spawnSync(path, ['-c', script.join('\n'), server.target], { env, encoding: 'utf8' });
    expect(stdout).toContain('in this session first: sess.run(tf.global_variables_initializer()).');
    expect(stdout).toMatch(/fix: transpose b: tf\.matmul\(PlaceholderWithDefault, \S+, transpose_b=True\)\./);
  });
});

besideEach('a program of ours on the server of TensorFlow $version', ({ path }) => {
  const SERVER = [
    'import tensorflow',
    "tf = tensorflow if tensorflow.__version__ < '2' else tensorflow.compat.v1",
    'server = tf.train.Server.create_local_server()',
    "print('READY', server.target, flush=True)",
    'server.join()',
  ].join('\n');
  const python = spawn(path, ['-c', SERVER], { stdio: ['ignore', 'pipe', 'ignore'] });
  afterAll(() => python.kill('SIGKILL'));
  test('trains, grows and fails as in this process', async () => {
    const target = await new Promise<string>((ready) =>
      createInterface(python.stdout).on('line', (line) => line.startsWith('READY ') && ready(line.slice(6))),
    );
    tf.resetDefaultGraph();
    const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
    const w = new tf.Variable([[0.5], [-0.5]], { name: 'w' });
    const loss = tf.reduceMean(tf.square(tf.matmul(x, w).sub(1)));
    const step = new tf.train.AdamOptimizer(0.1).minimize(loss);
    const feeds = {
      'x:0': [
        [1, 2],
        [3, -1],
        [0, 1],
      ],
    };
    const run = (target: string): number[] => {
      const sess = new tf.Session(target);
      sess.run(tf.globalVariablesInitializer());
      const losses = Array.from({ length: 20 }, () => sess.run([loss, step], feeds)[0] as number);
      losses.push(sess.run(loss.mul(2), feeds) as number);
      expect(() => sess.run(loss)).toThrow(tf.errors.InvalidArgumentError);
      sess.close();
      return losses;
    };
    const [there, here] = [run(target), run('')];
    there.forEach((value, i) => expect(value).toBeCloseTo(here[i], 5));
  });
});
