/** Python's `text % values`, for the lines of `tf.logging`. */
import { textOf } from '../base/preview';

const FIELD = /%(?<flags>[-+ 0#]*)(?<width>\d+)?(?:\.(?<precision>\d+))?(?<kind>[sdifFeEgGrxXo%])/g;

/** The text with the values in it; where they are not as many as its fields, they stand behind it. */
export function inPercent(text: string, values: readonly unknown[]): string {
  if (!values.length) return text;
  const fields = [...text.matchAll(FIELD)].filter(({ groups }) => groups?.kind !== '%').length;
  if (fields !== values.length) return [text, ...values.map(textOf)].join(' ');
  let next = 0;
  return text.replace(FIELD, (...found) => {
    const { flags, width, precision, kind = '' } = found[found.length - 1] as Record<string, string | undefined>;
    if (kind === '%') return '%';
    const written = inField(kind, values[next++], precision === undefined ? null : Number(precision));
    const signed =
      /^[difFeEgG]$/.test(kind) && flags?.includes('+') && !written.startsWith('-') ? `+${written}` : written;
    const size = Number(width ?? 0);
    if (flags?.includes('-')) return signed.padEnd(size);
    if (!flags?.includes('0') || kind === 's' || kind === 'r') return signed.padStart(size);
    const sign = /^[-+]?/.exec(signed)?.[0] ?? '';
    return sign + signed.slice(sign.length).padStart(size - sign.length, '0');
  });
}
function inField(kind: string, value: unknown, precision: number | null): string {
  if (kind === 's') return precision === null ? textOf(value) : textOf(value).slice(0, precision);
  if (kind === 'r') return typeof value === 'string' ? `'${value}'` : textOf(value);
  if (typeof value === 'bigint' && /[di]/.test(kind)) return value.toString();
  const number = numberOf(value);
  if (kind === 'd' || kind === 'i') return String(Math.trunc(number));
  if (kind === 'x' || kind === 'X' || kind === 'o') {
    const digits = Math.trunc(number).toString(kind === 'o' ? 8 : 16);
    return kind === 'X' ? digits.toUpperCase() : digits;
  }
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'nan' : number > 0 ? 'inf' : '-inf';
  const written =
    kind.toLowerCase() === 'f'
      ? number.toFixed(precision ?? 6)
      : kind.toLowerCase() === 'e'
        ? exponent(number.toExponential(precision ?? 6))
        : general(number, precision ?? 6);
  return kind === 'E' || kind === 'G' ? written.toUpperCase() : written;
}
/** NaN where a value is no number, and nothing that can become one. */
function numberOf(value: unknown): number {
  try {
    return Number(value);
  } catch {
    return NaN;
  }
}
/** Two digits at least. */
const exponent = (text: string): string => text.replace(/e([-+])(\d)$/, 'e$10$2');
function general(number: number, precision: number): string {
  if (number === 0) return '0';
  const digits = Math.max(precision, 1);
  const at = Number(number.toExponential(digits - 1).split('e')[1]);
  return at < -4 || at >= digits
    ? exponent(number.toExponential(digits - 1).replace(/\.?0+e/, 'e'))
    : number
        .toFixed(digits - 1 - at)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');
}
