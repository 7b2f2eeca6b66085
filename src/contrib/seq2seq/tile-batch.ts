/** `tf.contrib.seq2seq.tileBatch`: each row several times, as beams take it. After TensorFlow 1.15's seq2seq. */
import { ValueError } from '../../base/errors';
import { TensorShape } from '../../base/shape';
import { inScope } from '../../graph/apply';
import { toTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { flatten, mapStructure } from '../../flow/structure';
import { concat } from '../../ops/concat';
import { knowingAll } from '../../ops/known-calls';
import { expandDims, reshape } from '../../ops/reshape';
import { element, shapeOf, sliced, tile } from '../../ops/words';

type TileCall = <T>(t: T, multiplier: number, options?: string | { readonly name?: string | null } | null) => T;
/**
 * Each row of a tensor so many times, one after the other: states and memories for beams.
 *
 *     tf.contrib.seq2seq.tileBatch(tf.constant([[1, 2], [3, 4]]), 2)   // [[1, 2], [1, 2], [3, 4], [3, 4]]
 *
 * @param t           a tensor [batch, …], or lists and objects of such tensors
 * @param multiplier  how many times each row
 * @returns  [batch · multiplier, …], in the same lists and objects
 * @throws ValueError  for a scalar, or a tensor of unknown rank
 */
export const tileBatch = knowingAll<TileCall>()(
  'contrib.seq2seq.tile_batch',
  (t: unknown, multiplier: number, name?: string): unknown =>
    inScope(name, 'tile_batch', [...flatten(t), multiplier], () =>
      mapStructure(t, (each) => tiled(toTensor(each, null, 't'), multiplier)),
    ),
);
function tiled(t: Tensor, multiplier: number): Tensor {
  const shape = shapeOf(t);
  const { dims } = t.shape;
  if (!dims?.length) throw new ValueError('t must have statically known rank');
  const [rows, ...rest] = dims;
  const times = [1, multiplier, ...rest.map(() => 1)];
  const made = tile(expandDims(t, 1), times);
  const sizes = concat([[element(shape, 0).mul(multiplier)], sliced(shape, 1, null)], 0);
  const result = reshape(made, sizes);
  result.setShape(new TensorShape([rows === null ? null : rows * multiplier, ...rest]));
  return result;
}
