/** What the workloads share: a session as configured, and a training step in it. */
import * as tf from '../src';
import type { SessionConfig } from '../src/session/config';
import type { Bench } from './serve';

type Feeds = Readonly<Record<string, number | Float32Array>>;

/**
 * A session with the configuration in BENCH_CONFIG: what a part of it is worth is measured by switching it off. On the
 * server in BENCH_TARGET, where that names one.
 */
export function openSession(graph?: tf.Graph): tf.Session {
  const config = JSON.parse(process.env['BENCH_CONFIG'] ?? '{}') as SessionConfig;
  return new tf.Session(process.env['BENCH_TARGET'] ?? '', { graph, config });
}
/** A step: the train op and the cost, in one run. */
export function trained(
  cost: tf.Tensor,
  optimizer: { minimize(cost: tf.Tensor): tf.Operation },
  feeds: () => Feeds,
): Bench {
  const trainStep = optimizer.minimize(cost);
  const sess = openSession();
  sess.run(tf.globalVariablesInitializer());
  return {
    step: () => sess.run([trainStep, cost], feeds())[1] as number,
    profile: () => profileOf(sess, trainStep, feeds),
  };
}

/** Runs to look at, after those that warm up. */
const RUNS = 20;
function profileOf(sess: tf.Session, trainStep: tf.Operation, feeds: () => Feeds): string {
  const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
  const runs = Array.from({ length: 2 * RUNS }, () => {
    const runMetadata = new tf.RunMetadata();
    sess.run(trainStep, feeds(), { options, runMetadata });
    return runMetadata;
  });
  // The median run: what else the machine did has made others longer.
  const { stepStats, optimizations } = runs.slice(RUNS).sort((a, b) => a.stepStats!.micros - b.stepStats!.micros)[
    RUNS >> 1
  ];
  return `${optimizations}\n${tf.profile(stepStats!)}`;
}
