/** Cells with a memory (Hochreiter and Schmidhuber 1997): the basic one, and one with all that was added to it. */
import { int32 } from '../base/dtype';
import type { DTypeLike } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import { toTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { InputSpec } from '../layers/input-spec';
import { type Activation, type LayerInitializer, initializerOf } from '../layers/named';
import { clipByValue } from '../ops/clip';
import { concat } from '../ops/concat';
import { add, multiply } from '../ops/elementwise';
import { matmul } from '../ops/matmul';
import { slice } from '../ops/slice';
import { split } from '../ops/split';
import { sigmoid } from '../ops/unary';
import { scalar } from '../ops/words';
import { zerosInitializer } from '../variables/initializers';
import { fixedSizePartitioner } from '../variables/partitioners';
import type { Variable } from '../variables/variable';
import type { Partitioner, Reuse } from '../variables/variable-scope';
import { activationOr, affine } from './basic';
import { bindBuild } from '../layers/build';
import { LayerRNNCell, type Step, checkDtype, checkDtypes, depthOf } from './cell';
import { type LSTMStateTuple, stateTuple, unitsOf } from './state';
import { tensorsOf } from './steps';

/** The parts of a state that is a tuple. */
function partsOf(state: unknown): [c: Tensor, h: Tensor] {
  const parts = tensorsOf(state);
  if (parts.length !== 2)
    throw new ValueError(
      `Expected state to be an LSTMStateTuple of c and h, but received ${parts.length} tensors.` +
        '\n  fix: cell.zeroState(batchSize, tf.float32), or tf.nn.rnnCell.LSTMStateTuple(c, h).',
    );
  const [c, h] = parts;
  return [c, h];
}

type TakenLast = [
  forgetBias?: number,
  stateIsTuple?: boolean,
  activation?: Activation,
  reuse?: Reuse,
  name?: string,
  dtype?: DTypeLike,
];
type BasicTaken = [numUnits: number, ...TakenLast];
const BASIC = constructorOf<BasicTaken>('nn.rnn_cell.BasicLSTMCell');
/**
 * A cell with a memory and three gates.
 *
 *     const cell = new tf.nn.rnnCell.BasicLSTMCell(4);
 *     const [outputs, state] = tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 });
 *     outputs.shape   // (2, 5, 4)
 *     state.c.shape   // (2, 4)
 *
 * With `stateIsTuple: false` the state is one tensor, the memory beside the output: `BasicLSTMCell<tf.Tensor>`.
 */
export class BasicLSTMCell<S = LSTMStateTuple> extends LayerRNNCell<S> {
  private readonly numUnits: number;
  private readonly forgetBias: number;
  private readonly stateIsTuple: boolean;
  private readonly activation: (x: Tensor) => Tensor;
  private kernel!: Variable;
  private bias!: Variable;
  /**
   * Makes the cell.
   *
   * @param numUnits      the size of its output and of its memory
   * @param forgetBias    is added to the gate that keeps the memory; 1 where not given
   * @param stateIsTuple  false for a state that is one tensor
   * @param activation    is applied to the new value and to the memory: a function, or its name; tanh where not given
   * @param reuse         whether its variables are those that are there already
   * @param name          its name, which its variables' begin with
   * @param dtype         of its variables; that of its first input where not given
   * @throws ValueError  for a dtype that is not floating point
   */
  constructor(...given: Args<'nn.rnn_cell.BasicLSTMCell', BasicTaken>) {
    const [numUnits, forgetBias = 1, stateIsTuple = true, activation, reuse, name, dtype] = BASIC.take(given);
    super({ name, dtype, _reuse: reuse });
    checkDtype(this.dtype);
    this.inputSpec = new InputSpec({ ndim: 2 });
    this.numUnits = unitsOf(numUnits);
    this.forgetBias = forgetBias;
    this.stateIsTuple = stateIsTuple;
    this.activation = activationOr(activation);
  }
  override get stateSize(): LSTMStateTuple<number> | number {
    return this.stateIsTuple ? stateTuple(this.numUnits, this.numUnits) : 2 * this.numUnits;
  }
  override get outputSize(): number {
    return this.numUnits;
  }
  /** Makes kernel and bias. */
  override build(inputShape: TensorShape): void {
    const depth = depthOf(inputShape);
    checkDtype(this.dtype);
    this.kernel = this.addWeight('kernel', [depth + this.numUnits, 4 * this.numUnits]);
    this.bias = this.addWeight('bias', [4 * this.numUnits], { initializer: zerosInitializer(this.dtype) });
    this.built = true;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: S): Step<S> {
    checkDtypes([inputs, state]);
    const one = scalar(1, int32);
    const [c, h] = this.stateIsTuple ? partsOf(state) : split(toTensor(state), 2, one);
    const [i, j, f, o] = split(affine(inputs, h, this.kernel, this.bias), 4, one);
    const forgetBias = scalar(this.forgetBias, f.dtype);
    const newC = add(multiply(c, sigmoid(add(f, forgetBias))), multiply(sigmoid(i), this.activation(j)));
    const newH = multiply(this.activation(newC), sigmoid(o));
    return [newH, stateOf<S>(this.stateIsTuple, newC, newH)];
  }
}
/** The parts of a state that is one tensor. */
function halves(state: Tensor, units: number, outputs: number): [c: Tensor, h: Tensor] {
  return [slice(state, [0, 0], [-1, units]), slice(state, [0, units], [-1, outputs])];
}
/** The next state in the form of the one before. */
function stateOf<S>(isTuple: boolean, c: Tensor, h: Tensor): S {
  // `S` is what the cell was made for: a tuple, or one tensor.
  return (isTuple ? stateTuple(c, h) : concat([c, h], 1)) as unknown as S;
}

type Taken = [
  numUnits: number,
  usePeepholes?: boolean,
  cellClip?: number,
  initializer?: LayerInitializer,
  numProj?: number,
  projClip?: number,
  numUnitShards?: number,
  numProjShards?: number,
  ...last: TakenLast,
];
const LSTM = constructorOf<Taken>('nn.rnn_cell.LSTMCell');
/**
 * A cell with a memory and three gates, with peepholes (gates that see the memory; Gers and Schmidhuber 2000), a
 * projection of the output (Sak et al. 2014) and bounds where these are asked for.
 *
 *     const cell = new tf.nn.rnnCell.LSTMCell(4, { usePeepholes: true, numProj: 2 });
 *     const [outputs, { c, h }] = tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 });
 *     [outputs.shape, c.shape, h.shape]   // [(2, 5, 2), (2, 4), (2, 2)]
 *
 * With `stateIsTuple: false` the state is one tensor, the memory beside the output: `LSTMCell<tf.Tensor>`.
 */
export class LSTMCell<S = LSTMStateTuple> extends LayerRNNCell<S> {
  private readonly options: ReturnType<typeof settled>;
  private readonly activation: (x: Tensor) => Tensor;
  private kernel!: Variable;
  private bias!: Variable;
  /** What the gates see of the memory. */
  private peepholes: { readonly f: Variable; readonly i: Variable; readonly o: Variable } | null = null;
  private projection: Variable | null = null;
  /**
   * Makes the cell.
   *
   * @param numUnits       the size of its memory
   * @param usePeepholes   whether the gates see the memory
   * @param cellClip       the memory is kept in ± this
   * @param initializer    what its weights start from
   * @param numProj        the size of its output, where that is a projection
   * @param projClip       the projection is kept in ± this
   * @param numUnitShards  in how many parts its kernel is kept
   * @param numProjShards  in how many parts that of the projection is kept
   * @param forgetBias     is added to the gate that keeps the memory; 1 where not given
   * @param stateIsTuple   false for a state that is one tensor
   * @param activation     is applied to the new value and to the memory: a function, or its name; tanh where not given
   * @param reuse          whether its variables are those that are there already
   * @param name           its name, which its variables' begin with
   * @param dtype          of its variables; that of its first input where not given
   * @throws ValueError  for a dtype that is not floating point
   */
  constructor(...given: Args<'nn.rnn_cell.LSTMCell', Taken>) {
    const taken = LSTM.take(given);
    const [, , , , , , , , , , activation, reuse, name, dtype] = taken;
    super({ name, dtype, _reuse: reuse });
    checkDtype(this.dtype);
    this.inputSpec = new InputSpec({ ndim: 2 });
    this.options = settled(taken);
    this.activation = activationOr(activation);
  }
  override get stateSize(): LSTMStateTuple<number> | number {
    const { numUnits, stateIsTuple } = this.options;
    return stateIsTuple ? stateTuple(numUnits, this.outputSize) : numUnits + this.outputSize;
  }
  override get outputSize(): number {
    return this.options.numProj ?? this.options.numUnits;
  }
  /** Makes its weights. */
  override build(inputShape: TensorShape): void {
    const depth = depthOf(inputShape);
    checkDtype(this.dtype);
    const { numUnits: n, numProj, initializer, usePeepholes, unitParts, projParts } = this.options;
    this.kernel = this.addWeight('kernel', [depth + (numProj ?? n), 4 * n], { initializer, ...inParts(unitParts) });
    this.bias = this.addWeight('bias', [4 * n], { initializer: zerosInitializer(this.dtype) });
    if (usePeepholes) {
      const [f, i, o] = ['f', 'i', 'o'].map((gate) => this.addWeight(`w_${gate}_diag`, [n], { initializer }));
      this.peepholes = { f, i, o };
    }
    if (numProj !== null)
      this.projection = this.addWeight('projection/kernel', [n, numProj], { initializer, ...inParts(projParts) });
    this.built = true;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: S): Step<S> {
    checkDtypes([inputs, state]);
    const { numUnits, numProj, stateIsTuple, forgetBias, cellClip, projClip } = this.options;
    const [before, output] = stateIsTuple ? partsOf(state) : halves(toTensor(state), numUnits, numProj ?? numUnits);
    const [i, j, f, o] = split(affine(inputs, output, this.kernel, this.bias), 4, 1);
    const see = this.peepholes;
    let c = see
      ? sigmoid(f.add(forgetBias).add(see.f.mul(before)))
          .mul(before)
          .add(sigmoid(i.add(see.i.mul(before))).mul(this.activation(j)))
      : sigmoid(f.add(forgetBias))
          .mul(before)
          .add(sigmoid(i).mul(this.activation(j)));
    if (cellClip !== null) c = clipByValue(c, -cellClip, cellClip);
    let m = see ? sigmoid(o.add(see.o.mul(c))).mul(this.activation(c)) : sigmoid(o).mul(this.activation(c));
    if (this.projection) {
      m = matmul(m, this.projection);
      if (projClip !== null) m = clipByValue(m, -projClip, projClip);
    }
    return [m, stateOf<S>(stateIsTuple, c, m)];
  }
}
const inParts = (count?: number): { readonly partitioner?: Partitioner } =>
  count === undefined ? {} : { partitioner: fixedSizePartitioner(count) };
/** Its settings. */
function settled([numUnits, usePeepholes, cellClip, initializer, numProj, projClip, ...more]: Taken) {
  const [unitParts, projParts, forgetBias, isTuple] = more;
  return {
    numUnits: unitsOf(numUnits),
    usePeepholes: usePeepholes ?? false,
    cellClip: cellClip ?? null,
    initializer: initializerOf(initializer),
    numProj: numProj ? unitsOf(numProj, 'num_proj') : null,
    projClip: projClip ?? null,
    unitParts,
    projParts,
    forgetBias: forgetBias ?? 1,
    stateIsTuple: isTuple ?? true,
  };
}

bindBuild(BasicLSTMCell, 'nn.rnn_cell.BasicLSTMCell.build');
bindBuild(LSTMCell, 'nn.rnn_cell.LSTMCell.build');
