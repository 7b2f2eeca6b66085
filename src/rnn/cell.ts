/** The cell that all cells are derived from, after TensorFlow 1.15's rnn_cell_impl. */
import { type DType, type DTypeLike, asDtype } from '../base/dtype';
import { RuntimeError, ValueError } from '../base/errors';
import { isRevoked, preview } from '../base/preview';
import type { TensorShape } from '../base/shape';
import { type Args, constructorOf, refused, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import type { Redefinable } from '../calls/types';
import { type TensorLike, constantValue, convertToTensor, toTensor } from '../graph/constant';
import { Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { flatten } from '../flow/structure';
import type { Taken } from '../layers/takes';
import { Layer } from '../layers/layer';
import { element, shapeOf } from '../ops/words';
import { getVariableScope, variableScope } from '../variables/scope';
import { Variable } from '../variables/variable';
import type { CustomGetter, VariableScope } from '../variables/variable-scope';
import { type BatchSize, type CellLike, type Rows, type StateSize, zeroStates } from './state';

/** What a step gives: the output, and the state for the next one. */
export type Step<S, O = Tensor> = readonly [output: O, state: S];
/** What becomes a tensor, or lists and objects of tensors. */
export type StepInput<X> = X | TensorLike;
/** What a step takes, by name. */
export type StepNames<S, X> = {
  /** [batch, size] */
  readonly inputs: StepInput<X>;
  /** What the step before gave. */
  readonly state: S;
  /** A variable scope, or its name. */
  readonly scope?: string | VariableScope | null;
};
/** What a step takes after its inputs, by name. */
export type StateNamed<S> = Omit<StepNames<S, never>, 'inputs'>;
/** What `zeroState` takes, by name. */
export interface ZeroNames {
  /** The number of rows: a number, or a scalar of int32. */
  readonly batchSize: BatchSize;
  /** The dtype of the state. */
  readonly dtype: DTypeLike;
}
const CELL = constructorOf<Taken>('nn.rnn_cell.RNNCell');
type InitialTaken = [inputs?: TensorLike, batchSize?: BatchSize, dtype?: DTypeLike];
const INITIAL = signature<InitialTaken>('nn.rnn_cell.RNNCell.get_initial_state');
type StepTaken<X, S> = [inputs: X, state: S, scope?: string | VariableScope];
const STEP = signature<StepTaken<unknown, unknown>>('nn.rnn_cell.RNNCell.apply');

/**
 * What cells are derived from: one step of a recurrent net, from an input and a state to an output and the next state.
 * One of your own says its sizes, and makes its nodes in `call`; variables are made by `tf.getVariable`.
 *
 *     class Sum extends tf.nn.rnnCell.RNNCell {
 *       override get stateSize(): number { return 2; }
 *       override get outputSize(): number { return 2; }
 *       override call(x: tf.Tensor, state: tf.Tensor): [tf.Tensor, tf.Tensor] {
 *         const w = tf.getVariable('w', [2], { initializer: tf.onesInitializer() });
 *         const sum = state.add(x.mul(w));
 *         return [sum, sum];
 *       }
 *     }
 *     const [outputs] = tf.nn.dynamicRnn(new Sum(), tf.ones([1, 3, 2]), { dtype: tf.float32 });
 *     outputs   // [[[1, 1], [2, 2], [3, 3]]]
 *
 * `RNNCell<S, O, X>` has states `S`, outputs `O` and inputs `X`: tensors, or lists and objects of them.
 */
export class RNNCell<S = Tensor, O = Tensor, X = Tensor> extends Layer<X, Step<S, O>> implements CellLike<S, O, X> {
  private outerScope: VariableScope | null = null;
  /**
   * Makes the cell.
   *
   * @param trainable  whether optimizers change its variables
   * @param name       its name, which its variables' begin with; made of the class's where not given
   * @param dtype      of its variables; that of its first input where not given
   * @param _scope     the variable scope that it is in
   * @param _reuse     whether its variables are those that are there already
   */
  constructor(...given: Args<'nn.rnn_cell.RNNCell', Taken>) {
    const [trainable, name, dtype, _scope, _reuse] = CELL.take(given);
    super({ trainable, name, dtype, _scope, _reuse });
  }
  /** The size of its state: a number, a shape, or lists and objects of them. */
  get stateSize(): StateSize {
    throw new RuntimeError('Abstract method: stateSize');
  }
  /** The size of its output. */
  get outputSize(): StateSize {
    throw new RuntimeError('Abstract method: outputSize');
  }
  /** Makes nothing: variables come in `call`. */
  override build(_inputShape: TensorShape): void {}
  /** The nodes of a step: what a cell of one's own defines. */
  override call(inputs: X, state: S): Step<S, O> {
    return super.call(inputs, state);
  }
  /** The same, of what a step takes by name. */
  override apply(named: StepNames<S, X>): Step<S, O>;
  /** The same, with the state by name. */
  override apply(inputs: StepInput<X>, named: StateNamed<S>): Step<S, O>;
  /**
   * One step. Python's `cell(inputs, state, scope)`.
   *
   *     const cell = new tf.nn.rnnCell.BasicRNNCell(2);
   *     const [output, state] = cell.apply(tf.ones([1, 3]), cell.zeroState(1, tf.float32));
   *     output.shape   // (1, 2)
   *
   * @param inputs  [batch, size]
   * @param state   what the step before gave, or `zeroState`
   * @param scope   a variable scope, or its name; of the cell's class where not given
   * @returns  the output, and the state for the next step
   */
  override apply(inputs: StepInput<X>, state: S, scope?: string | VariableScope | null): Step<S, O>;
  override apply(...given: readonly unknown[]): Step<S, O> {
    const [inputs, state, scope] = STEP.take<StepTaken<StepInput<X>, S>>(given);
    try {
      return this.step(inputs, state, scope ?? null);
    } catch (error) {
      throw refused(STEP, given, error);
    }
  }
  /** One step, in a variable scope or in one of the cell's own. */
  protected step(inputs: StepInput<X>, state: S, scope: string | VariableScope | null): Step<S, O> {
    const x = asInputs(inputs);
    const { customGetter } = this;
    if (scope) return variableScope(scope, { customGetter }, (opened) => this.applyIn(opened, x, [state]));
    this.outerScope ??= getVariableScope();
    return variableScope(this.outerScope, { customGetter }, () => this.applyIn(null, x, [state]));
  }
  /** Remembers the variables that are made inside. */
  private get customGetter(): CustomGetter {
    return (getter, name, options) => {
      const made = getter(name, options);
      if (!(made instanceof Variable)) return made;
      const isTrained = getDefaultGraph().getCollection<unknown>(GraphKeys.TRAINABLE_VARIABLES).includes(made);
      const list = isTrained ? this.trained : this.kept;
      if (!list.includes(made)) list.push(made);
      return made;
    };
  }
  /**
   * A state of zeros.
   *
   *     new tf.nn.rnnCell.BasicLSTMCell(2).zeroState(1, tf.float32).h   // [[0, 0]]
   *
   * @param batchSize  the number of rows: a number, or a scalar of int32
   * @param dtype      the dtype of the state
   * @returns  tensors [batchSize, …size] in the structure of `stateSize`
   */
  zeroState<_ = never>(...named: Redefinable<ZeroNames, _>): S;
  zeroState(batchSize: BatchSize, dtype: DTypeLike): S;
  zeroState(batchSize: BatchSize, dtype: DTypeLike): S {
    const type = asDtype(dtype);
    return this.inZeroScope(() => this.zeros(batchSize, type));
  }
  /** The nodes of `zeroState`, in its scope. */
  protected zeros(batchSize: BatchSize, dtype: DType): S {
    return zeroStates<S>(this.stateSize, batchSize, dtype);
  }
  protected inZeroScope<R>(body: () => R): R {
    return getDefaultGraph().nameScope(`${this.constructor.name}ZeroState`, body);
  }
  /**
   * The state before the first step: zeros.
   *
   * @param inputs     what the first step takes: it tells the number of rows and the dtype
   * @param batchSize  the number of rows, without `inputs`
   * @param dtype      the dtype, without `inputs`
   * @returns  a state
   * @throws ValueError  where the number of rows or the dtype is not known
   */
  getInitialState(...given: Args<'nn.rnn_cell.RNNCell.get_initial_state', InitialTaken>): S {
    const [inputs = null, batchSize = null, dtype = null] = INITIAL.take(given);
    let [rows, type] = [batchSize, dtype === null ? null : asDtype(dtype)];
    if (inputs !== null) {
      const x = convertToTensor(inputs, null, 'inputs');
      const known = x.shape.at(0);
      if (rows !== null && knownSize(rows) !== known)
        throw new ValueError(
          'batch size from input tensor is different from the input param. ' +
            `Input tensor batch: ${known}, batch_size: ${preview(rows)}`,
        );
      if (type !== null && x.dtype !== type)
        throw new ValueError(
          'dtype from input tensor is different from the input param. ' +
            `Input tensor dtype: ${x.dtype}, dtype: ${type}`,
        );
      rows = known || element(shapeOf(x), 0);
      type = x.dtype;
    }
    if (rows === null || type === null)
      throw new ValueError(
        'batch_size and dtype cannot be None while constructing initial state: ' +
          `batch_size=${preview(rows)}, dtype=${type ? String(type) : 'None'}`,
      );
    return this.zeroState(rows, type);
  }
}
function knownSize(size: BatchSize): number | null {
  if (typeof size === 'number') return size;
  const known = constantValue(convertToTensor(size, null, 'batch_size'));
  return known ? Number(known.item()) : null;
}
bindMethods(RNNCell, {
  zeroState: 'nn.rnn_cell.RNNCell.zero_state',
});
/** A tensor, where it is none yet; lists of tensors are several. */
export function asInputs<X>(inputs: StepInput<X>): X {
  return (flatten(inputs).some((x) => !isRevoked(x) && x instanceof Tensor) ? inputs : toTensor(inputs)) as X;
}

/**
 * A cell that makes its variables in `build`, by `addWeight`, as layers do: what the cells here are derived from.
 *
 *     new tf.nn.rnnCell.GRUCell(2) instanceof tf.contrib.rnn.LayerRNNCell   // true
 */
export abstract class LayerRNNCell<S = Rows> extends RNNCell<S, Rows> {
  protected override step(inputs: TensorLike, state: S, scope: string | VariableScope | null): Step<S> {
    return this.applyIn(scope, convertToTensor(inputs), [state]);
  }
}

/** The size of an input's rows. @throws ValueError  where it is not known */
export function depthOf(shape: TensorShape): number {
  const depth = shape.at(-1);
  if (depth !== null) return depth;
  throw new ValueError(`Expected inputs.shape[-1] to be known, saw shape: ${shape}`);
}
/** @throws ValueError  for what is no floating point */
export function checkDtypes(values: unknown): void {
  for (const x of flatten(values)) if (!isRevoked(x) && x instanceof Tensor) checkDtype(x.dtype);
}
export function checkDtype(dtype: DType | null): void {
  if (dtype !== null && !(dtype.isFloating || dtype.isComplex))
    throw new ValueError(`RNN cell only supports floating point inputs, but saw dtype: ${dtype}`);
}
