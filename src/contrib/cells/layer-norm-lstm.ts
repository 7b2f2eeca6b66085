/** An LSTM with layer normalization and recurrent dropout. After TensorFlow 1.15's contrib.rnn. */
import type { DType } from '../../base/dtype';
import { type Args, constructorOf } from '../../calls/bind';
import { Tensor } from '../../graph/graph';
import { type Activation, activationOf } from '../../layers/named';
import { dropout } from '../../nn/dropout';
import { biasAdd } from '../../ops/bias';
import { concat } from '../../ops/concat';
import { matmul } from '../../ops/matmul';
import { split } from '../../ops/split';
import { sigmoid, tanh } from '../../ops/unary';
import { warn } from '../../program/logging';
import { RNNCell, type Step, depthOf } from '../../rnn/cell';
import { type LSTMStateTuple, rowsIn, stateTuple, unitsOf } from '../../rnn/state';
import { getVariable } from '../../variables/get-variable';
import { constantInitializer } from '../../variables/initializers';
import { variableScope } from '../../variables/scope';
import type { Reuse } from '../../variables/variable-scope';
import { layerNorm } from '../layer-norm';

type Taken = [
  numUnits: number,
  forgetBias?: number,
  inputSize?: number,
  activation?: Activation,
  layerNorm?: boolean,
  normGain?: number,
  normShift?: number,
  dropoutKeepProb?: number | Tensor,
  dropoutProbSeed?: number,
  reuse?: Reuse,
];
const NORMALIZED = constructorOf<Taken>('contrib.rnn.LayerNormBasicLSTMCell');
/**
 * A cell with a memory and three gates, each normalized (Ba, Kiros and Hinton 2016), and dropout on what comes into the
 * memory (Semeniuta, Severyn and Barth 2016).
 *
 *     const cell = new tf.contrib.rnn.LayerNormBasicLSTMCell(4, { dropoutKeepProb: 0.9 });
 *     tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 })[0].shape   // (2, 5, 4)
 */
export class LayerNormBasicLSTMCell extends RNNCell<LSTMStateTuple> {
  private readonly numUnits: number;
  private readonly forgetBias: number;
  private readonly activation: (x: Tensor) => Tensor;
  private readonly isNormalized: boolean;
  /** What gamma and beta start from. */
  private readonly starts: Readonly<Record<'gamma' | 'beta', number>>;
  private readonly keepProb: number | Tensor;
  private readonly dropoutSeed: number | null;
  /**
   * Makes the cell.
   *
   * @param numUnits         the size of its output and of its memory
   * @param forgetBias       is added to the gate that keeps the memory; 1 where not given
   * @param inputSize        is not used
   * @param activation       is applied to the new value and to the memory; tanh where not given
   * @param layerNorm        whether gates and memory are normalized; true where not given
   * @param normGain         what the normalizations' factors start from; 1 where not given
   * @param normShift        what is added to them starts from; 0 where not given
   * @param dropoutKeepProb  the chance of an element of the new value to be kept; 1 where not given
   * @param dropoutProbSeed  with the graph's seed it decides the stream
   * @param reuse            whether its variables are those that are there already
   */
  constructor(...given: Args<'contrib.rnn.LayerNormBasicLSTMCell', Taken>) {
    const [numUnits, forgetBias = 1, inputSize, activation, isNormalized = true, gamma = 1, beta = 0, ...more] =
      NORMALIZED.take(given);
    const [keepProb = 1, seed, reuse] = more;
    super({ _reuse: reuse });
    if (inputSize !== undefined) warn('%s: The input_size parameter is deprecated.', this);
    this.numUnits = unitsOf(numUnits);
    this.forgetBias = forgetBias;
    this.activation = activationOf(activation) ?? ((x) => tanh(x));
    this.isNormalized = isNormalized;
    this.starts = { gamma, beta };
    this.keepProb = keepProb;
    this.dropoutSeed = seed ?? null;
  }
  override get stateSize(): LSTMStateTuple<number> {
    return stateTuple(this.numUnits, this.numUnits);
  }
  override get outputSize(): number {
    return this.numUnits;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, [c, h]: LSTMStateTuple): Step<LSTMStateTuple> {
    const args = concat([inputs, h], 1);
    const { dtype } = args;
    const parts = split(this.linear(args), 4, 1);
    const [i, j, f, o] = this.isNormalized
      ? ['input', 'transform', 'forget', 'output'].map((scope, k) => this.norm(parts[k], scope, dtype))
      : parts;
    const drops = this.keepProb instanceof Tensor || this.keepProb < 1;
    const value = this.activation(j);
    const g = drops ? dropout(value, this.keepProb, { seed: this.dropoutSeed }) : value;
    const sum = c.mul(sigmoid(f.add(this.forgetBias))).add(sigmoid(i).mul(g));
    const newC = this.isNormalized ? this.norm(sum, 'state', dtype) : sum;
    const newH = this.activation(newC).mul(sigmoid(o));
    return [newH, stateTuple(rowsIn(newC), rowsIn(newH))];
  }
  private linear(args: Tensor): Tensor {
    const { dtype } = args;
    const size = 4 * this.numUnits;
    const out = matmul(args, getVariable('kernel', [depthOf(args.shape), size], { dtype }));
    return this.isNormalized ? out : biasAdd(out, getVariable('bias', [size], { dtype }));
  }
  /** Normalizes rows, by variables that are made first, so that they start from what was asked for. */
  private norm(x: Tensor, scope: string, dtype: DType): Tensor {
    variableScope(scope, () => {
      for (const name of ['gamma', 'beta'] as const)
        getVariable(name, [depthOf(x.shape)], { dtype, initializer: constantInitializer(this.starts[name]) });
      return null;
    });
    return layerNorm(x, { reuse: true, scope });
  }
}
