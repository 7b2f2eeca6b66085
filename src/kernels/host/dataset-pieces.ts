/** Datasets that cut elements apart or put several together: rows of batches, windows, shares of the whole. */
import { type KernelNode, type Value, attr, invalid } from '../kernel';
import {
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  type Element,
  LATER,
  type Pass,
  type Pulled,
  asValue,
  checkKept,
  datasetOf,
  releaseAll,
  retainAll,
  signatureOf,
} from './dataset';
import { flagIn } from './dataset-batch';
import { numberIn, rowOf } from './dataset-sources';
import { Through, isElement } from './dataset-steps';

const UNBATCH: DatasetKind<null> = {
  type: 'Unbatch',
  open({ inputs: [input] }, pass, path) {
    let batch: Element | null = null;
    let at = 0;
    const drop = (): void => {
      if (batch) releaseAll(batch);
      batch = null;
    };
    const pull = (from: Cursor): Pulled => {
      for (;;) {
        if (batch && at < batch[0].shape[0]) return pass.charge(rowOf(batch, at++));
        drop();
        if (pass.isLate()) return LATER;
        const pulled = from.next();
        if (!isElement(pulled)) return pulled;
        [batch, at] = [pulled, 0];
        checkRows(pulled, drop);
      }
    };
    return new Through(input.open(pass, path), pull, drop);
  },
};
function checkRows(element: Element, drop: () => void): void {
  const refuse = (sentence: string): never => {
    drop();
    return invalid(sentence);
  };
  const [rows] = element.map(({ shape }) => shape[0]);
  element.forEach(({ shape }, i) => {
    if (!shape.length) refuse('Input element must have a non-scalar value in each component.');
    if (shape[0] !== rows)
      refuse(
        'Input element must have the same batch size in each component. Component 0 had size ' +
          `${rows} but component ${i} had size, ${shape[0]}.`,
      );
  });
}
export function unbatchDataset([input]: readonly Value[], node: KernelNode): Dataset {
  return new Dataset(UNBATCH, null, [datasetOf(input)], signatureOf(node));
}

interface Share {
  readonly count: bigint;
  readonly index: bigint;
  readonly isNeeded: boolean;
}
const SHARD: DatasetKind<Share> = {
  type: 'Shard',
  open({ settings: { count, index, isNeeded }, inputs: [input] }, pass, path) {
    let next = 0n;
    let found: Element | null = null;
    const drop = (): void => {
      if (found) releaseAll(found);
      found = null;
    };
    const pull = (from: Cursor): Pulled => {
      while (!found || (isNeeded && next < count)) {
        if (pass.isLate()) return LATER;
        const pulled = from.next();
        if (pulled === LATER) return LATER;
        if (pulled === END && !found) return END;
        if (pulled === END) tooFew(next, count);
        if (!found && next % count === index) found = pulled;
        else releaseAll(pulled);
        next++;
      }
      const given = found;
      found = null;
      return given;
    };
    return new Through(input.open(pass, path), pull, drop);
  },
};
function tooFew(elements: bigint, shards: bigint): never {
  return invalid(
    "There aren't enough elements in this dataset for each shard to have at least one element (# elems = " +
      `${elements}, # shards = ${shards}). If you are using datasets with distribution strategy, consider turning ` +
      'dataset autosharding off with `tf.data.Options`.',
  );
}
export function shardDataset([input, shards, which]: readonly Value[], node: KernelNode): Dataset {
  const [count, index] = [numberIn(shards, 'num_shards'), numberIn(which, 'index')];
  if (count < 1n) invalid(`Number of shards must be greater than zero (currently num_shards = ${count}).`);
  if (index < 0n || index >= count) invalid(`Index must be between 0 and ${count - 1n} (currently index = ${index}).`);
  const from = datasetOf(input);
  const settings = { count, index, isNeeded: attr(node, 'require_non_empty', 'bool') };
  return new Dataset(SHARD, settings, [from], from.signature);
}

/** Elements that are there: what a window holds. */
const ELEMENTS: DatasetKind<readonly Element[]> = {
  type: 'Window',
  open({ settings }) {
    let at = 0;
    return { next: () => (at < settings.length ? retainAll(settings[at++]) : END), dispose() {} };
  },
};
interface Windows {
  readonly size: bigint;
  readonly shift: bigint;
  readonly stride: bigint;
  readonly dropsRemainder: boolean;
}
const WINDOW: DatasetKind<Windows> = {
  type: 'Window',
  open: ({ settings, inputs: [input] }, pass, path) => new Windowed(settings, input.open(pass, path), input, pass),
};
class Windowed implements Cursor {
  private readonly buffer: Element[] = [];
  private input: Cursor | null;
  /** Elements behind a window that none has. */
  private passedOver = 0n;
  constructor(
    private readonly facts: Windows,
    input: Cursor,
    private readonly from: Dataset,
    private readonly pass: Pass,
  ) {
    this.input = input;
  }
  next(): Pulled {
    const { size, stride, dropsRemainder } = this.facts;
    const target = (size - 1n) * stride + 1n;
    while (this.input && this.buffer.length < target) {
      const pulled = this.pass.isLate() ? LATER : this.input.next();
      if (pulled === LATER) return LATER;
      if (pulled === END) this.endInput();
      else if (this.passedOver > 0n) {
        this.passedOver--;
        releaseAll(pulled);
      } else {
        checkKept(this.buffer.length + 1, 'A window');
        this.buffer.push(pulled);
      }
    }
    const isShort = this.buffer.length < target;
    if (!this.buffer.length || (dropsRemainder && isShort)) {
      this.buffer.splice(0).forEach(releaseAll);
      return END;
    }
    return this.take();
  }
  /** A dataset for each component. */
  private take(): Element {
    const { shift, stride } = this.facts;
    const elements = this.buffer.filter((_, i) => BigInt(i) % stride === 0n);
    const { types, shapes } = this.from.signature;
    const windows = types.map((type, i) => {
      const own = elements.map((element) => [element[i]]);
      const signature = { types: [type], shapes: [shapes[i]] };
      return asValue(new Dataset(ELEMENTS, own, [], signature, own.flat()));
    });
    const count = BigInt(this.buffer.length);
    this.buffer.splice(0, Number(shift < count ? shift : count)).forEach(releaseAll);
    if (shift > count) this.passedOver = shift - count;
    return windows;
  }
  private endInput(): void {
    this.input?.dispose();
    this.input = null;
  }
  dispose(): void {
    this.endInput();
    this.buffer.splice(0).forEach(releaseAll);
  }
}
export function windowDataset([input, size, shift, stride, drop]: readonly Value[], node: KernelNode): Dataset {
  const positive = (value: Value, name: string, what: string): bigint => {
    const number = numberIn(value, name);
    return number > 0n ? number : invalid(`Window ${what} must be greater than zero.`);
  };
  const facts = {
    size: positive(size, 'size', 'size'),
    shift: positive(shift, 'shift', 'shift'),
    stride: positive(stride, 'stride', 'stride'),
    dropsRemainder: flagIn(drop, 'drop_remainder'),
  };
  return new Dataset(WINDOW, facts, [datasetOf(input)], signatureOf(node));
}
