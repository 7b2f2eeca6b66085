/** A profile as text: TensorFlow's columns, with its words for numbers. */
import type { Counts } from './counts';
import type { Settled } from './options';
import type { Profiled } from './profiled';
import type { Shown } from './shown';

/** A number in three digits or so, with the word for its thousands. */
const inThousands =
  (none: string, words: readonly string[]) =>
  (n: number): string => {
    if (n < 1000) return `${n}${none}`;
    const power = Math.min(words.length, n < 1e6 ? 1 : n < 1e9 ? 2 : 3);
    return `${(n / 1000 ** power).toFixed(2)}${words[power - 1]}`;
  };
const inNumbers = inThousands('', ['k', 'm', 'b']);
export const inTime = inThousands('us', ['ms', 'sec']);
const inMemory = inThousands('B', ['KB', 'MB']);

/** What can be selected, in the order in which trees have it; lines of the program have times before numbers. */
const LEGENDS: Readonly<Record<string, readonly string[]>> = {
  params: ['# parameters'],
  float_ops: ['# float_ops'],
  bytes: ['requested bytes'],
  peak_bytes: ['peak bytes'],
  residual_bytes: ['residual bytes'],
  output_bytes: ['output bytes'],
  micros: ['total execution time', 'accelerator execution time', 'cpu execution time'],
  accelerator_micros: ['accelerator execution time'],
  cpu_micros: ['cpu execution time'],
  device: ['assigned devices'],
  op_types: ['op types'],
  occurrence: ['op count (run|defined)'],
  input_shapes: ['input shapes'],
};
const NUMBERS_FIRST = Object.keys(LEGENDS);
const NUMBERS_LATER = [...NUMBERS_FIRST.slice(2, 9), ...NUMBERS_FIRST.slice(0, 2), ...NUMBERS_FIRST.slice(9)];
/** What is selected, in its order; times of one kind are in those of all. */
function selected({ select }: Settled, order: readonly string[]): string[] {
  const isDoubled = (name: string): boolean => /_micros$/.test(name) && select.includes('micros');
  return order.filter((name) => select.includes(name) && !isDoubled(name));
}
export function legend(options: Settled, ofMany: boolean): string {
  const words = selected(options, ofMany ? NUMBERS_LATER : NUMBERS_FIRST).flatMap((name) =>
    ofMany && name === 'occurrence' ? ['op occurrence (run|defined)'] : LEGENDS[name],
  );
  return `node name | ${words.join(' | ')}\n`;
}

/** Counted under a name that can be selected, and how it is written. */
const AMOUNTS: Readonly<Record<string, readonly [keyof Counts, (n: number) => string, string?]>> = {
  params: ['parameters', inNumbers, ' params'],
  float_ops: ['floatOps', inNumbers, ' flops'],
  bytes: ['requestedBytes', inMemory],
  peak_bytes: ['peakBytes', inMemory],
  residual_bytes: ['residualBytes', inMemory],
  output_bytes: ['outputBytes', inMemory],
  accelerator_micros: ['acceleratorExecMicros', inTime],
  cpu_micros: ['cpuExecMicros', inTime],
};
const TIMES = [['execMicros', inTime] as const, AMOUNTS['accelerator_micros'], AMOUNTS['cpu_micros']];
const amountsOf = (name: string) => (name === 'micros' ? TIMES : name in AMOUNTS ? [AMOUNTS[name]] : []);

