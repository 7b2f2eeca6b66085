/** What leaves a loop, and what must not: programs with their values are in test/session/loops. */
import * as tf from '../../src';
import { loadHostKernels } from '../../src/kernels/devices';
import { apply, applyOp } from '../../src/graph/apply';
import type { Frame, PlanNode } from '../../src/plan/node';
import { optimize } from '../../src/plan/optimize';
import { prune } from '../../src/plan/prune';

/** What while_loop makes of a counter, a variable and what is the same in every iteration. */
function loop(
  x: tf.Tensor,
  fixed: readonly tf.Tensor[],
  body: (v: tf.Tensor, fixed: readonly tf.Tensor[]) => tf.Tensor,
  name = 'f',
): tf.Tensor {
  const graph = tf.getDefaultGraph();
  const enter = (t: tf.Tensor, isConstant: boolean): tf.Tensor =>
    apply('Enter', [t], { frame_name: name, is_constant: isConstant });
  const [i, v] = [tf.reduceSum(x.mul(0)), x].map((t) => {
    const entered = enter(t, false);
    return apply('Merge', [[entered, entered]]);
  });
  const inside = fixed.map((t) => enter(t, true));
  const few = graph.controlDependencies(null, () => graph.controlDependencies([i.op], () => tf.constant(3, i.dtype)));
  const more = apply('LoopCond', [i.less(few)]);
  const [[, iOn], [out, vOn]] = [i, v].map((m) => applyOp('Switch', [m, more]).outputs);
  const pivot = tf.identity(iOn).op;
  graph.controlDependencies(null, () =>
    graph.controlDependencies([pivot], () => {
      graph.updateInput(i.op, 1, apply('NextIteration', [iOn.add(1)]));
      graph.updateInput(v.op, 1, apply('NextIteration', [body(vOn, inside)]));
    }),
  );
  return apply('Exit', [out]);
}
/** The types of what runs in each frame of the rewritten plan, control flow left out. */
function framesOf(
  fetch: tf.Tensor,
  feeds: readonly tf.Tensor[],
  shapes: readonly number[][],
): Record<string, string[]> {
  const pruned = prune([fetch], [], feeds);
  expect(optimize(pruned, shapes)!.fault).toBeNull();
  const out: Record<string, string[]> = {};
  const note = (frame: Frame, { type, def }: PlanNode): void => {
    if (!def.row.control && type !== 'Const') (out[frame.name] ??= []).push(type);
  };
  for (const node of pruned.nodes) note(node.frame, node);
  return out;
}
let x: tf.Tensor;
let y: tf.Tensor;
loadHostKernels();
beforeEach(() => {
  tf.resetDefaultGraph();
  x = tf.placeholder(tf.float32, [2, 2]);
  y = tf.placeholder(tf.float32, [2, 2]);
});
const both = [
  [2, 2],
  [2, 2],
];

test('what is the same in every iteration is computed where the loop is entered', () => {
  const out = loop(x, [y], (v, [w]) => v.add(tf.tanh(w.matmul(w.mul(2)))));
  const frames = framesOf(out, [x, y], both);
  expect(frames['']).toEqual(expect.arrayContaining(['MatMul', 'Tanh']));
  expect(frames['f']).not.toEqual(expect.arrayContaining(['Tanh']));
  expect(frames['f']).not.toEqual(expect.arrayContaining(['MatMul']));
});
test('it leaves all the loops that it is the same in', () => {
  const out = loop(x, [y], (v, [w]) => loop(v, [w], (u, [z]) => u.add(tf.exp(z)), 'g'), 'f');
  const frames = framesOf(out, [x, y], both);
  expect(frames['']).toEqual(expect.arrayContaining(['Exp']));
  expect([...frames['f'], ...frames['g']]).not.toEqual(expect.arrayContaining(['Exp']));
});
test('what may fail, draws, or has effects stays', () => {
  const v = new tf.Variable(tf.zeros([2, 2]), { useResource: true });
  const k = tf.placeholder(tf.int32, []);
  const out = loop(x, [y, k, v.handle!], (u, [w, at, handle]) => {
    const noise = tf.randomUniform([2, 2]).mul(w);
    const write = apply('ReadVariableOp', [handle], { dtype: tf.float32 });
    return u.add(tf.gather(w, at)).add(noise).add(write.mul(w));
  });
  const frames = framesOf(out, [x, y, k], [...both, []]);
  expect(frames['f']).toEqual(expect.arrayContaining(['GatherV2', 'RandomUniform', 'ReadVariableOp']));
  expect(frames['']).not.toEqual(expect.arrayContaining(['GatherV2']));
});
test('what goes round is computed in each iteration', () => {
  const out = loop(x, [y], (v, [w]) => tf.tanh(v.mul(w)));
  expect(framesOf(out, [x, y], both)['f']).toEqual(expect.arrayContaining(['Mul', 'Tanh']));
});
test('it can be switched off', () => {
  const out = loop(x, [y], (v, [w]) => v.add(tf.exp(w)));
  const pruned = prune([out], [], [x, y]);
  optimize(pruned, both, { loopInvariants: false });
  expect(pruned.nodes.find(({ type }) => type === 'Exp')!.frame.name).toBe('f');
});
test('what leaves two loops at once goes through both', () => {
  const mul = (v: tf.Tensor): tf.Tensor => {
    const inner = (u: tf.Tensor): tf.Tensor => u.add(y.mul(tf.tanh(y)));
    return tf.whileLoop(
      (j: tf.Tensor) => j.less(2),
      (j: tf.Tensor, u: tf.Tensor) => [j.add(1), inner(u)],
      [tf.constant(0, tf.int32), v],
    )[1];
  };
  const result = tf.whileLoop(
    (i: tf.Tensor) => i.less(2),
    (i: tf.Tensor, v: tf.Tensor) => [i.add(1), mul(v)],
    [tf.constant(0, tf.int32), x],
  )[1];
  const pruned = prune([result], [], [x, y]);
  expect(optimize(pruned, both)!.fault).toBeNull();
  for (const { frame, inputs, def } of pruned.nodes)
    for (const s of inputs)
      if ('node' in s && s.node.type !== 'Const' && !def.row.control)
        expect((s.node.leadsTo ?? s.node.frame).name).toBe(frame.name);
  expect(pruned.nodes.filter(({ type }) => type === 'Tanh' || type === 'Mul').map((n) => n.frame.parent)).toEqual([
    null,
    null,
  ]);
});
