/** What the built package loads: one file for a first session, and the same names for CommonJS and for ES modules. */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { COMMAND } from './run';

const SRC = join(dirname(COMMAND), '..', 'src');
const env = { ...process.env, TFJS_SESSION_QUIET: '1', TFJS_SESSION_DEVICE: 'portable' };
function said<T>(program: string): T {
  const flags = ['--input-type=module', '-e', program];
  return JSON.parse(execFileSync(process.execPath, flags, { cwd: SRC, env, encoding: 'utf8' })) as T;
}
const REQUIRE = `
  import { createRequire } from 'node:module';
  const require = createRequire(${JSON.stringify(join(SRC, 'any.js'))});
  const loaded = () => Object.keys(require.cache).filter((file) => file.startsWith(${JSON.stringify(SRC)}));
`;

test('a first session is one file, and what it does not need is left out', () => {
  const files = said<string[]>(`${REQUIRE}
    const tf = require('./index.js');
    const w = new tf.Variable([[1], [2]], { dtype: tf.float32 });
    const loss = tf.reduceMean(tf.square(tf.matmul([[1, 2]], w)));
    const step = new tf.train.GradientDescentOptimizer(0.1).minimize(loss);
    const sess = new tf.Session();
    sess.run(tf.globalVariablesInitializer());
    sess.run(step);
    console.log(JSON.stringify(loaded().map((file) => file.slice(${SRC.length + 1}))));
  `);
  expect(files.slice(0, 2)).toEqual(['index.js', 'first.js']);
  expect(files.length).toBeLessThan(8);
});
test('a module that the file holds and one that stands alone are one library', () => {
  const program = `${REQUIRE}
    const tf = require('./index.js');
    const shape = require('./base/shape.js');
    const made = tf.layers.dense(tf.placeholder(tf.float32, [null, 3]), 2);
    console.log(JSON.stringify([shape.TensorShape.prototype === tf.TensorShape.prototype, made instanceof tf.Tensor,
      String(made.shape)]));
  `;
  expect(said(program)).toEqual([true, true, '(?, 2)']);
});
test('ES modules have every name, and the same values', () => {
  const [missing, different] = said<string[][]>(`${REQUIRE}
    const tf = require('./index.js');
    const names = await import(${JSON.stringify(join(SRC, 'esm.mjs'))});
    const keys = Object.keys(tf);
    const values = keys.filter((key) => tf[key] !== names[key] || tf[key] !== names.default[key]);
    console.log(JSON.stringify([keys.filter((key) => !(key in names)), values]));
  `);
  expect([missing, different]).toEqual([[], []]);
});
