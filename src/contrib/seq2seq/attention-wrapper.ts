/** A cell that looks at a memory in each step. After TensorFlow 1.15's seq2seq. */
import { checkInt, isCallable, isList } from '../../base/border';
import { type DType, type DTypeLike, int32 } from '../../base/dtype';
import { TypeError_, ValueError } from '../../base/errors';
import { asList } from '../../base/nested';
import { TensorShape } from '../../base/shape';
import { type Args, constructorOf } from '../../calls/bind';
import { assertEqual } from '../../control/checks';
import { apply, inScope } from '../../graph/apply';
import { type TensorLike, toTensor } from '../../graph/constant';
import { type Operation, type Tensor, getDefaultGraph, pythonType } from '../../graph/graph';
import { arrayLeaf, mapTensors } from '../../flow/leaves';
import { whole } from '../../flow/rows';
import { flatten } from '../../flow/structure';
import { TensorArray } from '../../flow/tensor-array';
import { checkLayer } from '../../layers/arguments';
import { Dense } from '../../layers/dense';
import type { Layer } from '../../layers/layer';
import { concat } from '../../ops/concat';
import { noOp } from '../../ops/control';
import { matmul } from '../../ops/matmul';
import { expandDims, squeeze } from '../../ops/reshape';
import { element, shapeOf, zeros } from '../../ops/words';
import { RNNCell, type Step } from '../../rnn/cell';
import { startOf } from '../../rnn/dynamic';
import { type BatchSize, type CellLike, type StateSize, assertCell, zeroStates } from '../../rnn/state';
import { type AttentionWrapperState, isWrapperState, stateOf, wrapperState } from './attention-state';
import { AttentionMechanism } from './mechanism';

/** What of a memory a cell's output looks at, and how: `AttentionWrapper` takes another function in its place. */
export type AttentionFn = (
  attentionMechanism: AttentionMechanism,
  cellOutput: Tensor,
  attentionState: Tensor,
  attentionLayer: AttentionLayer | null,
) => readonly [attention: Tensor, alignments: Tensor, nextAttentionState: Tensor];
/** What is applied to a cell's output and what it looked at. */
export type AttentionLayer = Pick<Layer, 'apply' | 'computeOutputShape'>;
function attended(
  mechanism: AttentionMechanism,
  cellOutput: Tensor,
  before: Tensor,
  layer: AttentionLayer | null,
): readonly [Tensor, Tensor, Tensor] {
  const [alignments, next] = mechanism.apply(cellOutput, before);
  const context = squeeze(matmul(expandDims(alignments, 1), mechanism.values), [1]);
  return [layer ? layer.apply(concat([cellOutput, context], 1)) : context, alignments, next];
}

type OneOrMore<T> = T | readonly T[];
type Taken<S> = [
  cell: CellLike<S>,
  attentionMechanism: OneOrMore<AttentionMechanism>,
  attentionLayerSize?: OneOrMore<number>,
  alignmentHistory?: boolean,
  cellInputFn?: (inputs: Tensor, attention: Tensor) => Tensor,
  outputAttention?: boolean,
  initialCellState?: S,
  name?: string,
  attentionLayer?: OneOrMore<AttentionLayer>,
  attentionFn?: AttentionFn,
  dtype?: DTypeLike,
];
const WRAPPER = constructorOf<Taken<unknown>>('contrib.seq2seq.AttentionWrapper');
const TILE =
  'Are you using the BeamSearchDecoder?  You may need to tile your initial state via the ' +
  'tf.contrib.seq2seq.tile_batch function with argument multiple=beam_width.';
/**
 * A cell that looks at a memory in each step: it takes what it looked at beside its input, and gives what it looks at.
 *
 *     const memory = tf.placeholder(tf.float32, [2, null, 5]);
 *     const attention = new tf.contrib.seq2seq.LuongAttention(4, memory);
 *     const cell = new tf.contrib.seq2seq.AttentionWrapper(new tf.nn.rnnCell.GRUCell(4), attention, 3);
 *     const [outputs] = tf.nn.dynamicRnn(cell, tf.ones([2, 6, 3]), { dtype: tf.float32 });
 *     outputs.shape   // (2, 6, 3)
 */
