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

const FOLDER = 'it is no folder. Name another place.';
const FILE = 'it is no file, and left alone. Name another folder.';
const posix = process.platform === 'win32' ? test.skip : test;
posix.each<[string, () => string, string]>([
  ['a file', () => at('file'), FOLDER],
  ['what is in a file', () => at('file', 'x', 'y'), FOLDER],
  ['a device', () => '/dev/null', FOLDER],
  ['a link to nothing', () => (symlinkSync(at('none'), at('link')), at('link', 'x')), FOLDER],
  ['a folder without a name', () => at('a\0b'), 'has no character of code 0'],
  ['a manifest that is a folder', () => (mkdirSync(at('folder', 'package.json')), at('folder')), FILE],
  ['a manifest that is a link', () => (symlinkSync(at('file'), at('folder', 'package.json')), at('folder')), FILE],
  ['a manifest without end', () => (symlinkSync('/dev/zero', at('folder', 'package.json')), at('folder')), FILE],
  ['a manifest that waits', () => (execFileSync('mkfifo', [at('folder', 'package.json')]), at('folder')), FILE],
  ['a starter that is a link', () => (symlinkSync(at('file'), at('folder', 'README.md')), at('folder')), FILE],
])('%s is refused before anything is written, and read', async (_, place, words) => {
  const dir = place();
  const before = readdirSync(at('folder'));
  await expect(start(dir, { install: false })).rejects.toThrow(words);
  expect(readdirSync(at('folder'))).toEqual(before);
  expect(readFileSync(at('file'), 'utf8')).toBe('x');
});
