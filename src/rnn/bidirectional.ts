/** Nets in both directions (Schuster and Paliwal 1997). After TensorFlow 1.15's rnn. */
import type { DTypeLike } from '../base/dtype';
import { TensorShape } from '../base/shape';
import { isList } from '../base/border';
import type { AfterTwo, Names } from '../calls/types';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { mapTensors, tensorLeaves } from '../flow/leaves';
import { type Structure, packAs } from '../flow/structure';
import { concat } from '../ops/concat';
import { knowingAll } from '../ops/known-calls';
import { stack, unstack } from '../ops/stack';
import { reverse, reverseSequence } from '../ops/transpose';
import { variableScope } from '../variables/scope';
import { dynamicRnnOf } from './dynamic';
import { type CellLike, type StepsOf, assertCell } from './state';
import { staticRnnOf, stepsOf } from './static';
import type { ScopeLike } from './steps';

/** What `staticBidirectionalRnn` takes by name. */
export interface StaticBidirectionalRnnOptions<F = unknown, B = unknown> {
  /** The state of the forward net before its first step. */
  readonly initialStateFw?: F | null;
  /** The state of the backward net before its first step. */
  readonly initialStateBw?: B | null;
  /** The dtype of states and outputs; it must be given where there are no initial states. */
  readonly dtype?: DTypeLike | null;
  /** How many steps each row has; all of them where not given. */
  readonly sequenceLength?: TensorLike | null;
  /** A variable scope, or its name; `bidirectional_rnn` where not given. */
  readonly scope?: ScopeLike | null;
}
/** What `bidirectionalDynamicRnn` takes by name. */
export interface BidirectionalRnnOptions<F = unknown, B = unknown> extends StaticBidirectionalRnnOptions<F, B> {
  /** How many steps may run at once; 32 where not given. */
  readonly parallelIterations?: number | null;
  /** Whether what is kept for gradients may leave the device meanwhile. */
  readonly swapMemory?: boolean | null;
  /** Whether inputs and outputs are [time, batch, size] instead of [batch, time, size]. */
  readonly timeMajor?: boolean | null;
}
interface DynamicCall {
  <F, B, P, Q, X>(
    cellFw: CellLike<F, P, X>,
    cellBw: CellLike<B, Q, X>,
    inputs: X | TensorLike,
    options: BidirectionalRnnOptions<NoInfer<F>, NoInfer<B>>,
  ): [outputs: [fw: StepsOf<P>, bw: StepsOf<Q>], states: [fw: F, bw: B]];
  <F, B, P, Q, X>(
    cellFw: CellLike<F, P, X>,
    cellBw: CellLike<B, Q, X>,
    ...more: AfterTwo<Names<'nn.bidirectional_dynamic_rnn'>, Parameters<typeof bidirectionalOf>>
  ): [outputs: [fw: StepsOf<P>, bw: StepsOf<Q>], states: [fw: F, bw: B]];
}
type Cell = CellLike<unknown, unknown, unknown>;
/**
 * Two recurrent nets over the same sequences, one from the first step on, one from the last.
 *
 *     const [fw, bw] = [new tf.nn.rnnCell.GRUCell(4), new tf.nn.rnnCell.GRUCell(4)];
 *     const [outputs] = tf.nn.bidirectionalDynamicRnn(fw, bw, tf.ones([2, 5, 3]), { dtype: tf.float32 });
 *     tf.concat(outputs, 2).shape   // (2, 5, 8)
 *
 * @param cellFw              the cell of the forward net
 * @param cellBw              the cell of the backward net
 * @param inputs              [batch, time, size], or lists and objects of such tensors
 * @param sequenceLength      how many steps each row has, [batch]
 * @param initialStateFw      the state of the forward net before its first step
 * @param initialStateBw      the state of the backward net before its first step
 * @param dtype               of states and outputs; it must be given where there are no initial states
 * @param parallelIterations  how many steps may run at once; 32 where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @param timeMajor           whether inputs and outputs are [time, batch, size]
 * @param scope               a variable scope, or its name; `bidirectional_rnn` where not given
 * @returns  the outputs of both nets, in the order of the inputs, and their last states
 * @throws TypeError   for what is no cell
 * @throws ValueError  without a dtype or initial states
 */
