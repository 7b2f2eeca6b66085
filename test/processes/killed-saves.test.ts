/** A process that is killed while it saves leaves the last whole checkpoint, and the state names it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../../src';
import { devices } from '../devices';
import { ROOT } from '../structure/files';

const KILLS = 12;
/** Two variables, one large enough for a device to write it itself; a save with a step and one under the same name. */
const PROGRAM = `
  const tf = require('./src');
  const [folder, device, from] = process.argv.slice(1);
  const value = tf.placeholder(tf.float32, []);
  const large = new tf.Variable(tf.zeros([2100, 2100]), { name: 'large' });
  const small = new tf.Variable(0, { name: 'small', dtype: tf.float32 });
  const product = tf.matmul(tf.fill([2100, 1], value), tf.ones([1, 2100]));
  const assign = tf.group(tf.assign(large, product), tf.assign(small, value));
  const saver = new tf.train.Saver({ maxToKeep: 2 });
  const sess = new tf.Session('', { config: { device, advice: false } });
  for (let i = Number(from); ; i++) {
    sess.run(assign, { [value.name]: i });
    saver.save(sess, folder + '/model', i % 2 ? i : null, { writeMetaGraph: false });
    require('node:fs').writeSync(1, i + '\\n');
  }
`;
/** Lets it save for a while. @returns  the last save that it told of */
function saving(folder: string, device: string, from: number, milliseconds: number): Promise<number> {
  const args = ['-r', require.resolve('../transpiled.cjs'), '-e', PROGRAM, folder, device, String(from)];
  const env = { ...process.env, TFJS_SESSION_QUIET: '1' };
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.on('data', (text) => (told += text));
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
  return new Promise((resolve) => child.on('close', () => resolve(Number(told.trim().split('\n').pop()))));
}
test.each(devices())(
  'on $title',
  async ({ device }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'killed-saves-'));
    try {
      let last = 0;
      for (let i = 0; i < KILLS; i++) {
        last = await saving(folder, device, last + 1, 100 + ((i * 137) % 1000));
        const latest = tf.train.latestCheckpoint(folder)!;
        const large = tf.train.loadVariable(latest, 'large').data as Float32Array;
        // What was told of was whole; the one behind it may be.
        expect([last, last + 1]).toContain(large[0]);
        expect(large.every((x) => x === large[0])).toBe(true);
        expect(tf.train.loadVariable(latest, 'small').item()).toBe(large[0]);
        last = large[0];
      }
      await saving(folder, device, last + 1, 1000);
      const left = readdirSync(folder).filter((name) => name.includes('tempstate'));
      expect(left.length).toBeLessThanOrEqual(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  600_000,
);
