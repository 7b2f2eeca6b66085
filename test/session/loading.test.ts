/** What a program loads that only builds a graph: seen in a process of its own, so that no other test's files count. */
import { execFileSync } from 'node:child_process';
import { ROOT } from '../structure/files';

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
  const said = execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', PROGRAM], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, TFJS_SESSION_QUIET: '1', TFJS_SESSION_DEVICE: 'portable' },
  });
  const [built, run] = (JSON.parse(said) as string[][]).map((files) =>
    files.filter((file) => /kernels\/(host|portable|native)\/|@tensorflow\/|tfjs_binding/.test(file)),
  );
  expect(built).toEqual([]);
  expect(run).toContain('src/kernels/host/index.ts');
});
