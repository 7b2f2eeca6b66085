/** The loss of sequences that are not aligned with their labels, and their decoders, after Graves (2012), chapter 7. */
import { type DType, float32, int64 } from '../../base/dtype';
import { asFloats, asLongs, asNumbers } from '../../base/elements';
import { cShape } from '../../base/shape';
import { type HostKernel, type HostTable, type HostTensor, KernelError, attr, host, invalid } from '../kernel';
import { bestPaths, logSum } from './beam-search';
import { editDistance } from './edit-distance';

interface Shaped {
  readonly shape: readonly number[];
}
interface Sequences {
  readonly x: Float32Array | Float64Array;
  readonly lengths: readonly number[];
  readonly time: number;
  readonly batch: number;
  readonly classes: number;
}
function checkInputs(inputs: Shaped, lengths: Shaped): void {
  if (inputs.shape.length !== 3) invalid('inputs is not a 3-Tensor');
  if (lengths.shape.length !== 1) invalid('sequence_length is not a vector');
}
function sequencesOf(inputs: HostTensor, lengths: HostTensor, refuse = invalid): Sequences {
  const [time, batch, classes] = inputs.shape;
  if (lengths.shape[0] !== batch)
    refuse(`len(sequence_length) != batch_size.  len(sequence_length):  ${lengths.shape[0]} batch_size: ${batch}`);
  const all = [...asNumbers(lengths.data)];
  all.forEach((length, b) => {
    if (length > time) refuse(`sequence_length(${b}) <= ${time}`);
  });
  const x = asFloats(inputs.data);
  return { x, lengths: all, time, batch, classes };
}
/** What a sequence has at a step. */
const rowAt = ({ x, batch, classes }: Sequences, t: number, b: number): Float64Array =>
  Float64Array.from(x.subarray((t * batch + b) * classes, (t * batch + b + 1) * classes));

interface How {
  readonly collapse: boolean;
  readonly merge: boolean;
  readonly ignoreLonger: boolean;
}
/** The labels of a sequence, as they are looked for. @throws InvalidArgumentError  where they cannot be */
function labelsOf(given: readonly number[], b: number, { classes, lengths }: Sequences, how: How): number[] {
  const labels: number[] = [];
  const at = `batch: ${b}`;
  if (!given.length) invalid(`Labels length is zero in batch ${b}`);
  let ended = false;
  given.forEach((label, i) => {
    if (i > 0 && how.collapse && label === given[i - 1]) return;
    if (label >= classes - 1) ended = true;
    else if (ended)
      invalid(
        `Saw a non-null label (index >= num_classes - 1) following a null label, ${at} num_classes: ${classes} ` +
          `labels: ${given.join(',')} labels seen so far: ${labels.join(',')}`,
      );
    else labels.push(label);
  });
  if (labels.some((label) => label < 0))
    invalid(`All labels must be nonnegative integers, ${at} labels: ${labels.join(',')}`);
  if (!how.ignoreLonger && lengths[b] < given.length)
    invalid(
      `Not enough time for target transition sequence (required: ${given.length}, available: ${lengths[b]})${b}` +
        'You can turn this error into a warning by using the flag ignore_longer_outputs_than_inputs',
    );
  return labels;
}
/** Chances by class at each step: [time][class]. */
function chances(s: Sequences, b: number): Float64Array[] {
  return Array.from({ length: s.lengths[b] }, (_, t) => {
    const row = rowAt(s, t, b);
    const most = row.reduce((x, y) => Math.max(x, y), -Infinity);
    const exps = row.map((v) => Math.exp(v - most));
    const sum = exps.reduce((x, y) => x + y, 0);
    return exps.map((v) => v / sum);
  });
}
/** Whether a path may come to place u from two places before: over a blank that no two like labels stand around. */
function skips(path: readonly number[], u: number, blank: number, merge: boolean): boolean {
  return u > 1 && path[u] !== blank && !(merge && path[u] === path[u - 2]);
}
/** Whether a path may stay at a place: blanks may always. */
const stays = (label: number, blank: number, merge: boolean): boolean => merge || label === blank;

/**
 * The loss of one sequence, and the derivative by what the softmax took. `path` has the labels with blanks around them;
 * forward[t][u] is the chance of all ways to place u at step t, backward[t][u] of all ways on from there.
 */
