/** Nets whose steps are nodes of their own, one after the other. After TensorFlow 1.15's rnn. */
import { isList } from '../base/border';
import type { AfterFirst, Names } from '../calls/types';
import { type DTypeLike, asDtype, int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { type TensorLike, convertToTensor, toTensor } from '../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { mapTensors, tensorLeaves } from '../flow/leaves';
import { type Structure, flatten, packAs } from '../flow/structure';
import { cast } from '../ops/cast';
import { knowingEach } from '../ops/known-calls';
import { reduceMax, reduceMin } from '../ops/reduce';
import { element, shapeOf, zeros } from '../ops/words';
import { startOf } from './dynamic';
import {
  type BatchSize,
  type CellLike,
  assertCell,
  checkedRank,
  joinedShape,
  joinedSizes,
  shownSizes,
  sizeIn,
} from './state';
import {
  type Ends,
  type ScopeLike,
  type Started,
  type StaticRnnOptions,
  inNetScope,
  stateDtype,
  stepWithEnds,
  wholeNumbers,
} from './steps';

interface StaticRnnCall {
  <S, O, X>(
    cell: CellLike<S, O, X>,
    inputs: readonly X[],
    options: StaticRnnOptions<NoInfer<S>> & Started,
  ): [outputs: O[], state: S];
  <S, O, X>(
    cell: CellLike<S, O, X>,
    named: StaticRnnOptions<NoInfer<S>> & Started & { readonly inputs: readonly X[] },
  ): [outputs: O[], state: S];
  <S, O, X>(
    named: StaticRnnOptions<NoInfer<S>> & Started & { readonly cell: CellLike<S, O, X>; readonly inputs: readonly X[] },
  ): [outputs: O[], state: S];
  <S, O, X>(
    cell: CellLike<S, O, X>,
    ...more: Exclude<AfterFirst<Names<'nn.static_rnn'>, Given<Structure<TensorLike>>>, readonly [unknown]>
  ): [outputs: O[], state: S];
}
type Given<I = unknown> = [
  cell: CellLike<unknown, unknown, unknown>,
  inputs: unknown,
  initialState?: I,
  dtype?: DTypeLike,
  sequenceLength?: TensorLike,
  scope?: ScopeLike,
];
/**
 * A recurrent net whose steps are nodes of their own: for few steps, whose number is known.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const [outputs, state] = tf.nn.staticRnn(cell, tf.unstack(tf.ones([5, 2, 3])), { dtype: tf.float32 });
 *     outputs.length   // 5
 *     state.shape      // (2, 4)
 *
 * @param cell            what is one step: of `tf.nn.rnnCell`
 * @param inputs          a list of what the steps take: tensors [batch, size], or lists and objects of them
 * @param initialState    the state before the first step; zeros where not given
 * @param dtype           of state and outputs; it must be given where there is no initial state
 * @param sequenceLength  how many steps each row has, [batch]: behind its end, outputs are 0 and the state stays
 * @param scope           a variable scope, or its name; `rnn` where not given
 * @returns  a list of the outputs, and the last state
 * @throws TypeError   for what is no cell, or inputs that are no list
 * @throws ValueError  for no inputs, without a dtype or an initial state, or where a size is not known
 */
export const staticRnn = knowingEach<StaticRnnCall>()(
  'nn.static_rnn',
  (...given: Given<Structure<TensorLike>>): unknown => staticRnnOf(...given),
);

/** The same, for what builds nodes. */
export function staticRnnOf(
  ...[cell, inputs, initialState, dtype, sequenceLength, scope]: Given
): [outputs: unknown[], state: unknown] {
  assertCell('cell', cell);
  const steps = stepsOf(inputs);
  return inNetScope(scope, (opened) => {
    const known = knownBatch(steps);
    const first = firstOf(steps);
    const batchSize = known || element(shapeOf(first), 0);
    const type = dtype === undefined ? null : asDtype(dtype);
    const without = 'If no initial_state is provided, dtype must be specified';
    let state = initialState ?? startOf(cell, batchSize, type, without);
    const ends =
      sequenceLength === undefined
        ? null
        : endsOf(cell, sequenceLength, batchSize, known, () => stateDtype(type, state));
    const outputs: unknown[] = [];
    for (const [time, input] of steps.entries()) {
      if (time > 0) opened.reuseVariables();
      const before = state;
      const call = (): readonly [unknown, unknown] => cell.apply(input, before);
      const [output, next] = ends ? stepWithEnds(time, ends, before, call, false) : call();
      outputs.push(output);
      state = next;
    }
    return [outputs, state];
  });
}
/** @throws TypeError  for what is no list; ValueError  for an empty one */
export function stepsOf(inputs: unknown): readonly unknown[] {
  if (!isList(inputs)) throw new TypeError_('inputs must be a sequence\n  fix: tf.unstack(x, {axis: 1}), a list.');
  if (!inputs.length) throw new ValueError('inputs must not be empty');
  return inputs;
}
function firstOf(steps: readonly unknown[]): Tensor {
  const [first] = flatten(steps);
  return toTensor(first);
}
/** The rows of all inputs, as far as they are known. @throws ValueError  where other sizes are not */
function knownBatch(steps: readonly unknown[]): number | null {
  const first = firstOf(steps);
  if (first.shape.rank === 1) return first.shape.at(0);
  const rows = new TensorShape([rowsOf(first.shape).at(0)]);
  for (const each of tensorLeaves(steps)) {
    const shape = rowsOf(each.shape);
    rows.mergeWith([shape.at(0)]);
    const unknown = shape.dims?.slice(1).indexOf(null) ?? -1;
    if (unknown >= 0)
      throw new ValueError(
        `Input size (dimension ${unknown} of inputs) must be accessible via shape inference, but saw value None.`,
      );
  }
  return rows.at(0);
}
/** What a step takes: rows. */
function rowsOf(shape: TensorShape): TensorShape {
  const cure =
    'steps are [batch, size]: tf.expandDims(x, -1) where a row is one number, tf.expandDims(x, 0) for one row.';
  return checkedRank(shape, 2, cure);
}
function endsOf(
  cell: CellLike<unknown, unknown, unknown>,
  given: TensorLike,
  batchSize: BatchSize,
  known: number | null,
  dtype: () => ReturnType<typeof asDtype>,
): Ends {
  const lengths = convertToTensor(wholeNumbers(given), null, 'sequence_length');
  const { rank } = lengths.shape;
  if (rank !== null && rank !== 1) throw new ValueError('sequence_length must be a vector of length batch_size');
  const zeroOutputs = flatten(cell.outputSize).map((leaf) => {
    const size = sizeIn(leaf);
    const made = zeros(joinedSizes(batchSize, size), dtype());
    made.setShape(joinedShape(known, size));
    return made;
  });
  const whole = cast(lengths, int32);
  return {
    lengths: whole,
    min: reduceMin(whole),
    max: reduceMax(whole),
    zeroOutput: packAs(cell.outputSize, zeroOutputs),
  };
}

/** What keeps states from one run to the next. */
export interface StateSaver {
  /** The state of a name, as it was saved. */
  state(name: string): Tensor;
  /** Saves a state. */
  saveState(name: string, value: Tensor): Operation | Tensor;
}
/** What `staticStateSavingRnn` takes by name. */
export interface StateSavingOptions {
  /** How many steps each row has; all of them where not given. */
  readonly sequenceLength?: TensorLike | null;
  /** A variable scope, or its name; `rnn` where not given. */
  readonly scope?: ScopeLike | null;
}
type StateSavingCall = <S, O, X>(
  cell: CellLike<S, O, X>,
  inputs: readonly X[],
  stateSaver: StateSaver,
  stateName: string | readonly unknown[],
  options?: StateSavingOptions,
) => [outputs: O[], state: S];
/**
 * The same, with a state that an object of yours keeps between runs: long sequences in pieces.
 *
 *     const kept = new tf.Variable(tf.zeros([2, 4]), { trainable: false });
 *     const saver = { state: () => kept.readValue(), saveState: (_: string, h: tf.Tensor) => kept.assign(h) };
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const [outputs] = tf.nn.staticStateSavingRnn(cell, tf.unstack(tf.ones([5, 2, 3])), saver, 'kept');
 *     outputs.length   // 5
 *
 * @param cell            what is one step: of `tf.nn.rnnCell`
 * @param inputs          a list of what the steps take
 * @param stateSaver      gives states by name, and saves them: `state(name)`, `saveState(name, value)`
 * @param stateName       the name of the state, or names in the structure of the cell's `stateSize`
 * @param sequenceLength  how many steps each row has, [batch]
 * @param scope           a variable scope, or its name; `rnn` where not given
 * @returns  a list of the outputs, and the last state; both wait until the state is saved
 * @throws ValueError  where there are not as many names as states
 */
export const staticStateSavingRnn = knowingEach<StateSavingCall>()(
  'nn.static_state_saving_rnn',
  (
    cell: CellLike<unknown, unknown, unknown>,
    inputs: readonly unknown[],
    saver: StateSaver,
    stateName: unknown,
    sequenceLength?: TensorLike,
    scope?: ScopeLike,
  ): unknown => {
    assertCell('cell', cell);
    const { stateSize } = cell;
    const isTuple = typeof stateSize === 'object' && !(stateSize instanceof TensorShape);
    if (isTuple !== (typeof stateName === 'object'))
      throw new ValueError(
        'state_name should be the same type as cell.state_size.  ' +
          `state_name: ${shownSizes(stateName)}, cell.state_size: ${shownSizes(stateSize)}`,
      );
    const names = flatten(stateName).map(String);
    const count = flatten(stateSize).length;
    if (names.length !== count)
      throw new ValueError(`#elems(state_name) != #elems(state_size): ${names.length} vs. ${count}`);
    const saved = names.map((name) => saver.state(name));
    const [outputs, state] = staticRnnOf(cell, inputs, packAs(stateSize, saved), undefined, sequenceLength, scope);
    const states = tensorLeaves(state);
    const saves = names.map((name, i) => saver.saveState(name, states[i]));
    return getDefaultGraph().controlDependencies(saves, () => {
      const last = outputs[outputs.length - 1];
      const behind = (structure: unknown): unknown => mapTensors(structure, (x) => apply('Identity', [x]));
      outputs[outputs.length - 1] = behind(last);
      return [outputs, behind(state)];
    });
  },
);
