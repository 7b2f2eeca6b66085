/**
 * A suite gives back what it made on a device: other suites of the process count tensors too, and what a failed run or
 * a closed session keeps shows here. With TFJS_TEST_LEFT=1 a suite that does not fails: what is collected when is not
 * for every run to hang on. Nothing is loaded for it that the suite has not loaded.
 */
import * as path from 'node:path';
import type * as AddonModule from '../src/kernels/native/addon';
import type * as DevicesModule from '../src/kernels/devices';
import { collectGarbage } from './garbage';
// Whose sessions are closed first.
import './opened';

const isLoaded = (file: string): boolean =>
  require.cache[path.join(__dirname, '..', 'src', 'kernels', file)] !== undefined;

/** Tensors in the addon. All suites of a process have the same one: what earlier ones left is not of this one. */
function onNative(): number {
  const opened = (require('../src/kernels/native/addon') as typeof AddonModule).openAddon();
  if (!('addon' in opened)) return 0;
  const shared: { leftBefore?: number } = Object.getPrototypeOf(opened.addon);
  const count = opened.addon.getNumOfTensors();
  const left = count - (shared.leftBefore ?? 0);
  shared.leftBefore = count;
  return left;
}
/** Tensors of tfjs: each suite has a backend of its own. */
function onPortable(): number {
  return (require('../src/kernels/devices') as typeof DevicesModule).openDevice('portable').tensorsAlive();
}
afterAll(async () => {
  if (!process.env['TFJS_TEST_LEFT']) return;
  const counts: Record<string, () => number> = {};
  if (isLoaded('native/addon.ts')) counts['native'] = onNative;
  if (isLoaded('portable/device.ts')) counts['portable'] = onPortable;
  const left = Object.entries(counts).map(([device, count]) => [device, count(), count] as const);
  if (left.every(([, n]) => n <= 0)) return;
  // A session that was dropped frees what it has when it is collected, in a turn of its own.
  collectGarbage();
  await new Promise((done) => setTimeout(done, 10));
  const still = left.map(([device, n, count]) => [device, device === 'native' ? n + count() : count()]);
  const wrong = still.filter(([, n]) => Number(n) > 0);
  if (wrong.length)
    throw new Error(
      `Tensors are left: ${wrong.map(([device, n]) => `${n} on the ${device} device`).join(', ')}.\n` +
        '  fix: close the sessions of this suite (`using sess = …`, or `open` of test/devices.ts).',
    );
});
