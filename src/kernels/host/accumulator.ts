/** Accumulators: they sum up gradients of one step, and give them, or their mean, once there are enough. */
import { castData } from '../../base/cast';
import { type DType, float64 } from '../../base/dtype';
import { known } from '../../base/keys';
import { TensorShape, cShape } from '../../base/shape';
import type { AttrValues } from '../../format/attr';
import { opDef } from '../../graph/opdef';
import { type HostTensor, KernelError, Later, hostZeros, invalid, resultOf } from '../kernel';
import { hostKernel } from '../registry';
import { Kind, type Place, type Resource } from '../resources';
import { standIn } from './waiting';

export type Reduction = 'MEAN' | 'SUM';
export interface AccumulatorFacts {
  readonly place: Place;
  readonly dtype: DType;
  /** What is known of the shape of the gradients. */
  readonly shape: TensorShape;
  readonly reduction: Reduction;
}
interface Waiting<T> {
  readonly required: number;
  readonly later: Later<T>;
}

/** What all have in common: the step, the count, and who waits. `G` is a gradient, `T` what is taken. */
export abstract class Accumulator<G = never, T = unknown> implements Resource {
  readonly wasMade = true;
  /** Gradients of an older step come too late. */
  private step = 0;
  private count_ = 0;
  private readonly waiting: Waiting<T>[] = [];
  constructor(readonly facts: AccumulatorFacts) {}
  get kind(): Kind<Resource> {
    return ACCUMULATOR;
  }
  get place(): Place {
    return this.facts.place;
  }
  get count(): number {
    return this.count_;
  }
  setStep(step: number): void {
    this.step = step;
  }
  apply(step: number, gradient: G): void {
    if (step < this.step) return;
    this.check(gradient);
    this.add(gradient, this.count_ === 0);
    this.count_++;
    this.serve();
  }
  take(required: number): Later<T> {
    if (required <= 0) invalid(`Argument num_required must be positive, but was ${required}`);
    const later = new Later<T>(`${required} gradients in the accumulator '${this.place.name}'`);
    standIn(this.waiting, { required, later }, () => this.serve());
    this.serve();
    return later;
  }
  private serve(): void {
    for (let [first] = this.waiting; first && this.count_ >= first.required; [first] = this.waiting) {
      this.waiting.shift();
      this.step++;
      const taken = this.taken(this.facts.reduction === 'MEAN');
      this.count_ = 0;
      first.later.settle(taken);
    }
  }
  /** Refuses a gradient that does not fit. */
  protected abstract check(gradient: G): void;
  protected abstract add(gradient: G, isFirst: boolean): void;
  /** What was added, or its mean. */
  protected abstract taken(mean: boolean): T;
  dispose(): void {
    const error = new KernelError('Cancelled', 'TakeGrad operation was cancelled');
    for (const { later } of this.waiting.splice(0)) later.cancel(error);
  }
  /** It stays when a handle of it is gone. */
  released(): void {}
}

export const ACCUMULATOR = new Kind('N10tensorflow26ConditionalAccumulatorBaseE', Accumulator);

/** Of tensors of one shape. */
export class DenseAccumulator extends Accumulator<HostTensor, HostTensor> {
  private sum: HostTensor | null = null;
  protected check({ shape }: HostTensor): void {
    const { shape: wanted } = this.facts;
    const sum = this.count ? this.sum : null;
    if (sum && cShape(sum.shape) !== cShape(shape))
      invalid(`Shape mismatch: expected ${cShape(sum.shape)}, got ${cShape(shape)}`);
    if (!wanted.isCompatibleWith(new TensorShape(shape)))
      invalid(`Shape mismatch: expected ${wanted.toCString()}, got ${cShape(shape)}`);
  }
  protected add(gradient: HostTensor, isFirst: boolean): void {
    this.sum = isFirst || !this.sum ? { ...gradient, data: gradient.data.slice() } : both('Add', this.sum, gradient);
  }
  protected taken(mean: boolean): HostTensor {
    const sum = known(this.sum, 'a gradient');
    this.sum = null;
    return mean ? both('RealDiv', sum, number(sum.dtype, this.count)) : sum;
  }
}

