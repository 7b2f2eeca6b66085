/** The first elements of a tensor as text, as TensorFlow's C++ writes them: in `Print`, `Assert` and `StringFormat`. */
import { asNumbers, asTexts } from '../../base/elements';
import { textToBytes } from '../../base/bytes';
import { bfloat16, float16, float32, float64 } from '../../base/dtype';
import { bfloatToNumber, halfToNumber } from '../../base/half';
import type { HostTensor } from '../kernel';

/** `printf("%.<digits>g")` */
function general(x: number, digits: number): string {
  const [mantissa, exponent] = x.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  const bare = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (power >= -4 && power < digits) return bare(x.toFixed(Math.max(0, digits - 1 - power)));
  return `${bare(mantissa)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
/** The shortest of two precisions that gives the number back. */
function float(x: number, short: number, long: number, round: (x: number) => number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x < 0 ? '-inf' : 'inf';
  if (Object.is(x, -0)) return '-0';
  const text = general(x, short);
  return round(Number(text)) === x ? text : general(x, long);
}
/** The least normal number: what is below it is written as 0. */
const LEAST = 1.1754943508222875e-38;
const single = (x: number): string => float(Math.abs(x) < LEAST ? x * 0 : x, 6, 9, Math.fround);

function escaped(text: string): string {
  return Array.from(textToBytes(text), (byte) => {
    const char = String.fromCharCode(byte);
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', "'": "\\'", '\\': '\\\\' }[char];
    return known ?? (byte < 32 || byte >= 127 ? `\\${byte.toString(8).padStart(3, '0')}` : char);
  }).join('');
}
/** One element. Strings stand in quotes in the newer form. */
export function element({ dtype, data }: HostTensor, i: number, quoted = false): string {
  switch (dtype) {
    case float32:
      return single(asNumbers(data)[i]);
    case float64:
      return float(asNumbers(data)[i], 15, 17, (x) => x);
    case float16:
      return single(halfToNumber(asNumbers(data)[i]));
    case bfloat16:
      return single(bfloatToNumber(asNumbers(data)[i]));
    default:
      if (dtype.kind === 'string') return quoted ? `"${escaped(asTexts(data)[i])}"` : escaped(asTexts(data)[i]);
      if (dtype.isComplex) return `(${String(data[2 * i])},${String(data[2 * i + 1])})`;
      return String(data[i]);
  }
}

/** `1 2 3...`, with brackets from the second dimension on: the form of `Print` and `Assert`. */
export function summarize(tensor: HostTensor, limit: number): string {
  const { shape } = tensor;
  const count = shape.reduce((a, b) => a * b, 1);
  const most = limit < 0 ? count : Math.min(limit, count);
  let at = 0;
  const dim = (d: number): string => {
    if (at >= most) return '';
    let out = '';
    for (let i = 0; i < shape[d]; i++) {
      if (d === shape.length - 1) {
        if (at >= most) return d === 0 ? out : `${out}...`;
        out += `${i > 0 ? ' ' : ''}${element(tensor, at++)}`;
      } else {
        const opened = at < most;
        out += `${opened ? '[' : ''}${dim(d + 1)}${opened || at < most ? ']' : ''}`;
      }
    }
    return out;
  };
  const body = shape.length ? dim(0) : most ? element(tensor, 0) : '';
  return `${body}${count > most ? '...' : ''}`;
}

/** `[[1 2 3]\n [4 5 6]]`, `ends` elements from both ends of each dimension: the form of `tf.print`. */
export function summarizeNested(tensor: HostTensor, ends: number): string {
  const { shape } = tensor;
  const rank = shape.length;
  const spacing = (d: number): string => (d === rank - 1 ? ' ' : '\n'.repeat(rank - d - 1) + ' '.repeat(d + 1));
  const dim = (d: number, from: number): string => {
    if (d === rank) return element(tensor, from, true);
    const n = shape[d];
    const step = shape.slice(d + 1).reduce((a, b) => a * b, 1);
    const most = ends < 0 ? n : ends;
    const parts: string[] = [];
    for (let i = 0; i < most && i < n; i++) parts.push(dim(d + 1, from + i * step));
    if (n > 2 * most) parts.push('...');
    for (let i = Math.max(most, n - most); i < n; i++) parts.push(dim(d + 1, from + i * step));
    return `[${parts.join(spacing(d))}]`;
  };
  return dim(0, 0);
}
