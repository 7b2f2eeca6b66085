/** Graphs as files. */
import { TypeError_ } from '../../base/errors';
import { preview } from '../../base/preview';
import { bound } from '../../calls/bind';
import { GraphDef } from '../../format/graph-def';
import type { GraphMessage } from '../../format/graphdef';
import type { MetaGraphDef } from '../../format/meta-graph';
import type { Graph } from '../../graph/graph';

const files = () => require('../../format/files') as typeof import('../../format/files');

/** What can be written: a graph, or a message of one. */
export type GraphLike = Graph | GraphMessage | MetaGraphDef;
/**
 * Writes a graph into a file, as text or as bytes.
 *
 *     tf.constant(1, { name: 'one' });
 *     const path = tf.train.writeGraph(tf.getDefaultGraph(), folder, 'graph.pbtxt');
 *     tf.GraphDef.fromText(require('node:fs').readFileSync(path, 'utf8')).node[0].name   // 'one'
 *
 * @param graphOrGraphDef  a graph, a `tf.GraphDef` or a `tf.MetaGraphDef`
 * @param logdir           a folder, made where it is missing
 * @param name             of the file
 * @param asText           false for bytes (`.pb`); true where not given
 * @returns  the path of the file
 * @throws ValueError  for 2 GB and more
 */
export const writeGraph = bound(
  'train.write_graph',
  (graphOrGraphDef: GraphLike, logdir: string, name: string, asText = true): string => {
    const message = messageOf(graphOrGraphDef);
    const path = files().join(logdir, name);
    files().makeFolders(logdir);
    files().removeLeft(path);
    files().writeWhole(path, asText ? message.toString() : message.serializeToString());
    return path;
  },
);
interface Written {
  serializeToString(): Uint8Array;
  toString(): string;
}
function messageOf(x: GraphLike): Written {
  if (typeof x === 'object' && x !== null) {
    if ('asGraphDef' in x) return x.asGraphDef();
    if ('serializeToString' in x) return x as Written;
    if ('nodes' in x) return new GraphDef(x);
  }
  throw new TypeError_(`graph_or_graph_def must be a Graph or a GraphDef, not ${preview(x)}`);
}
