/** Iterators: what goes through a dataset from run to run, one element for whoever asks. */
import { errorOf } from '../../base/thrown';
import { nextTurn } from '../../base/platform';
import { KernelError, Later, type Run } from '../kernel';
import { Kind, type Place, type Resource } from '../resources';
import { type Cursor, type Dataset, type Element, END, LATER, Pass, type Signature, checkSignature } from './dataset';

/**
 * What is asked again and again until it has come, with turns for others between.
 *
 * @param go     LATER for not yet
 * @param wakes  what it waits for
 * @param stand  calls what begins it, and gives what is told when it is over: whether it was given up
 */
export function inTurns<T>(
  what: string,
  go: () => T | typeof LATER,
  wakes: () => Promise<void> | null,
  stand: (begin: () => void) => (isGivenUp: boolean) => void,
): Later<T> {
  const later = new Later<T>(what);
  let isOver = false;
  const next = (): void => void (wakes() ?? nextTurn()).then(turn);
  const turn = (): void => {
    if (isOver) return;
    try {
      const came = go();
      if (came === LATER) return next();
      isOver = true;
      done(false);
      later.settle(came);
    } catch (error) {
      isOver = true;
      done(false);
      later.fail(errorOf(error));
    }
  };
  const done = stand(next);
  return later.onCancel(() => {
    isOver = true;
    done(true);
  });
}

/** A dataset that is gone through. */
class State {
  private readonly pass: Pass;
  private readonly cursor: Cursor;
  private isOver = false;
  private isDropped = false;
  /** Whether somebody's turn is not over, and who stands behind. */
  private isBusy = false;
  private readonly line: (() => void)[] = [];
  constructor(
    private readonly dataset: Dataset,
    run: Run,
    path: string,
  ) {
    this.pass = new Pass(run);
    this.pass.begin(run);
    dataset.retain();
    try {
      this.cursor = dataset.open(this.pass, path);
    } catch (error) {
      this.pass.dispose();
      dataset.release();
      throw error;
    }
  }
  /** The next element, null behind the last one: at once, or when there is one. */
  next(run: Run): Element | null | Later<Element | null> {
    if (this.isBusy) return this.turns(run);
    const pulled = this.pull(run);
    return pulled === LATER ? this.turns(run) : pulled;
  }
  private pull(run: Run): Element | null | typeof LATER {
    if (this.isOver) return null;
    this.pass.begin(run);
    const pulled = this.cursor.next();
    return pulled === END ? null : pulled;
  }
  /** Asks again and again, and lets others have their turns between. */
  private turns(run: Run): Later<Element | null> {
    return inTurns(
      'the next element of a dataset',
      () => this.pull(run),
      () => this.pass.wakes,
      (begin) => this.stand(begin),
    );
  }
  /** Begins when those before it are done. @returns  is called when it is done itself, or given up */
  private stand(begin: () => void): (isGivenUp: boolean) => void {
    let isFirst = !this.isBusy;
    const start = (): void => {
      isFirst = true;
      begin();
    };
    if (this.isBusy) this.line.push(start);
    else begin();
    this.isBusy = true;
    return (isGivenUp) => {
      const at = this.line.indexOf(start);
      if (at >= 0) this.line.splice(at, 1);
      if (!isFirst) return;
      isFirst = false;
      if (isGivenUp) this.pass.cancel();
      const next = this.line.shift();
      this.isBusy = next !== undefined;
      next?.();
      if (this.isDropped && !next) this.dispose();
    };
  }
  /** Nobody asks it any more: it goes when the turn is over. */
  drop(): void {
    if (this.isBusy) this.isDropped = true;
    else this.dispose();
  }
  private dispose(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cursor.dispose();
    this.pass.dispose();
    this.dataset.release();
  }
}

const NOT_READY =
  'GetNext() failed because the iterator has not been initialized. Ensure that you have run the initializer ' +
  'operation for this iterator before getting the next element.';
export class IteratorResource implements Resource {
  readonly wasMade = true;
  private state: State | null = null;
  constructor(
    readonly place: Place,
    readonly signature: Signature,
  ) {}
  get kind(): Kind<IteratorResource> {
    return ITERATOR;
  }
  /** Goes through a dataset from the front. @throws InvalidArgument  for one of other elements */
  start(dataset: Dataset, run: Run): void {
    const state = new State(dataset, run, 'Iterator');
    try {
      checkSignature(this.signature, dataset.signature);
    } catch (error) {
      state.drop();
      throw error;
    }
    this.state?.drop();
    this.state = state;
  }
  /** @throws FailedPrecondition  where it goes through none */
  next(run: Run): Element | null | Later<Element | null> {
    if (this.state) return this.state.next(run);
    throw new KernelError(
      'FailedPrecondition',
      NOT_READY,
      'run the initializer of the iterator in this session first.',
    );
  }
  dispose(): void {
    this.state?.drop();
    this.state = null;
  }
  /** It stays when a handle of it is gone. */
  released(): void {}
}
export const ITERATOR = new Kind('N10tensorflow4data16IteratorResourceE', IteratorResource);