export const bidirectionalDynamicRnn = knowingAll<DynamicCall>()(
  'nn.bidirectional_dynamic_rnn',
  (...given: Parameters<typeof bidirectionalOf>): unknown => bidirectionalOf(...given),
);
/** The same, for what builds nodes. */
export function bidirectionalOf(
  cellFw: Cell,
  cellBw: Cell,
  inputs: unknown,
  lengths?: TensorLike,
  startFw?: unknown,
  startBw?: unknown,
  dtype?: DTypeLike,
  parallelIterations?: number,
  swapMemory?: boolean,
  timeMajor?: boolean,
  scope?: ScopeLike,
): [outputs: [unknown, unknown], states: [unknown, unknown]] {
  assertCell('cell_fw', cellFw);
  assertCell('cell_bw', cellBw);
  const axis = timeMajor ? 0 : 1;
  const turned = (x: Tensor): Tensor =>
    lengths === undefined ? reverse(x, [axis]) : reverseSequence(x, lengths, axis, 1 - axis);
  const more = [parallelIterations, swapMemory, timeMajor] as const;
  const [[outputFw, stateFw], [tmp, stateBw]] = variableScope(scope || 'bidirectional_rnn', () => [
    variableScope('fw', (fw) => dynamicRnnOf(cellFw, inputs, lengths, startFw, dtype, ...more, fw)),
    variableScope('bw', (bw) => dynamicRnnOf(cellBw, mapTensors(inputs, turned), lengths, startBw, dtype, ...more, bw)),
  ]);
  return [
    [outputFw, mapTensors(tmp, turned)],
    [stateFw, stateBw],
  ];
}

interface StaticCall {
  <F, B, O, X>(
    cellFw: CellLike<F, O, X>,
    cellBw: CellLike<B, O, X>,
    inputs: readonly X[],
    options: StaticBidirectionalRnnOptions<NoInfer<F>, NoInfer<B>>,
  ): [outputs: O[], stateFw: F, stateBw: B];
  <F, B, O, X>(
    cellFw: CellLike<F, O, X>,
    cellBw: CellLike<B, O, X>,
    ...more: AfterTwo<Names<'nn.static_bidirectional_rnn'>, StaticGiven>
  ): [outputs: O[], stateFw: F, stateBw: B];
}
type StaticGiven = [
  cellFw: Cell,
  cellBw: Cell,
  inputs: unknown,
  startFw?: Structure<TensorLike>,
  startBw?: Structure<TensorLike>,
  dtype?: DTypeLike,
  lengths?: TensorLike,
  scope?: ScopeLike,
];
/**
 * Two recurrent nets over the same steps, which are nodes of their own; their outputs are put side by side.
 *
 *     const [fw, bw] = [new tf.nn.rnnCell.GRUCell(4), new tf.nn.rnnCell.GRUCell(4)];
 *     const x = tf.unstack(tf.ones([5, 2, 3]));
 *     const [outputs, stateFw] = tf.nn.staticBidirectionalRnn(fw, bw, x, { dtype: tf.float32 });
 *     [outputs[0].shape, stateFw.shape]   // [(2, 8), (2, 4)]
 *
 * @param cellFw          the cell of the forward net
 * @param cellBw          the cell of the backward net
 * @param inputs          a list of what the steps take: tensors [batch, size]
 * @param initialStateFw  the state of the forward net before its first step
 * @param initialStateBw  the state of the backward net before its first step
 * @param dtype           of states and outputs; it must be given where there are no initial states
 * @param sequenceLength  how many steps each row has, [batch]
 * @param scope           a variable scope, or its name; `bidirectional_rnn` where not given
 * @returns  a list of the outputs [batch, both sizes], and the last states of the two nets
 * @throws TypeError   for what is no cell, or inputs that are no list
 * @throws ValueError  for no inputs, or without a dtype or initial states
 */
export const staticBidirectionalRnn = knowingAll<StaticCall>()(
  'nn.static_bidirectional_rnn',
  (...[cellFw, cellBw, inputs, startFw, startBw, dtype, lengths, scope]: StaticGiven): unknown => {
    assertCell('cell_fw', cellFw);
    assertCell('cell_bw', cellBw);
    const steps = stepsOf(inputs);
    const [[outputFw, stateFw], [tmp, stateBw]] = variableScope(scope || 'bidirectional_rnn', () => [
      variableScope('fw', (fw) => staticRnnOf(cellFw, steps, startFw, dtype, lengths, fw)),
      variableScope('bw', (bw) => staticRnnOf(cellBw, turnedSteps(steps, lengths), startBw, dtype, lengths, bw)),
    ]);
    const outputBw = tensorLeaves(turnedSteps(tmp, lengths));
    const joined = tensorLeaves(outputFw).map((fw, i) => concat([fw, outputBw[i]], 1));
    return [packAs(outputFw, joined), stateFw, stateBw];
  },
);
/** Steps from the last to the first; of rows that end earlier, from their end. */
function turnedSteps(steps: readonly unknown[], lengths: TensorLike | undefined): readonly unknown[] {
  if (lengths === undefined) return [...steps].reverse();
  const flat = steps.map((step) => tensorLeaves(step));
  const results: Tensor[][] = steps.map(() => []);
  flat[0].forEach((first, k) => {
    const sequence = flat.map((step) => step[k]);
    const { rank } = first.shape;
    const shape = rank === null ? TensorShape.unknown() : TensorShape.unknown(rank);
    // TensorFlow joins the shapes of the steps, and forgets what comes of it.
    sequence.forEach((x) => x.setShape(shape));
    const turned = unstack(reverseSequence(stack(sequence), lengths, 0, 1));
    if (!isList(turned)) return;
    turned.forEach((x, i) => {
      x.setShape(shape);
      results[i].push(x);
    });
  });
  return steps.map((step, i) => packAs(step, results[i]));
}
