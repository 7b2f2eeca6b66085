/** `tf.train.Coordinator`: says to all who work together when to stop, and why. */
import { OutOfRangeError, RuntimeError } from '../base/errors';
import { tell } from '../base/logging';
import { textOf } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';

/** What a coordinator knows of one that works under it. */
export interface Worker {
  /** For messages. */
  readonly name: string;
  /** Whether it goes on. */
  isAlive(): boolean;
  /** A stop was asked for. */
  stopped?(): void;
  /** Does what is due: JavaScript has one thread, so that whoever asks `shouldStop()` lets the others work. */
  poll?(): void;
  /** Ends it. */
  end?(): void;
}
/** A class of errors. */
export type ErrorClass = new (...args: never[]) => Error;
type Taken = [cleanStopExceptionTypes?: readonly ErrorClass[]];
const COORDINATOR = constructorOf<Taken>('train.Coordinator');
type Joined = [threads?: readonly Worker[], stopGracePeriodSecs?: number, ignoreLiveThreads?: boolean];
const JOIN = signature<Joined>('train.Coordinator.join');
const REQUEST_STOP = signature<[ex?: unknown]>('train.Coordinator.request_stop');

/** Whether a coordinator was asked to stop: as `shouldStop()`, which lets others work. */
export let isStopped: (coord: Coordinator) => boolean;
/**
 * Lets the parts of a program agree on when to stop: whoever has a reason calls `requestStop`, and all others look at
 * `shouldStop()` between two steps.
 *
 *     const coord = new tf.train.Coordinator();
 *     let steps = 0;
 *     while (!coord.shouldStop()) if (++steps === 3) coord.requestStop();
 *     coord.join();
 *     steps   // 3
 *
 * JavaScript has one thread: a `tf.train.LooperThread` works while `shouldStop()` is asked, and between two turns of
 * the event loop.
 */
export class Coordinator {
  private readonly clean: readonly ErrorClass[];
  private readonly workers = new Set<Worker>();
  private stopped = false;
  private reason: { readonly error: unknown } | null = null;
  private joined_ = false;
  private polling = false;
  /**
   * Makes one that nobody has asked to stop.
   *
   * @param cleanStopExceptionTypes  classes of errors that say that the work is done, and are no failure;
   *   `[tf.errors.OutOfRangeError]` where not given
   */
  constructor(...given: Args<'train.Coordinator', Taken>) {
    const [clean = [OutOfRangeError]] = COORDINATOR.take(given);
    this.clean = clean;
  }
  /** Whether `join` was called since. */
  get joined(): boolean {
    return this.joined_;
  }
  /**
   * Asks all to stop.
   *
   * @param ex  the error that is the reason; the first one is thrown again by `join`
   * @throws the error itself where `join` was called before
   */
  requestStop(...given: Args<'train.Coordinator.request_stop', [ex?: unknown]>): void {
    const [ex] = REQUEST_STOP.take(given);
    const failed = ex !== undefined && ex !== null && !this.clean.some((type) => ex instanceof type);
    if (failed && this.joined_) throw ex;
    if (this.stopped) return;
    if (failed) {
      tell('INFO', `Error reported to Coordinator: ${kindOf(ex)}, ${messageOf(ex)}`);
      this.reason = { error: ex };
    }
    this.stopped = true;
    for (const worker of this.workers) worker.stopped?.();
  }
  static {
    isStopped = (coord) => coord.stopped;
  }
  /** Forgets that a stop was asked for, and why. */
  clearStop(): void {
    this.joined_ = false;
    this.reason = null;
    this.stopped = false;
  }
  /** Whether a stop was asked for. */
  shouldStop(): boolean {
    if (!this.stopped && !this.polling && this.workers.size) this.poll();
    return this.stopped;
  }
  private poll(): void {
    this.polling = true;
    try {
      for (const worker of this.workers) if (!this.stopped) worker.poll?.();
    } finally {
      this.polling = false;
    }
  }
  /**
   * Runs a body, and asks all to stop with the error that it throws.
   *
   *     const coord = new tf.train.Coordinator();
   *     coord.stopOnException(() => sess.run('none:0'));
   *     coord.shouldStop()   // true
   *
   * @param body  a function
   */
  stopOnException(body: () => void): void {
    try {
      body();
    } catch (error) {
      this.requestStop(error);
    }
  }
  /**
   * Whether a stop was asked for. Python waits for one; here nobody else could ask for it meanwhile.
   * A timeout has no effect.
   */
  waitForStop(timeout?: number | null | { readonly timeout?: number | null }): boolean;
  waitForStop(_timeout?: number | null): boolean {
    return this.shouldStop();
  }
  /** Takes in one that `join` is to end. */
  registerThread(thread: Worker | { readonly thread: Worker }): void;
  registerThread(thread: Worker): void {
    this.workers.add(thread);
  }
  /**
   * Ends all that work under it, and throws the error that was the reason of the stop, if there was one.
   *
   * @param threads              others to end beside those that are registered
   * @param stopGracePeriodSecs  has no effect: none is in the middle of something
   * @param ignoreLiveThreads    whether one that does not end is no error
   * @throws RuntimeError  if one goes on
   */
  join(...given: Args<'train.Coordinator.join', Joined>): void {
    const [threads = [], , ignoreLiveThreads = false] = JOIN.take(given);
    const all = new Set([...this.workers, ...threads]);
    if (!this.stopped && [...all].some((worker) => worker.isAlive()))
      throw new RuntimeError(
        `join() would wait for ever for ${[...all].map(({ name }) => name).join(' ')}, which go on until a stop is ` +
          'asked for: JavaScript has one thread.\n  fix: coord.requestStop() before coord.join().',
      );
    for (const worker of all) worker.end?.();
    const left = [...all].filter((worker) => worker.isAlive()).map(({ name }) => name);
    this.joined_ = true;
    this.workers.clear();
    this.raiseRequestedException();
    if (!left.length) return;
    const text = `Coordinator stopped with threads still running: ${left.join(' ')}`;
    if (!ignoreLiveThreads) throw new RuntimeError(text);
    tell('INFO', text);
  }
  /** Throws the error that was the reason of the stop, if there was one. */
  raiseRequestedException(): void {
    if (this.reason) throw this.reason.error;
  }
}
bindMethods(Coordinator, {
  clearStop: 'train.Coordinator.clear_stop',
  shouldStop: 'train.Coordinator.should_stop',
  waitForStop: 'train.Coordinator.wait_for_stop',
  registerThread: 'train.Coordinator.register_thread',
  raiseRequestedException: 'train.Coordinator.raise_requested_exception',
});

/** The name of an error's class, for lines that tell of it. */
export const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message.split('\n')[0] : textOf(error);
