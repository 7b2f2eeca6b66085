/** Cells with an affine function before or after them, or an embedding before. After TensorFlow's core_rnn_cell. */
import type { DType } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { type Args, constructorOf } from '../../calls/bind';
import { flatten } from '../../flow/structure';
import { Tensor, getDefaultGraph } from '../../graph/graph';
import { wholeNumber } from '../../layers/arguments';
import { type LayerInitializer, initializerOf } from '../../layers/named';
import { embeddingLookup } from '../../nn/embedding';
import { reshape } from '../../ops/reshape';
import { warn } from '../../program/logging';
import { RNNCell, type Step } from '../../rnn/cell';
import { type BatchSize, type CellLike, type StateSize, assertCell } from '../../rnn/state';
import { getVariable } from '../../variables/get-variable';
import { randomUniformInitializer } from '../../variables/initializers';
import { getVariableScope } from '../../variables/scope';
import type { Reuse } from '../../variables/variable-scope';
import { Linear } from './linear';

/** What is applied to a projection. */
export type ProjectionFn = (x: Tensor) => Tensor;

/** A cell around another one, whose variables are in a scope of its own. */
export abstract class CellAround<S> extends RNNCell<S> {
  protected readonly cell: CellLike<S>;
  constructor(cell: CellLike<S>, reuse?: Reuse | null) {
    super({ _reuse: reuse });
    assertCell('cell', cell);
    this.cell = cell;
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
}

type InputTaken<S> = [cell: CellLike<S>, numProj: number, activation?: ProjectionFn, inputSize?: number, reuse?: Reuse];
const INPUT = constructorOf<InputTaken<never>>('contrib.rnn.InputProjectionWrapper');
/**
 * An affine function of the input before a cell.
 *
 *     const cell = new tf.contrib.rnn.InputProjectionWrapper(new tf.nn.rnnCell.GRUCell(3), 8);
 *     tf.nn.dynamicRnn(cell, tf.ones([2, 5, 4]), { dtype: tf.float32 })[0].shape   // (2, 5, 3)
 */
export class InputProjectionWrapper<S> extends CellAround<S> {
  private readonly numProj: number;
  private readonly activation: ProjectionFn | null;
  private linear: Linear | null = null;
  /**
   * Makes the cell.
   *
   * @param cell        the cell inside
   * @param numProj     the size that the input is brought to
   * @param activation  is applied to that
   * @param inputSize   is not used
   * @param reuse       whether its variables are those that are there already
   * @throws TypeError  for what is no cell
   */
  constructor(...given: Args<'contrib.rnn.InputProjectionWrapper', InputTaken<S>>) {
    const [cell, numProj, activation, inputSize, reuse] = INPUT.take<InputTaken<S>>(given);
    super(cell, reuse);
    if (inputSize !== undefined) warn('%s: The input_size parameter is deprecated.', this);
    this.numProj = wholeNumber(numProj, 'num_proj');
    this.activation = activation ?? null;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: S): Step<S> {
    this.linear ??= new Linear([inputs], this.numProj);
    const projected = this.linear.of([inputs]);
    return this.cell.apply(this.activation ? this.activation(projected) : projected, state);
  }
}

type OutputTaken<S> = [cell: CellLike<S>, outputSize: number, activation?: ProjectionFn, reuse?: Reuse];
const OUTPUT = constructorOf<OutputTaken<never>>('contrib.rnn.OutputProjectionWrapper');
/**
 * An affine function of a cell's output.
 *
 *     const cell = new tf.contrib.rnn.OutputProjectionWrapper(new tf.nn.rnnCell.GRUCell(3), 8);
 *     tf.nn.dynamicRnn(cell, tf.ones([2, 5, 4]), { dtype: tf.float32 })[0].shape   // (2, 5, 8)
 */
export class OutputProjectionWrapper<S> extends CellAround<S> {
  private readonly size: number;
  private readonly activation: ProjectionFn | null;
  private linear: Linear | null = null;
  /**
   * Makes the cell.
   *
   * @param cell        the cell inside
   * @param outputSize  the size that the output is brought to
   * @param activation  is applied to that
   * @param reuse       whether its variables are those that are there already
   * @throws TypeError   for what is no cell
   * @throws ValueError  for a size below 1
   */
  constructor(...given: Args<'contrib.rnn.OutputProjectionWrapper', OutputTaken<S>>) {
    const [cell, outputSize, activation, reuse] = OUTPUT.take<OutputTaken<S>>(given);
    super(cell, reuse);
    if (outputSize < 1) throw new ValueError(`Parameter output_size must be > 0: ${outputSize}.`);
    this.size = wholeNumber(outputSize, 'output_size');
    this.activation = activation ?? null;
  }
  /** The size of the projection. */
  override get outputSize(): number {
    return this.size;
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: S): Step<S> {
    const [output, next] = this.cell.apply(inputs, state);
    this.linear ??= new Linear([output], this.size);
    const projected = this.linear.of([output]);
    return [this.activation ? this.activation(projected) : projected, next];
  }
}

type EmbeddingTaken<S> = [
  cell: CellLike<S>,
  embeddingClasses: number,
  embeddingSize: number,
  initializer?: LayerInitializer,
  reuse?: Reuse,
];
const EMBEDDING = constructorOf<EmbeddingTaken<never>>('contrib.rnn.EmbeddingWrapper');
/**
 * A cell that takes ids: the rows of a table go into the cell inside.
 *
 *     const cell = new tf.contrib.rnn.EmbeddingWrapper(new tf.nn.rnnCell.GRUCell(3), 100, 8);
 *     const [output] = cell.apply(tf.constant([4, 99], tf.int32), cell.zeroState(2, tf.float32));
 *     output.shape   // (2, 3)
 */
export class EmbeddingWrapper<S> extends CellAround<S> {
  private readonly size: readonly [classes: number, size: number];
  private readonly initializer: LayerInitializer | null;
  /**
   * Makes the cell.
   *
   * @param cell              the cell inside
   * @param embeddingClasses  how many ids there are
   * @param embeddingSize     the size of a row
   * @param initializer       what the table starts from; the scope's, or numbers of variance 1, where not given
   * @param reuse             whether its variables are those that are there already
   * @throws TypeError   for what is no cell
   * @throws ValueError  for a size below 1
   */
  constructor(...given: Args<'contrib.rnn.EmbeddingWrapper', EmbeddingTaken<S>>) {
    const [cell, classes, size, initializer, reuse] = EMBEDDING.take<EmbeddingTaken<S>>(given);
    super(cell, reuse);
    if (classes <= 0 || size <= 0)
      throw new ValueError(`Both embedding_classes and embedding_size must be > 0: ${classes}, ${size}.`);
    this.size = [wholeNumber(classes, 'embedding_classes'), wholeNumber(size, 'embedding_size')];
    this.initializer = initializerOf(initializer);
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: S): Step<S> {
    return getDefaultGraph().device('/cpu:0', () => {
      // The variance of uniform numbers in ±√3 is 1.
      const initializer =
        this.initializer ?? getVariableScope().initializer ?? randomUniformInitializer(-Math.sqrt(3), Math.sqrt(3));
      const [first] = flatten(state).filter((x) => x instanceof Tensor);
      const table = getVariable('embedding', this.size, { dtype: first.dtype, initializer });
      return this.cell.apply(embeddingLookup(table, reshape(inputs, [-1])), state);
    });
  }
}
