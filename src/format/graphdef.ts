/**
 * GraphDef and SavedModel bytes from plain node descriptions: the messages of tensorflow/core/framework/graph.proto,
 * node_def.proto, attr_value.proto, tensor.proto and protobuf/{saved_model,meta_graph}.proto, field by field.
 */
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { textToBytes } from '../base/bytes';
import type { DType, Data } from '../base/dtype';
import { ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';

/** A node to be written. `kinds` says how an attribute is encoded where its value alone does not. */
export interface NodeBytes {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly device?: string;
  readonly attr: Readonly<Record<string, AttrBytes>>;
}
/** An attribute with its kind: `int`, `list(type)`, … */
export interface AttrBytes {
  readonly kind: string;
  readonly value: unknown;
}

const LENGTH = 2;
const VARINT = 0;
const FIXED32 = 5;
const tag = (field: number, wire: number): number => (field << 3) | wire;

/** The GraphDef producer that TensorFlow 1.15 writes. */
const PRODUCER = 134;

/** What a protocol buffer holds. */
const MOST_BYTES = 2 ** 31;

/** @throws ValueError  for 2 GB and more */
export function encodeGraphDef(nodes: readonly NodeBytes[]): Uint8Array {
  const content = nodes.reduce(
    (sum, { attr }) =>
      Object.values(attr).reduce(
        (n, { value }) => n + (value instanceof NDArray ? value.size * value.dtype.size : 0),
        sum,
      ),
    0,
  );
  if (content >= MOST_BYTES) {
    throw new ValueError(
      `GraphDef cannot be larger than 2GB.\n  its constants alone have ${(content / 2 ** 30).toFixed(1)} GB` +
        '\n  fix: keep data out of the graph: feed it through placeholders, or assign it to variables part by part.',
    );
  }
  const w = new BinaryWriter();
  for (const node of nodes) {
    w.uint32(tag(1, LENGTH)).fork();
    writeNode(w, node);
    w.join();
  }
  w.uint32(tag(4, LENGTH)).fork().uint32(tag(1, VARINT)).int32(PRODUCER).join();
  return w.finish();
}
/** A SavedModel with one meta graph, tagged `serve`, that has neither variables nor signatures. */
export function encodeSavedModel(nodes: readonly NodeBytes[]): Uint8Array {
  const w = new BinaryWriter();
  w.uint32(tag(1, VARINT)).int64(1);
  w.uint32(tag(2, LENGTH)).fork();
  w.uint32(tag(1, LENGTH)).fork().uint32(tag(4, LENGTH)).string('serve').join();
  w.uint32(tag(2, LENGTH)).bytes(encodeGraphDef(nodes));
  w.join();
  return w.finish();
}

function writeNode(w: BinaryWriter, node: NodeBytes): void {
  w.uint32(tag(1, LENGTH)).string(node.name);
  w.uint32(tag(2, LENGTH)).string(node.op);
  for (const input of node.input) w.uint32(tag(3, LENGTH)).string(input);
  if (node.device) w.uint32(tag(4, LENGTH)).string(node.device);
  for (const [name, attr] of Object.entries(node.attr)) {
    w.uint32(tag(5, LENGTH)).fork();
    w.uint32(tag(1, LENGTH)).string(name);
    w.uint32(tag(2, LENGTH)).fork();
    writeAttr(w, attr);
    w.join();
    w.join();
  }
}
function writeAttr(w: BinaryWriter, { kind, value }: AttrBytes): void {
  const list = /^list\((\w+)\)$/.exec(kind);
  if (list) {
    w.uint32(tag(1, LENGTH)).fork();
    for (const item of value as readonly unknown[]) writeScalar(w, list[1], item);
    w.join();
  } else writeScalar(w, kind, value);
}
/** AttrValue and its ListValue number their fields alike, but for `func`. */
function writeScalar(w: BinaryWriter, kind: string, value: unknown): void {
  switch (kind) {
    case 'string':
      w.uint32(tag(2, LENGTH)).bytes(textToBytes(value as string));
      break;
    case 'int':
      w.uint32(tag(3, VARINT)).int64(typeof value === 'bigint' ? value : BigInt(value as number));
      break;
    case 'float':
      w.uint32(tag(4, FIXED32)).float(value as number);
      break;
    case 'bool':
      w.uint32(tag(5, VARINT)).bool(value as boolean);
      break;
    case 'type':
      w.uint32(tag(6, VARINT)).int32((value as DType).number);
      break;
    case 'shape':
      w.uint32(tag(7, LENGTH)).fork();
      writeShape(w, value as TensorShape);
      w.join();
      break;
    case 'tensor':
      w.uint32(tag(8, LENGTH)).fork();
      writeTensor(w, value as NDArray);
      w.join();
      break;
    case 'func':
      w.uint32(tag(10, LENGTH))
        .fork()
        .uint32(tag(1, LENGTH))
        .string(value as string)
        .join();
      break;
    default:
      throw new Error(`attributes of kind '${kind}' cannot be written`);
  }
}
function writeShape(w: BinaryWriter, shape: TensorShape): void {
  if (!shape.dims) {
    w.uint32(tag(3, VARINT)).bool(true);
    return;
  }
  for (const dim of shape.dims)
    w.uint32(tag(2, LENGTH))
      .fork()
      .uint32(tag(1, VARINT))
      .int64(dim ?? -1)
      .join();
}
function writeTensor(w: BinaryWriter, { dtype, shape, data }: NDArray): void {
  w.uint32(tag(1, VARINT)).int32(dtype.number);
  w.uint32(tag(2, LENGTH)).fork();
  writeShape(w, new TensorShape(shape));
  w.join();
  if (dtype.kind === 'string') for (const s of data as string[]) w.uint32(tag(8, LENGTH)).bytes(textToBytes(s));
  else w.uint32(tag(4, LENGTH)).bytes(bytesOf(data));
}
function bytesOf(data: Exclude<Data, string[]> | Data): Uint8Array {
  const view = data as Float32Array;
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
