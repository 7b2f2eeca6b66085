/** Nodes as values: emitted without scopes, with edges that are set later; what a graph counts and owns. */
import { applyOp } from '../../src/graph/apply';
import { Graph, type Tensor } from '../../src/graph/graph';
import { OpDef } from '../../src/graph/opdef';
import type { NodeSpec } from '../../src/graph/operation';
import { Key } from '../../src/graph/own';
import { Trace } from '../../src/graph/trace';
import * as tf from '../../src/index';

let graph: Graph;
let x: Tensor;
beforeEach(() => {
  tf.resetDefaultGraph();
  graph = tf.getDefaultGraph();
  x = tf.placeholder(tf.float32, [2], { name: 'x' });
});
function spec(type: string, name: string, inputs: readonly (Tensor | null)[]): NodeSpec {
  return {
    def: graph.opDef(type),
    name,
    inputs,
    controls: [],
    outputTypes: [tf.float32],
    attrs: { T: tf.float32 },
    device: '',
    trace: new Trace(spec),
  };
}
const names = (list: readonly { readonly name: string }[]): string[] => list.map((x) => x.name);

test('a node that is emitted takes nothing from the open scopes', () => {
  const inScopes = <R>(body: () => R): R =>
    graph.nameScope('scope', () =>
      graph.controlDependencies([x], () =>
        graph.attrScope({ _mark: 'yes' }, () => graph.colocateWith(x, () => graph.device('/cpu:0', body))),
      ),
    );
  const emitted = inScopes(() => graph.emit(spec('Neg', 'plain', [x])));
  const settled = inScopes(() => tf.zeros([], tf.float32, { name: 'settled' }).op);
  expect(settled.nodeDef).toMatchObject({
    name: 'scope_1/settled',
    input: ['^x'],
    attr: { _mark: 'yes', _class: ['loc:@x'] },
  });
  expect(settled.device).toBe('/device:CPU:0');
  expect(emitted.nodeDef).toEqual({ name: 'plain', op: 'Neg', input: ['x'], device: '', attr: { T: tf.float32 } });
  expect(emitted.outputs[0].shape.dims).toEqual([2]);
});
test('the name of an emitted node is taken, and nodes have one name each', () => {
  graph.emit(spec('Neg', 'a/b', [x]));
  expect(graph.nameScope('a/', () => tf.negative(x, { name: 'B' })).op.name).toBe('a/B_1');
  expect(() => graph.emit(spec('Neg', 'a/b', [x]))).toThrow("Duplicate node name in graph: 'a/b'");
});
test('a node may be added before its input: it has shapes when the last one is set', () => {
  const op = graph.emit(spec('AddV2', 'sum', [x, null]));
  expect(() => op.inputs).toThrow("Input 1 of 'sum' (op: 'AddV2') is not set yet.");
  expect(op.outputs[0].shape.rank).toBeNull();
  const y = tf.negative(x);
  expect(names(y.consumers())).toEqual(names([]));
  graph.updateInput(op, 1, y);
  expect(names(op.inputs)).toEqual(names([x, y]));
  expect(op.outputs[0].shape.dims).toEqual([2]);
  expect(names(y.consumers())).toEqual(names([op]));
  const value = new tf.Session().run(op.outputs[0].add(1), { [x.name]: [1, 2] }) as tf.NDArray;
  expect([...value.data]).toEqual([1, 1]);
});
test('an input is updated, and the readers of both tensors are true', () => {
  const [y, z] = [tf.negative(x), tf.abs(x)];
  const [sum, twice] = [y.add(x).op, y.add(y).op];
  expect(names(y.consumers())).toEqual(names([sum, twice]));
  graph.updateInput(sum, 0, z);
  graph.updateInput(twice, 0, z);
  expect(names(sum.inputs)).toEqual(names([z, x]));
  expect(names(y.consumers())).toEqual(names([twice]));
  expect(names(z.consumers())).toEqual(names([sum, twice]));
  expect(names(x.consumers())).toEqual(names([y.op, z.op, sum]));
});
test('an edge that cannot be is refused, in the words of TensorFlow 1.15', () => {
  const op = tf.identity(x).op;
  expect(() => graph.updateInput(op, 3, x)).toThrow(
    'Cannot update edge. Input index [3] is greater than the number of total inputs [1].',
  );
  const three = tf.constant([1, 2, 3]);
  expect(() => graph.updateInput(op, 0, three)).toThrow('Cannot update edge, incompatible shapes: [3] and [2].');
  const other = new Graph().asDefault(() => tf.constant([1, 2]));
  expect(() => graph.updateInput(op, 0, other)).toThrow('must be from the same graph');
  const same = tf.identity(x);
  graph.finalize();
  expect(() => graph.updateInput(op, 0, same)).toThrow('Graph is finalized and cannot be modified.');
});
test('only changed edges count as edits', () => {
  const [a, b] = [tf.negative(x).op, tf.abs(x).op];
  expect([graph.size, graph.edits]).toEqual([3, 0]);
  a.addControlInput(b);
  expect([graph.size, graph.edits]).toEqual([3, 1]);
  graph.updateInput(a, 0, b.outputs[0]);
  graph.updateInput(a, 0, b.outputs[0]);
  expect([graph.size, graph.edits]).toEqual([3, 2]);
});
test('a graph keeps one thing under a key, and another graph another', () => {
  const key = new Key<{ n: number }>('counter');
  const other = new Graph();
  expect(graph.own(key, () => ({ n: 1 }))).toBe(graph.own(key, () => ({ n: 2 })));
  expect(other.own(key, () => ({ n: 3 })).n).toBe(3);
  expect(graph.own(new Key<{ n: number }>('counter'), () => ({ n: 4 })).n).toBe(4);
});
test('a function of the library is an op type of that graph alone', () => {
  const def = new OpDef('Twice', 'x: T -> y: T; T: type', {});
  graph.library.add({ def });
  expect(graph.library.names()).toEqual(['Twice']);
  const call = applyOp('Twice', [x]);
  expect(call.nodeDef).toMatchObject({ op: 'Twice', input: ['x'], attr: { T: tf.float32 } });
  expect(() => new Graph().opDef('Twice')).toThrow("Op type not registered 'Twice'");
  expect(() => graph.library.add({ def: new OpDef('Twice', 'x: T -> y: T; T: type', {}) })).toThrow(
    "Cannot add function 'Twice' because a different function with the same name already exists.",
  );
});
