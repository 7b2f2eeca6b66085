/**
 * Training on a cluster: variables on a parameter server, and any number of workers that train them, each at its own
 * pace. The servers are TensorFlow's own, in Python with TensorFlow 1.x; docs/server.md has the script, task.py:
 *
 *     python task.py ps 0 &  python task.py worker 0 &  python task.py worker 1 &
 *     npx ts-node examples/cluster.ts 0 &
 *     npx ts-node examples/cluster.ts 1
 *
 * A worker may be killed and started again: the training goes on.
 */
import * as tf from 'tfjs-session';

const STEPS = 2000;
const BATCH = 100;
const cluster = new tf.train.ClusterSpec({
  ps: (process.env['PS'] ?? 'localhost:2222').split(','),
  worker: (process.env['WORKERS'] ?? 'localhost:2223,localhost:2224').split(','),
});
const folder = process.env['FOLDER'] ?? '/tmp/cluster-model';

function train(task: number): void {
  const workerDevice = `/job:worker/task:${task}`;
  const { x, y, cost, step, trainStep } = tf.device(tf.train.replicaDeviceSetter({ cluster, workerDevice }), () => {
    const x = tf.placeholder(tf.float32, [null, 784]);
    const y = tf.placeholder(tf.int64, [null]);
    const hidden = tf.layers.dense(x, 100, tf.nn.relu);
    const logits = tf.layers.dense(hidden, 10);
    const cost = tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: y, logits }));
    const step = tf.train.getOrCreateGlobalStep();
    return { x, y, cost, step, trainStep: new tf.train.GradientDescentOptimizer(0.3).minimize(cost, step) };
  });
  const { train: digits } = tf.examples.tutorials.mnist.inputData.readDataSets();
  const settings = {
    master: `grpc://${cluster.taskAddress('worker', task)}`,
    // One of them initializes the variables, and writes checkpoints.
    isChief: task === 0,
    checkpointDir: folder,
    saveCheckpointSteps: 500,
    // The other worker may be away.
    config: { deviceFilters: ['/job:ps', workerDevice] },
    hooks: [new tf.train.StopAtStepHook({ lastStep: STEPS })],
  };
  tf.train.MonitoredTrainingSession(settings, (session) => {
    for (let i = 0; !session.shouldStop(); i++) {
      const [images, labels] = digits.nextBatch(BATCH);
      const [at, value] = session.run([step, cost, trainStep], { [x.name]: images, [y.name]: labels });
      if (i % 100 === 0) console.log(`worker ${task}: step ${at}, cost ${value}`);
    }
  });
}
train(Number(process.argv[2] ?? 0));
