/** Features as they are taken out of examples: what is dense has a shape, what is sparse any number of values. */
import { type Cells, asTexts } from '../../base/elements';
import { bytesToText, textToBytes } from '../../base/bytes';
import { type DType, float32, int64, string } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { largest } from '../../base/room';
import { type TensorShape, sizeOf } from '../../base/shape';
import { EXAMPLE, type FeatureMessage } from '../../format/example-messages';
import { type HostTensor, hostZeros, invalid } from '../kernel';

export type Element = string | number | bigint;
/** What a feature holds. */
export interface Values {
  readonly dtype: DType;
  readonly list: readonly Element[];
}
export type Found = ReadonlyMap<string, FeatureMessage>;
export const NO_FEATURES: Found = new Map();

/** The values of a feature; null where it says nothing. */
export function valuesOf(feature: FeatureMessage | undefined): Values | null {
  if (feature?.bytesList) return { dtype: string, list: feature.bytesList.value.map(bytesToText) };
  if (feature?.floatList) return { dtype: float32, list: feature.floatList.value };
  return feature?.int64List ? { dtype: int64, list: feature.int64List.value } : null;
}
export function reading<T>(text: string, read: (bytes: Uint8Array) => T): T {
  try {
    return read(textToBytes(text));
  } catch (error) {
    if (error instanceof ValueError) invalid(`Could not parse example input, value: '${text}'`);
    throw error;
  }
}
export const featuresIn = (text: string): Found =>
  reading(text, (bytes) => EXAMPLE.read(bytes).features?.feature ?? NO_FEATURES);

// --- what is taken out ------------------------------------------------------------------------------------------

export interface Sparse {
  readonly key: string;
  readonly dtype: DType;
}
/** `stride` values, or any number of times so many where it is of `variable` length. */
export interface Dense extends Sparse {
  readonly shape: TensorShape;
  readonly fallback: HostTensor;
  readonly stride: number;
  readonly variable: boolean;
}
interface Wanted {
  readonly sparse: readonly Sparse[];
  readonly dense: readonly Dense[];
}
/** What one example has of it: null for what is dense and missing. */
interface Taken {
  readonly sparse: readonly (readonly Element[])[];
  readonly dense: readonly (readonly Element[] | null)[];
}
export const isVariable = ({ dims }: TensorShape): boolean => (dims?.length ? dims[0] === null : false);
export const known = ({ dims }: TensorShape): number[] => (dims ?? []).map((dim) => dim ?? 1);
export const keysIn = (inputs: readonly HostTensor[]): string[] => inputs.map(({ data }) => asTexts(data)[0]);
export function wanted(
  sparseKeys: readonly string[],
  denseKeys: readonly string[],
  defaults: readonly HostTensor[],
  sparseTypes: readonly DType[],
  shapes: readonly TensorShape[],
): Wanted {
  return {
    sparse: sparseKeys.map((key, i) => ({ key, dtype: sparseTypes[i] })),
    dense: denseKeys.map((key, i) => {
      const [shape, fallback] = [shapes[i], defaults[i]];
      return { key, dtype: fallback.dtype, shape, fallback, stride: sizeOf(known(shape)), variable: isVariable(shape) };
    }),
  };
}

