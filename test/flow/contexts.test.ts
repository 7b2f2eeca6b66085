/** Branches and loops in meta graphs: those of TensorFlow 1.15 have their gradients here, and ours say the same. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '../../src';
import {
  COND_CONTEXT_DEF,
  CONTROL_FLOW_CONTEXT_DEF,
  type CondMessage,
  WHILE_CONTEXT_DEF,
  type WhileMessage,
} from '../../src/format/control-flow';
import { devices, everything, open } from '../devices';
import { approx } from '../graph-json';
import { type Fixture, expectNear, expectRecordedNodes, plain } from '../programs';

interface Recorded {
  readonly meta: string;
  readonly scope: string;
  readonly nodes: string;
  readonly values: readonly unknown[];
}
const { programs, ...tables } = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/contexts.json'), 'utf8'),
) as Omit<Fixture, 'programs'> & { readonly programs: Readonly<Record<string, Recorded>> };
const F = tf.float32;
const int = (): tf.NDArray => new tf.NDArray(tf.int32, [], Int32Array.of(0));
function inputs(): [x: tf.Tensor, w: tf.Variable] {
  const x = tf.placeholder(F, [2, 3], { name: 'x' });
  return [x, tf.getVariable('w', [3, 3], { initializer: tf.constantInitializer(0.25) })];
}
const PROGRAMS: Readonly<Record<string, () => tf.Tensor>> = {
  loop() {
    const [x, w] = inputs();
    return tf.whileLoop(
      (i) => i.less(3),
      (i, v) => [i.add(1), tf.tanh(tf.matmul(v, w))],
      [int(), x],
      { maximumIterations: new tf.NDArray(tf.int32, [], Int32Array.of(5)) },
    )[1];
  },
  branch() {
    const [x, w] = inputs();
    return tf.cond(
      tf.reduceSum(x).greater(0),
      () =>
        tf.cond(
          tf.reduceSum(w).greater(0),
          () => tf.matmul(x, w),
          () => x,
        ),
      () => x.mul(2),
    );
  },
  nested() {
    const [x, w] = inputs();
    const body = (i: tf.Tensor, v: tf.Tensor): [tf.Tensor, tf.Tensor] => {
      const [, u] = tf.whileLoop(
        (j) => j.less(2),
        (j, u) => [j.add(1), tf.tanh(tf.matmul(u, w))],
        [int(), v],
        { parallelIterations: 4 },
      );
      const next = i.add(1);
      const chosen = tf.cond(
        i.less(1),
        () => u.mul(x),
        () => u.add(1),
      );
      return [next, chosen];
    };
    return tf.whileLoop((i) => i.less(3), body, [int(), x])[1];
  },
  net() {
    const x = tf.placeholder(F, [2, 3], { name: 'x' });
    const cell = new tf.nn.rnnCell.BasicLSTMCell(3);
    return tf.variableScope('net', { initializer: tf.constantInitializer(0.25) }, () => {
      return tf.nn.dynamicRnn(cell, tf.reshape(x, [2, 3, 1]), { dtype: F })[0];
    });
  },
};
const bytesOf = (text: string): Buffer => inflateSync(Buffer.from(text, 'base64'));
/** A branch or a loop, with what has no order sorted, and what lies inside of it. */
function shown(given: object): unknown {
  const { unknown: _, nestedContexts, valuesDef, ...def } = given as CondMessage | WhileMessage;
  const external = [...(valuesDef?.externalValues ?? [])].map(({ key, value }) => `${key} ${value}`).sort();
  const nested = nestedContexts.map((bytes) => {
    const { condCtxt, whileCtxt } = CONTROL_FLOW_CONTEXT_DEF.read(bytes);
    return shown((condCtxt ?? whileCtxt)!);
  });
  return { ...def, values: valuesDef?.values, external, nested };
}
function contexts(meta: tf.MetaGraphDef): unknown {
  const of = (key: string, read: (bytes: Uint8Array) => object): unknown =>
    meta.collectionDef.get(key)?.bytesList?.value.map((bytes) => shown(read(bytes)));
  return [
    of('cond_context', (bytes) => COND_CONTEXT_DEF.read(bytes)),
    of('while_context', (bytes) => WHILE_CONTEXT_DEF.read(bytes)),
  ];
}
/** Gradients of what was imported, to its variables and x. */
function gradients(graph: tf.Graph, scope: string): tf.Tensor[] {
  const of = (name: string): tf.Tensor => graph.getTensorByName(scope ? `${scope}/${name}` : name);
  const xs = [...tf.trainableVariables(), of('x:0')];
  return [of('y:0'), ...tf.gradients(tf.reduceSum(tf.square(of('y:0'))), xs).map((g) => tf.convertToTensor(g!))];
}
const IDS = Array.from({ length: 6 }, (_, i) => ((i * 7) % 11) / 8 - 0.5);
function expectValues(
  graph: tf.Graph,
  mode: ReturnType<typeof devices>[number],
  ys: tf.Tensor[],
  { scope, values }: Recorded,
): void {
  const sess = open(graph, mode);
  sess.run(tf.globalVariablesInitializer());
  const x = graph.getTensorByName(scope ? `${scope}/x:0` : 'x:0');
  for (let run = 0; run < 25; run++) {
    const got = sess.run(ys, [[x, Float32Array.from(IDS)]]);
    if (run === 0 || run === 24)
      expectNear(
        got.map((v) => approx(plain(v))),
        values,
      );
  }
  sess.close();
}

