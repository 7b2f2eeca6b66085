/** The plain recurrent cell, and gated recurrent units. */
import type { DTypeLike } from '../base/dtype';
import type { TensorShape } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import { reflected } from '../graph/algebra';
import type { Tensor } from '../graph/graph';
import { InputSpec } from '../layers/input-spec';
import { type Activation, type LayerInitializer, activationOf, initializerOf } from '../layers/named';
import { biasAdd } from '../ops/bias';
import { concat } from '../ops/concat';
import { matmul } from '../ops/matmul';
import { split } from '../ops/split';
import { sigmoid, tanh } from '../ops/unary';
import { constantInitializer, zerosInitializer } from '../variables/initializers';
import type { Variable } from '../variables/variable';
import type { Reuse } from '../variables/variable-scope';
import { bindBuild } from '../layers/build';
import { LayerRNNCell, type Step, checkDtype, checkDtypes, depthOf } from './cell';
import { unitsOf } from './state';

/** What is applied to the new values of a cell: tanh where not given. */
export function activationOr(given: Activation | null | undefined): (x: Tensor) => Tensor {
  return given ? (activationOf(given) ?? ((x) => x)) : (x) => tanh(x);
}
/** An affine function of an input and a state. */
export function affine(inputs: Tensor, state: Tensor, kernel: Variable, bias: Variable): Tensor {
  return biasAdd(matmul(concat([inputs, state], 1), kernel), bias);
}

type BasicTaken = [numUnits: number, activation?: Activation, reuse?: Reuse, name?: string, dtype?: DTypeLike];
const BASIC = constructorOf<BasicTaken>('nn.rnn_cell.BasicRNNCell');
/**
 * The plain recurrent cell: output = state = tanh([input, state] · kernel + bias).
 *
 *     const cell = new tf.nn.rnnCell.BasicRNNCell(4);
 *     const [outputs] = tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 });
 *     outputs.shape        // (2, 5, 4)
 *     cell.kernel.shape    // (7, 4)
 */
export class BasicRNNCell extends LayerRNNCell {
  /** Its weights, [input + units, units]. */
  kernel!: Variable;
  /** What is added. */
  bias!: Variable;
  private readonly numUnits: number;
  private readonly activation: (x: Tensor) => Tensor;
  /**
   * Makes the cell.
   *
   * @param numUnits    the size of output and state
   * @param activation  is applied to the new value: a function, or its name; tanh where not given
   * @param reuse       whether its variables are those that are there already
   * @param name        its name, which its variables' begin with
   * @param dtype       of its variables; that of its first input where not given
   * @throws ValueError  for a dtype that is not floating point
   */
  constructor(...given: Args<'nn.rnn_cell.BasicRNNCell', BasicTaken>) {
    const [numUnits, activation, reuse, name, dtype] = BASIC.take(given);
    super({ name, dtype, _reuse: reuse });
    checkDtype(this.dtype);
    this.inputSpec = new InputSpec({ ndim: 2 });
    this.numUnits = unitsOf(numUnits);
    this.activation = activationOr(activation);
  }
  override get stateSize(): number {
    return this.numUnits;
  }
  override get outputSize(): number {
    return this.numUnits;
  }
  /** Makes kernel and bias. */
  override build(inputShape: TensorShape): void {
    const depth = depthOf(inputShape);
    checkDtype(this.dtype);
    this.kernel = this.addWeight('kernel', [depth + this.numUnits, this.numUnits]);
    this.bias = this.addWeight('bias', [this.numUnits], { initializer: zerosInitializer(this.dtype) });
    this.built = true;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: Tensor): Step<Tensor> {
    checkDtypes([inputs, state]);
    const output = this.activation(affine(inputs, state, this.kernel, this.bias));
    return [output, output];
  }
}

type GruTaken = [
  numUnits: number,
  activation?: Activation,
  reuse?: Reuse,
  kernelInitializer?: LayerInitializer,
  biasInitializer?: LayerInitializer,
  name?: string,
  dtype?: DTypeLike,
];
const GRU = constructorOf<GruTaken>('nn.rnn_cell.GRUCell');
/**
 * Gated recurrent units (Cho et al. 2014): two gates say what of the state goes into the new value, and what stays.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const [, state] = tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 });
 *     state.shape   // (2, 4)
 */
export class GRUCell extends LayerRNNCell {
  private readonly numUnits: number;
  private readonly activation: (x: Tensor) => Tensor;
  private readonly initializers: readonly [kernel: LayerInitializer | null, bias: LayerInitializer | null];
  private gateKernel!: Variable;
  private gateBias!: Variable;
  private candidateKernel!: Variable;
  private candidateBias!: Variable;
  /**
   * Makes the cell.
   *
   * @param numUnits           the size of output and state
   * @param activation         is applied to the new value: a function, or its name; tanh where not given
   * @param reuse              whether its variables are those that are there already
   * @param kernelInitializer  what its weights start from
   * @param biasInitializer    what its biases start from; ones for the gates, zeros for the value where not given
   * @param name               its name, which its variables' begin with
   * @param dtype              of its variables; that of its first input where not given
   * @throws ValueError  for a dtype that is not floating point
   */
  constructor(...given: Args<'nn.rnn_cell.GRUCell', GruTaken>) {
    const [numUnits, activation, reuse, kernelInitializer, biasInitializer, name, dtype] = GRU.take(given);
    super({ name, dtype, _reuse: reuse });
    checkDtype(this.dtype);
    this.inputSpec = new InputSpec({ ndim: 2 });
    this.numUnits = unitsOf(numUnits);
    this.activation = activationOr(activation);
    this.initializers = [initializerOf(kernelInitializer), initializerOf(biasInitializer)];
  }
  override get stateSize(): number {
    return this.numUnits;
  }
  override get outputSize(): number {
    return this.numUnits;
  }
  /** Makes the kernels and biases of the gates and of the value. */
  override build(inputShape: TensorShape): void {
    const depth = depthOf(inputShape);
    checkDtype(this.dtype);
    const { numUnits: n, dtype } = this;
    const [initializer, given] = this.initializers;
    const bias = (value: LayerInitializer): { initializer: LayerInitializer } => ({ initializer: given ?? value });
    this.gateKernel = this.addWeight('gates/kernel', [depth + n, 2 * n], { initializer });
    this.gateBias = this.addWeight('gates/bias', [2 * n], bias(constantInitializer(1, { dtype: dtype })));
    this.candidateKernel = this.addWeight('candidate/kernel', [depth + n, n], { initializer });
    this.candidateBias = this.addWeight('candidate/bias', [n], bias(zerosInitializer(dtype)));
    this.built = true;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: Tensor): Step<Tensor> {
    checkDtypes([inputs, state]);
    const [r, u] = split(sigmoid(affine(inputs, state, this.gateKernel, this.gateBias)), 2, 1);
    const value = this.activation(affine(inputs, r.mul(state), this.candidateKernel, this.candidateBias));
    const next = u.mul(state).add(reflected(1, 'sub', u).mul(value));
    return [next, next];
  }
}

bindBuild(BasicRNNCell, 'nn.rnn_cell.BasicRNNCell.build');
bindBuild(GRUCell, 'nn.rnn_cell.GRUCell.build');
