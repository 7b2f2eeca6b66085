/** Nodes of newer TensorFlows in the words of 1.15, where it has the op, and takes these numbers in a smaller type. */
import { int32, int64 } from '../base/dtype';
import { Attr, plain } from '../format/attr';
import type { NodeMessage } from '../format/node-def';
import { NOTHING } from '../format/wire';

const SEGMENTS = { attr: 'Tsegmentids', input: 2 };
/** Inputs that are int32 in 1.15, and of any type that an attribute names in newer ones. */
const NARROW: Readonly<Record<string, { readonly attr: string; readonly input: number }>> = {
  SparseSegmentMean: SEGMENTS,
  SparseSegmentMeanGrad: SEGMENTS,
  SparseSegmentMeanWithNumSegments: SEGMENTS,
  SparseSegmentSqrtN: SEGMENTS,
  SparseSegmentSqrtNGrad: SEGMENTS,
  SparseSegmentSqrtNWithNumSegments: SEGMENTS,
  SparseSegmentSum: SEGMENTS,
  SparseSegmentSumWithNumSegments: SEGMENTS,
  TopKV2: { attr: 'Tk', input: 1 },
};

/** The node, behind another one that casts what it reads. */
export function inOlderWords(node: NodeMessage): NodeMessage[] {
  const narrow = Object.hasOwn(NARROW, node.op) ? NARROW[node.op] : null;
  const given = narrow && Object.hasOwn(node.attr, narrow.attr) ? node.attr[narrow.attr] : null;
  if (!narrow || !given || plain(given) !== int64) return [node];
  const cast: NodeMessage = {
    name: `${node.name}/${narrow.attr}_as_int32`,
    op: 'Cast',
    input: [node.input[narrow.input]],
    device: node.device,
    attr: {
      SrcT: new Attr('type', int64),
      DstT: new Attr('type', int32),
      Truncate: new Attr('bool', false),
    },
    unknown: NOTHING,
  };
  const input = node.input.map((from, i) => (i === narrow.input ? cast.name : from));
  const { [narrow.attr]: _, ...attr } = node.attr;
  return [cast, { ...node, input, attr }];
}
