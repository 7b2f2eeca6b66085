/** Cells with dropout. After TensorFlow 1.15's rnn_cell_wrapper_impl. */
import { isCallable, isList } from '../base/border';
import type { DTypeLike } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { md5Head } from '../base/md5';
import { type Args, constructorOf } from '../calls/bind';
import { type TensorLike, constantValue, convertToTensor, toTensor } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { packLike, tensorLeaves } from '../flow/leaves';
import { flatten } from '../flow/structure';
import { TensorArray } from '../flow/tensor-array';
import { dropout } from '../nn/dropout';
import { concat } from '../ops/concat';
import { div } from '../ops/division';
import { randomUniform } from '../ops/random';
import { reflected } from '../graph/algebra';
import { floor } from '../ops/unary';
import type { Step, StepInput } from './cell';
import { type CellLike, type StateSize, isStateTuple, sizeIn, stateTuple, staticSize } from './state';

import { type Inner, type InnerStep, WrapperCell } from './wrappers';

type KeepProb = TensorLike;
/** Says of a state, or a part of one, whether there is dropout on it: true, false, or a structure of these. */
export type StateFilter = (substate: unknown) => unknown;
type DropoutTaken<S, O, X> = [
  cell: Inner<S, O, X>,
  inputKeepProb?: KeepProb,
  outputKeepProb?: KeepProb,
  stateKeepProb?: KeepProb,
  variationalRecurrent?: boolean,
  inputSize?: StateSize,
  dtype?: DTypeLike,
  seed?: number,
  dropoutStateFilterVisitor?: StateFilter,
];
const DROPOUT = constructorOf<DropoutTaken<never, never, never>>('nn.rnn_cell.DropoutWrapper');
/** The noise that all steps have in common, by what it is on. */
interface Noise {
  readonly input: readonly Tensor[] | null;
  readonly state: readonly Tensor[] | null;
  readonly output: readonly Tensor[] | null;
}
/**
 * Dropout on what goes into a cell, what comes out, and its state (but not an LSTM's memory).
 *
 *     const cell = new tf.nn.rnnCell.BasicLSTMCell(4);
 *     const dropped = new tf.nn.rnnCell.DropoutWrapper(cell, { outputKeepProb: 0.5, seed: 1 });
 *     const [outputs] = tf.nn.dynamicRnn(dropped, tf.ones([2, 5, 3]), { dtype: tf.float32 });
 *     outputs.shape   // (2, 5, 4)
 *
 * A placeholder as `outputKeepProb` may be fed 1 in tests.
 */
