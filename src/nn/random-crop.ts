/** A part of a tensor at a random place. Made of other ops. */
import { int32 } from '../base/dtype';
import { Assert } from '../flow/assert';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, type TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { boundLike } from '../ops/known-calls';
import { randomUniform, type SeedOption } from '../ops/random';
import { reduceAll } from '../ops/reduce';
import { shapeOf } from '../ops/words';

/**
 * A part of `value` of shape `size`, at a random place, another one in each run.
 *
 *     tf.randomCrop(tf.zeros([32, 32, 3]), [24, 24, 3])   // shape (24, 24, 3)
 *
 * @param value  any dtype
 * @param size   an int32 or int64 per dimension
 * @param seed   with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  value's dtype, `size`
 * @throws InvalidArgumentError  when run, if `value` is smaller
 */
export const randomCrop = boundLike(
  'random_crop',
  2,
  function randomCrop(value: TensorLike, size: TensorLike, { seed, name }: SeedOption = {}): Tensor {
    return inScope(name, 'random_crop', [value, size], (scope) => {
      const x = convertToTensor(value, null, 'value');
      const part = convertToTensor(size, int32, 'size');
      const whole = shapeOf(x);
      const fits = apply('GreaterEqual', [whole, part]);
      const fit = reduceAll(fits);
      const check = Assert(fit, ['Need value.shape >= size, got ', whole, part], { summarize: 1000 });
      const graph = x.graph;
      const checked = graph.colocateWith(whole, () =>
        graph.controlDependencies([check], () => apply('Identity', [whole], {}, 'control_dependency')),
      );
      const places = checked.sub(part).add(1);
      const offset = randomUniform(shapeOf(whole), { maxval: MAX_INT32, dtype: int32, seed }).mod(places);
      return apply('Slice', [x, offset, part], {}, scope);
    });
  },
);
const MAX_INT32 = 2 ** 31 - 1;
