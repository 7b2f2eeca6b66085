/** Functions made here that change variables, as test/fixtures/record/function_effects.py has them in Python. */
import * as tf from '../../src';
import { Func } from '../../src/format/attr';
import { apply, applyOp } from '../../src/graph/apply';

/** Two results, of the handles of three variables and of x. */
export type Body = (h: readonly tf.Tensor[], x: tf.Tensor) => [tf.Tensor, tf.Tensor];
/** A value, where something else is made before. */
const having = <T>(_made: unknown, value: T): T => value;
const bump = (h: tf.Tensor): tf.Operation => applyOp('AssignAddVariableOp', [h, tf.constant(1)], { dtype: tf.float32 });
const behind = (op: tf.Operation, value: () => tf.Tensor): tf.Tensor => tf.controlDependencies([op], value);
const leaf = (): tf.DefinedFunction<tf.Tensor> =>
  tf.Defun(
    tf.resource,
    tf.float32,
  )((a: tf.Tensor, x: tf.Tensor) => {
    bump(a);
    return x.mul(2);
  });
const inBranches = ([a, b]: readonly tf.Tensor[], x: tf.Tensor): tf.Tensor =>
  tf.cond(
    tf.greater(x, 0),
    () => having(bump(a), x.mul(2)),
    () => having(bump(b), x.mul(2)),
  );
const functional =
  (body: Body): Body =>
  (h, x) => {
    tf.enableControlFlowV2();
    try {
      return body(h, x);
    } finally {
      tf.disableControlFlowV2();
    }
  };
const aCond: Body = (h, x) => [inBranches(h, x), x.mul(3)];
const aLoop: Body = (h, x) => {
  const y = tf.whileLoop(
    (i: tf.Tensor) => having(bump(h[1]), tf.less(i, 2)),
    (i: tf.Tensor) => having(bump(h[0]), i.add(1)),
    [x.mul(0)],
  );
  return [y, x.mul(3)];
};
const unread =
  (body: Body): Body =>
  (h, x) => {
    body(h, x);
    return [x.mul(2), x.mul(3)];
  };
export const BODIES: Readonly<Record<string, Body>> = {
  'an update': (h, x) => having(bump(h[0]), [x.mul(2), x.mul(3)]),
  'updates of its results': (h, x) => [behind(bump(h[0]), () => x.mul(2)), behind(bump(h[1]), () => x.mul(3))],
  'a call': (h, x) => [leaf()(h[0], x), x.mul(3)],
  'a stateful call': (h, x) => {
    const inner = leaf();
    inner.addToGraph(tf.getDefaultGraph());
    const attrs = { Tout: [tf.float32], f: new Func(inner.name) };
    return [apply('StatefulPartitionedCall', [[h[0], x]], attrs), x.mul(3)];
  },
  'a cond': aCond,
  'a loop': aLoop,
  'a cond of functions': functional(aCond),
  'a loop of functions': functional(aLoop),
  'a cond that nobody reads': unread(aCond),
  'a loop that nobody reads': unread(aLoop),
  'a cond of functions that nobody reads': unread(functional(aCond)),
  'a loop of functions that nobody reads': unread(functional(aLoop)),
};
export const CALLERS: Readonly<Record<string, (body: Body) => Body>> = {
  nobody: (body) => body,
  'by name': (body) => called(body),
  'by name as it stays': (body) => called(body, { noinline: true }),
};
function called(body: Body, options: { readonly noinline?: boolean } = {}): Body {
  const f = tf.Defun(
    tf.resource,
    tf.resource,
    tf.resource,
    tf.float32,
    options,
  )((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor, x: tf.Tensor) => body([a, b, c], x));
  return ([a, b, c], x) => f(a, b, c, x) as unknown as [tf.Tensor, tf.Tensor];
}

/** The graph of a program, with the names that recorded ones have, and the names of the two results. */
export function graphOf(body: Body): { graph: tf.Graph; results: readonly string[] } {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const x = tf.placeholder(tf.float32, [], { name: 'x' });
    const initializer = tf.zerosInitializer();
    const variables = [0, 1, 2].map((i) => tf.getVariable(`v${i}`, [], { initializer, useResource: true }));
    const [y, z] = body(
      variables.map((v) => v.handle),
      x,
    );
    behind(y.op, () => tf.add(5, x, { name: 'behind' }));
    tf.add(y, x, { name: 'y_read' });
    tf.add(z, x, { name: 'z_read' });
    tf.group(...variables.map((v) => v.initializer), { name: 'init' });
    variables.forEach((v, i) => tf.identity(v.readValue(), { name: `value${i}` }));
    return { graph, results: [y.name, z.name] };
  });
}
