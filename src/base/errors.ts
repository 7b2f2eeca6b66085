/**
 * Error classes: TensorFlow's own (`tf.errors.*`, one per status code) and the Python built-ins its
 * messages are raised as. The first line of every message is TensorFlow's; what follows is ours.
 *
 * @module
 */
import { textOf } from './preview';
import { startAtScript } from './stack';

/** What an error needs to know of the operation that failed. */
export interface ErrorOp {
  /** Its name in the graph. */
  readonly name: string;
  /** Its op type. */
  readonly type: string;
  /** The node as a plain object. */
  readonly nodeDef: unknown;
}

/** Python's name for a class, on the prototype: an uncaught error prints its message and stack, and nothing else. */
function nameAs(type: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(type, 'name', { value: name });
  Object.defineProperty(type.prototype, 'name', { value: name, writable: true, configurable: true });
}

/** An error whose stack begins at the line of the script. */
class ScriptError extends Error {
  constructor(message?: string) {
    super(message === undefined ? message : textOf(message));
    startAtScript(this);
  }
}
/**
 * A wrong value, as Python's `ValueError`.
 *
 *     tf.constant([[1, 2], [3]])   // throws ValueError
 */
export class ValueError extends ScriptError {
  static {
    nameAs(this, 'ValueError');
  }
}
/**
 * A wrong type, as Python's `TypeError`: a `TypeError` of JavaScript as well.
 *
 *     tf.add(tf.constant(1), tf.constant(1, tf.int32))   // throws TypeError
 */
export class TypeError_ extends TypeError {
  static {
    nameAs(this, 'TypeError');
  }
  constructor(message?: string) {
    super(message === undefined ? message : textOf(message));
    startAtScript(this);
  }
}
/**
 * Something that cannot be done now, as Python's `RuntimeError`.
 *
 *     sess.close();
 *     sess.run(tf.constant(1))   // throws RuntimeError
 */
export class RuntimeError extends ScriptError {
  static {
    nameAs(this, 'RuntimeError');
  }
}
/** Something that TensorFlow does not do, as Python's `NotImplementedError`. */
export class NotImplementedError extends RuntimeError {
  static {
    nameAs(this, 'NotImplementedError');
  }
}
/**
 * Something that is not registered, as Python's `LookupError`.
 *
 *     new tf.errors.LookupError('no gradient') instanceof Error   // true
 */
export class LookupError extends ScriptError {
  static {
    nameAs(this, 'LookupError');
  }
}
/**
 * A name that is not there, as Python's `KeyError`.
 *
 *     tf.getDefaultGraph().getTensorByName('x:0')   // throws KeyError
 */
export class KeyError extends ScriptError {
  static {
    nameAs(this, 'KeyError');
  }
}
/**
 * A place that is not in an array, as Python's `IndexError`.
 *
 *     sess.run(tf.constant([1, 2])).at(5)   // throws IndexError
 */
export class IndexError extends ScriptError {
  static {
    nameAs(this, 'IndexError');
  }
}
/**
 * A name that a module or an object does not have, as Python's `AttributeError`.
 *
 *     tf.reduce_mean([1])   // throws AttributeError: tf.reduceMean
 */
export class AttributeError extends ScriptError {
  static {
    nameAs(this, 'AttributeError');
  }
}
/**
 * A broken rule of use, as Python's `AssertionError`.
 *
 *     tf.getDefaultGraph().asDefault(() => tf.resetDefaultGraph())   // throws AssertionError
 */
export class AssertionError extends ScriptError {
  static {
    nameAs(this, 'AssertionError');
  }
}
/**
 * The end of a row of values or steps, as Python's `StopIteration`: what a monitored session ends on without an error.
 *
 *     new tf.errors.StopIteration('no more lines') instanceof Error   // true
 */
export class StopIteration extends ScriptError {
  static {
    nameAs(this, 'StopIteration');
  }
}
/**
 * A graph tensor used where only a JavaScript value can stand. A `TypeError`.
 *
 *     tf.constant(1) < tf.constant(2)   // throws OperatorNotAllowedInGraphError
 */
export class OperatorNotAllowedInGraphError extends TypeError_ {
  static {
    nameAs(this, 'OperatorNotAllowedInGraphError');
  }
}

/**
 * An error that a running graph raises: carries the operation, its NodeDef and TensorFlow's code.
 *
 *     try {
 *       sess.run(tf.checkNumerics([NaN], 'x', { name: 'check' }));
 *     } catch (error) {
 *       error.op.name   // 'check'
 *     }
 */
