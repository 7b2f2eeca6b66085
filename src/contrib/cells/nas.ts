/** The cell that a search for architectures found (Zoph and Le 2017). After TensorFlow 1.15's contrib.rnn. */
import type { DTypeLike } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import type { TensorShape } from '../../base/shape';
import { type Args, constructorOf } from '../../calls/bind';
import type { Tensor } from '../../graph/graph';
import { relu } from '../../ops/activation';
import { biasAdd } from '../../ops/bias';
import { matmul } from '../../ops/matmul';
import { split } from '../../ops/split';
import { sigmoid, tanh } from '../../ops/unary';
import { LayerRNNCell, type Step } from '../../rnn/cell';
import { type LSTMStateTuple, stateTuple, unitsOf } from '../../rnn/state';
import { zerosInitializer } from '../../variables/initializers';
import type { Variable } from '../../variables/variable';
import type { Reuse } from '../../variables/variable-scope';

/** How many parts a step makes of state and input. */
const PARTS = 8;
type Taken = [
  numUnits: number,
  numProj?: number,
  useBias?: boolean,
  reuse?: Reuse,
  trainable?: boolean,
  name?: string,
  dtype?: DTypeLike,
];
const NAS = constructorOf<Taken>('contrib.rnn.NASCell');
/**
 * The cell that a search for architectures found, with a projection of its output where one is asked for.
 *
 *     const cell = new tf.contrib.rnn.NASCell(4);
 *     tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 })[0].shape   // (2, 5, 4)
 */
export class NASCell extends LayerRNNCell<LSTMStateTuple> {
  private readonly numUnits: number;
  private readonly numProj: number | null;
  private readonly useBias: boolean;
  private recurrentKernel!: Variable;
  private kernel!: Variable;
  private bias: Variable | null = null;
  private projection: Variable | null = null;
  /**
   * Makes the cell.
   *
   * @param numUnits   the size of its memory
   * @param numProj    the size of its output, where that is a projection
   * @param useBias    whether something is added to the products
   * @param reuse      whether its variables are those that are there already
   * @param trainable  whether optimizers change its variables
   * @param name       its name, which its variables' begin with
   * @param dtype      of its variables; that of its first input where not given
   */
  constructor(...given: Args<'contrib.rnn.NASCell', Taken>) {
    const [numUnits, numProj, useBias = false, reuse, trainable = true, name, dtype] = NAS.take(given);
    super({ trainable, name, dtype, _reuse: reuse });
    this.numUnits = unitsOf(numUnits);
    this.numProj = numProj === undefined ? null : unitsOf(numProj, 'num_proj');
    this.useBias = useBias;
  }
  override get stateSize(): LSTMStateTuple<number> {
    return stateTuple(this.numUnits, this.outputSize);
  }
  override get outputSize(): number {
    return this.numProj ?? this.numUnits;
  }
  /** Makes its weights. */
  override build(inputShape: TensorShape): void {
    const depth = inputShape.withRank(2).at(1);
    if (depth === null) throw new ValueError('Could not infer input size from inputs.get_shape()[-1]');
    const wide = PARTS * this.numUnits;
    this.recurrentKernel = this.addWeight('recurrent_kernel', [this.outputSize, wide]);
    this.kernel = this.addWeight('kernel', [depth, wide]);
    if (this.useBias) this.bias = this.addWeight('bias', [wide], { initializer: zerosInitializer() });
    if (this.numProj !== null) this.projection = this.addWeight('projection_weights', [this.numUnits, this.numProj]);
    this.built = true;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, [before, output]: LSTMStateTuple): Step<LSTMStateTuple> {
    const product = matmul(output, this.recurrentKernel);
    const x = matmul(inputs, this.kernel);
    const m = split(this.bias ? biasAdd(product, this.bias) : product, PARTS, 1);
    const c = cellOf(before, split(x, PARTS, 1), m);
    let next = tanh(c.memory.mul(c.gate));
    if (this.projection) next = matmul(next, this.projection);
    return [next, stateTuple(c.memory, next)];
  }
}
/** What is made of the parts, two by two, in the order that TensorFlow makes it in. */
function cellOf(before: Tensor, x: readonly Tensor[], m: readonly Tensor[]): { memory: Tensor; gate: Tensor } {
  const functions = [sigmoid, relu, sigmoid, relu, tanh, sigmoid, tanh, sigmoid];
  const first = functions.map((f, i) => f(i === 3 ? x[i].mul(m[i]) : x[i].add(m[i])));
  const [a, b, c, d] = [
    tanh(first[0].mul(first[1])),
    tanh(first[2].add(first[3])),
    tanh(first[4].mul(first[5])),
    sigmoid(first[6].add(first[7])),
  ];
  const memory = tanh(a.add(before)).mul(b);
  return { memory, gate: tanh(c.add(d)) };
}
