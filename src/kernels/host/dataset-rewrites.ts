/** What TensorFlow rewrites of a dataset before an iterator goes through it: other orders and errors come of it. */
import { asTexts } from '../../base/elements';
import { type Value, invalid } from '../kernel';
import { Dataset, datasetOf } from './dataset';
import { BATCH } from './dataset-batch';
import { MAP, MAP_AND_BATCH } from './dataset-calls';
import { SHUFFLE, SHUFFLE_AND_REPEAT, checkedCount } from './dataset-shuffle';
import { PREFETCH, REPEAT, SKIP, TAKE } from './dataset-steps';

/** Gives another dataset in the place of one, with a reference for the caller; null where it leaves it. */
type Rewrite = (dataset: Dataset) => Dataset | null;

/** What gives all of its input once, as it is. */
function withoutNoOps(dataset: Dataset): Dataset | null {
  const isNoOp =
    (dataset.is(TAKE) && dataset.settings < 0n) ||
    ((dataset.is(SKIP) || dataset.is(PREFETCH)) && dataset.settings === 0n) ||
    (dataset.is(REPEAT) && dataset.settings === 1n);
  return isNoOp ? dataset.inputs[0].retain() : null;
}
/** A shuffled dataset that is repeated is shuffled over the borders of its epochs. */
function shuffledAndRepeated(dataset: Dataset): Dataset | null {
  const [input] = dataset.inputs;
  if (!dataset.is(REPEAT) || !input.is(SHUFFLE) || !input.settings.reshuffles) return null;
  const settings = { ...input.settings, count: checkedCount(dataset.settings) };
  return new Dataset(SHUFFLE_AND_REPEAT, settings, input.inputs, input.signature);
}
/** Batches of what a function gives fail as wholes. */
function mappedAndBatched(dataset: Dataset): Dataset | null {
  const [input] = dataset.inputs;
  if (!dataset.is(BATCH) || !input.is(MAP)) return null;
  const { fn } = input.settings;
  const settings = { ...input.settings, ...dataset.settings };
  return new Dataset(MAP_AND_BATCH, settings, input.inputs, dataset.signature, [fn]);
}
/** In TensorFlow's order. */
const REWRITES: readonly (readonly [name: string, Rewrite])[] = [
  ['noop_elimination', withoutNoOps],
  ['shuffle_and_repeat_fusion', shuffledAndRepeated],
  ['map_and_batch_fusion', mappedAndBatched],
];

/** Rewrites a dataset and its inputs. @returns  with a reference for the caller */
function rewritten(dataset: Dataset, rewrite: Rewrite): Dataset {
  const inputs = dataset.inputs.map((input) => rewritten(input, rewrite));
  const isSame = inputs.every((input, i) => input === dataset.inputs[i]);
  const found = isSame ? dataset.retain() : dataset.over(inputs);
  for (const input of inputs) input.release();
  const other = rewrite(found);
  if (!other) return found;
  found.release();
  return other;
}
/** @param optimizations  the names of rewrites; those that change neither order nor errors are left out */
export function optimizeDataset([input, optimizations]: readonly Value[]): Dataset {
  if (optimizations.shape.length !== 1) invalid('optimizations must be a vector');
  const names: readonly string[] = asTexts(optimizations.read());
  let dataset = datasetOf(input).retain();
  for (const [name, rewrite] of REWRITES) {
    if (!names.includes(name)) continue;
    const before = dataset;
    dataset = rewritten(before, rewrite);
    before.release();
  }
  return dataset;
}
