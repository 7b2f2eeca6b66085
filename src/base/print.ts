/** Arrays as NumPy prints them: columns aligned, floats at their shortest, long ones summarized. */
import { pythonBytes } from './bytes';
import { type DType, type Data, bfloat16, bool, complex64, float16, float32, string } from './dtype';
import { asNumbers } from './elements';
import { roundHalf } from './half';
import { sizeOf } from './shape';

/** An element; a complex number is its two parts. */
type Item = number | bigint | string | boolean | Complex;
type Complex = readonly [real: number, imaginary: number];
interface Printable {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Of a complex number the real part. */
  item(offset: number): number | bigint | string | boolean;
}

/** NumPy's defaults: summarize above 1000 elements, 3 at each edge, 75 columns, 8 digits. */
const THRESHOLD = 1000;
const EDGE = 3;
const WIDTH = 75;
const PRECISION = 8;

/** An element by its row-major place. */
function itemsOf(array: Printable, elements: Data): (offset: number) => Item {
  if (!array.dtype.isComplex) return (offset) => array.item(offset);
  const parts = asNumbers(elements);
  return (offset) => [parts[2 * offset], parts[2 * offset + 1]];
}
export function formatArray(array: Printable, elements: Data): string {
  const item = itemsOf(array, elements);
  const rank = array.shape.length;
  if (rank === 0) return scalarText(array.dtype, item(0));
  if (sizeOf(array.shape) === 0) return '[]';
  const summarize = sizeOf(array.shape) > THRESHOLD;
  const strides = array.shape.map((_, i) => sizeOf(array.shape.slice(i + 1)));
  const positions = (n: number): (number | null)[] =>
    summarize && n > 2 * EDGE ? [0, 1, 2, null, n - 3, n - 2, n - 1] : Array.from({ length: n }, (_, i) => i);
  const shown: Item[] = [];
  const collect = (axis: number, offset: number): void => {
    for (const i of positions(array.shape[axis])) {
      if (i === null) continue;
      if (axis === rank - 1) shown.push(item(offset + i));
      else collect(axis + 1, offset + i * strides[axis]);
    }
  };
  collect(0, 0);
  const show = formatterFor(array.dtype, shown);
  const block = (axis: number, offset: number, indent: string): string => {
    const parts = positions(array.shape[axis]).map((i) =>
      i === null
        ? '...'
        : axis === rank - 1
          ? show(item(offset + i))
          : block(axis + 1, offset + i * strides[axis], `${indent} `),
    );
    if (axis < rank - 1) return `[${parts.join('\n'.repeat(rank - 1 - axis) + indent)}]`;
    const lines: string[] = [];
    let line = '';
    for (const part of parts) {
      if (line && indent.length + line.length + 1 + part.length + 1 > WIDTH) {
        lines.push(line.trimEnd());
        line = part;
      } else line = line ? `${line} ${part}` : part;
    }
    return `[${[...lines, line].join(`\n${indent}`)}]`;
  };
  return block(0, 0, ' ');
}

