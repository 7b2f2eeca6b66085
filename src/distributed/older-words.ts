/**
 * Nodes of newer TensorFlows in the words of 1.15, where it has the op: borders that are given, and integers of other
 * sizes, are made by nodes around it.
 */
import { DType, int32, int64, limitsOf, string } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { toNDArray } from '../base/to-ndarray';
import { Attr, type Attrs, plain } from '../format/attr';
import type { NodeMessage } from '../format/node-def';
import { NOTHING } from '../format/wire';
import { definitionOf, isRegistered } from '../graph/opdef';
import { DATASET_WORDS } from './older-datasets';

type NodeAttrs = NodeMessage['attr'];
/** Made of a node that says something newer; null of one that does not. */
type Words = (node: NodeMessage) => NodeMessage[] | null;

/** The node as 1.15 has it, with what stands around it, in order. */
export function inOlderWords(node: NodeMessage): NodeMessage[] {
  if (!Object.hasOwn(WORDS, node.op) || isShort(node)) return [node];
  for (const words of WORDS[node.op]) {
    const made = words(node);
    // What is left of its type may say more.
    if (made) return made.flatMap((each) => (each.op === node.op ? inOlderWords(each) : [each]));
  }
  return [node];
}

/** Whether inputs are missing, which is an error of the node itself. */
const isShort = ({ op, input }: NodeMessage): boolean =>
  op !== 'StringJoin' &&
  isRegistered(op) &&
  input.filter((from) => !from.startsWith('^')).length < definitionOf(op).inputs.length;

// --- nodes around one -----------------------------------------------------------------------------------------

/** A name that no client gives. */
const within = (node: NodeMessage, name: string): string => `${node.name}/in_older_words/${name}`;
type Beside = (name: string, op: string, input: readonly string[], attr: NodeAttrs) => NodeMessage;
function besideOf(node: NodeMessage): Beside {
  // A constant is in the loop that the node is in.
  const here = [`^${node.input[0].replace(/:\d+$/, '')}`];
  return (name, op, input, attr) => ({
    name: within(node, name),
    op,
    input: op === 'Const' ? here : input,
    device: node.device,
    attr,
    unknown: NOTHING,
  });
}
const type = (dtype: DType): Attr => new Attr('type', dtype);
const INTS = { T: type(int32) };
const casting = (SrcT: DType, DstT: DType): NodeAttrs => ({
  SrcT: type(SrcT),
  DstT: type(DstT),
  Truncate: new Attr('bool', false),
});
const constant = (array: NDArray): NodeAttrs => ({ dtype: type(array.dtype), value: new Attr('tensor', array) });
const ints = (values: readonly number[], shape: readonly number[] = [values.length]): NodeAttrs =>
  constant(new NDArray(int32, shape, Int32Array.from(values)));
/** What takes the place of a node: a list of tensors as its outputs. */
function outputs(node: NodeMessage, input: readonly string[], dtypes: readonly DType[]): NodeMessage {
  const { _class: colocated } = node.attr;
  const attr = { T: new Attr('list(type)', dtypes), ...(colocated && { _class: colocated }) };
  return { ...node, op: 'IdentityN', input, attr };
}
function without(attr: NodeAttrs, ...names: string[]): NodeAttrs {
  return Object.fromEntries(Object.entries(attr).filter(([name]) => !names.includes(name)));
}
function dtypeOf(attr: Attrs, name: string): DType | null {
  const value = Object.hasOwn(attr, name) ? plain(attr[name]) : null;
  return value instanceof DType ? value : null;
}
const replaced = (input: readonly string[], at: number, by: string): string[] =>
  input.map((from, i) => (i === at ? by : from));

// --- integers of other sizes -------------------------------------------------------------------------------------

