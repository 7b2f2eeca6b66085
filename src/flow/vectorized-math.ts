/** How products, sums, places by number and random numbers are made of all rows at once, after TensorFlow's pfor. */
import { bool, int32, int64, string } from '../base/dtype';
import { ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { toNDArray } from '../base/to-ndarray';
import { apply, applyOp } from '../graph/apply';
import { constantValue } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { ones } from '../ops/fill';
import { matmul } from '../ops/matmul';
import { reduceAll } from '../ops/reduce';
import { split } from '../ops/split';
import { stack } from '../ops/stack';
import {
  castTo,
  concat,
  element,
  gather,
  onesLike,
  range,
  rankOf,
  reshape,
  shapeOf,
  sliced,
  transpose,
} from '../ops/words';
import { condList, condTensor } from './cond';
import {
  type Converter,
  type Converters,
  type RowNode,
  behind,
  each,
  flattened,
  madeAt,
  repeated,
  rows,
  unflattened,
} from './row-node';
import { longer } from './vectorized-shapes';

// --- products ---------------------------------------------------------------------------------------------------

type Size = number | Tensor;
const product = (a: Size, b: Size): Size =>
  typeof a !== 'number' ? a.mul(b) : typeof b === 'number' ? a * b : b.rmul(a);
/** The three dimensions: numbers where all are known. */
function threeOf(x: Tensor): Size[] {
  const { fullDims } = x.shape;
  return fullDims ? [...fullDims] : split(shapeOf(x), 3).map((part) => reshape(part, []));
}
const matMul: Converter = (node) => {
  const [a, b] = node.inputs;
  const [left, right] = [node.op.attr('transpose_a', 'bool'), node.op.attr('transpose_b', 'bool')];
  if (a.isStacked && b.isStacked) return rows(matmul(a.t, b.t, { adjointA: left, adjointB: right }));
  return rows(a.isStacked ? leftRows(a.t, b.t, left, right) : rightRows(a.t, b.t, left, right));
};
/** The matrices of all rows, one below the other. */
function leftRows(given: Tensor, b: Tensor, isTurned: boolean, transposeB: boolean): Tensor {
  const a = isTurned ? transpose(given, [0, 2, 1]) : given;
  const [x, y, z] = threeOf(a);
  const made = matmul(reshape(a, [product(x, y), z]), b, { transposeB });
  return reshape(made, [x, y, -1]);
}
/** The matrices of all rows, side by side. */
function rightRows(a: Tensor, given: Tensor, transposeA: boolean, isTurned: boolean): Tensor {
  const b = isTurned ? transpose(given, [2, 0, 1]) : turned(given);
  const [x, y, z] = threeOf(b);
  const made = matmul(a, reshape(b, [x, product(y, z)]), { transposeA });
  return transpose(reshape(made, [-1, y, z]), [1, 0, 2]);
}
/** The first two dimensions in each other's place; where one of them is 1 nothing has to move. */
function turned(b: Tensor): Tensor {
  const shape = shapeOf(b);
  const least = apply('Minimum', [element(shape, 0), element(shape, 1)]);
  const numbers = (list: readonly number[]) => list.map((i) => toNDArray(i, int32));
  const perm = condList(
    least.equal(1),
    () => numbers([0, 1, 2]),
    () => numbers([1, 0, 2]),
  );
  const size = stack([element(shape, 1), element(shape, 0), element(shape, 2)]);
  return reshape(apply('Transpose', [b, perm.filter((x) => x instanceof Tensor)], {}, 'transpose'), size);
}
const batches: Converter = (node) => {
  node.stack();
  const [x, y] = [0, 1].map((i) => flattened(node.stacked(i)));
  return rows(unflattened(matmul(x, y, adjoints(node)), node.count));
};
const adjoints = (node: RowNode) => ({
  adjointA: node.op.attr('adj_x', 'bool'),
  adjointB: node.op.attr('adj_y', 'bool'),
});

// --- sums -------------------------------------------------------------------------------------------------------

const overAxes =
  (...attrs: readonly string[]): Converter =>
  (node) => {
    const x = node.stacked(0);
    return rows(node.made(node.op.type, [x, behind(node.same(1))], attrs));
  };
const segments: Converter = (node) => {
  node.stack([0, 1]);
  const data = node.stacked(0);
  let [ids, count] = [node.stacked(1), node.same(2)];
  if (ids.dtype !== count.dtype) [ids, count] = [castTo(ids, int64), castTo(count, int64)];
  const shape = shapeOf(ids, ids.dtype);
  const n = element(shape, 0);
  const more = sliced(onesLike(shape), 1, null);
  const starts = reshape(count.mul(apply('Range', [0, n, 1], {}, 'range')), concat([[n], more]));
  ids = ids.add(starts);
  const made = apply('UnsortedSegmentSum', [data, ids, castTo(count, int64).mul(castTo(n, int64))]);
  return rows(reshape(made, concat([[n, -1], sliced(shapeOf(made, n.dtype), 1, null)])));
};

// --- places by number -------------------------------------------------------------------------------------------

const gathered: Converter = (node) => {
  const [params, indices] = node.inputs;
  const axis = node.inputs.length > 2 ? node.same(2) : null;
  const known = axis ? constantValue(axis) : null;
  const at = axis === null ? 0 : known ? Number(known.item()) : axis;
  return rows(params.isStacked ? ofRows(node, at) : byRows(node, at, indices.t));
};
/** The same table for all rows. */
function byRows(node: RowNode, at: number | Tensor, indices: Tensor): Tensor {
  const params = node.inputs[0].t;
  const [all, picked] = [params.shape.at(0), indices.shape.at(0)];
  // Their numbers in order are those of all rows of the table.
  if (indices === node.all.indices && at === 0 && all !== null && all === picked) return params;
  const made = apply('GatherV2', [params, indices, at]);
  if (at === 0) return made;
  const negative = typeof at === 'number' ? toNDArray(at < 0, bool) : at.less(0);
  const axis = condTensor(
    negative,
    () => (typeof at === 'number' ? rankOf(params).radd(at) : at.add(rankOf(params))),
    () => (typeof at === 'number' ? toNDArray(at, int32) : at),
  );
  const order = concat([[axis], range(0, axis), range(axis.add(1), rankOf(made))]);
  return condTensor(
    axis.equal(0),
    () => made,
    () => transpose(made, order),
  );
}
/** A table for each row: they lie one behind the other. */
function ofRows(node: RowNode, at: number | Tensor): Tensor {
  const params = node.inputs[0].t;
  node.stack([1]);
  const indices = node.stacked(1);
  const flat = flattened(params);
  const starts = range(0, element(node.count, 0)).mul(element(shapeOf(params), 1));
  const behindRows = ones([rankOf(indices).sub(1)], int32);
  const offsets = reshape(starts, concat([node.count, behindRows]));
  const places = indices.add(castTo(offsets, indices.dtype));
  if (at !== 0) throw otherAxis(node, at);
  return gather(flat, places);
}
function otherAxis(node: RowNode, at: number | Tensor): ValueError {
  return new ValueError(
    `Error while converting ${node.op.name}${madeAt(node.op)}. Gather, where indices and param are both loop ` +
      `dependent, currently requires axis=0. Got axis=${at}\n  fix: transpose it first, or use tf.mapFn.`,
  );
}

// --- random numbers ---------------------------------------------------------------------------------------------

const warned = (node: RowNode): void =>
  tell('WARN', `Note that ${node.op.type} inside pfor op may not give same output as inside a sequential loop.`);
const random: Converter = (node) => {
  const inputs = node.inputs.map((_, i) => node.same(i));
  const shape = longer(node, inputs[0]);
  warned(node);
  return rows(...node.again([shape, ...inputs.slice(1)]));
};
const multinomial: Converter = (node) => {
  const { t: logits, isStacked } = node.inputs[0];
  const samples = node.same(1);
  warned(node);
  const n = element(node.count, 0);
  if (isStacked) {
    const [made] = node.again([flattened(logits), samples]);
    return rows(unflattened(made, [n]));
  }
  const [made] = node.again([logits, samples.mul(n)]);
  return rows(transpose(reshape(made, [-1, n, samples]), [1, 0, 2]));
};

// --- records ----------------------------------------------------------------------------------------------------

const records: Converter = (node) => {
  const serialized = node.stacked(0);
  const defaults = node.inputs.slice(1).map((_, i) => node.same(i + 1));
  const keys = (name: string) => node.op.attr(name, 'list(string)').map((key) => toNDArray(key, string));
  const inputs = [serialized, toNDArray([], string), keys('sparse_keys'), keys('dense_keys'), defaults];
  const attrs = { sparse_types: node.attr('sparse_types'), dense_shapes: node.attr('dense_shapes') };
  // What is sparse is one for all rows at once.
  return applyOp('ParseExample', inputs, attrs).outputs.map((t) => ({ t, isStacked: true, isSparse: true }));
};

export const MATH: Converters = {
  MatMul: matMul,
  BatchMatMul: batches,
  BatchMatMulV2: (node) => {
    const [x, y] = node.expand();
    return rows(matmul(x, y, adjoints(node)));
  },
  ...each('Sum Prod Max Min Mean All Any', overAxes('keep_dims')),
  ...each('Cumsum Cumprod', overAxes('exclusive', 'reverse')),
  ...each('ArgMax ArgMin', overAxes('output_type')),
  Cross: (node) => {
    node.stack();
    return rows(apply('Cross', node.tensors));
  },
  L2Loss: (node) => {
    const squares = apply('Square', [node.stacked(0)]);
    return rows(apply('Sum', [squares, range(1, rankOf(squares))]).div(2));
  },
  UnsortedSegmentSum: segments,
  ...each('Gather GatherV2', gathered),
  ...each('RandomUniform RandomUniformInt RandomStandardNormal TruncatedNormal', random),
  Multinomial: multinomial,
  Assert: (node) => {
    const [{ t, isStacked }] = node.inputs;
    const holds = isStacked ? reduceAll(t) : t;
    return repeated(node.op, [holds, ...node.tensors.slice(1)]);
  },
  Print: (node) => {
    node.stack([0]);
    return rows(...node.again());
  },
  ParseSingleExample: records,
  DecodeCSV: (node) => rows(...node.again([node.stacked(0), ...node.inputs.slice(1).map((_, i) => node.same(i + 1))])),
};
