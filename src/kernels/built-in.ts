/** The devices that come with the library, the fastest first. Nothing of theirs is loaded before one is opened. */
import type { DeviceRow } from './kernel';

const NATIVE: DeviceRow = {
  kind: 'native',
  title: "TensorFlow's kernels",
  open: () => (require('./native/device') as typeof import('./native/device')).openNative(),
  absence: 'the faster native one is not there, and `npx tfjs-session doctor` says why',
};
const PORTABLE: DeviceRow = {
  kind: 'portable',
  title: 'WebAssembly',
  open: () => (require('./portable/device') as typeof import('./portable/device')).openPortable(),
};
export const BUILT_IN: readonly DeviceRow[] = [NATIVE, PORTABLE];