export class OpError extends ScriptError {
  static {
    nameAs(this, 'OpError');
  }
  readonly #op: ErrorOp | null;
  /**
   * An error about an operation.
   *
   * @param op       the operation that failed, or null
   * @param message  what is wrong
   */
  constructor(op: ErrorOp | null, message: string) {
    super(message);
    this.#op = op;
  }
  /** The operation that failed, or null where none did. */
  get op(): ErrorOp | null {
    return this.#op;
  }
  /** The failed operation as a plain NodeDef, or null. */
  get nodeDef(): unknown {
    return this.#op ? this.#op.nodeDef : null;
  }
  /** TensorFlow's numeric status code (`tensorflow/core/protobuf/error_codes.proto`). */
  get errorCode(): number {
    return 2;
  }
}

function status(name: string, code: number): typeof OpError {
  return class extends OpError {
    static {
      nameAs(this, name);
    }
    override get errorCode(): number {
      return code;
    }
  };
}

/**
 * A run was cancelled, as by closing its session. Code 1.
 *
 *     new tf.errors.CancelledError(null, 'what failed').errorCode   // 1
 */
export class CancelledError extends status('CancelledError', 1) {}
/**
 * Something failed that says no more. Code 2.
 *
 *     new tf.errors.UnknownError(null, 'what failed').errorCode   // 2
 */
export class UnknownError extends status('UnknownError', 2) {}
/**
 * A value or a shape that an operation cannot take; most errors of a run are this. Code 3.
 *
 *     sess.run(tf.placeholder(tf.float32, []))   // throws InvalidArgumentError: You must feed a value
 */
export class InvalidArgumentError extends status('InvalidArgumentError', 3) {}
/**
 * A run took longer than `timeoutInMs`. Code 4.
 *
 *     new tf.errors.DeadlineExceededError(null, 'what failed').errorCode   // 4
 */
export class DeadlineExceededError extends status('DeadlineExceededError', 4) {}
/**
 * Something is not there: a file, a device, a node that is fetched. Code 5.
 *
 *     new tf.errors.NotFoundError(null, 'what failed').errorCode   // 5
 */
export class NotFoundError extends status('NotFoundError', 5) {}
/**
 * Something is there already that should be made. Code 6.
 *
 *     new tf.errors.AlreadyExistsError(null, 'what failed').errorCode   // 6
 */
export class AlreadyExistsError extends status('AlreadyExistsError', 6) {}
/**
 * Something may not be done. Code 7.
 *
 *     new tf.errors.PermissionDeniedError(null, 'what failed').errorCode   // 7
 */
export class PermissionDeniedError extends status('PermissionDeniedError', 7) {}
/**
 * There is no memory for a tensor, or another limit is reached. Code 8.
 *
 *     new tf.errors.ResourceExhaustedError(null, 'what failed').errorCode   // 8
 */
export class ResourceExhaustedError extends status('ResourceExhaustedError', 8) {}
/**
 * Something must be done before: most often a variable that was not initialized. Code 9.
 *
 *     const w = new tf.Variable(1);
 *     const again = new tf.Session();
 *     again.run(w)   // throws FailedPreconditionError: uninitialized
 *     again.close();
 */
export class FailedPreconditionError extends status('FailedPreconditionError', 9) {}
/**
 * A run was given up for another. Code 10.
 *
 *     new tf.errors.AbortedError(null, 'what failed').errorCode   // 10
 */
export class AbortedError extends status('AbortedError', 10) {}
/**
 * There is nothing more: a counter or an input reached its end. Code 11.
 *
 *     new tf.errors.OutOfRangeError(null, 'what failed').errorCode   // 11
 */
export class OutOfRangeError extends status('OutOfRangeError', 11) {}
/**
 * An operation has no kernel for what is asked of it. Code 12.
 *
 *     new tf.errors.UnimplementedError(null, 'what failed').errorCode   // 12
 */
export class UnimplementedError extends status('UnimplementedError', 12) {}
/**
 * A fault of the library itself. Code 13.
 *
 *     new tf.errors.InternalError(null, 'what failed').errorCode   // 13
 */
export class InternalError extends status('InternalError', 13) {}
/**
 * A service cannot be reached. Code 14.
 *
 *     new tf.errors.UnavailableError(null, 'what failed').errorCode   // 14
 */
export class UnavailableError extends status('UnavailableError', 14) {}
/**
 * Data is damaged. Code 15.
 *
 *     new tf.errors.DataLossError(null, 'what failed').errorCode   // 15
 */
export class DataLossError extends status('DataLossError', 15) {}
/**
 * A service wants to know who asks. Code 16.
 *
 *     new tf.errors.UnauthenticatedError(null, 'what failed').errorCode   // 16
 */
export class UnauthenticatedError extends status('UnauthenticatedError', 16) {}
