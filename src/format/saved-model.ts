/** The file `saved_model.pb` (or `.pbtxt`) of a SavedModel: its meta graphs. */
import { DataLossError, FailedPreconditionError, NotFoundError, ValueError } from '../base/errors';
import { exists, isFolder, join, readWhole, removeLeft, writeWhole } from './files';
import { eitherForm, savedModelText } from './graph-def';
import { staysIn } from './inside';
import { MetaGraphDef } from './meta-graph';
import { SAVED_MODEL } from './messages';

export const PB = 'saved_model.pb';
export const PBTXT = 'saved_model.pbtxt';
const SCHEMA_VERSION = 1;

/** @throws FailedPreconditionError  where a file of a model leads out of the model's folder */
export function checkStays(folder: string, name: string): void {
  if (!staysIn(folder, name))
    throw new FailedPreconditionError(
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
      `SavedModel file does not exist at: ${folder}/{${PBTXT}|${PB}}${isFolder(folder) ? '' : `\n  there is no folder ${folder}`}`,
    );
  checkStays(folder, name);
  const path = join(folder, name);
  const bytes = readWhole(path);
  try {
    const { metaGraphs } = eitherForm(bytes, 'SAVED_MODEL_TEXT', (each) => SAVED_MODEL.read(each));
    return metaGraphs.map((each) => MetaGraphDef.fromString(each));
  } catch (error) {
    if (!(error instanceof ValueError || error instanceof DataLossError)) throw error;
    throw new DataLossError(
      null,
      `Cannot parse file ${path}: ${error.message.replace(/^Error parsing message\s*/, '')}.`,
    );
  }
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
