/** GraphDefs that TensorFlow 1.15 wrote become nodes here, run, and are written as they came. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { decodeGraph, encodeGraph } from '../../src/format/graphdef';
import type { GraphMessage } from '../../src/format/graphdef';
import { apply } from '../../src/graph/apply';
import { type ImportOptions, importGraph } from '../../src/graph/import';
import * as tf from '../../src/index';

const RECORDED = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/graph_defs.json'), 'utf8')) as Record<
  string,
  { readonly bytes: string }
>;
const PROGRAMS = Object.keys(RECORDED);
const messageOf = (program: string): GraphMessage =>
  decodeGraph(new Uint8Array(Buffer.from(RECORDED[program].bytes, 'base64')));
function imported(program: string, options: ImportOptions = { name: '' }): tf.Graph {
  const graph = new tf.Graph();
  importGraph(graph, messageOf(program), options);
  return graph;
}

test.each(PROGRAMS)('%s: what was imported is written byte for byte', (program) => {
  const written = imported(program).asGraphDef();
  const { unknown, versions, nodes: given } = messageOf(program);
  // A node comes in behind those that it reads, which the order of a message need not be.
  const nodes = given.map(({ name }) => written.nodes.find((node) => node.name === name)!);
  expect(written.nodes.length).toBe(given.length);
  expect(Buffer.from(encodeGraph({ ...written, nodes, unknown, versions })).toString('base64')).toBe(
    RECORDED[program].bytes,
  );
});
test.each(PROGRAMS)('%s: a graph that was written and imported again is the same', (program) => {
  const once = imported(program).asGraphDef();
  const graph = new tf.Graph();
  importGraph(graph, decodeGraph(encodeGraph(once)), { name: '' });
  expect(encodeGraph(graph.asGraphDef())).toEqual(encodeGraph(once));
});
test('a graph that is built here is written as a GraphDef that says the same', () => {
  const built = new tf.Graph();
  built.asDefault(() => {
    const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
    const w = tf.getVariable('w', { initializer: tf.constant([[1], [2]]) });
    tf.device('/cpu:0', () => tf.matmul(x, w, { name: 'y' }));
    built.attrScope({ _mark: 'yes', _count: 3, _share: 0.5 }, () => tf.identity(x, { name: 'marked' }));
  });
  const graph = new tf.Graph();
  importGraph(graph, decodeGraph(encodeGraph(built.asGraphDef())), { name: '' });
  const told = (g: tf.Graph): unknown => g.getOperations().map(({ nodeDef }) => nodeDef);
  expect(told(graph)).toEqual(told(built));
  expect(graph.getOperationByName('marked').nodeDef.attr).toMatchObject({ _mark: 'yes', _count: 3, _share: 0.5 });
  expect(graph.getTensorByName('y:0').shape.dims).toEqual([null, 1]);
});
test('an imported program trains', () => {
  const graph = imported('arithmetic');
  const session = new tf.Session('', { graph });
  session.run(graph.getOperationByName('w/Assign'));
  const feeds = { 'x:0': [[1, 0, 1]] };
  const loss = graph.getTensorByName('loss:0');
  expect(session.run(loss, feeds)).toBe(26);
  session.run(graph.getOperationByName('GradientDescent'), feeds);
  expect(session.run(loss, feeds)).toBe(0);
  session.close();
});
test('names go below a scope, colocation too, and inputs may be given', () => {
  const graph = new tf.Graph();
  const x = graph.asDefault(() => tf.constant([[1, 0, 1]], { name: 'mine' }));
  importGraph(graph, messageOf('arithmetic'), { inputMap: { 'x:0': x } });
  const { attr } = graph.getOperationByName('import/w/read').nodeDef;
  expect(attr['_class']).toEqual(['loc:@import/w']);
  expect(graph.getOperationByName('import/y').inputs[0]).toBe(x);
  importGraph(graph, messageOf('arithmetic'));
  expect(graph.findOperation('import_1/y')).toBeDefined();
  expect(() => importGraph(graph, messageOf('arithmetic'), { name: '' })).not.toThrow();
  expect(() => importGraph(graph, messageOf('arithmetic'), { name: '' })).toThrow("'x'");
});
test('functions of a library are op types, and have their bodies', () => {
  const { library } = imported('functions');
  expect(library.names().sort()).toEqual(['AddSquares', 'AddSquaresGrad', 'WithGrad']);
  expect(library.gradientOf('WithGrad')).toBe('AddSquaresGrad');
  expect(library.get('AddSquares')!.def.inputs.map((arg) => arg.name)).toEqual(['x', 'y']);
  expect(library.get('AddSquares')!.body!.nodes.map((node) => node.op)).toEqual(['Mul', 'Mul', 'AddV2']);
});
test('functions run by their names, and have gradients', () => {
  const graph = imported('functions');
  const [call, other, x] = ['call:0', 'other:0', 'x:0'].map((name) => graph.getTensorByName(name));
  expect(call.shape.dims).toBeNull();
  const sum = graph.asDefault(() => tf.add(call, tf.abs(other)));
  const [dx] = graph.asDefault(() => tf.gradients(sum, x));
  const session = new tf.Session('', { graph });
  for (let run = 0; run < 4; run++) expect(session.run([sum, dx!], { 'x:0': 2 })).toEqual([13 + 20, 4 + 4]);
  session.close();
});
test('what nothing here can run or differentiate comes in, and is named with all its like when it is asked for', () => {
  const built = new tf.Graph();
  built.asDefault(() => {
    const x = tf.placeholder(tf.float32, [], { name: 'x' });
    const [call, other] = [apply('MatrixSquareRoot', [x], {}, 'call'), apply('SelfAdjointEig', [x], {}, 'other')];
    tf.add(call, tf.abs(other), { name: 'sum' });
  });
  const graph = new tf.Graph();
  importGraph(graph, built.asGraphDef(), { name: '' });
  const [sum, x] = ['sum:0', 'x:0'].map((name) => graph.getTensorByName(name));
  const session = new tf.Session('', { graph, config: { device: 'portable' } });
  expect(session.run(x, { 'x:0': 2 })).toBe(2);
  expect(() => session.run(sum, { 'x:0': 2 })).toThrow(
    /^No kernel for op type 'MatrixSquareRoot'[^]*there is none either for 'other' \(op type: SelfAdjointEig\)/,
  );
  session.close();
  expect(() => tf.gradients(sum, x)).toThrow(/on the way there is none either for '\w+' \(op type: \w+\)/);
});
test('an attribute may be a function, with its own attributes', () => {
  const symbolic = imported('functions').getOperationByName('symbolic');
  expect(symbolic.attr('f', 'func')).toMatchObject({ name: 'AddSquares' });
});
test('integers beyond 2^53 are kept, and not taken for less exact ones', () => {
  const marked = imported('attributes').getOperationByName('marked');
  expect(marked.getAttr('_int')).toBe(2n ** 53n + 1n);
  expect(() => marked.attr('_int', 'int')).toThrow("Attr '_int' is beyond 2^53");
  expect(() => marked.attr('_int', 'string')).toThrow("Attr '_int' has no value of type 'string'");
});
test('the way back of a loop is an edge', () => {
  const graph = imported('loop');
  const merge = graph.getOperationByName('while/Merge');
  expect(merge.inputs.map((t) => t.op.type)).toEqual(['Enter', 'NextIteration']);
});
describe('a message that does not fit is refused', () => {
  const node = (name: string, op: string, input: string[] = []): GraphMessage['nodes'][number] => ({
    ...messageOf('attributes').nodes.find((n) => n.op === 'Identity')!,
    name,
    op,
    input,
  });
  const graphOf = (...nodes: GraphMessage['nodes']): GraphMessage => ({ ...messageOf('attributes'), nodes });
  const waiting = (message: GraphMessage, name: string, input: string): GraphMessage => ({
    ...message,
    nodes: message.nodes.map((n) => (n.name === name ? { ...n, input: [...n.input, input] } : n)),
  });
  const x = messageOf('attributes').nodes.find((n) => n.op === 'Placeholder')!;
  test.each<[string, GraphMessage]>([
    ["Op type not registered 'NoSuch'", graphOf(x, node('a', 'NoSuch'), node('b', 'Other'))],
    ["'Other', of 'b'", graphOf(x, node('a', 'NoSuch'), node('b', 'Other'))],
    ["Node 'a': Unknown input node 'z'", graphOf(x, node('a', 'Identity', ['z']))],
    [
      "Node 'a': Connecting to invalid output 3 of source node x which has 1 outputs.",
      graphOf(x, node('a', 'Identity', ['x:3'])),
    ],
    ['2 nodes in a cycle', graphOf(node('a', 'Identity', ['b']), node('b', 'Identity', ['a']))],
    ['1 nodes in a cycle', graphOf(node('a', 'NoOp', ['^a']), node('b', 'NoOp', []))],
    ['3 nodes in a cycle', graphOf(node('a', 'NoOp', ['^b']), node('b', 'NoOp', ['^a']), node('c', 'NoOp', ['^a']))],
    // A Merge may read what comes behind it, not wait for it.
    ['nodes in a cycle', waiting(messageOf('loop'), 'while/Merge', '^while/NextIteration')],
    ["NodeDef missing attr 'SrcT' from Op<name=Cast>", graphOf(x, node('a', 'Cast', ['x']))],
    ['do not match 0 inputs', graphOf(x, node('a', 'Identity'))],
    ["Node 'x' is not unique", graphOf(x, x)],
  ])('%s', (text, message) => {
    expect(() => importGraph(new tf.Graph(), message, { name: '' })).toThrow(text);
  });
  test('of the nodes that may come next the first one does, as in TensorFlow', () => {
    const rows: readonly (readonly [string, string[]])[] = [
      ['b', ['^d']],
      ['a', []],
      ['e', ['^b']],
      ['d', ['^c']],
      ['c', []],
      ['f', []],
    ];
    const graph = new tf.Graph();
    importGraph(graph, graphOf(...rows.map(([name, input]) => node(name, 'NoOp', input))), { name: '' });
    expect(graph.getOperations().map(({ name }) => name)).toEqual(['a', 'c', 'd', 'b', 'e', 'f']);
  });
});
