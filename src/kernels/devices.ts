/** Chooses and opens the device: native where the addon loads, portable otherwise, with one line that says which. */
import { ValueError } from '../base/errors';
import { type Device, registerHostKernels, registerStatefulKernels } from './kernel';

export type DeviceKind = 'native' | 'portable';
const OPEN = new Map<DeviceKind, Device>();
let announced = false;

/**
 * The device of a kind, or the fastest that loads. One of each per process.
 * @throws ValueError  if the asked-for device cannot be had, with the reason
 */
export function openDevice(kind?: DeviceKind): Device {
  const asked = kind ?? (process.env['TFJS_SESSION_DEVICE'] || undefined);
  if (asked !== undefined && asked !== 'native' && asked !== 'portable') {
    throw new ValueError(
      `Unknown device '${asked}' in ${kind ? 'config.device' : 'TFJS_SESSION_DEVICE'}: it is 'native' or 'portable'.`,
    );
  }
  loadHostKernels();
  if (asked) return open(asked);
  try {
    const device = open('native');
    announce(`tfjs-session: running on the native device (TensorFlow's kernels).`);
    return device;
  } catch (error) {
    // The message is a headline, then a line for each place that was looked at; the first says most.
    const [headline, place] = (error as Error).message.split('\n');
    announce(
      `tfjs-session: running on the portable device (WebAssembly), without the native addon (${(place ?? headline).trim()}). For the faster one: npx tfjs-session install-native`,
    );
    return open('portable');
  }
}
function open(kind: DeviceKind): Device {
  let device = OPEN.get(kind);
  if (!device) {
    // Loaded here and not at the top: a program that only builds a graph pays for no kernels.
    device =
      kind === 'native'
        ? (require('./native/device') as typeof import('./native/device')).openNative()
        : (require('./portable/device') as typeof import('./portable/device')).openPortable();
    OPEN.set(kind, device);
  }
  return device;
}
function announce(line: string): void {
  if (announced || process.env['TFJS_SESSION_QUIET']) return;
  announced = true;
  process.stderr.write(`${line}\n`);
}
let loaded = false;
/** Registers the host kernels, once. */
export function loadHostKernels(): void {
  if (loaded) return;
  loaded = true;
  const { HOST_TABLES, STATEFUL_TABLES } = require('./host') as typeof import('./host');
  for (const table of HOST_TABLES) registerHostKernels(table);
  for (const table of STATEFUL_TABLES) registerStatefulKernels(table);
}
