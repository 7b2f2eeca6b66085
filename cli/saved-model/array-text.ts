/** Arrays as NumPy prints them. */
import { isList } from '../../src/base/border';
import { NDArray } from '../../src/base/ndarray';

const LINE = 75;
/** From so many elements on only the edges are printed. */
const MOST = 1000;
const EDGE = 3;
const PRECISION = 8;

export function arrayText(value: unknown): string {
  if (!(value instanceof NDArray)) return scalarText(value);
  const { shape, size } = value;
  const list: unknown = value.toArray();
  const isCut = size > MOST;
  if (size === 0) return '[]';
  const isFloat = value.dtype.isFloating;
  return nested(list, shape.length, formatter(leaves(list, isCut), isFloat), isCut, 1);
}
function scalarText(value: unknown): string {
  if (typeof value === 'string') return bytesText(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
/** By their bytes. */
const ESCAPED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r' };
const bytesText = (text: string): string =>
  `b'${[...Buffer.from(text)]
    .map((byte) =>
      byte === 39 || byte === 92
        ? `\\${String.fromCharCode(byte)}`
        : byte >= 32 && byte < 127
          ? String.fromCharCode(byte)
          : (ESCAPED[byte] ?? `\\x${byte.toString(16).padStart(2, '0')}`),
    )
    .join('')}'`;
const edges = <T>(list: readonly T[], isCut: boolean): readonly T[] =>
  isCut && list.length > 2 * EDGE ? [...list.slice(0, EDGE), ...list.slice(-EDGE)] : list;
function leaves(x: unknown, isCut: boolean): unknown[] {
  return isList(x) ? edges(x, isCut).flatMap((each) => leaves(each, isCut)) : [x];
}
type Format = (value: unknown) => string;
function formatter(values: readonly unknown[], isFloat: boolean): Format {
  const plain: Format = isFloat ? floatFormat(values.map(Number)) : scalarText;
  const width = Math.max(...values.map((value) => plain(value).length));
  const isText = typeof values[0] === 'string';
  return isText ? plain : (value) => plain(value).padStart(width);
}
/** All with as many digits: positional, or where they lie far apart in powers of ten. */
function floatFormat(values: readonly number[]): Format {
  const sizes = values.filter((x) => Number.isFinite(x) && x !== 0).map(Math.abs);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const isWide = sizes.length > 0 && (most >= 1e8 || least < 1e-4 || most / least > 1000);
  const finite = values.filter(Number.isFinite);
  if (isWide) {
    const digits = (x: number): string => {
      const shortest = x.toExponential().split('e')[0].split('.')[1] ?? '';
      return shortest.length <= PRECISION ? shortest : (x.toExponential(PRECISION).split('e')[0].split('.')[1] ?? '');
    };
    const most = Math.max(...finite.map((x) => digits(x).replace(/0+$/, '').length));
    return special((x) =>
      x
        .toExponential(most)
        .replace(/^(-?\d)e/, '$1.e')
        .replace(/e([+-])(\d)$/, 'e$10$2'),
    );
  }
  const fraction = (x: number): string => {
    const [, digits = ''] = String(x).split('.');
    return digits.length <= PRECISION ? digits : x.toFixed(PRECISION).split('.')[1].replace(/0+$/, '');
  };
  const right = Math.max(0, ...finite.map((x) => fraction(x).length));
  return special((x) => {
    const digits = fraction(x);
    const whole =
      digits.length < (String(x).split('.')[1] ?? '').length
        ? x.toFixed(PRECISION).split('.')[0]
        : String(x).split('.')[0];
    return `${Object.is(x, -0) ? '-0' : whole}.${digits.padEnd(right)}`;
  });
}
const special =
  (format: (x: number) => string): Format =>
  (value) => {
    const x = Number(value);
    if (Number.isNaN(x)) return 'nan';
    return Number.isFinite(x) ? format(x) : x > 0 ? 'inf' : '-inf';
  };
function nested(x: unknown, rank: number, format: Format, isCut: boolean, indent: number): string {
  if (!isList(x)) return format(x);
  const shown = edges(x, isCut);
  const parts = shown.map((each) => nested(each, rank - 1, format, isCut, indent + 1));
  if (shown.length < x.length) parts.splice(EDGE, 0, '...');
  if (rank > 1) return `[${parts.join('\n'.repeat(rank - 1) + ' '.repeat(indent))}]`;
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line && indent + line.length + 1 + part.length > LINE) {
      lines.push(line);
      line = '';
    }
    line += line ? ` ${part}` : part;
  }
  return `[${[...lines, line].join(`\n${' '.repeat(indent)}`)}]`;
}
