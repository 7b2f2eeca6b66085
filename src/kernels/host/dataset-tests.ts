/** Datasets that ask a function of the graph about each element: whether it is kept, whether there is more. */
import { bool } from '../../base/dtype';
import { invalid } from '../kernel';
import {
  type BoundFunction,
  Calling,
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  type Element,
  LATER,
  type Pulled,
  releaseAll,
  retainAll,
  signatureOf,
} from './dataset';
import { calling } from './dataset-calls';
import { Through, isElement } from './dataset-steps';

/**
 * @param sentence  for what is no boolean
 * @param cursorOf  makes a cursor of what gives the next element
 * @param stops     whether an element that is not kept ends it
 */
const tested = (
  type: string,
  sentence: string,
  cursorOf: (input: Cursor, pull: (from: Cursor) => Pulled, drop: () => void) => Cursor,
  stops: boolean,
): DatasetKind<BoundFunction> => ({
  type,
  open({ settings: fn, inputs: [input] }, pass, path) {
    const calls = new Calling(pass, fn);
    let element: Element | null = null;
    const drop = (): void => {
      if (element) releaseAll(element);
      element = null;
      calls.end();
    };
    const matches = (): boolean | typeof LATER => {
      try {
        const results = calls.go();
        return results === LATER ? LATER : isTrue(results, sentence);
      } catch (error) {
        drop();
        throw error;
      }
    };
    const pull = (from: Cursor): Pulled => {
      for (;;) {
        if (!calls.isUnderWay) drop();
        if (!element) {
          if (pass.isLate()) return LATER;
          const pulled = from.next();
          if (!isElement(pulled)) return pulled;
          element = pulled;
          calls.begin(retainAll(pulled));
        }
        const kept = matches();
        if (kept === LATER) return LATER;
        const found = element;
        element = null;
        if (kept) return found;
        releaseAll(found);
        if (stops) return END;
      }
    };
    return cursorOf(input.open(pass, path), pull, drop);
  },
});
/** What a predicate gave. Takes it over. */
function isTrue(results: Element, sentence: string): boolean {
  try {
    const [result] = results;
    if (results.length !== 1 || result.dtype !== bool || result.size !== 1) invalid(sentence);
    return Boolean(result.read()[0]);
  } finally {
    releaseAll(results);
  }
}
const FILTER = tested(
  'Filter',
  'Filter predicate `f` must return a scalar bool.',
  (input, pull, drop) => new Through(input, pull, drop),
  false,
);
/** It ends where the predicate says so, and goes on behind that when it is asked again, as TensorFlow's does. */
const TAKE_WHILE = tested(
  'TakeWhile',
  '`predicate` must returns a scalar bool tensor.',
  (input, pull, drop) => ({
    next: () => pull(input),
    dispose() {
      drop();
      input.dispose();
    },
  }),
  true,
);
export const takeWhileDataset = calling<BoundFunction>(
  'predicate',
  (input, fn, node) => new Dataset(TAKE_WHILE, fn, [input], signatureOf(node), [fn]),
);
export const filterDataset = calling<BoundFunction>(
  'predicate',
  (input, fn, node) => new Dataset(FILTER, fn, [input], signatureOf(node), [fn]),
);
