/** Into how many parts variables are cut: what `partitioner` of `tf.getVariable` and `tf.variableScope` takes. */
import { type DType, string } from '../base/dtype';
import { ValueError } from '../base/errors';
import { sizeOf } from '../base/shape';
import { pythonTuple } from '../base/shape-text';
import { bound } from '../calls/bind';
import { fullDimsOf } from './partitioned';
import type { Partitioner } from './variable-scope';

/** One partition along all dimensions, and `count` along one of them. */
function along(shape: readonly number[], axis: number, count: number): number[] {
  const place = axis < 0 ? axis + shape.length : axis;
  return shape.map((_, i) => (i === place ? count : 1));
}
const bytesOf = (dtype: DType, ofText: number): number => (dtype.baseDtype === string ? ofText : dtype.size);
/** The size of a dimension. @throws ValueError  where there is no such dimension */
function sizeAt(shape: readonly number[], axis: number): number {
  const size = shape.at(axis);
  if (size === undefined)
    throw new ValueError(`Can not partition variable along axis ${axis} when shape is only ${pythonTuple(shape)}`);
  return size;
}

/**
 * Cuts variables into a number of parts.
 *
 *     const table = tf.getVariable('table', [10, 4], { partitioner: tf.fixedSizePartitioner(3) });
 *     Array.from(table, (part) => part.shape.at(0))   // [4, 3, 3]
 *
 * @param numShards  how many parts; fewer, where a variable is shorter
 * @param axis       the dimension that is cut; the first where not given
 * @returns  what `tf.getVariable` and `tf.variableScope` take as `partitioner`
 * @throws ValueError  when called for a shape that has no such dimension
 */
export const fixedSizePartitioner = bound(
  'fixed_size_partitioner',
  (numShards: number, axis: number = 0): Partitioner =>
    (given) => {
      const shape = fullDimsOf(given);
      return along(shape, axis, Math.min(numShards, sizeAt(shape, axis)));
    },
);
/**
 * Cuts variables into parts of at most so many bytes.
 *
 *     const cut = tf.variableAxisSizePartitioner(64);
 *     const table = tf.getVariable('table', [10, 4], { partitioner: cut });
 *     Array.from(table, (part) => part.shape.at(0))   // [4, 3, 3]
 *
 * @param maxShardBytes          how many; a row that is larger is a part all the same
 * @param axis                   the dimension that is cut; the first where not given
 * @param bytesPerStringElement  what a text is taken to need; 16 where not given
 * @param maxShards              how many parts at most; any number where not given
 * @returns  what `tf.getVariable` and `tf.variableScope` take as `partitioner`
 * @throws ValueError  for sizes that are not positive
 */
export const variableAxisSizePartitioner = bound(
  'variable_axis_size_partitioner',
  (
    maxShardBytes: number,
    axis: number = 0,
    bytesPerStringElement: number = 16,
    maxShards: number | null = null,
  ): Partitioner => {
    if (maxShardBytes < 1 || bytesPerStringElement < 1)
      throw new ValueError('Both max_shard_bytes and bytes_per_string_element must be positive.');
    if (maxShards !== null && maxShards !== 0 && maxShards < 1) throw new ValueError('max_shards must be positive.');
    return (given, dtype) => {
      const shape = fullDimsOf(given);
      const size = sizeAt(shape, axis);
      const row = (sizeOf(shape) / size) * bytesOf(dtype, bytesPerStringElement);
      const parts = Math.ceil(size / Math.max(1, Math.floor(maxShardBytes / row)));
      return along(shape, axis, maxShards ? Math.min(maxShards, parts) : parts);
    };
  },
);
/**
 * Cuts variables into parts of at least so many bytes.
 *
 *     const cut = tf.minMaxVariablePartitioner(8, { minSliceSize: 80 });
 *     const table = tf.getVariable('table', [10, 4], { partitioner: cut });
 *     table.length   // 2
 *
 * @param maxPartitions          how many parts at most; 1 where not given
 * @param axis                   the dimension that is cut; the first where not given
 * @param minSliceSize           how many bytes; 256 kB where not given
 * @param bytesPerStringElement  what a text is taken to need; 16 where not given
 * @returns  what `tf.getVariable` and `tf.variableScope` take as `partitioner`
 * @throws ValueError  when called for a shape that has no such dimension
 */
export const minMaxVariablePartitioner = bound(
  'min_max_variable_partitioner',
  (
    maxPartitions: number = 1,
    axis: number = 0,
    minSliceSize: number = 256 * 1024,
    bytesPerStringElement: number = 16,
  ): Partitioner =>
    (given, dtype) => {
      const shape = fullDimsOf(given);
      const size = sizeAt(shape, axis);
      const parts = Math.ceil((sizeOf(shape) * bytesOf(dtype, bytesPerStringElement)) / minSliceSize);
      return along(shape, axis, Math.max(1, Math.min(size, maxPartitions, parts)));
    },
);
