/**
 * Graphs with loops that Python wrote run here, and are trained by gradients that are built here: with the losses of
 * Python's own trainings, as test/fixtures/record/imported_loops.py has them.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { LAST_RUN } from '../long';
import { expectNear } from '../programs';

interface Kept {
  /** Bytes in base 64. */
  readonly graph: string;
  readonly losses: readonly number[];
  readonly types: readonly string[];
}
const KEPT = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'imported-loops.json'), 'utf8')) as {
  readonly meta: Kept;
  readonly functions: Kept;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly w: readonly number[];
};
const constant = (data: readonly number[], shape: readonly number[]): tf.Tensor => tf.constant([...data], { shape });
const bytesOf = ({ graph }: Kept): Buffer => Buffer.from(graph, 'base64');
const metaGraph = (): tf.MetaGraphDef => tf.MetaGraphDef.fromString(bytesOf(KEPT.meta));
type Map = Readonly<Record<string, tf.Tensor>>;
const FORMS: Readonly<Record<string, { readonly kept: Kept; readonly read: (inputMap: Map) => void }>> = {
  'a meta graph of 1.15': {
    kept: KEPT.meta,
    read: (inputMap) => void tf.train.importMetaGraph(metaGraph(), { inputMap, importScope: 'import' }),
  },
  'a GraphDef of 2.21': {
    kept: KEPT.functions,
    read: (inputMap) => void tf.importGraphDef(tf.GraphDef.fromString(bytesOf(KEPT.functions)), { inputMap }),
  },
};
test('the loops are what they were recorded for', () => {
  expect(KEPT.meta.types).toEqual(expect.arrayContaining(['Enter', 'Merge', 'Switch', 'TensorArrayV3']));
  expect(KEPT.functions.types).toEqual(
    expect.arrayContaining(['PartitionedCall', 'StatelessWhile', 'TensorListFromTensor', 'TensorListReserve']),
  );
});
describe.each(Object.keys(FORMS))('%s', (name) => {
  const { kept, read } = FORMS[name];
  test.each(devices())('is trained here, on $title', (mode) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const w = new tf.Variable(constant(KEPT.w, [5, 2]));
      read({ 'x:0': constant(KEPT.x, [4, 2, 3]), 'y:0': constant(KEPT.y, [2, 2]), 'w:0': tf.identity(w) });
      const loss = graph.getTensorByName('import/loss:0');
      const step = new tf.train.MomentumOptimizer(0.5, 0.9).minimize(loss);
      const sess = open(graph, mode);
      // Later plans of the same graph go on as the first ones did.
      for (let round = 0; round * 12 <= LAST_RUN; round++) {
        sess.run(tf.globalVariablesInitializer());
        expectNear(
          kept.losses.map(() => sess.run([loss, step])[0]),
          kept.losses,
        );
      }
      sess.close();
    });
  });
});
describe('a GraphDef of 1.15, which does not say what lies in its loop', () => {
  test.each(devices())('runs on $title, and has no gradient', (mode) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const w = constant(KEPT.w, [5, 2]);
      const inputMap = { 'x:0': constant(KEPT.x, [4, 2, 3]), 'y:0': constant(KEPT.y, [2, 2]), 'w:0': w };
      tf.importGraphDef(metaGraph().graphDef!, { inputMap });
      const loss = graph.getTensorByName('import/loss:0');
      const sess = open(graph, mode);
      for (let i = 0; i <= LAST_RUN; i++) expectNear(sess.run(loss), KEPT.meta.losses[0]);
      expect(() => tf.gradients(loss, [w])).toThrow('(op type: Exit)');
      sess.close();
    });
  });
});
