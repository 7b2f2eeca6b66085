/** The file `checkpoint` of a folder: which checkpoints there are, and which is the latest. */
import * as path from 'node:path';
import { bytesToText } from '../base/bytes';
import { OpError, ValueError } from '../base/errors';
import * as files from './files';
import type { Described } from './field';
import { staysIn } from './inside';
import { CHECKPOINT_FORMAT, CHECKPOINT_STATE, type CheckpointStateMessage } from './messages';
import { isTable } from './table-footer';
import { bytesOf, textOf } from './text-format';

const SCHEMA = CHECKPOINT_STATE as unknown as Described;

/** Writes a state beside its place and renames it. */
export function writeState(path: string, state: CheckpointStateMessage): void {
  files.removeLeft(path);
  files.writeWhole(path, Buffer.from(textOf(SCHEMA, CHECKPOINT_STATE.write(state))));
}
/** What a state says; null where there is no file, and what is wrong with it where it is none. */
export function readState(path: string): CheckpointStateMessage | { readonly wrong: string } | null {
  if (!files.isFile(path)) return null;
  try {
    return CHECKPOINT_STATE.read(bytesOf(SCHEMA, bytesToText(files.readWhole(path))));
  } catch (error) {
    if (error instanceof ValueError || error instanceof OpError) return { wrong: `${error.name}: ${error.message}` };
    throw error;
  }
}
export const stateFile = (folder: string, latestFilename: string | null): string =>
  files.join(folder, latestFilename ?? 'checkpoint');
/** A path as it is seen from a folder; as it is where both are not relative. */
export function fromFolder(path: string, folder: string): string {
  return files.relative(folder || '.', path) || '.';
}
/** Whether a checkpoint lies in a folder, links followed, and its file of version 1 is one. */
export function isCheckpointIn(folder: string, prefix: string, version: number): boolean {
  if (!staysIn(folder || '.', path.resolve(prefix))) return false;
  return version === CHECKPOINT_FORMAT.V2 || files.filesLike(prefix).every((file) => isTable(file));
}
export const { basename, dirname, isAbsolute, isFolder, join, modifiedAt, remove, filesLike } = files;
