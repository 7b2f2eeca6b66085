/** The devices that come with the library, the fastest first. Nothing of theirs is loaded before one is opened. */
import type { DeviceRow } from './kernel';

const NATIVE: DeviceRow = {
  kind: 'native',
  title: "TensorFlow's kernels",
  open: () => (require('./native/device') as typeof import('./native/device')).openNative(),
  absence({ message }) {
    // The message is a headline, then a line for each place that was looked at; the first says most.
    const [headline, place] = message.split('\n');
    return {
      what: `the native addon (${(place ?? headline).trim()})`,
      cure: 'For the faster one: npx tfjs-session install-native',
    };
  },
};
const PORTABLE: DeviceRow = {
  kind: 'portable',
  title: 'WebAssembly',
  open: () => (require('./portable/device') as typeof import('./portable/device')).openPortable(),
};
export const BUILT_IN: readonly DeviceRow[] = [NATIVE, PORTABLE];