/** An input that is int32 in 1.15, and of the type that an attribute names in newer ones. */
function narrow(attr: string, input: number): Words {
  return (node) => {
    const dtype = dtypeOf(node.attr, attr);
    if (!dtype) return null;
    const rest = { ...node, attr: without(node.attr, attr) };
    if (dtype === int32) return [rest];
    const beside = besideOf(node);
    // What int32 does not hold becomes its last number, and not another one.
    const ends = dtype === int64 ? limitsOf(int32).map((end) => constant(toNDArray(end, int64))) : [];
    const limits = ends.map((end, i) => beside(`${attr}_${i ? 'most' : 'least'}`, 'Const', [], end));
    const from = [node.input[input], ...limits.map(({ name }) => name)];
    const held = limits.length ? [beside(`${attr}_held`, 'ClipByValue', from, { T: type(int64) })] : [];
    const cast = beside(`${attr}_as_int32`, 'Cast', [held[0]?.name ?? from[0]], casting(dtype, int32));
    return [...limits, ...held, cast, { ...rest, input: replaced(node.input, input, cast.name) }];
  };
}
/** The places among the largest, which are int32 in 1.15. */
const widePlaces: Words = (node) => {
  const dtype = dtypeOf(node.attr, 'index_type');
  const valueType = dtypeOf(node.attr, 'T');
  if (!dtype || !valueType) return null;
  const rest = { ...node, attr: without(node.attr, 'index_type') };
  if (dtype === int32) return [rest];
  const highest = { ...rest, name: within(node, 'highest') };
  const places = besideOf(node)('places', 'Cast', [`${highest.name}:1`], casting(int32, dtype));
  return [highest, places, outputs(node, [highest.name, places.name], [valueType, dtype])];
};
/**
 * Where each of some tensors begins that are joined, of their sizes, which are int32 in 1.15. There sizes are checked:
 * the places are sums that int32 may not hold.
 */
const wideSizes: Words = (node) => {
  const dtype = dtypeOf(node.attr, 'shape_type');
  if (!dtype) return null;
  const rest = { ...node, attr: without(node.attr, 'shape_type') };
  if (dtype !== int64) return dtype === int32 ? [rest] : null;
  const beside = besideOf(node);
  const [axis, ...sizes] = node.input.filter((from) => !from.startsWith('^'));
  const T = { T: type(int64) };
  const list = { ...T, axis: new Attr('int', 0) };
  const cast = sizes.map((from, i) => beside(`sizes_${i}`, 'Cast', [from], casting(int64, int32)));
  const checked = { ...rest, name: within(node, 'checked'), input: [axis, ...cast.map(({ name }) => name)] };
  const rank = beside('rank', 'Size', [sizes[0], `^${checked.name}`], { ...T, out_type: type(int32) });
  const one = beside('one', 'Const', [], constant(toNDArray(1, int64)));
  const none = beside('none', 'Const', [], constant(toNDArray(0, int64)));
  const first = beside('first', 'Const', [], ints([0], []));
  const place = beside('place', 'FloorMod', [axis, rank.name], INTS);
  const hot = { ...T, TI: type(int32), axis: new Attr('int', -1) };
  const along = beside('along', 'OneHot', [place.name, rank.name, one.name, none.name], hot);
  const all = beside('all', 'Pack', sizes, { ...list, N: new Attr('int', sizes.length) });
  const before = { ...T, Tidx: type(int32), exclusive: new Attr('bool', true), reverse: new Attr('bool', false) };
  const sums = beside('sums', 'Cumsum', [all.name, first.name], before);
  const begins = beside('begins', 'Mul', [sums.name, along.name], T);
  const controls = node.input.filter((from) => from.startsWith('^'));
  const attr = { ...list, num: new Attr('int', sizes.length) };
  const outputs = { ...node, op: 'Unpack', input: [begins.name, ...controls], attr };
  return [...cast, checked, rank, one, none, first, place, along, all, sums, begins, outputs];
};
/** A list that grows where what is set lies behind its end, which it does not in 1.15. */
const growing: Words = (node) => {
  const name = 'resize_if_index_out_of_bounds';
  if (!Object.hasOwn(node.attr, name)) return null;
  const rest = { ...node, attr: without(node.attr, name) };
  if (plain(node.attr[name]) !== true) return [rest];
  const beside = besideOf(node);
  const [list, place] = node.input;
  const length = beside('length', 'TensorListLength', [list], {});
  const one = beside('one', 'Const', [], ints([1], []));
  const next = beside('next', 'Add', [place, one.name], INTS);
  const size = beside('size', 'Maximum', [length.name, next.name], INTS);
  const grown = beside('grown', 'TensorListResize', [list, size.name], {});
  return [length, one, next, size, grown, { ...rest, input: replaced(node.input, 0, grown.name) }];
};
/** No texts in a row, which 1.15 does not have: an empty one. */
const noTexts: Words = (node) => {
  const { N: count } = node.attr;
  if (!count || Number(plain(count)) !== 0) return null;
  return [{ ...node, op: 'Const', attr: constant(toNDArray('', string)) }];
};

// --- borders that are given ----------------------------------------------------------------------------------------

