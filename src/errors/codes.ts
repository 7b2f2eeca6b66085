/** TensorFlow's status codes, and the class of errors that each has. */
import * as errors from '../base/errors';
import { bound } from '../calls/bind';

/**
 * Code 0: nothing failed.
 *
 *     tf.errors.OK   // 0
 */
export const OK = 0;
/**
 * The code of `CancelledError`.
 *
 *     tf.errors.CANCELLED   // 1
 */
export const CANCELLED = 1;
/**
 * The code of `UnknownError`.
 *
 *     tf.errors.UNKNOWN   // 2
 */
export const UNKNOWN = 2;
/**
 * The code of `InvalidArgumentError`.
 *
 *     tf.errors.INVALID_ARGUMENT   // 3
 */
export const INVALID_ARGUMENT = 3;
/**
 * The code of `DeadlineExceededError`.
 *
 *     tf.errors.DEADLINE_EXCEEDED   // 4
 */
export const DEADLINE_EXCEEDED = 4;
/**
 * The code of `NotFoundError`.
 *
 *     tf.errors.NOT_FOUND   // 5
 */
export const NOT_FOUND = 5;
/**
 * The code of `AlreadyExistsError`.
 *
 *     tf.errors.ALREADY_EXISTS   // 6
 */
export const ALREADY_EXISTS = 6;
/**
 * The code of `PermissionDeniedError`.
 *
 *     tf.errors.PERMISSION_DENIED   // 7
 */
export const PERMISSION_DENIED = 7;
/**
 * The code of `ResourceExhaustedError`.
 *
 *     tf.errors.RESOURCE_EXHAUSTED   // 8
 */
export const RESOURCE_EXHAUSTED = 8;
/**
 * The code of `FailedPreconditionError`.
 *
 *     tf.errors.FAILED_PRECONDITION   // 9
 */
export const FAILED_PRECONDITION = 9;
/**
 * The code of `AbortedError`.
 *
 *     tf.errors.ABORTED   // 10
 */
export const ABORTED = 10;
/**
 * The code of `OutOfRangeError`.
 *
 *     tf.errors.OUT_OF_RANGE   // 11
 */
export const OUT_OF_RANGE = 11;
/**
 * The code of `UnimplementedError`.
 *
 *     tf.errors.UNIMPLEMENTED   // 12
 */
export const UNIMPLEMENTED = 12;
/**
 * The code of `InternalError`.
 *
 *     tf.errors.INTERNAL   // 13
 */
export const INTERNAL = 13;
/**
 * The code of `UnavailableError`.
 *
 *     tf.errors.UNAVAILABLE   // 14
 */
export const UNAVAILABLE = 14;
/**
 * The code of `DataLossError`.
 *
 *     tf.errors.DATA_LOSS   // 15
 */
export const DATA_LOSS = 15;
/**
 * The code of `UnauthenticatedError`.
 *
 *     tf.errors.UNAUTHENTICATED   // 16
 */
export const UNAUTHENTICATED = 16;

/** A class of errors that runs raise. */
export type ErrorClass = new (op: errors.ErrorOp | null, message: string) => errors.OpError;
const CLASSES: readonly ErrorClass[] = [
  errors.CancelledError,
  errors.UnknownError,
  errors.InvalidArgumentError,
  errors.DeadlineExceededError,
  errors.NotFoundError,
  errors.AlreadyExistsError,
  errors.PermissionDeniedError,
  errors.ResourceExhaustedError,
  errors.FailedPreconditionError,
  errors.AbortedError,
  errors.OutOfRangeError,
  errors.UnimplementedError,
  errors.InternalError,
  errors.UnavailableError,
  errors.DataLossError,
  errors.UnauthenticatedError,
];
/** The class of the errors that have a code, for what reads codes off the wire too. */
export const errorClass = (code: number): ErrorClass | undefined => CLASSES[code - 1];
/**
 * The class of the errors that have a code.
 *
 *     tf.errors.exceptionTypeFromErrorCode(tf.errors.NOT_FOUND) === tf.errors.NotFoundError   // true
 *
 * @param errorCode  from 1 to 16
 * @returns  a class of `tf.errors`
 * @throws KeyError  for another number
 */
export const exceptionTypeFromErrorCode = bound(
  'errors.exception_type_from_error_code',
  (errorCode: number): ErrorClass => {
    const found = errorClass(errorCode);
    if (!found) throw new errors.KeyError(String(errorCode));
    return found;
  },
);
/**
 * The code of a class of errors.
 *
 *     tf.errors.errorCodeFromExceptionType(tf.errors.NotFoundError)   // 5
 *
 * @param cls  a class of `tf.errors` that runs raise
 * @returns  its code; an `UnknownError` for a class that has none, as TensorFlow does
 */
export const errorCodeFromExceptionType = bound(
  'errors.error_code_from_exception_type',
  (cls: ErrorClass): number | errors.OpError => {
    const code = CLASSES.indexOf(cls) + 1;
    return code || new errors.UnknownError(null, 'Unknown class exception');
  },
);
