/** Op types that TensorFlow has removed: graphs from before run them on the native device, newer ones are refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { graphMessage } from '../../src/graph/graph-message';
import { importGraph } from '../../src/graph/import';
import type { AttrValues } from '../../src/format/attr';
import { open, testOn } from '../devices';
import { type JsonArray, expectClose, fromJson } from '../recorded';

interface Case {
  op: string;
  version: number;
  inputs: JsonArray[];
  attrs: AttrValues;
  outputs: JsonArray[];
  refused: string;
}
const { cases } = JSON.parse(readFileSync(join(__dirname, '../fixtures/removed.json'), 'utf8')) as { cases: Case[] };

/** The same nodes as a graph of another version. */
function graphOf({ op, inputs, attrs }: Case, producer: number): tf.Graph {
  const made = new tf.Graph();
  made.asDefault(() => {
    applyOp(
      op,
      inputs.map((x, i) => tf.placeholder(tf.asDtype(x.dtype), x.shape, { name: `x${i}` })),
      attrs,
      'node',
    );
  });
  const message = graphMessage(made);
  const graph = new tf.Graph();
  importGraph(graph, { ...message, versions: { ...message.versions!, producer } }, { name: '' });
  return graph;
}
const mode = { title: 'native', device: 'native', placement: 'auto' } as const;
for (const c of cases)
  testOn('native', `${c.op} in graphs from before and newer ones`, () => {
    const feeds = c.inputs.map((x, i): [string, tf.NDArray] => [`x${i}:0`, fromJson(x)]);
    const graph = graphOf(c, c.version);
    const sess = open(graph, mode);
    const before = sess.device.tensorsAlive();
    const got = sess.run([...graph.getOperationByName('node').outputs], feeds) as unknown[];
    got.forEach((value, i) => expectClose(value, c.outputs[i]));
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(before);
    const newer = graphOf(c, 134);
    const other = open(newer, mode);
    expect(() => other.run(newer.getOperationByName('node').outputs[0], feeds)).toThrow(c.refused);
    other.close();
  });
