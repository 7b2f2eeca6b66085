/**
 * Operands as kernels are to see them: 16-bit floats as the numbers that they are, and, where a kernel of
 * TensorFlow's would, numbers below the least normal one as 0.
 */
import { asNumbers } from '../../base/elements';
import { type DType, type Data, float16, float32 } from '../../base/dtype';
import { bitsOfFloats, floatsOfBits, isHalf } from '../../base/half';
import { claim } from '../../base/room';
import { sizeOf } from '../../base/shape';
import {
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type ShapesKernel,
  hasMany,
  host,
  invalid,
} from '../kernel';
import { countsAsZero } from '../values';

/** Sums in double, each for an element of a tensor: room is asked for in its name. */
export function sumsFor(dtype: DType, shape: readonly number[]): Float64Array {
  const size = sizeOf(shape);
  claim(size, Float64Array.BYTES_PER_ELEMENT, dtype.cName, shape);
  return new Float64Array(size);
}
/** Of a sparse tensor that has not as many values as indices. */
export function unlikeRows(indices: Pick<HostTensor, 'shape'>, values: Pick<HostTensor, 'shape'>): never {
  return invalid(
    'indices and values rows (indexing dimension) must match. ' +
      `(indices = ${indices.shape[0]}, values = ${values.shape[0]})`,
  );
}
/** A kernel that sees the numbers of 16-bit floats, and not their bits; `zero` says which of `withoutSubnormals`. */
function throughFloat32(run: HostKernel, zero: boolean): HostKernel {
  return (inputs, node) => {
    let seen = inputs;
    let short = false;
    for (let i = 0; i < inputs.length; i++) if (isHalf(inputs[i].dtype)) short = true;
    if (short) seen = inputs.map(widen);
    if (zero) seen = withoutSubnormals(seen);
    const result = run(seen, node);
    if (!short) return result;
    const { outputTypes } = node;
    return hasMany(result) ? result.map((x, i) => narrow(x, outputTypes[i])) : narrow(result, outputTypes[0]);
  };
}
/** The same row, with a kernel of its own for float16: TensorFlow rounds each step of their arithmetic. */
export function ofHalves(row: HostKernelRow, halves: HostKernel): HostKernelRow {
  return { ...row, run: (inputs, node) => (node.outputTypes[0] === float16 ? halves : row.run)(inputs, node) };
}
/** The row of a kernel that looks at shapes alone. */
export function readingShapes(run: ShapesKernel): HostKernelRow {
  return { shapesOnly: run, run };
}
function widen(x: HostTensor): HostTensor {
  return isHalf(x.dtype) ? host(float32, x.shape, floatsOfBits(x.data, x.dtype)) : x;
}
function narrow(x: HostTensor, dtype: DType): HostTensor {
  const to = dtype.baseDtype;
  return x.dtype === float32 && isHalf(to) ? host(to, x.shape, bitsOfFloats(asNumbers(x.data), to)) : x;
}
/**
 * The same kernels, for float16 and bfloat16 too: they compute in float32 and round the result, once. Those of the
 * ops that values.ts names take subnormal operands for 0.
 */
export function withShortFloats(table: HostTable): HostTable {
  return mapped(table, (type, row) => ({
    ...row,
    run: throughFloat32(row.run, countsAsZero(type)),
    wide: { ...row, run: zeroing(type, row.run) },
  }));
}
/** The same kernels, where values.ts names the op with subnormal operands as 0. */
export function withZeros(table: HostTable): HostTable {
  return mapped(table, (type, row) => ({ ...row, run: zeroing(type, row.run) }));
}
/** The same kernel, to which subnormal operands are 0 where values.ts names the op so. */
export function zeroing(type: string, run: HostKernel): HostKernel {
  return countsAsZero(type) ? (inputs, node) => run(withoutSubnormals(inputs), node) : run;
}
function mapped(table: HostTable, change: (type: string, row: HostKernelRow) => HostKernelRow): HostTable {
  return Object.fromEntries(
    Object.entries(table).map(([type, row]): [string, HostKernelRow] => {
      return [type, change(type, typeof row === 'function' ? { run: row } : row)];
    }),
  );
}

