/** Errors inside loops and functions: which iteration, and the user's line, in every way that a loop may run. */
import * as tf from '../../src';
import { devices } from '../devices';
import { pattern } from '../pattern';

const int = (n: number): tf.Tensor => tf.constant(n, tf.int32);
/** Runs so often that parts of the plan run as one, and fails in the last. */
function failure(build: (bad: tf.Tensor) => tf.Tensor, runs: number, config: object, functional: boolean): string {
  const graph = new tf.Graph();
  const y = graph.asDefault(() => {
    if (functional) tf.enableControlFlowV2();
    try {
      return build(tf.placeholder(tf.int32, [], { name: 'bad' }));
    } finally {
      tf.disableControlFlowV2();
    }
  });
  const sess = new tf.Session('', { graph, config: { ...config, advice: false } });
  try {
    for (let run = 1; run < runs; run++) sess.run(y, { 'bad:0': -1 });
    sess.run(y, { 'bad:0': 17 });
  } catch (error) {
    return (error as Error).message;
  } finally {
    sess.close();
  }
  throw new Error('nothing failed');
}
/** An element that there is not, where `at` is what is fed. */
const pick = (at: tf.Tensor, bad: tf.Tensor, from: tf.Tensor): tf.Tensor =>
  tf.gather(from, tf.where(tf.equal(at, bad), int(9), int(1)));
