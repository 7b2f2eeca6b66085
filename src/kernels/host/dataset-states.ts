/** What a function makes of elements one after the other: each call is given what the one before it left. */
import type { DType } from '../../base/dtype';
import { TensorShape } from '../../base/shape';
import { type KernelNode, type Later, type Run, type StatefulRow, type Value, attr, invalid } from '../kernel';
import {
  BoundFunction,
  Calling,
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  type Element,
  LATER,
  Pass,
  type Pulled,
  type Signature,
  datasetOf,
  releaseAll,
  retainAll,
  signatureOf,
} from './dataset';
import { calling, orEnd } from './dataset-calls';
import { keeping } from './dataset-sources';
import { isElement } from './dataset-steps';
import { inTurns } from './iterator';

const statesOf = (node: KernelNode): readonly DType[] => attr(node, 'Tstate', 'list(type)');

interface Scan {
  readonly fn: BoundFunction;
  readonly state: Element;
  readonly keepsCount: boolean;
}
class Scanned implements Cursor {
  private readonly calls: Calling;
  private state: Element;
  constructor(
    private readonly input: Cursor,
    private readonly facts: Scan,
    pass: Pass,
  ) {
    this.calls = new Calling(pass, facts.fn);
    this.state = retainAll(facts.state);
  }
  next(): Pulled {
    const { calls } = this;
    if (!calls.isUnderWay) {
      const pulled = this.input.next();
      if (!isElement(pulled)) return pulled;
      calls.begin([...retainAll(this.state), ...pulled]);
    }
    let results: Element | typeof LATER;
    try {
      results = calls.go();
    } catch (error) {
      return orEnd(error, this.facts.keepsCount);
    }
    return results === LATER ? LATER : this.take(results);
  }
  private take(results: Element): Element {
    const count = this.state.length;
    releaseAll(this.state);
    this.state = results.slice(0, count);
    return results.slice(count);
  }
  dispose(): void {
    this.calls.end();
    this.input.dispose();
    releaseAll(this.state);
    this.state = [];
  }
}
const SCAN: DatasetKind<Scan> = {
  type: 'Scan',
  open: ({ settings, inputs: [input] }, pass, path) => new Scanned(input.open(pass, path), settings, pass),
};
export const scanDataset = calling<Scan>(
  'f',
  (input, fn, node, given) =>
    keeping(given.slice(1, 1 + statesOf(node).length), (state) => {
      const keepsCount = attr(node, 'preserve_cardinality', 'bool');
      return new Dataset(SCAN, { fn, state, keepsCount }, [input], signatureOf(node), [fn, ...state]);
    }),
  (node) => 1 + statesOf(node).length,
);

// --- results of a whole dataset -------------------------------------------------------------------------------------

/** Goes through a dataset until there is a result. @param turn  LATER for not yet */
function through<T>(
  dataset: Dataset,
  run: Run,
  turn: (cursor: Cursor, pass: Pass) => T | typeof LATER,
  ended: () => void,
): T | Later<T> {
  const pass = new Pass(run);
  let cursor: Cursor | null = null;
  const end = (): void => {
    ended();
    cursor?.dispose();
    pass.dispose();
    dataset.release();
  };
  const go = (): T | typeof LATER => {
    pass.begin(run);
    return turn((cursor ??= dataset.open(pass, 'Iterator')), pass);
  };
  dataset.retain();
  let came: T | typeof LATER = LATER;
  let isLate = false;
  try {
    came = go();
    isLate = came === LATER;
  } finally {
    if (!isLate) end();
  }
  if (came !== LATER) return came;
  return inTurns(
    'the result of a dataset',
    go,
    () => pass.wakes,
    (begin) => {
      begin();
      return (isGivenUp) => {
        if (isGivenUp) pass.cancel();
        end();
      };
    },
  );
}
function checkResult(element: Element, { types, shapes }: Signature): Element {
  const refuse = (what: string, i: number, wanted: string, found: string): never => {
    releaseAll(element);
    return invalid(
      `The result does not match the expected ${what} for component ${i}. Expected: ${wanted}. Actual: ${found}.`,
    );
  };
  element.forEach(({ dtype, shape }, i) => {
    if (dtype !== types[i]) refuse('type', i, types[i].cName, dtype.cName);
    const found = new TensorShape(shape);
    if (!shapes[i].isCompatibleWith(found)) refuse('shape', i, shapes[i].toCString(), found.toCString());
  });
  return element;
}
/** What is left when a function was called with each element, and what it left of those before. */
export const reduceDataset: StatefulRow = {
  mayWait: true,
  make: (_, { functionOf }) => {
    const reduced = functionOf('f');
    return ([dataset, ...given], node, run) => {
      const count = statesOf(node).length;
      let state: Element = retainAll(given.slice(0, count));
      const fn = new BoundFunction(reduced, retainAll(given.slice(count)));
      const drop = (): void => {
        releaseAll(state);
        releaseAll(fn.captured);
        state = [];
      };
      let calls: Calling | null = null;
      const turn = (cursor: Cursor, pass: Pass): Element | typeof LATER => {
        calls ??= new Calling(pass, fn);
        for (;;) {
          if (!calls.isUnderWay) {
            if (pass.isLate()) return LATER;
            const pulled = cursor.next();
            if (pulled === LATER) return LATER;
            if (pulled === END) return checkResult(retainAll(state), signatureOf(node));
            calls.begin([...retainAll(state), ...pulled]);
          }
          const results = calls.go();
          if (results === LATER) return LATER;
          releaseAll(state);
          state = results;
        }
      };
      return through(datasetOf(dataset), run, turn, drop);
    };
  },
};
/** The one element that there is. */
export const singleElement: StatefulRow = {
  mayWait: true,
  make:
    () =>
    ([dataset]: readonly Value[], node, run) => {
      let found: Element | null = null;
      const turn = (cursor: Cursor): Element | typeof LATER => {
        for (;;) {
          const pulled = cursor.next();
          if (pulled === LATER) return LATER;
          if (pulled === END) return found ? checkResult(retainAll(found), signatureOf(node)) : invalid(EMPTY);
          if (found) {
            releaseAll(pulled);
            invalid('Dataset had more than one element.');
          }
          found = pulled;
        }
      };
      const drop = (): void => {
        if (found) releaseAll(found);
        found = null;
      };
      return through(datasetOf(dataset), run, turn, drop);
    },
};
const EMPTY = 'Dataset was empty.';
