/** Flags: what a program takes on its command line, in absl's notation. */
import { Command, Option } from 'commander';
import { isList } from '../base/border';
import type { Untold } from '../base/dtype';
import { AttributeError, ValueError } from '../base/errors';
import { commandLine } from '../base/platform';
import { preview } from '../base/preview';
import { errorOf } from '../base/thrown';
import { bound } from '../calls/bind';
import { knowingAll } from '../ops/known-calls';
import type { DefineCall, DefineNumberCall, FlagHolder } from './flag-types';

export type { FlagHolder };

/** What a flag holds. */
export type FlagValue = string | number | boolean | readonly string[] | null;
interface Flag {
  readonly name: string;
  readonly help: string;
  readonly isBoolean: boolean;
  readonly parse: (text: string) => FlagValue;
  value: FlagValue;
  isRequired: boolean;
}
/** All flags, under their names: `FLAGS.batch_size`, or `FLAGS.batchSize`. */
export interface FlagValues {
  [name: string]: Untold;
}
const flags = new Map<string, Flag>();
let isParsed = false;
const snake = (name: string): string => name.replace(/-/g, '_').replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const found = (name: string): Flag | undefined => flags.get(name) ?? flags.get(snake(name));

/**
 * The flags of the program, with what its command line says of them.
 *
 *     tf.flags.DEFINE_integer('batch_size_of_rows', 64, 'Rows in a batch.');
 *     tf.flags.FLAGS.batchSizeOfRows      // 64
 *     tf.flags.FLAGS.batch_size_of_rows   // 64
 */
export const FLAGS: FlagValues = new Proxy<FlagValues>(
  {},
  {
    get(_, name) {
      if (typeof name === 'symbol' || name === 'toJSON' || name === 'constructor') return undefined;
      const flag = found(name);
      if (!flag) throw new AttributeError(`${name}\n  fix: tf.flags.DEFINE_string('${snake(name)}', …) comes first.`);
      if (!isParsed) parse(commandLine());
      return flag.value;
    },
    set(_, name, value: FlagValue) {
      const flag = typeof name === 'string' ? found(name) : undefined;
      if (!flag) throw new AttributeError(String(name));
      flag.value = value;
      return true;
    },
    has: (_, name) => typeof name === 'string' && found(name) !== undefined,
    ownKeys: () => [...flags.keys()],
    getOwnPropertyDescriptor(_, name) {
      const flag = typeof name === 'string' ? flags.get(name) : undefined;
      return flag && { value: flag.value, enumerable: true, configurable: true, writable: true };
    },
  },
);

/** The flags as commander knows them: it reads the command line and writes the help. */
function command(): Command {
  const made = new Command('').usage('[flags]').allowUnknownOption().allowExcessArguments().exitOverride();
  made.helpOption('--help', 'shows this help').configureOutput({ writeErr: () => {} });
  for (const flag of flags.values()) {
    const option = new Option(`--${flag.name} <value>`, flag.help);
    if (flag.value !== null) option.default(flag.value);
    made.addOption(option.argParser((text: string) => parsed(flag, text)));
  }
  return made;
}
function parsed(flag: Flag, text: string): FlagValue {
  try {
    return flag.parse(text);
  } catch (error) {
    throw new ValueError(`flag --${flag.name}=${text}: ${errorOf(error).message}`);
  }
}
/** Arguments as commander wants them: `--notrain` becomes `--train=false`, `--batchSize` `--batch_size`. */
function settled(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, i) => {
    const [, given, value] = /^--?([A-Za-z][\w-]*)(=[^]*)?$/.exec(end >= 0 && i >= end ? '' : arg) ?? [];
    if (given === undefined) return arg;
    const flag = found(given);
    if (flag) return `--${flag.name}${value ?? (flag.isBoolean ? '=true' : '')}`;
    const not = given.startsWith('no') ? found(given.slice(2)) : undefined;
    return not?.isBoolean && value === undefined ? `--${not.name}=false` : arg;
  });
}
/**
 * Reads the flags from a command line.
 *
 * @param args  what comes after the program's name
 * @returns  what is no flag
 * @throws ValueError  for a value that a flag cannot have, and for a flag that must be given and is not
 */
export function parse(args: readonly string[]): string[] {
  isParsed = true;
  const made = command().parse(settled(args), { from: 'user' });
  for (const flag of flags.values()) {
    if (made.getOptionValueSource(keyOf(flag)) === 'cli') flag.value = made.getOptionValue(keyOf(flag)) as FlagValue;
    if (flag.isRequired && flag.value === null)
      throw new ValueError(`flag --${flag.name}=None: Flag --${flag.name} must have a value other than None.`);
  }
  return made.args;
}
/** Under which name commander keeps it. */
const keyOf = ({ name }: Flag): string => new Option(`--${name}`).attributeName();
/** What `--help` shows. */
export function help(): string {
  return command().helpInformation();
}

