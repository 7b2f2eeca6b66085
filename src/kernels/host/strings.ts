/** Strings put together, on the host. */
import { type Cells, asTexts } from '../../base/elements';
import { bytesToText, joinTexts, textToBytes } from '../../base/bytes';
import { string } from '../../base/dtype';
import { cShape, sameShape } from '../../base/shape';
import { type HostTable, attr, hostZeros, invalid } from '../kernel';
import { sparseOf } from './example-features';
import { numberIn } from './number-text';

/** The parts between bytes that separate; each byte where none does. */
function partsOf(bytes: Uint8Array, separators: ReadonlySet<number>): string[] {
  if (!bytes.length) return [];
  if (!separators.size) return Array.from(bytes, (_, i) => bytesToText(bytes.subarray(i, i + 1)));
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i <= bytes.length; i++)
    if (i === bytes.length || separators.has(bytes[i])) {
      parts.push(bytesToText(bytes.subarray(from, i)));
      from = i + 1;
    }
  return parts;
}

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
  StringSplit: {
    only: true,
    check([x, separator]) {
      if (x.shape.length !== 1) invalid(`input must be a vector, got shape: ${cShape(x.shape)}`);
      if (separator.shape.length) invalid(`delimiter must be a scalar, got shape: ${cShape(separator.shape)}`);
    },
    run([x, separator], node) {
      const at = new Set(textToBytes(asTexts(separator.data)[0]));
      const skips = attr(node, 'skip_empty');
      const parts = asTexts(x.data).map((text) => partsOf(textToBytes(text), at).filter((part) => part || !skips));
      return sparseOf({ key: '', dtype: string }, parts, parts.length);
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
