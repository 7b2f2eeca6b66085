/** Calls functions of the program with values, and takes what they give. */
import { isList } from '../../base/border';
import type { DType } from '../../base/dtype';
import { NDArray, elementsOf, madeArray } from '../../base/ndarray';
import { dtypeOfArray, toNDArray } from '../../base/to-ndarray';
import { hostFunction } from '../../graph/host-functions';
import { KernelError, type KernelNode, type StatefulKernel, type StatefulTable, Value, attr, invalid } from '../kernel';
import { waiting } from './waiting';

/** What a function is given: a copy, which it may keep and change. */
function given(value: Value): unknown {
  const array = madeArray(value.dtype, value.shape, value.read().slice());
  return value.shape.length ? array : array.item();
}
/** The dtype that a value has itself: numbers and nested arrays of them have none. */
function ownType(value: unknown): DType | null {
  return value instanceof NDArray ? value.dtype : dtypeOfArray(value);
}
function taken(result: unknown, node: KernelNode): Value[] {
  const types = attr(node, 'Tout', 'list(type)');
  const token = attr(node, 'token', 'string');
  const values = isList(result) ? result : result === undefined || result === null ? [] : [result];
  if (values.length !== types.length)
    invalid(
      `${token} returns ${values.length} values, but expects to see ${types.length} values.`,
      isList(result) ? 'a list is several values: give an array as [[1, 2, 3]] or as a tf.NDArray.' : null,
    );
  return values.map((value, i) => {
    const own = ownType(value);
    if (own && own !== types[i])
      invalid(`${i}-th value returned by ${token} is ${own.cName}, but expects ${types[i].cName}`);
    try {
      const array = toNDArray(value, types[i]);
      const data = elementsOf(array);
      return new Value(types[i], [...array.shape], value instanceof NDArray || own ? data.slice() : data);
    } catch (error) {
      return invalid(`Unsupported object type ${typeof value}: ${said(error)}`);
    }
  });
}
const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
/** The code of TensorFlow's error for what a function throws. */
function codeOf(error: unknown): 'InvalidArgument' | 'OutOfRange' | 'Unimplemented' | 'Unknown' {
  const name = error instanceof Error ? error.name : '';
  if (name === 'TypeError' || name === 'ValueError') return 'InvalidArgument';
  if (name === 'StopIteration') return 'OutOfRange';
  return name === 'NotImplementedError' ? 'Unimplemented' : 'Unknown';
}
function failed(error: unknown): never {
  const name = error instanceof Error ? error.name : typeof error;
  const made = new KernelError(codeOf(error), `${name}: ${said(error)}`);
  made.cause = error;
  throw made;
}
const call: StatefulKernel = (inputs, node) => {
  const token = attr(node, 'token', 'string');
  const body = hostFunction(token);
  if (!body)
    invalid(
      `ValueError: callback ${token} is not found`,
      "a function is its program's own, and comes with no graph that a server gets or a file has: call tf.pyFunc in " +
        'the program that runs it, or run the function in the client and feed what it gives.',
    );
  let result: unknown;
  try {
    result = body(inputs.map(given));
  } catch (error) {
    failed(error);
  }
  if (!(result instanceof Promise)) return taken(result, node);
  return result.then((value) => taken(value, node), failed);
};

export const HOST_FUNCTION_KERNELS: StatefulTable = {
  PyFunc: waiting(call),
  PyFuncStateless: waiting(call),
};
