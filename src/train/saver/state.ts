/** The record of a folder's checkpoints: the file `checkpoint`, which a saver writes last. */
import { checkNumber } from '../../base/border';
import { RuntimeError, TypeError_, ValueError } from '../../base/errors';
import { preview } from '../../base/preview';
import { warn } from '../../base/platform';
import { bound } from '../../calls/bind';
import { CHECKPOINT_FORMAT, CHECKPOINT_STATE } from '../../format/messages';

const files = () => require('../../format/checkpoint-state') as typeof import('../../format/checkpoint-state');

/** What the file `checkpoint` says. */
export interface CheckpointState {
  /** The latest checkpoint. */
  readonly modelCheckpointPath: string;
  /** Those that are kept, the oldest first. */
  readonly allModelCheckpointPaths: readonly string[];
  /** When each was written, in seconds since 1970. */
  readonly allModelCheckpointTimestamps: readonly number[];
  /** When the last one was written that is kept for good. */
  readonly lastPreservedTimestamp: number;
}

/**
 * What the file `checkpoint` is to say: paths as seen from the folder, where neither is absolute.
 *
 *     tf.train.generateCheckpointStateProto('run', 'run/model-2', ['run/model-1', 'run/model-2']).modelCheckpointPath
 *     // 'model-2'
 *
 * @param saveDir                        the folder of the checkpoints
 * @param modelCheckpointPath            the latest one
 * @param allModelCheckpointPaths        all that are kept, the oldest first; the latest is added where it is missing
 * @param allModelCheckpointTimestamps   when each was written, in seconds since 1970
 * @param lastPreservedTimestamp         when the last one was written that is kept for good
 * @returns  a plain object
 * @throws ValueError  if there are not as many times as paths
 * @throws TypeError  for a time that is no number
 */
export const generateCheckpointStateProto = bound('train.generate_checkpoint_state_proto', stateOf);
function stateOf(
  saveDir: string,
  modelCheckpointPath: string,
  allModelCheckpointPaths: readonly string[] = [],
  allModelCheckpointTimestamps: readonly number[] = [],
  lastPreservedTimestamp = 0,
): CheckpointState {
  for (const time of allModelCheckpointTimestamps) checkNumber(time, 'each of allModelCheckpointTimestamps');
  checkNumber(lastPreservedTimestamp, 'lastPreservedTimestamp');
  let all = [...allModelCheckpointPaths];
  if (all[all.length - 1] !== modelCheckpointPath) all.push(modelCheckpointPath);
  if (allModelCheckpointTimestamps.length && allModelCheckpointTimestamps.length !== all.length)
    throw new ValueError(
      `Checkpoint timestamps, if provided, must match checkpoint paths (got paths ${JSON.stringify(all)} and ` +
        `timestamps ${JSON.stringify(allModelCheckpointTimestamps)})`,
    );
  const { isAbsolute, fromFolder } = files();
  const seen = (path: string): string => (isAbsolute(saveDir) || isAbsolute(path) ? path : fromFolder(path, saveDir));
  all = all.map(seen);
  return {
    modelCheckpointPath: seen(modelCheckpointPath),
    allModelCheckpointPaths: all,
    allModelCheckpointTimestamps,
    lastPreservedTimestamp,
  };
}

/**
 * Writes the file `checkpoint` of a folder.
 *
 *     tf.train.updateCheckpointState(folder, 'model-1');
 *     tf.train.getCheckpointState(folder).modelCheckpointPath.endsWith('/model-1')   // true
 *
 * @param saveDir                        the folder of the checkpoints
 * @param modelCheckpointPath            the latest one
 * @param allModelCheckpointPaths        all that are kept, the oldest first
 * @param latestFilename                 the file's name, where it is not `checkpoint`
 * @param allModelCheckpointTimestamps   when each was written, in seconds since 1970
 * @param lastPreservedTimestamp         when the last one was written that is kept for good
 * @throws RuntimeError  if the checkpoint itself is called so
 * @throws NotFoundError  if there is no such folder
 * @throws TypeError  for a time that is no number
 */
export const updateCheckpointState = bound('train.update_checkpoint_state', update);
function update(
  saveDir: string,
  modelCheckpointPath: string,
  allModelCheckpointPaths?: readonly string[],
  latestFilename?: string,
  allModelCheckpointTimestamps?: readonly number[],
  lastPreservedTimestamp?: number,
): void {
  writeState(
    saveDir,
    latestFilename ?? null,
    modelCheckpointPath,
    stateOf(
      saveDir,
      modelCheckpointPath,
      allModelCheckpointPaths,
      allModelCheckpointTimestamps,
      lastPreservedTimestamp,
    ),
  );
}
function writeState(folder: string, latestFilename: string | null, asGiven: string, state: CheckpointState): void {
  const file = files().stateFile(folder, latestFilename);
  if (file === state.modelCheckpointPath)
    throw new RuntimeError(
      `Save path '${asGiven}' conflicts with path used for checkpoint state.  Please use a different save path.`,
    );
  files().writeState(file, CHECKPOINT_STATE.make(state));
}
/** For savers: with paths as seen from the folder, where that is wanted. */
export function recordCheckpoints(
  folder: string,
  latest: string,
  all: readonly string[],
  latestFilename: string,
  relative: boolean,
): void {
  const { isAbsolute, fromFolder } = files();
  const seen = (path: string): string => (relative && isAbsolute(path) ? fromFolder(path, folder) : path);
  writeState(folder, latestFilename, latest, stateOf(folder, seen(latest), all.map(seen)));
}