/** The lines of this file at which a node was made, and those that call the functions that it is in. */
const lines = (message: string): number[] =>
  [...message.matchAll(/(?:defined|called by .* \(made) at .*places\.test\.ts:(\d+)/g)].map((at) => Number(at[1]));
const rows = (): tf.Tensor => tf.constant([1, 2, 3, 4]);
const pickLine = new tf.Graph().asDefault(() =>
  Number(String(pick(int(1), int(1), rows()).op.trace.line).split(':')[1]),
);

const single = (bad: tf.Tensor): tf.Tensor =>
  tf.whileLoop(
    (i) => tf.less(i, 30),
    (i, s) => [i.add(1), s.add(pick(i, bad, rows()))],
    [int(0), tf.zeros([40])],
  )[1];
const nested = (bad: tf.Tensor): tf.Tensor =>
  tf.whileLoop(
    (i) => tf.less(i, 5),
    (i, s) => {
      const [, inner] = tf.whileLoop(
        (j) => tf.less(j, 5),
        (j, t) => [j.add(1), t.add(pick(i.mul(5).add(j), bad, rows()))],
        [int(0), s],
      );
      return [i.add(1), inner];
    },
    [int(0), tf.zeros([40])],
  )[1];
const branched = (bad: tf.Tensor): tf.Tensor =>
  tf.whileLoop(
    (i) => tf.less(i, 30),
    (i, s) => [
      i.add(1),
      tf.cond(
        tf.greater(i, 3),
        () => s.add(pick(i, bad, rows())),
        () => s.mul(2),
      ),
    ],
    [int(0), tf.zeros([40])],
  )[1];

const WAYS = [
  ['by rule', {}],
  ['as one', { graphOptions: { wholeGraph: true } }],
  ['step by step', { graphOptions: false }],
] as const;
describe.each(devices())('on $title', ({ device }) => {
  describe.each(WAYS)('%s', (_, config) => {
    const all = { device, ...config };
    test.each([1, 25])('a loop, run %i', (runs) => {
      const message = failure(single, runs, all, false);
      expect(message).toMatch(
        /^indices = 9 is not in \[0, 4\)\n\t \[\[node while\/GatherV2 \(defined at .*places\.test/,
      );
      expect(message).toContain("\n  in frame 'while/while_context', iteration 17\n");
      const functional = failure(single, runs, all, true);
      expect(functional).toContain("\n  in frame 'while', iteration 17\n");
      expect(lines(functional)).toEqual([pickLine, expect.any(Number)]);
    });
    test.each([1, 25])('a loop in a loop, run %i', (runs) => {
      expect(failure(nested, runs, all, false)).toContain(
        "\n  in frame 'while/while_context', iteration 3, frame 'while/while/while_context', iteration 2\n",
      );
      const functional = failure(nested, runs, all, true);
      expect(functional).toContain("\n  in frame 'while', iteration 3, frame 'while/body/while', iteration 2\n");
      expect(lines(functional)).toEqual([pickLine, expect.any(Number), expect.any(Number)]);
    });
    test.each([1, 25])('a branch in a loop, run %i', (runs) => {
      for (const functional of [false, true])
        expect(failure(branched, runs, all, functional)).toMatch(/\n {2}in frame 'while[\w/]*', iteration 17\n/);
    });
  });
  test('functions and the gradients in them', () => {
    const log = (): string => {
      const graph = new tf.Graph();
      return graph.asDefault(() => {
        const square = tf.Defun(tf.float32, { funcName: 'Checked' })((x) => tf.checkNumerics(tf.sqrt(x), 'root'));
        const y = square(tf.constant(-1));
        return failing(y, device);
      });
    };
    expect(log()).toMatch(
      pattern(
        /^root : Tensor had NaN values\n.*places\.test\.ts:\d+:.*\n/,
        / {2}in function 'Checked', called by 'Checked' \(made at .*places\.test\.ts:/,
      ),
    );
  });
  test.each([false, true])('the gradient of a loop (functions: %s)', (functional) => {
    const graph = new tf.Graph();
    const message = graph.asDefault(() => {
      if (functional) tf.enableControlFlowV2();
      const x = tf.constant([4, 1]);
      const body = (i: tf.Tensor, s: tf.Tensor): tf.Tensor[] => [
        i.add(1),
        tf.sqrt(tf.where(tf.equal(i, 3), s.mul(0), s)),
      ];
      const [, y] = tf.whileLoop((i) => tf.less(i, 6), body, [int(0), x]);
      const [dx] = tf.gradients(y, [x]);
      tf.disableControlFlowV2();
      return failing(dx, device, { checkNumerics: true });
    });
    expect(message).toMatch(/Sqrt_grad\/SqrtGrad:0 : Tensor had Inf values\n/);
    expect(message).toMatch(/\n {2}in frame 'gradients\/while\w*(\/while_\w+)?', iteration 0\n/);
    expect(message).toMatch(
      /\n {2}in the gradient of '.*Sqrt', made at .*places\.test\.ts:\d+:\d+, whose last iteration comes first\n/,
    );
  });
  test.each([false, true])('a loop that does not end in time (functions: %s)', (functional) => {
    const graph = new tf.Graph();
    const message = graph.asDefault(() => {
      if (functional) tf.enableControlFlowV2();
      const [i] = tf.whileLoop(
        (j) => tf.greaterEqual(j, 0),
        (j, k) => [tf.maximum(j.sub(1), int(1)), k],
        [int(5), int(0)],
      );
      tf.disableControlFlowV2();
      return failing(i, device, { operationTimeoutInMs: 20 }, 25);
    });
    expect(message).toMatch(
      /^Timed out waiting for notification\n {2}in frame 'while(\/while_context)?', iteration \d+$/,
    );
  });
  test.each([false, true])('what waits in a loop is told once, with its iteration (functions: %s)', (functional) => {
    const graph = new tf.Graph();
    const message = graph.asDefault(() => {
      if (functional) tf.enableControlFlowV2();
      const queue = new tf.FIFOQueue(3, [tf.int32], { shapes: [[]] });
      const [, y] = tf.whileLoop(
        (i) => tf.less(i, 3),
        (i, s) => [i.add(1), s.add(queue.dequeue())],
        [int(0), int(0)],
      );
      tf.disableControlFlowV2();
      return failing(y, device);
    });
    expect(message).toMatch(
      pattern(
        /^The run would have to wait for 'while\/[\w/]*Dequeue' \(op type: QueueDequeueV2, which waits for an element /,
        /of the queue 'fifo_queue'\) in frame 'while(\/while_context)?', iteration 0\n/,
      ),
    );
  });
});
function failing(y: tf.Tensor, device: string, config: object = {}, runs = 1): string {
  const sess = new tf.Session('', { graph: y.graph, config: { device, advice: false, ...config } });
  try {
    for (let run = 1; run < runs; run++) expect(() => sess.run(y)).toThrow();
    sess.run(y);
  } catch (error) {
    return (error as Error).message;
  } finally {
    sess.close();
  }
  throw new Error('nothing failed');
}
