/** The paths of a pattern, as TensorFlow finds them. */
import { readdirSync, statSync } from 'node:fs';
import { worded } from '../base/border';
import { TypeError_ } from '../base/errors';
import { tried } from './files';

const WILD = /[*?[\\]/;
/** One name of a pattern: `*`, `?`, `[ab]`, `[!a-z]`, and a backslash in front of what stands for itself. */
function nameLike(part: string): RegExp {
  if (part.length > LONGEST) return NOTHING;
  const text = part.replace(
    /\\(.)|\[([!^]?)(\]?[^\]]*)\]|[*?]|[^\w]/g,
    (found: string, itself?: string, not?: string, letters?: string) => {
      if (itself !== undefined) return escaped(itself);
      if (letters !== undefined) return `[${not ? '^' : ''}${letters.replace(/[\\\]^[]/g, '\\$&')}]`;
      if (found === '*') return '.*';
      return found === '?' ? '.' : escaped(found);
    },
  );
  try {
    return new RegExp(`^${text}$`, 's');
  } catch {
    // Letters from z to a.
    return NOTHING;
  }
}
const NOTHING = /(?!)/;
/** Longer patterns match no name of a file, and no regular expression can be made of very long ones. */
const LONGEST = 4096;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * Files and folders, in alphabetical order in each folder; paths without a folder begin with `./`, as TensorFlow's do.
 *
 * @throws TypeError  for what is no text
 * @throws NotFoundError  if the folder in front of the first name with a pattern in it is not there
 * @throws FailedPreconditionError  if a file is in its place
 */
export function pathsLike(pattern: string): string[] {
  if (typeof pattern !== 'string') throw new TypeError_(`Expected binary or unicode string, got ${worded(pattern)}`);
  if (pattern === '') return [];
  const parts = pattern.split('/');
  const at = parts.findIndex((part) => WILD.test(part));
  const first = at < 0 ? parts.length - 1 : at;
  const top = first === 0 ? '.' : parts.slice(0, first).join('/') || '/';
  let found = matches(top, parts[first]);
  for (const part of parts.slice(first + 1)) found = found.filter(isFolder).flatMap((folder) => matches(folder, part));
  return found;
}
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
function matches(folder: string, part: string): string[] {
  const pattern = nameLike(part);
  const names = tried(folder, () => readdirSync(folder)).filter((name) => pattern.test(name));
  return names.sort().map((name) => (folder === '/' ? `/${name}` : `${folder}/${name}`));
}
