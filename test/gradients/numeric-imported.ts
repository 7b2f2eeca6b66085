/** Constructs of functions that come out of files, for test/gradients/numeric.test.ts. */
import * as tf from '../../src';
import { type Rows, functional } from './numeric';
import { both, branch, loop, odd, three, times, yes } from './numeric-flow';

const F = tf.float64;
/** A construct of functions that comes out of a file, its nodes of other types where the file says so. */
function imported(x: tf.Tensor, w: tf.Tensor, build: Built, types: Readonly<Record<string, string>>): tf.Tensor {
  const graph = new tf.Graph();
  graph.asDefault(() =>
    functional(() => {
      const [a, b] = ['a', 'b'].map((name) => tf.placeholder(F, [2], { name }));
      tf.identity(build(a, b), { name: 'y' });
    }),
  );
  let text = String(tf.GraphDef.fromString(graph.asGraphDef().serializeToString()));
  for (const [from, to] of Object.entries(types)) {
    if (!text.includes(`op: "${from}"`)) throw new Error(`there is no ${from}`);
    text = text.replaceAll(`op: "${from}"`, `op: "${to}"`);
  }
  return readIn(text, x, w);
}
function readIn(text: string, x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  const inputMap = { 'a:0': x, 'b:0': w };
  return tf.importGraphDef(tf.GraphDef.fromText(text), {
    inputMap,
    returnElements: ['y:0'],
    name: 'read',
  })[0] as tf.Tensor;
}
/** v = sin(v) * w + i for i of 1, 3 and 5, of a For that comes out of a file. */
export function importedFor(x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const [a, b] = ['a', 'b'].map((name) => tf.placeholder(F, [2], { name }));
    const ends = [1, 7, 2].map((n, i) => tf.constant(n, tf.int32, { name: `n${i}` }));
    const body = tf.Defun(tf.int32, F, F, { funcName: 'Body' })(
      (i, v, u) => [tf.sin(v).mul(u).add(tf.cast(i, F)), u] as never,
    );
    const [y] = body(ends[0], a, b) as unknown as tf.Tensor[];
    tf.identity(y, { name: 'y' });
  });
  const text = String(tf.GraphDef.fromString(graph.asGraphDef().serializeToString()));
  const attrs =
    'attr { key: "T" value { list { type: DT_DOUBLE type: DT_DOUBLE } } } ' +
    'attr { key: "body" value { func { name: "Body" } } }';
  const node = /op: "Body"\s+input: "n0"([^}]*)/;
  if (!node.test(text)) throw new Error(`there is no call in ${text}`);
  return readIn(text.replace(node, `op: "For" ${attrs} input: "n0" input: "n1" input: "n2" $1`), x, w);
}
type Built = (x: tf.Tensor, w: tf.Tensor) => tf.Tensor;
const oneOf = (index: tf.Tensor, x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
  tf.switchCase(index, [() => x, () => tf.sin(x).mul(w), () => tf.exp(w).mul(x)]);
const KINDS: readonly (readonly [string, Built, Readonly<Record<string, string>>])[] = [
  ['StatelessIf', (x, w) => branch(yes(), x, w), { StatelessIf: 'StatelessIf' }],
  ['If', (x, w) => branch(yes(), x, w), { StatelessIf: 'If' }],
  ['If, the other way', (x, w) => branch(tf.logicalNot(yes()), x, w), { StatelessIf: 'If' }],
  ['Case', (x, w) => oneOf(three().sub(2), x, w), { Case: 'Case' }],
  ['Case, the last of them', (x, w) => oneOf(three(), x, w), { Case: 'Case' }],
  ['While', loop, { While: 'While' }],
  ['StatelessWhile', loop, { While: 'StatelessWhile' }],
  [
    'If in a While',
    (x, w) =>
      times(x, (v, i) =>
        tf.cond(
          odd(i),
          () => tf.sin(v).mul(w),
          () => v.mul(v),
        ),
      ),
    { StatelessIf: 'If', While: 'While' },
  ],
  [
    'While in a Case',
    (x, w) => tf.switchCase(three().sub(2), [() => x, () => loop(x, w)]) as tf.Tensor,
    { Case: 'Case', While: 'While' },
  ],
  ['While in a While', (x, w) => times(x, (v) => times(v, (u) => tf.sin(u.mul(w)))), { While: 'StatelessWhile' }],
  [
    'lists in a While',
    (x, w) => tf.scan((a: tf.Tensor, v: tf.Tensor) => both(a, v), tf.stack([x, w, x.mul(w)])).get(2),
    { While: 'While' },
  ],
];
export const IMPORTED: Rows = Object.fromEntries(
  KINDS.map(([title, build, types]) => [`${title}, imported`, { y: (x, w) => imported(x, w, build, types) }]),
);
