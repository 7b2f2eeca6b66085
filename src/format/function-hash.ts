/**
 * The hash that TensorFlow puts behind the name of a function that was given none, after FunctionDefHash of
 * core/framework/function.cc: it depends on what a function takes, does and gives, and on nothing else.
 */
import { textToBytes } from '../base/bytes';
import { hash64, hash64Combine } from '../base/hashes';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { Attr, Func } from './attr';
import { type AttrBytes, writeAttr } from './attr-value';
import { type FunctionMessage, writeSignature } from './function-def';
import type { NodeMessage } from './node-def';
import { writeContent, writeShape } from './tensor-proto';
import { BinaryWriter, MessageWriter } from './wire';

function bytesOf(write: (m: MessageWriter) => void): Uint8Array {
  const m = new MessageWriter();
  write(m);
  return m.w.finish();
}
const withTexts = (hash: bigint, ...texts: readonly string[]): bigint =>
  texts.reduce((h, text) => hash64(textToBytes(text), h), hash);
const inOrder = <T>(map: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));

/** All elements as one block of bytes: of strings their lengths, and then these. */
function writeBlock(m: MessageWriter, array: NDArray): void {
  if (!Array.isArray(array.data)) return writeContent(m, array);
  const texts = array.data.map(textToBytes);
  const w = new BinaryWriter();
  for (const { length } of texts) w.uint32(length);
  for (const text of texts) w.raw(text);
  m.int(1, array.dtype.number);
  m.message(2, () => writeShape(m, new TensorShape(array.shape)));
  if (texts.length) m.bytes(4, w.finish());
}
function attrHash({ kind, value, ...attr }: AttrBytes): bigint {
  if (value instanceof NDArray) return hash64(bytesOf((m) => writeBlock(m, value)));
  if (value instanceof Func) return withAttrs(hash64(textToBytes(value.name)), value.attrs);
  return hash64(bytesOf((m) => writeAttr(m, { kind, value, ...attr })));
}
function withAttrs(hash: bigint, attrs: Readonly<Record<string, unknown>>): bigint {
  for (const [name, attr] of inOrder(attrs))
    if (attr instanceof Attr) hash = hash64Combine(attrHash(attr), withTexts(hash, name));
  return hash;
}
function nodeHash({ name, op, device, input, attr }: NodeMessage): bigint {
  const said = Object.fromEntries(Object.entries(attr).filter(([key]) => !key.startsWith('_')));
  return withAttrs(withTexts(hash64(textToBytes(name)), op, device, ...input), said);
}
/** The hash of a function as the letters and digits that TensorFlow makes of it. */
export function functionHash({ signature, nodes, ret }: FunctionMessage): string {
  const plain = { ...signature, name: '', attrs: [], controlOutputs: [] };
  let hash = hash64(bytesOf((m) => writeSignature(m, plain)));
  const byName = Object.fromEntries(nodes.map((node) => [node.name, node]));
  let ofNodes = NODES;
  for (const [name, node] of inOrder(byName)) ofNodes = hash64Combine(nodeHash(node), withTexts(ofNodes, name));
  hash = hash64Combine(ofNodes, hash);
  for (const [name, from] of inOrder(ret)) hash = withTexts(hash, name, from);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(hash);
  return bytes.toString('base64url').replaceAll('-', 'a').replaceAll('_', 'A');
}
/** What the hash of no nodes is. */
const NODES = 0xdecafcaffen;
