/** Whole nets that are called as one cell, over all steps at once. After TensorFlow 1.15's contrib.rnn. */
import type { ByName } from '../../base/by-name';
import type { DTypeLike } from '../../base/dtype';
import { isList } from '../../base/border';
import { type Args, constructorOf, refused, signature } from '../../calls/bind';
import type { TensorLike } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { toTensor } from '../../graph/constant';
import { stack, unstack } from '../../ops/stack';
import { reverse, reverseSequence } from '../../ops/transpose';
import { dynamicRnnOf } from '../../rnn/dynamic';
import { type CellLike, assertCell } from '../../rnn/state';
import { staticRnnOf } from '../../rnn/static';
import type { ScopeLike } from '../../rnn/steps';

/** All steps, [time, batch, size], or a list of them. */
export type Sequence = Tensor | readonly Tensor[];
/** What such a net takes after its inputs, by name. */
export interface FusedOptions<S = unknown> extends ByName {
  /** The state before the first step; zeros where not given. */
  readonly initialState?: S | null;
  /** The dtype of state and outputs; it must be given where there is no initial state. */
  readonly dtype?: DTypeLike | null;
  /** How many steps each row has, [batch]; all of them where not given. */
  readonly sequenceLength?: TensorLike | null;
  /** A variable scope, or its name. */
  readonly scope?: ScopeLike | null;
}
/** The outputs of all steps, in the form of the inputs, and the last state. */
export type Fused<S, X = Sequence> = readonly [outputs: X, state: S];
/** The same arguments, one after the other. */
export type FusedTaken<S> = [
  inputs: Sequence,
  initialState?: S,
  dtype?: DTypeLike,
  sequenceLength?: TensorLike,
  scope?: ScopeLike,
];
export const FUSED_CALL = signature<FusedTaken<unknown>>('contrib.rnn.FusedRNNCell.apply');

/**
 * What nets are derived from that take all steps at once: `apply` gives the outputs of all of them, and the last state.
 *
 *     const cell = new tf.contrib.rnn.FusedRNNCellAdaptor(new tf.nn.rnnCell.GRUCell(2));
 *     cell instanceof tf.contrib.rnn.FusedRNNCell   // true
 */
export abstract class FusedRNNCell<S = unknown> {
  /** The same, with what comes after the inputs by name. */
  apply<X extends Sequence>(inputs: X, named?: FusedOptions<S>): Fused<S, X>;
  /** The same, all by name. */
  apply<X extends Sequence>(named: FusedOptions<S> & { readonly inputs: X }): Fused<S, X>;
  /**
   * The net over all steps. Python calls it: `cell(inputs, initial_state, dtype, sequence_length, scope)`.
   *
   * @param inputs          [time, batch, size], or a list of [batch, size]
   * @param initialState    the state before the first step; zeros where not given
   * @param dtype           of state and outputs; it must be given where there is no initial state
   * @param sequenceLength  how many steps each row has, [batch]
   * @param scope           a variable scope, or its name
   * @returns  outputs in the form of the inputs, and the last state
   */
  apply<X extends Sequence>(
    inputs: X,
    initialState?: S | null,
    dtype?: DTypeLike | null,
    sequenceLength?: TensorLike | null,
    scope?: ScopeLike | null,
  ): Fused<S, X>;
  apply(...given: readonly unknown[]): Fused<S> {
    const taken = FUSED_CALL.take<FusedTaken<S>>(given);
    try {
      return this.over(...taken);
    } catch (error) {
      throw refused(FUSED_CALL, given, error);
    }
  }
  /** The nodes of the net. */
  protected abstract over(...taken: FusedTaken<S>): Fused<S>;
}

