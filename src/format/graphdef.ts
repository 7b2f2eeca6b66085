/**
 * GraphDef and SavedModel bytes: the messages of tensorflow/core/framework/graph.proto, function.proto and
 * protobuf/{saved_model,meta_graph}.proto. What is read is written again byte for byte, with the fields that nobody
 * here knows.
 */
import { ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { MESSAGE_BYTES } from '../base/room';
import type { AttrBytes } from './attr-value';
import { type FunctionMessage, readFunction, writeFunction } from './function-def';
import { type NodeMessage, type WrittenNode, readNode, writeNode } from './node-def';
import { MessageWriter, NOTHING, VARINT, readFields, readNumbers, tag } from './wire';

export type { AttrBytes };
/** A node to be written, of a part of a graph. */
export interface NodeBytes {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly device?: string;
  readonly attr: Readonly<Record<string, AttrBytes>>;
}

/** Which programs can read a graph. */
export interface Versions {
  /** The version of what wrote it. */
  readonly producer: number;
  /** The oldest version that can read it. */
  readonly minConsumer: number;
  /** Versions that read it wrongly. */
  readonly badConsumers: readonly number[];
  /** Fields that are not known here, as bytes. */
  readonly unknown: Uint8Array;
}
/** Which function is the gradient of which. */
export interface GradientMessage {
  /** The function. */
  readonly functionName: string;
  /** The function that is its gradient. */
  readonly gradientFunc: string;
}
/** The functions that nodes of a graph call. */
export interface LibraryMessage {
  /** The functions. */
  readonly functions: readonly FunctionMessage[];
  /** Functions that are the gradients of others. */
  readonly gradients: readonly GradientMessage[];
  /** Fields that are not known here, as bytes. */
  readonly unknown: Uint8Array;
}
/** TensorFlow's GraphDef, as plain data. */
export interface GraphMessage {
  /** The nodes, in order. */
  readonly nodes: readonly NodeMessage[];
  /** The functions that nodes call; null for none. */
  readonly library: LibraryMessage | null;
  /** Which programs can read it; null where it does not say. */
  readonly versions: Versions | null;
  /** Fields that are not known here, as bytes. */
  readonly unknown: Uint8Array;
}
/** What TensorFlow 1.15 writes. */
export const VERSIONS: Versions = { producer: 134, minConsumer: 0, badConsumers: [], unknown: NOTHING };

function checkSize(nodes: readonly { readonly attr: NodeBytes['attr'] }[]): void {
  const sizeOf = ({ value }: AttrBytes): number => (value instanceof NDArray ? value.size * value.dtype.size : 0);
  const content = nodes.reduce((sum, { attr }) => Object.values(attr).reduce((n, each) => n + sizeOf(each), sum), 0);
  if (content < MESSAGE_BYTES) return;
  throw new ValueError(
    `GraphDef cannot be larger than 2GB.\n  its constants alone have ${(content / 2 ** 30).toFixed(1)} GB` +
      '\n  fix: keep data out of the graph: feed it through placeholders, or assign it to variables part by part.',
  );
}
/** @throws ValueError  for 2 GB and more */
export function encodeGraph(
  graph: Omit<GraphMessage, 'nodes'> & { readonly nodes: readonly WrittenNode[] },
): Uint8Array {
  checkSize(graph.nodes);
  const m = new MessageWriter();
  const { library, versions } = graph;
  for (const node of graph.nodes) m.message(1, () => writeNode(m, node));
  if (library) m.message(2, () => writeLibrary(m, library));
  if (versions) m.message(4, () => writeVersions(m, versions));
  return m.raw(graph.unknown).w.finish();
}
/** @throws ValueError  if the bytes are no GraphDef */
export function decodeGraph(bytes: Uint8Array): GraphMessage {
  const nodes: NodeMessage[] = [];
  let library: LibraryMessage | null = null;
  let versions: Versions | null = null;
  const unknown = readFields(bytes, (field, r) => {
    if (field === 1) nodes.push(readNode(r.bytes()));
    else if (field === 2) library = readLibrary(r.bytes());
    else if (field === 4) versions = readVersions(r.bytes());
    else return false;
    return true;
  });
  return { nodes, library, versions, unknown };
}
function writeLibrary(m: MessageWriter, library: LibraryMessage): void {
  for (const fn of library.functions) m.message(1, () => writeFunction(m, fn));
  for (const { functionName, gradientFunc } of library.gradients)
    m.message(2, () => m.text(1, functionName).text(2, gradientFunc));
  m.raw(library.unknown);
}
function readLibrary(bytes: Uint8Array): LibraryMessage {
  const [functions, gradients]: [FunctionMessage[], GradientMessage[]] = [[], []];
  const unknown = readFields(bytes, (field, r) => {
    if (field === 1) functions.push(readFunction(r.bytes()));
    else if (field === 2) gradients.push(readGradient(r.bytes()));
    else return false;
    return true;
  });
  return { functions, gradients, unknown };
}
function readGradient(bytes: Uint8Array): GradientMessage {
  let [functionName, gradientFunc] = ['', ''];
  readFields(bytes, (field, r) => {
    if (field === 1) functionName = r.string();
    else if (field === 2) gradientFunc = r.string();
    else return false;
    return true;
  });
  return { functionName, gradientFunc };
}
function writeVersions(m: MessageWriter, versions: Versions): void {
  m.int(1, versions.producer).int(2, versions.minConsumer);
  m.packed(3, versions.badConsumers, (w, x) => w.int32(x)).raw(versions.unknown);
}
function readVersions(bytes: Uint8Array): Versions {
  let [producer, minConsumer] = [0, 0];
  const badConsumers: number[] = [];
  const unknown = readFields(bytes, (field, r, wire) => {
    if (field === 1) producer = r.int32();
    else if (field === 2) minConsumer = r.int32();
    else return field === 3 && readNumbers(r, wire, (each) => each.int32(), badConsumers);
    return true;
  });
  return { producer, minConsumer, badConsumers, unknown };
}

/** A part of a graph, for a run by TensorFlow. @throws ValueError  for 2 GB and more */
export function encodeGraphDef(nodes: readonly NodeBytes[], producer = VERSIONS.producer): Uint8Array {
  const messages = nodes.map((node): WrittenNode => ({ device: '', unknown: NOTHING, ...node }));
  return encodeGraph({ nodes: messages, library: null, versions: { ...VERSIONS, producer }, unknown: NOTHING });
}
/** A SavedModel with one meta graph, tagged `serve`, that has neither variables nor signatures. */
export function encodeSavedModel(nodes: readonly NodeBytes[], producer?: number): Uint8Array {
  const m = new MessageWriter();
  m.w.uint32(tag(1, VARINT)).int64(1);
  return m
    .message(2, () => {
      m.message(1, () => m.text(4, 'serve'));
      m.bytes(2, encodeGraphDef(nodes, producer));
    })
    .w.finish();
}
