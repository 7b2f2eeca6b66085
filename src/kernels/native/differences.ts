/**
 * Where the kernels of TensorFlow 2.x, which the addon runs, give something else than those of 1.15, beyond
 * rounding; and what is done about it, in a step of its own as in a part of a graph that TensorFlow runs as a
 * whole.
 *
 * The table was found by running every op on every dtype with special values, in 1.15 and through the addon
 * (test/law). What stays as it is, for both are right in their
 * way:
 *
 * - Convolutions' gradients of NaN and infinities may have NaN beside them, where 0 times infinity was added.
 */
import { type DType, float32, float64, int16, int32, int64, int8, uint16, uint8 } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { type Look, attr } from '../kernel';
import {
  type Node,
  type Part,
  typeOf,
  larger,
  smaller,
  withoutNaN,
  byInt32,
  withLowest,
  withZeros,
  zeroAtZero,
} from './parts';

export interface Difference {
  /** Op types, with blanks between. */
  readonly types: string;
  /** Of which inputs: the dtype of the node's `T` or `SrcT`; all where not given. */
  readonly of?: readonly DType[];
  readonly where?: (node: Node) => boolean;
  /** Not in a whole graph where the nodes that give the inputs are of such types. */
  readonly unless?: (givers: readonly (string | undefined)[], node: Node) => boolean;
  /** What 2.x does. */
  readonly says: string;
  /** `host`: not used. Parts: these nodes instead. A test: used where it holds, and else left to the host. */
  readonly instead: 'host' | ((node: Node) => readonly Part[]) | { readonly fits: (look: Look, node: Node) => boolean };
}

const FLOATS = [float32, float64];
const SHORT = [uint8, int8, uint16, int16];

/** Axes that name no dimension twice: of one sign, and each once. */
const distinctAxes = ({ data }: Look): boolean => {
  const axes = data(1);
  if (!axes) return false;
  const all = Array.from(axes, Number);
  return all.length < 2 || ((all.every((a) => a >= 0) || all.every((a) => a < 0)) && new Set(all).size === all.length);
};
/** Axes over which more than one element is reduced to one. */
const reducesMany = ({ shape, data }: Look): boolean => {
  const [dims, axes] = [shape(0), data(1)];
  if (!dims || !axes) return false;
  const reduced = Array.from(axes, Number).map((a) => dims[a < 0 ? a + dims.length : a]);
  return sizeOf(reduced) !== 1;
};
const countsFromZero = ({ data }: Look): boolean => {
  const order = data(1);
  return order !== null && Array.from(order, Number).every((d) => d >= 0);
};
const notEmpty =
  (...inputs: readonly number[]) =>
  ({ shape }: Look): boolean =>
    inputs.every((i) => sizeOf(shape(i) ?? [0]) > 0);
/** Of several pictures of one channel more than one column is made, or the filter goes step by step. */
const manyColumns = ({ shape }: Look, node: Node): boolean => {
  const [pictures, filter] = [shape(0), shape(1)];
  const [, , step] = attr(node, 'strides');
  if (step === 1 || !pictures || !filter) return step === 1;
  const [batch, , width, channels] = pictures;
  const [, , apart = 1] = 'dilations' in node.attrs ? attr(node, 'dilations') : [];
  const covered = attr(node, 'padding') === 'SAME' ? 1 : (filter[1] - 1) * apart + 1;
  return batch === 1 || channels !== 1 || width - covered >= step;
};

/** The kernel of oneDNN's for filters of one pixel that go by steps writes beyond what it has, but for whole blocks. */
const wholeBlocks = ({ shape, data }: Look, { attrs }: Node): boolean => {
  const [, down, across] = attrs['strides'] as readonly number[];
  if (down === 1 && across === 1) return true;
  const [channels, sizes] = [shape(0)?.[3], data(1)];
  if (channels === undefined || !sizes) return false;
  return channels % 16 === 0 || Number(sizes[0]) > 1 || Number(sizes[1]) > 1;
};

const reducesTwice = 'refuses axes of which two are the same dimension; 1.15 reduces it once';

