/** What a variable holds, as kernels read and write it; and what is said where it holds nothing. */
import type { DType, Data } from '../../base/dtype';
import { KernelError, type Run, Value, invalid } from '../kernel';
import { type Place, isResource, wrongKind } from '../resources';
import { VARIABLE, type VariableState, bufferOf, variableOf } from '../variable';

export const INITIALIZE = 'run the initializer in this session first: sess.run(tf.globalVariablesInitializer()).';
function uninitialized(state: VariableState, { resources }: Run, isRead: boolean): never {
  if (!state.isHandle)
    throw new KernelError('FailedPrecondition', `Attempting to use uninitialized value ${state.place.name}`);
  const why = resources.missing(state.place, VARIABLE.typeName);
  if (!isRead) throw new KernelError('NotFound', why, INITIALIZE);
  throw notRead(state.place, `Not found: ${why}`);
}
function notRead({ container, name }: Place, why: string): KernelError {
  return new KernelError(
    'FailedPrecondition',
    `Error while reading resource variable ${name} from Container: ${container}. This could mean ` +
      `that the variable was uninitialized. ${why}`,
  );
}
/** The present value, with one reference for the caller. */
export function present(edge: Value, context: Run, isRead = false): Value {
  if (isRead && isResource(edge.payload) && !VARIABLE.is(edge.payload))
    throw notRead(edge.payload.place, `Invalid argument: ${wrongKind(edge, VARIABLE)}`);
  const state = variableOf(edge);
  const value = state.read();
  if (value && value.dtype === edge.dtype) return value;
  value?.release();
  if (value) invalid(wrongDtype('read', edge.dtype, value.dtype));
  return uninitialized(state, context, isRead);
}
/** TensorFlow's sentence for a handle that was made for another dtype than the variable has. */
export function wrongDtype(what: 'read' | 'assign', wanted: DType, found: DType): string {
  return `Trying to ${what} variable with wrong dtype. Expected ${wanted.cName} got ${found.cName}`;
}
/** The same for the time of `body`. */
export function withValue<R>(edge: Value, context: Run, body: (value: Value) => R): R {
  const value = present(edge, context);
  try {
    return body(value);
  } finally {
    value.release();
  }
}

/** Keeps a value as a variable's own: as it is, on host or device; copied where its data belongs to someone else. */
export function own(value: Value): Value {
  return value.shared && value.data ? new Value(value.dtype, value.shape, value.data.slice()) : value.retain();
}
/** A variable's elements, to be written to: in place where nobody else holds them, else in a copy, its new value. */
export function writable(edge: Value): Data {
  const buffer = bufferOf(edge);
  const only = buffer.exclusive();
  // A copy on the device may share the host's memory, so its presence makes a new array too.
  if (only?.data && only.handle === null) return only.data;
  const old = buffer.read();
  try {
    const data = old.read().slice();
    buffer.write(new Value(old.dtype, old.shape, data));
    return data;
  } finally {
    old.release();
  }
}
