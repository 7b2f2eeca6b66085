/** What a profile counts of a node, and in all of it and what is below. */

/** Counted of each; the names are the messages' fields. */
const COUNTED = [
  'runCount',
  'execMicros',
  'acceleratorExecMicros',
  'cpuExecMicros',
  'requestedBytes',
  'peakBytes',
  'residualBytes',
  'outputBytes',
  'parameters',
  'floatOps',
] as const;
/** What is counted of one node, or of several. */
export type Counts = Readonly<Record<(typeof COUNTED)[number], number>>;
export const NONE: Counts = {
  runCount: 0,
  execMicros: 0,
  acceleratorExecMicros: 0,
  cpuExecMicros: 0,
  requestedBytes: 0,
  peakBytes: 0,
  residualBytes: 0,
  outputBytes: 0,
  parameters: 0,
  floatOps: 0,
};
export function plus(a: Counts, b: Counts): Counts {
  const sum: Record<keyof Counts, number> = { ...a };
  for (const key of COUNTED) sum[key] += b[key];
  return sum;
}
/** The same under the names that totals have in the messages. */
export function totals(counts: Counts) {
  return {
    totalExecMicros: counts.execMicros,
    totalAcceleratorExecMicros: counts.acceleratorExecMicros,
    totalCpuExecMicros: counts.cpuExecMicros,
    totalRequestedBytes: counts.requestedBytes,
    totalPeakBytes: counts.peakBytes,
    totalResidualBytes: counts.residualBytes,
    totalOutputBytes: counts.outputBytes,
    totalParameters: counts.parameters,
    totalFloatOps: counts.floatOps,
  };
}
