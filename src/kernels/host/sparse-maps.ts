/** Sparse tensors by handles, on the host: what is put in is there until it is taken out. */
import { type DType, int64, zerosOf } from '../../base/dtype';
import { asLongs } from '../../base/elements';
import { copyRun, slots } from '../../base/box';
import { cShape } from '../../base/shape';
import { KernelError, type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import { Kind, type Place, type Resource, placeOf } from '../resources';
import { unlikeRows } from './operands';
import { checkPlaces } from './sparse';

/** A sparse tensor: where its values are, and these. */
interface Kept {
  readonly indices: readonly (readonly number[])[];
  readonly values: Value;
  readonly dims: readonly number[];
}
class SparseTensors implements Resource {
  readonly wasMade = true;
  private readonly kept = new Map<number, Kept>();
  private next = 0;
  constructor(readonly place: Place) {}
  get kind(): Kind<SparseTensors> {
    return SPARSE_TENSORS;
  }
  put(tensor: Kept): bigint {
    this.kept.set(this.next, tensor);
    return BigInt(this.next++);
  }
  take(handle: number): Kept | null {
    const found = this.kept.get(handle) ?? null;
    this.kept.delete(handle);
    return found;
  }
  dispose(): void {
    this.kept.clear();
  }
  /** It stays when a handle of it is gone. */
  released(): void {}
}
const SPARSE_TENSORS = new Kind('N10tensorflow16SparseTensorsMapE', SparseTensors);

const numbersIn = (value: Value): number[] => Array.from(asLongs(value.read()), Number);
const rowsOf = (places: readonly number[], rows: number, rank: number): number[][] =>
  Array.from({ length: rows }, (_, row) => places.slice(row * rank, (row + 1) * rank));
/** Some values, one behind the other. */
function picked(values: Value, from: number, count: number): Value {
  const unit = slots(values);
  return new Value(values.dtype, [count], values.read().slice(from * unit, (from + count) * unit));
}
/** A sparse tensor in its three parts, looked at as TensorFlow does. */
function tensorIn([indices, values, shape]: readonly Value[], least: number): Kept {
  if (indices.shape.length !== 2)
    invalid(`Input indices should be a matrix but received shape ${cShape(indices.shape)}`);
  if (values.shape.length !== 1) invalid(`Input values should be a vector but received shape ${cShape(values.shape)}`);
  if (shape.shape.length !== 1) invalid(`Input shape should be a vector but received shape ${cShape(shape.shape)}`);
  const dims = numbersIn(shape);
  if (dims.length < least) invalid(`Rank of input SparseTensor should be > 1, but saw rank: ${dims.length}`);
  const negative = dims.find((dim) => dim < 0);
  if (negative !== undefined) invalid(`Dimension ${negative} must be >= 0`);
  const [rows, rank] = indices.shape;
  if (rows !== values.shape[0]) unlikeRows(indices, values);
  if (rank !== dims.length) invalid('Order length must be SparseTensor rank.');
  return { indices: rowsOf(numbersIn(indices), rows, rank), values, dims };
}
const mapOf = (node: Parameters<StatefulKernel>[1], { resources }: Parameters<StatefulKernel>[2]): SparseTensors => {
  const place = placeOf(node.name, node.attrs);
  return resources.findOrMake(SPARSE_TENSORS, place, () => new SparseTensors(place));
};

const add: StatefulKernel = (inputs, node, run) => {
  const { indices, values, dims } = tensorIn(inputs, 0);
  const handle = mapOf(node, run).put({ indices, values: picked(values, 0, values.size), dims });
  return [new Value(int64, [], BigInt64Array.of(handle))];
};
/** Each row has a handle, though it is empty. */
const MOST_ROWS = 2 ** 24;
const addMany: StatefulKernel = (inputs, node, run) => {
  const { indices, values, dims } = tensorIn(inputs, 2);
  checkPlaces(indices.flat(), indices.length, dims);
  const map = mapOf(node, run);
  const [count, ...rest] = dims;
  if (count > MOST_ROWS)
    throw new KernelError(
      'ResourceExhausted',
      `${count} rows of a SparseTensor: ${MOST_ROWS} at most get a handle each`,
      'say how many rows there are: the first element of denseShape.',
    );
  const handles = new Array<bigint | null>(count).fill(null);
  for (let from = 0; from < indices.length; ) {
    const [row] = indices[from];
    let to = from;
    while (to < indices.length && indices[to][0] === row) to++;
    const inside = indices.slice(from, to).map((index) => index.slice(1));
    handles[row] = map.put({ indices: inside, values: picked(values, from, to - from), dims: rest });
    from = to;
  }
  const empty = (): bigint => map.put({ indices: [], values: picked(values, 0, 0), dims: rest });
  return [
    new Value(
      int64,
      [count],
      BigInt64Array.from(handles, (handle) => handle ?? empty()),
    ),
  ];
};
function checkAlike(all: readonly Kept[], dtype: DType): void {
  all.forEach(({ values, dims }, i) => {
    if (values.dtype !== dtype)
      invalid(
        `Requested SparseTensor of type ${dtype.cName} but SparseTensor[${i}].values.dtype() == ${values.dtype.cName}`,
      );
    const before = i ? all[i - 1].dims.length : dims.length;
    if (dims.length !== before)
      invalid(
        `Inconsistent rank across SparseTensors: rank prior to SparseTensor[${i}] was: ${before + 1} but rank of ` +
          `SparseTensor[${i}] is: ${dims.length + 1}`,
      );
  });
}
const takeMany: StatefulKernel = ([handles], node, run) => {
  if (handles.shape.length !== 1)
    invalid(`sparse_handles should be a vector but received shape ${cShape(handles.shape)}`);
  if (!handles.size) invalid('Must have at least 1 serialized SparseTensor, but input matrix has 0 rows');
  const map = mapOf(node, run);
  const all = numbersIn(handles).map(
    (handle) => map.take(handle) ?? invalid(`Unable to find SparseTensor: ${handle} in map: ${map.place.name}`),
  );
  const dtype = attr(node, 'dtype', 'type');
  checkAlike(all, dtype);
  const count = all.reduce((sum, { indices }) => sum + indices.length, 0);
  const values = zerosOf(dtype, count);
  const unit = dtype.isComplex ? 2 : 1;
  let at = 0;
  for (const each of all) {
    copyRun(each.values.read(), 0, values, at * unit, each.indices.length * unit);
    at += each.indices.length;
  }
  const indices = all.flatMap((each, row) => each.indices.map((index) => [row, ...index]));
  const dims = all[0].dims.map((_, d) => Math.max(...all.map((each) => each.dims[d])));
  const rank = dims.length + 1;
  return [
    new Value(int64, [count, rank], BigInt64Array.from(indices.flat(), BigInt)),
    new Value(dtype, [count], values),
    new Value(int64, [rank], BigInt64Array.from([all.length, ...dims], BigInt)),
  ];
};

export const SPARSE_MAP_KERNELS: StatefulTable = {
  AddSparseToTensorsMap: add,
  AddManySparseToTensorsMap: addMany,
  TakeManySparseFromTensorsMap: takeMany,
};
