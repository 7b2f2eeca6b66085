/** What the passes leave is settled: asked again, none of them finds anything more. */
import * as tf from '../../src';
import { toNDArray } from '../../src/base/to-ndarray';
import { loadHostKernels } from '../../src/kernels/devices';
import { Facts } from '../../src/plan/facts';
import { optimize } from '../../src/plan/optimize';
import { mergeCommonSubexpressions } from '../../src/plan/passes/common';
import { foldConstants } from '../../src/plan/passes/fold';
import { removeDeadBranches } from '../../src/plan/passes/ways';
import { prune } from '../../src/plan/prune';
import { removeDead, rewriteAll } from '../../src/plan/rewrite';
import { built, rows } from '../session/recorded-loops';

loadHostKernels();

test.each([...rows.right, ...rows.random].map((row) => [row.name, row] as const))('%s', (_, row) => {
  const graph = built(row);
  const [{ feeds }] = row.runs;
  const shapes = Object.values(feeds).map((value) => toNDArray(value).shape);
  const fetches = row.fetches.map((name) => graph.getTensorByName(name.includes(':') ? name : `${name}:0`));
  const fed = Object.keys(feeds).map((name) => graph.getTensorByName(name.includes(':') ? name : `${name}:0`));
  // A loop that TensorFlow refuses has no plan.
  if (row.runs.some(({ error }) => error?.[1].includes('different frames'))) return;
  const pruned = prune(fetches, [], fed);
  if (optimize(pruned, shapes)!.fault !== null) return;
  const facts = new Facts(pruned, shapes);
  expect(facts.fault).toBeNull();
  expect(foldConstants(pruned, facts)).toBe(0);
  expect(removeDeadBranches(pruned, facts)).toBe(0);
  expect(mergeCommonSubexpressions(pruned)).toBe(0);
  expect(removeDead(pruned, facts)).toBe(0);
});

describe('what stands in the place of a node', () => {
  let x: tf.Tensor;
  beforeEach(() => {
    tf.resetDefaultGraph();
    x = tf.placeholder(tf.float32, [2], { name: 'x' });
  });
  /** Readers and waiters of the nodes that are left, by name. */
  const edges = (pruned: ReturnType<typeof prune>): string[] =>
    pruned.nodes.map(({ op, inputs, controls }) => {
      const from = inputs.map((s) => ('feed' in s ? 'x' : `${s.node.op.name}:${s.index}`));
      return `${op.name}(${[...from, ...controls.map((c) => `^${c.op.name}`)].join(', ')})`;
    });

  test('an edge: for who reads it, who waits for it, and as a target', () => {
    const graph = tf.getDefaultGraph();
    const a = tf.exp(x, { name: 'a' });
    const b = tf.negative(a, { name: 'b' });
    const after = graph.controlDependencies([b], () => tf.multiply(x, x, { name: 'after' }));
    const pruned = prune([tf.add(b, 1, { name: 'sum' }), after], [b.op], [x]);
    expect(rewriteAll(pruned, ({ op, inputs }) => (op === b.op ? inputs[0] : null))).toBe(1);
    expect(edges(pruned)).toEqual(expect.arrayContaining(['a(x)', 'sum(a:0, sum/y:0)', 'after(x, x, ^a)']));
    expect(pruned.targets.map(({ op }) => op.name)).toEqual(['a']);
  });
  test('another node, output for output', () => {
    const graph = tf.getDefaultGraph();
    const [a0, a1] = tf.split(x, 2, 0, { name: 'a' });
    const [b0, b1] = tf.split(x, 2, 0, { name: 'b' });
    const after = graph.controlDependencies([b0.op], () => tf.multiply(x, x, { name: 'after' }));
    const pruned = prune([a0, b0, a1, b1, after], [], [x]);
    const first = pruned.nodes.find(({ op }) => op === a0.op)!;
    expect(rewriteAll(pruned, (node) => (node.op === b0.op ? first : null))).toBe(1);
    expect(pruned.fetches.slice(0, 4)).toEqual([0, 0, 1, 1].map((index) => ({ node: first, index })));
    expect(edges(pruned)).toContain('after(x, x, ^a)');
    expect(b1.op).toBe(b0.op);
  });
});