/** What the errors of an example begin with, of a key and of what is missing. */
export interface Voice {
  key(key: string): string;
  readonly missing: string;
  /** Errors of numbers that do not fit are those of a file that is none. */
  readonly isShort?: boolean;
}
/** As TensorFlow takes it: from the last feature on, since of two with one name the last counts. */
export function take(found: Found, { sparse, dense }: Wanted, voice: Voice): Taken {
  const values = new Map<string, readonly Element[]>();
  for (const [key, feature] of [...found].reverse()) {
    const has = valuesOf(feature);
    const asDense = dense.find((each) => each.key === key);
    const want = asDense ?? sparse.find((each) => each.key === key);
    if (!has || !want) continue;
    if (has.dtype !== want.dtype) wrongType(voice.key(key), has.dtype, want.dtype, Boolean(asDense));
    if (asDense) checkCount(asDense, has.list.length, voice);
    values.set(key, has.list);
  }
  for (const { key, dtype, fallback, variable } of dense)
    if (!values.has(key) && !variable && !fallback.data.length)
      invalid(`${voice.missing}Feature: ${key} (data type: ${dtype.cName}) is required but could not be found.`);
  return {
    sparse: sparse.map(({ key }) => values.get(key) ?? []),
    dense: dense.map(({ key, variable }) => values.get(key) ?? (variable ? [] : null)),
  };
}
function wrongType(who: string, has: DType, want: DType, isDense: boolean): never {
  const said = isDense
    ? `Data type: ${has.cName} but expected type: ${want.cName}`
    : `Expected type: ${want.cName}, Actual type: ${has.cName}`;
  invalid(`${who}Data types don't match. ${said}`);
}
export const WORDS = new Map<DType, string>([
  [string, 'bytes'],
  [float32, 'float'],
  [int64, 'int64'],
]);
function checkCount({ key, dtype, shape, stride, variable }: Dense, count: number, voice: Voice): void {
  if (variable ? stride && count % stride === 0 : count === stride) return;
  if (voice.isShort) invalid(`${voice.key(key)}Can't parse serialized Example.`);
  const word = WORDS.get(dtype);
  invalid(
    voice.key(key) +
      (variable
        ? `Number of ${word} values is not a multiple of stride length. Saw ${count} values but output shape is: `
        : `Number of ${word} values != expected.  Values size: ${count} but output shape: `) +
      shape.toCString(),
  );
}

// --- what is made of it -------------------------------------------------------------------------------------------

/** The values of several rows as a sparse tensor, whose indices begin with the row's where `rows` says how many. */
export function sparseOf({ dtype }: Sparse, lists: readonly (readonly Element[])[], rows: number | null): HostTensor[] {
  const count = lists.reduce((n, list) => n + list.length, 0);
  const rank = rows === null ? 1 : 2;
  const [indices, values, shape] = [
    hostZeros(int64, [count, rank]),
    hostZeros(dtype, [count]),
    hostZeros(int64, [rank]),
  ];
  const [at, to, sizes]: Cells[] = [indices.data, values.data, shape.data];
  let n = 0;
  let most = 0;
  lists.forEach((list, row) => {
    most = Math.max(most, list.length);
    list.forEach((value, i) => {
      to[n] = value;
      if (rows !== null) at[2 * n] = BigInt(row);
      at[rank * n + rank - 1] = BigInt(i);
      n++;
    });
  });
  if (rows !== null) sizes[0] = BigInt(rows);
  sizes[rank - 1] = BigInt(most);
  return [indices, values, shape];
}
/** The values of several rows in one tensor: short rows are filled up, missing ones have what stands for them. */
function denseOf(want: Dense, lists: readonly (readonly Element[] | null)[], batch: boolean): HostTensor {
  const { dtype, shape, fallback, stride, variable } = want;
  const length = variable
    ? largest(
        lists.map((list) => (list?.length ?? 0) / stride),
        0,
      )
    : 1;
  const own = variable ? [length, ...known(shape).slice(1)] : known(shape);
  const out = hostZeros(dtype, batch ? [lists.length, ...own] : own);
  const cells: Cells = out.data;
  const size = length * stride;
  lists.forEach((list, row) => {
    for (let i = 0; i < size; i++) cells[row * size + i] = list?.[i] ?? fallback.data[variable ? 0 : i];
  });
  return out;
}
export function outputs(want: Wanted, taken: readonly Taken[], batch: boolean): HostTensor[] {
  const sparse = want.sparse.map((each, i) =>
    sparseOf(
      each,
      taken.map(({ sparse: lists }) => lists[i]),
      batch ? taken.length : null,
    ),
  );
  const dense = want.dense.map((each, i) =>
    denseOf(
      each,
      taken.map(({ dense: lists }) => lists[i]),
      batch,
    ),
  );
  return [...partsOf(sparse), ...dense];
}
/** All indices, then all values, then all shapes. */
export const partsOf = (sparse: readonly (readonly HostTensor[])[]): HostTensor[] =>
  [0, 1, 2].flatMap((part) => sparse.map((each) => each[part]));