function scalarText(dtype: DType, x: Item): string {
  if (dtype === bool) return x ? 'True' : 'False';
  if (isComplex(x)) return complexText(dtype, x);
  if (!dtype.isFloating) return String(x);
  const v = Number(x);
  if (dtype === bfloat16) return digitsOfBfloat(v);
  if (!Number.isFinite(v)) return special(v);
  const text = shortText(dtype, v);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
/** The fewest digits, with an exponent where Python writes one. */
function shortText(dtype: DType, x: number): string {
  if (!Number.isFinite(x)) return special(x);
  const abs = Math.abs(x);
  const text = shortest(dtype, abs);
  const isFar = abs !== 0 && (abs < 1e-4 || abs >= 1e16);
  return signOf(x) + (isFar ? pythonExponent(Number(text).toExponential()) : text);
}
/** As Python writes one: no parentheses, and no real part, where that is 0. */
function complexText(dtype: DType, [real, imaginary]: Complex): string {
  const text = `${shortText(dtype, imaginary)}j`;
  if (Object.is(real, 0)) return text;
  return `(${shortText(dtype, real)}${text.startsWith('-') ? '' : '+'}${text})`;
}
const isComplex = (x: Item): x is Complex => typeof x === 'object';
const signOf = (x: number): string => (x < 0 || Object.is(x, -0) ? '-' : '');

function formatterFor(dtype: DType, shown: readonly Item[]): (x: Item) => string {
  if (dtype === string) return (x) => `b${pythonBytes(String(x))}`;
  if (dtype === bfloat16) return (x) => `bfloat16(${digitsOfBfloat(Number(x))})`;
  if (dtype.isComplex) return complexFormatter(dtype, shown.filter(isComplex));
  const text =
    dtype === bool
      ? (x: Item): string => (x ? 'True' : 'False')
      : dtype.isFloating
        ? floatText(dtype, shown.map(Number))
        : String;
  return column(text, shown);
}
/** Each as wide as the widest. */
function column<T>(text: (x: T) => string, shown: readonly T[]): (x: T) => string {
  const width = Math.max(...shown.map((x) => text(x).length));
  return (x) => text(x).padStart(width);
}
/** Real and imaginary parts are columns of their own; imaginary ones have a sign, and a j before what fills them up. */
function complexFormatter(dtype: DType, shown: readonly Complex[]): (x: Item) => string {
  const [reals, imaginaries] = [shown.map(([real]) => real), shown.map(([, imaginary]) => imaginary)];
  const plain = floatText(dtype, imaginaries);
  const signed = (x: number): string => (plain(x).startsWith('-') ? plain(x) : `+${plain(x)}`);
  const [real, imaginary] = [column(floatText(dtype, reals), reals), column(signed, imaginaries)];
  return (x) => (isComplex(x) ? real(x[0]) + imaginary(x[1]).replace(/ *$/, (spaces) => `j${spaces}`) : String(x));
}

/** NumPy's FloatingFormat: one notation and one number of digits for the whole array. */
function floatText(dtype: DType, shown: readonly number[]): (x: unknown) => string {
  const finite = shown.filter(Number.isFinite);
  const nonZero = finite.map(Math.abs).filter((x) => x !== 0);
  const [largest, smallest] = [Math.max(...nonZero), Math.min(...nonZero)];
  const exponential = nonZero.length > 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
  if (exponential) {
    const parts = (x: number): [string, string] => {
      const [m, e] = Number(shortest(dtype, Math.abs(x)))
        .toExponential()
        .split('e');
      return [cut(m), e];
    };
    const digits = Math.max(...finite.map((x) => (parts(x)[0].split('.')[1] ?? '').length));
    const exponentSize = Math.max(2, ...finite.map((x) => parts(x)[1].length - 1));
    return (v) => {
      const x = Number(v);
      if (!Number.isFinite(x)) return special(x);
      const [m, e] = parts(x);
      const [whole, fraction = ''] = m.split('.');
      return `${signOf(x)}${whole}.${fraction.padEnd(digits, '0')}e${e[0]}${e.slice(1).padStart(exponentSize, '0')}`;
    };
  }
  const plain = (x: number): string => cut(positional(shortest(dtype, Math.abs(x))));
  const digits = Math.max(0, ...finite.map((x) => (plain(x).split('.')[1] ?? '').length));
  return (v) => {
    const x = Number(v);
    if (!Number.isFinite(x)) return special(x);
    const [whole, fraction = ''] = plain(x).split('.');
    return `${signOf(x)}${whole}.${fraction.padEnd(digits, ' ')}`;
  };
}
function special(x: number): string {
  return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';
}
/** At most 8 digits after the point, no trailing zeros. */
function cut(text: string): string {
  const [, fraction = ''] = text.split('.');
  if (fraction.length <= PRECISION) return text;
  return Number(text)
    .toFixed(PRECISION)
    .replace(/\.?0+$/, '');
}
function positional(text: string): string {
  return /e/.test(text)
    ? Number(text)
        .toFixed(20)
        .replace(/\.?0+$/, '')
    : text;
}
function pythonExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** The shortest decimal that reads back as the same number of its type. */
function shortest(dtype: DType, x: number): string {
  const round = ROUNDED.get(dtype);
  if (!round || !Number.isFinite(x)) return String(x);
  for (let digits = 1; digits < 10; digits++) {
    const text = x.toPrecision(digits);
    if (round(Number(text)) === round(x)) return String(Number(text));
  }
  return String(x);
}
const ROUNDED: ReadonlyMap<DType, (x: number) => number> = new Map([
  [float32, Math.fround],
  [complex64, Math.fround],
  [float16, roundHalf],
]);
/** bfloat16 is no type of NumPy's own: it prints with the digits of a float32, and in arrays says its name. */
const digitsOfBfloat = (x: number): string =>
  Number.isFinite(x) ? String(Number(x.toPrecision(9))).replace(/e([+-])(\d)$/, 'e$10$2') : special(x);
