/** A graph with its collections and its saver, as a file that TensorFlow imports. */
import { type Graph, getDefaultGraph } from '../../graph/graph';
import type { GraphMessage } from '../../format/graphdef';
import { Attr } from '../../graph/attr';
import type { MetaGraphMessage } from '../../format/meta-graph';
import { SAVER_DEF } from '../../format/messages';
import { collectionMessage } from './collections';

type Files = typeof import('../../format/meta-graph');
const files = (): Files => require('../../format/meta-graph') as Files;

/** The release whose graphs these are. */
const VERSION = '1.15.5';

export interface ExportOptions {
  readonly filename?: string | null;
  readonly saverDef?: object | null;
  readonly graph?: Graph | null;
  readonly stripDefaultAttrs?: boolean;
}
/** A graph as a message, with the static shapes of what each node gives. */
function withShapes(graph: Graph): GraphMessage {
  const message = graph.asGraphDef();
  const nodes = message.nodes.map((node) => {
    const { outputs } = graph.getOperationByName(node.name);
    if (!outputs.length) return node;
    const shapes = new Attr(
      'list(shape)',
      outputs.map(({ shape }) => shape),
    );
    const attr = Object.entries({ ...node.attr, _output_shapes: shapes }).sort(([a], [b]) => (a < b ? -1 : 1));
    return { ...node, attr: Object.fromEntries(attr) };
  });
  return { ...message, nodes };
}
export function exportMetaGraph({
  filename,
  saverDef,
  graph: given,
  stripDefaultAttrs = false,
}: ExportOptions): MetaGraphMessage {
  const graph = given ?? getDefaultGraph();
  const { metaGraph, metaInfo, writeMetaGraph } = files();
  const collectionDef = new Map(
    graph.getAllCollectionKeys().flatMap((key) => {
      const made = collectionMessage(graph.getCollection(key), key, null);
      return made ? [[key, made] as const] : [];
    }),
  );
  const metaInfoDef = metaInfo({ tensorflowVersion: VERSION, strippedDefaultAttrs: stripDefaultAttrs });
  const meta = metaGraph(
    { metaInfoDef, collectionDef, saverDef: saverDef ? SAVER_DEF.make(saverDef) : null },
    withShapes(graph),
  );
  if (filename) writeMetaGraph(filename, meta);
  return meta;
}
