import * as tf from 'tfjs-session';
import { bytesToText, joinTexts, pythonBytes, textToBytes } from '../../src/base/bytes';
import { NDArray } from '../../src/base/ndarray';
import { encodeGraphDef } from '../../src/format/graphdef';
import { devices, open } from '../sweep';

const LOSSY = [
  Uint8Array.of(0xff, 0x00, 0x80, 0x61),
  Uint8Array.of(0xc3, 0xa9, 0xc3),
  // A surrogate, too long a form, beyond U+10FFFF, and a BOM.
  Uint8Array.of(0xed, 0xa0, 0x80),
  Uint8Array.of(0xc0, 0x80, 0xe0, 0x80, 0x80),
  Uint8Array.of(0xf4, 0x90, 0x80, 0x80, 0xf0, 0x9f, 0x98, 0x80),
  Uint8Array.of(0xef, 0xbb, 0xbf, 0x61),
];
const every = Uint8Array.from({ length: 65536 }, (_, i) => (i & 1 ? i >> 8 : i >> 1) & 0xff);

test('every sequence of bytes comes back as it was', () => {
  for (const bytes of [...LOSSY, every]) expect(textToBytes(bytesToText(bytes))).toEqual(bytes);
  for (let a = 0; a < 256; a++)
    for (let b = 0; b < 256; b++) {
      const bytes = Uint8Array.of(a, b);
      if (String(textToBytes(bytesToText(bytes))) !== String(bytes)) throw new Error(String(bytes));
    }
});
test('valid UTF-8 is read as such, and a byte that is none as a lone surrogate, as by Python', () => {
  for (const text of ['', 'a', 'é', '日本', '😀 a', '\ufeffa']) {
    expect(bytesToText(Buffer.from(text))).toBe(text);
    expect(Buffer.from(textToBytes(text)).toString('utf8')).toBe(text);
  }
  expect(bytesToText(LOSSY[0])).toBe('\udcff\0\udc80a');
});
test('bytes that are a character together are one once they are joined', () => {
  expect(joinTexts('a\udcc3', '\udca9b')).toBe('aéb');
  expect(joinTexts('\udcc3', 'a')).toBe('\udcc3a');
});
test('bytes print as in Python', () => {
  expect(
    [LOSSY[0], Buffer.from("é'"), Buffer.from('"\''), Buffer.from('a\n\\')].map((b) => pythonBytes(bytesToText(b))),
  ).toEqual(["'\\xff\\x00\\x80a'", '"\\xc3\\xa9\'"', "'\"\\''", "'a\\n\\\\'"]);
});

describe.each(devices())('on $title', (mode) => {
  test('bytes go through constants, feeds, plans and fetches', () => {
    new tf.Graph().asDefault((graph) => {
      using sess = open(graph, mode);
      const x = tf.placeholder(tf.string, [null]);
      const whole = tf.concat([x, tf.constant([LOSSY[1]], tf.string)], 0);
      for (let i = 0; i < 40; i++) {
        const got = sess.run(whole, [[x, [LOSSY[0], 'é', Buffer.from('é')]]]) as NDArray;
        expect(got.bytes()).toEqual([LOSSY[0], textToBytes('é'), textToBytes('é'), LOSSY[1]]);
        expect(got.data[1]).toBe('é');
      }
      const one = tf.placeholder(tf.string, []);
      expect(sess.run(tf.identity(one), [[one, Uint8Array.of(0xff)]])).toBe('\udcff');
      expect((sess.run(tf.constant([LOSSY], tf.string)) as NDArray).bytes()).toEqual(LOSSY);
      const halves = tf.constant([Uint8Array.of(0xc3)], tf.string).add(tf.constant([Uint8Array.of(0xa9)], tf.string));
      expect((sess.run(tf.equal(halves, tf.constant(['é']))) as NDArray).toArray()).toEqual([true]);
    });
  });
});
test('bytes is for strings', () => {
  expect(() => new NDArray(tf.float32, [1], Float32Array.of(1)).bytes()).toThrow('bytes() is for strings');
});
test('a GraphDef holds the bytes', () => {
  const value = new NDArray(tf.string, [1], [bytesToText(LOSSY[0])]);
  const attr = { dtype: { kind: 'type', value: tf.string }, value: { kind: 'tensor', value } };
  const bytes = encodeGraphDef([{ name: 'c', op: 'Const', input: [], attr }]);
  expect(Buffer.from(bytes).includes(Buffer.from(LOSSY[0]))).toBe(true);
});
test('ones of strings are a TypeError', () => {
  new tf.Graph().asDefault(() => {
    expect(() => tf.ones([2], tf.string)).toThrow("Expected string, got 1 of type 'int' instead.");
    expect(() => tf.randomUniform([2], { dtype: tf.int32 })).toThrow('Must specify maxval for integer dtype tf.int32');
    expect(() => tf.randomUniform([2], { dtype: tf.bool })).toThrow('Invalid dtype tf.bool');
  });
});
