/** What helps where a checkpoint cannot be restored: what is in its place, and in the file. */
import { DataLossError, InvalidArgumentError, NotFoundError, type OpError } from '../../base/errors';
import { nearestName } from '../../base/nearest';
import { existsAt, latestCheckpoint } from './state';

// Loaded when something is read.
const format = (): typeof import('../../format/checkpoint') => require('../../format/checkpoint');

/** Names of a checkpoint that are shown. */
const MOST = 8;
/** The files of one checkpoint. */
const ENDING = /\.(index|meta|data-\d+-of-\d+)$/;

export const NO_PATH =
  '\n  likely cause: tf.train.latestCheckpoint(folder) is null where the folder has no checkpoint yet.' +
  '\n  fix: if (latest) saver.restore(sess, latest); else sess.run(init);';

/** What to throw for what a restore threw: TensorFlow's sentence around it, and what helps. */
export function notRestored(error: unknown, path: string): unknown {
  if (error instanceof NotFoundError)
    return wrapped(NotFoundError, error, 'a Variable name or other graph key that is missing', path);
  if (error instanceof InvalidArgumentError)
    return wrapped(InvalidArgumentError, error, 'a mismatch between the current graph and the graph', path);
  if (error instanceof DataLossError && isFileOfOne(path))
    return new DataLossError(error.op, error.message + cureOfPath(path));
  return error;
}
function wrapped<E extends OpError>(
  type: new (op: OpError['op'], message: string) => E,
  error: E,
  what: string,
  path: string,
): E {
  return new type(
    error.op,
    `Restoring from checkpoint failed. This is most likely due to ${what} from the checkpoint. Please ensure that ` +
      'you have not altered the graph expected based on the checkpoint. Original error:\n\n' +
      error.message +
      (error.message.includes(path) ? '' : `\n  read from ${path}`) +
      cureOfContents(error.message, path),
  );
}

/** Of a path at which no checkpoint is. */
export function cureOfPath(path: string): string {
  const short = path.replace(ENDING, '');
  if (short !== path && existsAt(short))
    return `\n  fix: without the ending, as saver.save() gives it: ${JSON.stringify(short)}.`;
  const latest = quietly(() => latestCheckpoint(path));
  if (latest) return `\n  fix: that is the folder: tf.train.latestCheckpoint(folder) gives ${JSON.stringify(latest)}.`;
  return (
    `\n  there is no file ${JSON.stringify(`${path}.index`)}` +
    "\n  fix: give what saver.save() returned, with the step ('run/model-100'), or tf.train.latestCheckpoint(folder)."
  );
}
/** Of a checkpoint that does not fit, by what was said of it. */
function cureOfContents(message: string, path: string): string {
  if (/Assign requires shapes of both tensors to match/.test(message))
    return (
      '\n  fix: make the variable as large as in the file (tf.train.listVariables says how large), leave it out of ' +
      "the saver's list, or { reshape: true } where both have as many elements."
    );
  const missing = /^(?:Key (.+)|Tensor name "(.+)") not found in checkpoint/m.exec(message);
  if (!missing) return '';
  const name = missing[1] ?? missing[2];
  const names = quietly(() => namesIn(path));
  if (!names) return '';
  const near = nearestName(name, names);
  const rest = names.length > MOST ? ` and ${names.length - MOST} more` : '';
  return (
    `\n  in the file: ${names
      .slice(0, MOST)
      .map((each) => `'${each}'`)
      .join(', ')}${rest}` +
    (near ? `; did you mean '${near}'?` : '') +
    '\n  likely cause: the variable has another name than in the program that saved it (names come from { name }, ' +
    'scopes and the order in which layers are made), or is new.' +
    '\n  fix: build the same graph, or say the name in the file: ' +
    `new tf.train.Saver({ '${near ?? names[0]}': variable }).`
  );
}
function namesIn(path: string): string[] {
  const checkpoint = format().openCheckpoint(path);
  try {
    return checkpoint.tensors().map((each) => each.name);
  } finally {
    checkpoint.close();
  }
}
/** Files of another machine, or damaged ones, say nothing here. */
function quietly<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
/** Whether a path names a file of a checkpoint where the checkpoint is meant. */
const isFileOfOne = (path: string): boolean => ENDING.test(path) && existsAt(path.replace(ENDING, ''));
