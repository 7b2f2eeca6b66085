import * as tf from '../../src';
import { devices, open, sameGraph, sweep } from '../sweep';

sweep('logging');
const x = (): tf.Tensor => tf.placeholder(tf.float32, [2], { name: 'x' });
sameGraph('logging', 'Print', (tf) => {
  const a = x();
  tf.Print(a, [tf.constant(1), 'text'], 'said: ', { firstN: 2, summarize: 4 });
});
sameGraph('logging', 'tf.print of a tensor and text', (tf) => tf.print('x is', x(), 3));
sameGraph('logging', 'tf.print of a list', (tf) => tf.print([x(), tf.constant(1)], { summarize: 5, name: 'say' }));
sameGraph('logging', 'tf.print of a string tensor', (tf) => tf.print(tf.placeholder(tf.string, [], { name: 'x' })));
sameGraph('logging', 'gradient of Print', (tf) => {
  const a = x();
  tf.gradients(tf.Print(a, [a]), a);
});

/** What `body` writes on stderr. */
function said(body: () => void): string {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    body();
  } finally {
    spy.mockRestore();
  }
  return lines.join('');
}

describe.each(devices())('$title', (mode) => {
  beforeEach(() => tf.resetDefaultGraph());
  test('Print says it on stderr, and hands its input on', () => {
    const a = tf.placeholder(tf.float32, [null]);
    const y = tf.Print(a, [a, tf.constant([1, 2, 3, 4, 5], tf.int32)], 'message');
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(a, [[a, [1]]]);
    expect(said(() => expect(String(sess.run(y, [[a, [1, 2.5]]]))).toBe('[1.  2.5]'))).toBe(
      'message[1 2.5][1 2 3...]\n',
    );
  });
  test('Print says it so many times', () => {
    const y = tf.Print(tf.constant(1), ['text'], { message: 'm', firstN: 2 });
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(tf.constant(1));
    expect(
      said(() => {
        for (let i = 0; i < 4; i++) sess.run(y);
      }),
    ).toBe('m[text]\nm[text]\n');
  });
  test('tf.print prints values of every kind', () => {
    const op = tf.print(
      'a',
      tf.constant([
        [1, 2],
        [3, 4],
      ]),
      [tf.constant(true), 'b', null],
      { k: tf.constant('s') },
      { sep: ', ', end: '!' },
    );
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(tf.constant(1));
    expect(
      said(() => {
        expect(sess.run(op)).toBeNull();
      }),
    ).toBe("a, [[1 2]\n [3 4]], [1, 'b', None], {'k': \"s\"}!");
  });
});
test('an unknown stream is refused', () => {
  expect(() => tf.print('a', { outputStream: 'printer' })).toThrow(
    'Unsupported output stream, logging level, or file.printer.',
  );
});
