/** Cells whose step is one op. After TensorFlow 1.15's contrib.rnn. */
import type { DTypeLike } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { TensorShape } from '../../base/shape';
import { type Args, constructorOf } from '../../calls/bind';
import { netMethods } from '../../calls/methods';
import { applyOp } from '../../graph/apply';
import { Tensor } from '../../graph/graph';
import { InputSpec } from '../../layers/input-spec';
import { flatten } from '../../flow/structure';
import { zeros } from '../../ops/words';
import { LayerRNNCell, type Step } from '../../rnn/cell';
import { type LSTMStateTuple, type Rows, rowsIn, stateTuple, unitsOf } from '../../rnn/state';
import { constantInitializer } from '../../variables/initializers';
import type { Variable } from '../../variables/variable';
import type { Reuse } from '../../variables/variable-scope';

type LstmTaken = [
  numUnits: number,
  forgetBias?: number,
  cellClip?: number,
  usePeephole?: boolean,
  dtype?: DTypeLike,
  reuse?: Reuse,
  name?: string,
];
const LSTM = constructorOf<LstmTaken>('contrib.rnn.LSTMBlockCell');
/**
 * An LSTM whose step is one op, with the variables of `tf.nn.rnnCell.LSTMCell`.
 *
 *     const cell = new tf.contrib.rnn.LSTMBlockCell(4);
 *     tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 })[0].shape   // (2, 5, 4)
 */
export class LSTMBlockCell extends LayerRNNCell<LSTMStateTuple> {
  private readonly numUnits: number;
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
   * Makes the cell.
   *
   * @param numUnits     the size of its output and of its memory
   * @param forgetBias   is added to the gate that keeps the memory; 1 where not given
   * @param cellClip     the memory is kept in ± this
   * @param usePeephole  whether the gates see the memory
   * @param dtype        of its variables; that of its first input where not given
   * @param reuse        whether its variables are those that are there already
   * @param name         its name, which its variables' begin with; `lstm_cell` where not given
   */
  constructor(...given: Args<'contrib.rnn.LSTMBlockCell', LstmTaken>) {
    const [numUnits, forgetBias = 1, clip, usePeephole = false, dtype, reuse, name = 'lstm_cell'] = LSTM.take(given);
    super({ name, dtype, _reuse: reuse });
    this.inputSpec = new InputSpec({ ndim: 2 });
    this.numUnits = unitsOf(numUnits);
    this.attrs = { forget_bias: forgetBias, cell_clip: clip ?? -1, use_peephole: usePeephole };
  }
  override get stateSize(): LSTMStateTuple<number> {
    return stateTuple(this.numUnits, this.numUnits);
  }
  override get outputSize(): number {
    return this.numUnits;
  }
  /** Makes its weights. */
  override build(inputShape: TensorShape): void {
    const [depth, n] = [new TensorShape(inputShape).at(1), this.numUnits];
    if (!depth) throw new ValueError(`Expecting inputs_shape[1] to be set: ${inputShape}`);
    this.kernel = this.addWeight('kernel', [depth + n, 4 * n]);
    this.bias = this.addWeight('bias', [4 * n], { initializer: constantInitializer(0) });
    if (this.attrs.use_peephole) this.peepholes = ['i', 'f', 'o'].map((gate) => this.addWeight(`w_${gate}_diag`, [n]));
    this.built = true;
  }
  /** The node of a step. */
  override call(inputs: Tensor, state: LSTMStateTuple): Step<LSTMStateTuple> {
    const parts = flatten(state).filter((x): x is Tensor => x instanceof Tensor);
    if (parts.length !== 2) throw new ValueError('Expecting state to be a tuple with length 2.');
    const none = this.peepholes ? null : zeros([this.numUnits], this.dtype!);
    const peepholes = none ? [none, none, none] : this.peepholes!;
    const [, cs, , , , , output] = applyOp(
      'LSTMBlockCell',
      [inputs, ...parts, this.kernel, ...peepholes, this.bias],
      this.attrs,
    ).outputs;
    const h = rowsIn(output);
    return [h, stateTuple(rowsIn(cs), h)];
  }
}

