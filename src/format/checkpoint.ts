/** Checkpoints of either version: which one a prefix names, and what reads and writes it. */
import { FailedPreconditionError, InvalidArgumentError, NotFoundError } from '../base/errors';
import { BundleReader } from './bundle-reader';
import { BundleWriter, adoptBundle, indexName, mergeBundles } from './bundle-writer';
import type { TensorSource } from './checkpoint-source';
import * as files from './files';
import { pathsLike } from './glob';
import { SliceTables } from './slices-reader';
import { SlicesWriter } from './slices-writer';

export { SliceError, parsePart, partOf } from './tensor-slice';

export type Checkpoint = TensorSource & { readonly version: 1 | 2 };

/**
 * The checkpoint of a prefix; where there is one of each version, that of version 2.
 *
 * @throws NotFoundError  where there is none
 */
export function openCheckpoint(prefix: string): Checkpoint {
  return files.exists(indexName(prefix)) ? new BundleReader(prefix) : openV1(prefix);
}
/** One of version 2 alone. */
export const openV2 = (prefix: string): BundleReader => new BundleReader(prefix);
/** One of version 1, whose name may be a pattern: `model-?????-of-00002`. */
export function openV1(pattern: string): Checkpoint {
  const paths = files.filesLike(pattern);
  if (!paths.length) throw noneAt(pattern);
  return new SliceTables(paths, pattern);
}
function noneAt(pattern: string): Error {
  const failed = 'Unsuccessful TensorSliceReader constructor: Failed to';
  try {
    pathsLike(pattern);
  } catch (error) {
    if (error instanceof FailedPreconditionError)
      return new InvalidArgumentError(
        null,
        `${failed} get matching files on ${pattern}: Failed precondition: ${error.message}`,
      );
  }
  return new NotFoundError(null, `${failed} find any matching files for ${pattern}`);
}
export const writeV2 = (prefix: string): BundleWriter => new BundleWriter(prefix);
/** One of version 2 that `write` writes, which is given another prefix. */
export function adoptV2(prefix: string, write: (aside: string) => void): void {
  adoptBundle(prefix, write, (aside) => new BundleReader(aside));
}
export const writeV1 = (path: string): SlicesWriter => new SlicesWriter(path);

/** Makes one checkpoint of several shards, and takes their folders away. */
export function merge(prefixes: readonly string[], destination: string, deleteOldDirs: boolean): void {
  mergeBundles(prefixes, destination, (prefix) => new BundleReader(prefix));
  if (deleteOldDirs)
    for (const folder of new Set(prefixes.map((prefix) => files.dirname(prefix)))) files.removeFolder(folder);
}
