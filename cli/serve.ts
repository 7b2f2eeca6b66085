/** `tfjs-session serve`: runs the graphs of other programs, of Python's TensorFlow 1.x above all. */
import { codeOf } from '../src/base/thrown';
import { statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import '../src';
import { filesIn } from '../src/distributed/file-access';
import { isLoopback, OPEN_PORT } from '../src/distributed/loopback';
import { type Serving, serve } from '../src/distributed/serve';
import type { ServeFlags } from './flags';
import { fitted } from './text';
import { UsageError } from './usage';

/** Listens until it is told to stop, and says `READY grpc://host:port` once it does, on a line of its own. */
export async function serveSessions(flags: ServeFlags): Promise<void> {
  const { port, host, device, allowFiles = null, json, ...limits } = flags;
  if (allowFiles !== null && !isFolder(allowFiles))
    throw new UsageError(`--allow-files ${allowFiles}: there is no such folder. Give one that is there.`);
  setFlagsFromString(COLLECT_SELDOM);
  let serving: Serving;
  try {
    serving = await serve({ port, host, device, files: filesIn(allowFiles), limits });
  } catch (error) {
    throw cannotListen(error, flags);
  }
  if (!isLoopback(host)) process.stderr.write(fitted(`${OPEN_PORT}\n`, process.stderr));
  process.stdout.write(
    json ? `${JSON.stringify({ ready: serving.target, pid: process.pid })}\n` : `READY ${serving.target}\n`,
  );
  for (const [signal, code] of Object.entries(SIGNALS))
    process.once(signal, () => void serving.close().then(() => process.exit(code)));
}
/**
 * A step allocates little beside the bytes of its request, from which V8 infers that its heap may hardly grow: behind a
 * large request it collected all of it every dozen steps, a third of the processor's time. This is as far as it lets
 * heaps grow that allocate more.
 */
const COLLECT_SELDOM = '--heap-growing-percent=300';
/** What a shell reports of a program that was stopped so. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
const REASONS: Readonly<Record<string, (flags: ServeFlags) => string>> = {
  EADDRINUSE: ({ port }) => `--port ${port} is taken by another program. Give another one, or 0 for any that is free.`,
  EACCES: ({ port }) => `--port ${port} may not be used by this account. Give one above 1023.`,
  EADDRNOTAVAIL: ({ host }) => `--host ${host} is no address of this machine. Give 127.0.0.1, or leave it out.`,
  ENOTFOUND: ({ host }) => `--host ${host} is no known name. Give 127.0.0.1, or leave it out.`,
};
function cannotListen(error: unknown, flags: ServeFlags): unknown {
  const code = codeOf(error) ?? '';
  return REASONS[code] ? new UsageError(REASONS[code](flags)) : error;
}
