/** The files that belong to a model: copied into it, and named by it. */

import * as dtypes from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { tell } from '../base/logging';
import { NDArray } from '../base/ndarray';
import { ASSET_FILE_DEF, type AssetFileMessage } from '../format/messages';
import type { MetaGraphDef } from '../format/meta-graph';
import { Tensor } from '../graph/graph';
import { ASSETS_DIRECTORY, ASSETS_KEY } from './constants';
import { inScope } from './utils';

const files = () => require('../format/saved-model') as typeof import('../format/saved-model');

/** The path that a constant holds. @throws TypeError  if it is none */
export function assetPath(tensor: Tensor): string {
  if (!(tensor instanceof Tensor)) throw new TypeError_('Asset path tensor must be a Tensor.');
  if (tensor.op.type !== 'Const') throw new TypeError_('Asset path tensor must be of type constant.');
  if (tensor.dtype !== dtypes.string) throw new TypeError_('Asset path tensor must be of dtype string.');
  const value = tensor.op.getAttr('value');
  if (!(value instanceof NDArray) || value.size !== 1) throw new TypeError_('Asset path tensor must be a scalar.');
  return String(value.data[0]);
}
/** What a file is called in the model: its own name, with a number where another file has that. */
export function nameForAsset(source: string, sources: ReadonlyMap<string, string>): string {
  const name = source.slice(source.lastIndexOf('/') + 1);
  const other = sources.get(name);
  if (other === undefined || other === source || files().haveSameBytes(source, other)) return name;
  let unique = name;
  for (let i = 1; sources.has(unique); i++) unique = `${unique}_${i}`;
  return unique;
}
/** Copies files into the model, each whole or not at all; those that are there stay. */
export function copyAssets(sources: ReadonlyMap<string, string>, exportDir: string): void {
  files().makeFolder(exportDir, ASSETS_DIRECTORY);
  for (const [name, source] of sources)
    if (files().copyInto(exportDir, `${ASSETS_DIRECTORY}/${name}`, source)) tell('INFO', `Asset ${name} copied.`);
}
/**
 * What the constants of paths are fed with after a load: where the files are now.
 *
 * @throws FailedPreconditionError  where a path leads out of the model's folder
 */
export function assetFeeds(exportDir: string, meta: MetaGraphDef, importScope: string | null): Record<string, string> {
  const feeds: Record<string, string> = {};
  for (const { tensorInfo, filename } of assetsOf(meta)) {
    if (!tensorInfo?.name) continue;
    feeds[inScope(tensorInfo.name, importScope)] = files().pathInside(exportDir, ASSETS_DIRECTORY, filename);
  }
  return feeds;
}
function assetsOf({ assetFileDef, collectionDef }: MetaGraphDef): readonly AssetFileMessage[] {
  if (assetFileDef.length) return assetFileDef;
  const { anyList } = collectionDef.get(ASSETS_KEY) ?? {};
  return (anyList?.value ?? []).map(({ value }) => ASSET_FILE_DEF.read(value));
}
