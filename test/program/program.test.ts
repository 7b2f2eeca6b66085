/** What stands around graphs in programs: flags, lines for people, names of before 1.0. */
import * as tf from '../../src';
import { parse } from '../../src/program/flag-values';
import { inPercent } from '../../src/program/percent';
import { call } from '../calls/words';

/** What is written on stderr meanwhile. */
function saidOn(stream: 'stderr' | 'stdout', body: () => void): string {
  const write = jest.spyOn(process[stream], 'write').mockImplementation(() => true);
  try {
    body();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

describe('flags', () => {
  const RATE = tf.flags.DEFINE_float('learning_rate', 0.01, 'The rate.', 0, 1);
  const STEPS = tf.app.flags.DEFINE_integer('max_steps', 100, 'How many steps.');
  const DATA = tf.flags.DEFINE_string('data_dir', null, 'Where the data are.');
  const TRAIN = tf.flags.DEFINE_boolean('train', true, 'Whether it trains.');
  const CELL = tf.flags.DEFINE_enum('cell', 'lstm', ['lstm', 'gru'], 'The cell.');
  const LAYERS = tf.flags.DEFINE_list('layers', ['a'], 'The layers.');

  test('are read from the command line as absl reads them', () => {
    const rest = parse([
      '--learning_rate=0.5',
      'file',
      '--maxSteps',
      '7',
      '--notrain',
      '--data-dir=/data',
      '--layers=x,y',
      '--other',
    ]);
    expect([RATE.value, STEPS.value, DATA.value, TRAIN.value, CELL.value, LAYERS.value]).toEqual([
      0.5,
      7,
      '/data',
      false,
      'lstm',
      ['x', 'y'],
    ]);
    expect(rest).toEqual(['file', '--other']);
    const { FLAGS } = tf.app.flags;
    expect([FLAGS.learning_rate, FLAGS.learningRate, FLAGS.max_steps, FLAGS.train]).toEqual([0.5, 0.5, 7, false]);
    expect('dataDir' in FLAGS).toBe(true);
    expect(Object.keys(FLAGS)).toContain('cell');
    FLAGS.maxSteps = 9;
    expect(STEPS.value).toBe(9);
    parse(['--train', 'more']);
    expect(TRAIN.value).toBe(true);
    parse(['--train=false', '--cell=gru']);
    expect([TRAIN.value, CELL.value]).toEqual([false, 'gru']);
  });
  test.each([
    ['--max_steps=ten', "flag --max_steps=ten: invalid literal for int() with base 10: 'ten'"],
    ['--max_steps=1.5', "flag --max_steps=1.5: invalid literal for int() with base 10: '1.5'"],
    ['--learning_rate=x', "flag --learning_rate=x: could not convert string to float: 'x'"],
    ['--learning_rate=2', 'flag --learning_rate=2: 2 is not in the range [0, 1]'],
    ['--train=maybe', 'flag --train=maybe: Non-boolean argument to boolean flag: maybe'],
    ['--cell=rnn', 'flag --cell=rnn: value should be one of <lstm|gru>'],
  ])('%s is refused', (arg, message) => {
    expect(() => parse([arg])).toThrow(message);
  });
  test('a flag is defined once, and before it is asked for', () => {
    expect(() => tf.flags.DEFINE_integer('max_steps', 1, '')).toThrow("The flag 'max_steps' is defined twice.");
    expect(() => tf.flags.FLAGS.batchSize).toThrow("batchSize\n  fix: tf.flags.DEFINE_string('batch_size', …)");
    expect(() => call(tf.flags.DEFINE_integer, 'a', 1, '', { lowerbound: 1 })).toThrow('fix: lowerBound');
    tf.flags.markFlagAsRequired(tf.flags.DEFINE_string('must', null, 'Must be there.').name);
    expect(() => parse([])).toThrow('Flag --must must have a value other than None');
    parse(['--must=1']);
  });
  test('a number that is there is no null, whatever its bounds', () => {
    const values: number[] = [
      tf.flags.DEFINE_integer('bounded', 5, '', 1).value,
      tf.flags.DEFINE_float('bounded_twice', 0.5, '', { upperBound: 1 }).value,
      tf.flags.DEFINE_float('bounded_more', 0.5, '', 0, 1, false).value,
      tf.flags.DEFINE_integer('bounded_below', 6, '', 0, { upperBound: 9 }).value,
    ];
    expect(values).toEqual([5, 0.5, 0.5, 6]);
    const without: number | null = tf.flags.DEFINE_integer('without', null, '', 1).value;
    expect(without).toBe(null);
  });
  test('the main function gets what is no flag', () => {
    const main = jest.fn();
    tf.app.run(main, ['program', '--max_steps=3', 'rest']);
    expect(main.mock.calls).toEqual([[['program', 'rest']]]);
    expect(STEPS.value).toBe(3);
    expect(() => call(tf.app.run)).toThrow("run() missing 1 required positional argument: 'main'");
  });
  test('what cannot be read ends the program, and --help shows the flags', () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation((code): never => {
      throw new Error(`left with ${code}`);
    });
    try {
      const wrong = (): void => tf.app.run(() => {}, ['program', '--max_steps=x']);
      expect(saidOn('stderr', () => expect(wrong).toThrow('left with 1'))).toMatch(
        /^FATAL Flags parsing error:\n {2}flag/,
      );
      const help = (): void => tf.app.run(() => {}, ['program', '--help']);
      expect(saidOn('stdout', () => expect(help).toThrow('left with 0'))).toMatch(
        /--max_steps <value> +How many steps\./,
      );
    } finally {
      exit.mockRestore();
    }
  });
});

describe('logging', () => {
  afterEach(() => tf.logging.setVerbosity(tf.logging.FATAL + 1));
  test('nothing is written under a test runner', () => {
    expect(saidOn('stderr', () => tf.logging.fatal('a'))).toBe('');
  });
  test('lines of enough weight, in TensorFlow’s form', () => {
    tf.logging.setVerbosity(tf.logging.INFO);
    const said = saidOn('stderr', () => {
      tf.logging.debug('no');
      tf.logging.info('step %d of %s: %.3f', 3, 10, 0.12345);
      tf.logging.warn('careful');
      tf.logging.error('%r', 'a');
      tf.logging.fatal('100%');
      for (let i = 0; i < 4; i++) tf.logging.logEveryN(tf.logging.INFO, 'every', 3);
      for (let i = 0; i < 4; i++) tf.logging.logFirstN(tf.logging.INFO, 'first', 1);
      // Another line of the program counts for itself.
      tf.logging.logFirstN(tf.logging.INFO, 'first', 1);
      // Of one line, whatever it writes.
      for (let i = 0; i < 4; i++) tf.logging.logEveryN(tf.logging.INFO, 'number %d', 3, i);
    });
    expect(said.trim().split('\n')).toEqual([
      'INFO:tensorflow:step 3 of 10: 0.123',
      'WARNING:tensorflow:careful',
      "ERROR:tensorflow:'a'",
      'CRITICAL:tensorflow:100%',
      'INFO:tensorflow:every',
      'INFO:tensorflow:every',
      'INFO:tensorflow:first',
      'INFO:tensorflow:first',
      'INFO:tensorflow:number 0',
      'INFO:tensorflow:number 3',
    ]);
  });
  test('a weight is a number, or one of the names', () => {
    tf.logging.setVerbosity('INFO');
    expect(tf.logging.getVerbosity()).toBe(tf.logging.INFO);
    expect(() => tf.logging.setVerbosity('foo')).toThrow("Unknown level: 'foo'");
    expect(() => call(tf.logging.setVerbosity, 1.5)).toThrow('Level not an integer or a valid string: 1.5');
    expect(() => call(tf.logging.log, 'INFO', 'x')).toThrow('level must be an integer');
    expect(() => call(tf.logging.logIf, null, 'x', true)).toThrow(TypeError);
  });
  test.each([
    ['%5d|%-5d|%05d|%+d', [42, 42, -42, 42], '   42|42   |-0042|+42'],
    ['%.2e %g %g %g', [12345.678, 0.0001, 1e10, 0.5], '1.23e+04 0.0001 1e+10 0.5'],
    ['%x %X %o %%', [255, 255, 8], 'ff FF 10 %'],
    ['%s and %.3s', ['a', 'abcdef'], 'a and abc'],
    ['%f', [1], '1.000000'],
    ['%d', [2n ** 60n], '1152921504606846976'],
    ['no field', [1], 'no field 1'],
  ] as const)('%s', (text, values, expected) => {
    expect(inPercent(text, values)).toBe(expected);
  });
});

test('a name of before 1.0 says once what it is called now', () => {
  tf.logging.setVerbosity(tf.logging.WARN);
  const said = saidOn('stderr', () => {
    tf.mul(2, 3);
    tf.mul({ x: 2, y: 3 });
    tf.select([true], [1], [2]);
  });
  tf.logging.setVerbosity(tf.logging.FATAL + 1);
  expect(said.trim().split('\n')).toEqual([
    'WARNING:tensorflow:tf.mul is tf.multiply since TensorFlow 1.0.',
    'WARNING:tensorflow:tf.select is tf.where since TensorFlow 1.0.',
  ]);
  expect(() => call(tf.batchMatmul, [[1]], [[1]], { adj_x: true })).toThrow('fix: adjX');
});
