/** Files, as programs read and write them, and their errors. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../../src';
import { call } from '../calls/words';

describe('files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'gfile-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => path.join(folder, name);

  test('are written, added to, and read in pieces', () => {
    const out = new tf.gfile.GFile(at('a'), 'w');
    out.write('one\ntwo\n');
    out.close();
    const more = new tf.gfile.GFile({ name: at('a'), mode: 'a' });
    more.write(Buffer.from('three'));
    more.close();
    expect(readFileSync(at('a'), 'utf8')).toBe('one\ntwo\nthree');
    using file = new tf.gfile.GFile(at('a'));
    expect([file.read(2), file.readline(), file.tell(), file.readlines(), file.read(), file.size()]).toEqual([
      'on',
      'e\n',
      4,
      ['two\n', 'three'],
      '',
      13,
    ]);
    file.seek(-5, 2);
    expect(file.read()).toBe('three');
    expect(() => file.seek(-4)).toThrow('Seeking to a negative position: -4');
    expect(() => file.seek(14)).toThrow(tf.errors.OutOfRangeError);
    expect(() => file.seek(0, 7)).toThrow('Invalid whence argument: 7. Valid values are 0, 1, or 2.');
    file.seek(4);
    expect([...file]).toEqual(['two\n', 'three']);
    const bytes: Uint8Array = new tf.gfile.FastGFile(at('a'), 'rb').read(3);
    expect([...bytes]).toEqual([111, 110, 101]);
  });
  test('have TensorFlow’s errors', () => {
    expect(() => new tf.gfile.GFile(at('none')).read()).toThrow(tf.errors.NotFoundError);
    expect(() => new tf.gfile.GFile(at('none')).read()).toThrow(`${at('none')}; No such file or directory`);
    expect(() => new tf.gfile.GFile(at('x'), 'w').read()).toThrow("File isn't open for reading");
    expect(() => new tf.gfile.GFile(at('x')).write('a')).toThrow("File isn't open for writing");
    expect(() => call(tf.gfile.Exists, 5)).toThrow(TypeError);
    // A device may have no end.
    if (existsSync('/dev/full'))
      expect(() => new tf.gfile.GFile('/dev/full').read()).toThrow('/dev/full; Not a regular file');
    expect(() => new tf.gfile.GFile(folder).read()).toThrow(`${folder}; Is a directory`);
    expect(() => tf.gfile.Remove(at('none'))).toThrow(tf.errors.NotFoundError);
    expect(() => tf.gfile.MkDir(at('a/b'))).toThrow(tf.errors.NotFoundError);
    tf.gfile.MakeDirs(at('a/b'));
    expect(() => tf.gfile.MkDir(at('a'))).toThrow(tf.errors.AlreadyExistsError);
    const out = new tf.gfile.GFile(at('f'), 'w');
    out.write('');
    out.close();
    expect(() => tf.gfile.Copy(at('f'), at('f'))).toThrow(tf.errors.AlreadyExistsError);
    tf.gfile.Rename(at('f'), at('a/g'));
    expect(tf.gfile.Walk(folder)).toEqual([
      [folder, ['a'], []],
      [at('a'), ['b'], ['g']],
      [at('a/b'), [], []],
    ]);
    expect(tf.gfile.Glob(at('a/*'))).toEqual([at('a/b'), at('a/g')]);
    expect(() => tf.gfile.MakeDirs(at('a/g/x'))).toThrow(tf.errors.FailedPreconditionError);
  });
  test('of patterns are those that TensorFlow finds', () => {
    for (const each of ['a/b', 'a/c', '.h', 'z-1/q/r', 'z-2/q']) tf.gfile.MakeDirs(at(each));
    for (const each of ['f.txt', 'a/b/x[1].txt']) {
      using file = new tf.gfile.GFile(at(each), 'w');
      file.write('');
    }
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(tf.gfile.Glob('*')).toEqual(['./.h', './a', './f.txt', './z-1', './z-2']);
      expect(tf.gfile.Glob('a')).toEqual(['./a']);
      for (const each of ['a/*/x*', 'a/b/x\\[1].txt', 'a/b/x[[]*'])
        expect(tf.gfile.Glob(each)).toEqual(['a/b/x[1].txt']);
      expect(tf.gfile.Glob(['z-[12]/*', 'z-[!1]/*'])).toEqual(['./z-1/q', './z-2/q', './z-2/q']);
      expect(tf.gfile.Glob(['*/q', 'z-?/q/r'])).toEqual(['./z-1/q', './z-2/q', './z-1/q/r']);
      for (const each of ['', 'no*/x', '*/*/nothing', 'a/*/', '*.t{x,}t']) expect(tf.gfile.Glob(each)).toEqual([]);
      expect(tf.gfile.Glob('a/b/../*')).toEqual(['a/b/../b', 'a/b/../c']);
      expect(() => call(tf.gfile.Glob, 5)).toThrow('Expected binary or unicode string, got 5');
      expect(() => tf.gfile.Glob('no/*/x')).toThrow('no; No such file or directory');
      expect(() => tf.gfile.Glob('f.txt/*')).toThrow(tf.errors.FailedPreconditionError);
    } finally {
      process.chdir(before);
    }
  });
});
