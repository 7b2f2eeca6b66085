/** Several layers of one kind, one behind the other. */
import { callWith, checkInt, isCallable, isList, worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { boundAs, isPlain } from '../calls/bind';
import { type TensorLike, convertToTensor, toTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { noScope } from '../variables/scope';
import { VariableScope } from '../variables/variable-scope';
import { type Scope, inLayer } from './layer-scope';

/** A layer as `tf.contrib.layers` has them: its name may be given as `scope`. */
export type LayerFn = (x: Tensor, ...args: never[]) => Tensor;
interface Named {
  readonly scope?: Scope | null;
}
/** The name of a layer, as Python's function has it. */
function nameOf(layer: LayerFn, fallback: string): string {
  return boundAs(layer)?.split('.').pop() ?? (layer.name || fallback);
}
/** @throws TypeError  for what is no function */
function checkLayer(layer: unknown): void {
  if (!isCallable(layer)) throw new TypeError_(`A layer must be a function, not ${worded(layer)}.`);
}
/** Settings behind other arguments, without the scope. */
function settings(given: readonly unknown[]): [args: readonly unknown[], scope: Scope | null, more: object] {
  const last = given[given.length - 1];
  if (!isPlain(last)) return [given, null, {}];
  const { scope = null, ...more } = last;
  if (scope !== null && typeof scope !== 'string' && !(scope instanceof VariableScope)) throw noScope();
  return [given.slice(0, -1), scope, more];
}
const called = (layer: LayerFn, x: Tensor, args: readonly unknown[], named: object): Tensor =>
  toTensor(callWith(layer, [x, ...args, named]));

/**
 * A layer so many times, one behind the other: `Repeat/conv2d_1`, `Repeat/conv2d_2`, …
 *
 *     const { conv2d, repeat } = tf.contrib.layers;
 *     repeat(tf.zeros([1, 8, 8, 3]), 2, conv2d, 16, [3, 3], { scope: 'conv1' })   // shape (1, 8, 8, 16)
 *
 * @param inputs       what the first layer takes
 * @param repetitions  how many
 * @param layer        a function as those of `tf.contrib.layers`
 * @param args         its other arguments; settings last, with the `scope` of all
 * @returns  what the last layer gives
 * @throws TypeError  for a layer that is no function, and a number of them that is not whole
 */
export function repeat(inputs: TensorLike, repetitions: number, layer: LayerFn, ...args: readonly unknown[]): Tensor {
  checkLayer(layer);
  checkInt(repetitions, 'repetitions');
  const [rest, scope, more] = settings(args);
  return inLayer(scope ?? undefined, 'Repeat', [inputs], {}, () => {
    const name = scope ?? nameOf(layer, 'repeat');
    let y = convertToTensor(inputs);
    for (let i = 1; i <= repetitions; i++) y = called(layer, y, rest, { ...more, scope: `${name}_${i}` });
    return y;
  });
}
/**
 * Layers of one kind with arguments of their own, one behind the other: `Stack/fully_connected_1`, …
 *
 *     const { fullyConnected, stack } = tf.contrib.layers;
 *     stack(tf.zeros([1, 8]), fullyConnected, [32, 64, 128], { scope: 'fc' })   // shape (1, 128)
 *
 * @param inputs     what the first layer takes
 * @param layer      a function as those of `tf.contrib.layers`
 * @param stackArgs  for each layer its argument, or a list of them
 * @param named      settings of all, with their `scope`
 * @returns  what the last layer gives
 * @throws ValueError  for arguments that are no list
 * @throws TypeError   for a layer that is no function
 */
export function stack(
  inputs: TensorLike,
  layer: LayerFn,
  stackArgs: readonly unknown[],
  named: Named & object = {},
): Tensor {
  if (!isList(stackArgs)) throw new ValueError('stack_args need to be a list or tuple');
  checkLayer(layer);
  const [, scope, more] = settings([named]);
  return inLayer(scope ?? undefined, 'Stack', [inputs], {}, () => {
    const name = scope ?? nameOf(layer, 'stack');
    let y = convertToTensor(inputs);
    stackArgs.forEach((given, i) => {
      const args: readonly unknown[] = isList(given) ? given : [given];
      y = called(layer, y, args, { ...more, scope: `${name}_${i + 1}` });
    });
    return y;
  });
}