type AdaptorTaken<S> = [cell: CellLike<S>, useDynamicRnn?: boolean];
const ADAPTOR = constructorOf<AdaptorTaken<never>>('contrib.rnn.FusedRNNCellAdaptor');
/**
 * A cell as a net over all steps.
 *
 *     const net = new tf.contrib.rnn.FusedRNNCellAdaptor(new tf.nn.rnnCell.GRUCell(2), true);
 *     net.apply(tf.ones([5, 1, 3]), { dtype: tf.float32 })[0].shape   // (5, 1, 2)
 */
export class FusedRNNCellAdaptor<S> extends FusedRNNCell<S> {
  private readonly cell: CellLike<S>;
  private readonly isDynamic: boolean;
  /**
   * Makes the net.
   *
   * @param cell           what is one step
   * @param useDynamicRnn  whether the steps go round in a loop, instead of being nodes of their own
   * @throws TypeError  for what is no cell
   */
  constructor(cell: CellLike<S>, useDynamicRnn?: boolean | { readonly useDynamicRnn?: boolean | null } | null);
  constructor(...given: Args<'contrib.rnn.FusedRNNCellAdaptor', AdaptorTaken<S>>);
  constructor(...given: readonly unknown[]) {
    super();
    const [cell, isDynamic = false] = ADAPTOR.take<AdaptorTaken<S>>(given);
    assertCell('cell', cell);
    this.cell = cell;
    this.isDynamic = isDynamic;
  }
  protected override over(...[inputs, start, dtype, lengths, scope]: FusedTaken<S>): Fused<S> {
    const asList = isList(inputs);
    const { cell } = this;
    if (this.isDynamic) {
      const x = asList ? stack(inputs) : inputs;
      const [outputs, state] = dynamicRnnOf(cell, x, lengths, start, dtype, undefined, false, true, scope);
      return [asList ? unstack(toTensor(outputs)) : toTensor(outputs), this.stateOf(state)];
    }
    const steps = asList ? inputs : unstack(inputs);
    const [outputs, state] = staticRnnOf(cell, steps, start, dtype, lengths, scope);
    const made = outputs.map((each) => toTensor(each));
    return [asList ? made : stack(made), this.stateOf(state)];
  }
  /** The state of the cell. */
  private stateOf(made: unknown): S {
    return made as S;
  }
}

type ReversedTaken<S> = [cell: FusedLike<S>];
const REVERSED = constructorOf<ReversedTaken<never>>('contrib.rnn.TimeReversedFusedRNN');
/** A net over all steps, whatever class it is of. */
export interface FusedLike<S> {
  /** The net over all steps. */
  apply(inputs: Sequence, named?: FusedOptions<S>): Fused<S>;
}
/**
 * A net that goes from the last step to the first.
 *
 *     const back = new tf.contrib.rnn.TimeReversedFusedRNN(new tf.contrib.rnn.LSTMBlockFusedCell(2));
 *     back.apply(tf.ones([5, 1, 3]), { dtype: tf.float32 })[0].shape   // (5, 1, 2)
 */
export class TimeReversedFusedRNN<S> extends FusedRNNCell<S> {
  private readonly cell: FusedLike<S>;
  /**
   * Makes the net.
   *
   * @param cell  the net that takes the steps in the other order
   */
  constructor(cell: FusedLike<S>);
  constructor(...given: Args<'contrib.rnn.TimeReversedFusedRNN', ReversedTaken<S>>);
  constructor(...given: readonly unknown[]) {
    super();
    [this.cell] = REVERSED.take<ReversedTaken<S>>(given);
  }
  protected override over(...[inputs, initialState, dtype, sequenceLength, scope]: FusedTaken<S>): Fused<S> {
    const named = { initialState, dtype, sequenceLength, scope };
    const [outputs, state] = this.cell.apply(reversed(inputs, sequenceLength), named);
    return [reversed(outputs, sequenceLength), state];
  }
}
/** Steps from the last to the first, each row up to its own length. */
function reversed(x: Sequence, lengths: TensorLike | undefined): Sequence {
  if (isList(x)) return [...x].reverse();
  return lengths === undefined ? reverse(x, [0]) : reverseSequence(x, lengths, 0, 1);
}
