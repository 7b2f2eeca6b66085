/**
 * A server in a process of its own, which ends with the one that started it, and tells of its memory when it is asked.
 * Argument: the device.
 */
import { filesIn } from '../../../src/distributed/file-access';
import { serve } from '../../../src/distributed/serve';
import { openDevice } from '../../../src/kernels/devices';
import '../../../src';
import { collectGarbage } from '../../garbage';

/** Small, so that what goes over them is seen. */
export const LIMITS = { maxMessageMb: 16, maxStepMb: 256, maxSessions: 64, maxOpenSteps: 256 };
/** What it tells. */
export interface Memory {
  readonly rss: number;
  readonly heap: number;
  /** On the device. */
  readonly tensors: number;
}
const say = (message: object): void => void process.send?.(message);

if (process.send) {
  const [device] = process.argv.slice(2);
  process.on('disconnect', () => process.exit());
  process.on('message', () => {
    collectGarbage();
    // What is dropped frees its memory in turns of its own.
    setTimeout(() => {
      collectGarbage();
      const { rss, heapUsed } = process.memoryUsage();
      say({ rss, heap: heapUsed, tensors: openDevice(device).tensorsAlive() } satisfies Memory);
    }, 300);
  });
  void serve({ port: 0, host: '127.0.0.1', device, files: filesIn(null), limits: LIMITS }).then(({ port }) =>
    say({ port }),
  );
}
