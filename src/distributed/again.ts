/** A run on a server again and again: each is asked for when the answer to the one before has come. */
import type { LoopOwner } from '../session/runs';

/** Asks for a run; `then` gets what throws its error. @returns  what gives it up; null where nothing is to be run */
type Ask = (then: (answer: () => unknown) => void) => (() => void) | null;

/** @returns  what ends it */
export function againAndAgain({ goesOn, ended }: LoopOwner, ask: Ask): (error: Error) => void {
  let isOver = false;
  let cancel: (() => void) | null = null;
  const end = (error: unknown): void => {
    if (isOver) return;
    isOver = true;
    ended(error);
  };
  const next = (answer: () => unknown): void => {
    if (isOver) return;
    try {
      answer();
      cancel = goesOn() ? ask(next) : null;
      if (!cancel) end(null);
    } catch (error) {
      end(error);
    }
  };
  next(() => null);
  return (error) => {
    cancel?.();
    end(error);
  };
}
