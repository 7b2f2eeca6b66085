/** What `train --report` collects while training goes on, and the page that it becomes. */
import { accessSync, constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as tf from '../src';
import { whyNot } from '../src/format/output';
import type { TrainFlags } from './flags';
import type { buildModel } from './model';
import type { TrainSettings } from './report';
import { UsageError } from './usage';

type DataSets = ReturnType<typeof tf.examples.tutorials.mnist.inputData.readDataSets<true>>;

/** Points on the curve of the cost, each the mean since the last one, and on that of the accuracy. */
const COSTS = 400;
const ACCURACIES = 40;

export interface Recorder {
  /** Notes the cost of step number `step`. Returns the milliseconds that it spent measuring. */
  note(step: number, cost: number): number;
  write(settings: TrainSettings, results: Readonly<Record<string, tf.ReportCard | string>>): void;
}

/** @throws UsageError  if no file can be written there */
export function checkPlace(path: string, flag = '--report'): void {
  const refused = whyNot(path);
  if (refused) throw new UsageError(`${flag} ${path}: ${refused.why}`);
  const folder = dirname(resolve(path));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${flag} ${path}: nothing can be written to ${folder}. Name another place.`);
  }
}

export function recorderTo(
  path: string,
  sess: tf.Session,
  model: ReturnType<typeof buildModel>,
  data: DataSets,
  { steps }: TrainFlags,
): Recorder {
  const measured = data.validation.numExamples > 0 ? data.validation : data.train;
  const runAccuracy = sess.makeCallable(model.accuracy, [model.X, model.Y]);
  const history: { step: number; cost: number; accuracy?: number }[] = [];
  const [everyCost, everyAccuracy] = [Math.ceil(steps / COSTS), Math.ceil(steps / ACCURACIES)];
  // Makes floats of the pixels, before the clock starts.
  void measured.images;
  let sum = 0;
  let since = 0;
  return {
    note(step, cost) {
      sum += cost;
      since++;
      const last = step === steps - 1;
      const measures = step === 0 || last || (step + 1) % everyAccuracy === 0;
      if (!measures && (step + 1) % everyCost !== 0) return 0;
      const started = performance.now();
      const point = { step, cost: sum / since };
      history.push(measures ? { ...point, accuracy: runAccuracy(measured.images, measured.labels) } : point);
      sum = since = 0;
      return performance.now() - started;
    },
    write(settings, results) {
      const { images, labels, imageShape } = data.test;
      const source = measured === data.train ? 'of the training set' : 'kept apart for validation';
      tf.examples.report({
        path,
        session: sess,
        history,
        images,
        labels,
        imageShape: [imageShape[0], imageShape[1]],
        title: `${settings.hiddenUnits} hidden units, ${settings.optimizer} at ${settings.learningRate}`,
        probabilities: sess.run(model.probabilities, [[model.X, images]]),
        hyperparameters: {
          steps: settings.steps,
          'batch size': settings.batchSize,
          'hidden units': settings.hiddenUnits,
          optimizer: settings.optimizer,
          'learning rate': settings.learningRate,
          seed: settings.seed,
          device: settings.device,
          data: settings.dataDir ?? 'the packaged MNIST digits',
          'training pictures': data.train.numExamples,
          'test pictures': data.test.numExamples,
        },
        figures: results,
        set: 'test set',
        costOf: everyCost > 1 ? `mean of up to ${everyCost} batches` : 'one batch',
        accuracyOf: `${measured.numExamples.toLocaleString('en')} pictures ${source}`,
      });
    },
  };
}
