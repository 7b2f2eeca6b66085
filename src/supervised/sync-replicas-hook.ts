/** What a monitored session needs of a `SyncReplicasOptimizer`. */
import { RuntimeError, ValueError } from '../base/errors';
import type { Operation, Tensor } from '../graph/graph';
import type { Session } from '../session/session';
import type { Coordinator } from '../train/coordinator';
import type { QueueRunner } from '../train/queue-runner';
import type { SessionRunHook } from './hook';
import { isReady } from './session-manager';

/** The nodes that an optimizer has made. */
interface Synchronized {
  readonly chiefInitOp: Operation;
  readonly localStepInitOp: Operation;
  readonly readyForLocalInitOp: Tensor;
  getInitTokensOp(numTokens: number): Operation;
  getChiefQueueRunner(): QueueRunner;
}
/** Initializes a worker of a `SyncReplicasOptimizer`, and starts what the chief runs beside its steps. */
export class SyncReplicasHook implements Pick<SessionRunHook, 'begin' | 'afterCreateSession'> {
  private init: Operation | null = null;
  private tokens: Operation | null = null;
  constructor(
    private readonly optimizer: Synchronized,
    private readonly isChief: boolean,
    private readonly numTokens: number,
    private readonly isApplied: () => boolean,
  ) {}
  begin(): void {
    const { optimizer, isChief } = this;
    if (!this.isApplied())
      throw new ValueError('SyncReplicasOptimizer.apply_gradient should be called before using the hook.');
    this.init = isChief ? optimizer.chiefInitOp : optimizer.localStepInitOp;
    this.tokens = isChief ? optimizer.getInitTokensOp(this.numTokens) : null;
  }
  afterCreateSession(session: Session, coord: Coordinator): void {
    const { optimizer, init, tokens } = this;
    if (!init) return;
    const what = 'Model is not ready for SyncReplicasOptimizer local init.';
    const ready = isReady(optimizer.readyForLocalInitOp, session, what);
    if (!ready.ok)
      throw new RuntimeError(
        'Init operations did not make model ready for SyncReplicasOptimizer local_init. ' +
          `Init op: ${init.name}, error: ${ready.why}`,
      );
    session.run(init);
    if (!tokens) return;
    session.run(tokens);
    optimizer.getChiefQueueRunner().createThreads(session, { coord, daemon: true, start: true });
  }
}
