/**
 * Loops of raw ops, right and wrong ones, as TensorFlow 1.15 runs them (record/loops.py); and what goes on for long,
 * deep or not at all.
 */
import * as tf from '../../src';
import { apply, applyOp } from '../../src/graph/apply';
import { devices, open } from '../sweep';
import { built, outcome, rows, single } from './recorded-loops';

describe.each(devices())('recorded loops, $title', (mode) => {
  test.each(rows.right)('$name', (row) => {
    const sess = open(built(row), mode);
    const alive: number[] = [];
    for (let run = 0; run < 40; run++)
      for (const { feeds, values, error } of row.runs) {
        if (row.init) sess.run(row.init);
        const found = outcome(sess, row, feeds);
        if (error) expect(found).toEqual(error);
        else expect(single(found)).toEqual(single(values));
        alive.push(sess.device.tensorsAlive());
      }
    // Constants come to the device once, in the first runs with plans of their own.
    expect(alive[alive.length - 1]).toBe(alive[30]);
    sess.close();
  });
  test('random programs', () => {
    for (const row of rows.random) {
      const sess = open(built(row), mode);
      for (let run = 0; run < 24; run++)
        for (const { feeds, values } of row.runs)
          expect({ name: row.name, run, found: outcome(sess, row, feeds) }).toEqual({
            name: row.name,
            run,
            found: values,
          });
      sess.close();
    }
  });
});

describe('loops that are none', () => {
  // TensorFlow 1.15 ends the process on these.
  const CRASHES: Readonly<Record<string, string>> = {
    exit_from_nowhere: "{{node x}} (op: 'Exit') is in no loop.",
    round_nowhere: "{{node n}} (op: 'NextIteration') is in no loop.",
  };
  test.each(rows.wrong)('$name', (row) => {
    const [{ error, feeds }] = row.runs;
    const sess = open(built(row), devices()[0]);
    const [kind, text] = error![0] === 'crash' ? ['InvalidArgumentError', CRASHES[row.name]] : error!;
    for (let run = 0; run < 4; run++) expect(outcome(sess, row, feeds)).toEqual([kind, text]);
    sess.close();
  });
});
describe.each(devices())('what goes on for long, $title', (mode) => {
  /** What TensorFlow's while_loop makes of one variable. */
  const counter = (x: tf.Tensor, end: number, step: number, name = 'f'): tf.Tensor => {
    const graph = tf.getDefaultGraph();
    const [enter, limit, by] = [x, end, step].map((v, i) =>
      apply('Enter', [tf.convertToTensor(v, x.dtype)], { frame_name: name, is_constant: i > 0 }),
    );
    const merge = apply('Merge', [[enter, enter]]);
    const [no, yes] = applyOp('Switch', [merge, apply('LoopCond', [merge.less(limit)])]).outputs;
    graph.updateInput(merge.op, 1, apply('NextIteration', [yes.add(by)]));
    return apply('Exit', [no]);
  };
  beforeEach(() => tf.resetDefaultGraph());

  test('a million iterations take no more memory than ten thousand', () => {
    const x = tf.placeholder(tf.int32, []);
    const y = counter(x, 0, 1);
    const sess = open(tf.getDefaultGraph(), mode);
    for (let i = 0; i < 5; i++) expect(sess.run(y, { [x.name]: -2000 })).toBe(0);
    const [rss, alive] = [process.memoryUsage().rss, sess.device.tensorsAlive()];
    // A million on one device; the others run the same loop over the same arrays.
    expect(sess.run(y, { [x.name]: mode.title === devices()[0].title ? -1_000_000 : -100_000 })).toBe(0);
    expect(process.memoryUsage().rss - rss).toBeLessThan(60e6);
    expect(sess.device.tensorsAlive()).toBe(alive);
    sess.close();
  });
  test('twenty loops, each in the one before', () => {
    const graph = tf.getDefaultGraph();
    // Twice on one level in four, once on the others.
    const level = (x: tf.Tensor, depth: number): tf.Tensor => {
      if (depth === 20) return x.add(x);
      const name = `f${depth}`;
      const rounds = depth % 4 === 0 ? 2 : 1;
      const [i0, end, one] = [x.sub(x), rounds === 2 ? x.div(x).add(x.div(x)) : x.div(x), x.div(x)].map((v, i) =>
        apply('Enter', [v], { frame_name: name, is_constant: i > 0 }),
      );
      const x0 = apply('Enter', [x], { frame_name: name });
      const [i, v] = [i0, x0].map((e) => apply('Merge', [[e, e]]));
      const more = apply('LoopCond', [i.less(end)]);
      const [[, iYes], [out, vYes]] = [i, v].map((m) => applyOp('Switch', [m, more]).outputs);
      graph.updateInput(i.op, 1, apply('NextIteration', [iYes.add(one)]));
      graph.updateInput(v.op, 1, apply('NextIteration', [level(vYes, depth + 1)]));
      return apply('Exit', [out]);
    };
    const x = tf.placeholder(tf.float32, []);
    const y = level(x, 0);
    const sess = open(graph, mode);
    // Five levels go twice: x is doubled 32 times.
    for (let run = 0; run < 30; run++) expect(sess.run(y, { [x.name]: 1 })).toBe(2 ** 32);
    sess.close();
  });
  test('a loop that never ends is ended by its timeout', () => {
    const y = counter(tf.placeholder(tf.float32, [], { name: 'x' }), 1, 0);
    const sess = open(tf.getDefaultGraph(), mode);
    const run = (): unknown => sess.run(y, { 'x:0': 0 }, { options: new tf.RunOptions({ timeoutInMs: 30 }) });
    expect(run).toThrow(tf.errors.DeadlineExceededError);
    expect(run).toThrow('Timed out waiting for notification');
    expect(sess.run(y, { 'x:0': 2 })).toBe(2);
    sess.close();
  });
  test('an error says in which loop and iteration', () => {
    const graph = tf.getDefaultGraph();
    const x = tf.placeholder(tf.int32, []);
    const [enter, limit] = [x, tf.constant(9, tf.int32)].map((v, i) =>
      apply('Enter', [v], { frame_name: 'count', is_constant: i > 0 }),
    );
    const merge = apply('Merge', [[enter, enter]]);
    const [no, yes] = applyOp('Switch', [merge, apply('LoopCond', [merge.less(limit)])]).outputs;
    const [one, five] = graph.controlDependencies([tf.identity(yes).op], () =>
      [1, 5].map((n) => tf.constant(n, tf.int32)),
    );
    graph.updateInput(
      merge.op,
      1,
      apply('NextIteration', [yes.add(apply('Div', [one, yes.sub(five)]).mul(yes.sub(yes))).add(one)]),
    );
    const sess = open(graph, mode);
    const out = apply('Exit', [no]);
    for (let run = 0; run < 5; run++) {
      expect(() => sess.run(out, { [x.name]: 2 })).toThrow(
        /^Integer division by zero\n.*\n {2}in frame 'count', iteration 3\n/,
      );
      expect(sess.run(out, { [x.name]: 6 })).toBe(9);
    }
    sess.close();
  });
});
