/** Programs of test/fixtures/record/queues.py, on accumulators and queue runners. */
import * as tf from '../../src';
import type { Programs } from './run';

const rows = (indices: number[], values: number[][], shape = [3, 2]): tf.IndexedSlices =>
  new tf.IndexedSlices(tf.constant(values), tf.constant(indices, tf.int64), tf.constant(shape, tf.int64));

export const SHARED_WORK: Programs = {
  async means_of_gradients(run) {
    const a = new tf.ConditionalAccumulator(tf.float32, [2], { name: 'a' });
    const x = tf.placeholder(tf.float32);
    run.now(a.applyGrad([1, 2]));
    run.now(a.numAccumulated());
    run.now(a.applyGrad([3, 3], 0));
    run.now(a.takeGrad(2));
    run.now(a.numAccumulated());
    run.now(a.applyGrad([9, 9], 0));
    run.now(a.numAccumulated());
    run.now(a.applyGrad(x, 1), [[x, [1, 2, 3]]]);
    run.build(() => a.applyGrad([1, 2, 3]));
    run.now(a.takeGrad(0));
    run.now(a.takeGrad(-1));
    run.now(a.setGlobalStep(5));
    run.now(a.applyGrad([1, 1], 4));
    run.now(a.numAccumulated());
    run.now(a.setGlobalStep(3));
    run.now(a.applyGrad([1, 1], 4));
    const got = run.wait(a.takeGrad(3));
    run.now(a.applyGrad([2, 2], { localStep: 9 }));
    run.now(a.applyGrad([2, 2], { localStep: 9 }));
    await got();
  },
  sums_of_gradients(run) {
    for (const dtype of [tf.float32, tf.float64, tf.float16]) {
      const b = new tf.ConditionalAccumulator(dtype, { shape: [2], reductionType: 'SUM', name: 'b' });
      for (let i = 0; i < 3; i++) run.now(b.applyGrad(tf.cast([0.1, 2], dtype)));
      run.now(tf.toDouble(b.takeGrad(2)));
    }
    const c = new tf.ConditionalAccumulator(tf.float32, { name: 'c' });
    const x = tf.placeholder(tf.float32);
    const put = c.applyGrad(x, 4);
    run.now(put, [[x, [1, 2]]]);
    run.now(put, [[x, [1, 2, 3]]]);
    run.now(c.takeGrad(1));
    run.now(put, [[x, [1, 2, 3]]]);
    run.now(c.numAccumulated());
    run.build(() => new tf.ConditionalAccumulator(tf.float32, { reductionType: 'X' as 'SUM' }));
  },
  means_of_rows(run) {
    const z = new tf.SparseConditionalAccumulator(tf.float32, [3, 2], { name: 'z' });
    const late = { localStep: 9 };
    run.now(
      z.applyIndexedSlicesGrad(
        rows(
          [0, 2],
          [
            [1, 1],
            [2, 2],
          ],
        ),
      ),
    );
    run.now(
      z.applyIndexedSlicesGrad(
        rows(
          [1, 2],
          [
            [3, 3],
            [4, 4],
          ],
        ),
      ),
    );
    run.now(z.takeGrad(2));
    run.now(
      z.applyIndexedSlicesGrad(
        rows(
          [2, 0, 2],
          [
            [1, 1],
            [2, 2],
            [5, 5],
          ],
        ),
        1,
      ),
    );
    run.now(
      z.applyIndexedSlicesGrad(
        rows(
          [1, 0],
          [
            [1, 1],
            [2, 2],
          ],
        ),
        1,
      ),
    );
    run.now(z.takeGrad(1));
    run.now(z.applyIndexedSlicesGrad(rows([7], [[1, 1]]), 2));
    run.now(z.applyIndexedSlicesGrad(rows([0], [[1, 1, 1]], [3, 3]), late));
    run.now(z.applyIndexedSlicesGrad(rows([0], [[1, 1]], [3]), late));
    run.now(z.applyGrad([0], [[1, 1, 1]], late));
    run.now(z.applyGrad([0], [[1, 1]], late));
    run.now(z.applyGrad([0], [[1, 1, 1]], late));
    run.now(z.applyGrad([0], [[[1], [1]]], late));
    run.now(z.takeGrad(1));
    run.now(z.applyGrad([0, 1], [[1, 1]], late));
    run.now(z.applyGrad([0], 1, late));
    run.now(z.applyGrad([[0]], [[1, 1]], late));
    run.now(z.applyGrad(tf.constant([], tf.int64), tf.zeros([0, 2]), late));
    run.now(z.takeGrad(1));
    const s = new tf.SparseConditionalAccumulator(tf.float32, { name: 's', reductionType: 'SUM' });
    run.now(s.applyGrad([0], [[1, 1]]));
    run.now(s.applyGrad([0], [[1, 1]], [5, 2]));
    run.now(s.takeIndexedSlicesGrad(2).values);
  },
  a_runner_fills(run) {
    const i = new tf.Variable(0, { name: 'i', trainable: false, dtype: tf.int32 });
    run.session.run(i.initializer);
    const q = new tf.FIFOQueue(3, tf.int32, [], { name: 'q' });
    const runner = new tf.train.QueueRunner(q, [q.enqueue(i.countUpTo(7))]);
    tf.train.addQueueRunner(runner);
    run.say([q.queueRef, runner.closeOp, runner.cancelOp, ...runner.enqueueOps].map(({ name }) => name));
    const { queueName, enqueueOpName, closeOpName, cancelOpName } = runner.toProto()!;
    run.say([
      `queue_name: "${queueName}"`,
      `enqueue_op_name: "${enqueueOpName.join()}"`,
      `close_op_name: "${closeOpName}"`,
      `cancel_op_name: "${cancelOpName}"`,
      'queue_closed_exception_types: OUT_OF_RANGE',
      '',
    ]);
    const coord = new tf.train.Coordinator();
    const threads = tf.train.startQueueRunners(run.session, coord);
    run.say(threads.map(({ name }) => name));
    const one = q.dequeue();
    for (let k = 0; k < 8; k++) run.now(one);
    coord.requestStop();
    coord.join(threads);
    run.say(threads.map((thread) => thread.isAlive()));
    run.say(runner.createThreads(run.session, coord, { start: false })[0].name);
    run.build(() => new tf.train.QueueRunner(q, []));
  },
  a_runner_fails(run) {
    const x = tf.constant([1, 2], tf.int32);
    const k = new tf.Variable(0, { name: 'k', trainable: false, dtype: tf.int32 });
    run.session.run(k.initializer);
    const q = new tf.FIFOQueue(3, tf.int32, [], { name: 'q' });
    tf.train.addQueueRunner(new tf.train.QueueRunner(q, [q.enqueue(tf.gather(x, tf.assignAdd(k, 1)))]));
    const coord = new tf.train.Coordinator();
    const threads = tf.train.startQueueRunners(run.session, coord);
    const one = q.dequeue();
    run.now(one);
    run.now(one);
    run.say(coord.shouldStop());
    run.build(() => coord.join(threads));
  },
  workers_in_step(run) {
    const w = new tf.Variable(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      { name: 'w' },
    );
    const b = new tf.Variable(1, { name: 'b' });
    const step = tf.train.getOrCreateGlobalStep();
    const loss = tf.reduceSum(tf.square(tf.nn.embeddingLookup(w, [0, 2]))).add(b.mul(b));
    const ema = new tf.train.ExponentialMovingAverage(0.9);
    const momentum = new tf.train.MomentumOptimizer(0.1, 0.9);
    const averages = { variableAverages: ema, variablesToAverage: [b] };
    const optimizer = new tf.train.SyncReplicasOptimizer(momentum, 2, averages);
    const train = optimizer.minimize(loss, { globalStep: step });
    const init = tf.globalVariablesInitializer();
    const [runner, tokens] = [optimizer.getChiefQueueRunner(), optimizer.getInitTokensOp()];
    run.now(optimizer.readyForLocalInitOp);
    run.session.run(init);
    run.session.run(optimizer.chiefInitOp);
    run.session.run(tokens);
    const coord = new tf.train.Coordinator();
    runner.createThreads(run.session, coord, { daemon: true, start: true });
    const local = tf.localVariables().find(({ name }) => name.includes('sync_rep'))!;
    for (let i = 0; i < 6; i++) run.now(train);
    run.now([step, w, b, ema.average(b)!, local]);
    run.say(optimizer.getSlotNames().sort());
    coord.requestStop();
    const plain = (): tf.train.SyncReplicasOptimizer =>
      new tf.train.SyncReplicasOptimizer(new tf.train.AdamOptimizer(), 2);
    run.build(() => plain().minimize(loss));
    run.build(() => plain().getChiefQueueRunner());
    run.build(() => optimizer.getInitTokensOp(-2));
  },
};