interface Borders {
  /** Before and behind, by dimension. */
  readonly around: readonly number[];
  readonly dtype: DType;
  /** The node without them. */
  readonly bare: NodeMessage;
}
/** What is put around a picture; null where nothing is, or what is said cannot be. */
function bordersOf(node: NodeMessage): Borders | null {
  const { padding, explicit_paddings: given } = node.attr;
  const dtype = dtypeOf(node.attr, 'T');
  if (!padding || !given || !dtype || plain(padding) !== 'EXPLICIT') return null;
  const value = plain(given);
  const around = Array.isArray(value) ? value.map(Number) : [];
  // A window that lies in the border alone is an error there.
  const ksize = node.attr['ksize'] ? plain(node.attr['ksize']) : [];
  const windows = Array.isArray(ksize) ? ksize.map(Number) : [];
  const most = (i: number): number => windows[i >> 1] ?? 2 ** 31;
  if (around.length !== 8 || !around.every((n, i) => n >= 0 && (n === 0 || n < most(i)))) return null;
  const attr = { ...without(node.attr, 'explicit_paddings'), padding: new Attr('string', 'VALID') };
  return { around, dtype, bare: { ...node, attr } };
}
const before = (around: readonly number[]): number[] => around.filter((_, i) => i % 2 === 0);

/** The first input with its borders: zeros, or what is below all numbers. */
function padded(node: NodeMessage, { around, dtype }: Borders, below: boolean): NodeMessage[] {
  const beside = besideOf(node);
  const borders = beside('borders', 'Const', [], ints(around, [4, 2]));
  const attr = { T: type(dtype), Tpaddings: type(int32) };
  const input = [node.input[0], borders.name];
  if (!below) return [borders, beside('padded', 'Pad', input, attr)];
  const least = beside('least', 'Const', [], constant(toNDArray(limitsOf(dtype)[0], dtype)));
  return [borders, least, beside('padded', 'PadV2', [...input, least.name], attr)];
}
/** Reads a picture with borders. */
const ofPadded =
  (below: boolean): Words =>
  (node) => {
    const borders = bordersOf(node);
    if (!borders) return null;
    return [
      ...padded(node, borders, below),
      { ...borders.bare, input: replaced(node.input, 0, within(node, 'padded')) },
    ];
  };
/** What stands in the place of the node: of what has borders the part inside, of the size of a tensor. */
function inside(node: NodeMessage, { around, dtype }: Borders, from: string, sizes: string): NodeMessage[] {
  const begin = besideOf(node)('begin', 'Const', [], ints(before(around)));
  const attr = { T: type(dtype), Index: type(int32) };
  return [begin, { ...node, op: 'Slice', input: [from, begin.name, sizes], attr }];
}
const gradOfPadded: Words = (node) => {
  const borders = bordersOf(node);
  if (!borders) return null;
  const grad = { ...borders.bare, name: within(node, 'grad'), input: replaced(node.input, 0, within(node, 'padded')) };
  const attr = { T: type(borders.dtype), out_type: type(int32) };
  const sizes = besideOf(node)('sizes', 'Shape', [node.input[0]], attr);
  return [...padded(node, borders, true), grad, sizes, ...inside(node, borders, grad.name, sizes.name)];
};
/** The sizes of the picture are the first input. */
const gradOfSizes: Words = (node) => {
  const borders = bordersOf(node);
  if (!borders) return null;
  const beside = besideOf(node);
  const { around } = borders;
  const more = beside('more', 'Const', [], ints(before(around).map((n, d) => n + around[2 * d + 1])));
  const sizes = beside('sizes', 'Add', [node.input[0], more.name], INTS);
  const grad = { ...borders.bare, name: within(node, 'grad'), input: replaced(node.input, 0, sizes.name) };
  return [more, sizes, grad, ...inside(node, borders, grad.name, node.input[0])];
};

const SEGMENTS = [narrow('Tsegmentids', 2)];
const WORDS: Readonly<Record<string, readonly Words[]>> = {
  ...DATASET_WORDS,
  SparseSegmentMean: SEGMENTS,
  SparseSegmentMeanGrad: SEGMENTS,
  SparseSegmentMeanWithNumSegments: SEGMENTS,
  SparseSegmentSqrtN: SEGMENTS,
  SparseSegmentSqrtNGrad: SEGMENTS,
  SparseSegmentSqrtNWithNumSegments: SEGMENTS,
  SparseSegmentSum: SEGMENTS,
  SparseSegmentSumWithNumSegments: SEGMENTS,
  ConcatOffset: [wideSizes],
  TensorListSetItem: [growing],
  TopKV2: [narrow('Tk', 1), widePlaces],
  StringJoin: [noTexts],
  MaxPool: [ofPadded(true)],
  MaxPoolGrad: [gradOfPadded],
  DepthwiseConv2dNative: [ofPadded(false)],
  DepthwiseConv2dNativeBackpropFilter: [ofPadded(false)],
  DepthwiseConv2dNativeBackpropInput: [gradOfSizes],
};
