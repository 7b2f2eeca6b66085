/** Cells one above the other. */
import { isList } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import type { DType } from '../base/dtype';
import { preview } from '../base/preview';
import { type Args, constructorOf } from '../calls/bind';
import { toTensor } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { tensorLeaves } from '../flow/leaves';
import { Layer } from '../layers/layer';
import { warning } from '../program/logging';
import { concat } from '../ops/concat';
import { slice } from '../ops/slice';
import { variableScope } from '../variables/scope';
import type { Variable } from '../variables/variable';
import { RNNCell, type Step } from './cell';
import { type AnyCell, type BatchSize, type CellLike, type Rows, type StateSize, shownSizes } from './state';

/** The state of a cell. */
export type StateOf<C> = C extends {
  /** Zeros to start from. */
  zeroState(...given: never[]): infer S;
}
  ? S
  : never;
/** The states of cells one above the other. */
export type StatesOf<C extends readonly AnyCell[]> = { readonly [I in keyof C]: StateOf<C[I]> };

type Taken<C> = [cells: C, stateIsTuple?: boolean];
const MULTI = constructorOf<Taken<readonly Stacked[]>>('nn.rnn_cell.MultiRNNCell');
/** What is asked of a cell here. */
type Stacked = CellLike<unknown, unknown>;

/**
 * Cells one above the other: each takes the output of the one below.
 *
 *     const cells = [4, 2].map((size) => new tf.nn.rnnCell.BasicLSTMCell(size));
 *     const [outputs, state] = tf.nn.dynamicRnn(new tf.nn.rnnCell.MultiRNNCell(cells), tf.ones([2, 5, 3]), {
 *       dtype: tf.float32,
 *     });
 *     outputs.shape      // (2, 5, 2)
 *     state[0].c.shape   // (2, 4)
 */
export class MultiRNNCell<const C extends readonly AnyCell[] = readonly AnyCell[]> extends RNNCell<StatesOf<C>, Rows> {
  private readonly cells: readonly Stacked[];
  private readonly stateIsTuple: boolean;
  /**
   * Makes the cell.
   *
   * @param cells         a list of cells, the lowest first
   * @param stateIsTuple  false for a state that is one tensor, all states side by side
   * @throws ValueError  for no cells, or states that are tuples where `stateIsTuple` is false
   * @throws TypeError   for what is no list
   */
  constructor(cells: C, stateIsTuple?: boolean | { readonly stateIsTuple?: boolean | null } | null);
  constructor(...given: Args<'nn.rnn_cell.MultiRNNCell', Taken<C>>);
  constructor(...given: readonly unknown[]) {
    const [cells, stateIsTuple = true] = MULTI.take(given);
    super();
    if (!cells || (isList(cells) && !cells.length))
      throw new ValueError('Must specify at least one cell for MultiRNNCell.');
    if (!isList(cells))
      throw new TypeError_(
        `cells must be a list or tuple, but saw: ${preview(cells)}.\n` +
          '  fix: a list, of one cell as well: new MultiRNNCell([cell]).',
      );
    if (new Set(cells).size < cells.length)
      warning(
        'At least two cells provided to MultiRNNCell are the same object and will share weights.\n' +
          '  fix: make each layer a cell of its own: Array.from({ length: 2 }, () => new BasicLSTMCell(128)).',
      );
    this.cells = cells;
    this.stateIsTuple = stateIsTuple;
    if (!stateIsTuple && cells.some(({ stateSize }) => typeof stateSize === 'object'))
      throw new ValueError(
        'Some cells return tuples of states, but the flag state_is_tuple is not set.  State sizes are: ' +
          shownSizes(cells.map(({ stateSize }) => stateSize)),
      );
  }
  override get stateSize(): StateSize {
    const sizes = this.cells.map(({ stateSize }) => stateSize);
    return this.stateIsTuple ? sizes : sizes.reduce((sum: number, size) => sum + Number(size), 0);
  }
  override get outputSize(): StateSize {
    return this.cells[this.cells.length - 1].outputSize;
  }
  /** The states of all cells, of zeros. */
  protected override zeros(batchSize: BatchSize, dtype: DType): StatesOf<C> {
    return this.stateIsTuple
      ? ofCells(this.cells.map((cell) => cell.zeroState(batchSize, dtype)))
      : this.inZeroScope(() => super.zeros(batchSize, dtype));
  }
  override get trainableVariables(): readonly Variable[] {
    return this.trainable ? this.layers.flatMap((cell) => cell.trainableVariables) : [];
  }
  override get nonTrainableVariables(): readonly Variable[] {
    const kept = this.layers.flatMap((cell) => cell.nonTrainableVariables);
    return this.trainable ? kept : [...this.layers.flatMap((cell) => cell.trainableVariables), ...kept];
  }
  override get variables(): readonly Variable[] {
    return [...this.trainableVariables, ...this.nonTrainableVariables];
  }
  private get layers(): readonly Pick<Layer, 'trainableVariables' | 'nonTrainableVariables'>[] {
    return this.cells.filter((cell) => cell instanceof Layer);
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: StatesOf<C>): Step<StatesOf<C>> {
    let x: unknown = inputs;
    let at = 0;
    const before: unknown = state;
    const states = this.cells.map((cell, i) =>
      variableScope(`cell_${i}`, () => {
        const own = this.stateIsTuple ? this.tupleOf(before)[i] : partOf(before, at, Number(cell.stateSize));
        at += Number(cell.stateSize);
        const [output, next] = cell.apply(toTensor(x), own);
        x = output;
        return next;
      }),
    );
    const next = this.stateIsTuple ? states : concat(tensorLeaves(states), 1);
    return [toTensor(x), ofCells(next)];
  }
  private tupleOf(state: unknown): readonly unknown[] {
    if (isList(state)) return state;
    throw new ValueError(
      `Expected state to be a tuple of length ${this.cells.length}, but received: ${preview(state)}`,
    );
  }
}
/** The states of all cells, or one tensor of them: what `C` keep. */
function ofCells<C extends readonly AnyCell[]>(states: unknown): StatesOf<C> {
  return states as StatesOf<C>;
}
function partOf(state: unknown, at: number, size: number): Tensor {
  if (state instanceof Tensor) return slice(state, [0, at], [-1, size]);
  throw new ValueError(`Expected state to be one tensor, but received: ${preview(state)}`);
}