function define<T extends FlagValue>(
  name: string,
  value: T,
  text: string,
  parse: (text: string) => T,
  { isBoolean = false, isRequired = false }: { isBoolean?: boolean; isRequired?: boolean } = {},
): FlagHolder<T> {
  if (flags.has(name))
    throw new ValueError(
      `The flag '${name}' is defined twice.\n` +
        `  fix: take one of the two away, or give it another name; FLAGS.${name} is there after the first.`,
    );
  const flag = { name, help: text ?? '', isBoolean, isRequired, parse, value: checkedPreset(name, value, parse) };
  flags.set(name, flag);
  return {
    name,
    get value(): T {
      if (!isParsed) parse_();
      return flag.value;
    },
  };
}
function textOf(name: string, value: unknown): string | null {
  if (value === null || value === undefined || typeof value === 'string') return value ?? null;
  throw new ValueError(
    `flag --${name}=${preview(value)}: flag value must be a string, found ${preview(value)}\n` +
      '  fix: a text as its default, or DEFINE_integer, DEFINE_float, DEFINE_boolean.',
  );
}
/** What a flag holds at first, which must be what the command line could say too. */
function checkedPreset<T extends FlagValue>(name: string, value: T, parse: (text: string) => T): T {
  if (value === null || isList(value) || Number.isNaN(value)) return value;
  try {
    return parse(typeof value === 'string' ? value : String(value));
  } catch (error) {
    throw new ValueError(`flag --${name}=${value}: ${errorOf(error).message}\n  fix: another default for the flag.`);
  }
}
function parse_(): void {
  parse(commandLine());
}
function numberOf(text: string, isWhole: boolean): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value))
    throw new ValueError(
      isWhole ? `invalid literal for int() with base 10: '${text}'` : `could not convert string to float: '${text}'`,
    );
  if (isWhole && !Number.isInteger(value)) throw new ValueError(`invalid literal for int() with base 10: '${text}'`);
  return value;
}
function within(value: number, lower: number | undefined, upper: number | undefined): number {
  if ((lower !== undefined && value < lower) || (upper !== undefined && value > upper))
    throw new ValueError(`${value} is not in the range [${lower ?? '-inf'}, ${upper ?? 'inf'}]`);
  return value;
}
function truth(text: string): boolean {
  if (/^(true|t|1|yes|y)$/i.test(text)) return true;
  if (/^(false|f|0|no|n)$/i.test(text)) return false;
  throw new ValueError(`Non-boolean argument to boolean flag: ${text}`);
}

/**
 * Defines a flag that holds text.
 *
 *     const DATA = tf.flags.DEFINE_string('data_folder', '/tmp/data', 'Where the data are.');
 *     DATA.value   // '/tmp/data'
 *
 * @param name      `--name value`, `--name=value`, and the property of `FLAGS`
 * @param default   what it holds where the command line says nothing; null for none
 * @param help      what `--help` says of it
 * @param required  whether it must be given
 * @returns  the flag, whose `value` is typed
 * @throws ValueError  for a name that is taken
 */
export const DEFINE_string = knowingAll<DefineCall<string>>()(
  'flags.DEFINE_string',
  (name: string, preset: string | null, help: string, required?: boolean): FlagHolder<string | null> =>
    define<string | null>(name, textOf(name, preset), help, (text) => text, { isRequired: required }),
);
type Numeric = [
  name: string,
  preset: number | null,
  help: string,
  lowerBound?: number,
  upperBound?: number,
  required?: boolean,
];
function defineNumber(isWhole: boolean) {
  return (...[name, preset, help, lowerBound, upperBound, isRequired]: Numeric): FlagHolder<number | null> => {
    const parse = (text: string): number => within(numberOf(text, isWhole), lowerBound, upperBound);
    return define<number | null>(name, preset ?? null, help, parse, { isRequired });
  };
}
/**
 * Defines a flag that holds a whole number.
 *
 *     const STEPS = tf.flags.DEFINE_integer('steps_to_take', 1000, 'How many steps.');
 *     STEPS.value   // 1000
 *
 * @param name        `--name 5`, `--name=5`, and the property of `FLAGS`
 * @param default     what it holds where the command line says nothing; null for none
 * @param help        what `--help` says of it
 * @param lowerBound  the least it may be
 * @param upperBound  the most it may be
 * @param required    whether it must be given
 * @returns  the flag, whose `value` is typed
 * @throws ValueError  for a name that is taken
 */
