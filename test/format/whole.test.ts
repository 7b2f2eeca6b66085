/** Libraries that were cut short or changed are found before they are loaded; installing leaves one that is whole. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { putBeside } from '../../cli/install-native/stage';
import { damageOf, isCutShort, listFiles, syncFolder } from '../../src/format/whole';
import { candidates } from '../../src/kernels/native/addon-places';

let top: string;
beforeEach(() => {
  top = mkdtempSync(path.join(tmpdir(), 'whole-'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** A folder as an installation leaves it, with a program for an addon. */
function installed(content: Uint8Array = readFileSync(process.execPath).subarray(0, 1 << 16)): string {
  const root = path.join(top, 'entry');
  for (const folder of ['lib/napi-v8', 'deps/lib']) mkdirSync(path.join(root, folder), { recursive: true });
  const addon = path.join(root, 'lib', 'napi-v8', 'tfjs_binding.node');
  writeFileSync(addon, content);
  writeFileSync(path.join(root, 'deps', 'lib', 'libtensorflow.so.2'), content);
  return addon;
}

test('what is listed is found changed by size and by hash, each file of it', () => {
  const addon = installed();
  listFiles(path.join(top, 'entry'));
  syncFolder(path.join(top, 'entry'));
  expect(damageOf(addon)).toBeNull();
  const library = path.join(top, 'entry', 'deps', 'lib', 'libtensorflow.so.2');
  for (const file of [addon, library]) {
    const whole = readFileSync(file);
    truncateSync(file, 1000);
    expect(damageOf(addon)).toBe(`${file} has 1000 bytes, and was installed with 65536`);
    const changed = Buffer.from(whole);
    changed[40000] ^= 1;
    writeFileSync(file, changed);
    expect(damageOf(addon)).toBe(`${file} is not as it was installed (its SHA-256 is another)`);
    writeFileSync(file, whole);
    expect(damageOf(addon)).toBeNull();
  }
});
test.each(['', '[', '[]', 'null', '[null]', '[{"path":7}]', '{}'])('a list that reads %j is a damage', (text) => {
  const addon = installed();
  listFiles(path.join(top, 'entry'));
  const list = path.join(top, 'entry', 'files.json');
  writeFileSync(list, text);
  expect(damageOf(addon)).toBe(`${list} is not the list of files that was installed`);
});
test('without a list a library that is cut short is known by its own header', () => {
  const [{ path: real }] = [...candidates().found, { path: '' }];
  if (process.platform !== 'linux' || !real) return expect(isCutShort(__filename)).toBe(false);
  const copy = path.join(top, 'copy.node');
  cpSync(real, copy, { dereference: true });
  expect(isCutShort(copy)).toBe(false);
  truncateSync(copy, readFileSync(copy).length - 1);
  expect(isCutShort(copy)).toBe(true);
  truncateSync(copy, 10);
  expect(isCutShort(copy)).toBe(true);
});
const versions = (folder: string): string[] => readdirSync(folder).sort();
function made(name: string): string {
  const root = path.join(top, `new-${name}`);
  mkdirSync(root);
  writeFileSync(path.join(root, 'who'), name);
  return root;
}
const who = (place: string): string => readFileSync(path.join(place, 'who'), 'utf8');

test('a new installation stands beside the old one before that goes', () => {
  const [folder, stage] = [path.join(top, 'addon'), path.join(top, 'stage')];
  mkdirSync(stage);
  const place = path.join(folder, 'tf2');
  expect(putBeside(place, made('first'), stage)).toBe(place);
  mkdirSync(path.join(folder, 'tf2.20'));
  mkdirSync(path.join(folder, 'tf2-other'));
  const second = putBeside(place, made('second'), stage);
  expect(who(second)).toBe('second');
  expect(existsSync(place)).toBe(false);
  expect(versions(folder)).toEqual(['tf2-other', path.basename(second)].sort());
});
test('installations that begin at once both succeed, whichever is first', () => {
  const [folder, stage] = [path.join(top, 'addon'), path.join(top, 'stage')];
  mkdirSync(stage);
  const place = path.join(folder, 'tf2');
  // The other one comes between the look at the folder and the renaming.
  const mine = made('mine');
  mkdirSync(folder);
  const got = putBeside(place, mine, stage);
  const other = putBeside(place, made('other'), stage);
  expect([who(other), existsSync(got) || existsSync(other)]).toEqual(['other', true]);
});
