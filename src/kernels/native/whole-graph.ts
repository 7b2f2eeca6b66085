/**
 * The nodes of a graph as they are written for a session of TensorFlow's. Before it runs a graph, such a session
 * rewrites it, and TensorFlow 2's rewrites change values: sums and products with constants are put in another order
 * ((x + 1e8) - 1e8 becomes x), !(a < b) becomes a >= b, also of NaN, and a product with its bias and Relu becomes one
 * kernel of oneDNN's, which takes NaN for 0. So each node is marked as one to keep, which the rewrites respect but
 * for those that ../values.ts names, and those that look for zeros and ones.
 */
import { DType, float32, float64, int32, int64 } from '../../base/dtype';
import { asNumbers } from '../../base/elements';
import { floatsOfBits, isHalf } from '../../base/half';
import { NDArray } from '../../base/ndarray';
import type { AttrBytes, NodeBytes } from '../../format/graphdef';
import type { TensorShape } from '../../base/shape';
import type { GraphNode } from '../compiled';
import { differencesOf, partsOf } from './differences';
import { type Part, filled } from '../parts';

const KEPT: AttrBytes = { kind: 'bool', value: true };

/** Sums of which one operand may be a row that is added to all rows of the other: BiasAdd is faster at it. */
const SUMS: ReadonlySet<string> = new Set(['Add', 'AddV2']);
function withBias({ shapes = [], outputTypes: _, ...node }: GraphNode): NodeBytes {
  const { T } = node.attr;
  const [a, b] = shapes;
  if (!SUMS.has(node.op) || !a || !b || (T.value !== float32 && T.value !== float64)) return node;
  const [x, y, ...waits] = node.input;
  const input = isRowOf(b, a) ? node.input : isRowOf(a, b) ? [y, x, ...waits] : null;
  return input ? { ...node, op: 'BiasAdd', input, attr: { T, data_format: { kind: 'string', value: 'NHWC' } } } : node;
}
function isRowOf(row: TensorShape, { rank, dims }: TensorShape): boolean {
  return row.rank === 1 && row.dims![0] !== null && rank !== null && rank > 1 && row.dims![0] === dims![rank - 1];
}
/** The nodes with parts in the place of what they stand for, of which the last bears its name; all of them kept. */
export function written(nodes: readonly GraphNode[]): NodeBytes[] {
  const types = new Map(nodes.map(({ name, op }) => [name, op]));
  const typeOf = (edge: string): string | undefined => types.get(edge.replace(/:.*/, ''));
  const hasLoops = nodes.some(({ op }) => op === 'Enter');
  const plain = nodes
    .map(withBias)
    .flatMap((node) => withoutDifferences(node, typeOf, { inGraphs: false, hasLoops }))
    .flatMap((node) => withoutDifferences(node, typeOf, { inGraphs: true, hasLoops }));
  return withHiddenConstants(plain)
    .flatMap(withZeroSigns)
    .map((node) => ({ ...node, attr: { ...node.attr, _grappler_do_not_remove: KEPT } }));
}
/** What TensorFlow computes otherwise, or not at all, beside zeros and ones, wherever it knows the shapes. */
const SIMPLIFIED: ReadonlySet<string> = new Set(['Add', 'AddV2', 'Sub', 'Mul', 'RealDiv', 'Div']);
const UNITS: ReadonlySet<string> = new Set(['ZerosLike', 'OnesLike', 'Fill']);
/**
 * Sums, products and quotients read zeros and ones through an Identity: a kept node becomes another one all the same
 * where it is x + 0 (x, also of -0), 0 - x (-x), 1 / x (Reciprocal, with other digits), x * 1 (x, also below the least
 * normal number) or e^x - 1. So come all constants into a loop: there a quotient becomes a product with a reciprocal.
 */
