/** Initial values of `tf.contrib.layers`. */
import { checkNumber } from '../base/border';
import { type DTypeLike, asDtype, float32 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { bound } from '../calls/bind';
import { randomUniform, truncatedNormal } from '../ops/random';
import { xavierInitializer } from '../variables/initializers';
import type { InitializerFunction } from '../variables/variable-scope';

/**
 * The same as `tf.contrib.layers.xavierInitializer`.
 *
 *     const initializer = tf.contrib.layers.xavierInitializerConv2d();
 *     tf.getVariable('w', [3, 3, 1, 8], { initializer })   // shape (3, 3, 1, 8)
 *
 * @param uniform  false for normal numbers; true where not given
 * @param seed     with the graph's seed it decides the stream
 * @param dtype    the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const xavierInitializerConv2d = bound(
  'contrib.layers.xavier_initializer_conv2d',
  (uniform?: boolean, seed?: number, dtype?: DTypeLike) => xavierInitializer(uniform, seed, dtype),
);
const MODES = ['FAN_IN', 'FAN_OUT', 'FAN_AVG'];
/**
 * Starts a variable from numbers whose variance falls with the number of inputs, of outputs, or of both.
 *
 *     const initializer = tf.contrib.layers.varianceScalingInitializer();
 *     tf.getVariable('w', [2, 3], { initializer })   // shape (2, 3)
 *
 * @param factor   of the variance; 2 where not given
 * @param mode     'FAN_IN', where not given, 'FAN_OUT' or 'FAN_AVG'
 * @param uniform  whether the numbers are uniform; truncated normal ones where not given
 * @param seed     with the graph's seed it decides the stream
 * @param dtype    the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws TypeError  for another mode, a factor that is no number, and a dtype that is not floating point
 */
export const varianceScalingInitializer = bound('contrib.layers.variance_scaling_initializer', scaling);
function scaling(factor = 2, mode = 'FAN_IN', uniform = false, seed?: number, dtype?: DTypeLike): InitializerFunction {
  const floating = (type: DTypeLike): ReturnType<typeof asDtype> => {
    if (asDtype(type).isFloating) return asDtype(type);
    throw new TypeError_('Cannot create initializer for non-floating point type.');
  };
  const own = floating(dtype ?? float32);
  checkNumber(factor, 'factor');
  if (!MODES.includes(mode)) throw new TypeError_(`Unknown mode ${mode} [${MODES.join(', ')}]`);
  return (shape, type) => {
    const to = floating(type ?? own);
    const last = shape[shape.length - 1] ?? 1;
    const window = shape.slice(0, -2).reduce((product, size) => product * size, 1);
    const [fanIn, fanOut] = [(shape.length > 1 ? shape[shape.length - 2] : last) * window, last * window];
    const n = mode === 'FAN_IN' ? fanIn : mode === 'FAN_OUT' ? fanOut : (fanIn + fanOut) / 2;
    if (!uniform) return truncatedNormal(shape, 0, Math.sqrt((1.3 * factor) / n), to, { seed });
    const limit = Math.sqrt((3 * factor) / n);
    return randomUniform(shape, -limit, limit, to, { seed });
  };
}
