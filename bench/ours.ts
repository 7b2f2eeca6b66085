/** Runs a workload on this package; TFJS_SESSION_DEVICE says where. */
import { openDevice } from '../src/kernels/devices';
import type { Setup } from './serve';
import { serve } from './serve';

void serve(
  (workload) => (require(`./workloads/${workload}`) as { setup: Setup }).setup,
  () => {
    const device = openDevice() as ReturnType<typeof openDevice> & { readonly addon?: { readonly TF_Version: string } };
    return {
      node: process.versions.node,
      ...(device.addon
        ? { TensorFlow: device.addon.TF_Version }
        : {
            'tfjs-backend-wasm': (require('@tensorflow/tfjs-backend-wasm/package.json') as { version: string }).version,
          }),
    };
  },
);
