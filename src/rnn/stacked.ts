/** Nets in both directions, one above the other. After TensorFlow 1.15's contrib.rnn. */
import { isList } from '../base/border';
import type { DTypeLike } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { tensorLeaves } from '../flow/leaves';
import { concat } from '../ops/concat';
import { knowingAll } from '../ops/known-calls';
import { variableScope } from '../variables/scope';
import { type BidirectionalRnnOptions, bidirectionalOf } from './bidirectional';
import type { CellLike } from './state';
import type { ScopeLike } from './steps';

/** What `stackBidirectionalDynamicRnn` takes by name. */
export interface StackBidirectionalOptions extends Omit<BidirectionalRnnOptions, 'initialStateFw' | 'initialStateBw'> {
  /** The states of the forward nets before their first step, a list. */
  readonly initialStatesFw?: readonly unknown[] | null;
  /** The states of the backward nets before their first step, a list. */
  readonly initialStatesBw?: readonly unknown[] | null;
}
type StackCall = <F, B>(
  cellsFw: readonly CellLike<F>[],
  cellsBw: readonly CellLike<B>[],
  inputs: TensorLike,
  options: StackBidirectionalOptions,
) => [outputs: Tensor, statesFw: F[], statesBw: B[]];
type Cells = readonly CellLike<unknown, unknown, unknown>[];
/**
 * Nets in both directions, one above the other: each takes the outputs of both directions below, side by side.
 *
 *     const cells = () => [new tf.nn.rnnCell.GRUCell(4), new tf.nn.rnnCell.GRUCell(3)];
 *     const [outputs] = tf.contrib.rnn.stackBidirectionalDynamicRnn(cells(), cells(), tf.ones([2, 5, 3]), {
 *       dtype: tf.float32,
 *     });
 *     outputs.shape   // (2, 5, 6)
 *
 * @param cellsFw             the cells of the forward nets, the lowest first
 * @param cellsBw             as many for the backward nets
 * @param inputs              [batch, time, size]
 * @param initialStatesFw     the states of the forward nets before their first step, a list
 * @param initialStatesBw     the states of the backward nets before their first step, a list
 * @param dtype               of states and outputs; it must be given where there are no initial states
 * @param sequenceLength      how many steps each row has, [batch]
 * @param parallelIterations  how many steps may run at once; 32 where not given
 * @param timeMajor           whether inputs and outputs are [time, batch, size]
 * @param scope               a variable scope, or its name; `stack_bidirectional_rnn` where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @returns  the outputs of the topmost nets side by side, and lists of the last states
 * @throws ValueError  for lists of several lengths, or none
 */
export const stackBidirectionalDynamicRnn = knowingAll<StackCall>()(
  'contrib.rnn.stack_bidirectional_dynamic_rnn',
  (
    cellsFw: Cells,
    cellsBw: Cells,
    inputs: TensorLike,
    startsFw?: readonly unknown[],
    startsBw?: readonly unknown[],
    dtype?: DTypeLike,
    lengths?: TensorLike,
    parallelIterations?: number,
    timeMajor?: boolean,
    scope?: ScopeLike,
    swapMemory?: boolean,
  ): unknown => {
    for (const [cells, name] of [
      [cellsFw, 'fw'],
      [cellsBw, 'bw'],
    ] as const) {
      if (!isList(cells)) throw new ValueError(`cells_${name} must be a list of RNNCells (one per layer).`);
      if (!cells.length) throw new ValueError(`Must specify at least one ${name} cell for BidirectionalRNN.`);
    }
    if (cellsFw.length !== cellsBw.length) throw new ValueError('Forward and Backward cells must have the same depth.');
    for (const [starts, name] of [
      [startsFw, 'fw'],
      [startsBw, 'bw'],
    ] as const)
      if (starts && starts.length !== cellsFw.length)
        throw new ValueError(`initial_states_${name} must be a list of state tensors (one per layer).`);
    const more = [dtype, parallelIterations, swapMemory, timeMajor] as const;
    let x: unknown = inputs;
    const states = variableScope(scope || 'stack_bidirectional_rnn', () =>
      cellsFw.map((fw, i) =>
        variableScope(`cell_${i}`, () => {
          const starts = [startsFw?.[i], startsBw?.[i]] as const;
          const [outputs, last] = bidirectionalOf(fw, cellsBw[i], x, lengths, ...starts, ...more);
          x = concat(tensorLeaves(outputs), 2);
          return last;
        }),
      ),
    );
    return [x, states.map(([fw]) => fw), states.map(([, bw]) => bw)];
  },
);
