/** `tf.examples.report`: how a training went, as one page that opens offline. */
import { boundNames } from '../../calls/bind';
import { FailedPreconditionError, ValueError } from '../../base/errors';
import type { NDArray } from '../../base/ndarray';
import type { ArrayLike_ } from '../../base/to-ndarray';
import { writeOutput } from '../../format/output';
import type { Graph } from '../../graph/graph';
import { GraphKeys } from '../../graph/keys';
import type { Session } from '../../session/session';
import type { Variable } from '../../variables/variable';
import { type Answers, evaluate } from './evaluation';
import type { Figure, HistoryPoint, ReportCard } from './cards';
import { pageOf } from './page';
import { type WeightPictures, picturesOf, weightPictures } from './pictures';

export type { Figure, HistoryPoint, ReportCard } from './cards';

/** What `tf.examples.report` takes. */
export interface ReportOptions extends Answers {
  /** Where the page goes; a file that is there is replaced. */
  readonly path: string;
  /** Its heading. Default 'Training report'. */
  readonly title?: string;
  /** Says the graph and the first layer's weights where they are not given. */
  readonly session?: Session;
  /** Cost and accuracy by step. */
  readonly history: readonly HistoryPoint[];
  /** The pictures that were classified: [n, height, width], [n, height, width, channels], [n, pixels], or flat. */
  readonly images: ArrayLike_;
  /** [height, width] where the shape of `images` does not say it. Default: a square. */
  readonly imageShape?: readonly [number, number];
  /** What the classes are called. Default: 0, 1, 2 … */
  readonly classNames?: readonly string[];
  /** The first layer's weights, [pixels, units] or [height, width, channels, units]. */
  readonly weights?: ArrayLike_;
  /** The graph to draw. */
  readonly graph?: Graph;
  /** What was chosen: rate, batch size, and so on. */
  readonly hyperparameters?: Readonly<Record<string, Figure>>;
  /** More results, beside accuracy and cost: `{ 'Train accuracy': { value: '99.2 %', of: 'training set' } }`. */
  readonly figures?: Readonly<Record<string, Figure | ReportCard>>;
  /** What `images` are called: 'test set'. Default: how many pictures they are. */
  readonly set?: string;
  /** What a cost in `history` is of. Default 'one batch'. */
  readonly costOf?: string;
  /** What an accuracy in `history` is of. Default 'one batch'. */
  readonly accuracyOf?: string;
}

/**
 * Writes one self-contained HTML page about a training: curves, confusion matrix, the worst mistakes and the first
 * layer's weights as pictures, the graph to open and zoom, hyperparameters and figures.
 *
 *     tf.examples.report({
 *       path: 'report.html', session: sess, history,                    // history.push({ step, cost: c }) in the loop
 *       images: mnist.test.images, labels: mnist.test.labels,
 *       probabilities: sess.run(tf.nn.softmax(logits), { [X.name]: mnist.test.images }),
 *       hyperparameters: { steps: 20000, 'batch size': 100, 'learning rate': 0.5 },
 *     });
 *
 * The page is written beside `path` and renamed, so that a reader never meets half of one.
 * @throws ValueError  if the arrays do not belong together
 * @throws NotFoundError, FailedPreconditionError, PermissionDeniedError  if no file can be written to `path`
 */
export const report = boundNames('examples.report', writeReport);
function writeReport(options: ReportOptions): void {
  const { path, title = 'Training report', session, history, graph = session?.graph ?? null } = options;
  const evaluation = evaluate(options);
  const pictures = picturesOf(options.images, evaluation.count, options.imageShape);
  const { classNames = Array.from({ length: evaluation.classes }, (_, i) => String(i)) } = options;
  if (classNames.length < evaluation.classes) {
    throw new ValueError(`report: ${evaluation.classes} classes, but ${classNames.length} classNames.`);
  }
  const { weights, weightsName } = firstLayer(options, [pictures.height, pictures.width]);
  const text = pageOf({
    title,
    made: new Date(),
    history,
    evaluation,
    classNames: classNames.slice(0, evaluation.classes),
    pictures,
    weights,
    weightsName,
    graph,
    hyperparameters: options.hyperparameters ?? {},
    figures: options.figures ?? {},
    set: options.set ?? `${evaluation.count.toLocaleString('en')} pictures`,
    costOf: options.costOf ?? 'one batch',
    accuracyOf: options.accuracyOf ?? 'one batch',
  });
  writeOutput(path, text);
}

/** The given weights, or the session's first trainable variable that pictures can be made of. */
function firstLayer(
  { weights, session }: ReportOptions,
  shape: readonly [number, number],
): { weights: WeightPictures | null; weightsName: string } {
  if (weights !== undefined) {
    const drawn = weightPictures(weights, shape);
    return {
      weights: drawn,
      weightsName: drawn
        ? 'The given weights'
        : `The given weights are not of ${shape[0]} by ${shape[1]} pixels, so there are no pictures of them.`,
    };
  }
  for (const variable of session?.graph.getCollection<Variable>(GraphKeys.TRAINABLE_VARIABLES) ?? []) {
    const { dims } = variable.shape;
    if (dims?.length !== 2 && dims?.length !== 4) continue;
    try {
      const drawn = weightPictures(session!.run(variable) as NDArray, shape);
      if (drawn) return { weights: drawn, weightsName: variable.op.name };
    } catch (error) {
      if (!(error instanceof FailedPreconditionError)) throw error;
      return { weights: null, weightsName: `${variable.op.name} has no value in this session.` };
    }
  }
  return { weights: null, weightsName: 'No weights were given.' };
}