export class DropoutWrapper<S, O = Tensor, X = Tensor> extends WrapperCell<S, O, X> {
  private readonly keep: Readonly<Record<keyof Noise, number | Tensor>>;
  private readonly seed: number | null;
  private readonly isVariational: boolean;
  private readonly filter: StateFilter;
  private readonly noise: Noise = { input: null, state: null, output: null };
  /**
   * Makes the cell.
   *
   * @param cell                       the cell inside
   * @param inputKeepProb              the chance of an element of the input to be kept; 1 where not given
   * @param outputKeepProb             the same of the output
   * @param stateKeepProb              the same of the state
   * @param variationalRecurrent       whether all steps of a run drop the same (Gal and Ghahramani 2015)
   * @param inputSize                  the size of the input, which that needs where the input is dropped
   * @param dtype                      of input, output and state, which that needs
   * @param seed                       with the graph's seed it decides the streams
   * @param dropoutStateFilterVisitor  says of a part of the state whether it is dropped
   * @throws ValueError  for a chance outside [0, 1], or what is missing
   * @throws TypeError   for what is no cell
   */
  constructor(cell: CellLike<S, O, X>, ...given: DropoutRest);
  constructor(...given: Args<'nn.rnn_cell.DropoutWrapper', DropoutTaken<S, O, X>>);
  constructor(...given: readonly unknown[]) {
    const [cell, input = 1, output = 1, state = 1, variational = false, inputSize, dtype, seed, filter] =
      DROPOUT.take<DropoutTaken<S, O, X>>(given);
    super(cell, dtype);
    if (filter !== undefined && !isCallable(filter))
      throw new TypeError_('dropout_state_filter_visitor must be callable');
    this.filter = filter ?? isDropped;
    this.keep = getDefaultGraph().nameScope('DropoutWrapperInit', () => {
      const [inputKeep, stateKeep, outputKeep] = (
        [
          [input, 'input_keep_prob'],
          [state, 'state_keep_prob'],
          [output, 'output_keep_prob'],
        ] as const
      ).map(([given, name]) => chance(given, name));
      return { input: inputKeep, state: stateKeep, output: outputKeep };
    });
    this.isVariational = variational;
    this.seed = seed ?? null;
    if (variational) this.noise = this.commonNoise(inputSize ?? null, dtype ?? null);
  }
  private commonNoise(inputSize: StateSize | null, dtype: DTypeLike | null): Noise {
    if (dtype === null) throw new ValueError('When variational_recurrent=True, dtype must be provided');
    const of = (sizes: StateSize, salt: string): Tensor[] =>
      flatten(sizes).map((size, i) => {
        const dims = staticSize(sizeIn(size)).fullDims ?? [];
        return randomUniform(concat([Int32Array.of(1), Int32Array.from(dims)], 0), {
          seed: this.seedOf(salt, i),
          dtype,
        });
      });
    let input: Tensor[] | null = null;
    if (drops(this.keep.input)) {
      if (inputSize === null)
        throw new ValueError(
          'When variational_recurrent=True and input_keep_prob < 1.0 or is unknown, input_size must be provided',
        );
      input = of(inputSize, 'input');
    }
    return { input, state: of(this.cell.stateSize, 'state'), output: of(this.cell.outputSize, 'output') };
  }
  private seedOf(salt: string, index: number): number | null {
    return this.seed === null ? null : md5Head(`${this.seed}${salt}_${index}`) & 0x7fffffff;
  }
  protected override around(inputs: StepInput<X>, state: S, step: InnerStep<S, O, X>): Step<S, O> {
    const x = drops(this.keep.input) ? this.dropped(inputs, 'input') : inputs;
    const [output, next] = step(x, state);
    const nextState = drops(this.keep.state) ? this.droppedState(next) : next;
    return [drops(this.keep.output) ? this.dropped(output, 'output') : output, nextState];
  }
  private dropped<T>(values: T, salt: keyof Noise): T {
    const made = tensorLeaves(values).map((v, i) => this.droppedOne(v, salt, i));
    return packLike(values, made);
  }
  /** Parts that the filter leaves alone have a number, too. */
  private droppedState(state: S): S {
    let next = 0;
    const left = (part: unknown): readonly unknown[] => {
      next++;
      return flatten(part, false);
    };
    const through = (part: unknown): readonly unknown[] => {
      const said = this.filter(part);
      if (said === false) return left(part);
      if (!isList(part)) return [this.droppedOne(toTensor(part), 'state', next++)];
      const ways = isList(said) ? said : part.map(() => true);
      return part.flatMap((each, i) => (ways[i] === false ? left(each) : through(each)));
    };
    return packLike(state, through(state), false);
  }
  private droppedOne(value: Tensor, salt: keyof Noise, index: number): Tensor {
    const keep = this.keep[salt];
    if (!this.isVariational) {
      const rate = typeof keep === 'number' ? 1 - keep : reflected(1, 'sub', keep);
      return dropout(value, null, { rate, seed: this.seedOf(salt, index) });
    }
    // At least keep, below 1 + keep: its whole part says whether the element stays.
    const noise = this.noise[salt]![index];
    const isKept = floor(typeof keep === 'number' ? reflected(keep, 'add', noise) : keep.add(noise));
    const made = div(value, keep).mul(isKept);
    made.setShape(value.shape);
    return made;
  }
}
type DropoutRest =
  | readonly [options?: DropoutWrapperOptions]
  | readonly [inputKeepProb: TensorLike | null, outputKeepProb?: TensorLike | null | DropoutWrapperOptions]
  | readonly [
      inputKeepProb: TensorLike | null,
      outputKeepProb: TensorLike | null,
      stateKeepProb: TensorLike | null,
      options?: DropoutWrapperOptions,
    ];
/** What `DropoutWrapper` takes by name. */
export interface DropoutWrapperOptions {
  /** The chance of an element of the input to be kept. */
  readonly inputKeepProb?: TensorLike | null;
  /** The same of the output. */
  readonly outputKeepProb?: TensorLike | null;
  /** The same of the state. */
  readonly stateKeepProb?: TensorLike | null;
  /** Whether all steps of a run drop the same. */
  readonly variationalRecurrent?: boolean | null;
  /** The size of the input. */
  readonly inputSize?: StateSize | null;
  /** Of input, output and state. */
  readonly dtype?: DTypeLike | null;
  /** With the graph's seed it decides the streams. */
  readonly seed?: number | null;
  /** Says of a part of the state whether it is dropped. */
  readonly dropoutStateFilterVisitor?: StateFilter | null;
}
/** An LSTM's memory is left alone, and so are arrays. */
function isDropped(part: unknown): unknown {
  if (isStateTuple(part)) return stateTuple(false, true);
  return !(part instanceof TensorArray);
}
function chance(given: TensorLike, name: string): number | Tensor {
  const prob = convertToTensor(given);
  const known = constantValue(prob);
  if (!known) return prob;
  const value = Number(known.item());
  if (value < 0 || value > 1) throw new ValueError(`Parameter ${name} must be between 0 and 1: ${Math.trunc(value)}`);
  return value;
}
function drops(keep: number | Tensor): boolean {
  return typeof keep !== 'number' || keep < 1;
}
