/** Rows of the surface for `tf.profiler`. */
import * as tf from '../src';
import { type Row, after, inFolder } from './program-rows';

const quiet = (): tf.profiler.ProfileOptionBuilder =>
  new tf.profiler.ProfileOptionBuilder(
    tf.profiler.ProfileOptionBuilder.trainableVariablesParameter(),
  ).withEmptyOutput();
const parameters = (): tf.profiler.ProfileOptions => quiet().build();

export const PROFILER_ROWS: Readonly<Record<string, Row>> = {
  'tf.profiler.ProfileOptionBuilder': [() => quiet().select(['params']).build().select, ['params']],
  'tf.profiler.profile': [
    () => after(tf.getVariable('w', [3, 2]), tf.profiler.profile({ options: parameters() }).totalParameters),
    6,
  ],
  'tf.profiler.Profiler': [
    () => after(tf.getVariable('w', [3]), new tf.profiler.Profiler().profileNameScope(parameters()).totalParameters),
    3,
  ],
  'tf.profiler.GraphNodeProto': [() => new tf.profiler.GraphNodeProto({ name: 'a' }).children, []],
  'tf.profiler.MultiGraphNodeProto': [() => new tf.profiler.MultiGraphNodeProto({ floatOps: 2 }).floatOps, 2],
  'tf.profiler.AdviceProto': [() => new tf.profiler.AdviceProto().checkers.size, 0],
  'tf.profiler.OpLogProto': [() => new tf.profiler.OpLogProto({ logEntries: [{ name: 'a' }] }).logEntries[0].types, []],
  'tf.profiler.writeOpLog': [
    () => inFolder((at) => after(tf.profiler.writeOpLog(null, at('')), tf.gfile.Exists(at('tfprof_log')))),
    true,
  ],
  'tf.profiler.advise': [() => tf.profiler.advise(tf.getDefaultGraph(), { options: {} }).checkers.size, 0],
};