type GruTaken = [numUnits?: number, cellSize?: number, reuse?: Reuse, name?: string];
const GRU = constructorOf<GruTaken>('contrib.rnn.GRUBlockCell');
const GRU2 = constructorOf<GruTaken>('contrib.rnn.GRUBlockCellV2');
/** Gated recurrent units whose step is one op. */
abstract class UnitsCell extends LayerRNNCell<Rows> {
  private readonly numUnits: number;
  private weights_: readonly Variable[] = [];
  /** The names of the gates' and the value's weights. */
  protected abstract readonly names: {
    readonly gates: readonly [string, string];
    readonly value: readonly [string, string];
  };
  constructor([numUnits, cellSize, reuse, name = 'gru_cell']: GruTaken) {
    super({ name, _reuse: reuse });
    if ((numUnits === undefined) === (cellSize === undefined))
      throw new ValueError('Exactly one of num_units or cell_size must be provided.');
    this.inputSpec = new InputSpec({ ndim: 2 });
    this.numUnits = unitsOf(numUnits ?? cellSize);
  }
  override get stateSize(): number {
    return this.numUnits;
  }
  override get outputSize(): number {
    return this.numUnits;
  }
  /** Makes the kernels and biases of the gates and of the value. */
  override build(inputShape: TensorShape): void {
    const [depth, n] = [new TensorShape(inputShape).at(1), this.numUnits];
    if (depth === null) throw new ValueError('Expecting input_size to be set.');
    const { gates, value } = this.names;
    const started = (at: number): { initializer: ReturnType<typeof constantInitializer> } => ({
      initializer: constantInitializer(at),
    });
    this.weights_ = [
      this.addWeight(gates[0], [depth + n, 2 * n]),
      this.addWeight(gates[1], [2 * n], started(1)),
      this.addWeight(value[0], [depth + n, n]),
      this.addWeight(value[1], [n], started(0)),
    ];
    this.built = true;
  }
  /** The node of a step. */
  override call(inputs: Tensor, before: Rows): Step<Rows> {
    const size = before.shape.withRank(2).at(1);
    if (size !== this.numUnits)
      throw new ValueError(`Shape of h_prev[1] incorrect: cell_size ${this.numUnits} vs ${size ?? '?'}`);
    const [gates, gateBias, value, bias] = this.weights_;
    const h = rowsIn(applyOp('GRUBlockCell', [inputs, before, gates, value, gateBias, bias]).outputs[3]);
    return [h, h];
  }
}
/**
 * Gated recurrent units whose step is one op.
 *
 *     const cell = new tf.contrib.rnn.GRUBlockCell(4);
 *     tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 })[1].shape   // (2, 4)
 */
export class GRUBlockCell extends UnitsCell {
  protected override readonly names = { gates: ['w_ru', 'b_ru'], value: ['w_c', 'b_c'] } as const;
  /**
   * Makes the cell.
   *
   * @param numUnits  the size of output and state
   * @param cellSize  its older name
   * @param reuse     whether its variables are those that are there already
   * @param name      its name, which its variables' begin with; `gru_cell` where not given
   * @throws ValueError  for no size, or both
   */
  constructor(...given: Args<'contrib.rnn.GRUBlockCell', GruTaken>) {
    super(GRU.take(given));
  }
}
/**
 * The same, with the variables of `tf.nn.rnnCell.GRUCell`.
 *
 *     const cell = new tf.contrib.rnn.GRUBlockCellV2(4);
 *     tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 })[1].shape   // (2, 4)
 */
export class GRUBlockCellV2 extends UnitsCell {
  protected override readonly names = {
    gates: ['gates/kernel', 'gates/bias'],
    value: ['candidate/kernel', 'candidate/bias'],
  } as const;
  /**
   * Makes the cell.
   *
   * @param numUnits  the size of output and state
   * @param cellSize  its older name
   * @param reuse     whether its variables are those that are there already
   * @param name      its name, which its variables' begin with; `gru_cell` where not given
   * @throws ValueError  for no size, or both
   */
  constructor(...given: Args<'contrib.rnn.GRUBlockCellV2', GruTaken>) {
    super(GRU2.take(given));
  }
}
netMethods(LSTMBlockCell, { build: 'contrib.rnn.LSTMBlockCell.build', call: 'contrib.rnn.LSTMBlockCell.call' });
