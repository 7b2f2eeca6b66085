/** Saying what values are: to people, and where they are wrong by an error. */
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { noOutputs, scalarShape, unchanged } from '../graph/shape-fn';
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
  },
  StringFormat: {
    shape: scalarShape,
  },
} satisfies Rows;

export interface PrintOptions extends NameOption {
  /** Stands before the values. */
  readonly message?: string | null;
  /** Prints only so many times. */
  readonly firstN?: number | null;
  /** How many elements of each tensor. */
  readonly summarize?: number | null;
}
/**
 * `input` as it is; each time it is computed, `data` is printed on stderr: `message[1 2 3][0.5]`.
 *
 *     const loss = tf.Print(loss, [loss, step], 'loss, step: ')
 */
export const Print = boundOptions(
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
