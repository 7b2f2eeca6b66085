/** A cell that looks back at its last outputs. After TensorFlow 1.15's contrib.rnn. */
import { isList } from '../../base/border';
import { ValueError } from '../../base/errors';
import { type Args, constructorOf } from '../../calls/bind';
import { tensorLeaves } from '../../flow/leaves';
import { toTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { wholeNumber } from '../../layers/arguments';
import { concat } from '../../ops/concat';
import { conv2d } from '../../ops/conv';
import { reduceSum } from '../../ops/reduce';
import { expandDims, reshape } from '../../ops/reshape';
import { slice } from '../../ops/slice';
import { softmax } from '../../ops/softmax';
import { tanh } from '../../ops/unary';
import { warn } from '../../program/logging';
import { RNNCell, type Step, depthOf } from '../../rnn/cell';
import { type CellLike, type Rows, type StateSize, assertCell, shownSizes } from '../../rnn/state';
import { getVariable } from '../../variables/get-variable';
import { variableScope } from '../../variables/scope';
import type { Reuse } from '../../variables/variable-scope';
import { Linear } from './linear';

/** The state of the cell inside, what it attends to, and its last outputs side by side. */
export type AttentionCellState<S> = readonly [state: S, attention: Rows, outputs: Rows];
type Taken<S> = [
  cell: CellLike<S>,
  attnLength: number,
  attnSize?: number,
  attnVecSize?: number,
  inputSize?: number,
  stateIsTuple?: boolean,
  reuse?: Reuse,
];
const ATTENTION = constructorOf<Taken<never>>('contrib.rnn.AttentionCellWrapper');
/**
 * A cell with attention over its last outputs (Cheng, Dong and Lapata 2016).
 *
 *     const cell = new tf.contrib.rnn.AttentionCellWrapper(new tf.nn.rnnCell.GRUCell(4), 3);
 *     const [outputs, state] = tf.nn.dynamicRnn(cell, tf.ones([2, 5, 6]), { dtype: tf.float32 });
 *     outputs.shape    // (2, 5, 4)
 *     state[2].shape   // (2, 12)
 *
 * With `stateIsTuple: false` the state is one tensor, the parts side by side: `AttentionCellWrapper<…, tf.Tensor>`.
 */
export class AttentionCellWrapper<S, T = AttentionCellState<S>> extends RNNCell<T> {
  private readonly cell: CellLike;
  private readonly sizes: { readonly length: number; readonly output: number; readonly vector: number };
  private readonly inputSize: number | null;
  private readonly stateIsTuple: boolean;
  /** The affine functions of input, query and output. */
  private readonly linears: { input?: Linear; query?: Linear; output?: Linear } = {};
  /**
   * Makes the cell.
   *
   * @param cell          the cell inside
   * @param attnLength    how many outputs it looks back at
   * @param attnSize      the size of its output; that of the cell inside where not given
   * @param attnVecSize   the size of the layer that compares; `attnSize` where not given
   * @param inputSize     the size of the layer before the cell inside; that of the input where not given
   * @param stateIsTuple  false for a state that is one tensor
   * @param reuse         whether its variables are those that are there already
   * @throws TypeError   for what is no cell
   * @throws ValueError  for a length below 1, or states that are tuples where `stateIsTuple` is false
   */
  constructor(...given: Args<'contrib.rnn.AttentionCellWrapper', Taken<S>>) {
    const [cell, length, attnSize, attnVecSize, inputSize, isTuple = true, reuse] = ATTENTION.take<Taken<S>>(given);
    super({ _reuse: reuse });
    assertCell('cell', cell);
    if (typeof cell.stateSize === 'object' && !isTuple)
      throw new ValueError(
        'Cell returns tuple of states, but the flag state_is_tuple is not set. State size is: ' +
          shownSizes(cell.stateSize),
      );
    if (length <= 0) throw new ValueError(`attn_length should be greater than zero, got ${length}`);
    if (!isTuple)
      warn(
        '%s: Using a concatenated state is slower and will soon be deprecated.  Use state_is_tuple=True.',
        this.constructor.name,
      );
    const output = wholeNumber(attnSize ?? cell.outputSize, 'attn_size');
    this.cell = cell;
    this.sizes = { length: wholeNumber(length, 'attn_length'), output, vector: attnVecSize ?? output };
    this.inputSize = inputSize ?? null;
    this.stateIsTuple = isTuple;
  }
  override get stateSize(): StateSize {
    const { output, length } = this.sizes;
    if (this.stateIsTuple) return [this.cell.stateSize, output, output * length];
    return Number(this.cell.stateSize) + output + output * length;
  }
  override get outputSize(): number {
    return this.sizes.output;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: T): Step<T> {
    const { length, output: size } = this.sizes;
    const [before, attended, last] = this.partsOf(state);
    const outputs = reshape(last, [-1, length, size]);
    this.linears.input ??= new Linear([inputs, attended], this.inputSize ?? depthOf(inputs.shape));
    const [inner, next] = this.cell.apply(this.linears.input.of([inputs, attended]), before);
    const query = this.stateIsTuple ? concat(tensorLeaves(next), 1) : toTensor(next);
    const [attention, kept] = this.attend(query, outputs);
    const output = variableScope('attn_output_projection', () => {
      this.linears.output ??= new Linear([inner, attention], size);
      return this.linears.output.of([inner, attention]);
    });
    const row = reshape(concat([kept, expandDims(output, 1)], 1), [-1, length * size]);
    const parts = [next, attention, row];
    return [output, this.stateOf(this.stateIsTuple ? parts : concat(tensorLeaves(parts), 1))];
  }
  /** A state, in the form that the cell was made for. */
  private stateOf(made: unknown): T {
    return made as T;
  }
  private partsOf(state: T): readonly [state: unknown, attended: Tensor, outputs: Tensor] {
    if (this.stateIsTuple) {
      if (isList(state) && state.length === 3) return [state[0], toTensor(state[1]), toTensor(state[2])];
      throw new ValueError('The state of an AttentionCellWrapper is a list of three: see its zeroState.');
    }
    const { length, output } = this.sizes;
    const [all, inner] = [toTensor(state), Number(this.cell.stateSize)];
    return [
      slice(all, [0, 0], [-1, inner]),
      slice(all, [0, inner], [-1, output]),
      slice(all, [0, inner + output], [-1, output * length]),
    ];
  }
  /** What a query finds in the last outputs, and these without the oldest one. */
  private attend(query: Tensor, outputs: Tensor): [attention: Tensor, kept: Tensor] {
    const { length, output: size, vector } = this.sizes;
    return variableScope('attention', (): [Tensor, Tensor] => {
      const k = getVariable('attn_w', [1, 1, size, vector]);
      const v = getVariable('attn_v', [vector]);
      const hidden = reshape(outputs, [-1, length, 1, size]);
      const features = conv2d(hidden, k, [1, 1, 1, 1], 'SAME');
      this.linears.query ??= new Linear([query], vector);
      const y = reshape(this.linears.query.of([query]), [-1, 1, 1, vector]);
      const weights = softmax(reduceSum(v.mul(tanh(features.add(y))), [2, 3]));
      const found = reduceSum(reshape(weights, [-1, length, 1, 1]).mul(hidden), [1, 2]);
      const attention = reshape(found, [-1, size]);
      return [attention, slice(outputs, [0, 1, 0], [-1, -1, -1])];
    });
  }
}
