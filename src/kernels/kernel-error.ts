/** Errors of kernels: TensorFlow's code and sentence; the node and its line are added where they are caught. */

/** TensorFlow's sentence for an update of a resource variable without a value. */
export const NO_VARIABLE = 'Invalid variable reference.';
/** What a kernel throws when its inputs do not fit; the node and its line are added where it is caught. */
export class KernelError extends Error {
  constructor(
    readonly code:
      | 'InvalidArgument'
      | 'FailedPrecondition'
      | 'OutOfRange'
      | 'NotFound'
      | 'AlreadyExists'
      | 'Unimplemented'
      | 'Internal'
      | 'Aborted'
      | 'Cancelled'
      | 'ResourceExhausted'
      | 'PermissionDenied'
      | 'DataLoss'
      | 'Unknown',
    message: string,
    readonly cure: string | null = null,
  ) {
    super(message);
  }
}
export function invalid(message: string, cure: string | null = null): never {
  throw new KernelError('InvalidArgument', message, cure);
}
/** A type of elements that an op does not take here. */
export function noHostKernel(type: string, dtype: { readonly name: string }): KernelError {
  return new KernelError('Unimplemented', noKernel(type, 'the host', [dtype]));
}
/** @param where  what has no kernel for inputs of these dtypes */
export function noKernel(type: string, where: string, inputs: readonly { readonly name: string }[]): string {
  return `No kernel for op type '${type}' on ${where} with inputs (${inputs.map(({ name }) => name).join(', ')})`;
}
/** What a kernel gives and what its node says are of two dtypes. */
export function wrongOutput(
  { name }: { readonly name: string },
  index: number,
  found: { readonly cName: string },
  wanted: { readonly cName: string },
  cure: string | null = null,
): KernelError {
  const types = `of type ${found.cName} does not match declared output type ${wanted.cName}`;
  return new KernelError('Internal', `Output ${index} ${types} for node {{node ${name}}}`, cure);
}
