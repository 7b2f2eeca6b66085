/** `tf.profiler.advise`: what takes most in a graph, and what could be better. */
import { warn, write } from '../base/platform';
import { bound } from '../calls/bind';
import { type FieldsOf, type Settings, checkSettings } from '../calls/settings';
import { CHECKER, type GraphNode, type MultiGraphNode } from '../format/profile-messages';
import { type Graph, getDefaultGraph } from '../graph/graph';
import type { RunMetadata } from '../session/metadata';
import { AdviceProto } from './messages';
import { Model } from './model';
import { ALL, type ProfileOptions, settle } from './options';
import { inTime } from './text';

/** The checkers that are asked, by their names, with nothing to say to them. */
export interface AdviceOptions {
  /** What takes most time. */
  readonly ExpensiveOperationChecker?: object;
  /** Whether graphics cards wait. */
  readonly AcceleratorUtilizationChecker?: object;
  /** Nothing: TensorFlow has it for its own. */
  readonly JobChecker?: object;
  /** Whether there are faster ops for the same. */
  readonly OperationChecker?: object;
}
const ADVISOR_OPTIONS: Settings = {
  message: 'AdvisorOptionsProto',
  fields: {
    ExpensiveOperationChecker: 'object',
    AcceleratorUtilizationChecker: 'object',
    JobChecker: 'object',
    OperationChecker: 'object',
  } satisfies FieldsOf<AdviceOptions>,
};
type Checked = readonly [name: keyof AdviceOptions, check: (model: Model) => string[]];
/** In TensorFlow's order. */
const CHECKERS: readonly Checked[] = [
  ['AcceleratorUtilizationChecker', () => []],
  ['OperationChecker', faster],
  ['ExpensiveOperationChecker', expensive],
];
function faster(model: Model): string[] {
  const { all } = model;
  const isSlow =
    all.some(({ name }) => name.includes('BatchNorm')) && !all.some(({ types }) => types.has('FusedBatchNorm'));
  return isSlow ? ['Maybe use faster FusedBatchNorm instead of BatchNorm'] : [];
}
const shown = (minMicros: number, maxDepth = 100): ProfileOptions => ({
  maxDepth,
  minMicros,
  orderBy: 'micros',
  accountTypeRegexes: ALL,
  startNameRegexes: ALL,
  showNameRegexes: ALL,
  select: ['micros'],
  output: 'none',
});
const MOST = 3;
function expensive(model: Model): string[] {
  if (!model.hasRuns) {
    warn('Missing RunMetadata info. Skip ExpensiveOperationChecker');
    return [];
  }
  const types = model.groups('op', settle(shown(1, MOST)));
  const scopes = model.tree('scope', settle(shown(100)));
  return [typesOf(types), scopesOf(scopes), linesOf(model)].flatMap((report) => report ?? []);
}
const took = ({ cpuExecMicros, acceleratorExecMicros, execMicros }: GraphNode | MultiGraphNode): string =>
  `cpu: ${inTime(cpuExecMicros)}, accelerator: ${inTime(acceleratorExecMicros)}, total: ${inTime(execMicros)}`;
function typesOf(root: MultiGraphNode): string | null {
  const lines: string[] = [];
  for (let node = root.children.at(0); node && lines.length < MOST; node = node.children.at(0)) {
    const share = ((100 * node.execMicros) / (root.totalExecMicros + 1e-10)).toFixed(2);
    lines.push(`top ${lines.length + 1} operation type: ${node.name}, ${took(node)} (${share}%)`);
  }
  return lines.length ? lines.join('\n') : null;
}
function scopesOf({ children }: GraphNode): string | null {
  const lines = children.slice(0, MOST).map((node, i) => `top ${i + 1} graph node: ${node.name}, ${took(node)}`);
  return lines.length ? lines.join('\n') : null;
}
/** Lines of the program where ways part; those of a millisecond and more. */
function linesOf(model: Model): string | null {
  let node = model.groups('code', settle(shown(1)));
  while (node.children.length === 1) [node] = node.children;
  if (!node.children.length) return null;
  const lines: string[] = [];
  const add = ({ children }: MultiGraphNode, depth: number): void => {
    if (children.length <= 1 || depth > MOST) return;
    for (const each of children.slice(0, MOST)) {
      if (each.totalExecMicros < 1000) continue;
      const { totalCpuExecMicros, totalAcceleratorExecMicros, totalExecMicros } = each;
      lines.push(
        `${' '.repeat(depth * 2)}${each.name}, cpu: ${inTime(totalCpuExecMicros)}, accelerator: ` +
          `${inTime(totalAcceleratorExecMicros)}, total: ${inTime(totalExecMicros)}`,
      );
      add(each, depth + 1);
    }
  };
  add(node, 0);
  return lines.join('\n');
}
/** Asks the checkers that are named, and prints what they say. */
export function advised(model: Model, options: AdviceOptions): AdviceProto {
  checkSettings(ADVISOR_OPTIONS, options);
  const asked = CHECKERS.filter(([name]) => options[name] !== undefined);
  const found = new Map(asked.map(([name, check]) => [String(name), CHECKER.make({ reports: check(model) })]));
  for (const [name, { reports }] of found)
    write('stdout', `\n${name}:\n${reports.map((each) => `${each}\n`).join('')}`);
  return new AdviceProto({ checkers: found });
}
const EVERY: AdviceOptions = {
  ExpensiveOperationChecker: {},
  AcceleratorUtilizationChecker: {},
  JobChecker: {},
  OperationChecker: {},
};
/**
 * Says what takes most in a graph, and what could be better, and prints it.
 *
 *     const { checkers } = tf.profiler.advise(sess.graph, { options: { OperationChecker: {} } });
 *     checkers.get('OperationChecker').reports   // []
 *
 * @param graph    a graph; the default one where not given
 * @param runMeta  what a traced run recorded
 * @param options  the checkers that are asked: all where not given
 * @returns  a `tf.profiler.AdviceProto`: what they said, by their names
 * @throws TypeError  for arguments that it does not take
 */
export const advise = bound(
  'profiler.advise',
  (graph: Graph = getDefaultGraph(), runMeta?: RunMetadata, options: AdviceOptions = EVERY): AdviceProto =>
    advised(new Model(graph, undefined, runMeta), options),
);
