/** The area under a curve of quotients at many thresholds. */
import { ValueError } from '../base/errors';
import { textOf } from '../base/preview';
import { boundOptions } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { logicalAnd } from '../ops/compare';
import { div, divNoNan } from '../ops/division';
import { maximum, minimum, multiply } from '../ops/elementwise';
import { reduceSum } from '../ops/reduce';
import { log } from '../ops/unary';
import { onesLike } from '../ops/identity';
import { where } from '../ops/where';
import { sliced } from '../ops/words';
import { variableScope } from '../variables/scope';
import { type Metric, type MetricOptions, collected } from './shared';
import { type Counts, type Held, countsAtThresholds, evenly, plus, read } from './thresholds';

/** What `auc` takes by name. */
export interface AucOptions extends MetricOptions {
  /** How many thresholds there are, from 0 to 1: 200 where not given. */
  readonly numThresholds?: number;
  /** `ROC` (recall over false positives) or `PR` (precision over recall); ROC where not given. */
  readonly curve?: 'ROC' | 'PR';
  /** How the area between two thresholds is taken: `trapezoidal` where not given. */
  readonly summationMethod?: 'trapezoidal' | 'careful_interpolation' | 'minoring' | 'majoring';
  /** Thresholds between 0 and 1 of one's own. */
  readonly thresholds?: readonly number[] | null;
}
const EPSILON = 1e-6;
/**
 * The area under a curve so far, as a sum over thresholds: 1 is perfect, 0.5 (of ROC) is chance.
 *
 *     const [auc, update] = tf.metrics.auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(update)   // 0.75
 *
 * @param labels              what is right: any numbers, of which 0 is false
 * @param predictions         floats between 0 and 1, of that shape
 * @param weights             what each element counts: a scalar, or as many dimensions, each 1 or as large; 1 where not
 *   given
 * @param metricsCollections  collections that the value is added to
 * @param updatesCollections  collections that the update is added to
 * @param numThresholds       how many thresholds there are, from 0 to 1; 200 where not given
 * @param curve               'ROC': recall over the rate of false positives; 'PR': precision over recall; ROC where not
 *   given
 * @param summationMethod     'trapezoidal', 'minoring' (the smaller side), 'majoring' (the larger one), or for PR
 *   'careful_interpolation' (Davis and Goadrich 2006); 'trapezoidal' where not given
 * @param thresholds          thresholds of one's own between 0 and 1, instead of `numThresholds`
 * @returns  `[value, update]`: float32 scalars
 * @throws ValueError  for another curve or method, and if the shapes are known and differ
 * @throws InvalidArgumentError  when run, for a prediction outside [0, 1]
 */
export const auc = boundOptions(
  'metrics.auc',
  2,
  function auc(
    labels: TensorLike,
    predictions: TensorLike,
    {
      weights,
      numThresholds = 200,
      metricsCollections,
      updatesCollections,
      curve = 'ROC',
      name = null,
      summationMethod = 'trapezoidal',
      thresholds: own,
    }: AucOptions = {},
  ): Metric {
    return variableScope(name, 'auc', [labels, predictions, weights], (): Metric => {
      if (curve !== 'ROC' && curve !== 'PR')
        throw new ValueError(`curve must be either ROC or PR, ${textOf(curve)} unknown`);
      const ends = evenly(2, 1 + 1e-7);
      const thresholds = own ? [ends[0], ...[...own].sort((a, b) => a - b), ends[1]] : evenly(numThresholds, 1 + 1e-7);
      const { values, updates } = countsAtThresholds(labels, predictions, thresholds, weights);
      const area = new Area(curve, summationMethod, thresholds.length);
      const value = collected(area.under(values, 'value'), metricsCollections);
      return [value, collected(area.under(updates, 'update_op'), updatesCollections)];
    });
  },
);

class Area {
  constructor(
    private readonly curve: 'ROC' | 'PR',
    private readonly method: string,
    private readonly count: number,
  ) {}
  /** All but the last threshold, and all but the first. */
  private lower(x: Held): Tensor {
    return sliced(read(x), null, this.count - 1);
  }
  private upper(x: Held): Tensor {
    return sliced(read(x), 1, null);
  }
  under(counts: Counts<Held>, name: string): Tensor {
    const { tp, fn, tn, fp } = counts;
    if (this.curve === 'PR' && this.method === 'careful_interpolation') return this.interpolated(tp, fp, fn);
    const recall = div(read(tp).add(EPSILON), plus(tp, fn).add(EPSILON));
    let [x, y] = [recall, recall];
    if (this.curve === 'ROC') x = div(fp, plus(fp, tn).add(EPSILON));
    else y = div(read(tp).add(EPSILON), plus(tp, fp).add(EPSILON));
    const width = this.lower(x).sub(this.upper(x));
    return reduceSum(multiply(width, this.height(y)), { name });
  }
  private height(y: Tensor): Tensor {
    if (this.method === 'trapezoidal' || this.method === 'careful_interpolation')
      return this.lower(y).add(this.upper(y)).div(2);
    if (this.method === 'minoring') return minimum(this.lower(y), this.upper(y));
    if (this.method === 'majoring') return maximum(this.lower(y), this.upper(y));
    throw new ValueError(`Invalid summation_method: ${textOf(this.method)}`);
  }
  /** Between two thresholds true positives grow evenly, and precision does not (Davis and Goadrich 2006). */
  private interpolated(tp: Held, fp: Held, fn: Held): Tensor {
    const grown = this.lower(tp).sub(this.upper(tp));
    const p = plus(tp, fp);
    const more = maximum(this.lower(p).sub(this.upper(p)), 0);
    const slope = divNoNan(grown, more, { name: 'prec_slope' });
    const intercept = this.upper(tp).sub(multiply(slope, this.upper(p)));
    const isBoth = logicalAnd(this.lower(p).greater(0), this.upper(p).greater(0));
    const [below, above] = [this.lower(p), maximum(this.upper(p), 0)];
    const ratio = divNoNan(below, above, { name: 'recall_relative_ratio' });
    const safe = where(isBoth, ratio, onesLike(this.upper(p)));
    const increments = slope.mul(grown.add(intercept.mul(log(safe))));
    const all = maximum(this.upper(tp).add(this.upper(fn)), 0);
    return reduceSum(divNoNan(increments, all, { name: 'pr_auc_increment' }), { name: 'interpolate_pr_auc' });
  }
}
