/** What a queue runner does, as something that is started and ends. */
import { RuntimeError } from '../base/errors';
import type { Worker } from './coordinator';

interface Work {
  start(): void;
  stopped?(): void;
  end?(): void;
}
/** What a queue runner does in one session with one node. JavaScript has one thread, and this is none of its own. */
export interface QueueThread extends Worker {
  /** Begins: from here on it goes on when a run waits. */
  start(): void;
}
export class RunnerThread implements QueueThread {
  private state: 'new' | 'alive' | 'over' = 'new';
  constructor(
    readonly name: string,
    private readonly work: Work,
  ) {}
  start(): void {
    if (this.state !== 'new') throw new RuntimeError('threads can only be started once');
    this.state = 'alive';
    this.work.start();
  }
  /** Whether it goes on. */
  isAlive(): boolean {
    return this.state === 'alive';
  }
  /** A stop was asked for. */
  stopped(): void {
    if (this.state === 'alive') this.work.stopped?.();
  }
  /** Ends it, as a stop of the coordinator does. */
  end(): void {
    if (this.state === 'alive') this.work.end?.();
  }
  /** It is over. */
  isOver(): void {
    this.state = 'over';
  }
}
