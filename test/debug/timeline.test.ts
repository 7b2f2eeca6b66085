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

test.each(devices())('loops on $title: in which iteration each node ran', (mode) => {
  const graph = new tf.Graph();
  const y = graph.asDefault(() => {
    const [, sum] = tf.whileLoop(
      (i) => tf.less(i, 2),
      (i, s) => {
        const [, inner] = tf.whileLoop(
          (j) => tf.less(j, 2),
          (j, t) => [j.add(1), tf.square(t)],
          [tf.constant(0, tf.int32), s],
        );
        return [i.add(1), inner];
      },
      [tf.constant(0, tf.int32), tf.constant(2)],
    );
    return sum;
  });
  const sess = open(graph, mode);
  const runMetadata = new tf.RunMetadata();
  for (let run = 0; run < 25; run++)
    sess.run(y, {}, { options: new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE }), runMetadata });
  const loops = runMetadata.stepStats!.nodes.filter(({ op }) => op === 'Square').map((node) => node.loops);
  const [outer, inner] = ['while/while_context', 'while/while/while_context'];
  expect(loops.map((at) => at.map(({ frame }) => frame))).toEqual(new Array(4).fill([outer, inner]));
  expect(loops.map((at) => at.map(({ iteration }) => iteration))).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  const trace = JSON.parse(new tf.Timeline(runMetadata.stepStats!).generateChromeTraceFormat()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const squares = trace.traceEvents.filter(({ name }) => name === 'Square');
  expect(squares[3].args['iteration']).toBe(`${outer}: 1, ${inner}: 1`);
  expect(trace.traceEvents.filter(({ ph }) => ph === 'X').every(({ args }) => 'name' in args)).toBe(true);
  sess.close();
});
