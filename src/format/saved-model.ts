/** The files of a SavedModel: `saved_model.pb` (or `.pbtxt`) with its meta graphs, and those that belong to it. */
import { constants, copyFileSync } from 'node:fs';
import { FailedPreconditionError, NotFoundError } from '../base/errors';
import {
  asideOf,
  exists,
  isFolder,
  join,
  makeFolders,
  namesLike,
  readWhole,
  remove,
  removeLeft,
  rename,
  tried,
  writeWhole,
} from './files';
import { eitherForm, infoText, savedModelText } from './graph-def';
import { isInside, staysIn } from './inside';
import type { MessageOf } from './message';
import { SAVED_MODEL, TENSOR_INFO } from './messages';
import { MetaGraphDef, parsed } from './meta-graph';

export { makeFolders };

export const PB = 'saved_model.pb';
export const PBTXT = 'saved_model.pbtxt';
const SCHEMA_VERSION = 1;

/** @throws FailedPreconditionError  where a file of a model leads out of the model's folder */
export function checkStays(folder: string, name: string): void {
  if (!staysIn(folder, name)) throw leadsOut(folder, name);
}
function leadsOut(folder: string, name: string): Error {
  return new FailedPreconditionError(
    null,
    `${join(folder, name)} leads out of the SavedModel's folder ${folder}\n  fix: copy what it names into the folder.`,
  );
}

/**
 * The meta graphs of a folder.
 *
 * @throws NotFoundError  where the file is missing, DataLossError where it is none
 */
export function readSavedModel(folder: string): MetaGraphDef[] {
  const name = [PB, PBTXT].find((each) => exists(join(folder, each)));
  if (name === undefined)
    throw new NotFoundError(
      null,
      `SavedModel file does not exist at: ${folder}/{${PBTXT}|${PB}}` +
        (isFolder(folder) ? '' : `\n  there is no folder ${folder}`),
    );
  checkStays(folder, name);
  const path = join(folder, name);
  const bytes = readWhole(path);
  return parsed(path, 'a saved model is a folder that tf.saved_model.Builder or simpleSave wrote, as a whole', () => {
    const { metaGraphs } = eitherForm(bytes, 'SAVED_MODEL_TEXT', (each) => SAVED_MODEL.read(each));
    return metaGraphs.map((each) => MetaGraphDef.fromString(each));
  });
}
/** Writes the file, whole or not at all. @returns  its path */
export function writeSavedModel(folder: string, metaGraphs: readonly MetaGraphDef[], asText: boolean): string {
  const path = join(folder, asText ? PBTXT : PB);
  const bytes = SAVED_MODEL.write({
    savedModelSchemaVersion: SCHEMA_VERSION,
    metaGraphs: metaGraphs.map((each) => each.serializeToString()),
  });
  removeLeft(path);
  writeWhole(path, asText ? savedModelText(bytes) : bytes);
  return path;
}

export function hasSavedModel(folder: string): boolean {
  return [PB, PBTXT].some((each) => exists(join(folder, each)));
}
/** Whether a folder is empty, or not there. */
export function isEmptyFolder(folder: string): boolean {
  return !exists(folder) || (isFolder(folder) && !namesLike(folder, /^/).length);
}
/** Makes a folder of a model, where it is missing. */
export function makeFolder(folder: string, name: string): void {
  checkStays(folder, name);
  makeFolders(join(folder, name));
}
/** Where the checkpoint of a model is. */
export function variablesPath(folder: string): string {
  return join(folder, 'variables', 'variables');
}
/** @throws FailedPreconditionError  where one of its files leads out of the model's folder */
export function checkVariables(folder: string): void {
  for (const name of namesLike(join(folder, 'variables'), /^variables/)) checkStays(folder, join('variables', name));
}
/** The path of a file in a folder of the model. @throws FailedPreconditionError  where it leads out of that */
export function pathInside(folder: string, inner: string, name: string): string {
  checkStays(folder, inner);
  if (exists(join(folder, inner))) checkStays(join(folder, inner), name);
  else if (!isInside('/assets', join('/assets', name))) throw leadsOut(join(folder, inner), name);
  return join(folder, inner, name);
}
/** Copies a file into the model, whole or not at all. @returns  whether it was not there yet */
export function copyInto(folder: string, name: string, source: string): boolean {
  checkStays(folder, name);
  const path = join(folder, name);
  if (exists(path)) return false;
  if (isFolder(source)) throw new FailedPreconditionError(null, `${source}; Is a directory`);
  const aside = asideOf(path);
  try {
    tried(source, () => copyFileSync(source, aside, constants.COPYFILE_EXCL));
    rename(aside, path);
  } catch (error) {
    remove(aside);
    throw error;
  }
  return true;
}
export function haveSameBytes(a: string, b: string): boolean {
  return readWhole(a).equals(readWhole(b));
}
export function tensorInfoText(info: MessageOf<typeof TENSOR_INFO.fields>): string {
  return infoText(TENSOR_INFO.write(info));
}
