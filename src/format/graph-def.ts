/** `tf.GraphDef` and `tf.MetaGraphDef`: messages as objects, from and to bytes and text. */
import { isList, worded } from '../base/border';
import { bytesToText } from '../base/bytes';
import { TypeError_, ValueError } from '../base/errors';
import { checkReadable } from '../base/unreadable';
import type { Described } from './field';
import { decodeGraph, encodeGraph, type GraphMessage, type LibraryMessage, type Versions } from './graphdef';
import { TENSOR_INFO } from './messages';
import type { NodeMessage } from './node-def';

const textFormat = () => require('./text-format') as typeof import('./text-format');
const tables = () => require('./graph-messages') as typeof import('./graph-messages');
const textFrom = (table: object, bytes: Uint8Array): string => textFormat().textOf(table as Described, bytes);
const bytesFrom = (table: object, text: string): Uint8Array => textFormat().bytesOf(table as Described, text);

/** @throws TypeError  for what is no message of a graph. @param proto  what the sentence calls it */
export function checkGraph(def: unknown, proto = 'GraphDef'): asserts def is GraphMessage {
  if (typeof def !== 'object' || def === null || !('nodes' in def) || !isList(def.nodes))
    throw new TypeError_(
      `graph_def must be a ${proto} proto.\n  got ${worded(def)}` +
        '\n  fix: a file is read first: tf.GraphDef.fromString(readFileSync(path)), or fromText of a .pbtxt.',
    );
}
/**
 * A graph as plain data: what `graph.asGraphDef()` gives and `tf.importGraphDef` takes.
 *
 *     tf.constant(1, { name: 'one' });
 *     const bytes = tf.getDefaultGraph().asGraphDef().serializeToString();
 *     tf.GraphDef.fromString(bytes).node.map(({ name }) => name)   // ['one']
 */
export class GraphDef implements GraphMessage {
  /** The nodes. */
  nodes: readonly NodeMessage[];
  /** The functions that nodes call. */
  library: LibraryMessage | null;
  /** Which programs can read it. */
  versions: Versions | null;
  /** Fields that are not known here, as bytes. */
  unknown: Uint8Array;
  /** @param message  what it starts from; nothing where not given */
  constructor(message?: GraphMessage | null) {
    if (message !== null && message !== undefined) checkReadable([message], 'GraphDef');
    this.nodes = message?.nodes ?? [];
    this.library = message?.library ?? null;
    this.versions = message?.versions ?? null;
    this.unknown = message?.unknown ?? new Uint8Array(0);
  }
  /** The nodes, by Python's name. */
  get node(): readonly NodeMessage[] {
    return this.nodes;
  }
  /** Bytes, as a `.pb` file has them. @throws ValueError  for 2 GB and more */
  serializeToString(): Uint8Array {
    return encodeGraph(this);
  }
  /** Becomes what the bytes of a `.pb` file say. @throws ValueError  if they are no GraphDef */
  parseFromString(bytes: Uint8Array): this {
    return Object.assign(this, decodeGraph(checkedBytes(bytes)));
  }
  /** Text, as a `.pbtxt` file has it. */
  toString(): string {
    return textFrom(tables().GRAPH_DEF, this.serializeToString());
  }
  /** From the bytes of a `.pb` file. @throws ValueError  if they are no GraphDef */
  static fromString(bytes: Uint8Array): GraphDef {
    return new GraphDef(decodeGraph(checkedBytes(bytes)));
  }
  /** From the text of a `.pbtxt` file. @throws ValueError  that names the line, if it is no GraphDef */
  static fromText(text: string): GraphDef {
    return new GraphDef(decodeGraph(bytesFrom(tables().GRAPH_DEF, text)));
  }
}
function checkedBytes(bytes: Uint8Array): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes;
  throw new ValueError(`Error parsing message\n  bytes are in a Uint8Array or a Buffer, not ${typeof bytes}`);
}

/** Bytes of a file, in either form. @throws ValueError  if they are neither */
export function eitherForm<T>(
  bytes: Uint8Array,
  table: 'GRAPH_DEF' | 'META_GRAPH_TEXT' | 'SAVED_MODEL_TEXT',
  read: (bytes: Uint8Array) => T,
): T {
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const text = bytesToText(bytes);
    // A text begins with the name of a field, or a remark.
    if (!/^\s*(#|[a-z_]+\s*[:{<])/.test(text)) throw error;
    return read(bytesFrom(tables()[table], text));
  }
}
export function metaGraphText(bytes: Uint8Array): string {
  return textFrom(tables().META_GRAPH_TEXT, bytes);
}
export function savedModelText(bytes: Uint8Array): string {
  return textFrom(tables().SAVED_MODEL_TEXT, bytes);
}
export function infoText(bytes: Uint8Array): string {
  return textFormat().textOf(TENSOR_INFO, bytes);
}
