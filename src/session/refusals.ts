/** What a session says to what it does not do. */
import { ofNull } from '../base/inconvertible';
import { DeadlineExceededError, RuntimeError } from '../base/errors';
import { type LoopPlace, inLoops } from '../plan/step';

export function closedSession(): Error {
  return new RuntimeError(
    'Attempted to use a closed Session.\n  fix: run before sess.close() (or before the end of its `using` block), or ' +
      'open another session: its variables start without values.',
  );
}
/** @param loops  those that went on, the outermost first */
export function timedOut(loops: readonly LoopPlace[] = []): Error {
  const where = loops.length ? `\n  ${inLoops(loops)}` : '';
  return new DeadlineExceededError(null, `Timed out waiting for notification${where}`);
}
/** @param fetches  what was to be fetched */
export function emptyGraph(fetches: unknown): Error {
  return new RuntimeError(
    'The Session graph is empty.  Add operations to the graph before calling run().\n' +
      (fetches === null
        ? `  the fetch is null: ${ofNull('a gradient to which no path leads, or a variable that was set to null.')}` +
          '\n  fix: build the graph first, and fetch a tensor of it: sess.run(y).'
        : fetches === undefined
          ? '  the fetch is undefined: a misspelled property, or a function that returns nothing.' +
            '\n  fix: build the graph first, and fetch a tensor of it: sess.run(y).'
          : typeof fetches === 'function'
            ? '  the fetch is a function, and no node.\n  fix: call it, and fetch what it returns.'
            : '  likely cause: the nodes are in another graph: the session was opened before tf.resetDefaultGraph(), ' +
              'or on a graph of its own.' +
              '\n  fix: open the session after the graph is built, or pass it: new tf.Session({graph}).'),
  );
}
/** A session in a line, as `console.log` shows it. */
export function showSession(size: number, closed: boolean, device?: string): string {
  const state = closed ? 'closed' : device ? `on ${device}` : 'not run yet';
  return `<tf.Session of a graph of ${size} operations, ${state}>`;
}
