/** A training under a monitored session that is killed and started again, ten times, ends as one that was let alone. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../../src';
import { devices } from '../devices';
import { ROOT } from '../structure/files';

const STEPS = 330;
const KILLS = 10;
/** The tutorial's network; which pictures a step sees follows from its number alone. */
const PROGRAM = `
  const tf = require('./src');
  const [folder, device] = process.argv.slice(1);
  tf.setRandomSeed(3);
  const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
  const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
  const W1 = new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }), { name: 'W1' });
  const b1 = new tf.Variable(tf.zeros([100]), { name: 'b1' });
  const W2 = new tf.Variable(tf.truncatedNormal([100, 10], { stddev: 0.1 }), { name: 'W2' });
  const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });
  const hidden = tf.nn.relu(tf.matmul(tf.reshape(X, [-1, 784]), W1).add(b1));
  const logits = tf.matmul(hidden, W2).add(b2);
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
  const step = tf.train.getOrCreateGlobalStep();
  const trainStep = new tf.train.AdamOptimizer(0.001).minimize(cost, step);
  const batch = (n) => {
    const images = new Float32Array(100 * 784);
    const labels = new Float32Array(1000);
    let seed = n + 1;
    const next = () => (seed = Math.imul(seed, 1664525) + 1013904223) >>> 8;
    for (let i = 0; i < images.length; i++) images[i] = (next() % 256) / 255;
    for (let i = 0; i < 100; i++) labels[i * 10 + (next() % 10)] = 1;
    const array = (shape, data) => new tf.NDArray(tf.float32, shape, data);
    return { 'X:0': array([100, 28, 28, 1], images), 'Y:0': array([100, 10], labels) };
  };
  const options = {
    checkpointDir: folder,
    saveCheckpointSteps: 10,
    config: { device },
    hooks: [new tf.train.StopAtStepHook({ lastStep: ${STEPS} })],
  };
  tf.train.MonitoredTrainingSession(options, (session) => {
    let at = Number(session.run(step));
    while (!session.shouldStop()) {
      session.run(trainStep, batch(at));
      process.stdout.write(\`step \${++at}\\n\`);
    }
  });
  process.stdout.write('done\\n');
`;
/** Runs it until it writes the line of a step, and kills it there; null lets it end. @returns the steps that it did */
function train(folder: string, device: string, killAt: number | null): Promise<number[]> {
  const child = spawn(process.execPath, ['-r', require.resolve('../transpiled.cjs'), '-e', PROGRAM, folder, device], {
    cwd: ROOT,
    env: { ...process.env, TFJS_SESSION_QUIET: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, wrong] = ['', ''];
  child.stderr.on('data', (text) => (wrong += text));
  child.stdout.on('data', (text) => {
    out += text;
    if (killAt !== null && out.includes(`step ${killAt}\n`)) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) =>
    child.on('close', (code) => {
      if (killAt === null && code !== 0) reject(new Error(wrong));
      else resolve([...out.matchAll(/^step (\d+)$/gm)].map(([, at]) => Number(at)));
    }),
  );
}
/** What a checkpoint holds. */
function weights(folder: string): [name: string, values: readonly number[]][] {
  return tf.train
    .listVariables(folder)
    .map(([name]) => [name, Array.from(tf.train.loadVariable(folder, name).data, Number)]);
}
test.each(devices())(
  'killed ten times, it ends with the same weights on $title',
  async ({ device }) => {
    const folders = ['whole', 'killed'].map((name) => mkdtempSync(path.join(tmpdir(), `training-${name}-`)));
    try {
      const [whole, killed] = folders;
      const all = await train(whole, device, null);
      expect(all).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));
      for (let i = 1; i <= KILLS; i++) {
        const steps = await train(killed, device, i * 30 + ((i * 7) % 10));
        // It goes on from a checkpoint, which is at most ten steps behind the last kill.
        const before = i === 1 ? 0 : (i - 1) * 30 + (((i - 1) * 7) % 10);
        expect(steps[0]).toBeLessThanOrEqual(before + 60);
        expect(steps[0]).toBeGreaterThan(before - 10);
      }
      const last = await train(killed, device, null);
      expect(last[0]).toBeGreaterThan(1);
      expect(last[last.length - 1]).toBe(STEPS);
      expect(path.basename(tf.train.latestCheckpoint(killed)!)).toBe(`model.ckpt-${STEPS}`);
      const [got, wanted] = [weights(killed), weights(whole)];
      expect(got.map(([name]) => name)).toEqual(wanted.map(([name]) => name));
      expect(got.map(([name]) => name)).toContain('W1/Adam');
      // To the bit: which run of a session a step is changes none.
      const others = got.filter(([, values], i) => !values.every((v, k) => Object.is(v, wanted[i][1][k])));
      expect(others.map(([name]) => name)).toEqual([]);
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    }
  },
  900_000,
);
