/** What a classifier got right and wrong: the confusion matrix and the worst mistakes. */
import { ValueError } from '../../base/errors';
import type { NDArray } from '../../base/ndarray';
import { type ArrayLike_, toNDArray } from '../../base/to-ndarray';

export interface Mistake {
  /** Which picture. */
  readonly index: number;
  readonly label: number;
  readonly prediction: number;
  /** The probabilities of both, where known. */
  readonly labelProbability: number | null;
  readonly predictionProbability: number | null;
}

export interface Evaluation {
  readonly count: number;
  readonly classes: number;
  readonly correct: number;
  /** `confusion[label][prediction]`: how many pictures. */
  readonly confusion: readonly (readonly number[])[];
  /** The worst first: the true class least likely; in order of the pictures where no probabilities are known. */
  readonly mistakes: readonly Mistake[];
}

export interface Answers {
  /** The true classes: [n], or one-hot rows [n, classes]. A flat typed array may be either. */
  readonly labels: ArrayLike_;
  /** The predicted classes: [n]. May be left out where `probabilities` are given. */
  readonly predictions?: ArrayLike_;
  /** What the model gives each class: [n, classes]. */
  readonly probabilities?: ArrayLike_;
}

/** Answers whose arrays belong together. */
interface Checked {
  readonly labels: ArrayLike<number>;
  readonly predictions: ArrayLike<number>;
  readonly classes: number;
  /** The probability of a class of a picture, where known. */
  probability(i: number, k: number): number | null;
}
/** @throws ValueError  if the arrays do not belong together */
function checked(answers: Answers): Checked {
  const probabilities = answers.probabilities === undefined ? null : toNDArray(answers.probabilities);
  if (probabilities && probabilities.rank !== 2) {
    throw new ValueError(
      `report: probabilities must have the shape [pictures, classes], found [${probabilities.shape}].`,
    );
  }
  const likely = probabilities && numbers(probabilities);
  const [, width = 0] = probabilities?.shape ?? [];
  const predictions = predictionsOf(answers, probabilities);
  const count = predictions.length;
  if (count === 0) throw new ValueError('report: there are no predictions. Evaluate at least one picture.');
  if (probabilities && probabilities.shape[0] !== count) {
    throw new ValueError(`report: ${count} predictions, but probabilities of ${probabilities.shape[0]} pictures.`);
  }
  const given = numbers(answers.labels);
  if (given.length % count !== 0 || given.length === 0) {
    throw new ValueError(
      `report: labels must be ${count} classes or ${count} one-hot rows, as many as predictions; ` +
        `found ${given.length} values.`,
    );
  }
  const labels = given.length === count ? given : largestOfRows(given, count);
  const classes = Math.max(given.length / count, width, 1 + largest(labels), 1 + largest(predictions));
  mustBeClasses('labels', labels);
  mustBeClasses('predictions', predictions);
  const probability = (i: number, k: number): number | null => (likely && k < width ? likely[i * width + k] : null);
  return { labels, predictions, classes, probability };
}
function predictionsOf({ predictions }: Answers, probabilities: NDArray | null): number[] | Float32Array {
  if (predictions !== undefined) return numbers(predictions);
  if (!probabilities)
    throw new ValueError('report: give predictions (one class per picture) or probabilities (one row per picture).');
  return largestOfRows(numbers(probabilities), probabilities.shape[0]);
}
function mustBeClasses(what: string, list: number[] | Float32Array): void {
  const wrong = list.find((value) => !Number.isInteger(value) || value < 0);
  if (wrong !== undefined)
    throw new ValueError(`report: ${what} must be classes, whole numbers from 0 on; found ${wrong}.`);
}

/** @throws ValueError  if the arrays do not belong together */
export function evaluate(answers: Answers): Evaluation {
  const { labels, predictions, classes, probability } = checked(answers);
  const count = predictions.length;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const mistakes: Mistake[] = [];
  for (let i = 0; i < count; i++) {
    const [label, prediction] = [labels[i], predictions[i]];
    confusion[label][prediction]++;
    if (label !== prediction)
      mistakes.push({
        index: i,
        label,
        prediction,
        labelProbability: probability(i, label),
        predictionProbability: probability(i, prediction),
      });
  }
  if (answers.probabilities !== undefined)
    mistakes.sort(
      (a, b) =>
        (a.labelProbability ?? 0) - (b.labelProbability ?? 0) ||
        (b.predictionProbability ?? 0) - (a.predictionProbability ?? 0),
    );
  return { count, classes, correct: count - mistakes.length, confusion, mistakes };
}

/** Any numeric host data as plain numbers, row-major. */
export function numbers(value: ArrayLike_): number[] | Float32Array {
  const { data } = toNDArray(value);
  if (data instanceof Float32Array) return data;
  return Array.from<unknown, number>(data, Number);
}

function largestOfRows(values: ArrayLike<number>, rows: number): number[] {
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let k = 1; k < width; k++) if (values[i * width + k] > values[i * width + best]) best = k;
    return best;
  });
}

function largest(values: ArrayLike<number>): number {
  let best = -1;
  for (let i = 0; i < values.length; i++) best = Math.max(best, values[i]);
  return best;
}
