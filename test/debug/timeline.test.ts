import * as tf from '../../src';
import { devices, open } from '../sweep';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts?: number;
  readonly dur?: number;
  readonly args: Readonly<Record<string, string>>;
}

describe.each(devices())('a traced run on $title', (mode) => {
  let sess: tf.Session;
  let y: tf.Tensor;
  beforeEach(() => {
    tf.resetDefaultGraph();
    const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
    y = tf.matmul(x, new tf.Variable(tf.ones([3, 2]), { name: 'w' })).add(1);
    const init = tf.globalVariablesInitializer();
    sess = open(tf.getDefaultGraph(), mode);
    sess.run(init);
  });
  afterEach(() => sess.close());
  const feeds = { 'x:0': [[1, 2, 3]] };
  const traced = (): tf.RunMetadata => {
    const runMetadata = new tf.RunMetadata();
    sess.run(y, feeds, { options: new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE }), runMetadata });
    return runMetadata;
  };

  test('names its nodes in the order in which they ran, with shapes, times and lines', () => {
    const { stepStats } = traced();
    expect(stepStats!.device).toBe(mode.device);
    expect(stepStats!.nodes.map((n) => n.nodeName)).toEqual(['w', 'w/read', 'MatMul', 'add']);
    const matmul = stepStats!.nodes[2];
    expect(matmul.outputs).toEqual([{ dtype: 'float32', shape: [1, 2] }]);
    expect(matmul.micros).toBeGreaterThan(0);
    expect(matmul.line).toMatch(/timeline\.test\.ts:\d+:\d+/);
  });
  test('is also whole when the plan runs as one on the device otherwise', () => {
    for (let i = 0; i < 150; i++) sess.run(y, feeds);
    expect(traced().stepStats!.nodes.map((n) => n.nodeName)).toContain('MatMul');
  });
  test('becomes a Chrome trace', () => {
    const { traceEvents } = JSON.parse(new tf.Timeline(traced().stepStats!).generateChromeTraceFormat()) as {
      traceEvents: TraceEvent[];
    };
    const complete = traceEvents.filter((e) => e.ph === 'X');
    expect(complete.map((e) => e.name)).toContain('MatMul');
    for (const e of complete) expect(e.ts! >= 0 && e.dur! >= 0).toBe(true);
    expect(complete.find((e) => e.name === 'MatMul')!.args['name']).toBe('MatMul');
  });
  test('sums up by op, with the overhead of the run', () => {
    const summary = tf.profile([traced().stepStats!, traced().stepStats!]);
    const matmul = summary.rows.find((r) => r.op === 'MatMul')!;
    expect(matmul.count).toBe(2);
    expect(summary.rows.reduce((s, r) => s + r.micros, 0) + summary.overhead).toBeCloseTo(summary.micros, 3);
    expect(summary.toString()).toContain('(overhead of the run)');
  });
  test('is not made where nobody asks', () => {
    const runMetadata = new tf.RunMetadata();
    sess.run(y, feeds, { runMetadata });
    expect(runMetadata.stepStats).toBeNull();
  });
});
