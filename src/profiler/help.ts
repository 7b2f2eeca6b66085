/** What stands above a profile: TensorFlow's words for what is shown, and the options. */
import type { Settled } from './options';

const ACCELERATOR =
  'accelerator execution time: Time spent executing on the accelerator. This is normally measured by the actual ' +
  'hardware library.';
const CPU =
  'cpu execution time: The time from the start to the end of the operation. ' +
  "It's the sum of actual cpu run time plus the time that it spends waiting if part of computation is launched " +
  'asynchronously.';
const TOTAL = 'total execution time: Sum of accelerator execution time and cpu execution time.';
const SCOPE =
  'scope: The nodes in the model graph are organized by their names, which is hierarchical like filesystem.';
const HELP: Readonly<Record<string, string>> = {
  bytes: 'requested bytes: The memory requested by the operation, accumulatively.',
  micros: [TOTAL, CPU, ACCELERATOR].join('\n'),
  params: 'param: Number of parameters (in the Variable).',
  float_ops: 'flops: Number of float operations. Note: Please read the implementation for the math behind it.',
  tensor_value: 'tensor_value: Not supported now.',
  device: 'device: which device is placed on.',
  op_types:
    'op_types: The attributes of the operation, includes the Kernel name device placed on and user-defined strings.',
  occurrence: 'occurrence: The number of times it occurs',
  input_shapes: 'input shape: The shape of input tensors',
  accelerator_micros: ACCELERATOR,
  cpu_micros: CPU,
  peak_bytes: 'peak bytes: The peak amount of memory that the operation is holding at some point.',
  residual_bytes: 'residual bytes: The memory not de-allocated after the operation finishes.',
  output_bytes:
    'output bytes: The memory that is output from the operation (not necessarilty allocated by the operation)',
};
/** What can be selected. */
export const SELECTABLE: readonly string[] = Object.keys(HELP);
const VIEWS = {
  scope: SCOPE,
  graph: SCOPE,
  code:
    'code: When python trace is available, the nodes are python lines and their are organized by the python call ' +
    'stack.',
  op:
    'op: The nodes are operation kernel type, such as MatMul, Conv2D. Graph nodes belonging to the same type are ' +
    'aggregated together.',
} as const;
/** How a profile goes through the nodes. */
export type View = keyof typeof VIEWS;
export const isView = (word: string): word is View => Object.hasOwn(VIEWS, word);
const inOrder = (select: readonly string[]): string[] => [...new Set(select)].sort();
/** The lines above the profile itself. */
export function help(view: View, { select }: Settled): string {
  const lines = inOrder(select).map((name) => HELP[name]);
  return `\nDoc:\n${[VIEWS[view], ...lines].join('\n')}\n\nProfile:\n`;
}
/** The options, a line each. */
export function optionLines(options: Settled, type: string, outfile: string): string {
  const { maxDepth, minBytes, minPeakBytes, minResidualBytes, minOutputBytes, minMicros } = options;
  const { minAcceleratorMicros, minCpuMicros, minParams, minFloatOps, minOccurrence, step, orderBy } = options;
  const rows: readonly (readonly [string, unknown])[] = [
    ['max_depth', maxDepth],
    ['min_bytes', minBytes],
    ['min_peak_bytes', minPeakBytes],
    ['min_residual_bytes', minResidualBytes],
    ['min_output_bytes', minOutputBytes],
    ['min_micros', minMicros],
    ['min_accelerator_micros', minAcceleratorMicros],
    ['min_cpu_micros', minCpuMicros],
    ['min_params', minParams],
    ['min_float_ops', minFloatOps],
    ['min_occurrence', minOccurrence],
    ['step', step],
    ['order_by', orderBy],
    ['account_type_regexes', options.accountTypeRegexes],
    ['start_name_regexes', options.startNameRegexes],
    ['trim_name_regexes', options.trimNameRegexes],
    ['show_name_regexes', options.showNameRegexes],
    ['hide_name_regexes', options.hideNameRegexes],
    ['account_displayed_op_only', options.accountDisplayedOpOnly],
    ['select', inOrder(options.select)],
    ['output', `${type}:${outfile && `outfile=${outfile}`}`],
  ];
  return rows.map(([name, value]) => `${`-${name}`.padEnd(28)}${String(value)}\n`).join('');
}
