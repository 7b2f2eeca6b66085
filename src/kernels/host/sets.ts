/** Sets of integers and strings, one for each place of all dimensions but the last, on the host. */
import { type Cells, setInteger } from '../../base/elements';
import { textToBytes } from '../../base/bytes';
import { int32, int64, zerosOf } from '../../base/dtype';
import { cShape, sameShape, sizeOf, stridesOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, attr, host, hostZeros, invalid, numbers } from '../kernel';
import { unlikeRows } from './operands';

type Element = number | bigint | string;
/** Sets by their place; a place without elements has none. */
interface Sets {
  readonly shape: readonly number[];
  readonly byPlace: ReadonlyMap<number, ReadonlySet<Element>>;
}
const NONE: ReadonlySet<Element> = new Set();

function denseSets({ shape, data }: HostTensor): Sets {
  if (shape.length < 2) invalid(`Invalid input rank ${shape.length}, must be at least 2.`);
  const groups = shape.slice(0, -1);
  const size = shape[shape.length - 1];
  const byPlace = new Map<number, Set<Element>>();
  if (size)
    for (let place = sizeOf(groups) - 1; place >= 0; place--) {
      const set = new Set<Element>();
      for (let i = place * size; i < (place + 1) * size; i++) set.add(data[i]);
      byPlace.set(place, set);
    }
  return { shape: groups, byPlace };
}
/** A sparse tensor's, whose indices are in order and in range where that is to be looked at. */
function sparseSets(indices: HostTensor, values: HostTensor, shapeTensor: HostTensor, validate: boolean): Sets {
  const shape = numbers(shapeTensor);
  const rank = shape.length;
  if (indices.shape.length !== 2) invalid('indices must be a matrix.');
  if (indices.shape[0] !== values.shape[0] || values.shape.length !== 1) unlikeRows(indices, values);
  if (indices.shape[1] !== rank) invalid(`Index rank (${indices.shape[1]}) and shape rank (${rank}) do not match.`);
  if (rank < 2) invalid(`Invalid input rank ${rank}, must be at least 2.`);
  const at = numbers(indices);
  if (validate) checkIndices(at, indices.shape[0], shape);
  const groups = shape.slice(0, -1);
  const strides = stridesOf(groups);
  const byPlace = new Map<number, Set<Element>>();
  for (let row = 0; row < indices.shape[0]; row++) {
    let place = 0;
    for (let d = 0; d < rank - 1; d++) place += at[row * rank + d] * strides[d];
    let set = byPlace.get(place);
    if (!set) byPlace.set(place, (set = new Set()));
    set.add(values.data[row]);
  }
  return { shape: groups, byPlace };
}
function checkIndices(at: readonly number[], rows: number, shape: readonly number[]): void {
  const rank = shape.length;
  for (let row = 0; row < rows; row++) {
    const index = at.slice(row * rank, (row + 1) * rank);
    const said = `indices[${row}] = [${index.join(',')}]`;
    if (index.some((i, d) => i < 0 || i >= shape[d]))
      invalid(`${said} is out of bounds: need 0 <= index < [${shape.join(',')}]`);
    if (!row) continue;
    const d = index.findIndex((i, k) => i !== at[(row - 1) * rank + k]);
    if (d < 0) invalid(`${said} is repeated`);
    if (index[d] < at[(row - 1) * rank + d])
      invalid(`${said} is out of order. Many sparse ops require sorted indices.`);
  }
}

/** Bytes in order, as C++ compares strings. */
function compare(a: Element, b: Element): number {
  if (typeof a !== 'string' || typeof b !== 'string') return a < b ? -1 : a > b ? 1 : 0;
  const [x, y] = [textToBytes(a), textToBytes(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i] - y[i];
  return x.length - y.length;
}
type Combine = (a: ReadonlySet<Element>, b: ReadonlySet<Element>) => Element[];
const OPERATIONS = new Map<string, Combine>([
  ['a-b', (a, b) => [...a].filter((x) => !b.has(x))],
  ['b-a', (a, b) => [...b].filter((x) => !a.has(x))],
  ['intersection', (a, b) => [...a].filter((x) => b.has(x))],
  ['union', (a, b) => [...new Set([...a, ...b])]],
]);
function operationOf(node: KernelNode): Combine {
  const name = attr(node, 'set_operation', 'string').toLowerCase();
  return OPERATIONS.get(name) ?? invalid(`Invalid set_operation ${name}.`);
}
function combined(a: Sets, b: Sets, node: KernelNode, like: HostTensor): HostTensor[] {
  if (!sameShape(a.shape, b.shape)) invalid(`Mismatched shapes ${cShape(a.shape)} vs ${cShape(b.shape)}`);
  const combine = operationOf(node);
  const places = [...new Set([...a.byPlace.keys(), ...b.byPlace.keys()])].sort((x, y) => x - y);
  const sets = places.map((place) => combine(a.byPlace.get(place) ?? NONE, b.byPlace.get(place) ?? NONE).sort(compare));
  const total = sets.reduce((sum, set) => sum + set.length, 0);
  const rank = a.shape.length + 1;
  const indices = hostZeros(int64, [total, rank]);
  const values = zerosOf(like.dtype, total);
  const elements: Cells = values;
  let row = 0;
  let largest = 0;
  sets.forEach((set, k) => {
    largest = Math.max(largest, set.length);
    set.forEach((element, i) => {
      let rest = places[k];
      setInteger(indices.data, row * rank + rank - 1, i);
      for (let d = rank - 2; d >= 0; d--) {
        setInteger(indices.data, row * rank + d, rest % a.shape[d]);
        rest = Math.floor(rest / a.shape[d]);
      }
      elements[row++] = element;
    });
  });
  const shape = hostZeros(int64, [rank]);
  [...a.shape, largest].forEach((d, i) => setInteger(shape.data, i, d));
  return [indices, host(like.dtype, [total], values), shape];
}
function size(inputs: readonly HostTensor[], node: KernelNode): HostTensor {
  const sets = sparseSets(inputs[0], inputs[1], inputs[2], attr(node, 'validate_indices', 'bool'));
  const out = hostZeros(int32, sets.shape);
  for (const [place, set] of sets.byPlace) setInteger(out.data, place, set.size);
  return out;
}
const validates = (node: KernelNode): boolean => attr(node, 'validate_indices', 'bool');

export const SETS_KERNELS: HostTable = {
  SetSize: { run: size, cost: 50, only: true },
  DenseToDenseSetOperation: {
    run: ([a, b], node) => combined(denseSets(a), denseSets(b), node, a),
    cost: 100,
    only: true,
  },
  DenseToSparseSetOperation: {
    run: ([a, ...b], node) => combined(denseSets(a), sparseSets(b[0], b[1], b[2], validates(node)), node, a),
    cost: 100,
    only: true,
  },
  SparseToSparseSetOperation: {
    run: ([i, v, s, ...b], node) =>
      combined(sparseSets(i, v, s, validates(node)), sparseSets(b[0], b[1], b[2], validates(node)), node, v),
    cost: 100,
    only: true,
  },
};
