/** `tf.profiler.ProfileOptionBuilder`: puts options together. */
import { type Args, type Key, bound, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { checkSettings } from '../calls/settings';
import { PARAMETERS, PROFILE_OPTIONS, type ProfileOptions, SHOWN_ALL } from './options';

const TIME_AND_MEMORY = (
  minMicros = 1,
  minBytes = 1,
  minAcceleratorMicros = 0,
  minCpuMicros = 0,
  minPeakBytes = 0,
  minResidualBytes = 0,
  minOutputBytes = 0,
): ProfileOptions => ({
  ...SHOWN_ALL,
  maxDepth: 10000,
  minBytes,
  minPeakBytes,
  minResidualBytes,
  minOutputBytes,
  minMicros,
  minAcceleratorMicros,
  minCpuMicros,
  orderBy: 'micros',
  select: ['micros', 'bytes'],
});
type Of = 'profiler.ProfileOptionBuilder';
type Patterns = readonly string[];
const ALONE = signature<[isTrue: boolean]>('profiler.ProfileOptionBuilder.account_displayed_op_only');
const TO_FILE = signature<[outfile: string]>('profiler.ProfileOptionBuilder.with_file_output');
const TO_TIMELINE = signature<[timelineFile: string]>('profiler.ProfileOptionBuilder.with_timeline_output');
const TO_PPROF = signature<[pprofFile: string]>('profiler.ProfileOptionBuilder.with_pprof_output');
const ORDER_BY = signature<[attribute: string]>('profiler.ProfileOptionBuilder.order_by');
const SELECT = signature<[attributes: readonly string[]]>('profiler.ProfileOptionBuilder.select');
const BUILDER = constructorOf<[options?: ProfileOptions]>('profiler.ProfileOptionBuilder');

/**
 * Puts the options of a profile together.
 *
 *     const { ProfileOptionBuilder } = tf.profiler;
 *     const options = new ProfileOptionBuilder(ProfileOptionBuilder.floatOperation())
 *       .withNodeNames({ showNameRegexes: ['dense.*'] })
 *       .withEmptyOutput()
 *       .build();
 *     options.output   // 'none'
 */
export class ProfileOptionBuilder {
  private options: ProfileOptions;
  /**
   * Options to begin with: those that show the times of everything, where none are given.
   *
   * @param options  what another builder has made
   * @throws ValueError  for an option that there is not
   */
  constructor(...given: Args<'profiler.ProfileOptionBuilder', [options?: ProfileOptions]>) {
    const [options] = BUILDER.take(given);
    const begin = { ...SHOWN_ALL, maxDepth: 100, accountDisplayedOpOnly: false, select: ['micros'] };
    this.options = { ...(options === undefined ? begin : checkSettings(PROFILE_OPTIONS, options)) };
  }
  /** Shows how many numbers the trainable variables have. */
  static readonly trainableVariablesParameter = bound(
    'profiler.ProfileOptionBuilder.trainable_variables_parameter',
    (): ProfileOptions => ({ ...PARAMETERS }),
  );
  /** Shows how many operations on floats there are. */
  static readonly floatOperation = bound(
    'profiler.ProfileOptionBuilder.float_operation',
    (): ProfileOptions => ({
      ...SHOWN_ALL,
      maxDepth: 10000,
      minFloatOps: 1,
      orderBy: 'float_ops',
      select: ['float_ops'],
    }),
  );
  /** Shows times and bytes of a traced run. */
  static readonly timeAndMemory = bound('profiler.ProfileOptionBuilder.time_and_memory', TIME_AND_MEMORY);
  /** The options. */
  build(): ProfileOptions {
    return { ...this.options };
  }
  /** How deep it shows. */
  withMaxDepth(...given: Args<`${Of}.with_max_depth`, [maxDepth: number]>): this {
    return this.set('profiler.ProfileOptionBuilder.with_max_depth', given);
  }
  /** Shows what has as many bytes. */
  withMinMemory(
    ...given: Args<
      `${Of}.with_min_memory`,
      [minBytes?: number, minPeakBytes?: number, minResidualBytes?: number, minOutputBytes?: number]
    >
  ): this {
    const none = { minBytes: 0, minPeakBytes: 0, minResidualBytes: 0, minOutputBytes: 0 };
    return this.set('profiler.ProfileOptionBuilder.with_min_memory', given, none);
  }
  /** Shows what took as many microseconds. */
  withMinExecutionTime(
    ...given: Args<
      `${Of}.with_min_execution_time`,
      [minMicros?: number, minAcceleratorMicros?: number, minCpuMicros?: number]
    >
  ): this {
    const none = { minMicros: 0, minAcceleratorMicros: 0, minCpuMicros: 0 };
    return this.set('profiler.ProfileOptionBuilder.with_min_execution_time', given, none);
  }
  /** Shows variables of as many numbers. */
  withMinParameters(...given: Args<`${Of}.with_min_parameters`, [minParams: number]>): this {
    return this.set('profiler.ProfileOptionBuilder.with_min_parameters', given);
  }
  /** Shows what ran as often. */
  withMinOccurrence(...given: Args<`${Of}.with_min_occurrence`, [minOccurrence: number]>): this {
    return this.set('profiler.ProfileOptionBuilder.with_min_occurrence', given);
  }
  /** Shows what has as many operations on floats. */
  withMinFloatOperations(...given: Args<`${Of}.with_min_float_operations`, [minFloatOps: number]>): this {
    return this.set('profiler.ProfileOptionBuilder.with_min_float_operations', given);
  }
  /** Counts nodes of these types: patterns of op types, devices, and words of an OpLogProto. */
  withAccountedTypes(...given: Args<`${Of}.with_accounted_types`, [accountTypeRegexes: Patterns]>): this {
    return this.set('profiler.ProfileOptionBuilder.with_accounted_types', given);
  }
  /** Shows nodes of these names; what is not given stays. */
  withNodeNames(
    ...given: Args<
      `${Of}.with_node_names`,
      [startNameRegexes?: Patterns, showNameRegexes?: Patterns, hideNameRegexes?: Patterns, trimNameRegexes?: Patterns]
    >
  ): this {
    return this.set('profiler.ProfileOptionBuilder.with_node_names', given);
  }
  /** Counts what is shown alone. */
  accountDisplayedOpOnly(...given: Args<`${Of}.account_displayed_op_only`, [isTrue: boolean]>): this {
    const [accountDisplayedOpOnly] = ALONE.take(given);
    return this.with({ accountDisplayedOpOnly });
  }
  /** Writes nothing. */
  withEmptyOutput(): this {
    return this.with({ output: 'none' });
  }
  /** Writes to the console. */
  withStdoutOutput(): this {
    return this.with({ output: 'stdout' });
  }
  /** Writes into a file. */
  withFileOutput(...given: Args<`${Of}.with_file_output`, [outfile: string]>): this {
    const [outfile] = TO_FILE.take(given);
    return this.with({ output: `file:outfile=${outfile}` });
  }
  /** Writes a timeline for chrome://tracing. */
  withTimelineOutput(...given: Args<`${Of}.with_timeline_output`, [timelineFile: string]>): this {
    const [timelineFile] = TO_TIMELINE.take(given);
    return this.with({ output: `timeline:outfile=${timelineFile}` });
  }
  /** Writes a file for the program `pprof`, of a profile by lines of the program that selects one amount. */
  withPprofOutput(...given: Args<`${Of}.with_pprof_output`, [pprofFile: string]>): this {
    const [pprofFile] = TO_PPROF.take(given);
    return this.with({ output: `pprof:outfile=${pprofFile}` });
  }
  /** Orders lines: by name, bytes, micros, params, float_ops, … */
  orderBy(...given: Args<`${Of}.order_by`, [attribute: string]>): this {
    const [orderBy] = ORDER_BY.take(given);
    return this.with({ orderBy });
  }
  /** What is shown of each. */
  select(...given: Args<`${Of}.select`, [attributes: readonly string[]]>): this {
    const [attributes] = SELECT.take(given);
    return this.with({ select: attributes });
  }
  /** The step of a `Profiler` that is shown. */
  withStep(...given: Args<`${Of}.with_step`, [step: number]>): this {
    return this.set('profiler.ProfileOptionBuilder.with_step', given);
  }
  /** Takes over options that have the names of arguments. */
  private set(key: Key, given: readonly unknown[], presets: ProfileOptions = {}): this {
    const binder = signature<unknown[]>(key);
    return this.with({ ...presets, ...binder.named(binder.take(given)) });
  }
  private with(options: ProfileOptions): this {
    this.options = { ...this.options, ...checkSettings(PROFILE_OPTIONS, options) };
    return this;
  }
}
bindMethods(ProfileOptionBuilder, {
  build: 'profiler.ProfileOptionBuilder.build',
  withEmptyOutput: 'profiler.ProfileOptionBuilder.with_empty_output',
  withStdoutOutput: 'profiler.ProfileOptionBuilder.with_stdout_output',
});
