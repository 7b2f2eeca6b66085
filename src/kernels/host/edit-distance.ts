/** How far sequences are apart (Levenshtein 1966), for sparse tensors of them. */
import { float32 } from '../../base/dtype';
import { asLongs } from '../../base/elements';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTensor, attr, host, invalid } from '../kernel';

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
function partsOf([indices, values, shape]: readonly HostTensor[], name: string): Parts {
  if (indices.shape.length !== 2)
    invalid(`${name}_indices should be a matrix, but got shape: ${cShape(indices.shape)}`);
  if (values.shape.length !== 1) invalid(`${name}_values should be a vector, but got shape: ${cShape(values.shape)}`);
  if (shape.shape.length !== 1) invalid(`${name}_shape should be a vector, but got shape: ${cShape(shape.shape)}`);
  if (shape.shape[0] !== indices.shape[1])
    invalid(`${name}_shape should have ${indices.shape[1]} elements, but got shape: ${cShape(shape.shape)}`);
  return { indices, values, shape: Array.from(asLongs(shape.data), Number) };
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
  const [hypothesis, truth] = [partsOf(inputs.slice(0, 3), 'hypothesis'), partsOf(inputs.slice(3), 'truth')];
  if (hypothesis.shape.length !== truth.shape.length)
    invalid(
      'Expected truth and hypothesis to have matching ranks, but their shapes are: ' +
        `[${truth.shape.length}] and [${hypothesis.shape.length}]`,
    );
  const sizes = hypothesis.shape.slice(0, -1).map((size, d) => Math.max(size, truth.shape[d]));
  const out = new Float32Array(sizeOf(sizes));
  const [all, right] = [sequences(hypothesis, sizes, 'hypothesis'), sequences(truth, sizes, 'truth')];
  const normalize = attr(node, 'normalize', 'bool');
  for (const at of new Set([...all.keys(), ...right.keys()])) {
    const [a, b] = [all.get(at) ?? [], right.get(at) ?? []];
    const apart = distance(b, a);
    out[at] = normalize ? (b.length ? apart / b.length : apart && Infinity) : apart;
  }
  return host(float32, sizes, out);
};