export const DIFFERENCES: readonly Difference[] = [
  { types: 'Maximum', of: FLOATS, says: 'is NaN where one is; 1.15 gives the first then', instead: larger },
  { types: 'Minimum', of: FLOATS, says: 'is NaN where one is; 1.15 gives the first then', instead: smaller },
  {
    types: 'Log Pow Atan2',
    of: FLOATS,
    says: 'counts operands below the least normal number as 0 in its vectors, and as themselves after them',
    instead: withZeros,
  },
  {
    types: 'Xdivy Xlogy',
    of: FLOATS,
    says: 'the same; and of -0 it is -0 in vectors, 0 after them, which is 1.15 too',
    instead: (node) => zeroAtZero(withZeros(node), typeOf(node)),
  },
  {
    types: 'RsqrtGrad',
    of: FLOATS,
    says: 'gives -0 for 0 after its vectors, which is 1.15 too',
    instead: (node): readonly Part[] => {
      const T = typeOf(node);
      return [
        { op: 'RsqrtGrad', inputs: [0, 1], types: { T } },
        { op: 'Const', inputs: [], types: { dtype: T }, value: 0 },
        { op: 'AddV2', inputs: [{ part: 0 }, { part: 1 }], types: { T } },
      ];
    },
  },
  {
    types: 'MaxPoolGrad MaxPoolGradGrad',
    of: FLOATS,
    // Behind its pool in a whole graph a kernel of oneDNN's takes it, which passes over NaN by itself.
    unless: ([, pool], node) => pool === 'MaxPool' && typeOf(node) === float32,
    says: 'gives the gradient to a NaN that comes first',
    instead: withLowest,
  },
  { types: 'Sum Mean Prod Max Min', says: reducesTwice, instead: { fits: distinctAxes } },
  { types: 'All Any', says: reducesTwice, instead: { fits: distinctAxes } },
  { types: 'Max', of: FLOATS, says: 'is NaN where one is; 1.15 passes over it', instead: withoutNaN(-Infinity) },
  { types: 'Min', of: FLOATS, says: 'is NaN where one is; 1.15 passes over it', instead: withoutNaN(Infinity) },
  { types: 'Max Min', of: FLOATS, says: 'as that goes, over one NaN alone', instead: { fits: reducesMany } },
  { types: 'Mean', of: [...SHORT, int32, int64], says: 'adds up in a wider type; 1.15 wraps', instead: 'host' },
  { types: 'TruncateDiv', of: FLOATS, says: 'drops the fraction; 1.15 gives the quotient', instead: 'host' },
  {
    types: 'Cast',
    of: FLOATS,
    where: (node) => SHORT.includes(attr(node, 'DstT')),
    says: 'gives 0 for numbers outside the range; 1.15 goes by int32 and keeps the lower bits',
    instead: byInt32,
  },
  { types: 'Sign', of: FLOATS, says: 'is NaN of NaN; in 1.15 it is 0', instead: 'host' },
  { types: 'Round', of: FLOATS, says: 'is -0 of -0.3; in 1.15 it is 0', instead: 'host' },
  { types: 'Round', where: (node) => typeOf(node).isInteger, says: 'gives zeros for integers', instead: 'host' },
  { types: 'Digamma', of: FLOATS, says: 'is NaN at 0, -1, -2; in 1.15 it is infinite', instead: 'host' },
  { types: 'Erf', of: [float64], says: 'is NaN of infinities; in 1.15 it is 1 and -1', instead: 'host' },
  { types: 'SegmentMax SegmentMin', of: FLOATS, says: 'goes wrong beside NaN', instead: 'host' },
  {
    types: 'Tan Asin Acos Atan',
    where: (node) => typeOf(node).isInteger,
    says: 'knows no integers, which the definitions of 1.15 allow',
    instead: 'host',
  },
  { types: 'Polygamma Zeta', says: 'has other values at the poles and at infinities', instead: 'host' },
  { types: 'TopKV2', of: FLOATS, says: 'has NaN before or after numbers, as it comes', instead: 'host' },
  {
    types: 'TopK _FusedConv2D _FusedMatMul',
    says: 'asks for an attribute that the definition does not have',
    instead: 'host',
  },
  {
    types: 'Conv2D',
    says: 'gives an empty batch the depth of the input, and leaves what an empty filter gives unset',
    instead: { fits: notEmpty(0, 1) },
  },
  {
    types: 'Conv2D',
    says: 'reads the wrong pixels where a wide step leaves one column of pictures of one channel',
    instead: { fits: manyColumns },
  },
  {
    types: 'Transpose ConjugateTranspose',
    says: 'counts dimensions below 0 from the end; in 1.15 they are out of range',
    instead: { fits: countsFromZero },
  },
  { types: 'GatherV2 Gather', says: 'takes any index into rows that are empty', instead: { fits: notEmpty(0) } },
  {
    types:
      'DepthwiseConv2dNativeBackpropInput DepthwiseConv2dNativeBackpropFilter FakeQuantWithMinMaxVarsPerChannel ' +
      'FakeQuantWithMinMaxVarsPerChannelGradient QuantizeAndDequantizeV3 LSTMBlockCell LSTMBlockCellGrad BlockLSTM ' +
      'BlockLSTMGrad BlockLSTMV2 BlockLSTMGradV2 GRUBlockCell GRUBlockCellGrad',
    says: 'ends the process for operands that do not fit, and no check of ours comes before it',
    instead: 'host',
  },
  {
    types: 'Enter RefEnter Exit RefExit NextIteration RefNextIteration LoopCond Batch Unbatch UnbatchGrad',
    says: 'has a meaning among other nodes or other runs alone, and holds up the process by itself, or ends it',
    instead: 'host',
  },
  {
    types:
      'XlaBroadcastHelper XlaClusterOutput XlaCompile XlaConv XlaDequantize XlaDot XlaDynamicSlice ' +
      'XlaDynamicUpdateSlice XlaEinsum XlaIf XlaKeyValueSort XlaLaunch XlaPad XlaRecv XlaRecvAtHost ' +
      'XlaReduce XlaReduceWindow XlaReplicaId XlaRun XlaSelectAndScatter XlaSelfAdjointEig XlaSend ' +
      'XlaSendFromHost XlaSort XlaSvd XlaWhile',
    says: "is XLA's, which is not here: run by itself it ends the process or refuses",
    instead: 'host',
  },
  { types: 'Cross', says: 'gives NaN for infinities, and 0 for what is near the least number', instead: 'host' },
  {
    types: 'MaxPool MaxPoolGrad MaxPoolGradGrad AvgPool',
    says: "ends the process where a gradient of oneDNN's stands behind a pool of nothing, which left it no places",
    instead: { fits: notEmpty(0) },
  },
  { types: 'Conv2DBackpropInput', says: 'goes wrong with empty operands', instead: { fits: notEmpty(1, 2) } },
  {
    types: 'Conv2DBackpropFilter',
    says: 'ends the process for filters of one pixel that go by steps over large pictures',
    instead: { fits: wholeBlocks },
  },
  { types: 'Conv2DBackpropFilter', says: 'goes wrong with empty operands', instead: { fits: notEmpty(0, 2) } },
];

const BY_TYPE = new Map<string, Difference[]>();
for (const line of DIFFERENCES)
  for (const type of line.types.split(' ')) BY_TYPE.set(type, [...(BY_TYPE.get(type) ?? []), line]);

/** The lines of the table that speak of a node. */
export function differencesOf(node: Node): readonly Difference[] {
  const lines = BY_TYPE.get(node.type);
  return lines ? lines.filter(({ of, where }) => (!of || of.includes(typeOf(node))) && (where?.(node) ?? true)) : [];
}
/** The parts that stand for a node, where its lines say so. */
export function partsOf(lines: readonly Difference[], node: Node): readonly Part[] | null {
  for (const { instead } of lines) if (typeof instead === 'function') return instead(node);
  return null;
}
