/** Saying what values are: to people, and where they are wrong by an error. */
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { noOutputs, scalarShape, unchanged } from '../graph/shape-fn';
import { boundLike } from './known-calls';
import type { NameOption } from './options';

export const LOGGING = {
  Print: {
    shape: unchanged,
    grad: (op, [dy]) => [dy, ...op.inputs.slice(1).map(() => null)],
  },
  PrintV2: {
    shape: noOutputs,
  },
  Assert: {
    shape: noOutputs,
    isIdle: (c) => c.value(0)?.data[0] === 1,
  },
  StringFormat: {
    shape: scalarShape,
  },
} satisfies Rows;

/** What `Print` takes by name. */
export interface PrintOptions extends NameOption {
  /** Stands before the values. */
  readonly message?: string | null;
  /** Prints only so many times. */
  readonly firstN?: number | null;
  /** How many elements of each tensor. */
  readonly summarize?: number | null;
}
/**
 * `input_` as it is; each time it is computed, `data` is printed on stderr: `message[1 2 3][0.5]`.
 *
 *     const loss = tf.Print(0.25, [0.25], 'loss: ')   // 0.25
 *
 * @param input_     any dtype and shape
 * @param data       tensors to print
 * @param message    stands before the values
 * @param firstN     prints only so many times; always where not given
 * @param summarize  how many elements of each tensor; 3 where not given
 * @returns  input's dtype and shape
 * @throws ValueError  for an empty list of data
 */
export const Print = boundLike(
  'Print',
  3,
  function Print(
    input: TensorLike,
    data: readonly TensorLike[],
    message?: string | null | PrintOptions,
    options: PrintOptions = {},
  ): Tensor {
    const args =
      typeof message === 'object' && message !== null
        ? { ...options, ...message }
        : { ...options, message: message ?? options.message };
    return apply(
      'Print',
      [input, data],
      { message: args.message, first_n: args.firstN, summarize: args.summarize },
      args.name,
    );
  },
);
