/** Errors of files, as kernels' errors. */
import { OpError } from '../../base/errors';
import { KernelError } from '../kernel';

/** Codes of errors. */
const CODES: Readonly<Record<number, KernelError['code']>> = {
  3: 'InvalidArgument',
  5: 'NotFound',
  6: 'AlreadyExists',
  7: 'PermissionDenied',
  8: 'ResourceExhausted',
  9: 'FailedPrecondition',
  11: 'OutOfRange',
  12: 'Unimplemented',
  15: 'DataLoss',
};
/** What to do about an error, by its code. */
type Cures = { readonly [C in KernelError['code']]?: string };
const NONE: Cures = {};
/**
 * What kernels do with files: an error of a file is the kernel's, to which the node and the user's line are added.
 *
 * @param cures  what to do about it, by the code of the error
 */
export function onFiles<T>(body: () => T, cures: Cures = NONE): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof OpError) || error.op) throw error;
    const code = CODES[error.errorCode] ?? 'Unknown';
    throw new KernelError(code, error.message, cures[code] ?? null);
  }
}