function withHiddenConstants(nodes: readonly NodeBytes[]): NodeBytes[] {
  const units = new Map(nodes.filter(isUnit).map((node) => [node.name, node]));
  const constants = new Set(nodes.flatMap(({ op, name }) => (op === 'Const' ? [name] : [])));
  const hidden = new Set<string>();
  const isHidden = (op: string, edge: string): boolean => (op === 'Enter' ? constants.has(edge) : units.has(edge));
  const read = nodes.map((node): NodeBytes => {
    if (node.op !== 'Enter' && (!SIMPLIFIED.has(node.op) || !isFloating(node.attr['T']))) return node;
    const input = node.input.map((edge) => {
      if (!isHidden(node.op, edge)) return edge;
      hidden.add(edge);
      return hiddenName(edge);
    });
    return { ...node, input };
  });
  return read.flatMap((node): NodeBytes[] => {
    if (!hidden.has(node.name)) return [node];
    const T = node.attr[node.op === 'Const' ? 'dtype' : 'T'];
    return [node, { name: hiddenName(node.name), op: 'Identity', input: [node.name], attr: { T } }];
  });
}
const hiddenName = (name: string): string => `${name}_unseen`;
function isFloating({ value }: AttrBytes): boolean {
  return value instanceof DType && (value.isFloating || value.isComplex);
}
function isUnit({ op, attr }: NodeBytes): boolean {
  if (op !== 'Const') return UNITS.has(op);
  const value = attr['value'].value;
  if (!(value instanceof NDArray)) return false;
  const { data, dtype } = value;
  if (!isFloating(attr['dtype'])) return false;
  const numbers = isHalf(dtype) ? floatsOfBits(data, dtype) : asNumbers(data);
  const width = dtype.isComplex ? 2 : 1;
  return [0, 1].some((unit) => numbers.every((v: number, i: number) => v === (i % width ? 0 : unit)));
}
function withoutDifferences(
  node: NodeBytes,
  typeOf: (edge: string) => string | undefined,
  { inGraphs, hasLoops }: { readonly inGraphs: boolean; readonly hasLoops: boolean },
): NodeBytes[] {
  const attrs = Object.fromEntries(
    Object.entries(node.attr).flatMap(([name, { value }]) => (value === null ? [] : [[name, value] as const])),
  );
  const whole = { type: node.op, name: node.name, attrs, outputTypes: [], edges: node.input };
  const lines = differencesOf(whole, inGraphs).filter(({ unless }) => !unless?.(node.input.map(typeOf), whole));
  const parts = partsOf(lines, whole);
  return parts ? inParts(node, parts, hasLoops) : [node];
}
/** @param hasLoops  then a constant waits for what the node reads, so that it is in the same loop */
function inParts(node: NodeBytes, parts: readonly Part[], hasLoops: boolean): NodeBytes[] {
  // In the order of names, by which TensorFlow sorts operands, parts come before what they are part of.
  const nameOf = (i: number): string => (i === parts.length - 1 ? node.name : `0${node.name}_${i}`);
  return parts.map((part, i): NodeBytes => {
    const attr: Record<string, AttrBytes> = {};
    for (const [name, value] of Object.entries(part.types)) attr[name] = { kind: 'type', value };
    for (const [name, value] of Object.entries(part.ints ?? {})) attr[name] = { kind: 'int', value };
    for (const name of part.attrs ?? []) attr[name] = node.attr[name];
    const { dtype } = part.types;
    if (part.value !== undefined)
      attr['value'] = { kind: 'tensor', value: new NDArray(dtype, [], filled(dtype, part.value)) };
    const input = part.inputs.map((from) => (typeof from === 'number' ? node.input[from] : nameOf(from.part)));
    if (hasLoops && !input.length && node.input.length) input.push(`^${node.input[0].replace(/^\^|:.*/g, '')}`);
    return { name: nameOf(i), op: part.op, input, attr };
  });
}
/** A constant with -0 in it by its bits: TensorFlow packs a constant of equal elements, and takes -0 for 0 then. */
function withZeroSigns(node: NodeBytes): NodeBytes[] {
  const value = node.attr['value']?.value;
  if (node.op !== 'Const' || !(value instanceof NDArray)) return [node];
  const { data, dtype, shape } = value;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return [node];
  const isNegative = (v: number): boolean => Object.is(v, -0);
  if (!(data instanceof Float32Array ? data.some(isNegative) : data.some(isNegative))) return [node];
  const to = dtype === float32 ? int32 : dtype === float64 ? int64 : null;
  if (!to) return [node];
  const { buffer, byteOffset } = data;
  const bits = to === int32 ? new Int32Array(buffer, byteOffset, data.length) : new BigInt64Array(data.slice().buffer);
  const type = (value: DType): AttrBytes => ({ kind: 'type', value });
  return [
    {
      name: `${node.name}_bits`,
      op: 'Const',
      input: node.input,
      attr: { dtype: type(to), value: { kind: 'tensor', value: new NDArray(to, shape, bits) } },
    },
    { name: node.name, op: 'Bitcast', input: [`${node.name}_bits`], attr: { T: type(to), type: type(dtype) } },
  ];
}