/**
 * What the file `checkpoint` of a folder says, with whole paths.
 *
 *     tf.train.getCheckpointState('/no/such/folder')   // null
 *
 * @param checkpointDir   the folder
 * @param latestFilename  the file's name, where it is not `checkpoint`
 * @returns  a plain object; null where there is no such file, or it cannot be read, which one line on stderr says
 * @throws ValueError  if the file names no checkpoint
 */
export const getCheckpointState = bound('train.get_checkpoint_state', getState);
function getState(checkpointDir: string, latestFilename?: string): CheckpointState | null {
  const { readState, stateFile, isAbsolute, join } = files();
  const file = stateFile(checkpointDir, latestFilename ?? null);
  const state = readState(file);
  if (state === null) return null;
  if ('wrong' in state) {
    warn(`${state.wrong}\n${file}: Checkpoint ignored`);
    return null;
  }
  if (!state.modelCheckpointPath) throw new ValueError(`Invalid checkpoint state loaded from ${checkpointDir}`);
  const whole = (path: string): string => (isAbsolute(path) ? path : join(checkpointDir, path));
  const { unknown: _, ...said } = state;
  return {
    ...said,
    modelCheckpointPath: whole(state.modelCheckpointPath),
    allModelCheckpointPaths: state.allModelCheckpointPaths.map(whole),
  };
}
/**
 * The path of a folder's latest checkpoint, for `saver.restore`.
 *
 *     tf.train.latestCheckpoint('/no/such/folder')   // null
 *
 * @param checkpointDir   the folder
 * @param latestFilename  the name of the file that says which is the latest, where it is not `checkpoint`
 * @returns  a path; null where there is no checkpoint
 * @throws ValueError  if the file names no checkpoint
 */
export const latestCheckpoint = bound('train.latest_checkpoint', (checkpointDir: string, latestFilename?: string) => {
  const state = getState(checkpointDir, latestFilename);
  if (!state) return null;
  const path = state.modelCheckpointPath;
  if (existsAt(path)) return path;
  warn(`Couldn't match files for checkpoint ${path}`);
  return null;
});

/** The file by which a checkpoint is known: of version 2 its index, of version 1 the file itself. */
function fileOf(prefix: string): string | null {
  const { filesLike } = files();
  return filesLike(`${prefix}.index`)[0] ?? filesLike(prefix)[0] ?? null;
}
export const existsAt = (prefix: string): boolean => fileOf(prefix) !== null;
/**
 * Whether there is a checkpoint of that name, of either version.
 *
 *     tf.train.checkpointExists('/no/such/folder/model')   // false
 *
 * @param checkpointPrefix  a path as `saver.save` gives it
 * @returns  true or false
 * @throws TypeError  for anything but a text
 */
export const checkpointExists = bound('train.checkpoint_exists', (checkpointPrefix: string): boolean =>
  existsAt(checkpointPrefix),
);
/**
 * When checkpoints were written, in seconds since 1970. Those that are missing have no place in the list.
 *
 *     tf.train.getCheckpointMtimes(['/no/such/folder/model'])   // []
 *
 * @param checkpointPrefixes  paths as `saver.save` gives them
 * @returns  numbers
 * @throws TypeError  for anything but a list of texts
 */
export const getCheckpointMtimes = bound('train.get_checkpoint_mtimes', (checkpointPrefixes: readonly string[]) => {
  if (!Array.isArray(checkpointPrefixes) || checkpointPrefixes.some((prefix) => typeof prefix !== 'string'))
    throw new TypeError_(`checkpoint_prefixes must be a list of paths, not ${preview(checkpointPrefixes)}`);
  return checkpointPrefixes.flatMap((prefix) => {
    const file = fileOf(prefix);
    const at = file === null ? null : files().modifiedAt(file);
    return at === null ? [] : [at];
  });
});
/**
 * Removes the files of a checkpoint, its meta graph among them. What is not there is no error.
 *
 *     tf.train.removeCheckpoint('/no/such/folder/model')
 *
 * @param checkpointPrefix         a path as `saver.save` gives it
 * @param checkpointFormatVersion  1 or 2
 * @param metaGraphSuffix          what the name of the meta graph ends in; 'meta' where not given
 * @throws PermissionDeniedError  if a file cannot be removed
 */
export const removeCheckpoint = bound('train.remove_checkpoint', remove);
function remove(
  checkpointPrefix: string,
  checkpointFormatVersion: number = CHECKPOINT_FORMAT.V2,
  metaGraphSuffix = 'meta',
): void {
  const patterns =
    checkpointFormatVersion === CHECKPOINT_FORMAT.V2
      ? [`${checkpointPrefix}.index`, `${checkpointPrefix}.data-?????-of-?????`]
      : [checkpointPrefix];
  for (const pattern of [metaGraphFile(checkpointPrefix, metaGraphSuffix), ...patterns])
    for (const file of files().filesLike(pattern)) files().remove(file);
}
/** Removes a checkpoint that a record named: it may name anything, and only what is in the folder goes. */
export function removeRecorded(prefix: string, folder: string, version: number, suffix: string): void {
  if (files().isCheckpointIn(folder, prefix, version)) remove(prefix, version, suffix);
  else warn(`${prefix}: is no checkpoint in ${folder || '.'}, to which this saver saves, and stays.`);
}
/** `model-3.meta`, of `model-3` and of `model-3-?????-of-00002`. */
export function metaGraphFile(prefix: string, suffix: string): string {
  return `${prefix.replace(/-[\d?]+-of-\d+$/, '')}.${suffix}`;
}