export class AttentionWrapper<S = unknown> extends RNNCell<AttentionWrapperState<S>> {
  private readonly cell: CellLike<S>;
  private readonly mechanisms: readonly AttentionMechanism[];
  private readonly isMulti: boolean;
  private readonly layers: readonly AttentionLayer[] | null;
  private readonly size: number;
  private readonly settings: {
    readonly history: boolean;
    readonly outputAttention: boolean;
    readonly inputFn: (inputs: Tensor, attention: Tensor) => Tensor;
    readonly attentionFn: AttentionFn;
  };
  private readonly initialCellState: S | null;
  /**
   * Makes the cell.
   *
   * @param cell                the cell inside
   * @param attentionMechanism  what looks at a memory, or a list of such mechanisms
   * @param attentionLayerSize  the size of a layer behind the cell's output and what it looked at; a list for several
   *   mechanisms; what it looked at itself where not given
   * @param alignmentHistory    whether the state keeps how much was looked at each place in all steps
   * @param cellInputFn         makes the cell's input of the input and what was looked at; both side by side where not
   *   given
   * @param outputAttention     whether it gives what it looks at; otherwise what the cell gives
   * @param initialCellState    the cell's state that `zeroState` begins with; zeros where not given
   * @param name                its name, which its variables' begin with
   * @param attentionLayer      a layer, or a list of layers, in the place of a size
   * @param attentionFn         what looks, in the place of a mechanism's `apply` and the layer
   * @param dtype               of its variables; that of its first input where not given
   * @throws TypeError   for what is no cell or no mechanism
   * @throws ValueError  for sizes or layers that are not one for each mechanism
   */
  constructor(...given: Args<'contrib.seq2seq.AttentionWrapper', Taken<S>>) {
    const [cell, mechanism, size, history, inputFn, output, initial, name, layer, attentionFn, dtype] =
      WRAPPER.take<Taken<S>>(given);
    super({ name, dtype });
    assertCell('cell', cell);
    this.cell = cell;
    this.isMulti = Array.isArray(mechanism);
    this.mechanisms = mechanismsOf(mechanism);
    if (inputFn !== undefined && !isCallable(inputFn))
      throw new TypeError_(`cell_input_fn must be callable, saw type: ${pythonType(inputFn)}`);
    [this.layers, this.size] = layersOf(this.mechanisms, cell, size, layer);
    this.settings = {
      history: history ?? false,
      outputAttention: output ?? true,
      inputFn: inputFn ?? ((inputs, attention) => concat([inputs, attention], -1)),
      attentionFn: attentionFn ?? attended,
    };
    this.initialCellState = inScope(name, 'AttentionWrapperInit', [], () =>
      initial === undefined ? null : this.checked(initial),
    );
  }
  private checked(initial: S): S {
    const leaves = flatten(initial);
    const rows = rowsOf(toTensor(leaves[leaves.length - 1]));
    const message =
      `When constructing AttentionWrapper ${this.baseName}: Non-matching batch sizes between the memory (encoder ` +
      `output) and initial_cell_state.  ${TILE}`;
    return this.behindChecks(rows, message, () => mapTensors(initial, named('check_initial_cell_state')));
  }
  /** What is made behind a check that there are as many rows as the memories have. */
  private behindChecks<R>(rows: BatchSize, message: string, body: () => R): R {
    const checks = this.mechanisms.map(({ batchSize }) => sameRows(rows, batchSize, message));
    return getDefaultGraph().controlDependencies(checks, body);
  }
  private itemOrList<T>(each: readonly T[]): T | readonly T[] {
    return this.isMulti ? each : each[0];
  }
  override get outputSize(): StateSize {
    return this.settings.outputAttention ? this.size : this.cell.outputSize;
  }
  override get stateSize(): StateSize {
    const sizes = this.mechanisms.map(({ alignmentsSize }) => alignmentsSize);
    const history = sizes.map((size) => (this.settings.history ? size : []));
    const kept = this.mechanisms.map(({ stateSize }) => stateSize);
    const [alignments, histories, states] = [sizes, history, kept].map((list) => this.itemOrList<unknown>(list));
    const { cell, size } = this;
    return stateOf([cell.stateSize, size, new TensorShape([]), alignments, histories, states]);
  }
  /** The state before the first step: zeros, and where the mechanisms begin. */
  protected override zeros(batchSize: BatchSize, dtype: DType): AttentionWrapperState<S> {
    const start = this.initialCellState ?? startOf(this.cell, batchSize, dtype, '');
    const message =
      `When calling zero_state of AttentionWrapper ${this.baseName}: Non-matching batch sizes between the memory ` +
      '(encoder output) and the requested batch size.  Are you using the BeamSearchDecoder?  If so, make sure your ' +
      'encoder output has been tiled to beam_width via tf.contrib.seq2seq.tile_batch, and the batch_size= argument ' +
      'passed to zero_state is batch_size * beam_width.';
    const cellState = this.behindChecks(batchSize, message, () => mapTensors(start, named('checked_cell_state')));
    const alignments = this.mechanisms.map((each) => each.initialAlignments(batchSize, dtype));
    const time = zeros([], int32);
    const attention = toTensor(zeroStates(this.size, batchSize, dtype));
    const states = this.mechanisms.map((each) => each.initialState(batchSize, dtype));
    const history = alignments.map(({ shape }) => (this.settings.history ? historyOf(dtype, shape) : []));
    return wrapperState(
      cellState,
      attention,
      time,
      this.itemOrList(alignments),
      this.itemOrList<unknown>(history),
      this.itemOrList(states),
    );
  }
  /** The nodes of a step. */
  override call(inputs: Tensor, state: AttentionWrapperState<S>): Step<AttentionWrapperState<S>> {
    if (!isWrapperState(state))
      throw new TypeError_(
        `Expected state to be instance of AttentionWrapperState. Received type <class '${pythonType(state)}'> ` +
          'instead.\n  fix: begin with cell.zeroState(batchSize, tf.float32).',
      );
    const { history, outputAttention, inputFn, attentionFn } = this.settings;
    const [given, nextCellState] = this.cell.apply(inputFn(inputs, state.attention), state.cellState);
    const message =
      `When applying AttentionWrapper ${this.name}: Non-matching batch sizes between the memory (encoder output) and ` +
      'the query (decoder output).  Are you using the BeamSearchDecoder?  You may need to tile your memory input via ' +
      'the tf.contrib.seq2seq.tile_batch function with argument multiple=beam_width.';
    const cellOutput = this.behindChecks(rowsOf(given), message, () => named('checked_cell_output')(given));
    const [before, histories] = [state.attentionState, state.alignmentHistory].map((x) =>
      isList(x) && this.isMulti ? x : [x],
    );
    const looked = this.mechanisms.map((mechanism, i) => {
      const layer = this.layers?.[i] ?? null;
      const [attention, alignments, next] = attentionFn(mechanism, cellOutput, toTensor(before[i]), layer);
      const kept = history ? arrayLeaf(histories[i]).write(state.time, alignments) : [];
      return { attention, alignments, next, kept };
    });
    const attentions = looked.map((each) => each.attention);
    const attention = concat(attentions, 1);
    const next = wrapperState(
      nextCellState,
      attention,
      state.time.add(1),
      this.itemOrList(looked.map((each) => each.alignments)),
      this.itemOrList<unknown>(looked.map((each) => each.kept)),
      this.itemOrList(looked.map((each) => each.next)),
    );
    return [outputAttention ? attention : cellOutput, next];
  }
}
const named =
  (name: string) =>
  (x: Tensor): Tensor =>
    apply('Identity', [x], {}, name);