export const DEFINE_integer = knowingAll<DefineNumberCall>()('flags.DEFINE_integer', defineNumber(true));
/**
 * Defines a flag that holds a number.
 *
 *     const RATE = tf.flags.DEFINE_float('rate_of_learning', 0.5, 'The learning rate.');
 *     RATE.value   // 0.5
 *
 * @param name        `--name 0.5`, `--name=0.5`, and the property of `FLAGS`
 * @param default     what it holds where the command line says nothing; null for none
 * @param help        what `--help` says of it
 * @param lowerBound  the least it may be
 * @param upperBound  the most it may be
 * @param required    whether it must be given
 * @returns  the flag, whose `value` is typed
 * @throws ValueError  for a name that is taken
 */
export const DEFINE_float = knowingAll<DefineNumberCall>()('flags.DEFINE_float', defineNumber(false));
const defineBoolean = (
  name: string,
  preset: boolean | null,
  help: string,
  required?: boolean,
): FlagHolder<boolean | null> =>
  define<boolean | null>(name, preset ?? null, help, truth, { isBoolean: true, isRequired: required });
/**
 * Defines a flag that is true or false: `--name`, `--noname`, `--name=false`.
 *
 *     const TRAIN = tf.flags.DEFINE_boolean('train_the_model', true, 'Whether it trains.');
 *     TRAIN.value   // true
 *
 * @param name      what it is called
 * @param default   what it holds where the command line says nothing; null for none
 * @param help      what `--help` says of it
 * @param required  whether it must be given
 * @returns  the flag, whose `value` is typed
 * @throws ValueError  for a name that is taken
 */
export const DEFINE_boolean = knowingAll<DefineCall<boolean>>()('flags.DEFINE_boolean', defineBoolean);
/**
 * `DEFINE_boolean`, by its shorter name.
 *
 *     tf.flags.DEFINE_bool('say_more', false, 'Whether it says more.').value   // false
 *
 * @param name      what it is called
 * @param default   what it holds where the command line says nothing; null for none
 * @param help      what `--help` says of it
 * @param required  whether it must be given
 * @returns  the flag, whose `value` is typed
 * @throws ValueError  for a name that is taken
 */
export const DEFINE_bool = knowingAll<DefineCall<boolean>>()('flags.DEFINE_bool', defineBoolean);
/**
 * Defines a flag that holds one of several words.
 *
 *     tf.flags.DEFINE_enum('kind_of_cell', 'lstm', ['lstm', 'gru'], 'The cell.').value   // 'lstm'
 *
 * @param name        what it is called
 * @param default     what it holds where the command line says nothing; null for none
 * @param enumValues  what it may be
 * @param help        what `--help` says of it
 * @param required    whether it must be given
 * @returns  the flag, whose `value` is typed
 * @throws ValueError  for a name that is taken
 */
export const DEFINE_enum = bound(
  'flags.DEFINE_enum',
  (
    name: string,
    preset: string | null,
    enumValues: readonly string[],
    help: string,
    required?: boolean,
  ): FlagHolder<string | null> =>
    define<string | null>(
      name,
      preset ?? null,
      help,
      (text) => {
        if (enumValues.includes(text)) return text;
        throw new ValueError(`value should be one of <${enumValues.join('|')}>`);
      },
      { isRequired: required },
    ),
);
/**
 * Defines a flag that holds words: `--name=a,b`.
 *
 *     tf.flags.DEFINE_list('layers_to_train', ['a', 'b'], 'The layers.').value   // ['a', 'b']
 *
 * @param name      what it is called
 * @param default   what it holds where the command line says nothing: a list, or a text with commas
 * @param help      what `--help` says of it
 * @param required  whether it must be given
 * @returns  the flag, whose `value` is typed
 * @throws ValueError  for a name that is taken
 */
export const DEFINE_list = bound(
  'flags.DEFINE_list',
  (
    name: string,
    preset: string | readonly string[] | null,
    help: string,
    required?: boolean,
  ): FlagHolder<readonly string[] | null> => {
    const words = (text: string): readonly string[] => (text === '' ? [] : text.split(',').map((word) => word.trim()));
    const value = typeof preset === 'string' ? words(preset) : (preset ?? null);
    return define<readonly string[] | null>(name, value, help, words, { isRequired: required });
  },
);
/**
 * Says that a flag must be given.
 *
 *     tf.flags.DEFINE_string('must_be_there', 'x', 'A flag.');
 *     tf.flags.markFlagAsRequired('must_be_there')   // undefined
 *
 * @param flagName  what it is called
 * @throws AttributeError  for a flag that was not defined
 */
export const markFlagAsRequired = bound('flags.mark_flag_as_required', (flagName: string): void => {
  const flag = found(flagName);
  if (!flag) throw new AttributeError(flagName);
  flag.isRequired = true;
});
