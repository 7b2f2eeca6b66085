/** What a classifier got right and wrong: the confusion matrix and the worst mistakes. */
import { ValueError } from '../../base/errors';
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

/** @throws ValueError  if the arrays do not belong together */
export function evaluate(answers: Answers): Evaluation {
  const probabilities = answers.probabilities === undefined ? null : toNDArray(answers.probabilities);
  if (probabilities && probabilities.rank !== 2) {
    throw new ValueError(
      `report: probabilities must have the shape [pictures, classes], found [${probabilities.shape}].`,
    );
  }
  if (!probabilities && answers.predictions === undefined) {
    throw new ValueError('report: give predictions (one class per picture) or probabilities (one row per picture).');
  }
  const predictions =
    answers.predictions !== undefined
      ? numbers(answers.predictions)
      : largestOfRows(numbers(probabilities!), probabilities!.shape[0]);
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
  const width = given.length / count;
  const labels = width === 1 ? given : largestOfRows(given, count);
  const classes = Math.max(width, probabilities?.shape[1] ?? 0, 1 + largest(labels), 1 + largest(predictions));
  for (const [what, list] of [
    ['labels', labels],
    ['predictions', predictions],
  ] as const) {
    const wrong = list.find((value) => !Number.isInteger(value) || value < 0);
    if (wrong !== undefined)
      throw new ValueError(`report: ${what} must be classes, whole numbers from 0 on; found ${wrong}.`);
  }

  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const mistakes: Mistake[] = [];
  const likely = probabilities ? numbers(probabilities) : null;
  const at = (i: number, k: number) =>
    likely && k < probabilities!.shape[1] ? likely[i * probabilities!.shape[1] + k] : null;
  for (let i = 0; i < count; i++) {
    const [label, prediction] = [labels[i], predictions[i]];
    confusion[label][prediction]++;
    if (label !== prediction)
      mistakes.push({
        index: i,
        label,
        prediction,
        labelProbability: at(i, label),
        predictionProbability: at(i, prediction),
      });
  }
  if (likely)
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
  return Array.from(data as ArrayLike<number | bigint>, Number);
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
