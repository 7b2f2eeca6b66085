/** tf.graphUtil beside TensorFlow 1.15, recorded by fixtures/record/graph_util.py; and graphs that are thawed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { approx, graphJson } from '../graph-json';

const U = tf.graphUtil;
type Node = readonly [name: string, op: string, inputs: readonly string[], attrs: unknown];
interface Recorded {
  readonly part: readonly string[];
  readonly frozen: readonly Node[];
  readonly some: readonly Node[];
  readonly lean: readonly (readonly [name: string, op: string, inputs: readonly string[]])[];
  readonly cpu: readonly string[];
  readonly pinned: readonly string[];
}
const RECORDED = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/graph_util.json'), 'utf8')) as Readonly<
  Record<'reference' | 'resource', Recorded>
>;

function model(useResource: boolean): void {
  const x = tf.placeholder(tf.float32, [null, 2], 'x');
  const variable = (name: string, value: number | number[][]): tf.Variable =>
    tf.getVariable(name, { initializer: tf.constant(value), useResource });
  const w = variable('w', [
    [1, 2],
    [3, 4],
  ]);
  const b = variable('b', 0.5);
  const table = variable('table', [
    [5, 6],
    [7, 8],
  ]);
  const rows = tf.nn.embeddingLookup(table, tf.constant([1, 0], tf.int32), { name: 'rows' });
  const y = tf.identity(tf.matmul(x, w).add(b), 'y');
  tf.add(tf.checkNumerics(y, 'bad', 'checked'), rows, 'z');
  new tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduceSum(y));
}
function written(def: tf.GraphDef): unknown {
  const graph = new tf.Graph();
  graph.asDefault(() => tf.importGraphDef(def, { name: '' }));
  return approx(
    graphJson(graph).map(({ name, op, input, control, attr }) => [
      name,
      op,
      [...input, ...control.map((c) => `^${c}`)],
      attr,
    ]),
  );
}
const lines = (nodes: unknown): string[] => (nodes as unknown[]).map((node) => JSON.stringify(node)).sort();
describe.each(['reference', 'resource'] as const)('%s variables', (kind) => {
  const recorded = RECORDED[kind];
  const inModel = <R>(body: (graph: tf.Graph, sess: tf.Session) => R): R => {
    const graph = new tf.Graph();
    return graph.asDefault(() => {
      model(kind === 'resource');
      const sess = new tf.Session({ graph });
      sess.run(tf.globalVariablesInitializer());
      const result = body(graph, sess);
      sess.close();
      return result;
    });
  };
  test('the part that a node needs', () => {
    const names = inModel((graph) => U.extractSubGraph(graph.asGraphDef(), ['y']).node.map(({ name }) => name));
    expect([...names].sort()).toEqual([...recorded.part].sort());
  });
  test('the frozen graph', () => {
    inModel((graph, sess) => {
      const frozen = U.convertVariablesToConstants(sess, graph.asGraphDef(), ['z']);
      expect(lines(written(frozen))).toEqual(lines(approx(recorded.frozen)));
      if (recorded.some.length) {
        const some = U.convertVariablesToConstants(sess, graph.asGraphDef(), ['y'], ['w']);
        expect(lines(written(some))).toEqual(lines(approx(recorded.some)));
      }
      const lean = U.removeTrainingNodes(frozen, ['z']).node.map(({ name, op, input }) => [name, op, input]);
      expect(lines(lean)).toEqual(lines(recorded.lean));
    });
  });
  test('what runs on the CPU alone', () => {
    inModel((graph) => {
      const { node } = graph.asGraphDef();
      const names = (pin: boolean): string[] => node.filter((n) => U.mustRunOnCpu(n, pin)).map((n) => n.name);
      expect(names(false).sort()).toEqual([...recorded.cpu].sort());
      expect(names(true).sort()).toEqual([...recorded.pinned].sort());
      const asOps = graph.getOperations().filter((op) => U.mustRunOnCpu(op));
      expect(asOps.map((op) => op.name).sort()).toEqual([...recorded.cpu].sort());
    });
  });
  test.each(devices())('the frozen graph gives the same on $title, and learns when it is thawed', (mode) => {
    const feeds = { 'x:0': [[1, -1]] };
    const [frozen, was] = inModel((graph, sess) => [
      U.convertVariablesToConstants(sess, graph.asGraphDef(), ['z', 'y']),
      (sess.run('z:0', { 'x:0': [[1, -1]] }) as tf.NDArray).toArray(),
    ]);
    const cold = new tf.Graph();
    cold.asDefault(() => tf.importGraphDef(frozen, { name: '' }));
    const still = open(cold, mode);
    expect((still.run('z:0', feeds) as tf.NDArray).toArray()).toEqual(was);
    still.close();
    const warm = new tf.Graph();
    warm.asDefault(() => {
      const meta = tf.MetaGraphDef.fromString(U.convertConstantsToVariables(frozen).serializeToString());
      tf.train.importMetaGraph(meta);
      expect(
        tf
          .trainableVariables()
          .map((v) => v.name)
          .sort(),
      ).toEqual(['table:0', 'w:0']);
      const [z] = ['z:0'].map((name) => warm.getTensorByName(name));
      const loss = tf.reduceSum(tf.square(z));
      const train = new tf.train.GradientDescentOptimizer(0.01).minimize(loss);
      const sess = open(warm, mode);
      sess.run(tf.globalVariablesInitializer());
      expect((sess.run(z, feeds) as tf.NDArray).toArray()).toEqual(was);
      const before = Number(sess.run(loss, feeds));
      for (let step = 0; step < 20; step++) sess.run(train, feeds);
      expect(Number(sess.run(loss, feeds))).toBeLessThan(before / 2);
      sess.close();
    });
  });
});
test('a filter chooses what is thawed', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const [a, b] = ['a', 'b'].map((name) => tf.constant([1, 2], { name }));
    tf.add(a, b, 'sum');
  });
  const meta = U.convertConstantsToVariables(graph.asGraphDef(), { filter: (name) => name === 'b' });
  new tf.Graph().asDefault(() => {
    tf.train.importMetaGraph(meta);
    expect(tf.globalVariables().map((v) => v.name)).toEqual(['b:0']);
    expect(
      tf
        .getDefaultGraph()
        .getOperationByName('sum')
        .inputs.map((t) => t.name),
    ).toEqual(['a:0', 'b/read:0']);
  });
});
test.each<readonly [what: string, call: () => unknown, says: string]>([
  ['no graph', () => U.extractSubGraph({} as never, ['a']), 'graph_def must be a graph_pb2.GraphDef proto.'],
  ['no list', () => U.extractSubGraph(new tf.Graph().asGraphDef(), 'a' as never), 'dest_nodes must be a list.'],
  ['no such node', () => U.extractSubGraph(new tf.Graph().asGraphDef(), ['a']), 'a is not in graph'],
  [
    'no session',
    () => U.convertVariablesToConstants(3 as never, new tf.Graph().asGraphDef(), []),
    "'sess' must be a Session",
  ],
  ['no such tensor', () => U.tensorShapeFromNodeDefName(new tf.Graph(), 'a'), 'a'],
])('%s', (_, call, says) => {
  expect(call).toThrow(says);
});
