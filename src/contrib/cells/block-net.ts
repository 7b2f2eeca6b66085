/** An LSTM whose steps are all one op. After TensorFlow 1.15's contrib.rnn. */
import { type DTypeLike, asDtype, int32, int64 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { TensorShape } from '../../base/shape';
import { toNDArray } from '../../base/to-ndarray';
import { type Args, constructorOf, refused } from '../../calls/bind';
import { netMethods } from '../../calls/methods';
import { applyOp } from '../../graph/apply';
import { type TensorLike, toTensor } from '../../graph/constant';
import type { ArrayTensor, Tensor } from '../../graph/graph';
import { InputSpec, mustBeOne } from '../../layers/input-spec';
import { Layer } from '../../layers/layer';
import { sequenceMask } from '../../nn/sequence-mask';
import { cast } from '../../ops/cast';
import { concat } from '../../ops/concat';
import { gatherNd } from '../../ops/gather';
import { range } from '../../ops/range';
import { reduceMax } from '../../ops/reduce';
import { expandDims } from '../../ops/reshape';
import { stack } from '../../ops/stack';
import { tile } from '../../ops/tile';
import { transpose } from '../../ops/transpose';
import { element, ints, shapeOf, zeros } from '../../ops/words';
import { type LSTMStateTuple, rowsIn, stateTuple, unitsOf } from '../../rnn/state';
import { type ScopeLike, wholeNumbers } from '../../rnn/steps';
import { constantInitializer } from '../../variables/initializers';
import type { Variable } from '../../variables/variable';
import type { Reuse } from '../../variables/variable-scope';
import { FUSED_CALL, type Fused, type FusedOptions, type FusedTaken } from './fused';

/** Outputs of all steps, and the last state. */
export type BlockNet = Fused<LSTMStateTuple, ArrayTensor<number, 3>>;
type Start = readonly [memory: Tensor, output: Tensor];
type Size = number | Tensor;

/**
 * What an LSTM over all steps at once does around its op: zeros before the first step, and what is behind a row's end.
 *
 *     new tf.contrib.rnn.LSTMBlockFusedCell(2) instanceof tf.contrib.rnn.LSTMBlockWrapper   // true
 */
export abstract class LSTMBlockWrapper extends Layer<Tensor, BlockNet> {
  /** The size of output and memory. */
  abstract get numUnits(): number;
  /** The memories and outputs of all steps, [time, batch, units]. */
  protected abstract allSteps(
    inputs: Tensor,
    start: Start,
    dtype: DTypeLike,
    sequenceLength: Tensor | null,
  ): readonly [memories: Tensor, outputs: Tensor];
  /** The same, with what comes after the inputs by name. */
  override apply(inputs: TensorLike, named?: FusedOptions<Start>): BlockNet;
  /** The same, all by name. */
  override apply(named: FusedOptions<Start> & { readonly inputs: TensorLike }): BlockNet;
  /**
   * The net over all steps. Python calls it: `cell(inputs, initial_state, dtype, sequence_length)`.
   *
   *     const cell = new tf.contrib.rnn.LSTMBlockFusedCell(4);
   *     const [outputs, state] = cell.apply(tf.ones([7, 2, 3]), { dtype: tf.float32, sequenceLength: [7, 5] });
   *     outputs.shape   // (7, 2, 4)
   *     state.c.shape   // (2, 4)
   *
   * @param inputs          [time, batch, size]
   * @param initialState    memory and output before the first step; zeros where not given
   * @param dtype           of the state; it must be given where there is no initial state
   * @param sequenceLength  how many steps each row has, [batch]: behind its end outputs are 0
   * @param scope           a variable scope, or its name
   * @returns  the outputs [time, batch, units], and the state behind each row's last step
   * @throws ValueError  without a dtype or an initial state, or for another rank
   */
  override apply(
    inputs: TensorLike,
    initialState?: Start | null,
    dtype?: DTypeLike | null,
    sequenceLength?: TensorLike | null,
    scope?: ScopeLike | null,
  ): BlockNet;
  override apply(...given: readonly unknown[]): BlockNet {
    const [inputs, start, dtype, lengths, scope] = FUSED_CALL.take<FusedTaken<Start>>(given);
    try {
      mustBeOne(inputs, this.name);
      return this.applyIn(scope ?? null, toTensor(inputs), [start, dtype, lengths]);
    } catch (error) {
      throw refused(FUSED_CALL, given, error);
    }
  }
  /** The nodes of the net. */
  override call(given: Tensor, initialState?: Start, dtype?: DTypeLike, sequenceLength?: TensorLike): BlockNet {
    const inputs = toTensor(given);
    const [batch, time] = [this.sizeAt(inputs, 1), this.sizeAt(inputs, 0)];
    const [start, type] = this.startOf(batch, initialState, dtype);
    const lengths = sequenceLength === undefined ? null : toTensor(wholeNumbers(sequenceLength));
    const [memories, all] = this.allSteps(inputs, start, type, lengths);
    if (!lengths) return [overSteps(all), stateTuple(lastOf(memories), lastOf(all))];
    const steps = transpose(sequenceMask(lengths, time, asDtype(type)), [1, 0]);
    const outputs = all.mul(tile(expandDims(steps, [-1]), [1, 1, this.numUnits]));
    const ended = [memories, outputs].map((each, i) => concat([expandDims(start[i], [0]), each], 0));
    const [c, h] = ended.map((each) => {
      const rows = stack([lengths, range(batch)], { axis: 1 });
      return rowsIn(gatherNd(each, rows));
    });
    return [overSteps(outputs), stateTuple(c, h)];
  }
  private sizeAt(inputs: Tensor, axis: number): Size {
    return inputs.shape.at(axis) ?? element(shapeOf(inputs), axis);
  }
  private startOf(batch: Size, given: Start | undefined, dtype: DTypeLike | undefined): [start: Start, DTypeLike] {
    if (!given) {
      if (dtype === undefined) throw new ValueError('Either initial_state or dtype needs to be specified');
      const none = zeros(sizesOf(batch, this.numUnits), asDtype(dtype));
      return [[none, none], dtype];
    }
    if (given.length !== 2) throw new ValueError('Expecting initial_state to be a tuple with length 2 or None');
    return [given, dtype ?? given[0].dtype];
  }
}
/** Two sizes as a tensor. */
function sizesOf(batch: Size, units: number): Tensor {
  return typeof batch === 'number' ? ints([batch, units], 'stack') : stack([batch, units]);
}
/** A tensor of [time, batch, units]. */
function isOverSteps(x: Tensor): x is ArrayTensor<number, 3> {
  return x.shape.rank === null || x.shape.rank === 3;
}
function overSteps(x: Tensor): ArrayTensor<number, 3> {
  if (isOverSteps(x)) return x;
  throw new ValueError(`Expected a tensor of [time, batch, size], but ${x.name} has shape ${x.shape}.`);
}
const lastOf = (all: Tensor): ReturnType<typeof rowsIn> => rowsIn(all.get(-1));

type Taken = [
  numUnits: number,
  forgetBias?: number,
  cellClip?: number,
  usePeephole?: boolean,
  reuse?: Reuse,
  dtype?: DTypeLike,
  name?: string,
];
const FUSED = constructorOf<Taken>('contrib.rnn.LSTMBlockFusedCell');
/**
 * An LSTM over all steps as one op, with the variables of `tf.nn.rnnCell.LSTMCell`.
 *
 *     const cell = new tf.contrib.rnn.LSTMBlockFusedCell(4);
 *     cell.apply(tf.ones([7, 2, 3]), { dtype: tf.float32 })[0].shape   // (7, 2, 4)
 */
export class LSTMBlockFusedCell extends LSTMBlockWrapper {
  private readonly units: number;
  private readonly attrs: {
    readonly forget_bias: number;
    readonly cell_clip: number;
    readonly use_peephole: boolean;
  };
  private kernel!: Variable;
  private bias!: Variable;
  /** What the gates of input, forgetting and output see of the memory. */
  private peepholes: readonly Variable[] | null = null;
  /**
   * Makes the net.
   *
   * @param numUnits     the size of its output and of its memory
   * @param forgetBias   is added to the gate that keeps the memory; 1 where not given
   * @param cellClip     the memory is kept in ± this
   * @param usePeephole  whether the gates see the memory
   * @param reuse        whether its variables are those that are there already
   * @param dtype        of its variables; that of its first input where not given
   * @param name         its name, which its variables' begin with; `lstm_fused_cell` where not given
   */
  constructor(...given: Args<'contrib.rnn.LSTMBlockFusedCell', Taken>) {
    const [numUnits, forgetBias = 1, clip, usePeephole = false, reuse, dtype, name = 'lstm_fused_cell'] =
      FUSED.take(given);
    super({ name, dtype, _reuse: reuse });
    this.inputSpec = new InputSpec({ ndim: 3 });
    this.units = unitsOf(numUnits);
    this.attrs = { forget_bias: forgetBias, cell_clip: clip ?? -1, use_peephole: usePeephole };
  }
  override get numUnits(): number {
    return this.units;
  }
  /** Makes its weights. */
  override build(inputShape: TensorShape): void {
    const [depth, n] = [new TensorShape(inputShape).at(2), this.units];
    if (!depth) throw new ValueError(`Expecting inputs_shape[2] to be set: ${inputShape}`);
    this.kernel = this.addWeight('kernel', [depth + n, 4 * n]);
    this.bias = this.addWeight('bias', [4 * n], { initializer: constantInitializer(0) });
    if (this.attrs.use_peephole) this.peepholes = ['i', 'f', 'o'].map((gate) => this.addWeight(`w_${gate}_diag`, [n]));
    this.built = true;
  }
  protected override allSteps(
    inputs: Tensor,
    [memory, output]: Start,
    dtype: DTypeLike,
    lengths: Tensor | null,
  ): readonly [memories: Tensor, outputs: Tensor] {
    const known = inputs.shape.at(0);
    const time = known === null ? element(shapeOf(inputs), 0) : toNDArray(known, int32);
    const none = this.peepholes ? null : zeros([this.units], asDtype(dtype));
    const peepholes = none ? [none, none, none] : this.peepholes!;
    const longest = cast(lengths ? reduceMax(lengths) : time, int64);
    const [, memories, , , , , outputs] = applyOp(
      'BlockLSTM',
      [longest, inputs, memory, output, this.kernel, ...peepholes, this.bias],
      this.attrs,
    ).outputs;
    return [memories, outputs];
  }
}
netMethods(LSTMBlockFusedCell, { build: 'contrib.rnn.LSTMBlockFusedCell.build' });
