/** Shuffled datasets: TensorFlow's buffer and TensorFlow's random numbers, so that seeds give its very order. */
import { BLOCK, RandomState } from '../../base/philox';
import { type KernelNode, type Value, attr, invalid } from '../kernel';
import {
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  type Element,
  LATER,
  type Pass,
  PerPass,
  type Pulled,
  checkKept,
  datasetOf,
  releaseAll,
} from './dataset';
import { numberIn } from './dataset-sources';

type Seeds = readonly [bigint, bigint];
/** 32-bit numbers, one at a time. */
export class Words {
  private readonly random: RandomState;
  private words = new Uint32Array(0);
  private used = 0;
  constructor([seed, seed2]: Seeds) {
    this.random = new RandomState(seed, seed2);
  }
  next(): number {
    if (this.used === this.words.length) {
      this.words = new Uint32Array(BLOCK);
      this.random.reserve(1).fill(this.words);
      this.used = 0;
    }
    return this.words[this.used++];
  }
}

/** Elements of so many epochs are in the buffer together. */
const MOST_EPOCHS = 3;
/** A part of the buffer: the elements of one epoch. Places count on, and are taken modulo its size. */
interface Slice {
  start: number;
  end: number;
}
interface Facts {
  readonly size: bigint;
  /** How many epochs of the input; -1 for epochs without end. */
  readonly count: bigint;
}
class Shuffled implements Cursor {
  private input: Cursor | null = null;
  private epoch = 0n;
  private held = 0;
  /** By place. */
  private readonly buffer = new Map<number, Element>();
  private slices: Slice[] = [{ start: 0, end: 0 }];
  private isFirst = false;
  constructor(
    private readonly facts: Facts,
    private readonly words: Words,
    private readonly pass: Pass,
    private readonly open: () => Cursor,
  ) {}
  next(): Pulled {
    if (!this.input && this.epoch === 0n) {
      this.isFirst = true;
      this.input = this.open();
    }
    const { size } = this.facts;
    while (this.input && this.held < size) {
      const pulled = this.fill(this.input);
      if (pulled) return pulled;
      if (this.slices.length > MOST_EPOCHS) break;
    }
    return this.held ? this.draw() : END;
  }
  /** Takes an element into the buffer, or comes to the end of the input. @returns  what is to be given at once */
  private fill(from: Cursor): typeof END | typeof LATER | null {
    const { count } = this.facts;
    for (let input = from; count === -1n || this.epoch < count; input = this.nextEpoch()) {
      const pulled = this.pass.isLate() ? LATER : input.next();
      if (pulled === LATER) return LATER;
      if (pulled !== END) {
        this.isFirst = false;
        checkKept(this.held + 1, 'The buffer of a shuffled dataset');
        this.buffer.set(this.last.end++, pulled);
        this.held++;
        return null;
      }
      if (this.isFirst && count === -1n) {
        this.dispose();
        return END;
      }
    }
    this.endInput();
    return null;
  }
  /** The input is opened once more than it has epochs: what is shuffled in it too has used up seeds then. */
  private nextEpoch(): Cursor {
    this.endInput();
    this.epoch++;
    const { end } = this.last;
    this.slices.push({ start: end, end });
    return (this.input = this.open());
  }
  private get last(): Slice {
    return this.slices[this.slices.length - 1];
  }
  /** One of the elements of the oldest epoch. */
  private draw(): Element {
    while (this.slices[0].start === this.slices[0].end) this.slices.shift();
    const [slice] = this.slices;
    const at = slice.start + (this.words.next() % (slice.end - slice.start));
    const [drawn, first] = [this.buffer.get(at), this.buffer.get(slice.start)];
    if (!drawn || !first) throw new Error(`No element ${at} in the buffer.`);
    this.buffer.set(at, first);
    this.buffer.delete(slice.start++);
    this.held--;
    return drawn;
  }
  private endInput(): void {
    this.input?.dispose();
    this.input = null;
  }
  dispose(): void {
    this.endInput();
    for (const element of this.buffer.values()) releaseAll(element);
    this.buffer.clear();
    [this.held, this.epoch, this.slices] = [0, 1n, [{ start: 0, end: 0 }]];
  }
}

interface Settings extends Facts {
  readonly seeds: Seeds;
  /** Whether each epoch has another order. */
  readonly reshuffles: boolean;
}
/** Gives each epoch its seeds. */
const GENERATORS = new PerPass<Words>();
function opened({ settings, inputs: [input] }: Dataset<Settings>, seeds: Seeds, pass: Pass, path: string): Cursor {
  return new Shuffled(settings, new Words(seeds), pass, () => input.open(pass, path));
}
export const SHUFFLE: DatasetKind<Settings> = {
  type: 'Shuffle',
  open(dataset, pass, path) {
    const { seeds, reshuffles } = dataset.settings;
    if (!reshuffles) return opened(dataset, seeds, pass, path);
    const generator = GENERATORS.of(pass, path, () => new Words(seeds));
    const next = (): bigint => BigInt(generator.next());
    return opened(dataset, [next(), next()], pass, path);
  },
};
/** Shuffles over the borders of epochs. */
export const SHUFFLE_AND_REPEAT: DatasetKind<Settings> = {
  type: 'ShuffleAndRepeat',
  open: (dataset, pass, path) => opened(dataset, dataset.settings.seeds, pass, path),
};

function sizeIn(size: Value): bigint {
  const count = numberIn(size, 'buffer_size');
  return count > 0n ? count : invalid('buffer_size must be greater than zero.');
}
/** What no seed is given for gets one. */
function seedsIn(seed: Value, seed2: Value): Seeds {
  const seeds: Seeds = [numberIn(seed, 'seed'), numberIn(seed2, 'seed2')];
  if (seeds.some((each) => each !== 0n)) return seeds;
  const [one, two] = crypto.getRandomValues(new BigInt64Array(2));
  return [one, two];
}
export function shuffleDataset([input, buffer, seed, seed2]: readonly Value[], node: KernelNode): Dataset {
  const from = datasetOf(input);
  const reshuffles = attr(node, 'reshuffle_each_iteration', 'bool');
  const settings = { size: sizeIn(buffer), count: 1n, seeds: seedsIn(seed, seed2), reshuffles };
  return new Dataset(SHUFFLE, settings, [from], from.signature);
}
/** How often it is repeated. @throws InvalidArgument  for 0, which other datasets take */
export function checkedCount(count: bigint): bigint {
  return count > 0n || count === -1n ? count : invalid('count must be greater than zero or equal to -1.');
}
export function shuffleAndRepeatDataset([input, buffer, seed, seed2, times]: readonly Value[]): Dataset {
  const from = datasetOf(input);
  const [size, seeds, count] = [sizeIn(buffer), seedsIn(seed, seed2), checkedCount(numberIn(times, 'count'))];
  return new Dataset(SHUFFLE_AND_REPEAT, { size, seeds, count, reshuffles: false }, [from], from.signature);
}
