/** Settings that Python gives as a protocol message, and a program here as an object. */
import { TypeError_, ValueError } from '../base/errors';
import { nearestName } from '../base/nearest';
import { describe, isRevoked, preview } from '../base/preview';
import { camelCase } from './signature';

/** What a feed's key looks like. */
const FEED = /^[\w./-]+:\d+$/;

/** What a setting takes: a kind of value, one of some words, or an object of settings. */
export type Setting = 'bool' | 'int' | 'number' | 'string' | 'object' | readonly string[] | Settings;
/** A message: its name in Python, and its fields. */
export interface Settings {
  readonly message: string;
  readonly fields: Readonly<Record<string, Setting>>;
  /** Whether `false` stands for the whole of it. */
  readonly orFalse?: boolean;
}
/** The name of the message that an object is. */
export const MESSAGE = Symbol('message');
/** Its fields that are not known here, as bytes. */
export const UNKNOWN = Symbol('unknown');
/** An object with the fields of a message. */
export interface MessageObject {
  readonly [MESSAGE]: string;
  [UNKNOWN]: Uint8Array;
}
/** The names of an object's fields, its methods left out. */
type FieldOf<T> = { [K in keyof T & string]: T[K] extends (...args: never[]) => unknown ? never : K }[keyof T & string];
/** A table of fields that has each field of `T`. */
export type FieldsOf<T> = Readonly<Record<FieldOf<T>, Setting>>;

/**
 * The settings, without those that are null.
 *
 * @throws ValueError  for one that there is not, in Python's words, with the nearest one
 * @throws TypeError   for what is no object, and for a value of another kind
 */
export function checkSettings<T extends object>(of: Settings, settings: T): T {
  check(of, settings);
  // None is the default.
  const given = Object.entries(settings).filter(([, value]) => value !== null);
  return given.length === Object.keys(settings).length ? settings : (Object.fromEntries(given) as T);
}
function check(of: Settings, settings: unknown): void {
  const { message, fields } = of;
  const names = Object.keys(fields);
  if (!isSettings(settings))
    throw new TypeError_(
      `${message} is an object of settings, not ${preview(settings)}.\n  it has ${names.join(', ')}.` +
        (typeof settings === 'function'
          ? '\n  fix: no callback: sess.run gives its values at once, const c = sess.run(cost, feeds).'
          : ''),
    );
  for (const [name, value] of Object.entries(settings)) {
    if (!Object.hasOwn(fields, name)) throw noField(of, name, names);
    if (value !== undefined && value !== null) checkValue(message, name, fields[name], value);
  }
}
/** Whether it may have settings: maps, dates, arrays and the like have none, and would pass for an empty object. */
function isSettings(x: unknown): x is object {
  return (
    typeof x === 'object' && x !== null && !isRevoked(x) && Object.prototype.toString.call(x) === '[object Object]'
  );
}
function noField({ message, fields }: Settings, name: string, names: readonly string[]): Error {
  const camel = camelCase(name);
  const inner = names.find((each) => {
    const setting = fields[each];
    return typeof setting === 'object' && 'fields' in setting && Object.hasOwn(setting.fields, camel);
  });
  const meant = names.includes(camel) ? camel : nearestName(name, names);
  return new ValueError(
    `Protocol message ${message} has no "${name}" field.` +
      (inner ? `\n  fix: it belongs to ${inner}: {${inner}: {${camel}: …}}.` : '') +
      (meant && !inner ? `\n  fix: ${meant}, as {${meant}: …}.` : '') +
      (FEED.test(name) || /^feeds?(_?dict)?$/i.test(name)
        ? '\n  fix: feeds are the second argument: sess.run(fetches, feeds, options).'
        : '') +
      `\n  it has ${names.join(', ')}.`,
  );
}
function checkValue(message: string, name: string, setting: Setting, value: unknown): void {
  if (typeof setting === 'object' && 'fields' in setting) {
    if (!(value === false && setting.orFalse)) check(setting, value);
    return;
  }
  if (typeof setting === 'object') {
    if (typeof value !== 'string' || !setting.includes(value))
      throw new ValueError(
        `unknown enum label ${preview(value)} for ${name} of ${message}` +
          `\n  fix: one of ${setting.map((word) => `'${word}'`).join(', ')}.`,
      );
    return;
  }
  if (!IS_OF[setting](value))
    throw new TypeError_(
      `${preview(value)} has type ${describe(value)}, but expected one of: ${setting}` +
        `\n  it was given for ${name} of ${message}.`,
    );
}
const IS_OF: Readonly<Record<'bool' | 'int' | 'number' | 'string' | 'object', (value: unknown) => boolean>> = {
  bool: (value) => typeof value === 'boolean',
  int: Number.isInteger,
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  object: (value) => typeof value === 'object',
};
