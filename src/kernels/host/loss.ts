/** Half the sum of squares. */
import { zerosOf } from '../../base/dtype';
import { type HostTable, host } from '../kernel';
import { withShortFloats } from './operands';

export const LOSS_KERNELS: HostTable = withShortFloats({
  L2Loss: {
    run: ([t]) => {
      const x = t.data as Float32Array;
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
      const out = zerosOf(t.dtype, 1) as Float32Array;
      out[0] = sum / 2;
      return host(t.dtype, [], out);
    },
    cost: 1.2,
  },
});
