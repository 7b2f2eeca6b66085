/** Whole files as values, on the host. What reads and writes them is loaded with the first of them. */
import { bytesToText, textToBytes } from '../../base/bytes';
import { asTexts } from '../../base/elements';
import { string } from '../../base/dtype';
import { cShape } from '../../base/shape';
import { type StatefulKernel, type StatefulTable, Value, invalid } from '../kernel';
import { onFiles } from './on-files';

const files = () => require('../../format/files') as typeof import('../../format/files');
const globs = () => require('../../format/glob') as typeof import('../../format/glob');

function scalarIn(value: Value, what: string): string {
  if (value.shape.length) invalid(`${what} tensor must be scalar, but had shape: ${cShape(value.shape)}`);
  return asTexts(value.read())[0];
}
const WHERE = 'paths begin in the folder in which the program was started';
const CURES = { NotFound: WHERE, FailedPrecondition: WHERE };
const readFile: StatefulKernel = ([filename], _, { resources }) => {
  const path = resources.fileAt(scalarIn(filename, 'Input filename'));
  return [new Value(string, [], [bytesToText(onFiles(() => files().readWhole(path), CURES))])];
};
const writeFile: StatefulKernel = ([filename, contents], _, { resources }) => {
  const path = resources.fileAt(scalarIn(filename, 'Input filename'));
  const bytes = textToBytes(scalarIn(contents, 'Contents'));
  onFiles(() => {
    files().makeFolders(files().dirname(path));
    files().writeWhole(path, bytes);
  });
  return [];
};
const matchingFiles: StatefulKernel = ([patterns], _, { resources }) => {
  if (patterns.shape.length > 1)
    invalid(`Input patterns tensor must be scalar or vector, but had shape: ${cShape(patterns.shape)}`);
  const found = onFiles(() =>
    asTexts(patterns.read()).flatMap((pattern) => globs().pathsLike(resources.fileAt(pattern)).map(resources.fileAt)),
  );
  return [new Value(string, [found.length], found)];
};

export const FILE_KERNELS: StatefulTable = { ReadFile: readFile, WriteFile: writeFile, MatchingFiles: matchingFiles };
