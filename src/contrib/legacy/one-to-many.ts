/** A net that reads one sequence, and several that write. After TensorFlow 1.15's legacy_seq2seq. */
import type { DTypeLike } from '../../base/dtype';
import { TypeError_, ValueError } from '../../base/errors';
import { preview } from '../../base/preview';
import type { Tensor } from '../../graph/graph';
import { knowingAll } from '../../ops/known-calls';
import { RNNCell } from '../../rnn/cell';
import type { CellLike } from '../../rnn/state';
import { staticRnnOf } from '../../rnn/static';
import type { ScopeLike } from '../../rnn/steps';
import { variableScope } from '../../variables/scope';
import { EmbeddingWrapper, OutputProjectionWrapper } from '../cells/projections';
import { type Symbols, decodedSymbols } from './embedding';
import { type FeedPrevious, fedAs } from './feed-previous';

type By<T> = Readonly<Record<string, T>>;
type ManyCall = <S>(
  encoderInputs: Symbols,
  decoderInputsDict: By<Symbols>,
  encCell: CellLike<S>,
  decCellsDict: By<CellLike<NoInfer<S>>>,
  numEncoderSymbols: number,
  numDecoderSymbolsDict: By<number>,
  embeddingSize: number,
  options?: {
    readonly feedPrevious?: FeedPrevious | null;
    readonly dtype?: DTypeLike | null;
    readonly scope?: ScopeLike | null;
  },
) => [outputs: Record<string, Tensor[]>, states: Record<string, S>];
/**
 * A net that reads symbols, and several that write others from the state that it has come to, each by its name.
 *
 *     const symbols = (...each: number[]) => each.map((id) => tf.constant([id], tf.int32));
 *     const cells = { a: new tf.nn.rnnCell.GRUCell(4), b: new tf.nn.rnnCell.GRUCell(4) };
 *     const [outputs] = tf.contrib.legacySeq2seq.one2manyRnnSeq2seq(
 *       symbols(1, 2), { a: symbols(0), b: symbols(0, 1) }, new tf.nn.rnnCell.GRUCell(4), cells, 5, { a: 3, b: 6 }, 2);
 *     outputs.b[1].shape   // (1, 6)
 *
 * @param encoderInputs          a list of symbols that are read, [batch] of whole numbers
 * @param decoderInputsDict      lists of those that are written, by name
 * @param encCell                the cell that reads
 * @param decCellsDict           those that write, by name
 * @param numEncoderSymbols      how many symbols there are to read
 * @param numDecoderSymbolsDict  how many symbols there are to write, by name
 * @param embeddingSize          the size of a vector
 * @param feedPrevious           whether each input of a decoder but the first is what it gave before: a boolean, or a
 *                               scalar of booleans
 * @param dtype                  of the states; the scope's where not given
 * @param scope                  a variable scope, or its name; `one2many_rnn_seq2seq` where not given
 * @returns  lists of outputs by name, and the last states
 * @throws TypeError   for what is no cell
 * @throws ValueError  for other names of cells than of inputs
 */
export const one2manyRnnSeq2seq = knowingAll<ManyCall>()(
  'contrib.legacy_seq2seq.one2many_rnn_seq2seq',
  (
    encoderInputs: Symbols,
    decoderInputs: By<Symbols>,
    encCell: CellLike<unknown>,
    decCells: By<CellLike<unknown>>,
    numEncoderSymbols: number,
    numDecoderSymbols: By<number>,
    size: number,
    feedPrevious: FeedPrevious = false,
    dtype?: DTypeLike,
    named?: ScopeLike,
  ): [outputs: By<unknown[]>, states: By<unknown>] => {
    checkCells(encCell, decCells, Object.keys(decoderInputs));
    const [outputs, states]: [Record<string, unknown[]>, Record<string, unknown>] = [{}, {}];
    variableScope(named || 'one2many_rnn_seq2seq', { dtype }, (scope) => {
      const reader = new EmbeddingWrapper(encCell, numEncoderSymbols, size);
      const [, start] = staticRnnOf(reader, encoderInputs, undefined, scope.dtype);
      for (const [name, inputs] of Object.entries(decoderInputs))
        variableScope(`one2many_decoder_${name}`, () => {
          const symbols = numDecoderSymbols[name];
          const writer = new OutputProjectionWrapper(decCells[name], symbols);
          [outputs[name], states[name]] = fedAs(
            feedPrevious,
            inputs.length,
            () => start,
            (feeds) => decodedSymbols(inputs, start, writer, symbols, size, undefined, feeds),
          );
        });
    });
    return [outputs, states];
  },
);
function checkCells(encCell: unknown, decCells: By<unknown>, names: readonly string[]): void {
  const check = (name: string, cell: unknown): void => {
    if (!(cell instanceof RNNCell)) throw new TypeError_(`${name} is not an RNNCell: ${preview(cell)}`);
  };
  check('enc_cell', encCell);
  const given = new Set(Object.keys(decCells));
  if (given.size !== names.length || !names.every((name) => given.has(name)))
    throw new ValueError('keys of dec_cells_dict != keys of decodre_inputs_dict');
  for (const cell of Object.values(decCells)) check('dec_cell', cell);
}
