/** How far sequences are apart (Levenshtein 1966), for sparse tensors of them. */
import { float32, zerosOf } from '../../base/dtype';
import { asLongs } from '../../base/elements';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTensor, attr, host, invalid } from '../kernel';
import { unlikeRows } from './operands';

function distance(a: readonly unknown[], b: readonly unknown[]): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  a.forEach((x, i) => {
    const row = [i + 1];
    b.forEach((y, j) => row.push(Math.min(row[j] + 1, before[j + 1] + 1, before[j] + (x === y ? 0 : 1))));
    before = row;
  });
  return before[b.length];
}
interface Parts {
  readonly indices: HostTensor;
  readonly values: HostTensor;
  readonly shape: readonly number[];
}
const NAMES = ['hypothesis', 'truth'] as const;
/** Of the hypothesis and of the truth, checked in TensorFlow's order. */
function partsOf(inputs: readonly HostTensor[]): Parts[] {
  const ranks = { indices: [2, 'matrix'], values: [1, 'vector'], shape: [1, 'vector'] } as const;
  Object.entries(ranks).forEach(([part, [rank, kind]], at) => {
    NAMES.forEach((name, k) => {
      const { shape } = inputs[3 * k + at];
      if (shape.length !== rank) invalid(`${name}_${part} should be a ${kind}, but got shape: ${cShape(shape)}`);
    });
  });
  NAMES.forEach((name, k) => {
    const [indices, , { shape }] = inputs.slice(3 * k);
    if (k && shape[0] < 2)
      invalid(`Input SparseTensors must have rank at least 2, but truth_shape rank is: ${shape[0]}`);
    if (shape[0] !== indices.shape[1])
      invalid(
        `Expected ${name}_shape.NumElements == #cols(${name}_indices), their shapes are: ${cShape(shape)} and ` +
          cShape(indices.shape),
      );
  });
  const parts = NAMES.map((_, k): Parts => {
    const [indices, values, shape] = inputs.slice(3 * k);
    return { indices, values, shape: Array.from(asLongs(shape.data), Number) };
  });
  const [hypothesis, truth] = parts.map(({ shape }) => shape.length);
  if (hypothesis !== truth)
    invalid(
      `Expected truth and hypothesis to have matching ranks, but their shapes are: [${truth}] and [${hypothesis}]`,
    );
  for (const { indices, values } of parts) if (indices.shape[0] !== values.shape[0]) unlikeRows(indices, values);
  return parts;
}
/** The sequences by their place in a tensor of `sizes`. */
function sequences({ indices, values }: Parts, sizes: readonly number[], name: string): Map<number, unknown[]> {
  const [places, elements] = [Array.from(asLongs(indices.data), Number), values.data];
  const found = new Map<number, unknown[]>();
  const rank = indices.shape[1];
  for (let i = 0; i < elements.length; i++) {
    let at = 0;
    for (let d = 0; d < rank - 1; d++) {
      const place = places[i * rank + d];
      if (!(place >= 0 && place < sizes[d]))
        invalid(`${name}_indices[${i}] is out of bounds: need 0 <= index < ${cShape(sizes)}`);
      at = at * sizes[d] + place;
    }
    const sequence = found.get(at);
    if (sequence) sequence.push(elements[i]);
    else found.set(at, [elements[i]]);
  }
  return found;
}
export const editDistance: HostKernel = (inputs, node) => {
  const [hypothesis, truth] = partsOf(inputs);
  const sizes = hypothesis.shape.slice(0, -1).map((size, d) => Math.max(size, truth.shape[d]));
  const negative = sizes.find((size) => size < 0);
  if (negative !== undefined) invalid(`Dimension ${negative} must be >= 0`);
  const out = zerosOf(float32, sizeOf(sizes), sizes);
  const [all, right] = [sequences(hypothesis, sizes, 'hypothesis'), sequences(truth, sizes, 'truth')];
  const normalize = attr(node, 'normalize', 'bool');
  for (const at of new Set([...all.keys(), ...right.keys()])) {
    const [a, b] = [all.get(at) ?? [], right.get(at) ?? []];
    const apart = distance(b, a);
    out[at] = normalize ? (b.length ? apart / b.length : apart && Infinity) : apart;
  }
  return host(float32, sizes, out);
};