/** A check that two numbers of rows are one. Two that Python has one object for are not compared. */
function sameRows(rows: BatchSize, others: BatchSize, message: string): Operation {
  if (rows === others && Number(rows) <= 256) return inScope(null, 'assert_equal', [], () => noOp());
  const [x, y] = [rows, others].map((n): TensorLike => (typeof n === 'number' ? whole(n) : n));
  return assertEqual(x, y, { message });
}
function rowsOf(x: Tensor): BatchSize {
  return x.shape.at(0) || element(shapeOf(x), 0);
}
function historyOf(dtype: DType, elementShape: TensorShape): TensorArray {
  return new TensorArray(dtype, { size: 0, dynamicSize: true, elementShape });
}
function mechanismsOf(given: OneOrMore<AttentionMechanism>): readonly AttentionMechanism[] {
  const list = asList(given);
  for (const each of list)
    if (!(each instanceof AttentionMechanism))
      throw new TypeError_(
        Array.isArray(given)
          ? `attention_mechanism must contain only instances of AttentionMechanism, saw type: ${pythonType(each)}`
          : 'attention_mechanism must be an AttentionMechanism or list of multiple AttentionMechanism instances, saw ' +
              `type: ${pythonType(each)}`,
      );
  return list;
}
/** The layers behind the mechanisms, and the size of what they give together. */
function layersOf(
  mechanisms: readonly AttentionMechanism[],
  cell: CellLike,
  size: OneOrMore<number> | undefined,
  layer: OneOrMore<AttentionLayer> | undefined,
): [layers: readonly AttentionLayer[] | null, size: number] {
  if (size !== undefined && layer !== undefined)
    throw new ValueError('Only one of attention_layer_size and attention_layer should be set');
  const sum = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0);
  const values = mechanisms.map((each) => each.values.shape.at(-1)!);
  const check = (list: readonly unknown[], what: string, one: string): void => {
    if (list.length !== mechanisms.length)
      throw new ValueError(
        `If provided, ${what} must contain exactly one ${one} per attention_mechanism, saw: ` +
          `${list.length} vs ${mechanisms.length}`,
      );
  };
  if (size !== undefined) {
    const sizes = asList(size);
    check(sizes, 'attention_layer_size', 'integer');
    for (const units of sizes) checkInt(units, 'attention_layer_size');
    const layers = sizes.map(
      (units, i) => new Dense({ units, name: 'attention_layer', useBias: false, dtype: mechanisms[i].dtype! }),
    );
    return [layers, sum(sizes)];
  }
  if (layer === undefined) return [null, sum(values)];
  const layers = asList(layer);
  check(layers, 'attention_layer', 'layer');
  for (const each of layers) checkLayer(each, 'attention_layer');
  const sizes = layers.map((each, i) => each.computeOutputShape([null, Number(cell.outputSize) + values[i]]).at(-1)!);
  return [layers, sum(sizes)];
}
