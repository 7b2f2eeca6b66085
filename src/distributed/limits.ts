/** What a server gives its clients at most. Whoever asks for more is told which limit it was, and what helps. */
import { ResourceExhaustedError, ValueError } from '../base/errors';
import { memory } from '../base/platform';
import { MEGABYTE } from '../base/room';
import { type FieldsOf, type Settings, checkSettings } from '../calls/settings';

export interface ServerLimits {
  /** Megabytes of one request. */
  readonly maxMessageMb: number;
  /** Megabytes that the values of one step may take together. */
  readonly maxStepMb: number;
  /** Sessions that are open at the same time. */
  readonly maxSessions: number;
  /** Steps that run or wait at the same time, and partial runs that are not over. */
  readonly maxOpenSteps: number;
}
/** gRPC's lengths have 32 bits, and a protocol buffer's 31. */
const MOST_MESSAGE_MB = 2047;
/** Enough for the largest graph that a message holds, for many clients, and for a queue runner in each. */
export function defaultLimits(): ServerLimits {
  const maxStepMb = Math.max(1, Math.floor(memory() / 2 / MEGABYTE));
  return { maxMessageMb: MOST_MESSAGE_MB, maxStepMb, maxSessions: 1024, maxOpenSteps: 4096 };
}
const SETTINGS: Settings = {
  message: 'ServerLimits',
  fields: {
    maxMessageMb: 'int',
    maxStepMb: 'int',
    maxSessions: 'int',
    maxOpenSteps: 'int',
  } satisfies FieldsOf<ServerLimits>,
};
/** @throws ValueError, TypeError  for a limit that there is not, or that is no number from 1 on */
export function checkLimits(limits: Partial<ServerLimits>): Partial<ServerLimits> {
  const checked = checkSettings(SETTINGS, limits);
  for (const [name, value] of Object.entries(checked))
    if (value < 1 || (name === 'maxMessageMb' && value > MOST_MESSAGE_MB))
      throw new ValueError(`${name} must be ${name === 'maxMessageMb' ? '1 to 2047' : 'at least 1'}, not ${value}`);
  return checked;
}
/** What all requests that are open may hold together. */
export const heldBytes = (): number => memory() / 2;

type Told = Exclude<keyof ServerLimits, 'maxStepMb'>;
const FLAGS: Readonly<Record<Told, string>> = {
  maxMessageMb: '--max-message-mb',
  maxSessions: '--max-sessions',
  maxOpenSteps: '--max-open-steps',
};
/** @param what  the sentence; the cure is of the client, and of whoever started the server */
export function overLimit(limit: Told, what: string, cure: string): ResourceExhaustedError {
  return new ResourceExhaustedError(
    null,
    `${what}\n  fix: ${cure}, or start the server with a larger ${FLAGS[limit]} (${limit} of a tf.train.Server).`,
  );
}
