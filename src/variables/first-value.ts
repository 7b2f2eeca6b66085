/** How an initializer gives the first value of a variable. */
import { isClass, isInitializer, worded } from '../base/border';
import { type DType, string } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import { memberOf } from '../base/thrown';
import { boundAs } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import { Tensor } from '../graph/graph';
import type { PartitionInfo } from './initializer';
import { glorotUniformInitializer, zerosInitializer } from './initializers';
import type { GetVariableOptions, Initializer, InitializerFunction, InitializerObject } from './variable-scope';

/** What a variable starts from that says nothing. */
export function defaultInitializer(name: string, dtype: DType): Initializer {
  if (dtype.isFloating) return glorotUniformInitializer();
  if (dtype.isInteger || dtype.isBool || dtype === string) return zerosInitializer();
  throw new ValueError(`An initializer for variable ${name} of ${dtype} is required`);
}
/** A function that makes the initial value. */
export function maker(
  name: string,
  initializer: Exclude<GetVariableOptions['initializer'], TensorLike | null | undefined> | Initializer,
  shape: TensorShape,
  dtype: DType,
  partition: PartitionInfo | null,
): () => TensorLike {
  const dims = shape.fullDims;
  if (dims) return () => madeBy(initializer, dims, dtype, partition);
  const isFunction = typeof initializer === 'function' && !isClass(initializer) && !isInitializer(initializer);
  if (isFunction && initializer.length === 0) return initializer as () => TensorLike;
  throw new ValueError(
    'The initializer passed is not valid. It should be a callable with no arguments and the shape should not be ' +
      "provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined." +
      `\n  variable '${name}' was given the shape ${shape}.` +
      `\n  fix: give all its sizes: tf.getVariable('${name}', [784, 10]), or a value: ` +
      '{initializer: tf.zeros([784, 10])}.',
  );
}
/** Calls an initializer, or what makes one. */
export function madeBy(initializer: Initializer, ...given: Parameters<InitializerObject['call']>): Tensor {
  if (typeof initializer !== 'function') return initializer.call(...given);
  if (isClass<InitializerObject>(initializer)) return called(new initializer(), ...given);
  // As Python takes a class: tf.zerosInitializer, not called.
  if (boundAs(initializer)) return (initializer as () => InitializerObject)().call(...given);
  const made = (initializer as InitializerFunction)(...given);
  return made instanceof Tensor ? made : called(made, ...given);
}
function called(made: InitializerObject, ...given: Parameters<InitializerObject['call']>): Tensor {
  if (typeof memberOf(made, 'call') === 'function') return made.call(...given);
  throw new TypeError_(`An initializer must give a Tensor, not ${worded(made)}.`);
}
