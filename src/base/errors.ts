/**
 * Error classes: TensorFlow's own (`tf.errors.*`, one per status code) and the Python built-ins its
 * messages are raised as. The first line of every message is TensorFlow's; what follows is ours.
 */
import { startAtScript } from './stack';

/** What an error needs to know of the operation that failed. */
export interface ErrorOp {
  readonly name: string;
  readonly type: string;
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
    super(message);
    startAtScript(this);
  }
}
/** A wrong value, as Python's `ValueError`. */
export class ValueError extends ScriptError {
  static {
    nameAs(this, 'ValueError');
  }
}
/** A wrong type, as Python's `TypeError`. */
export class TypeError_ extends TypeError {
  static {
    nameAs(this, 'TypeError');
  }
  constructor(message?: string) {
    super(message);
    startAtScript(this);
  }
}
/** Something that cannot be done now, as Python's `RuntimeError`. */
export class RuntimeError extends ScriptError {
  static {
    nameAs(this, 'RuntimeError');
  }
}
/** Something that is not registered, as Python's `LookupError`. */
export class LookupError extends ScriptError {
  static {
    nameAs(this, 'LookupError');
  }
}
/** A name that is not there, as Python's `KeyError`. */
export class KeyError extends ScriptError {
  static {
    nameAs(this, 'KeyError');
  }
}
/** A place that is not in an array, as Python's `IndexError`. */
export class IndexError extends ScriptError {
  static {
    nameAs(this, 'IndexError');
  }
}
/** A name that a module or an object does not have, as Python's `AttributeError`. */
export class AttributeError extends ScriptError {
  static {
    nameAs(this, 'AttributeError');
  }
}
/** A broken rule of use, as Python's `AssertionError`. */
export class AssertionError extends ScriptError {
  static {
    nameAs(this, 'AssertionError');
  }
}
/** A graph tensor used where only a JavaScript value can stand. A `TypeError`. */
export class OperatorNotAllowedInGraphError extends TypeError_ {
  static {
    nameAs(this, 'OperatorNotAllowedInGraphError');
  }
}

/** An error that a running graph raises: carries the operation, its NodeDef and TensorFlow's code. */
export class OpError extends ScriptError {
  static {
    nameAs(this, 'OpError');
  }
  readonly #op: ErrorOp | null;
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

function status(name: string, code: number) {
  return class extends OpError {
    static {
      nameAs(this, name);
    }
    override get errorCode(): number {
      return code;
    }
  };
}

export class CancelledError extends status('CancelledError', 1) {}
export class UnknownError extends status('UnknownError', 2) {}
export class InvalidArgumentError extends status('InvalidArgumentError', 3) {}
export class DeadlineExceededError extends status('DeadlineExceededError', 4) {}
export class NotFoundError extends status('NotFoundError', 5) {}
export class AlreadyExistsError extends status('AlreadyExistsError', 6) {}
export class PermissionDeniedError extends status('PermissionDeniedError', 7) {}
export class ResourceExhaustedError extends status('ResourceExhaustedError', 8) {}
export class FailedPreconditionError extends status('FailedPreconditionError', 9) {}
export class AbortedError extends status('AbortedError', 10) {}
export class OutOfRangeError extends status('OutOfRangeError', 11) {}
export class UnimplementedError extends status('UnimplementedError', 12) {}
export class InternalError extends status('InternalError', 13) {}
export class UnavailableError extends status('UnavailableError', 14) {}
export class DataLossError extends status('DataLossError', 15) {}
export class UnauthenticatedError extends status('UnauthenticatedError', 16) {}
