/**
 * A server in a process of its own, which ends with the one that started it, and tells of its memory when it is asked.
 * Argument: the device.
 */
import { Worker } from 'node:worker_threads';
import { filesIn } from '../../../src/distributed/file-access';
import { serve } from '../../../src/distributed/serve';
import { openDevice } from '../../../src/kernels/devices';
import '../../../src';
import { collectGarbage } from '../../garbage';

/** Small, so that what goes over them is seen. */
export const LIMITS = { maxMessageMb: 16, maxStepMb: 256, maxSessions: 64, maxOpenSteps: 256 };
/** Clients that are silent are gone soon. */
const KEEP_ALIVE_MS = 3000;
/** What it tells. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
  /** On the device. */
  readonly tensors: number;
  readonly connections: number;
}
const say = (message: object): void => void process.send?.(message);

if (process.send) {
  const [device] = process.argv.slice(2);
  process.on('disconnect', () => process.exit());
  // A server that is stuck hears nothing.
  const watch = `setInterval(() => process.ppid !== ${process.ppid} && process.kill(process.pid, 'SIGKILL'), 1000)`;
  new Worker(watch, { eval: true }).unref();
  process.on('message', () => {
    collectGarbage();
    // What is dropped frees its memory in turns of its own.
    setTimeout(() => {
      collectGarbage();
      const { rss, heapUsed } = process.memoryUsage();
      const connections = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
      say({ rss, heap: heapUsed, tensors: openDevice(device).tensorsAlive(), connections } satisfies Memory);
    }, 4 * KEEP_ALIVE_MS);
  });
  void serve({
    port: 0,
    host: '127.0.0.1',
    device,
    files: filesIn(null),
    limits: LIMITS,
    keepAliveInMs: KEEP_ALIVE_MS,
  }).then(({ port }) => say({ port }));
}
