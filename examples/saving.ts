/**
 * Saving and going on: the variables of one session in files, and another session that starts from it.
 *
 *     npx ts-node examples/saving.ts
 */
import { mkdtempSync } from 'node:fs';
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

/** Saves every variable, the optimizer's too, so that training goes on as if nothing had been. */
const saver = new tf.train.Saver();

const folder = mkdtempSync(join(tmpdir(), 'saving-'));
const first = new tf.Session();
first.run(init);
for (let step = 0; step < STEPS; step++) first.run(trainStep, feeds);
console.log(`Cost after ${STEPS} steps: ${first.run(cost, feeds).toFixed(6)}`);
saver.save(first, join(folder, 'model'), STEPS);
first.close();

const second = new tf.Session();
saver.restore(second, tf.train.latestCheckpoint(folder)!);
console.log(`Cost in a new session: ${second.run(cost, feeds).toFixed(6)}`);
for (let step = 0; step < STEPS; step++) second.run(trainStep, feeds);
console.log(`Cost after ${STEPS} more: ${second.run(cost, feeds).toFixed(6)}`);
second.close();
