/** Numbers, truth values and bytes as text, on the host. */
import { base64Of, bytesOfBase64 } from '../../base/base64';
import { bytesToText, textToBytes } from '../../base/bytes';
import { type DType, bool, string } from '../../base/dtype';
import { floatsOfBits, isHalf } from '../../base/half';
import { type Printed, inField, printed } from '../../base/printf';
import { claim } from '../../base/room';
import { sizeOf } from '../../base/shape';
import { type HostKernelRow, type HostTable, type KernelNode, attr, host, invalid } from '../kernel';
import { each } from './texts';

/** V8's longest text, but for what a number has before its point. */
const LONGEST = 2 ** 29 - 512;
const FLAGS = ['', ' ', '+', '-', '0', '#'];
function formatOf(node: KernelNode, dtype: DType): Printed {
  const [precision, width] = [attr(node, 'precision', 'int'), attr(node, 'width', 'int')];
  const [scientific, shortest, flag] = [attr(node, 'scientific'), attr(node, 'shortest'), attr(node, 'fill', 'string')];
  if (!dtype.isFloating && !dtype.isComplex) {
    if (scientific || shortest) invalid(`scientific and shortest format not supported for datatype ${dtype.cName}`);
    if (precision >= 0) invalid(`precision not supported for datatype ${dtype.cName}`);
  }
  if (flag.length > 1) invalid('Fill string must be one or fewer characters');
  if (scientific && shortest) invalid('Cannot select both scientific and shortest notation');
  if (!FLAGS.includes(flag)) invalid(`Fill argument not supported: "${flag}"`);
  return { kind: scientific ? 'e' : shortest ? 'g' : 'f', precision, flag, width: Math.max(width, 0) };
}
const asString: HostKernelRow = {
  only: true,
  run([{ dtype, shape, data }], node) {
    const how = formatOf(node, dtype);
    const longest = Math.max(how.width, how.precision, 1);
    claim(longest < LONGEST ? sizeOf(shape) * longest : Infinity, 1, 'string', [...shape, longest]);
    const numbers = isHalf(dtype) ? floatsOfBits(data, dtype) : data;
    const real = (i: number): string => printed(Number(numbers[i]), how);
    const text = (i: number): string => {
      if (dtype === bool) return data[i] ? 'true' : 'false';
      if (dtype.isComplex) return `(${real(2 * i)},${real(2 * i + 1)})`;
      if (dtype.isFloating) return real(i);
      const digits = String(data[i]);
      return inField(digits.startsWith('-'), digits.replace('-', ''), how);
    };
    return host(
      string,
      shape,
      Array.from({ length: sizeOf(shape) }, (_, i) => text(i)),
    );
  },
};
function decoded(text: string): string {
  const short = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  if (short.length % 4 === 1) invalid('Base64 string length cannot be 1 modulo 4.');
  const bytes = bytesOfBase64(short);
  return bytes ? bytesToText(bytes) : invalid('Invalid character found in base64.');
}
function encoded(text: string, node: KernelNode): string {
  const short = base64Of(textToBytes(text));
  return attr(node, 'pad') ? short.padEnd(Math.ceil(short.length / 4) * 4, '=') : short;
}

export const TEXT_FORMS_KERNELS: HostTable = {
  AsString: asString,
  EncodeBase64: each(encoded),
  DecodeBase64: each(decoded),
};
