/** Where `tfjs-session exercise start` puts nothing. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { start } from '../../cli/exercise/start';

let top: string;
const at = (...names: string[]): string => path.join(top, ...names);
beforeEach(() => {
  top = mkdtempSync(path.join(tmpdir(), 'start-'));
  writeFileSync(at('file'), 'x');
  mkdirSync(at('folder'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** The folder, with something in it. */
function having(name: string, make: (name: string) => unknown): string {
  make(at('folder', name));
  return at('folder');
}
const FOLDER = 'it is no folder. Name another place.';
const FILE = 'it is no file, and left alone. Name another folder.';
const posix = process.platform === 'win32' ? test.skip : test;
posix.each<[string, () => string, string]>([
  ['a file', () => at('file'), FOLDER],
  ['what is in a file', () => at('file', 'x', 'y'), FOLDER],
  ['a device', () => '/dev/null', FOLDER],
  [
    'a link to nothing',
    () =>
      path.join(
        having('link', (name) => symlinkSync(at('none'), name)),
        'link',
        'x',
      ),
    FOLDER,
  ],
  ['a folder without a name', () => at('a\0b'), 'has no character of code 0'],
  ['a folder whose name is empty', () => '', 'The name of the folder is empty.'],
  ['a name that is too long', () => at('a'.repeat(300)), 'no folder can be made there (ENAMETOOLONG: name too long).'],
  ['a manifest that is a folder', () => having('package.json', (name) => mkdirSync(name)), FILE],
  ['a manifest that is a link', () => having('package.json', (name) => symlinkSync(at('file'), name)), FILE],
  ['a manifest without end', () => having('package.json', (name) => symlinkSync('/dev/zero', name)), FILE],
  ['a manifest that waits', () => having('package.json', (name) => execFileSync('mkfifo', [name])), FILE],
  ['a starter that is a link', () => having('README.md', (name) => symlinkSync(at('file'), name)), FILE],
])('%s is refused before anything is written, and read', async (_, place, words) => {
  const dir = place();
  const before = readdirSync(at('folder'));
  await expect(start(dir, { install: false })).rejects.toThrow(words);
  expect(readdirSync(at('folder'))).toEqual(before);
  expect(readFileSync(at('file'), 'utf8')).toBe('x');
});
