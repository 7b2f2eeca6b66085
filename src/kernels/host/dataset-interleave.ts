/** Datasets that a function makes of elements, several at a time, each of which gives some elements in its turn. */
import { type Value, invalid } from '../kernel';
import {
  type BoundFunction,
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  LATER,
  type Pass,
  type Pulled,
  signatureOf,
} from './dataset';
import { calling } from './dataset-calls';
import { Opened } from './dataset-flat';
import { numberIn } from './dataset-sources';
import { Through, isElement } from './dataset-steps';

interface Facts {
  readonly fn: BoundFunction;
  /** How many datasets are open together. */
  readonly cycle: number;
  /** How many elements one gives in its turn. */
  readonly block: bigint;
}
class Cycle {
  private readonly open = new Map<number, Opened>();
  private at = 0;
  private given = 0n;
  private isOver = false;
  constructor(
    private readonly facts: Facts,
    private readonly pass: Pass,
    private readonly path: string,
  ) {}
  pull(from: Cursor): Pulled {
    while (!this.isOver || this.open.size) {
      if (this.pass.isLate()) return LATER;
      const turn = this.open.get(this.at) ?? null;
      if (turn?.isBusy) {
        const pulled = this.nextOf(turn);
        if (isElement(pulled) && ++this.given === this.facts.block) this.advance();
        if (pulled !== END) return pulled;
      }
      if (turn && !turn.isBusy) {
        this.open.delete(this.at);
        this.advance();
      } else if (!this.isOver) {
        const waits = this.begin(from);
        if (waits) return waits;
      } else this.advance();
    }
    return END;
  }
  /** Where no dataset comes of an element, the next element has its place. */
  private nextOf(turn: Opened): Pulled {
    try {
      return turn.next();
    } catch (error) {
      if (!turn.isBusy) this.open.delete(this.at);
      throw error;
    }
  }
  /** Makes a dataset of the next element. */
  private begin(from: Cursor): typeof LATER | null {
    const pulled = from.next();
    if (pulled === LATER) return LATER;
    if (pulled === END) {
      this.isOver = true;
      return null;
    }
    const opened = new Opened(this.pass, this.facts.fn);
    this.open.set(this.at, opened);
    opened.begin(pulled, this.path);
    return null;
  }
  private advance(): void {
    this.given = 0n;
    this.at = (this.at + 1) % this.facts.cycle;
  }
  dispose(): void {
    for (const opened of this.open.values()) opened.dispose();
    this.open.clear();
  }
}
const INTERLEAVE: DatasetKind<Facts> = {
  type: 'Interleave',
  open({ settings, inputs: [input] }, pass, path) {
    const cycle = new Cycle(settings, pass, path);
    return new Through(
      input.open(pass, path),
      (from) => cycle.pull(from),
      () => cycle.dispose(),
    );
  },
};
/** Where TensorFlow takes as many as there are processors, so many: an order must not hang on the machine. */
const CHOSEN = 16n;
function cycleIn(value: Value): number {
  const cycle = numberIn(value, 'cycle_length');
  if (cycle === -1n) return Number(CHOSEN);
  return cycle > 0n ? Number(cycle) : invalid('cycle_length must be greater than zero.');
}
function blockIn(value: Value): bigint {
  const block = numberIn(value, 'block_length');
  return block > 0n ? block : invalid('block_length must be greater than zero.');
}
const interleaved = (more: number) =>
  calling<Facts>(
    'f',
    (input, fn, node, given) => {
      const [cycle, block] = given.slice(-more);
      const facts = { fn, cycle: cycleIn(cycle), block: blockIn(block) };
      return new Dataset(INTERLEAVE, facts, [input], signatureOf(node), [fn]);
    },
    1,
    more,
  );
/** A number of the older kind, in its words. */
function least(value: Value, name: string, least: bigint, wanted: string): bigint {
  const number = numberIn(value, name);
  return number >= least ? number : invalid(`\`${name}\` must be ${wanted}`);
}
/** The older kind, in order: what is "sloppy" there is in some order, and this is one. */
export const olderInterleaveDataset = calling<Facts>(
  'f',
  (input, fn, node, given) => {
    const [cycle, block, , output, ahead] = given.slice(-5);
    const facts = {
      fn,
      cycle: Number(least(cycle, 'cycle_length', 1n, '> 0')),
      block: least(block, 'block_length', 1n, '> 0'),
    };
    least(output, 'buffer_output_elements', 1n, '> 0');
    least(ahead, 'prefetch_input_elements', 0n, '>= 0');
    return new Dataset(INTERLEAVE, facts, [input], signatureOf(node), [fn]);
  },
  1,
  5,
);
export const interleaveDataset = interleaved(2);
/** In the order of the one whose calls do not run beside each other. */
export const parallelInterleaveDataset = interleaved(3);
