/**
 * What `train` does when the cost is no number any more: it runs the steps since the last good state again, and looks
 * at every value.
 */
import type * as tf from '../src';
import { LastRuns } from './last-runs';

type Batch = readonly [images: Float32Array, labels: Float32Array | Uint8Array];
interface Watched {
  readonly X: tf.Tensor;
  readonly Y: tf.Tensor;
  readonly cost: tf.Tensor;
  readonly trainStep: tf.Operation;
}

export class Watch {
  private readonly last: LastRuns;
  constructor(
    sess: tf.Session,
    private readonly model: Watched,
  ) {
    this.last = new LastRuns(sess);
  }
  /** Before a step. */
  before(step: number, images: Batch[0], labels: Batch[1]): void {
    const { X, Y, trainStep, cost } = this.model;
    this.last.before(
      step,
      [trainStep, cost],
      [
        [X, images],
        [Y, labels],
      ],
    );
  }
  /** What went wrong, when the cost of `step` was no number. */
  finding(step: number, cost: number): string {
    const told = `the cost of step ${step} is ${cost}.`;
    const found = this.last.find();
    return found
      ? `${told} In step ${found.step}:\n${found.error.message}`
      : `${told} Run again from step ${this.last.from} on, every value was a number.`;
  }
}