/** Rows of a gradient: row `i` of the values belongs to `indices[i]`. */
export interface Rows {
  readonly indices: readonly bigint[];
  readonly values: HostTensor;
  /** The shape of the whole; null where it is not said. */
  readonly shape: readonly number[] | null;
}
type Taken = Rows & { readonly shape: readonly number[] };
interface Row {
  readonly index: bigint;
  readonly value: HostTensor;
  /** How many gradients had it. */
  readonly count: number;
}
/** Of rows. */
export class SparseAccumulator extends Accumulator<Rows, Taken> {
  private rows: readonly Row[] = [];
  /** The shape of a row. */
  private inner: readonly number[] = [];
  protected check({ indices, values, shape }: Rows): void {
    const dims = this.facts.shape.dims ?? [];
    if (shape) {
      if (dims.length > shape.length)
        invalid(`Shape mismatch: expected shape rank at least ${dims.length}, got ${shape.length}`);
      dims.forEach((dim, i) => {
        if (dim !== null && dim !== shape[i])
          invalid(`Shape mismatch: expected shape dim ${i} to be ${dim}, got ${shape[i]}`);
      });
    }
    const [limit = null] = dims;
    indices.forEach((index, i) => {
      if (limit !== null && index >= limit)
        invalid(`Shape mismatch: index of slice ${i} exceeded limits of shape; index is ${index} exceeded ${limit}`);
    });
    const [, ...inner] = values.shape;
    const wanted: readonly (number | null)[] = this.count ? this.inner : dims.slice(1);
    if (this.count && wanted.length !== inner.length)
      invalid(`Shape mismatch: expected values rank ${wanted.length + 1}, got ${inner.length + 1}`);
    if (!this.count && dims.length > values.shape.length)
      invalid(`Shape mismatch: expected values rank at least ${dims.length}, got ${values.shape.length}`);
    wanted.forEach((dim, i) => {
      if (dim !== null && dim !== inner[i])
        invalid(`Shape mismatch: expected values dim ${i + 1} to be ${dim}, got ${inner[i]}`);
    });
  }
  protected add({ indices, values }: Rows, isFirst: boolean): void {
    const [, ...inner] = values.shape;
    const width = values.data.length / Math.max(values.shape[0], 1);
    const added = indices.map((index, i) => ({
      index,
      value: { dtype: values.dtype, shape: inner, data: values.data.slice(i * width, (i + 1) * width) },
      count: 1,
    }));
    this.inner = inner;
    this.rows = isFirst ? added : merged(this.rows, added);
  }
  protected taken(mean: boolean): Taken {
    const { rows, inner } = this;
    this.rows = [];
    const { dtype, shape } = this.facts;
    const whole = [shape.dims?.length ? (shape.dims[0] ?? -1) : -1, ...inner];
    const values = rows.map(({ value, count }) => (mean ? both('RealDiv', value, number(dtype, count)) : value));
    return { indices: rows.map(({ index }) => index), values: joined(dtype, inner, values), shape: whole };
  }
}

/** Two lists of rows as one. Both are taken for sorted, as TensorFlow takes them. */
function merged(a: readonly Row[], b: readonly Row[]): Row[] {
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i].index < b[j].index) rows.push(a[i++]);
    else if (a[i].index > b[j].index) rows.push(b[j++]);
    else {
      const { index, value, count } = a[i];
      rows.push({ index, value: both('Add', value, b[j].value), count: count + 1 });
      i++;
      j++;
    }
  }
  return [...rows, ...a.slice(i), ...b.slice(j)];
}
function joined(dtype: DType, inner: readonly number[], rows: readonly HostTensor[]): HostTensor {
  const shape = [rows.length, ...inner];
  return rows.length ? { ...run('Pack', rows, { N: rows.length, axis: 0 }), shape } : hostZeros(dtype, shape);
}
const both = (type: 'Add' | 'RealDiv', a: HostTensor, b: HostTensor): HostTensor => run(type, [a, b]);
/** A count as a scalar of a dtype. */
function number(dtype: DType, count: number): HostTensor {
  return { dtype, shape: [], data: castData(Float64Array.of(count), float64, dtype) };
}
function run(type: 'Add' | 'RealDiv' | 'Pack', inputs: readonly HostTensor[], attrs: AttrValues = {}): HostTensor {
  const node = { def: opDef(type), type, name: type, attrs, outputTypes: [inputs[0].dtype] };
  return resultOf(known(hostKernel(type), type).run(inputs, node));
}
