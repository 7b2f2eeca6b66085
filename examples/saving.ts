/**
 * Saving and going on: the variables of one session as a file, and another session that starts from it.
 *
 *     npx ts-node examples/saving.ts
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from 'tfjs-session';

const STEPS = 50;
const x = tf.placeholder(tf.float32, [null], { name: 'x' });
const y = tf.placeholder(tf.float32, [null], { name: 'y' });
const w = new tf.Variable(0, { name: 'w' });
const b = new tf.Variable(0, { name: 'b' });
const cost = tf.reduceMean(tf.square(w.mul(x).add(b).sub(y)));
const trainStep = new tf.train.MomentumOptimizer(0.05, 0.9).minimize(cost);
const init = tf.globalVariablesInitializer();
const feeds = { [x.name]: [1, 2, 3, 4], [y.name]: [1, 3, 5, 7] };

/** Every variable under its name, the optimizer's too, so that training goes on as if nothing had been. */
function save(sess: tf.Session, path: string): void {
  const kept = tf.globalVariables().map((v) => [v.name, sess.run(v)] as const);
  writeFileSync(
    path,
    JSON.stringify(kept.map(([name, value]) => [name, value instanceof tf.NDArray ? value.toArray() : value])),
  );
}
function restore(sess: tf.Session, path: string): void {
  const kept = new Map(JSON.parse(readFileSync(path, 'utf8')) as [string, number][]);
  for (const v of tf.globalVariables()) v.load(kept.get(v.name)!, sess);
}

const path = join(mkdtempSync(join(tmpdir(), 'saving-')), 'variables.json');
const first = new tf.Session();
first.run(init);
for (let step = 0; step < STEPS; step++) first.run(trainStep, feeds);
console.log(`Cost after ${STEPS} steps: ${first.run(cost, feeds).toFixed(6)}`);
save(first, path);
first.close();

const second = new tf.Session();
restore(second, path);
console.log(`Cost in a new session: ${second.run(cost, feeds).toFixed(6)}`);
for (let step = 0; step < STEPS; step++) second.run(trainStep, feeds);
console.log(`Cost after ${STEPS} more: ${second.run(cost, feeds).toFixed(6)}`);
second.close();
