/** Batches of elements of different sizes, which are filled up to the largest, or to what a shape says. */
import { zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { claim } from '../../base/room';
import { KernelError, type KernelNode, Value, attr, invalid } from '../kernel';
import { Dataset, type DatasetKind, type Element, checkKept, datasetOf, releaseAll, signatureOf } from './dataset';
import { type BatchFacts, batchSizeIn, batched, flagIn } from './dataset-batch';
import { keeping } from './dataset-sources';

/** Of the element, and of the batch. */
type Pair = readonly [number, number];
type Dims = readonly (number | null)[];
interface PaddedFacts extends BatchFacts {
  /** For each component; null is as many as the largest has. */
  readonly shapes: readonly Dims[];
  readonly paddings: Element;
}
class Padding {
  private readonly elements: Element[] = [];
  constructor(private readonly facts: PaddedFacts) {}
  get count(): number {
    return this.elements.length;
  }
  get isFull(): boolean {
    return this.count >= this.facts.size;
  }
  put(element: Element): void {
    checkKept(this.count + 1, 'A batch');
    this.elements.push(element);
  }
  take(): Element {
    const { elements, facts } = this;
    const made: Value[] = [];
    try {
      facts.shapes.forEach((shape, i) => {
        const parts = elements.map((element) => element[i]);
        made.push(filledUp(parts, widest(parts, shape, i), facts.paddings[i]));
      });
      return made;
    } catch (error) {
      releaseAll(made);
      throw error;
    } finally {
      this.drop();
    }
  }
  drop(): void {
    this.elements.splice(0).forEach(releaseAll);
  }
}
/** The shape that all of them are filled up to. */
function widest(parts: Element, wanted: Dims, component: number): number[] {
  const dims = wanted.map((dim) => dim ?? 0);
  for (const { shape } of parts) {
    if (shape.length !== wanted.length)
      invalid(
        'All elements in a batch must have the same rank as the padded shape for ' +
          `component${component}: expected rank ${wanted.length} but got element with rank ${shape.length}`,
      );
    wanted.forEach((dim, i) => {
      if (dim === null) dims[i] = Math.max(dims[i], shape[i]);
      else if (shape[i] > dim)
        throw new KernelError('DataLoss', 'Attempted to pad to a smaller size than the input element.');
    });
  }
  return dims;
}
function filledUp(parts: Element, dims: readonly number[], padding: Value): Value {
  const { dtype } = padding;
  const [shape, unit] = [[parts.length, ...dims], dtype.isComplex ? 2 : 1];
  claim(sizeOf(shape), dtype.size || 8, dtype.cName, shape);
  const [data, filling] = [zerosOf(dtype, sizeOf(shape), shape), padding.read()];
  for (let i = 0; i < data.length; i++) data[i] = filling[i % unit];
  const row = sizeOf(dims) * unit;
  parts.forEach((part, index) => {
    const from = part.read();
    /** Puts a part of a dimension in its place. */
    const put = (dim: number, [at, to]: Pair, stride: Pair): void => {
      if (dim === dims.length) {
        for (let k = 0; k < unit; k++) data[to + k] = from[at + k];
        return;
      }
      const inner: Pair = [stride[0] / part.shape[dim], stride[1] / dims[dim]];
      for (let k = 0; k < part.shape[dim]; k++) put(dim + 1, [at + k * inner[0], to + k * inner[1]], inner);
    };
    put(0, [0, index * row], [from.length, row]);
  });
  return new Value(dtype, shape, data);
}
const PADDED_BATCH: DatasetKind<PaddedFacts> = {
  type: 'PaddedBatch',
  open: ({ settings, inputs: [input] }, pass, path) =>
    batched(input.open(pass, path), new Padding(settings), settings.dropsRemainder, pass),
};
function shapeIn(value: Value): Dims {
  if (value.shape.length !== 1) invalid('All padded shapes must be vectors');
  const dims = Array.from(value.read(), Number);
  const wrong = dims.find((dim) => dim < -1);
  if (wrong !== undefined) invalid(`Dimension ${wrong} must be >= -1`);
  return dims.map((dim) => (dim < 0 ? null : dim));
}
export function paddedBatchDataset(given: readonly Value[], node: KernelNode): Dataset {
  const from = datasetOf(given[0]);
  const count = attr(node, 'N', 'int');
  const shapes = given.slice(2, 2 + count);
  const paddings = given.slice(2 + count, 2 + 2 * count);
  const drop = given[2 + 2 * count];
  const size = batchSizeIn(given[1], 'Batch size must be greater than zero.');
  const dropsRemainder = drop !== undefined && flagIn(drop, 'drop_remainder');
  const { types } = from.signature;
  if (count !== types.length)
    invalid(
      `Number of padded shapes (${count}) must match the number of components in the input dataset's elements ` +
        `(${types.length})`,
    );
  const dims = shapes.map(shapeIn);
  paddings.forEach(({ shape, dtype }, i) => {
    if (shape.length) invalid('All padding values must be scalars');
    if (dtype !== types[i])
      invalid(
        `Mismatched type between padding value ${i} and input dataset's component ${i}: ${dtype.cName} vs. ` +
          types[i].cName,
      );
  });
  return keeping(paddings, (kept) => {
    const facts = { size, dropsRemainder, shapes: dims, paddings: kept };
    return new Dataset(PADDED_BATCH, facts, [from], signatureOf(node, 'Toutput_types'), kept);
  });
}
