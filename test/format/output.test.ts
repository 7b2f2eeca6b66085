/** Where files for people are written, and where not. */
import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../../src';
import { writeOutput } from '../../src/format/output';

let top: string;
const at = (...names: string[]): string => path.join(top, ...names);
beforeEach(() => {
  top = mkdtempSync(path.join(tmpdir(), 'output-'));
  writeFileSync(path.join(top, 'file'), 'x');
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

test('a file is written whole, replaces one, and leaves nothing beside', () => {
  writeFileSync(at('page.html'), 'old');
  writeFileSync(at('page.html.999999999.part'), 'left by a killed process');
  writeOutput(at('page.html'), 'new');
  expect([readFileSync(at('page.html'), 'utf8'), readdirSync(top)]).toEqual(['new', ['file', 'page.html']]);
});
test.each<[string, () => string, new (...a: never[]) => Error, string]>([
  ['a missing folder', () => at('none', 'page.html'), tf.errors.NotFoundError, 'there is no directory'],
  ['a folder that is a file', () => at('file', 'page.html'), tf.errors.NotFoundError, 'is a file'],
  ['what is in a file', () => at('file', 'x', 'page.html'), tf.errors.NotFoundError, 'there is no directory'],
  ['too long a name', () => at('x'.repeat(250)), tf.errors.FailedPreconditionError, 'its name is too long'],
  ['a folder', () => top, tf.errors.FailedPreconditionError, 'it is a directory. Name a file'],
  ['a name with a slash', () => `${at('x')}/`, tf.errors.FailedPreconditionError, 'it is a directory'],
  ['a device', () => '/dev/null', tf.errors.FailedPreconditionError, 'it is a device'],
  ['no name', () => '', tf.errors.FailedPreconditionError, 'it is no name of a file'],
  ['no text for a name', () => undefined as never, tf.errors.FailedPreconditionError, 'it is no name of a file'],
  ['a name that no file has', () => at('a\0b'), tf.errors.FailedPreconditionError, 'it is no name of a file'],
])('%s is refused, with the file and the cure', (_, place, type, words) => {
  const target = place();
  expect(() => writeOutput(target, 'x')).toThrow(type);
  expect(() => writeOutput(target, 'x')).toThrow(words);
  expect(() => writeOutput(target, 'x')).toThrow(String(target));
});
test('no link is followed: neither in the place nor beside it', () => {
  writeFileSync(at('precious'), 'precious');
  symlinkSync(at('precious'), at('page.html'));
  expect(() => writeOutput(at('page.html'), 'x')).toThrow('it is a link, and is not followed');
  symlinkSync(at('precious'), at(`other.html.${process.pid}.part`));
  writeOutput(at('other.html'), 'x');
  expect(readFileSync(at('precious'), 'utf8')).toBe('precious');
  expect(lstatSync(at('other.html')).isFile()).toBe(true);
});
test('what is printed into a file is added to it, and goes nowhere else', () => {
  const print = (place: string): void => {
    const sess = new tf.Session('', { graph: new tf.Graph(), config: { device: 'portable', advice: false } });
    sess.asDefault(() => sess.run(tf.print('a', { outputStream: `file://${place}` })));
    sess.close();
  };
  print(at('log.txt'));
  print(at('log.txt'));
  expect(readFileSync(at('log.txt'), 'utf8')).toBe('a\na\n');
  symlinkSync(at('file'), at('link.txt'));
  expect(() => print(at('link.txt'))).toThrow('it is a link, and is not followed');
  expect(() => print('/dev/null')).toThrow('it is a device');
  expect(() => print(at('none', 'log.txt'))).toThrow(tf.errors.NotFoundError);
  expect(() => print(top)).toThrow('it is a directory');
  expect(readFileSync(at('file'), 'utf8')).toBe('x');
});
test('data sets are read from folders alone', () => {
  const { readDataSets } = tf.examples.tutorials.mnist.inputData;
  mkdirSync(at('empty'));
  expect(() => readDataSets(at('file'))).toThrow(tf.errors.FailedPreconditionError);
  expect(() => readDataSets('/dev/null')).toThrow(tf.errors.FailedPreconditionError);
  expect(() => readDataSets(at('empty'))).toThrow(tf.errors.NotFoundError);
});

describe('graphs and checkpoints', () => {
  const fifo = (name: string): string => {
    execFileSync('mkfifo', [at(name)]);
    return at(name);
  };
  const graph = new tf.Graph();
  const saver = graph.asDefault(() => {
    new tf.Variable([1, 2], { name: 'v' });
    return new tf.train.Saver();
  });
  const save = (prefix: string): unknown => {
    const sess = new tf.Session('', { graph, config: { device: 'portable', advice: false } });
    try {
      sess.run(graph.asDefault(() => tf.globalVariablesInitializer()));
      return saver.save(sess, prefix);
    } finally {
      sess.close();
    }
  };
  const places: readonly (readonly [string, string, (place: string) => unknown])[] = [
    ['a graph', 'graph.pbtxt', (place) => tf.train.writeGraph(graph, path.dirname(place), path.basename(place))],
    ['a meta graph', 'a.meta', (place) => graph.asDefault(() => tf.train.exportMetaGraph(place))],
    ['the index of a checkpoint', 'b.index', (place) => save(place.replace(/\.index$/, ''))],
    ['the data of a checkpoint', 'c.data-00000-of-00001', (place) => save(place.replace(/\.data.*$/, ''))],
  ];
  test.each(places)('%s does not take the place of a pipe', (_, name, write) => {
    const place = fifo(name);
    expect(() => write(place)).toThrow(tf.errors.FailedPreconditionError);
    expect(() => write(place)).toThrow('it is a device, pipe or socket');
    expect(lstatSync(place).isFIFO()).toBe(true);
  });
});
