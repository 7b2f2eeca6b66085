/** What a program loads: seen in a process of its own, so that no other test's files count. */
import { runProgram } from './program';

const PROGRAM = `
  const tf = require('./src');
  const x = tf.placeholder(tf.float32, [null, 3]);
  const w = new tf.Variable(tf.ones([3, 2]));
  const loss = tf.reduceMean(tf.square(tf.matmul(x, w)));
  new tf.train.AdamOptimizer().minimize(loss);
  const loaded = () => Object.keys(require.cache).map((file) => file.slice(process.cwd().length + 1));
  const built = loaded();
  const sess = new tf.Session();
  sess.run(tf.globalVariablesInitializer());
  console.log(JSON.stringify([built, loaded()]));
`;
test('a program that only builds a graph loads no kernel', () => {
  const { stdout } = runProgram(PROGRAM, [], { TFJS_SESSION_DEVICE: 'portable' });
  const [built, run] = (JSON.parse(stdout) as string[][]).map((files) =>
    files.filter((file) => /kernels\/(host|portable|native)\/|@tensorflow\/|tfjs_binding/.test(file)),
  );
  expect(built).toEqual([]);
  expect(run).toContain('src/kernels/host/index.ts');
});
test('a program that misses no name loads no list of them', () => {
  const program = `
    const tf = require('./src');
    new tf.Session().run(tf.constant(1));
    console.log(Object.keys(require.cache).filter((file) => /surface/.test(file)).length);
    try { tf.train.Supervisor } catch {}
    console.log(Object.keys(require.cache).filter((file) => /surface/.test(file)).length);
  `;
  const { stdout } = runProgram(program, [], { TFJS_SESSION_DEVICE: 'portable' });
  expect(stdout.split('\n')).toEqual(['1', '4']);
});
