/** Notices nested arrays that are fed in every step: turning them into a tensor may cost more than the step. */
import { Trace } from '../graph/trace';
import type { Tensor } from '../graph/graph';
import type { Advice } from './advice';

/** Runs with so many nested elements for one tensor, after which it is worth a line. */
const RUNS = 10;
const ELEMENTS = 1000;

export class NestedFeeds {
  private readonly seen = new Map<Tensor, { runs: number; milliseconds: number }>();
  constructor(private readonly advice: Advice) {}

  /** A tensor was fed nested arrays. */
  fed(tensor: Tensor, elements: number, milliseconds: number): void {
    if (elements <= ELEMENTS || tensor.dtype.array === Array) return;
    const sum = this.seen.get(tensor) ?? { runs: 0, milliseconds: 0 };
    this.seen.set(tensor, sum);
    sum.milliseconds += milliseconds;
    if (++sum.runs !== RUNS) return;
    const { line } = new Trace(this.fed);
    this.advice.say(
      `${line ? `${line}: ` : ''}'${tensor.name}' was fed nested arrays of ${elements} elements ` +
        `in ${RUNS} runs; to convert them took ${(sum.milliseconds / RUNS).toPrecision(2)} ms of ` +
        'each. ' +
        `Fix: keep the data in one flat ${tensor.dtype.array.name}, converted before the loop, and ` +
        'feed it or a subarray() of it; or convert once into an NDArray.',
    );
  }
}
