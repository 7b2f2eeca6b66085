/** Strings put together, on the host. */
import { type Cells, asTexts } from '../../base/elements';
import { joinTexts } from '../../base/bytes';
import { string } from '../../base/dtype';
import { cShape, sameShape } from '../../base/shape';
import { type HostTable, attr, hostZeros, invalid } from '../kernel';
import { numberIn } from './number-text';

export const STRINGS_KERNELS: HostTable = {
  StringToNumber: {
    only: true,
    run([x], node) {
      const out = hostZeros(attr(node, 'out_type'), x.shape);
      const cells: Cells = out.data;
      asTexts(x.data).forEach((text, i) => {
        const value = numberIn(text, out.dtype);
        if (value === null) invalid(`StringToNumberOp could not correctly convert string: ${text}`);
        cells[i] = value;
      });
      return out;
    },
  },
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
