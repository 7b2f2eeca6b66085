/**
 * The runs of this process that wait. A synchronous run cannot let the event loop go on, but it can drive these: one of
 * them may bring what it waits for.
 */
import { nodeFrame } from '../graph/trace';
import { FailedPreconditionError } from '../base/errors';
import { inLoops } from '../plan/step';
import type { Running, WaitingStep } from './running';

/** What goes on while a run waits: another run, or a loop of runs. */
export type Driven = Pick<Running, 'isAwake' | 'waitsFor'> & { drain(): unknown };
const LIVE = new Set<Driven>();
/** Those that are being driven: one that is at work further down the stack is left alone. */
const AT_WORK = new Set<Driven>();

/** Lets others drive it until what this returns is called. */
export function mayBeDriven(driven: Driven): () => void {
  LIVE.add(driven);
  return () => LIVE.delete(driven);
}
/**
 * Drives other runs until `running` has something to do.
 *
 * @returns false  where none of them can go on any more
 */
export function driveOthers(running: Running): boolean {
  AT_WORK.add(running);
  try {
    for (let moved = true; moved && !running.isAwake; ) {
      moved = false;
      for (const other of LIVE) {
        if (!other.isAwake || AT_WORK.has(other)) continue;
        moved = true;
        drive(other);
        if (running.isAwake) break;
      }
    }
    return running.isAwake;
  } finally {
    AT_WORK.delete(running);
  }
}
function drive(other: Driven): void {
  AT_WORK.add(other);
  try {
    other.drain();
  } catch {
    // It keeps its error, and throws it again to whoever waits for it.
  } finally {
    AT_WORK.delete(other);
  }
}

/** Of others that wait, those are shown that began last. */
const MOST_SHOWN = 6;
function lastOf(others: readonly WaitingStep[]): string {
  const more = others.length - MOST_SHOWN;
  return others.slice(-MOST_SHOWN).map(shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
/** Says what each step waits for that keeps a synchronous run from going on, and what other runs wait for. */
export function mustWait(running: Running): FailedPreconditionError {
  // A node of a loop may wait in several iterations: the first is told.
  const steps = running.waitsFor.filter(({ op }, i, all) => all.findIndex((other) => other.op === op) === i);
  const others = [...LIVE].filter((other) => other !== running).flatMap((other) => other.waitsFor);
  const [first] = steps;
  return new FailedPreconditionError(
    first.op,
    `The run would have to wait for ${steps.map(shown).join(', ')}` +
      `\n${nodeFrame(first.op)}` +
      (others.length ? `\n  other runs of this process wait, too: for ${lastOf(others)}` : '') +
      '\n  fix: wait for it: await sess.runAsync(fetches, feeds).',
  );
}
function shown({ op, what, loops }: WaitingStep): string {
  const place = loops.length ? ` ${inLoops(loops)}` : '';
  return `'${op.name}' (op type: ${op.type}${what === null ? '' : `, which waits for ${what}`})${place}`;
}
