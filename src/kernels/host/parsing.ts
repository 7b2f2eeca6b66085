/** Numbers out of bytes, and columns out of lines of text, on the host. */
import { type Cells, asOrdered, asTexts } from '../../base/elements';
import { bytesToText, textToBytes } from '../../base/bytes';
import { bool, string, zerosOf } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, attr, host, hostZeros, invalid, numbers } from '../kernel';
import { numberIn } from './number-text';

/** Elements as they lie in bytes, in either order of them. */
function elementsIn(
  rows: readonly Uint8Array[],
  length: number,
  shape: readonly number[],
  node: KernelNode,
): HostTensor {
  const dtype = attr(node, 'out_type');
  const count = length / dtype.size;
  const out = [...shape, count];
  const data = asOrdered(zerosOf(dtype, sizeOf(out), out));
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  rows.forEach((row, i) => bytes.set(row, i * length));
  const size = dtype.isComplex ? dtype.size / 2 : dtype.size;
  if (!attr(node, 'little_endian'))
    for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  if (dtype === bool) bytes.forEach((byte, i) => (bytes[i] = byte ? 1 : 0));
  return host(dtype, out, data);
}
function decodeRaw([x]: readonly HostTensor[], node: KernelNode): HostTensor {
  const dtype = attr(node, 'out_type');
  const rows = asTexts(x.data).map(textToBytes);
  const length = rows.length ? rows[0].length : 0;
  rows.forEach((row, i) => {
    if (row.length !== length)
      invalid(
        'DecodeRaw requires input strings to all be the same size, but element ' +
          `${i} has size ${length} != ${row.length}`,
      );
  });
  if (length % dtype.size)
    invalid(
      `Input to DecodeRaw has length ${length} that is not a multiple of ${dtype.size}, the size of ${dtype.cName}`,
    );
  return elementsIn(rows, length, x.shape, node);
}

/** How a line is taken apart. */
interface Columns {
  readonly delimiter: number;
  readonly quotes: boolean;
  /** The columns that are wanted; all where there are none. */
  readonly selected: readonly number[];
}
const [QUOTE, NEWLINE, RETURN] = [0x22, 0x0a, 0x0d];
/** The fields of a line, after RFC 4180, as TensorFlow takes it. */
function fieldsIn(line: Uint8Array, { delimiter, quotes, selected }: Columns): string[] {
  const fields: string[] = [];
  let [at, parsed] = [0, 0];
  const isWanted = (): boolean => !selected.length || selected[fields.length] === parsed;
  while (at < line.length) {
    if (line[at] === NEWLINE || line[at] === RETURN) {
      at++;
      continue;
    }
    const { bytes, end } =
      quotes && line[at] === QUOTE ? quoted(line, at + 1, delimiter) : plain(line, at, delimiter, quotes);
    at = end;
    const keep = isWanted();
    parsed++;
    if (!keep) continue;
    fields.push(bytesToText(Uint8Array.from(bytes)));
    if (fields.length === selected.length) return fields;
  }
  if (line.length && isWanted() && line[line.length - 1] === delimiter) fields.push('');
  return fields;
}
interface FieldBytes {
  readonly bytes: number[];
  /** Where the next field begins. */
  readonly end: number;
}
function plain(line: Uint8Array, from: number, delimiter: number, quotes: boolean): FieldBytes {
  const bytes: number[] = [];
  let at = from;
  for (; at < line.length && line[at] !== delimiter; at++) {
    if ((quotes && line[at] === QUOTE) || line[at] === NEWLINE || line[at] === RETURN)
      invalid('Unquoted fields cannot have quotes/CRLFs inside');
    bytes.push(line[at]);
  }
  return { bytes, end: at + 1 };
}
function quoted(line: Uint8Array, from: number, delimiter: number): FieldBytes {
  const bytes: number[] = [];
  const last = line.length - 1;
  let at = from;
  while (at < last && !(line[at] === QUOTE && line[at + 1] === delimiter)) {
    bytes.push(line[at]);
    if (line[at] !== QUOTE) at++;
    else if (line[at + 1] !== QUOTE) invalid('Quote inside a string has to be escaped by another quote');
    else at += 2;
  }
  if (line[at] !== QUOTE || (at !== last && line[at + 1] !== delimiter))
    invalid('Quoted field has to end with quote followed by delim or end');
  return { bytes, end: at + 2 };
}
function decodeCsv([records, ...defaults]: readonly HostTensor[], node: KernelNode): HostTensor[] {
  const columns: Columns = {
    delimiter: textToBytes(attr(node, 'field_delim'))[0],
    quotes: attr(node, 'use_quote_delim'),
    selected: attr(node, 'select_cols'),
  };
  const missing = attr(node, 'na_value');
  const outputs = node.outputTypes.map((dtype) => hostZeros(dtype, records.shape));
  const cells: Cells[] = outputs.map(({ data }) => data);
  asTexts(records.data).forEach((text, i) => {
    const fields = fieldsIn(textToBytes(text), columns);
    if (fields.length !== outputs.length)
      invalid(`Expect ${outputs.length} fields but have ${fields.length} in record ${i}`);
    fields.forEach((field, f) => {
      const isMissing = field === '' || field === missing;
      if (isMissing && !defaults[f].data.length) invalid(`Field ${f} is required but missing in record ${i}!`);
      cells[f][i] = isMissing ? defaults[f].data[0] : valueOf(field, outputs[f], f, i);
    });
  });
  return outputs;
}
function valueOf(field: string, { dtype }: HostTensor, f: number, i: number): string | number | bigint {
  const value = dtype === string ? field : numberIn(field, dtype);
  if (value === null) invalid(`Field ${f} in record ${i} is not a valid ${dtype.cName}: ${field}`);
  return value;
}

export const PARSING_KERNELS: HostTable = {
  DecodeRaw: { only: true, run: decodeRaw },
  DecodePaddedRaw: {
    only: true,
    elements: [1],
    check([, length], node) {
      if (length.shape.length) invalid(`k must be scalar, got shape ${cShape(length.shape)}`);
      const fixed = length.data ? Number(length.data[0]) : 0;
      const { size } = attr(node, 'out_type');
      if (fixed <= 0) invalid(`fixed_length (${fixed}) must be greater than zero.`);
      if (fixed % size) invalid(`fixed_length (${fixed}) must be a multiple of the size of out_type (${size})`);
    },
    run([x, length], node) {
      const [fixed] = numbers(length);
      const { size } = attr(node, 'out_type');
      const rows = asTexts(x.data).map((text) => {
        const bytes = textToBytes(text);
        // A last element that is not whole is left out.
        return bytes.subarray(0, Math.min(fixed, bytes.length - (bytes.length % size)));
      });
      return elementsIn(rows, fixed, x.shape, node);
    },
  },
  DecodeCSV: {
    only: true,
    check([, ...defaults]) {
      defaults.forEach(({ shape }, i) => {
        if (shape.length > 1) invalid('Each record default should be at most rank 1');
        if (sizeOf(shape) > 1) invalid(`There should only be 1 default per field but field ${i} has ${sizeOf(shape)}`);
      });
    },
    run: decodeCsv,
  },
};
