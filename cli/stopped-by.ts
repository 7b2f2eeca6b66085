/** What stops a command that runs for long, and the exit code that shells expect then. */
import { keysOf } from '../src/base/keys';

export const STOPPED_BY = { SIGINT: 130, SIGTERM: 143 } as const;
export type Stop = keyof typeof STOPPED_BY;
export const STOPS = keysOf(STOPPED_BY);
