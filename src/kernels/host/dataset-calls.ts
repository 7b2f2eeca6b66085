/** Datasets that call a function of the graph with each element. */
import { KernelError, type KernelNode, type Surroundings, type Value, attr, invalid } from '../kernel';
import { release } from '../value';
import {
  BoundFunction,
  Calling,
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  LATER,
  type Pass,
  type Pulled,
  datasetOf,
  signatureOf,
} from './dataset';
import { type BatchFacts, Batching, batchSizeIn, flagIn } from './dataset-batch';
import { isElement } from './dataset-steps';
import { numberIn } from './dataset-sources';
import { own } from './variable-value';

/** Makes a dataset of what an input and a function give. */
type MakeOf<S> = (input: Dataset, fn: BoundFunction, node: KernelNode, given: readonly Value[]) => Dataset<S>;
/**
 * A function with what it takes in from outside, and a dataset of it.
 *
 * @param from  the first input that is taken in, as a number or by the node
 * @param more  how many inputs stand behind those
 */
export function calling<S>(
  attrName: string,
  make: MakeOf<S>,
  from: number | ((node: KernelNode) => number) = 1,
  more = 0,
) {
  return (given: readonly Value[], node: KernelNode, { functionOf }: Surroundings): Dataset => {
    const first = typeof from === 'number' ? from : from(node);
    const captured = given.slice(first, given.length - more).map(own);
    const fn = new BoundFunction(functionOf(attrName), captured);
    try {
      return make(datasetOf(given[0]), fn, node, given);
    } finally {
      captured.forEach(release);
    }
  };
}
/** A function that is told that there is no more says so of its dataset, or fails where as many are to come. */
export function orEnd(error: unknown, keepsCount: boolean): typeof END {
  if (!(error instanceof KernelError) || error.code !== 'OutOfRange') throw error;
  if (keepsCount) return invalid(`Function invocation produced OutOfRangeError: ${error.message}`);
  return END;
}

export interface MapFacts {
  readonly fn: BoundFunction;
  readonly keepsCount: boolean;
}
/** The results of a call with each element. An end that the function tells of is not final. */
export class Mapped implements Cursor {
  private readonly calling: Calling;
  constructor(
    private readonly input: Cursor,
    private readonly facts: MapFacts,
    pass: Pass,
  ) {
    this.calling = new Calling(pass, facts.fn);
  }
  next(): Pulled {
    if (!this.calling.isUnderWay) {
      const pulled = this.input.next();
      if (!isElement(pulled)) return pulled;
      this.calling.begin(pulled);
    }
    try {
      return this.calling.go();
    } catch (error) {
      return orEnd(error, this.facts.keepsCount);
    }
  }
  dispose(): void {
    this.calling.end();
    this.input.dispose();
  }
}
export const MAP: DatasetKind<MapFacts> = {
  type: 'Map',
  open: ({ settings, inputs: [input] }, pass, path) => new Mapped(input.open(pass, path), settings, pass),
};
const mapOf: MakeOf<MapFacts> = (input, fn, node) =>
  new Dataset(MAP, { fn, keepsCount: attr(node, 'preserve_cardinality', 'bool') }, [input], signatureOf(node), [fn]);
export const mapDataset = calling('f', mapOf);
/** In the order of the input: as its calls do not run beside each other, it is the same. */
export const parallelMapDataset = calling(
  'f',
  (input, fn, node, given) => {
    const calls = numberIn(given[given.length - 1], 'num_parallel_calls');
    if (calls < 1n && calls !== -1n) invalid('num_parallel_calls must be greater than zero.');
    return mapOf(input, fn, node, given);
  },
  1,
  1,
);

export interface MapAndBatchFacts extends MapFacts, BatchFacts {}
/** Batches of results. A batch in which a call fails is given up as a whole, and read to its end. */
export const MAP_AND_BATCH: DatasetKind<MapAndBatchFacts> = {
  type: 'MapAndBatch',
  open({ settings, inputs: [input] }, pass, path) {
    let failed: { readonly error: unknown } | null = null;
    let read = 0;
    let isOver = false;
    const batch = new Batching(settings.size, otherCount);
    const calls = new Mapped(input.open(pass, path), settings, pass);
    const finish = (): Pulled => {
      const [was, count] = [failed, batch.count];
      [failed, read] = [null, 0];
      if (was) {
        batch.drop();
        throw was.error;
      }
      if (count === settings.size || (count && !settings.dropsRemainder)) return pass.charge(batch.take());
      batch.drop();
      return END;
    };
    const next = (): Pulled => {
      while (!isOver && read < settings.size) {
        if (read && pass.isLate()) return LATER;
        try {
          const pulled = calls.next();
          if (pulled === LATER) return LATER;
          if (pulled === END) isOver = true;
          else batch.put(pulled);
        } catch (error) {
          if (isTimeUp(error)) throw error;
          failed ??= { error };
        }
        read++;
      }
      return finish();
    };
    const dispose = (): void => {
      batch.drop();
      calls.dispose();
    };
    return { next, dispose };
  },
};
const isTimeUp = (error: unknown): boolean => !(error instanceof KernelError);
function otherCount(_: number, first: readonly number[], __: number, shape: readonly number[]): never {
  const shown = [shape, first].map((dims) => `[${dims.join(',')}]`);
  return invalid(
    'Cannot add tensor to the batch: number of elements does not match. Shapes are: ' +
      `[tensor]: ${shown[0]}, [batch]: ${shown[1]}`,
  );
}
export const mapAndBatchDataset = calling<MapAndBatchFacts>(
  'f',
  (input, fn, node, given) => {
    const [size, calls, drop] = given.slice(-3);
    const parallel = numberIn(calls, 'num_parallel_calls');
    if (parallel < 1n && parallel !== -1n) invalid('num_parallel_calls must be greater than zero.');
    const facts = {
      fn,
      keepsCount: attr(node, 'preserve_cardinality', 'bool'),
      size: batchSizeIn(size, 'batch_size must be greater than zero.'),
      dropsRemainder: flagIn(drop, 'drop_remainder'),
    };
    return new Dataset(MAP_AND_BATCH, facts, [input], signatureOf(node), [fn]);
  },
  1,
  3,
);
