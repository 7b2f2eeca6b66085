/** Datasets that give the elements of others as they are: some of them, several times, one after the other, kept. */
import { type KernelNode, type Value, invalid } from '../kernel';
import {
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  type Element,
  LATER,
  type Pass,
  type Pulled,
  checkSignature,
  datasetOf,
  releaseAll,
  signatureOf,
} from './dataset';
import { numberIn } from './dataset-sources';

/** Goes through an input until that is at its end, or no more is wanted. */
export class Through implements Cursor {
  private input: Cursor | null;
  /** @param pull  gives the next element from the input; END ends all */
  constructor(
    input: Cursor,
    private readonly pull: (input: Cursor) => Pulled,
    private readonly ended?: () => void,
  ) {
    this.input = input;
  }
  next(): Pulled {
    if (!this.input) return END;
    const pulled = this.pull(this.input);
    if (pulled === END) this.dispose();
    return pulled;
  }
  dispose(): void {
    this.input?.dispose();
    this.input = null;
    this.ended?.();
  }
}
export const isElement = (pulled: Pulled): pulled is Element => typeof pulled !== 'string';

const NOTHING: Cursor = { next: () => END, dispose() {} };

/** A kind with one number beside its input. */
type Counted = DatasetKind<bigint>;
const counted =
  (kind: Counted, name: string) =>
  ([input, count]: readonly Value[]): Dataset => {
    const from = datasetOf(input);
    return new Dataset(kind, numberIn(count, name), [from], from.signature);
  };

export const TAKE: Counted = {
  type: 'Take',
  open({ settings: count, inputs: [input] }, pass, path) {
    if (count === 0n) return NOTHING;
    let taken = 0n;
    return new Through(input.open(pass, path), (from) => {
      if (count >= 0n && taken >= count) return END;
      const pulled = from.next();
      if (isElement(pulled)) taken++;
      return pulled;
    });
  },
};
export const takeDataset = counted(TAKE, 'count');

export const SKIP: Counted = {
  type: 'Skip',
  open({ settings: count, inputs: [input] }, pass, path) {
    if (count < 0n) return NOTHING;
    let skipped = 0n;
    return new Through(input.open(pass, path), (from) => {
      for (; skipped < count; skipped++) {
        if (pass.isLate()) return LATER;
        const pulled = from.next();
        if (!isElement(pulled)) return pulled;
        releaseAll(pulled);
      }
      return from.next();
    });
  },
};
export const skipDataset = counted(SKIP, 'count');

export const REPEAT: Counted = {
  type: 'Repeat',
  open({ settings: count, inputs: [input] }, pass, path) {
    const open = (): Cursor => input.open(pass, path);
    return count < 0n ? new Forever(open, pass) : new Repeated(open, count);
  },
};
export const repeatDataset = counted(REPEAT, 'count');
/** Each epoch is begun as soon as the one before it is over, and one more behind the last, which nobody reads. */
class Repeated implements Cursor {
  private input: Cursor | null;
  private done = 0n;
  constructor(
    private readonly open: () => Cursor,
    private readonly count: bigint,
  ) {
    this.input = count > 0n ? open() : null;
  }
  next(): Pulled {
    while (this.input) {
      const pulled = this.input.next();
      if (pulled !== END) return pulled;
      this.dispose();
      this.input = this.open();
      if (++this.done >= this.count) this.dispose();
    }
    return END;
  }
  dispose(): void {
    this.input?.dispose();
    this.input = null;
  }
}
/** Goes on without end; an epoch without elements ends it. */
class Forever implements Cursor {
  private input: Cursor | null;
  private isEmpty = true;
  constructor(
    private readonly open: () => Cursor,
    private readonly pass: Pass,
  ) {
    this.input = open();
  }
  next(): Pulled {
    for (;;) {
      if (!this.input) {
        this.input = this.open();
        this.isEmpty = true;
      }
      const pulled = this.input.next();
      if (isElement(pulled)) this.isEmpty = false;
      if (pulled !== END) return pulled;
      const { isEmpty } = this;
      this.dispose();
      if (isEmpty) return END;
      if (this.pass.isLate()) return LATER;
    }
  }
  dispose(): void {
    this.input?.dispose();
    this.input = null;
  }
}

/** It gives what its input gives: nothing here runs ahead of who asks. */
export const PREFETCH: Counted = {
  type: 'Prefetch',
  open: ({ inputs: [input] }, pass, path) => input.open(pass, path),
};
export function prefetchDataset([input, size]: readonly Value[]): Dataset {
  const [from, count] = [datasetOf(input), numberIn(size, 'buffer_size')];
  if (count < -1n) invalid('buffer_size must be >= 0 or set buffer_size to be -1 for auto-tuning');
  return new Dataset(PREFETCH, count, [from], from.signature);
}

/** It has a part in names, and nothing else: what TensorFlow measures for itself. */
const MODEL: DatasetKind<null> = {
  type: 'Model',
  open: ({ inputs: [input] }, pass, path) => input.open(pass, path),
};
export function modelDataset([input]: readonly Value[]): Dataset {
  const from = datasetOf(input);
  return new Dataset(MODEL, null, [from], from.signature);
}

const CONCATENATE: DatasetKind<null> = {
  type: 'Concatenate',
  open({ inputs }, pass, path) {
    let at = 0;
    let input: Cursor | null = inputs[0].open(pass, `${path}[0]`);
    return {
      next() {
        while (input) {
          const pulled = input.next();
          if (pulled !== END) return pulled;
          input.dispose();
          input = ++at < inputs.length ? inputs[at].open(pass, `${path}[${at}]`) : null;
        }
        return END;
      },
      dispose() {
        input?.dispose();
        input = null;
      },
    };
  },
};
export function concatenateDataset([first, second]: readonly Value[], node: KernelNode): Dataset {
  const inputs = [first, second].map(datasetOf);
  const [one, other] = inputs.map(({ signature }) => signature);
  checkSignature(one, { types: other.types, shapes: one.shapes });
  return new Dataset(CONCATENATE, null, inputs, signatureOf(node));
}

const ZIP: DatasetKind<null> = {
  type: 'Zip',
  open({ inputs }, pass, path) {
    const cursors = inputs.map((input, i) => input.open(pass, `${path}[${i}]`));
    /** What has come of the next element. */
    const parts: Element[] = [];
    const dropParts = (): void => parts.splice(0).forEach(releaseAll);
    const dispose = (): void => {
      dropParts();
      for (const cursor of cursors.splice(0)) cursor.dispose();
    };
    return {
      next() {
        if (!cursors.length) return END;
        while (parts.length < cursors.length) {
          const pulled = pulledOr(cursors[parts.length], dropParts);
          if (pulled === LATER) return LATER;
          if (pulled === END) {
            dispose();
            return END;
          }
          parts.push(pulled);
        }
        return parts.splice(0).flat();
      },
      dispose,
    };
  },
};
/** The next element; where there is an error, what was gathered before it is lost. */
export function pulledOr(cursor: Cursor, failed: () => void): Pulled {
  try {
    return cursor.next();
  } catch (error) {
    failed();
    throw error;
  }
}
export function zipDataset(given: readonly Value[], node: KernelNode): Dataset {
  return new Dataset(ZIP, null, given.map(datasetOf), signatureOf(node));
}
