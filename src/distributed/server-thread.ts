/** The thread of a `tf.train.Server`: answers the sessions of others, whatever its program does meanwhile. */
import { workerData } from 'node:worker_threads';
import { errorOf } from '../base/thrown';
import { BEAT_MS, BELL, ring } from './bell';
import { filesIn } from './file-access';
import type { ServerLimits } from './limits';
import { serve } from './serve';
import type { Task } from './task';
import type { Reached } from './thread';

/** What the thread is started with. */
export interface ServerStarted extends Reached {
  readonly host: string;
  readonly port: number;
  readonly device: string | undefined;
  /** The folder in which graphs may read and write. */
  readonly folder: string | null;
  readonly limits: Partial<ServerLimits>;
  readonly task: Task;
}
/** What it says once it listens, or cannot. */
export type Listening = { readonly target: string } | { readonly failed: string };

const { host, port, device, folder, limits, task, to, bell } = workerData as ServerStarted;
setInterval(() => Atomics.add(bell, BELL.beats, 1), BEAT_MS).unref();

/** A server listens before it is started; what it is asked waits. */
const started = new Promise<void>((start) => to.once('message', start));
function say(listening: Listening): void {
  to.postMessage(listening);
  ring(bell);
}
// Behind the library, which is loaded next.
setImmediate(() => {
  serve({ port, host, device, files: filesIn(folder), limits, task, started }).then(
    ({ target }) => say({ target }),
    (error: unknown) => say({ failed: errorOf(error).message }),
  );
});
