/** A checkpoint's matrix in the order of a new vocabulary. Vocabularies are files with a word in each line. */
import { float32, int32, int64, zerosOf } from '../../base/dtype';
import { asLongs, asNumbers, asTexts } from '../../base/elements';
import { cShape } from '../../base/shape';
import type { TensorSource } from '../../format/checkpoint-source';
import { KernelError, type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import { onFiles } from './on-files';

const formats = () => require('../../format/checkpoint') as typeof import('../../format/checkpoint');
const files = () => require('../../format/files') as typeof import('../../format/files');
const outOfRange = (text: string): Error => new KernelError('OutOfRange', text);

/** The words of a file, one character per byte; `size` of them, or all for -1. */
function wordsOf(path: string, size: number): string[] {
  const text = onFiles(() => files().readWhole(path)).toString('latin1');
  if (text === '') throw outOfRange('Read less bytes than requested');
  if (size === 0) throw outOfRange(`Finished reading 0 of lines from ${path}`);
  const words: string[] = [];
  let at = 0;
  while (at < text.length && words.length !== size) {
    const end = (text.indexOf('\n', at) + 1 || text.length + 1) - 1;
    const word = text.slice(at, end).replaceAll('\r', '');
    at = end + 1;
    if (word === '') invalid(`Invalid content in ${path}: empty line found at position ${Math.min(at, text.length)}.`);
    words.push(word);
  }
  if (size !== -1 && words.length !== size)
    invalid(`Invalid vocab_size in ${path}: expected ${size} but got ${words.length}`);
  return words;
}
/** Where each word stands. */
function places(words: readonly string[]): ReadonlyMap<string, number> {
  const at = new Map<string, number>();
  words.forEach((word, i) => {
    const before = at.get(word);
    if (before !== undefined)
      throw new KernelError(
        'FailedPrecondition',
        `HashTable has different value for same key. Key ${word} has ${before} and trying to add value ${i}`,
      );
    at.set(word, i);
  });
  return at;
}
const vocabularies: StatefulKernel = (inputs, node, { resources }) => {
  const [wanted, old] = inputs.map((name) => asTexts(name.read())[0]);
  if (wanted === '' || old === '') invalid('new vocab filename cannot be empty.');
  const first = Number(attr(node, 'new_vocab_offset'));
  const count = Number(attr(node, 'num_new_vocab'));
  const words = wordsOf(resources.fileAt(wanted), -1);
  if (first + count > words.length) invalid("lookup table size must be larger than last new vocab entry's line");
  const known = places(wordsOf(resources.fileAt(old), Number(attr(node, 'old_vocab_size'))));
  const remapping = asLongs(zerosOf(int64, count, [count]));
  let present = 0;
  for (let i = 0; i < count; i++) {
    const at = known.get(words[first + i]) ?? -1;
    remapping[i] = BigInt(at);
    if (at >= 0) present++;
  }
  return [new Value(int64, [count], remapping), new Value(int32, [], Int32Array.of(present))];
};

/** Where each row or column was; below 0 for one that is new. */
function remappingIn(value: Value): readonly number[] {
  const remapping = Array.from(asLongs(value.read()), Number);
  const taken = new Map<number, number>();
  remapping.forEach((old, i) => {
    if (old < 0) return;
    const before = taken.get(old);
    if (before !== undefined)
      throw new KernelError(
        'Unimplemented',
        `Old ID ${old} is mapped to both new ID ${before} and ${i}, which is not supported.`,
      );
    taken.set(old, i);
  });
  return remapping;
}
/** The matrix of that name. */
function matrixIn(source: TensorSource, name: string): readonly [rows: number, columns: number] {
  const found = source.find(name);
  if (!found) throw new KernelError('NotFound', `Key ${name} not found in checkpoint`);
  const { dtype, shape } = found;
  if (dtype !== float32)
    invalid(`Tensor ${name} has invalid type ${dtype.cName} instead of expected type ${float32.cName}`);
  if (shape.length !== 2)
    invalid(
      `Tensor ${name} has shape ${cShape(shape)} of invalid rank ${shape.length} instead of expected shape of rank 2.`,
    );
  return [shape[0], shape[1]];
}
/** Calls `use` with the elements of rows that are there, a run of at most `most` rows at a time. */
function eachRow(
  source: TensorSource,
  name: string,
  shape: readonly [number, number],
  rows: readonly number[],
  most: number,
  use: (row: number, from: ArrayLike<number>, at: number) => void,
): void {
  const newOf = new Map<number, number>();
  rows.forEach((old, row) => {
    if (old >= 0) newOf.set(old, row);
  });
  const kept = [...newOf.keys()];
  if (!kept.length) return;
  const last = kept.reduce((a, b) => Math.max(a, b));
  let start = kept.reduce((a, b) => Math.min(a, b));
  for (let length: number; start <= last; start += length) {
    length = most > 0 ? Math.min(most, last - start + 1) : last - start + 1;
    const { data } = source.readSlice(name, partOf(shape, start, length));
    for (let i = 0; i < length; i++) {
      const row = newOf.get(start + i);
      if (row !== undefined) use(row, asNumbers(data), i * shape[1]);
    }
  }
}
function partOf(shape: readonly [number, number], start: number, length: number) {
  const { SliceError, partOf: part } = formats();
  try {
    return part(shape, [{ start, length }, null]);
  } catch (error) {
    throw error instanceof SliceError ? new KernelError('Internal', error.message) : error;
  }
}
const load: StatefulKernel = ([path, name, rowsGiven, columnsGiven, initializing], node, { resources }) => {
  const [count, width] = [Number(attr(node, 'num_rows')), Number(attr(node, 'num_cols'))];
  for (const given of [rowsGiven, columnsGiven])
    if (given.shape.length !== 1) invalid(`a remapping must be a vector, got shape ${cShape(given.shape)}`);
  const [rows, given] = [remappingIn(rowsGiven), remappingIn(columnsGiven)];
  if (rows.length !== count)
    invalid(`Size of row_remapping is ${rows.length} instead of being equal to num_rows=${count}`);
  if (given.length && given.length !== width)
    invalid(`Provided col_remapping, but its size is ${given.length} instead of being equal to num_cols=${width}`);
  if (path.size !== 1) invalid(`ckpt_path must be a single string, got shape ${cShape(path.shape)}`);
  const prefix = resources.fileAt(asTexts(path.read())[0]);
  return onFiles(() => {
    const source = formats().openV2(prefix);
    try {
      const key = asTexts(name.read())[0];
      const shape = matrixIn(source, key);
      const columns = columnsOf(key, shape, given, width);
      const out = asNumbers(zerosOf(float32, count * width, [count, width]));
      eachRow(source, key, shape, rows, Number(attr(node, 'max_rows_in_memory')), (row, from, at) =>
        columns.forEach((column, j) => {
          if (column >= 0) out[row * width + j] = from[at + column];
        }),
      );
      fillMissing(out, rows, columns, asNumbers(initializing.read()));
      return [new Value(float32, [count, width], out)];
    } finally {
      source.close();
    }
  });
};
/** The columns that are wanted: those of the remapping, or all that there are. */
function columnsOf(
  name: string,
  shape: readonly [number, number],
  remapping: readonly number[],
  width: number,
): readonly number[] {
  if (!remapping.length && width !== shape[1])
    invalid(
      `Tensor ${name} has shape ${cShape(shape)}, where the size of its 2nd dimension is ${shape[1]} instead of ` +
        `being equal to num_cols=${width}`,
    );
  if (remapping.some((column) => column >= shape[1]))
    invalid(`col_remapping leads to a column outside of tensor ${name} of shape ${cShape(shape)}`);
  return remapping.length ? remapping : Array.from({ length: width }, (_, i) => i);
}
/** What no row and column of the checkpoint gave takes the next initial value. */
function fillMissing(
  out: { [i: number]: number },
  rows: readonly number[],
  columns: readonly number[],
  values: ArrayLike<number>,
): void {
  let used = 0;
  rows.forEach((row, i) =>
    columns.forEach((column, j) => {
      if (row >= 0 && column >= 0) return;
      if (used >= values.length)
        invalid(`initializing_values contained ${values.length} elements, but more missing values remain.`);
      out[i * columns.length + j] = values[used++];
    }),
  );
  if (used !== values.length)
    invalid(
      `initializing_values contained ${values.length} elements, but only ${used} elements were used to fill in ` +
        'missing values.',
    );
}

export const REMAPPING_KERNELS: StatefulTable = {
  GenerateVocabRemapping: vocabularies,
  LoadAndRemapMatrix: load,
};
