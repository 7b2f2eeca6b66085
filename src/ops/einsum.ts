/** Sums of products by labels of dimensions (Einstein's notation), made of products of two tensors at a time. */
import { isList } from '../base/border';
import { AttributeError, ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { type Dim, TensorShape } from '../base/shape';
import { memberOf } from '../base/thrown';
import { noteBound, signature } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, isSymbolic, sampleOf } from '../graph/constant';
import type { ElementFor, Made } from '../graph/fetched';
import { IndexedSlices, type Tensor, pythonType } from '../graph/graph';
import { parsed, times } from './equation';
import type { Symbolic } from './known-ranks';
import { matmul } from './matmul';
import { trace } from './matrix';
import type { NameOption } from './options';
import { element, reshape, shapeOf, sum, transpose } from './words';

/** How many labels there are; null where dots stand for any number. */
type Count<S, N extends readonly unknown[] = []> = S extends ''
  ? N['length']
  : S extends `.${string}`
    ? null
    : S extends ` ${infer More}`
      ? Count<More, N>
      : S extends `${string}${infer More}`
        ? Count<More, readonly [...N, unknown]>
        : null;
/** The rank of the result, where the equation is written out and says it. */
type RankOf<E> = E extends `${string}->${infer Out}` ? Count<Out> : null;

/** A tensor and a letter for each of its dimensions. */
interface Labelled {
  readonly tensor: Tensor;
  readonly labels: string;
}

const EINSUM = signature<[equation: string, inputs: readonly unknown[], name?: string]>('einsum');
/**
 * Sums products of elements, over the dimensions whose labels the result does not have: `'ij,jk->ik'` is the product of
 * two matrices, `'bij,bjk->bik'` that of batches of them, `'i,i->'` that of two vectors, and `'ij->ji'` transposes.
 *
 *     const [a, b] = [tf.constant([[1, 2], [3, 4]]), tf.constant([[1, 0], [0, 1]])];
 *     tf.einsum('ij,jk->ik', a, b)   // [[1, 2], [3, 4]]
 *     tf.einsum('ij,ij->', a, b)     // 5
 *
 * @param equation  letters for the dimensions of each input, with commas between; then `->` and those of the result, or
 *   without it those that are there once, in the order of the alphabet; `...` for dimensions that broadcast
 * @param inputs    tensors and variables of one dtype; `{ name }` may come last
 * @returns  the inputs' dtype; a dimension for each letter of the result
 * @throws ValueError  if the equation cannot be read, or does not fit the number of inputs or their shapes
 * @throws AttributeError  for an input that is no tensor
 */
export function einsum<const E extends string, X extends Symbolic>(
  equation: E,
  ...inputs: readonly [input: X, ...more: Symbolic[]]
): Made<ElementFor<X>, RankOf<E>>;
export function einsum<const E extends string, X extends Symbolic>(
  equation: E,
  ...inputs: readonly [input: X, ...more: Symbolic[], named: NameOption]
): Made<ElementFor<X>, RankOf<E>>;
export function einsum(...given: readonly unknown[]): Tensor {
  const [equation, operands, name] = EINSUM.takeRest(given, () => true);
  return inScope(name, 'einsum', operands, () => {
    const inputs = operands.map(checked);
    const shapes = inputs.map(knownShape);
    const { inputs: labels, output } = parsed(equation, shapes);
    const all = new Set([...labels.join(''), ...output]);
    const isTrace = (own: string): boolean =>
      labels.length === 1 && own === [...own].reverse().join('') && !equation.includes('->');
    for (const label of all)
      for (const own of labels) {
        const count = times(own, label);
        if (count === 2 && isTrace(own)) return trace(convertToTensor(inputs[0]));
        if (count > 1) throw new ValueError(`Subscript not supported: an axis appears more than once: ${own}`);
      }
    for (const label of all)
      if (labels.filter((own) => own.includes(label)).length > 2 && !output.includes(label)) {
        tell(
          'WARN',
          'Falling back to exponential-space implementation of einsum() because index ' +
            `"${label}" is summed over more than two inputs.`,
        );
        return allAtOnce(
          inputs.map((input) => convertToTensor(input)),
          labels,
          output,
        );
      }
    let left: Labelled = { tensor: convertToTensor(inputs[0]), labels: labels[0] };
    for (let i = 1; i < inputs.length; i++)
      left = product(left, { tensor: convertToTensor(inputs[i]), labels: labels[i] }, output);
    return settled(left, output, equation);
  });
}
noteBound(einsum, 'einsum');

/** What is known of it without a node; of a variable in parts that of the whole. */
function knownShape(input: Symbolic): TensorShape {
  const own = memberOf(input, 'shape');
  return own instanceof TensorShape ? own : sampleOf(input).shape;
}
function checked(input: unknown): Symbolic {
  if (isSymbolic(input) && !(input instanceof IndexedSlices)) return input;
  throw new AttributeError(
    `'${isList(input) ? 'list' : pythonType(input)}' object has no attribute 'get_shape'` +
      '\n  fix: tf.einsum takes tensors: tf.constant(…) of it.',
  );
}

/** Sums what the result does not have, and brings the rest into its order. */
function settled({ tensor, labels }: Labelled, output: string, equation: string): Tensor {
  const axes = [...labels].flatMap((label, i) => (output.includes(label) ? [] : [i]));
  const summed = axes.length ? sum(tensor, axes) : tensor;
  const kept = [...labels].filter((label) => output.includes(label)).join('');
  const sorted = (list: string): string => [...list].sort().join('');
  if (sorted(kept) !== sorted(output)) throw new ValueError(`Invalid equation: ${equation}`);
  return turned(summed, kept, output);
}

