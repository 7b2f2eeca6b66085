/** Cells around cells: with a way past, on a device. After TensorFlow 1.15's rnn_cell_wrapper_impl. */
import type { DType, DTypeLike } from '../base/dtype';
import { ValueError } from '../base/errors';
import { type Args, constructorOf } from '../calls/bind';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { packLike, tensorLeaves } from '../flow/leaves';
import { assertSame } from '../flow/structure';
import type { VariableScope } from '../variables/variable-scope';
import { RNNCell, type Step, type StepInput, asInputs } from './cell';
import { type BatchSize, type CellLike, type StateSize, assertCell } from './state';

/** A cell that may be wrapped. */
export type Inner<S, O, X> = CellLike<S, O, X>;
/** A step of the cell inside. */
export type InnerStep<S, O, X> = (inputs: StepInput<X>, state: S) => Step<S, O>;

/** What the cells here have in common: sizes and zeros are those of the cell inside, and no scope is their own. */
export abstract class WrapperCell<S, O, X> extends RNNCell<S, O, X> {
  /** The cell inside. */
  readonly cell: Inner<S, O, X>;
  constructor(cell: Inner<S, O, X>, dtype?: DTypeLike | null) {
    super({ dtype: dtype ?? null });
    assertCell('cell', cell);
    this.cell = cell;
  }
  /** The cell inside. */
  get wrappedCell(): Inner<S, O, X> {
    return this.cell;
  }
  override get stateSize(): StateSize {
    return this.cell.stateSize;
  }
  override get outputSize(): StateSize {
    return this.cell.outputSize;
  }
  /** The zeros of the cell inside. */
  protected override zeros(batchSize: BatchSize, dtype: DType): S {
    return this.cell.zeroState(batchSize, dtype);
  }
  /** One step of the cell inside, with what this one adds. */
  protected override step(inputs: StepInput<X>, state: S, scope: string | VariableScope | null): Step<S, O> {
    const { cell } = this;
    return this.around(inputs, state, (x, s) => (scope ? cell.apply(x, s, scope) : cell.apply(x, s)));
  }
  /** The step. */
  protected abstract around(inputs: StepInput<X>, state: S, step: InnerStep<S, O, X>): Step<S, O>;
}

/** What a residual cell makes of the input and the output of the cell inside. */
export type ResidualFn<O, X> = (inputs: X, outputs: O) => O;
type ResidualTaken<S, O, X> = [cell: Inner<S, O, X>, residualFn?: ResidualFn<O, X>];
const RESIDUAL = constructorOf<ResidualTaken<never, never, never>>('nn.rnn_cell.ResidualWrapper');
/**
 * The input of a cell added to its output, which must be of the same size.
 *
 *     const cell = new tf.nn.rnnCell.ResidualWrapper(new tf.nn.rnnCell.GRUCell(3));
 *     tf.nn.dynamicRnn(cell, tf.ones([2, 5, 3]), { dtype: tf.float32 })[0].shape   // (2, 5, 3)
 */
export class ResidualWrapper<S, O = Tensor, X = Tensor> extends WrapperCell<S, O, X> {
  private readonly residualFn: ResidualFn<O, X> | null;
  /**
   * Makes the cell.
   *
   * @param cell        the cell inside
   * @param residualFn  what is made of input and output; their sum where not given
   * @throws TypeError  for what is no cell
   */
  constructor(
    cell: CellLike<S, O, X>,
    residualFn?: ResidualFn<O, X> | { readonly residualFn?: ResidualFn<O, X> | null } | null,
  );
  constructor(...given: Args<'nn.rnn_cell.ResidualWrapper', ResidualTaken<S, O, X>>);
  constructor(...given: readonly unknown[]) {
    const [cell, residualFn] = RESIDUAL.take<ResidualTaken<S, O, X>>(given);
    super(cell);
    this.residualFn = residualFn ?? null;
  }
  protected override around(inputs: StepInput<X>, state: S, step: InnerStep<S, O, X>): Step<S, O> {
    const [outputs, next] = step(inputs, state);
    return [this.residualFn ? this.residualFn(asInputs(inputs), outputs) : summed(inputs, outputs), next];
  }
}
function summed<O>(inputs: unknown, outputs: O): O {
  assertSame(inputs, outputs);
  const added = tensorLeaves(outputs);
  const pairs = tensorLeaves(inputs).map((x, i) => [x, added[i]] as const);
  for (const [x, y] of pairs)
    if (!x.shape.isCompatibleWith(y.shape)) throw new ValueError(`Shapes ${x.shape} and ${y.shape} are incompatible`);
  return packLike(
    outputs,
    pairs.map(([x, y]) => x.add(y)),
  );
}

type DeviceTaken<S, O, X> = [cell: Inner<S, O, X>, device: string];
const DEVICE = constructorOf<DeviceTaken<never, never, never>>('nn.rnn_cell.DeviceWrapper');
/**
 * A cell whose nodes ask for a device.
 *
 *     const cell = new tf.nn.rnnCell.DeviceWrapper(new tf.nn.rnnCell.GRUCell(3), '/cpu:0');
 *     cell.zeroState(1, tf.float32).op.device   // '/device:CPU:0'
 */
export class DeviceWrapper<S, O = Tensor, X = Tensor> extends WrapperCell<S, O, X> {
  private readonly device: string;
  /**
   * Makes the cell.
   *
   * @param cell    the cell inside
   * @param device  a device string
   * @throws TypeError  for what is no cell
   */
  constructor(cell: CellLike<S, O, X>, device: string);
  constructor(...given: Args<'nn.rnn_cell.DeviceWrapper', DeviceTaken<S, O, X>>);
  constructor(...given: readonly unknown[]) {
    const [cell, device] = DEVICE.take<DeviceTaken<S, O, X>>(given);
    super(cell);
    this.device = device;
  }
  protected override zeros(batchSize: BatchSize, dtype: DType): S {
    return getDefaultGraph().device(this.device, () => super.zeros(batchSize, dtype));
  }
  protected override around(inputs: StepInput<X>, state: S, step: InnerStep<S, O, X>): Step<S, O> {
    return getDefaultGraph().device(this.device, () => step(inputs, state));
  }
}