function lossOf(y: readonly Float64Array[], path: readonly number[], blank: number, merge: boolean, dx: DxAt): number {
  const [time, count] = [y.length, path.length];
  const empty = (): Float64Array => new Float64Array(count).fill(-Infinity);
  const [forward, backward] = [y.map(empty), y.map(empty)];
  const first = (t: number): number => Math.max(0, count - 2 * (time - t));
  const end = (t: number): number => Math.min(count, 2 * (t + 1));
  for (let u = 0; u < Math.min(2, count); u++) forward[0][u] = Math.log(y[0][path[u]]);
  for (let t = 1; t < time; t++)
    for (let u = first(t); u < end(t); u++) {
      const before = forward[t - 1];
      let sum = stays(path[u], blank, merge) ? before[u] : -Infinity;
      if (u > 0) sum = logSum(sum, before[u - 1]);
      if (skips(path, u, blank, merge)) sum = logSum(sum, before[u - 2]);
      forward[t][u] = Math.log(y[t][path[u]]) + sum;
    }
  for (let u = Math.max(0, count - 2); u < count; u++) backward[time - 1][u] = 0;
  for (let t = time - 2; t >= 0; t--)
    for (let u = first(t); u < end(t); u++) {
      const on = (v: number): number => backward[t + 1][v] + Math.log(y[t + 1][path[v]]);
      let sum = stays(path[u], blank, merge) ? on(u) : -Infinity;
      if (u + 1 < count) sum = logSum(sum, on(u + 1));
      // A blank is not come to over another label.
      if (u + 2 < count && path[u] !== blank && skips(path, u + 2, blank, merge)) sum = logSum(sum, on(u + 2));
      backward[t][u] = sum;
    }
  const all = path.reduce((sum, _, u) => logSum(sum, forward[0][u] + backward[0][u]), -Infinity);
  for (let t = 0; t < time; t++) {
    const sums = new Float64Array(blank + 1).fill(-Infinity);
    path.forEach((label, u) => {
      sums[label] = logSum(sums[label], forward[t][u] + backward[t][u]);
    });
    for (let label = 0; label <= blank; label++)
      dx(t, label, all === -Infinity ? y[t][label] : y[t][label] - Math.exp(sums[label] - all));
  }
  return -all;
}
type DxAt = (t: number, label: number, value: number) => void;

function checkLoss([inputs, indices, values, lengths]: readonly Shaped[]): void {
  checkInputs(inputs, lengths);
  if (indices.shape.length !== 2) invalid('labels_indices is not a matrix');
  if (values.shape.length !== 1) invalid('labels_values is not a vector');
  if (indices.shape[0] !== values.shape[0])
    invalid(
      'labels_indices and labels_values must contain the same number of rows, but saw shapes: ' +
        `${cShape(indices.shape)} vs. ${cShape(values.shape)}`,
    );
}
const ctcLoss: HostKernel = ([x, indices, values, lengths], node) => {
  const s = sequencesOf(x, lengths);
  if (!s.batch) invalid('batch_size must not be 0');
  const given = Array.from({ length: s.batch }, (): number[] => []);
  const [rows, labels] = [Array.from(asLongs(indices.data), Number), asNumbers(values.data)];
  const longest = rows.reduce((most, t, i) => (i % 2 ? Math.max(most, t + 1) : most), 0);
  for (let i = 0; i < labels.length; i++) {
    const [b, t] = [rows[2 * i], rows[2 * i + 1]];
    const place = `indices[${i}] = [${b},${t}] is`;
    if (!(b >= 0 && b < s.batch && t >= 0))
      invalid(`label SparseTensor is not valid: ${place} out of bounds: need 0 <= index < [${s.batch},${longest}]`);
    const order = i ? b - rows[2 * i - 2] || t - rows[2 * i - 1] : 1;
    if (order === 0) invalid(`label SparseTensor is not valid: ${place} repeated`);
    if (order < 0)
      invalid(`label SparseTensor is not valid: ${place} out of order. Many sparse ops require sorted indices.`);
    given[b].push(labels[i]);
  }
  const how = {
    collapse: attr(node, 'preprocess_collapse_repeated', 'bool'),
    merge: attr(node, 'ctc_merge_repeated', 'bool'),
    ignoreLonger: attr(node, 'ignore_longer_outputs_than_inputs', 'bool'),
  };
  const looked = given.map((each, b) => labelsOf(each, b, s, how));
  const [losses, dx] = [floatsOf(x.dtype, s.batch), floatsOf(x.dtype, s.x.length)];
  const blank = s.classes - 1;
  looked.forEach((each, b) => {
    if (s.lengths[b] <= 0 || (how.ignoreLonger && given[b].length > s.lengths[b])) return;
    const path = [blank, ...each.flatMap((label) => [label, blank])];
    losses[b] = lossOf(chances(s, b), path, blank, how.merge, (t, label, value) => {
      dx[(t * s.batch + b) * s.classes + label] = value;
    });
  });
  return [host(x.dtype, [s.batch], losses), host(x.dtype, x.shape, dx)];
};
function floatsOf(dtype: DType, length: number): Float32Array | Float64Array {
  return dtype === float32 ? new Float32Array(length) : new Float64Array(length);
}