/** A line of a tree: own amounts over those of all. */
export function lineOf(shown: Shown, options: Settled, ofMany: boolean): string {
  const parts = selected(options, ofMany ? NUMBERS_LATER : NUMBERS_FIRST).flatMap((name) => [
    ...(name === 'params' && !ofMany ? sizes(shown) : []),
    ...amountsOf(name).map(([key, write, unit = '']) => {
      const own = shown.counted ? write(shown.own[key]) : '--';
      return `${own}/${write(shown.total[key])}${unit}`;
    }),
    ...(ofMany ? saidOfMany(shown, name) : saidOfOne(shown, name)),
  ]);
  return `${' '.repeat(shown.indent)}${shown.name} (${parts.join(', ')})\n`;
}
const sizes = ({ nodes: [node] }: Shown): string[] => (node?.shape.length ? [node.shape.join('x')] : []);
const inOneLine = (words: Iterable<string>): string => [...new Set(words)].sort().join('|');
/** What has no node of its own. */
const SCOPE = '_kTFScopeParent';
function saidOfOne(shown: Shown, name: string): string[] {
  const [node] = shown.nodes;
  if (name === 'device') return node?.devices.length ? [node.devices.join('|')] : [];
  if (name === 'op_types') return [node ? inOneLine(node.types) : SCOPE];
  if (name === 'input_shapes') return [node ? shapesIn(node).join('|') : ''];
  if (name !== 'occurrence') return [];
  const of = (own: number | string, all: number): string => `${shown.counted ? own : '--'}/${inNumbers(all)}`;
  return [`${of(inNumbers(shown.own.runCount), shown.total.runCount)}|${of(1, shown.defined)}`];
}
function saidOfMany(shown: Shown, name: string): string[] {
  if (name === 'device') return shown.picked.length ? [inOneLine(devicesOf(shown))] : [];
  if (name === 'op_types') return [inOneLine(shown.picked.flatMap(({ types }) => [...types]))];
  return name === 'occurrence' || name === 'input_shapes' ? [`${name} N/A in code view`] : [];
}
/** One that did not run has no device, which is a word too. */
const devicesOf = ({ picked }: Shown): string[] => picked.map(({ devices }) => devices.join('|'));
const shapesIn = ({ inputShapes }: Profiled): string[] =>
  inputShapes.map((dims, i) => `${i}:${dims.length ? dims.join('x') : 'unknown'}`);

/** A line of the view of types: amounts with their shares of all, of those from here on and of this one. */
export function typeLine(shown: Shown, root: Shown, options: Settled): string {
  const parts = selected(options, NUMBERS_LATER).flatMap((name) => [
    ...amountsOf(name).map(([key, write, unit = '']) => {
      const words = unit === ' flops' ? ' float_ops' : unit;
      const isThere = /Bytes$/.test(key) ? shown.own[key] > 0 : shown.total[key] > 0;
      const share = (n: number): string => (isThere ? (100 * n) / root.total[key] : 0).toFixed(2);
      const text = `${write(shown.own[key])}${words} (${share(shown.total[key])}%, ${share(shown.own[key])}%)`;
      return text.padStart(30);
    }),
    ...saidOfType(shown, name),
  ]);
  const line = `${shown.name.padEnd(25)}${parts.join(', ')}\n`;
  const inputs = options.select.includes('input_shapes') ? inputTypes(shown.picked, options) : '';
  return inputs ? `${line}\n${inputs}\n\n` : line;
}
function saidOfType(shown: Shown, name: string): string[] {
  if (name === 'device') return [inOneLine(devicesOf(shown))];
  if (name === 'op_types') return [inOneLine(shown.picked.flatMap(({ types }) => [...types]))];
  return name === 'occurrence' ? [`${shown.own.runCount}|${shown.picked.length}`.padStart(10)] : [];
}
/** How often nodes have inputs of the same sizes, those that ran most first. */
function inputTypes(nodes: readonly Profiled[], { step }: Settled): string {
  const found = new Map<string, { defined: number; runs: number; micros: number }>();
  for (const node of nodes) {
    const type = `input_type: ${shapesIn(node).join(',\t')}`;
    const { defined, runs, micros } = found.get(type) ?? { defined: 0, runs: 0, micros: 0 };
    const { runCount, execMicros } = node.counts(step);
    found.set(type, { defined: defined + 1, runs: runs + runCount, micros: micros + execMicros });
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .sort(([, a], [, b]) => b.runs - a.runs)
    .map(
      ([type, { defined, runs, micros }]) => `${type}\t(run*${runs}|defined*${defined})\texec_time: ${inTime(micros)}`,
    )
    .join('\n');
}
