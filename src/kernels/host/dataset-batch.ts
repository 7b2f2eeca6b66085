/** Batches: rows that come one after the other, put together as one tensor for each component. */
import { type DType, type Data, zerosOf } from '../../base/dtype';
import { claim } from '../../base/room';
import { sameShape, cShape, sizeOf } from '../../base/shape';
import { type KernelNode, Value, invalid } from '../kernel';
import {
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  type Element,
  LATER,
  type Pass,
  type Pulled,
  checkKept,
  datasetOf,
  releaseAll,
  signatureOf,
} from './dataset';
import { numberIn } from './dataset-sources';
import { pulledOr } from './dataset-steps';
import { VariantVector, carried } from './variants';

/** Room is made for so many elements at first, and twice as many where there are more rows. */
const FIRST = 1 << 12;

/** One component of a batch in the making. */
class Rows {
  private data: Data;
  private room: number;
  private readonly row: number;
  private readonly handles: Value[] = [];
  constructor(
    private readonly dtype: DType,
    readonly shape: readonly number[],
    most: number,
  ) {
    this.row = sizeOf(shape) * (dtype.isComplex ? 2 : 1);
    this.room = Math.min(most, Math.max(1, Math.floor(FIRST / Math.max(1, this.row))));
    this.data = this.zeros();
  }
  private zeros(): Data {
    const shape = [this.room, ...this.shape];
    claim(sizeOf(shape), this.dtype.size || 8, this.dtype.cName, shape);
    return zerosOf(this.dtype, sizeOf(shape), shape);
  }
  put(index: number, value: Value, most: number): void {
    if (value.payload) {
      checkKept(index + 1, 'A batch');
      this.handles.push(value.retain());
      return;
    }
    if (index >= this.room) this.grow(most);
    const { data } = this;
    const from = value.read();
    const at = index * this.row;
    for (let k = 0; k < from.length; k++) data[at + k] = from[k];
  }
  private grow(most: number): void {
    const old = this.data;
    this.room = Math.min(most, this.room * 2);
    this.data = this.zeros();
    for (let k = 0; k < old.length; k++) this.data[k] = old[k];
  }
  /** The first `count` rows as a tensor. */
  take(count: number): Value {
    const { handles, data, dtype, row, room } = this;
    if (handles.length) return carried(new VariantVector(handles.splice(0)));
    return new Value(dtype, [count, ...this.shape], count < room ? data.slice(0, count * row) : data);
  }
  drop(): void {
    releaseAll(this.handles.splice(0));
  }
}

/** Gathers elements into batches. */
export class Batching {
  private rows: Rows[] = [];
  count = 0;
  /** Where an element came whose shape is another one: the batch is read, and then refused. */
  private misfit: (() => never) | null = null;
  /** @param most  elements of a batch */
  constructor(
    readonly most: number,
    private readonly refuse: (
      component: number,
      first: readonly number[],
      index: number,
      shape: readonly number[],
    ) => never,
  ) {}
  get isFull(): boolean {
    return this.count >= this.most;
  }
  /** Takes over the element. */
  put(element: Element): void {
    try {
      if (!this.count) this.rows = element.map(({ dtype, shape }) => new Rows(dtype, shape, this.most));
      const { count } = this;
      this.count++;
      if (this.misfit) return;
      element.forEach((value, i) => {
        const { shape } = this.rows[i];
        if (sameShape(shape, value.shape)) this.rows[i].put(count, value, this.most);
        else this.misfit ??= () => this.refuse(i, shape, count, value.shape);
      });
    } finally {
      releaseAll(element);
    }
  }
  /** What was gathered, and begins anew. */
  take(): Element {
    const { rows, count, misfit } = this;
    this.rows = [];
    this.drop();
    if (!misfit) return rows.map((each) => each.take(count));
    for (const each of rows) each.drop();
    return misfit();
  }
  drop(): void {
    for (const each of this.rows) each.drop();
    [this.rows, this.count, this.misfit] = [[], 0, null];
  }
}

export interface BatchFacts {
  readonly size: number;
  readonly dropsRemainder: boolean;
}
export const BATCH: DatasetKind<BatchFacts> = {
  type: 'Batch',
  open: ({ settings, inputs: [input] }, pass, path) =>
    batched(input.open(pass, path), new Batching(settings.size, otherShape), settings.dropsRemainder, pass),
};
function otherShape(component: number, first: readonly number[], index: number, shape: readonly number[]): never {
  return invalid(
    `Cannot batch tensors with different shapes in component ${component}. First element had shape ` +
      `${cShape(first)} and element ${index} had shape ${cShape(shape)}.`,
  );
}
/** What batches are made with. */
interface Gathering {
  readonly isFull: boolean;
  readonly count: number;
  put(element: Element): void;
  take(): Element;
  drop(): void;
}
/** Batches of an input; where that fails, what was gathered is lost. */
export function batched(from: Cursor, batch: Gathering, dropsRemainder: boolean, pass: Pass): Cursor {
  let input: Cursor | null = from;
  const dispose = (): void => {
    batch.drop();
    input?.dispose();
    input = null;
  };
  const next = (): Pulled => {
    if (!input) return END;
    while (!batch.isFull) {
      if (batch.count && pass.isLate()) return LATER;
      const pulled = pulledOr(input, () => batch.drop());
      if (pulled === LATER) return LATER;
      if (pulled !== END) {
        batch.put(pulled);
        continue;
      }
      input.dispose();
      input = null;
      if (batch.count && !dropsRemainder) break;
      batch.drop();
      return END;
    }
    return pass.charge(batch.take());
  };
  return { next, dispose };
}
/** The number of elements of a batch. */
export function batchSizeIn(value: Value, sentence: string): number {
  const size = numberIn(value, 'batch_size');
  return size > 0n ? Number(size) : invalid(sentence);
}
export function batchDataset([input, size, drop]: readonly Value[], node: KernelNode): Dataset {
  const from = datasetOf(input);
  const facts = {
    size: batchSizeIn(size, 'Batch size must be greater than zero.'),
    dropsRemainder: drop !== undefined && flagIn(drop, 'drop_remainder'),
  };
  return new Dataset(BATCH, facts, [from], signatureOf(node));
}
export function flagIn(value: Value, name: string): boolean {
  if (value.shape.length) invalid(`${name} must be a scalar`);
  return Boolean(value.read()[0]);
}
