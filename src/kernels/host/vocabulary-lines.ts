/** Files of words: what tables take out of their lines, with TensorFlow's errors. */
import { bytesToText } from '../../base/bytes';
import type { DType } from '../../base/dtype';
import { KernelError, invalid } from '../kernel';
import { onFiles } from './on-files';
import type { Entries } from './table';

const files = () => require('../../format/files') as typeof import('../../format/files');

/** What of a line is taken, where it is no column. */
const [WHOLE_LINE, LINE_NUMBER] = [-2, -1];
export interface Columns {
  readonly path: string;
  /** As messages name the file. */
  readonly name: string;
  /** How many lines count; -1 for all. */
  readonly size: number;
  readonly delimiter: string;
  readonly key: { readonly index: number; readonly dtype: DType };
  readonly value: { readonly index: number; readonly dtype: DType };
}
/** Lines without their ends; the last one may have none. */
function linesOf({ path, name }: Columns): string[] {
  const text = bytesToText(onFiles(() => files().readWhole(path)));
  if (!text) throw new KernelError('OutOfRange', 'Read less bytes than requested', `${name} has no line`);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
/** How many entries the file has. */
export function countOf(columns: Columns): number {
  return columns.size < 0 ? linesOf(columns).length : columns.size;
}
const BOUNDS: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = {
  int32: [-(1n << 31n), (1n << 31n) - 1n],
  int64: [-(1n << 63n), (1n << 63n) - 1n],
};
/** An element out of a text. */
function parsed(field: string, dtype: DType, line: number): string | number | bigint {
  if (dtype.name === 'string') return field;
  const wrong = (what: string): never => invalid(`Field ${field} in line ${line} is not a valid ${what}.`);
  const bounds = BOUNDS[dtype.name];
  const trimmed = field.trim();
  if (bounds) {
    if (!/^-?\d+$/.test(trimmed)) wrong(dtype.name);
    const whole = BigInt(trimmed);
    if (whole < bounds[0] || whole > bounds[1]) wrong(dtype.name);
    return dtype.name === 'int32' ? Number(whole) : whole;
  }
  if (dtype.name !== 'float32' && dtype.name !== 'float64') invalid(`Data type ${dtype.cName} not supported.`);
  const number = trimmed === '' ? NaN : Number(trimmed);
  if (Number.isNaN(number) && !/^[-+]?nan$/i.test(trimmed)) wrong(dtype.cName);
  return dtype.name === 'float32' ? Math.fround(number) : number;
}
/** @throws InvalidArgument  for columns that a table of these dtypes cannot have */
export function checkColumns({ key, value, delimiter }: Columns): void {
  for (const [what, { index, dtype }] of [
    ['Key', key],
    ['Value', value],
  ] as const) {
    const where = `table ${what.toLowerCase()} dtype of`;
    if (index === LINE_NUMBER && dtype.name !== 'int64')
      invalid(`${what} index for line number requires ${where} int64, got ${dtype.cName}`);
    if (index === WHOLE_LINE && dtype.name !== 'string' && (what === 'Value' || !dtype.isInteger))
      invalid(`${what} index for whole line requires ${where} string, got ${dtype.cName}`);
  }
  if (delimiter.length !== 1) invalid('delimiter should be only 1 char');
}
/** What the lines say, in order. */
export function* entriesOf(columns: Columns): Entries {
  const { name, size, delimiter, key, value } = columns;
  const columnsRead = Math.max(key.index, value.index) + 1;
  let [at, end] = [0, 0];
  for (const line of linesOf(columns)) {
    if (size >= 0 && at >= size) break;
    end += line.length + 1;
    const text = line.replaceAll('\r', '');
    if (!text) invalid(`Invalid content in ${name}: empty line found at position ${end}.`);
    const fields = columnsRead > 0 ? text.split(delimiter) : [text];
    if (fields.length < columnsRead)
      invalid(
        `Invalid number of columns in ${name} line ${at} (${text}) : expected ${columnsRead - 1} got ${fields.length}`,
      );
    const take = ({ index, dtype }: Columns['key']): string | number | bigint =>
      index === LINE_NUMBER ? BigInt(at) : parsed(index === WHOLE_LINE ? text : fields[index], dtype, at);
    yield [take(key), take(value)];
    at++;
  }
  if (size > at) invalid(`Invalid vocab_size in ${name}: expected ${size} but got ${at}`);
}
