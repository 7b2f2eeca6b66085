/** What `train` does when the cost is no number any more: it runs the steps since the last good state again, and looks at every value. */
import * as tf from '../src';
import type { DeviceName } from './flags';

/** The state is kept every so many steps, and the batches since. */
const EVERY = 100;

type Batch = readonly [images: Float32Array, labels: Float32Array | Uint8Array];
interface Watched { readonly X: tf.Tensor; readonly Y: tf.Tensor; readonly cost: tf.Tensor; readonly trainStep: tf.Operation }

export class Watch {
  private readonly variables = tf.globalVariables();
  private readonly read: () => unknown[];
  private kept: unknown[] = [];
  private batches: Batch[] = [];
  private first = 0;
  constructor(sess: tf.Session, private readonly model: Watched, private readonly device: DeviceName | undefined) {
    this.read = sess.makeCallable(this.variables) as () => unknown[];
  }
  /** Before a step. */
  before(step: number, images: Batch[0], labels: Batch[1]): void {
    if (step % EVERY === 0) {
      this.kept = this.read();
      this.batches = [];
      this.first = step;
    }
    this.batches.push([images, labels]);
  }
  /** What went wrong, when the cost of `step` was no number. */
  finding(step: number, cost: number): string {
    const { X, Y, trainStep } = this.model;
    const told = `the cost of step ${step} is ${cost}.`;
    using sess = new tf.Session('', { config: { device: this.device, checkNumerics: true, advice: false } });
    this.variables.forEach((v, i) => v.load(this.kept[i] as number, sess));
    for (const [i, [images, labels]] of this.batches.entries()) {
      try {
        sess.run([trainStep, this.model.cost], [[X, images], [Y, labels]]);
      } catch (error) {
        if (!(error instanceof tf.NumericsError)) throw error;
        return `${told} In step ${this.first + i}:\n${error.message}`;
      }
    }
    return `${told} Run again from step ${this.first} on, every value was a number.`;
  }
}