describe.each(Object.keys(programs))('%s', (name) => {
  const recorded = programs[name];
  const { scope } = recorded;
  const imported = (meta: tf.MetaGraphDef, body: (graph: tf.Graph) => void): void =>
    new tf.Graph().asDefault((graph) => {
      tf.train.importMetaGraph(meta, { importScope: scope || null });
      body(graph);
    });
  const theirs = (): tf.MetaGraphDef => tf.MetaGraphDef.fromString(bytesOf(recorded.meta));
  if (everything)
    test("has TensorFlow's gradients when it is imported", () => {
      imported(theirs(), (graph) => {
        gradients(graph, scope);
        expectRecordedNodes(graph, tables, recorded.nodes);
      });
    });
  test.each(devices())('gives its values on $title', (mode) => {
    imported(theirs(), (graph) => expectValues(graph, mode, gradients(graph, scope), recorded));
  });
  const build = PROGRAMS[name];
  if (!build) return;
  const ours = (): tf.MetaGraphDef =>
    new tf.Graph().asDefault(() => {
      tf.identity(build(), { name: 'y' });
      return tf.train.exportMetaGraph();
    });
  test('says of itself what TensorFlow says', () => {
    expect(contexts(ours())).toEqual(contexts(theirs()));
  });
  test.each(devices())('gives its values on $title when it was exported here', (mode) => {
    imported(ours(), (graph) => expectValues(graph, mode, gradients(graph, scope), recorded));
  });
});
test('the same loop may come in twice', () => {
  new tf.Graph().asDefault((graph) => {
    const meta = tf.MetaGraphDef.fromString(bytesOf(programs['loop'].meta));
    for (const importScope of ['a', 'b']) tf.train.importMetaGraph(meta, { importScope });
    const sum = graph.getTensorByName('a/y:0').add(graph.getTensorByName('b/y:0'));
    const [g] = tf.gradients(sum, [graph.getTensorByName('b/x:0')]);
    const sess = new tf.Session('', { graph });
    sess.run(tf.globalVariablesInitializer());
    const feeds = ['a/x:0', 'b/x:0'].map((x) => [graph.getTensorByName(x), Float32Array.from(IDS)] as const);
    expect((sess.run(g!, [...feeds]) as tf.NDArray).shape).toEqual([2, 3]);
    sess.close();
  });
});