/** Sequences of labels as a sparse tensor: indices, values and shape. */
function sparseOf(all: readonly (readonly number[])[]): [HostTensor, HostTensor, HostTensor] {
  const longs = (shape: readonly number[], data: readonly number[]): HostTensor =>
    host(int64, shape, BigInt64Array.from(data, BigInt));
  const count = all.reduce((sum, { length }) => sum + length, 0);
  const longest = all.reduce((most, { length }) => Math.max(most, length), 0);
  return [
    longs(
      [count, 2],
      all.flatMap((labels, b) => labels.flatMap((_, t) => [b, t])),
    ),
    longs([count], all.flat()),
    longs([2], [all.length, longest]),
  ];
}
/** Decoders give the same faults another code. */
function toDecode(inputs: HostTensor, lengths: HostTensor): Sequences {
  if (!inputs.shape[0]) invalid('max_time is 0');
  return sequencesOf(inputs, lengths, (message) => {
    throw new KernelError('FailedPrecondition', message);
  });
}
const greedy: HostKernel = ([inputs, lengths], node) => {
  const s = toDecode(inputs, lengths);
  const merge = attr(node, 'merge_repeated', 'bool');
  const sums = floatsOf(inputs.dtype, s.batch);
  const all = s.lengths.map((length, b) => {
    const labels: number[] = [];
    let before = -1;
    for (let t = 0; t < length; t++) {
      const row = rowAt(s, t, b);
      let best = 0;
      for (let label = 1; label < s.classes; label++) if (row[label] > row[best]) best = label;
      sums[b] -= row[best];
      if (best !== s.classes - 1 && !(merge && best === before)) labels.push(best);
      before = best;
    }
    return labels;
  });
  return [...sparseOf(all), host(inputs.dtype, [s.batch, 1], sums)];
};
const beam: HostKernel = ([inputs, lengths], node) => {
  const s = toDecode(inputs, lengths);
  const [width, count] = [attr(node, 'beam_width', 'int'), attr(node, 'top_paths', 'int')].map(Number);
  const merge = attr(node, 'merge_repeated', 'bool');
  if (count > width) invalid('requested more paths than the beam width.');
  const found = s.lengths.map((length, b) =>
    bestPaths(
      Array.from({ length: Math.max(0, length) }, (_, t) => rowAt(s, t, b)),
      width,
      count,
      merge,
    ),
  );
  const each = Array.from({ length: count }, (_, i) => sparseOf(found.map((paths) => paths[i].labels)));
  const chancesOf = floatsOf(inputs.dtype, s.batch * count);
  found.flat().forEach(({ chance }, i) => {
    chancesOf[i] = chance;
  });
  return [
    ...[0, 1, 2].flatMap((part) => each.map((parts) => parts[part])),
    host(inputs.dtype, [s.batch, count], chancesOf),
  ];
};
const checkDecoder = ([inputs, lengths]: readonly Shaped[]): void => checkInputs(inputs, lengths);

export const CTC_KERNELS: HostTable = {
  CTCLoss: { run: ctcLoss, check: checkLoss, only: true },
  CTCGreedyDecoder: { run: greedy, check: checkDecoder, only: true },
  CTCBeamSearchDecoder: { run: beam, check: checkDecoder, only: true },
  EditDistance: { run: editDistance, only: true },
};
