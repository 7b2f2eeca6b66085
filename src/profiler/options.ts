/** What a profile counts, shows and writes. */
import { InvalidArgumentError } from '../base/errors';
import { type FieldsOf, type Settings, checkSettings } from '../calls/settings';

/** What a profile counts, shows and writes. */
export interface ProfileOptions {
  /** How deep it shows. */
  readonly maxDepth?: number;
  /** Shows what asked for as many bytes. */
  readonly minBytes?: number;
  /** Shows what had as many bytes at a time. */
  readonly minPeakBytes?: number;
  /** Shows what kept as many bytes. */
  readonly minResidualBytes?: number;
  /** Shows what gave as many bytes. */
  readonly minOutputBytes?: number;
  /** Shows what took as many microseconds. */
  readonly minMicros?: number;
  /** Shows what took as many microseconds on graphics cards. */
  readonly minAcceleratorMicros?: number;
  /** Shows what took as many microseconds on processors. */
  readonly minCpuMicros?: number;
  /** Shows variables of as many numbers. */
  readonly minParams?: number;
  /** Shows what has as many operations on floats. */
  readonly minFloatOps?: number;
  /** Shows what ran as often. */
  readonly minOccurrence?: number;
  /** The step of a `Profiler` that is shown; -1 for the average of all. */
  readonly step?: number;
  /** By what lines are ordered: name, bytes, micros, params, float_ops, occurrence, … */
  readonly orderBy?: string;
  /** Patterns of the types that are counted. */
  readonly accountTypeRegexes?: readonly string[];
  /** Patterns of the names that come first. */
  readonly startNameRegexes?: readonly string[];
  /** Patterns of names below which nothing is shown. */
  readonly trimNameRegexes?: readonly string[];
  /** Patterns of the names that are shown. */
  readonly showNameRegexes?: readonly string[];
  /** Patterns of the names that are not. */
  readonly hideNameRegexes?: readonly string[];
  /** Counts what is shown alone. */
  readonly accountDisplayedOpOnly?: boolean;
  /** What is shown of each: params, float_ops, bytes, micros, device, op_types, occurrence, input_shapes, … */
  readonly select?: readonly string[];
  /** `stdout`, `none`, `file:outfile=PATH`, `timeline:outfile=PATH` or `pprof:outfile=PATH`. */
  readonly output?: string;
  /** An older word for `file:outfile=PATH`. */
  readonly dumpToFile?: string;
}
/** The same, with all that is not said. */
export type Settled = Required<ProfileOptions>;
/** Lists of texts are looked at where they are read. */
export const PROFILE_OPTIONS: Settings = {
  message: 'OptionsProto',
  fields: {
    maxDepth: 'int',
    minBytes: 'int',
    minPeakBytes: 'int',
    minResidualBytes: 'int',
    minOutputBytes: 'int',
    minMicros: 'int',
    minAcceleratorMicros: 'int',
    minCpuMicros: 'int',
    minParams: 'int',
    minFloatOps: 'int',
    minOccurrence: 'int',
    step: 'int',
    orderBy: 'string',
    accountTypeRegexes: 'object',
    startNameRegexes: 'object',
    trimNameRegexes: 'object',
    showNameRegexes: 'object',
    hideNameRegexes: 'object',
    accountDisplayedOpOnly: 'bool',
    select: 'object',
    output: 'string',
    dumpToFile: 'string',
  } satisfies FieldsOf<ProfileOptions>,
};
const NOTHING_SAID: Settled = {
  maxDepth: 10,
  minBytes: 0,
  minPeakBytes: 0,
  minResidualBytes: 0,
  minOutputBytes: 0,
  minMicros: 0,
  minAcceleratorMicros: 0,
  minCpuMicros: 0,
  minParams: 0,
  minFloatOps: 0,
  minOccurrence: 0,
  step: -1,
  orderBy: 'name',
  accountTypeRegexes: [],
  startNameRegexes: [],
  trimNameRegexes: [],
  showNameRegexes: [],
  hideNameRegexes: [],
  accountDisplayedOpOnly: false,
  select: [],
  output: 'stdout',
  dumpToFile: '',
};
export const ALL: readonly string[] = ['.*'];
const NONE: readonly string[] = [];
/** What the builder's options have in common. */
export const SHOWN_ALL = {
  minBytes: 0,
  minMicros: 0,
  minParams: 0,
  minFloatOps: 0,
  minOccurrence: 0,
  orderBy: 'name',
  accountTypeRegexes: ALL,
  startNameRegexes: ALL,
  trimNameRegexes: NONE,
  showNameRegexes: ALL,
  hideNameRegexes: NONE,
  accountDisplayedOpOnly: true,
  step: -1,
  output: 'stdout',
};
/** The type that trainable variables have beside their own. */
export const TRAINABLE = '_trainable_variables';
export const PARAMETERS: ProfileOptions = {
  ...SHOWN_ALL,
  maxDepth: 10000,
  accountTypeRegexes: [TRAINABLE],
  select: ['params'],
};

const ORDERS =
  'name bytes peak_bytes residual_bytes output_bytes micros accelerator_micros cpu_micros params float_ops occurrence';
export const isOrder = (word: string): boolean => word === '' || ORDERS.split(' ').includes(word);

/** @throws ValueError, TypeError, InvalidArgumentError  for what is no option, or not of its kind */
export function settle(options: ProfileOptions = PARAMETERS): Settled {
  const settled = { ...NOTHING_SAID, ...checkSettings(PROFILE_OPTIONS, options) };
  const lists = [settled.select, settled.accountTypeRegexes, settled.startNameRegexes, settled.trimNameRegexes];
  for (const list of [...lists, settled.showNameRegexes, settled.hideNameRegexes])
    if (!Array.isArray(list) || !list.every((each) => typeof each === 'string'))
      throw new InvalidArgumentError(null, 'names and patterns of OptionsProto are lists of texts');
  return settled;
}
