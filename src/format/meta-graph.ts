/** MetaGraphDef: a graph with what belongs to it, as bytes and as a file. */
import { removeLeft, writeWhole } from './files';
import { type GraphMessage, decodeGraph, encodeGraph } from './graphdef';
import type { Given, MessageOf } from './message';
import { META_GRAPH_DEF, META_INFO_DEF } from './messages';
import { NOTHING } from './wire';

type Raw = MessageOf<typeof META_GRAPH_DEF.fields>;
/** A meta graph as a plain object. */
export type MetaGraphMessage = Omit<Raw, 'graphDef'> & { readonly graphDef: GraphMessage };

export function encodeMetaGraph({ graphDef, ...rest }: MetaGraphMessage): Uint8Array<ArrayBuffer> {
  return META_GRAPH_DEF.write({ ...rest, graphDef: encodeGraph(graphDef) });
}
/** @throws ValueError  if the bytes are no MetaGraphDef */
export function decodeMetaGraph(bytes: Uint8Array): MetaGraphMessage {
  const { graphDef, ...rest } = META_GRAPH_DEF.read(bytes);
  return { ...rest, graphDef: decodeGraph(graphDef ?? NOTHING) };
}
export function writeMetaGraph(path: string, meta: MetaGraphMessage): void {
  removeLeft(path);
  writeWhole(path, encodeMetaGraph(meta));
}
export const metaInfo = (given: Given<typeof META_INFO_DEF.fields>) => META_INFO_DEF.make(given);
export const metaGraph = (given: Given<typeof META_GRAPH_DEF.fields>, graphDef: GraphMessage): MetaGraphMessage => ({
  ...META_GRAPH_DEF.make(given),
  graphDef,
});
