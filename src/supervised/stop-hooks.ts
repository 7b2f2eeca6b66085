/** Hooks that end a training, and one that waits before it begins. */
import { NDArray } from '../base/ndarray';
import { RuntimeError, ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { sleep } from '../base/platform';
import { type Args, constructorOf } from '../calls/bind';
import { netMethods } from '../calls/methods';
import type { Tensor } from '../graph/graph';
import type { Fetches } from '../session/fetch';
import type { Session } from '../session/session';
import { SessionRunArgs, type SessionRunContext, SessionRunHook, type SessionRunValues } from './hook';
import { stepNow, stepRead } from './step';

type Taken = [numSteps?: number, lastStep?: number];
const STOPS =
  '  fix: numSteps, to go on for so many steps, or lastStep, to end with a step, checkpoints before it counted.';
const STOP_AT_STEP = constructorOf<Taken>('train.StopAtStepHook');

/**
 * Ends a training after so many steps, or at a step.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const count = tf.assignAdd(step, 1);
 *     const session = new tf.train.MonitoredSession({ hooks: [new tf.train.StopAtStepHook({ lastStep: 3 })] });
 *     let steps = 0;
 *     while (!session.shouldStop()) steps = session.run(count);
 *     session.close();
 *     steps   // 3
 */
export class StopAtStepHook extends SessionRunHook {
  private readonly numSteps: number | undefined;
  private lastStep: number | undefined;
  private step!: Tensor;
  /**
   * One of both.
   *
   * @param numSteps  how many steps from the one at which the session begins
   * @param lastStep  the step after which it ends: a training that goes on from a checkpoint counts from there
   * @throws ValueError  for none and for both
   */
  constructor(...given: Args<'train.StopAtStepHook', Taken>) {
    super();
    [this.numSteps, this.lastStep] = STOP_AT_STEP.take(given);
    if (this.numSteps === undefined && this.lastStep === undefined)
      throw new ValueError(`One of num_steps or last_step must be specified.\n${STOPS}`);
    if (this.numSteps !== undefined && this.lastStep !== undefined)
      throw new ValueError(`Only one of num_steps or last_step can be specified.\n${STOPS}`);
  }
  /** Finds the counter of steps. @throws RuntimeError  if there is none */
  override begin(): void {
    this.step = stepRead('StopAtStepHook');
  }
  /** Finds the last step. */
  override afterCreateSession(session: Session): void {
    this.lastStep ??= stepNow(session, this.step) + (this.numSteps ?? 0);
  }
  /** Asks for the step. */
  override beforeRun(): SessionRunArgs {
    return new SessionRunArgs(this.step);
  }
  /** Ends it where it is time. */
  override afterRun(context: SessionRunContext, { results }: SessionRunValues): void {
    // The step was read before or after the run's own update: look again where it may be the last one.
    const last = this.lastStep ?? Infinity;
    if (Number(results) + 1 >= last && stepNow(context.session, this.step) >= last) context.requestStop();
  }
}

/**
 * The loss of a training became NaN.
 *
 *     const loss = tf.constant(NaN);
 *     const session = new tf.train.SingularMonitoredSession({ hooks: [new tf.train.NanTensorHook(loss)] });
 *     session.run(loss)   // throws NanLossDuringTrainingError
 */
export class NanLossDuringTrainingError extends RuntimeError {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'NanLossDuringTrainingError' });
  }
  constructor() {
    super('NaN loss during training.');
  }
}
type TakenNan = [lossTensor: Fetches, failOnNanLoss?: boolean];
const NAN_TENSOR = constructorOf<TakenNan>('train.NanTensorHook');
/**
 * Ends a training whose loss becomes NaN.
 *
 *     const loss = tf.constant(NaN);
 *     const session = new tf.train.SingularMonitoredSession({ hooks: [new tf.train.NanTensorHook(loss, false)] });
 *     session.run(loss);
 *     session.shouldStop()   // true
 */
export class NanTensorHook extends SessionRunHook {
  private readonly loss: Fetches;
  private readonly fails: boolean;
  /**
   * Takes the loss.
   *
   * @param lossTensor     a scalar
   * @param failOnNanLoss  whether NaN is an error, which is so where not given, or the end of the training
   */
  constructor(...given: Args<'train.NanTensorHook', TakenNan>) {
    super();
    const [loss, fails = true] = NAN_TENSOR.take(given);
    this.loss = loss;
    this.fails = fails;
  }
  /** Asks for the loss. */
  override beforeRun(): SessionRunArgs {
    return new SessionRunArgs(this.loss);
  }
  /** Looks at it. @throws NanLossDuringTrainingError  if it is NaN, and that is an error */
  override afterRun(context: SessionRunContext, { results }: SessionRunValues): void {
    if (!Number.isNaN(results instanceof NDArray ? Number(results.item()) : results)) return;
    tell(this.fails ? 'ERROR' : 'WARN', 'Model diverged with loss = NaN.');
    if (this.fails) throw new NanLossDuringTrainingError();
    context.requestStop();
  }
}

const WAITER = constructorOf<[waitUntilStep: number]>('train.GlobalStepWaiterHook');
/**
 * Waits before the first run until others have come to a step, where several train the same variables.
 *
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const session = new tf.train.MonitoredSession({ hooks: [new tf.train.GlobalStepWaiterHook(0)] });
 *     session.run(step)   // 0
 */
export class GlobalStepWaiterHook extends SessionRunHook {
  private readonly waitUntilStep: number;
  private started = false;
  private step!: Tensor;
  /**
   * Takes the step.
   *
   * @param waitUntilStep  the step to wait for
   */
  constructor(...given: Args<'train.GlobalStepWaiterHook', [waitUntilStep: number]>) {
    super();
    [this.waitUntilStep] = WAITER.take(given);
  }
  /** Finds the counter of steps. @throws RuntimeError  if there is none */
  override begin(): void {
    this.started = false;
    this.step = stepRead('_GlobalStepWaiterHook');
  }
  /** Waits, once. */
  override beforeRun({ session }: SessionRunContext): null {
    if (this.started) return null;
    if (this.waitUntilStep > 0) this.wait(session);
    this.started = true;
    return null;
  }
  private wait(session: Session): void {
    const waiting = `Waiting for global step ${this.waitUntilStep} before starting training.`;
    tell('INFO', waiting);
    let said = 0;
    for (;;) {
      const current = stepNow(session, this.step);
      if (current >= this.waitUntilStep) return;
      if (current - said > 1000) {
        tell('INFO', `${waiting} Current step is ${current}.`);
        said = current;
      }
      sleep(0.5);
    }
  }
}
netMethods(StopAtStepHook, {
  afterCreateSession: 'train.StopAtStepHook.after_create_session',
  afterRun: 'train.StopAtStepHook.after_run',
});
