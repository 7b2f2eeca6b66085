/**
 * `tf.logging`: lines for people, by their weight.
 *
 * @module
 */
import { checkNumber, worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { env, write } from '../base/platform';
import { bound } from '../calls/bind';
import { Trace } from '../graph/trace';
import { inPercent } from './percent';

/**
 * Weighs least.
 *
 *     tf.logging.DEBUG   // 10
 */
export const DEBUG = 10;
/**
 * Weighs more than DEBUG.
 *
 *     tf.logging.INFO   // 20
 */
export const INFO = 20;
/**
 * What is written where nobody says otherwise, and all that weighs more.
 *
 *     tf.logging.WARN   // 30
 */
export const WARN = 30;
/**
 * Weighs more than WARN.
 *
 *     tf.logging.ERROR   // 40
 */
export const ERROR = 40;
/**
 * Weighs most.
 *
 *     tf.logging.FATAL   // 50
 */
export const FATAL = 50;

const NAMES: Readonly<Record<number, string>> = {
  [DEBUG]: 'DEBUG',
  [INFO]: 'INFO',
  [WARN]: 'WARNING',
  [ERROR]: 'ERROR',
  [FATAL]: 'CRITICAL',
};
/** The names that `setVerbosity` knows. */
const WEIGHTS = new Map([
  ...Object.entries(NAMES).map(([weight, name]): [string, number] => [name, Number(weight)]),
  ['WARN', WARN],
  ['FATAL', FATAL],
  ['NOTSET', 0],
]);
function weightOf(level: unknown): number {
  if (typeof level === 'number' && Number.isInteger(level)) return level;
  if (typeof level !== 'string') throw new TypeError_(`Level not an integer or a valid string: ${worded(level)}`);
  const weight = WEIGHTS.get(level);
  if (weight === undefined) throw new ValueError(`Unknown level: '${level}'`);
  return weight;
}
/** Nothing is written under a test runner, until a program asks for it. */
const isTest = env('JEST_WORKER_ID') !== undefined || env('NODE_ENV') === 'test';
let threshold = isTest ? FATAL + 1 : WARN;
const counts = new Map<string, number>();

/**
 * From which weight on lines are written.
 *
 *     tf.logging.setVerbosity(tf.logging.INFO);
 *     tf.logging.getVerbosity()   // 20
 *
 * @param v  DEBUG, INFO, WARN, ERROR or FATAL; a number, or such a name as text
 * @throws ValueError  for a text that is none of these names
 * @throws TypeError  for what is neither a whole number nor text
 */
export const setVerbosity = bound('logging.set_verbosity', (v: number | string): void => {
  threshold = weightOf(v);
});
/**
 * From which weight on lines are written: WARN where nobody said otherwise, and under a test runner nothing is.
 *
 *     tf.logging.setVerbosity(tf.logging.FATAL);
 *     tf.logging.getVerbosity()   // 50
 *
 * @returns  the weight
 */
export const getVerbosity = bound('logging.get_verbosity', (): number => threshold);

function put(level: number, msg: unknown, args: readonly unknown[]): void {
  if (!Number.isInteger(level)) throw new TypeError_('level must be an integer');
  if (level < threshold) return;
  write('stderr', `${NAMES[level] ?? `Level ${level}`}:tensorflow:${inPercent(String(msg), args)}\n`);
}
/**
 * Writes a line, on stderr: `INFO:tensorflow:step 3`.
 *
 *     tf.logging.log(tf.logging.DEBUG, 'step %d', 3)   // undefined
 *
 * @param level  its weight
 * @param msg    the text, in which Python's `%d`, `%s`, `%.3f` stand for what comes after
 * @param args   what comes into it
 * @throws TypeError  for a weight that is no whole number
 */
export function log(level: number, msg: unknown, ...args: readonly unknown[]): void {
  put(level, msg, args);
}
/**
 * Writes a line of weight DEBUG.
 *
 *     tf.logging.debug('loss %.2f', 0.5)   // undefined
 *
 * @param msg   the text, in which Python's `%d`, `%s`, `%.3f` stand for what comes after
 * @param args  what comes into it
 */
export function debug(msg: unknown, ...args: readonly unknown[]): void {
  put(DEBUG, msg, args);
}
/**
 * Writes a line of weight INFO.
 *
 *     tf.logging.info('step %d of %d', 1, 10)   // undefined
 *
 * @param msg   the text, in which Python's `%d`, `%s`, `%.3f` stand for what comes after
 * @param args  what comes into it
 */
export function info(msg: unknown, ...args: readonly unknown[]): void {
  put(INFO, msg, args);
}
/**
 * Writes a line of weight WARN.
 *
 *     tf.logging.warning('%s is slow', 'this')   // undefined
 *
 * @param msg   the text, in which Python's `%d`, `%s`, `%.3f` stand for what comes after
 * @param args  what comes into it
 */
export function warning(msg: unknown, ...args: readonly unknown[]): void {
  put(WARN, msg, args);
}
/**
 * `warning`, by its shorter name.
 *
 *     tf.logging.warn('careful')   // undefined
 *
 * @param msg   the text, in which Python's `%d`, `%s`, `%.3f` stand for what comes after
 * @param args  what comes into it
 */
export function warn(msg: unknown, ...args: readonly unknown[]): void {
  put(WARN, msg, args);
}
/**
 * Writes a line of weight ERROR. The program goes on.
 *
 *     tf.logging.error('no file %r', 'a.txt')   // undefined
 *
 * @param msg   the text, in which Python's `%d`, `%s`, `%.3f` stand for what comes after
 * @param args  what comes into it
 */
export function error(msg: unknown, ...args: readonly unknown[]): void {
  put(ERROR, msg, args);
}
/**
 * Writes a line of weight FATAL. The program goes on, as in TensorFlow.
 *
 *     tf.logging.fatal('cannot go on')   // undefined
 *
 * @param msg   the text, in which Python's `%d`, `%s`, `%.3f` stand for what comes after
 * @param args  what comes into it
 */
export function fatal(msg: unknown, ...args: readonly unknown[]): void {
  put(FATAL, msg, args);
}
/**
 * Writes a line the first time and each `n`th time after that this line of the program comes to it.
 *
 *     for (let i = 0; i < 4; i++) tf.logging.logEveryN(tf.logging.DEBUG, 'step', 2);
 *     tf.logging.logEveryN(tf.logging.DEBUG, 'step', 2)   // undefined
 *
 * @param level  its weight
 * @param msg    the text
 * @param n      how often
 * @param args   what comes into it
 * @throws TypeError  for a weight that is no whole number, and an `n` that is no number
 */
export function logEveryN(level: number, msg: unknown, n: number, ...args: readonly unknown[]): void {
  checkNumber(n, 'n');
  if (counted(logEveryN) % n === 0) put(level, msg, args);
}
/**
 * Writes a line the first `n` times that this line of the program comes to it.
 *
 *     tf.logging.logFirstN(tf.logging.DEBUG, 'once', 1)   // undefined
 *
 * @param level  its weight
 * @param msg    the text
 * @param n      how often
 * @param args   what comes into it
 * @throws TypeError  for a weight that is no whole number, and an `n` that is no number
 */
export function logFirstN(level: number, msg: unknown, n: number, ...args: readonly unknown[]): void {
  checkNumber(n, 'n');
  if (counted(logFirstN) < n) put(level, msg, args);
}
/** How often the line of the program that called a function has come to it before. */
function counted(called: (...args: never[]) => unknown): number {
  const [at] = new Trace(called).frames;
  const key = at ? `${at.file}:${at.line}` : '';
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return count;
}
/**
 * Writes a line if something holds.
 *
 *     tf.logging.logIf(tf.logging.DEBUG, 'odd', 1 % 2 === 1)   // undefined
 *
 * @param level      its weight
 * @param msg        the text
 * @param condition  whether it is written
 * @param args       what comes into it
 * @throws TypeError  for a weight that is no whole number
 */
export function logIf(level: number, msg: unknown, condition: unknown, ...args: readonly unknown[]): void {
  if (condition) put(level, msg, args);
}
/**
 * Does nothing: lines are written at once.
 *
 *     tf.logging.flush()   // undefined
 */
export const flush = bound('logging.flush', (): void => {});
