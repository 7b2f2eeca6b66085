/** Strings put together, on the host. */
import { asTexts } from '../../base/elements';
import { joinTexts } from '../../base/bytes';
import { string } from '../../base/dtype';
import { cShape, sameShape } from '../../base/shape';
import { type HostTable, attr, hostZeros, invalid } from '../kernel';

export const STRINGS_KERNELS: HostTable = {
  StringJoin: {
    only: true,
    run(inputs, node) {
      const separator = attr(node, 'separator');
      const shaped = inputs.filter(({ shape }) => shape.length > 0);
      for (const { shape } of shaped)
        if (!sameShape(shape, shaped[0].shape))
          invalid(`Input shapes do not match: ${cShape(shaped[0].shape)} vs. ${cShape(shape)}`);
      const out = hostZeros(string, shaped[0]?.shape ?? []);
      for (let i = 0; i < out.data.length; i++)
        out.data[i] = inputs
          .map(({ shape, data }) => asTexts(data)[shape.length ? i : 0])
          .reduce((a, b) => joinTexts(joinTexts(a, separator), b));
      return out;
    },
  },
};
