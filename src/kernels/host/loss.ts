/** Half the sum of squares. */
import { asNumbers } from '../../base/elements';
import { zerosOf } from '../../base/dtype';
import { type HostTable, host } from '../kernel';
import { withShortFloats } from './operands';

export const LOSS_KERNELS: HostTable = withShortFloats({
  L2Loss: {
    run: ([t]) => {
      const x = asNumbers(t.data);
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
      const out = asNumbers(zerosOf(t.dtype, 1));
      out[0] = sum / 2;
      return host(t.dtype, [], out);
    },
    cost: 1.2,
  },
});
