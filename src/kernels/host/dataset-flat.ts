/** Datasets of the datasets that a function makes of elements. */
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
  type Pass,
  type Pulled,
  datasetOf,
  releaseAll,
  signatureOf,
} from './dataset';
import { calling } from './dataset-calls';
import { Through, isElement } from './dataset-steps';

const FLAT_MAP: DatasetKind<BoundFunction> = {
  type: 'FlatMap',
  open({ settings: fn, inputs: [input] }, pass, path) {
    const opened = new Opened(pass, fn);
    const pull = (from: Cursor): Pulled => {
      for (;;) {
        if (pass.isLate()) return LATER;
        if (!opened.isBusy) {
          const pulled = from.next();
          if (!isElement(pulled)) return pulled;
          opened.begin(pulled, path);
        }
        const pulled = opened.next();
        if (pulled !== END) return pulled;
      }
    };
    return new Through(input.open(pass, path), pull, () => opened.dispose());
  },
};
/** The datasets that a function makes of elements, one after the other. */
export class Opened {
  private readonly calls: Calling;
  private dataset: Dataset | null = null;
  private cursor: Cursor | null = null;
  private count = 0;
  private path = '';
  constructor(
    private readonly pass: Pass,
    fn: BoundFunction,
  ) {
    this.calls = new Calling(pass, fn);
  }
  /** Whether it has a dataset, or is about to. */
  get isBusy(): boolean {
    return this.calls.isUnderWay || this.cursor !== null;
  }
  begin(element: Element, path: string): void {
    this.path = `${path}[${this.count++}]`;
    this.calls.begin(element);
  }
  /** The next element of the dataset; END where that is over. */
  next(): Pulled {
    if (!this.cursor) {
      const results = this.calls.go();
      if (results === LATER) return LATER;
      this.open(results);
    }
    const pulled = this.cursor?.next() ?? END;
    if (pulled === END) this.close();
    return pulled;
  }
  private open(results: Element): void {
    try {
      if (results.length !== 1 || results[0].dtype.name !== 'variant')
        invalid('Function must return a single scalar of dtype DT_VARIANT.');
      this.dataset = datasetOf(results[0]).retain();
    } finally {
      releaseAll(results);
    }
    this.cursor = this.dataset.open(this.pass, this.path);
  }
  private close(): void {
    this.cursor?.dispose();
    this.dataset?.release();
    this.cursor = this.dataset = null;
  }
  dispose(): void {
    this.calls.end();
    this.close();
  }
}
export const flatMapDataset = calling<BoundFunction>(
  'f',
  (input, fn, node) => new Dataset(FLAT_MAP, fn, [input], signatureOf(node), [fn]),
);