// --- products -------------------------------------------------------------------------------------------------

/** The product of two tensors, summed over what both have and the result has not. */
function product(a: Labelled, b: Labelled, output: string): Labelled {
  checkRank('t0', a);
  checkRank('t1', b);
  const both = [...a.labels].filter((label) => b.labels.includes(label));
  const summed = both.filter((label) => !output.includes(label));
  const kept = both.filter((label) => output.includes(label));
  // What both keep comes first; then in a what it has alone, and in b what is summed.
  const order = (own: string, second: (label: string) => boolean): string => {
    const place = (label: string): number => (kept.includes(label) ? 0 : second(label) ? 1 : 2);
    return [...own].sort((x, y) => place(x) - place(y) || (x < y ? -1 : 1)).join('');
  };
  const left = order(a.labels, (label) => !summed.includes(label));
  const right = order(b.labels, (label) => summed.includes(label));
  const x = turned(a.tensor, a.labels, left);
  const y = turned(b.tensor, b.labels, right);
  return summed.length === 0
    ? outer(x, y, left, right, kept.length)
    : inner(x, y, left, right, kept.length, summed.length);
}
function checkRank(which: string, { tensor, labels }: Labelled): void {
  const { rank } = tensor.shape;
  if (rank === null) throw new ValueError('Cannot take the length of shape with unknown rank.');
  if (rank !== labels.length)
    throw new ValueError(`Tensor ${which} of rank ${rank} does not match einsum reduction of length ${labels.length}`);
}
/** Without a sum: element by element, with dimensions of size 1 where the other has its own. */
function outer(x: Tensor, y: Tensor, left: string, right: string, kept: number): Labelled {
  let [a, b] = [x, y];
  for (let i = kept; i < right.length; i++) a = apply('ExpandDims', [a, -1]);
  for (let i = kept; i < left.length; i++) b = apply('ExpandDims', [b, kept]);
  return { tensor: apply('Mul', [a, b]), labels: left + right.slice(kept) };
}
/** With one: as a product of matrices, whose rows, columns and inner dimension are all that belong there, as one. */
function inner(x: Tensor, y: Tensor, left: string, right: string, kept: number, summed: number): Labelled {
  const xs = sizes(x);
  const rows = total(xs.slice(kept, -summed));
  const within = total(xs.slice(-summed));
  const a = reshaped(x, [...xs.slice(0, kept), rows, within]);
  const ys = sizes(y);
  const columns = total(ys.slice(kept + summed));
  const b = reshaped(y, [...ys.slice(0, kept), within, columns]);
  const flat = matmul(a, b);
  const ends = left.slice(0, left.length - summed);
  return {
    tensor: reshaped(flat, [...xs.slice(0, left.length - summed), ...ys.slice(kept + summed)]),
    labels: ends + right.slice(kept + summed),
  };
}
type Size = number | Tensor;
/** The sizes of a tensor; where they are not known, as tensors. */
function sizes(x: Tensor): Size[] {
  const dims = x.shape.dims ?? [];
  if (!dims.includes(null)) return dims.map((dim) => dim ?? 0);
  const shape = shapeOf(x);
  return dims.map((dim, i) => dim ?? element(shape, i));
}
/** Their product: a number while all are. */
function total(list: readonly Size[]): Size {
  const times = (x: Size, y: Size): Size =>
    typeof x !== 'number' ? x.mul(y) : typeof y !== 'number' ? y.rmul(x) : x * y;
  return list.reduce(times, 1);
}
/** With its dimensions in another order. */
function turned(x: Tensor, from: string, into: string): Tensor {
  const perm = [...into].map((label) => from.indexOf(label));
  return perm.every((place, i) => place === i) ? x : transpose(x, perm);
}
function reshaped(x: Tensor, shape: readonly Size[]): Tensor {
  const dims: readonly Dim[] = x.shape.dims ?? [];
  return dims.length === shape.length && shape.every((size, i) => size === dims[i]) ? x : reshape(x, shape);
}

/** Where a label is summed over more than two inputs: all in the dimensions of all, multiplied, then summed. */
function allAtOnce(inputs: readonly Tensor[], labels: readonly string[], output: string): Tensor {
  const summed = [...new Set(labels.join(''))].filter((label) => !output.includes(label)).sort();
  const order = [...summed, ...output];
  const turnedInputs = inputs.map((tensor, i) => {
    const own = labels[i];
    const { rank } = tensor.shape;
    if (rank !== own.length)
      throw new ValueError(
        `Input ${i} with axes ${own} has incorrect number of dimensions (expected ${own.length}, got ${rank})`,
      );
    return turned(tensor, own, order.filter((label) => own.includes(label)).join(''));
  });
  const shapes = turnedInputs.map((tensor) => (tensor.shape.dims ?? []).map((dim) => dim || -1));
  order.forEach((label, at) => {
    const found = new Set<number>();
    labels.forEach((own, i) => {
      if (!own.includes(label)) shapes[i].splice(at, 0, 1);
      else if (shapes[i][at] > 1) found.add(shapes[i][at]);
    });
    if (found.size > 1) throw new ValueError(`Dimension mismatch on axis: ${label}`);
  });
  const [first, ...others] = turnedInputs.map((tensor, i) => reshape(tensor, shapes[i]));
  const all = others.reduce((x, y) => x.mul(y), first.rmul(1));
  return sum(
    all,
    summed.map((_, i) => i),
  );
}
