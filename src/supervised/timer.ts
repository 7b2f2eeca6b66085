/** When a hook does something: every so many steps, or every so many seconds. */
import { ValueError } from '../base/errors';
import { seconds } from '../base/platform';
import { type Args, constructorOf } from '../calls/bind';
import { bindMethods } from '../calls/methods';

/** How long it has been: seconds and steps since the last time, null for both the first time. */
export type Elapsed = readonly [secs: number | null, steps: number | null];
/** Says when it is time. */
export interface Timer {
  reset(): void;
  shouldTriggerForStep(step: number): boolean;
  updateLastTriggeredStep(step: number): Elapsed;
  lastTriggeredStep(): number | null;
}
/** For what is done at the end alone. */
export const NEVER: Timer = {
  reset: () => {},
  shouldTriggerForStep: () => false,
  updateLastTriggeredStep: () => [null, null],
  lastTriggeredStep: () => null,
};
type Taken = [everySecs?: number, everySteps?: number];
const TIMER = constructorOf<Taken>('train.SecondOrStepTimer');

/**
 * Says when something is due that is done every so many steps, or every so many seconds, and the first time at once.
 *
 *     const timer = new tf.train.SecondOrStepTimer({ everySteps: 10 });
 *     const due = [];
 *     for (let step = 0; step < 25; step++)
 *       if (timer.shouldTriggerForStep(step)) {
 *         timer.updateLastTriggeredStep(step);
 *         due.push(step);
 *       }
 *     due   // [0, 10, 20]
 */
export class SecondOrStepTimer implements Timer {
  private readonly everySecs: number | undefined;
  private readonly everySteps: number | undefined;
  private step: number | null = null;
  private time: number | null = null;
  /**
   * One of both.
   *
   * @param everySecs   seconds from one time to the next
   * @param everySteps  steps from one time to the next
   * @throws ValueError  for none and for both
   */
  constructor(...given: Args<'train.SecondOrStepTimer', Taken>) {
    [this.everySecs, this.everySteps] = TIMER.take(given);
    if (this.everySecs === undefined && this.everySteps === undefined)
      throw new ValueError('Either every_secs or every_steps should be provided.');
    if (this.everySecs !== undefined && this.everySteps !== undefined)
      throw new ValueError('Can not provide both every_secs and every_steps.');
  }
  /** Forgets the last time. */
  reset(): void {
    this.step = null;
    this.time = null;
  }
  /** Whether it is due at this step; never twice at one. */
  shouldTriggerForStep(step: number | { readonly step: number }): boolean;
  shouldTriggerForStep(step: number): boolean {
    if (this.step === null || this.time === null) return true;
    if (this.step === step) return false;
    if (this.everySecs !== undefined && seconds() >= this.time + this.everySecs) return true;
    return this.everySteps !== undefined && step >= this.step + this.everySteps;
  }
  /**
   * Says that it was done at this step.
   *
   * @returns  seconds and steps since the last time; null for both the first time
   */
  updateLastTriggeredStep(step: number | { readonly step: number }): Elapsed;
  updateLastTriggeredStep(step: number): Elapsed {
    const now = seconds();
    const elapsed: Elapsed =
      this.time === null || this.step === null ? [null, null] : [now - this.time, step - this.step];
    this.time = now;
    this.step = step;
    return elapsed;
  }
  /** The step at which it was done last; null before the first time. */
  lastTriggeredStep(): number | null {
    return this.step;
  }
}
bindMethods(SecondOrStepTimer, {
  reset: 'train.SecondOrStepTimer.reset',
  shouldTriggerForStep: 'train.SecondOrStepTimer.should_trigger_for_step',
  updateLastTriggeredStep: 'train.SecondOrStepTimer.update_last_triggered_step',
  lastTriggeredStep: 'train.SecondOrStepTimer.last_triggered_step',
});
