/** What a variable holds, as kernels read and write it; and what is said where it holds nothing. */
import type { Data } from '../../base/dtype';
import { KernelError, type Run, Value } from '../kernel';
import { VARIABLE, type VariableState, bufferOf, variableOf } from '../variable';

/** TensorFlow's sentence for a handle whose variable has no value; it depends on whether any variable has one. */
export function missing({ name }: VariableState, { resources }: Run): string {
  const any = [...resources.all()].some((r) => VARIABLE.is(r) && r.initialized);
  return any
    ? `Resource localhost/${name}/N10tensorflow3VarE does not exist.`
    : `Container localhost does not exist. (Could not find resource: localhost/${name})`;
}
function uninitialized(state: VariableState, context: Run, isRead: boolean): never {
  if (!state.isHandle)
    throw new KernelError('FailedPrecondition', `Attempting to use uninitialized value ${state.name}`);
  if (!isRead)
    throw new KernelError(
      'NotFound',
      missing(state, context),
      'run the initializer in this session first: sess.run(tf.globalVariablesInitializer()).',
    );
  throw new KernelError(
    'FailedPrecondition',
    `Error while reading resource variable ${state.name} from Container: localhost. This could mean ` +
      `that the variable was uninitialized. Not found: ${missing(state, context)}`,
  );
}
/** The present value, with one reference for the caller. */
export function present(edge: Value, context: Run, isRead = false): Value {
  const state = variableOf(edge);
  return state.read() ?? uninitialized(state, context, isRead);
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
