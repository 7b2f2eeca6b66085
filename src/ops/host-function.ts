/** Functions of the program as nodes: what no op does, in TypeScript, in the middle of a run. */
import { isCallable, isList } from '../base/border';
import { type DTypeLike, asDtype } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { preview } from '../base/preview';
import { boundOverloads } from '../calls/bind';
import { applyOp } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { type HostFunction, registerHostFunction } from '../graph/host-functions';
import type { Rows } from '../graph/opdef';
import type { NameOption } from './options';

export type { HostFunction };

export const HOST_FUNCTION = {
  PyFunc: {},
  PyFuncStateless: {},
} satisfies Rows;

/** What `pyFunc` takes by name. */
export interface PyFuncOptions extends NameOption {
  /** False for a function whose result depends on its inputs alone: it may be called less often. */
  readonly stateful?: boolean | null;
}
/** A number, a boolean, a text, or an array: what a function is given, and gives. */
export type HostValue = number | bigint | boolean | string | NDArray;

type PyFuncCall = {
  (
    func: HostFunction,
    inp: readonly TensorLike[],
    Tout: readonly DTypeLike[],
    stateful?: boolean | null | PyFuncOptions,
    options?: PyFuncOptions,
  ): Tensor[];
  (
    func: HostFunction,
    inp: readonly TensorLike[],
    Tout: DTypeLike,
    stateful?: boolean | null | PyFuncOptions,
    options?: PyFuncOptions,
  ): Tensor;
};
function made(func: HostFunction, inp: readonly TensorLike[], Tout: unknown, stateful: boolean, name?: string | null) {
  const given: unknown = func;
  if (!isCallable(given)) throw new ValueError(`Expected func to be callable, got func of type ${typeof given}`);
  const types = (isList(Tout) ? Tout : [Tout]) as readonly DTypeLike[];
  const type = stateful ? 'PyFunc' : 'PyFuncStateless';
  if (!isList(inp)) throw new TypeError_(`Expected list for 'input' argument to '${type}' Op, not ${preview(inp)}.`);
  const inputs = inp.map((x) => convertToTensor(x));
  const token = registerHostFunction(getDefaultGraph(), func);
  const { outputs } = applyOp(type, [inputs], { token, Tout: types.map((each) => asDtype(each)) }, name);
  return isList(Tout) ? [...outputs] : outputs[0];
}
/**
 * A function of the program as a node: it is called in each run with the values of its inputs, numbers for scalars and
 * `NDArray`s for all others. Gradients stop there. The function stays with this process: a graph that is written to a
 * file has its name alone.
 *
 *     tf.pyFunc((a: number, b: number) => Math.hypot(a, b), [3, 4], tf.float32)   // 5
 *
 * It gives a value, or a list of as many as `Tout` has: numbers and nested arrays take the dtype of `Tout`, typed
 * arrays and `NDArray`s must have it. An array that is one value is an `NDArray`, since a list is several values:
 * `[new tf.NDArray(…)]`, or `[[1, 2, 3]]`. A promise of these is for `runAsync`.
 *
 * @param func      what is called
 * @param inp       tensors, a list
 * @param Tout      the dtype of the result, or a list of the dtypes of all results
 * @param stateful  false for a function whose result depends on its inputs alone; true where not given
 * @returns  a tensor, or a list of them; nothing is known of their shapes: `tensor.setShape` says what you know
 * @throws ValueError            for what is no function
 * @throws TypeError             for inputs that are no list
 * @throws InvalidArgumentError  when run, where the function gives other values than `Tout` says
 */
export const pyFunc = boundOverloads('py_func', 4, ((
  func: HostFunction,
  inp: readonly TensorLike[],
  Tout: unknown,
  stateful?: boolean | null | PyFuncOptions,
  options: PyFuncOptions = {},
) => {
  const { stateful: given = true, name } =
    typeof stateful === 'object' && stateful !== null
      ? { ...options, ...stateful }
      : { ...options, stateful: stateful ?? options.stateful };
  return made(func, inp, Tout, given ?? true, name);
}) as PyFuncCall);
type NumpyCall = {
  (func: HostFunction, inp: readonly TensorLike[], Tout: readonly DTypeLike[], options?: NameOption): Tensor[];
  (func: HostFunction, inp: readonly TensorLike[], Tout: DTypeLike, options?: NameOption): Tensor;
};
/**
 * The same as `pyFunc`, by TensorFlow 2's name.
 *
 *     tf.numpyFunction((a: number) => a + 1, [3], tf.float32)   // 4
 *
 * @param func  what is called with values, and gives values
 * @param inp   tensors, a list
 * @param Tout  the dtype of the result, or a list of the dtypes of all results
 * @returns  a tensor, or a list of them, of unknown shapes
 * @throws ValueError            for what is no function
 * @throws TypeError             for inputs that are no list
 * @throws InvalidArgumentError  when run, where the function gives other values than `Tout` says
 */
export const numpyFunction = boundOverloads('numpy_function', 3, ((
  func: HostFunction,
  inp: readonly TensorLike[],
  Tout: unknown,
  { name }: NameOption = {},
) => made(func, inp, Tout, true, name)) as NumpyCall);
