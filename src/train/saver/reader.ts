/** Reading checkpoints without a graph: what is in one, and what a variable's value there is. */

import type { DType } from '../../base/dtype';
import { NotFoundError, ValueError } from '../../base/errors';
import type { NDArray } from '../../base/ndarray';
import { nearestName } from '../../base/nearest';
import { type Args, bound, signature } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import type { Checkpoint } from '../../format/checkpoint';
import { latestCheckpoint } from './state';

const formats = () => require('../../format/checkpoint') as typeof import('../../format/checkpoint');
const files = () => require('../../format/checkpoint-state') as typeof import('../../format/checkpoint-state');

const GET_TENSOR = signature<[tensorStr: string]>('CheckpointReader.get_tensor');
const HAS_TENSOR = signature<[tensorStr: string]>('CheckpointReader.has_tensor');

/** What is in a checkpoint: `tf.train.NewCheckpointReader` opens one. */
export class CheckpointReader {
  /** @param source  the files */
  constructor(private readonly source: Checkpoint) {}
  /** The shape of each tensor, by its name. */
  getVariableToShapeMap(): Record<string, number[]> {
    return Object.fromEntries(this.source.tensors().map(({ name, shape }) => [name, [...shape]]));
  }
  /** The dtype of each tensor, by its name. */
  getVariableToDtypeMap(): Record<string, DType> {
    return Object.fromEntries(this.source.tensors().map(({ name, dtype }) => [name, dtype]));
  }
  /** Whether there is a tensor of that name. */
  hasTensor(...given: Args<'CheckpointReader.has_tensor', [tensorStr: string]>): boolean {
    const [name] = HAS_TENSOR.take(given);
    return this.source.find(name) !== null;
  }
  /**
   * A tensor's value.
   *
   * @throws NotFoundError  if there is none of that name, DataLossError if it is damaged
   */
  getTensor(...given: Args<'CheckpointReader.get_tensor', [tensorStr: string]>): NDArray {
    const [name] = GET_TENSOR.take(given);
    if (!this.source.find(name)) {
      const near = nearestName(
        name,
        this.source.tensors().map((each) => each.name),
      );
      const cure = near ? `\n  did you mean '${near}'?` : '';
      throw new NotFoundError(null, `Key ${name} not found in checkpoint${cure}`);
    }
    return this.source.read(name);
  }
  /** A line for each tensor: `w (DT_FLOAT) [2,3]`. */
  debugString(): string {
    const lines = this.source
      .tensors()
      .map(({ name, dtype, shape }) => `${name} (DT_${dtype.cName.toUpperCase()}) [${shape.join()}]\n`);
    return lines.sort().join('');
  }
  /** Closes the files. They open again when a tensor is asked for. */
  close(): void {
    this.source.close();
  }
}
bindMethods(CheckpointReader, {
  getVariableToShapeMap: 'CheckpointReader.get_variable_to_shape_map',
  getVariableToDtypeMap: 'CheckpointReader.get_variable_to_dtype_map',
  debugString: 'CheckpointReader.debug_string',
  close: 'CheckpointReader.close',
});

const open = (path: string): CheckpointReader => new CheckpointReader(formats().openCheckpoint(path));
/**
 * Opens a checkpoint for reading, without a graph.
 *
 *     const w = new tf.Variable([1, 2], { name: 'w' });
 *     sess.run(w.initializer);
 *     const path = new tf.train.Saver().save(sess, `${folder}/model`);
 *     const reader = tf.train.NewCheckpointReader(path);
 *     reader.getTensor('w')      // [1, 2]
 *     reader.hasTensor('b')      // false
 *     reader.close();
 *
 * @param filepattern  a path as `saver.save` gives it
 * @returns  a reader
 * @throws NotFoundError  if there is none, DataLossError if its index is damaged
 */
export const NewCheckpointReader = bound('train.NewCheckpointReader', (filepattern: string) => open(filepattern));
/**
 * Opens a checkpoint, or the latest one of a folder, for reading.
 *
 *     tf.train.loadCheckpoint('/no/such/folder')   // throws NotFoundError
 *
 * @param ckptDirOrFile  a path as `saver.save` gives it, or a folder
 * @returns  a reader
 * @throws ValueError  if a folder has no checkpoint, NotFoundError if there is no such file
 */
export const loadCheckpoint = bound('train.load_checkpoint', load);
export function checkpointAt(ckptDirOrFile: string): string {
  const path = files().isFolder(ckptDirOrFile) ? latestCheckpoint(ckptDirOrFile) : ckptDirOrFile;
  if (path === null)
    throw new ValueError(`Couldn't find 'checkpoint' file or checkpoints in given directory ${ckptDirOrFile}`);
  return path;
}
function load(ckptDirOrFile: string): CheckpointReader {
  return open(checkpointAt(ckptDirOrFile));
}
/**
 * The value that a variable has in a checkpoint.
 *
 *     const w = new tf.Variable([1, 2], { name: 'w' });
 *     sess.run(w.initializer);
 *     new tf.train.Saver().save(sess, `${folder}/model`);
 *     tf.train.loadVariable(folder, 'w')   // [1, 2]
 *
 * @param ckptDirOrFile  a path as `saver.save` gives it, or a folder
 * @param name           the variable's name
 * @returns  an array, a scalar also
 * @throws NotFoundError  if it is not there
 */
export const loadVariable = bound('train.load_variable', (ckptDirOrFile: string, name: string): NDArray => {
  const reader = load(ckptDirOrFile);
  try {
    return reader.getTensor(name.replace(/:0$/, ''));
  } finally {
    reader.close();
  }
});
/**
 * The variables in a checkpoint, by name.
 *
 *     const w = new tf.Variable([1, 2], { name: 'w' });
 *     sess.run(w.initializer);
 *     new tf.train.Saver().save(sess, `${folder}/model`);
 *     tf.train.listVariables(folder)   // [['w', [2]]]
 *
 * @param ckptDirOrFile  a path as `saver.save` gives it, or a folder
 * @returns  pairs of a name and a shape
 * @throws NotFoundError  if there is no checkpoint
 */
export const listVariables = bound(
  'train.list_variables',
  (ckptDirOrFile: string): [name: string, shape: number[]][] => {
    const reader = load(ckptDirOrFile);
    reader.close();
    return Object.entries(reader.getVariableToShapeMap()).sort(([a], [b]) => (a < b ? -1 : 1));
  },
);
