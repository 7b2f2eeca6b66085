/** Graphs as messages and files: imports, meta graphs, collections and scopes, after TensorFlow 1.15. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as tf from '../../src';
import { list, said } from '../said';
import { TemporaryFolder } from '../temporary-folder';

const folder = new TemporaryFolder('graphs-');
const { at } = folder;
const run = (x: tf.Tensor | string): unknown => {
  using sess = new tf.Session('', { config: { device: 'portable' } });
  return list(sess.run(x));
};
const squares = (): tf.GraphDef => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.float32, [null], { name: 'x' });
    tf.controlDependencies([tf.noOp({ name: 'before' })], () => tf.square(x, { name: 'y' }));
  });
  return graph.asGraphDef();
};
const names = (): string[] =>
  tf
    .getDefaultGraph()
    .getOperations()
    .map(({ name }) => name);

describe('importGraphDef', () => {
  test('makes the nodes in a scope, twice in two, and without one', () => {
    const def = squares();
    expect(tf.importGraphDef(def)).toEqual([]);
    tf.importGraphDef(def);
    tf.importGraphDef(def, { name: '' });
    tf.importGraphDef(def, { name: '' });
    tf.nameScope('outer', () => tf.importGraphDef(def, { name: 'in' }));
    expect(names().filter((name) => /y/.test(name))).toEqual(['import/y', 'import_1/y', 'y', 'y_1', 'outer/in/y']);
    expect(tf.getDefaultGraph().getOperationByName('y_1').controlInputs[0].name).toBe('before_1');
  });
  test('puts tensors in the place of others, and gives what is asked for', () => {
    const [op, y] = tf.importGraphDef(squares(), { 'x:0': tf.constant([3, 4]) }, ['before', 'y:0']);
    expect(op).toBeInstanceOf(tf.Operation);
    expect(run(y as tf.Tensor)).toEqual([9, 16]);
    const [data] = tf.importGraphDef(squares(), { x: [1, 2] }, ['y:0'], 'data');
    expect(run(data as tf.Tensor)).toEqual([1, 4]);
    expect(names()).toContain('data/_inputs/Const');
  });
  test('says what is not there', () => {
    const def = squares();
    expect(said(() => tf.importGraphDef(def, { 'nope:0': tf.constant(1) }))).toBe(
      'ValueError: Attempted to map inputs that were not found in graph_def: [nope:0]',
    );
    expect(said(() => tf.importGraphDef(def, { returnElements: ['z'] }))).toBe(
      "ValueError: Requested return node 'z' not found in graph def",
    );
    expect(said(() => tf.importGraphDef(def, { returnElements: ['y:7'] }))).toBe(
      "ValueError: Invalid return output 7 of node 'y', which has 1 output(s)",
    );
    expect(said(() => tf.importGraphDef({} as never))).toBe('TypeError: graph_def must be a GraphDef proto.');
    expect(said(() => tf.importGraphDef(def, { x: [1] }, null, ''))).toMatch(/requires a non-empty `name`/);
  });
  test('a frozen file is read, in bytes and in text', () => {
    const def = squares();
    writeFileSync(at('graph.pb'), def.serializeToString());
    expect(tf.train.writeGraph(def, at('new/folder'), 'graph.pbtxt')).toBe(at('new/folder/graph.pbtxt'));
    const bytes = new tf.GraphDef().parseFromString(readFileSync(at('graph.pb')));
    const text = tf.GraphDef.fromText(readFileSync(at('new/folder/graph.pbtxt'), 'utf8'));
    for (const read of [bytes, text]) {
      expect(Buffer.from(read.serializeToString()).equals(Buffer.from(def.serializeToString()))).toBe(true);
      expect(read.node.map(({ name }) => name)).toEqual(['x', 'before', 'y']);
    }
    expect(said(() => tf.GraphDef.fromText('node { nane: "x" }'))).toBe(
      'ValueError: 1:8 : Message type "tensorflow.NodeDef" has no field named "nane".',
    );
    expect(said(() => tf.GraphDef.fromString(Uint8Array.of(0x0a, 0x05)))).toBe('ValueError: Error parsing message');
  });
  test('shapes that an exporter wrote are known again, and not written twice', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => tf.placeholder(tf.float32, [2, null], { name: 'x' }));
    const def = graph.asGraphDef({ addShapes: true });
    expect(Object.keys(def.node[0].attr)).toContain('_output_shapes');
    tf.importGraphDef(def, { name: '' });
    expect(Object.keys(tf.getDefaultGraph().asGraphDef().node[0].attr)).not.toContain('_output_shapes');
    tf.constant(1);
    expect(tf.getDefaultGraph().asGraphDef(1).node.length).toBe(1);
  });
});

describe('meta graphs', () => {
  const build = (): void => {
    tf.variableScope('net', () => {
      const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
      const w = tf.getVariable('w', [2, 1], { initializer: tf.onesInitializer() });
      const r = tf.getVariable('r', [1], { useResource: true, trainable: false, initializer: tf.zerosInitializer() });
      tf.addToCollection('outputs', tf.matmul(x, w).add(r));
    });
    tf.addToCollections(['words'], 'a word');
    tf.addToCollection('counts', 3);
    tf.addToCollection('rates', 0.5);
    tf.addToCollection(tf.GraphKeys.SAVERS, new tf.train.Saver());
  };
  test('collections come back: variables of both kinds, nodes, texts, numbers, savers', () => {
    build();
    const path_ = at('graph.meta');
    const meta = tf.train.exportMetaGraph({ filename: path_ });
    expect([...meta.collectionDef.keys()].sort()).toEqual([
      'counts',
      'outputs',
      'rates',
      'savers',
      'trainable_variables',
      'variables',
      'words',
    ]);
    for (const from of [path_, meta]) {
      tf.resetDefaultGraph();
      expect(tf.train.importMetaGraph(from)).toBeInstanceOf(tf.train.Saver);
      expect(tf.globalVariables().map(String)).toEqual([
        "<tf.Variable 'net/w:0' shape=(2, 1) dtype=float32_ref>",
        "<tf.Variable 'net/r:0' shape=(1,) dtype=float32>",
      ]);
      expect(tf.trainableVariables()).toEqual([tf.globalVariables()[0]]);
      expect(tf.getCollection('words')).toEqual(['a word']);
      expect(tf.getCollection('counts')).toEqual([3]);
      expect(tf.getCollection('rates')).toEqual([0.5]);
      expect(tf.getCollection('savers')[0]).toBeInstanceOf(tf.train.Saver);
      using sess = new tf.Session('', { config: { device: 'portable' } });
      sess.run(tf.globalVariablesInitializer());
      const [y] = tf.getCollection<tf.Tensor>('outputs');
      expect(list(sess.run(y, { 'net/x:0': [[3, 4]] }))).toEqual([[7]]);
    }
  });
  test('text, and other bytes, are told apart', () => {
    build();
    const meta = tf.train.exportMetaGraph({ filename: at('graph.meta.txt'), asText: true });
    expect(readFileSync(at('graph.meta.txt'), 'utf8')).toMatch(
      /^meta_info_def \{\n {2}stripped_op_list \{\n {4}op \{\n/,
    );
    tf.resetDefaultGraph();
    tf.train.importMetaGraph(at('graph.meta.txt'));
    expect(names()).toEqual(expect.arrayContaining(meta.graphDef.node.map(({ name }) => name)));
    writeFileSync(at('bad.meta'), Uint8Array.of(1, 2, 3));
    expect(said(() => tf.train.importMetaGraph(at('bad.meta')))).toMatch(
      /^DataLossError: Cannot parse file .*bad\.meta:/,
    );
    expect(said(() => tf.train.importMetaGraph(at('none')))).toBe(`NotFoundError: File ${at('none')} does not exist.`);
  });
  test('a scope around all, in which a checkpoint is restored', () => {
    build();
    using sess = new tf.Session('', { config: { device: 'portable' } });
    sess.run(tf.globalVariablesInitializer());
    sess.run(tf.globalVariables()[0].assign([[5], [6]]));
    const [saver] = tf.getCollection<tf.train.Saver>('savers');
    const saved = saver.save(sess, at('model'))!;
    tf.resetDefaultGraph();
    const again = tf.train.importMetaGraph(`${saved}.meta`, { importScope: 'in' });
    expect(tf.globalVariables().map(({ name }) => name)).toEqual(['in/net/w:0', 'in/net/r:0']);
    using later = new tf.Session('', { config: { device: 'portable' } });
    again.restore(later, saved);
    expect(list(later.run('in/net/w:0'))).toEqual([[5], [6]]);
  });
  test('a part of a graph, without its scope, and what it reads from outside', () => {
    const x = tf.placeholder(tf.float32, [2], { name: 'x' });
    tf.nameScope('part', () => {
      const w = new tf.Variable([1, 2], { name: 'w' });
      tf.device('/cpu:0', () => tf.add(x, w, { name: 'sum' }));
    });
    const meta = tf.train.exportMetaGraph({ exportScope: 'part', clearDevices: true });
    expect(meta.graphDef.node.find(({ name }) => name === 'sum')).toMatchObject({
      input: ['$unbound_inputs_x', 'w/read'],
      device: '',
    });
    expect(meta.collectionDef.has('unbound_inputs')).toBe(true);
    tf.resetDefaultGraph();
    expect(said(() => tf.train.importMetaGraph(meta))).toMatch(
      /^ValueError: Graph contains unbound inputs: \$unbound_inputs_x/,
    );
    tf.train.importMetaGraph(meta, { inputMap: { $unbound_inputs_x: tf.constant([10, 20]) } });
    using sess = new tf.Session('', { config: { device: 'portable' } });
    sess.run(tf.globalVariablesInitializer());
    expect(list(sess.run('sum:0'))).toEqual([11, 22]);
  });
  test('the nodes of other savers, and attributes with their defaults, are left out where that is asked', () => {
    const a = new tf.Variable([1], { name: 'a' });
    const [one] = [new tf.train.Saver([a]), new tf.train.Saver([a])];
    const own = one.exportMetaGraph({ clearExtraneousSavers: true }).graphDef.node;
    expect(own.some(({ name }) => name.startsWith('save/'))).toBe(true);
    expect(own.some(({ name }) => name.startsWith('save_1/'))).toBe(false);
    const stripped = tf.train.exportMetaGraph({ stripDefaultAttrs: true });
    const assign = stripped.graphDef.node.find(({ op }) => op === 'Assign')!;
    expect(Object.keys(assign.attr).sort()).toEqual(['T', '_class', '_output_shapes']);
    expect(stripped.metaInfoDef?.strippedDefaultAttrs).toBe(true);
    const again = new tf.Graph();
    again.asDefault(() => tf.train.importMetaGraph(stripped));
    expect(again.getOperationByName(assign.name).getAttr('use_locking')).toBe(true);
  });
});