export const LEAST_32 = 1.1754943508222875e-38;
export const LEAST_64 = 2.2250738585072014e-308;
/** The least normal number of an array's elements. */
export function leastOf(data: Data): number {
  return data instanceof Float32Array ? LEAST_32 : data instanceof Float64Array ? LEAST_64 : 0;
}
/** Elements from which the bits are looked at: zeros, which are many, take no branch of their own then. */
const MANY = 48;

/** The inputs themselves, where no element is subnormal. */
export function withoutSubnormals(inputs: readonly HostTensor[]): readonly HostTensor[] {
  for (let i = 0; i < inputs.length; i++) if (holdsSubnormal(inputs[i].data)) return inputs.map(zeroed);
  return inputs;
}
/** Elements as they are compared: 16-bit floats as numbers, and what is below the least normal number as 0. */
export function asCompared(x: HostTensor): Data {
  return withoutSubnormals([widen(x)])[0].data;
}
export function holdsSubnormal(data: Data): boolean {
  if (data instanceof Float32Array) return data.length === 1 ? isSubnormal(data[0]) : hasSubnormal(data);
  return data instanceof Float64Array && below(data, LEAST_64);
}
function isSubnormal(v: number): boolean {
  return v < LEAST_32 && v > -LEAST_32 && v !== 0;
}
function hasSubnormal(data: Float32Array): boolean {
  if (data.length < MANY) return below(data, LEAST_32);
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < bits.length; i++) if (((bits[i] << 1) - 1) >>> 0 < 0xffffff) return true;
  return false;
}
function below(data: Float32Array | Float64Array, least: number): boolean {
  for (let i = 0; i < data.length; i++) {
    const v = data[i];
    if (v < least && v > -least && v !== 0) return true;
  }
  return false;
}
function zeroed(x: HostTensor): HostTensor {
  const { data, dtype, shape } = x;
  if (data instanceof Float32Array)
    return host(
      dtype,
      shape,
      data.map((v) => (Math.abs(v) < LEAST_32 ? v * 0 : v)),
    );
  if (data instanceof Float64Array)
    return host(
      dtype,
      shape,
      data.map((v) => (Math.abs(v) < LEAST_64 ? v * 0 : v)),
    );
  return x;
}

/** Fewer elements than these the host computes in every plan that goes step by step: nothing is to be made alike. */
export const FLUSHED_ALONE = 512;
const FLUSHING = [new WeakMap<HostKernelRow, HostKernelRow>(), new WeakMap<HostKernelRow, HostKernelRow>()];
/**
 * The same kernel, to which operands and results below the least normal number are 0, as to a device that flushes: of
 * every size where the plan is to become one, of many elements elsewhere.
 */
export function flushing(type: string, row: HostKernelRow, asOne: boolean): HostKernelRow {
  const known = FLUSHING[asOne ? 1 : 0];
  let made = known.get(row);
  if (!made) {
    const least = asOne ? 0 : FLUSHED_ALONE;
    const { run } = row;
    // What takes such operands for 0 everywhere has them so already.
    const again = countsAsZero(type) ? null : run;
    made = {
      ...row,
      run(inputs, node) {
        const result = run(inputs, node);
        if (hasMany(result) || result.data.length < least) return result;
        if (!again) return holdsSubnormal(result.data) ? zeroed(result) : result;
        if (!isNearLeast(result.data)) return result;
        const anew = again(withoutSubnormals(inputs), node);
        return hasMany(anew) || !holdsSubnormal(anew.data) ? anew : zeroed(anew);
      },
    };
    known.set(row, made);
  }
  return made;
}
/** Whether a sum is so small that an operand below the least normal number may have had a part in it. */
function isNearLeast(data: Data): boolean {
  if (data instanceof Float32Array) return below(data, LEAST_32 * 2 ** 26);
  return data instanceof Float64Array && below(data, LEAST_64 * 2 ** 55);
}
