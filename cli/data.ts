/** The data sets of `train`, checked against its flags and its network. */
import { errorOf } from '../src/base/thrown';
import * as tf from '../src';
import type { TrainFlags } from './flags';
import { checkDataDir } from './data-dir';
import { CLASSES } from './model';
import { UsageError, oneLine } from './usage';

/** Larger training sets give their first 5,000 pictures for validation, as the tutorial does. */
const SMALL = 10_000;
const { readDataSets } = tf.examples.tutorials.mnist.inputData;

/** @throws UsageError  if the flags do not fit the data */
export function readData({ dataDir, batchSize, seed }: TrainFlags) {
  if (dataDir !== undefined) checkDataDir(dataDir);
  const named = dataDir === undefined ? '' : `--data-dir ${dataDir}: `;
  const { train, test } = asUsage(dataDir, () => readDataSets(dataDir ?? null, { validationSize: 0 }));
  const largest = [train, test].reduce((most, { labels }) => labels.reduce((a, b) => Math.max(a, b), most), 0);
  if (largest >= CLASSES) {
    throw new UsageError(
      `${named}its labels go up to ${largest}, and this network tells ${CLASSES} classes apart, 0 to ${CLASSES - 1}. ` +
        `Give a set of ten classes, such as EMNIST's digits; for ${largest + 1} write a script of your own: ` +
        `readDataSets('${dataDir}') and tf.oneHot(labels, ${largest + 1}).`,
    );
  }
  const { numExamples } = train;
  if (numExamples === 0) {
    throw new UsageError(`${named}the training set is empty. Name a directory with pictures to train on.`);
  }
  if (test.numExamples === 0) {
    throw new UsageError(`${named}the test set is empty. Name a directory with pictures to test on, too.`);
  }
  if (batchSize > numExamples) {
    throw new UsageError(
      `--batch-size ${batchSize} is more than the ${numExamples} pictures of the training set. ` +
        `Give ${numExamples} or less.`,
    );
  }
  const validationSize = numExamples > SMALL ? undefined : 0;
  const options = { oneHot: true, reshape: false, seed: seed ?? null, validationSize } as const;
  return asUsage(dataDir, () => readDataSets(dataDir ?? null, options));
}

/** What is wrong with the files is the caller's to mend. */
function asUsage<T>(dataDir: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${dataDir === undefined ? '' : '--data-dir: '}${oneLine(errorOf(error).message)}`);
  }
}
