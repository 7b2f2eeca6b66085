/** `tf.train.LooperThread`: does the same again and again while a program works. */
import { ValueError } from '../base/errors';
import { every, seconds } from '../base/platform';
import { preview } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { Coordinator, type Worker } from '../train/coordinator';

/** What a looper calls. */
export type Target = (...args: never[]) => unknown;
type Taken = [
  coord: Coordinator,
  timerIntervalSecs: number | null,
  target?: Target,
  args?: readonly unknown[],
  kwargs?: object,
];
const LOOPER = constructorOf<Taken>('train.LooperThread');
const LOOP = signature<Taken>('train.LooperThread.loop');
let made = 0;

/**
 * Calls a function again and again, from `start()` until its coordinator stops: at once, and then every
 * `timerIntervalSecs`. It has no thread of its own, which JavaScript has not: it works while the program asks
 * `coord.shouldStop()`, and between two turns of the event loop.
 *
 *     const coord = new tf.train.Coordinator();
 *     let calls = 0;
 *     tf.train.LooperThread.loop(coord, null, () => { if (++calls === 3) coord.requestStop(); });
 *     while (!coord.shouldStop());
 *     coord.join();
 *     calls   // 3
 */
export class LooperThread implements Worker {
  /** For messages. */
  name = `LooperThread-${++made}`;
  private readonly coord: Coordinator;
  private readonly interval: number | null;
  private readonly target: Target | null;
  private readonly args: readonly unknown[];
  private alive = false;
  private due = 0;
  private stopTimer: (() => void) | null = null;
  /**
   * Makes one that does not work yet.
   *
   * @param coord              says when to stop
   * @param timerIntervalSecs  seconds from one call to the next; null for as often as can be
   * @param target             what is called; `runLoop` of a class of one's own where not given
   * @param args               what it is called with
   * @param kwargs             an object that comes after `args`
   * @throws ValueError  for what is no coordinator, and for `args` without a target
   */
  constructor(...given: Args<'train.LooperThread', Taken>) {
    const [coord, interval, target, args, kwargs] = LOOPER.take(given);
    if (!(coord instanceof Coordinator))
      throw new ValueError(`'coord' argument must be a Coordinator: ${preview(coord)}`);
    if (!target && (args || kwargs))
      throw new ValueError("'args' and 'kwargs' argument require that you also pass 'target'");
    this.coord = coord;
    this.interval = interval ?? null;
    this.target = target ?? null;
    this.args = [...(args ?? []), ...(kwargs ? [kwargs] : [])];
    coord.registerThread(this);
  }
  /** Makes one and starts it. */
  static loop(...given: Args<'train.LooperThread.loop', Taken>): LooperThread {
    const looper = new LooperThread(...LOOP.take(given));
    looper.start();
    return looper;
  }
  /** Begins: `startLoop`, and the first call. */
  start(): void {
    if (this.alive) return;
    this.alive = true;
    this.due = seconds();
    this.coord.stopOnException(() => this.startLoop());
    this.stopTimer = every(Math.max(0.01, this.interval ?? 0.01), () => this.poll());
    this.poll();
  }
  /** Whether it goes on. */
  isAlive(): boolean {
    return this.alive;
  }
  /** Does what is due. */
  poll(): void {
    if (!this.alive) return;
    if (this.coord.shouldStop()) this.end();
    else if (this.interval === null || seconds() >= this.due) {
      this.due += this.interval ?? 0;
      this.coord.stopOnException(() => this.runLoop());
    }
  }
  /** Ends it, as a stop of the coordinator does. */
  end(): void {
    if (!this.alive) return;
    this.alive = false;
    this.stopTimer?.();
    this.stopTimer = null;
    this.coord.stopOnException(() => this.stopLoop());
  }
  /** Ends it where its coordinator has stopped. */
  join(_timeout?: number | null): void {
    if (this.coord.shouldStop()) this.end();
  }
  /** Is called at the start. */
  startLoop(): void {}
  /** Is called at the end. */
  stopLoop(): void {}
  /** What is done again and again. */
  runLoop(): void {
    (this.target as ((...args: unknown[]) => unknown) | null)?.(...this.args);
  }
}
bindMethods(LooperThread, {
  start: 'train.LooperThread.start',
  isAlive: 'train.LooperThread.is_alive',
  join: 'train.LooperThread.join',
});
