/** Where tests run. */
import type * as tf from '../src';
import { Session } from '../src';
import { openAddon } from '../src/kernels/native/addon';
import { isLong } from './all';
import { closedLater } from './opened';

export interface Mode {
  readonly title: string;
  readonly device: string;
  readonly placement: 'host' | 'device' | 'auto';
}
const ASKED = process.env['TFJS_TEST_DEVICES']?.split(',');
/**
 * Where a test runs: TFJS_TEST_DEVICES picks; without it, where a session runs that names no device, and for
 * `npm run test:all` on every device that there is.
 */
export function devices(): Mode[] {
  const there = ['addon' in openAddon() ? 'native' : [], 'portable'].flat();
  const tested = ASKED ? there.filter((device) => ASKED.includes(device)) : isLong ? there : there.slice(0, 1);
  return tested.map((device) => ({ title: device, device, placement: 'auto' as const }));
}
/** Whether what no device changes is tested here: a run on the native device alone comes after one on the portable. */
export const everything = !ASKED || devices().some((m) => m.device === 'portable');
/** A test of one device: where that is not there, or not asked for, the title of what is skipped says so. */
export function testOn(device: string, title: string, body: () => void): void {
  if (devices().some((mode) => mode.device === device)) test(title, body);
  else test.skip(`${title}: the ${device} device is not there, or not asked for`, body);
}
/** The processor time of this process in milliseconds: what a test took, however busy the machine is. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
/** A session on a graph in a mode; closed with the suite, where the test does not close it. */
export function open(graph: tf.Graph, mode: Mode): tf.Session {
  const config = { device: mode.device, placement: mode.placement, advice: false } as const;
  return closedLater(new Session('', { graph, config }));
}
