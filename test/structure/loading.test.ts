/**
 * What a program loads, and when: imports wait until they are used (build/late-imports.js, with which tests run as the
 * package does). Each program is a file's worth of modules of its own.
 */
import { ROOT, show } from './files';

type Api = typeof import('../../src');

/** The modules of the library and of others that are loaded by now. */
const loaded = (): string[] =>
  Object.keys(require.cache)
    .map((file) => show(file).replace(/^.*node_modules/, 'node_modules'))
    .filter((file) => /^(src|node_modules\/(@tensorflow|@bufbuild))\//.test(file));
const load = (): Api => require(`${ROOT}/src`) as Api;

beforeEach(() => jest.resetModules());

/** Rooms that a program may never enter. */
const ROOMS = ['advice', 'debug', 'distributed', 'examples', 'format', 'gradients', 'kernels', 'layers', 'losses'];
ROOMS.push('ops', 'plan', 'session', 'summary', 'train', 'variables');

test('the library itself is a few modules, and none of the rooms that build, train and run', () => {
  load();
  const files = loaded();
  const alone = /src\/(ops\/(methods|subscript|tables)|distributed\/targets|session\/backend)\.ts/;
  const early = files.filter((file) => ROOMS.some((room) => file.startsWith(`src/${room}/`)) && !alone.test(file));
  expect(early).toEqual([]);
  expect(files.filter((file) => !file.startsWith('src/'))).toEqual([]);
  expect(files.length).toBeLessThan(60);
});

test('a graph that is only built, and its gradients, load no session, no kernel, no file format', () => {
  const tf = load();
  const x = tf.placeholder(tf.float32, [null, 3]);
  const w = new tf.Variable(tf.ones([3, 2]));
  const loss = tf.reduceMean(tf.square(tf.matmul(x, w)));
  new tf.train.AdamOptimizer().minimize(loss);
  tf.globalVariablesInitializer();
  const files = loaded();
  const needless = /^node_modules|^src\/(session\/session|plan|advice|layers|losses|summary|examples|debug)/;
  expect(files.filter((file) => needless.test(file) || /kernels\/(host|portable|native)\//.test(file))).toEqual([]);
  expect(files.filter((file) => /ops\/(conv|pool|strings|tensor-list|checkpoint)\./.test(file))).toEqual([]);
  expect(files.length).toBeLessThan(150);
});

test('a first session on the portable device loads the kernels that its graph wants', () => {
  const tf = load();
  const x = tf.placeholder(tf.float32, [null, 3]);
  const w = new tf.Variable(tf.ones([3, 2]));
  const loss = tf.reduceMean(tf.square(tf.matmul(x, w)));
  const step = new tf.train.GradientDescentOptimizer(0.1).minimize(loss);
  const sess = new tf.Session('', { config: { device: 'portable' } });
  sess.run(tf.globalVariablesInitializer());
  sess.run([step, loss], [[x, [[1, 2, 3]]]]);
  sess.close();
  const files = loaded();
  expect(files).toContain('src/kernels/host/matmul.ts');
  const strange = /kernels\/(native|host\/(pool|strings|summary)\.)|src\/(layers|losses|summary|debug)\//;
  expect(files.filter((file) => strange.test(file))).toEqual([]);
  expect(files.length).toBeLessThan(290);
});

test('a name that is missed loads the list of names, and no name before', () => {
  const tf = load();
  tf.constant(1);
  const lists = (): string[] => loaded().filter((file) => file.startsWith('src/surface/'));
  expect(lists()).toEqual(['src/surface/absent.ts', 'src/surface/constructors.ts']);
  expect(() => (tf.train as unknown as Record<string, unknown>)['Checkpoint']).toThrow('tf.train.Checkpoint');
  expect(lists()).toHaveLength(5);
});
