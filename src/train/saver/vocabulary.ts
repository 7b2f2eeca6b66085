/** Variables whose rows or columns are words: they begin with what a checkpoint has for the same words. */
import { ValueError } from '../../base/errors';
import { int64 } from '../../base/dtype';
import { textOf } from '../../base/preview';
import { type Args, constructorOf } from '../../calls/bind';
import { apply, applyOp } from '../../graph/apply';
import type { TensorLike } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { concat } from '../../ops/concat';
import { range } from '../../ops/range';
import type { OpenShape } from '../../variables/initializer';
import { zerosInitializer } from '../../variables/initializers';
import { fullDimsOf } from '../../variables/partitioned';
import { beginWith } from '../../variables/replace-initializer';
import type { Variable } from '../../variables/variable';

/** What gives words that the checkpoint does not have their values: an initializer, or a function of a shape. */
export type BackupInitializer =
  | ((shape: OpenShape) => Tensor)
  | {
      /** Adds the nodes of a value. */
      call(shape: OpenShape): Tensor;
    };
type Taken = [
  newVocab: string,
  newVocabSize: number,
  numOovBuckets: number,
  oldVocab: string,
  oldVocabSize?: number,
  backupInitializer?: BackupInitializer,
  axis?: 0 | 1,
];
const VOCAB_INFO = constructorOf<Taken>('train.VocabInfo');

/**
 * Which words the rows or columns of a variable stand for, and which they stood for in a checkpoint: files with a word
 * in each line. For `tf.train.warmStart`.
 *
 *     new tf.train.VocabInfo('new.txt', 100, 1, 'old.txt').numOovBuckets   // 1
 */
export class VocabInfo {
  /** The file of the words that are wanted. */
  readonly newVocab: string;
  /** How many of them. */
  readonly newVocabSize: number;
  /** How many rows or columns follow for unknown words. */
  readonly numOovBuckets: number;
  /** The file of the words of the checkpoint. */
  readonly oldVocab: string;
  /** How many of them; -1 for all. */
  readonly oldVocabSize: number;
  /** What gives new words their values; null for zeros. */
  readonly backupInitializer: BackupInitializer | null;
  /** 0 where words are rows, 1 where they are columns. */
  readonly axis: 0 | 1;
  /**
   * Takes what is known of the words.
   *
   * @param newVocab           the file of the words that are wanted
   * @param newVocabSize       how many of them
   * @param numOovBuckets      how many rows or columns follow for unknown words
   * @param oldVocab           the file of the words of the checkpoint
   * @param oldVocabSize       how many of them; all where not given
   * @param backupInitializer  gives new words their values; zeros where not given
   * @param axis               0 where words are rows, 1 where they are columns; 0 where not given
   * @throws ValueError  for another axis
   */
  constructor(...given: Args<'train.VocabInfo', Taken>) {
    const [newVocab, newVocabSize, numOovBuckets, oldVocab, oldVocabSize = -1, backup = null, axis = 0] =
      VOCAB_INFO.take(given);
    if (axis !== 0 && axis !== 1)
      throw new ValueError(
        `The only supported values for the axis argument are 0 and 1.  Provided axis: ${textOf(axis)}`,
      );
    this.newVocab = newVocab;
    this.newVocabSize = newVocabSize;
    this.numOovBuckets = numOovBuckets;
    this.oldVocab = oldVocab;
    this.oldVocabSize = oldVocabSize;
    this.backupInitializer = backup;
    this.axis = axis;
  }
}

