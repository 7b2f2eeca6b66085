/** The line in a message is the line of the script as it was written, whatever the compiler made of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { COMMAND } from '../cli/run';

const ROOT = path.join(__dirname, '..', '..');
/** As a program has the package: compiled. ts-node reads the script alone. */
const SCRIPT = `import * as tf from ${JSON.stringify(path.join(path.dirname(COMMAND), '..', 'src'))};

// Types, which leave no line behind in JavaScript.
interface Sizes {
  readonly rows: number;
  readonly columns: number;
}
type Pair = readonly [tf.Tensor, tf.Tensor];
const sizes: Sizes = {
  rows: 3, columns: 4 };

const x = tf.placeholder(tf.float32,
  [null, sizes.columns], { name: 'x' });
function build(
  w: tf.Tensor,
): Pair {
  const y = tf.matmul(x, w); return [y, tf.reduceSum(y)]; // line 17
}
const [, sum] = build(tf.zeros([sizes.columns, sizes.rows]));
const sess = new tf.Session('', { config: { device: 'portable' } });
try { sess.run(sum); } catch (error) { console.log((error as Error).message); }
try { build(tf.zeros([5, 3])); } catch (error) { console.log((error as Error).message); }
`;

test('through ts-node', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'source-maps-'));
  try {
    const script = path.join(folder, 'script.ts');
    writeFileSync(script, SCRIPT);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [require.resolve('ts-node/dist/bin'), '-T', '-P', path.join(ROOT, 'tsconfig.json'), script],
      { cwd: ROOT, encoding: 'utf8', env: { ...process.env, TFJS_SESSION_QUIET: '1' } },
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\[\[node x \(defined at .*script\.ts:12:14\) \]\]/);
    expect(stdout).toMatch(/a: x:0 \[\?,4\], made at .*script\.ts:12:14\n/);
    expect(stdout).toMatch(/b: zeros_1:0 \[5,3\], made at .*script\.ts:22:16\n/);
    expect(stdout).toMatch(/the failing node is made at .*script\.ts:17:16\n/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
