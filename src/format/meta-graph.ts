/** `tf.MetaGraphDef`: a graph with what belongs to it, as an object, as bytes and as text. */
import { isA } from '../base/preview';
import { DataLossError, ValueError } from '../base/errors';
import { GraphDef, eitherForm, metaGraphText } from './graph-def';
import type { GraphMessage } from './graphdef';
import type { MessageOf } from './message';
import {
  type AssetFileMessage,
  type CollectionMessage,
  META_GRAPH_DEF,
  META_INFO_DEF,
  type SaverMessage,
  type SignatureMessage,
} from './messages';
import { NOTHING } from './wire';

type Raw = MessageOf<typeof META_GRAPH_DEF.fields>;
/** What is said of a meta graph: its tags, and the program that made it. */
export type MetaInfo = MessageOf<typeof META_INFO_DEF.fields>;

/**
 * A graph with its collections, its saver and its signatures: what `tf.train.exportMetaGraph` gives and
 * `tf.train.importMetaGraph` takes.
 *
 *     new tf.Variable(1, { name: 'w' });
 *     const bytes = tf.train.exportMetaGraph().serializeToString();
 *     tf.MetaGraphDef.fromString(bytes).graphDef.node.length   // 4
 */
export class MetaGraphDef {
  /** Its tags, and the program that made it. */
  metaInfoDef: MetaInfo | null = META_INFO_DEF.make();
  /** The graph. */
  graphDef = new GraphDef();
  /** The names of a saver's nodes. */
  saverDef: SaverMessage | null = null;
  /** The collections, by name. */
  collectionDef: ReadonlyMap<string, CollectionMessage> = new Map();
  /** What may be asked of the graph, by name. */
  signatureDef: ReadonlyMap<string, SignatureMessage> = new Map();
  /** The files that belong to it. */
  assetFileDef: readonly AssetFileMessage[] = [];
  /** Fields that are not known here, as bytes. */
  unknown: Uint8Array = NOTHING;
  /** @param given  what it starts from */
  constructor(given?: Partial<Omit<Raw, 'graphDef'>> & { readonly graphDef?: GraphMessage }) {
    if (given) Object.assign(this, given, { graphDef: new GraphDef(given.graphDef) });
  }
  /** Bytes, as a `.meta` file has them. @throws ValueError  for 2 GB and more */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return META_GRAPH_DEF.write({ ...this, graphDef: this.graphDef.serializeToString() });
  }
  /** Becomes what the bytes of a `.meta` file say. @throws ValueError  if they are no MetaGraphDef */
  parseFromString(bytes: Uint8Array): this {
    return Object.assign(this, MetaGraphDef.fromString(bytes));
  }
  /** Text, as TensorFlow writes it with `as_text`. */
  toString(): string {
    return metaGraphText(this.serializeToString());
  }
  /** From bytes, or the bytes of a text. @throws ValueError  if they are no MetaGraphDef */
  static fromString(bytes: Uint8Array): MetaGraphDef {
    if (!isA(bytes, Uint8Array)) throw new ValueError('Error parsing message\n  bytes are in a Uint8Array.');
    return eitherForm(bytes, 'META_GRAPH_TEXT', (each) => {
      const { graphDef, ...rest } = META_GRAPH_DEF.read(each);
      return new MetaGraphDef({ ...rest, graphDef: GraphDef.fromString(graphDef ?? NOTHING) });
    });
  }
}

/**
 * What a file is read as.
 *
 * @param meant  what such a file is
 * @throws DataLossError  that names the file, where it cannot be read so
 */
export function parsed<T>(path: string, meant: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ValueError || error instanceof DataLossError)) throw error;
    const said = error.message.replace(/^Error parsing message\s*/, '');
    throw new DataLossError(null, `Cannot parse file ${path}: ${said}.\n  fix: ${meant}.`);
  }
}