/** Lets a variable, or all parts of one, begin with what a checkpoint has under a name for the same words. */
export function beginWithWords(parts: readonly Variable[], info: VocabInfo, checkpoint: string, name: string): void {
  if (!(info.newVocab && info.newVocabSize && info.oldVocab))
    throw new ValueError(
      'Invalid args: Must provide all of [current_vocab_path, current_vocab_size, prev_ckpt, prev_vocab_path}.',
    );
  const shapes = parts.map((part) => fullDimsOf(part.shape));
  const total = shapes.reduce((sum, [rows]) => sum + rows, 0);
  parts.forEach((part, i) => {
    const shape = shapes[i];
    if (shape.length !== 2) throw new ValueError(`Expected 2-dim shape, but received: [${shape.join(', ')}]`);
    const value = startOf(shape, offsetOf(part, shape), info, info.axis === 0 ? shape[1] : total, checkpoint, name);
    beginWith(part, value);
  });
}
/** Where a part begins in the dimension that is cut. */
function offsetOf(part: Variable, shape: readonly number[]): number {
  const info = part.saveSliceInfo;
  if (!info) return 0;
  const cut = shape.findIndex((size, i) => size !== info.fullShape[i]);
  return cut < 0 ? 0 : info.varOffset[cut];
}
/** What the rows of one part begin with; `others` is how many there are of what is no word. */
function startOf(
  [rows, columns]: readonly number[],
  offset: number,
  info: VocabInfo,
  others: number,
  checkpoint: string,
  name: string,
): Tensor {
  const { newVocabSize: size, numOovBuckets: buckets, axis } = info;
  const [rowCount, rowBuckets] = axis === 0 ? [size, buckets] : [others, 0];
  const [width, columnBuckets] = axis === 0 ? [others, 0] : [size, buckets];
  if (columns !== width + columnBuckets)
    throw new ValueError(
      `Expected 2nd dim of shape to be new_col_vocab_size (${width}) + num_col_oov_buckets (${columnBuckets}) = ` +
        `${width + columnBuckets}, but received shape: [${rows}, ${columns}]`,
    );
  if (offset + rows > rowCount + rowBuckets)
    throw new ValueError(
      `Trying to initialize ${rows} additional rows after ${offset} rows have already been initialized, which would ` +
        `exceed expected total row count of new_row_vocab_size (${rowCount}) + num_row_oov_buckets (${rowBuckets}) ` +
        `= ${rowCount + rowBuckets}.`,
    );
  const more = Math.min(rows, Math.max(0, offset + rows - rowCount));
  // Nothing but rows for unknown words.
  if (offset > rowCount) return backup(info, [rows, columns]);
  const matrix = remapped(info, { offset, rows: rows - more, width }, checkpoint, name);
  const tall = more > 0 ? concat([matrix, backup(info, [more, width])], 0) : matrix;
  return columnBuckets > 0 ? concat([tall, backup(info, [rows, columnBuckets])], 1) : tall;
}
interface Wanted {
  readonly offset: number;
  readonly rows: number;
  readonly width: number;
}
/** The part of the checkpoint's matrix that is wanted, in the order of the new words. */
function remapped(info: VocabInfo, { offset, rows, width }: Wanted, checkpoint: string, name: string): Tensor {
  const byRows = info.axis === 0;
  const all = byRows ? null : range(offset, offset + rows, { dtype: int64 });
  const [remapping, present] = applyOp('GenerateVocabRemapping', [info.newVocab, info.oldVocab], {
    new_vocab_offset: byRows ? offset : 0,
    num_new_vocab: byRows ? rows : width,
    old_vocab_size: byRows ? info.oldVocabSize : -1,
  }).outputs;
  const missing = (byRows ? present.mul(width) : present.rmul(rows)).rsub(rows * width);
  const remappings: readonly TensorLike[] = all ? [all, remapping] : [remapping, []];
  return apply('LoadAndRemapMatrix', [checkpoint, name, ...remappings, backup(info, [missing, 1])], {
    num_rows: rows,
    num_cols: width,
  });
}
const backup = ({ backupInitializer }: VocabInfo, shape: OpenShape): Tensor => {
  const initializer = backupInitializer ?? zerosInitializer();
  return typeof initializer === 'function' ? initializer(shape) : initializer.call(shape);
};
