/**
 * What is allowed in a graph but hardly meant: pure functions from a graph, or a run, to findings. Conservative: where
 * a program may be right, nothing is said.
 */
import type { Graph, Operation } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { exists, readFile } from '../base/platform';
import type { Location } from '../base/stack';
import { type Finding, MOST_NODES, finding, isTrainingUpdate } from './node-rules';
import { isInitializer, isUnfed } from './roles';
import { lintRate, lintUpdates } from './training-rules';

/**
 * What is wrong once the program trains: placeholders that nothing reads, variables that nothing trains.
 *
 * @param running  the operations of a training run: with what they train, the rest of the graph is seldom looked at
 */
export function lintTraining(graph: Graph, running: readonly Operation[]): Finding[] {
  const ops = graph.getOperations();
  if (ops.length > MOST_NODES) return [];
  const unread = new Set(ops.filter(isUnfed));
  const untrained = new Map(
    graph.getCollection<VariableLike>(GraphKeys.TRAINABLE_VARIABLES).flatMap((v) => (v?.op ? [[v.op, v]] : [])),
  );
  for (const op of running) if (isTrainingUpdate(op)) untrained.delete(op.inputs[0].op);
  for (let at = 0; at < ops.length && (unread.size || untrained.size); at++) {
    const op = ops[at];
    op.inputs.forEach((t) => {
      unread.delete(t.op);
      const variable = untrained.get(t.op);
      if (variable && op !== variable.initializer && changesInput(op)) untrained.delete(t.op);
    });
    for (const before of op.controlInputs) unread.delete(before);
  }
  return [
    ...[...unread].map((op) =>
      finding('unusedPlaceholder', op, `nothing reads the placeholder '${op.name}'`, 'use it, or leave it out'),
    ),
    ...[...untrained.keys()].map((op) =>
      finding(
        'untrainedVariable',
        op,
        `nothing trains the variable '${op.name}'${usedAt(op) ? '' : ', and nothing uses it'}`,
        'let the cost depend on it before minimize(), or say {trainable: false}',
      ),
    ),
    ...lintUpdates(graph, running),
    ...lintRate(running),
  ];
}
interface VariableLike {
  readonly op: Operation;
  readonly initializer: Operation;
}
/** Whether an op may change the variable that it is given. */
function changesInput({ def }: Operation): boolean {
  return def.effect === 'writes' || def.effect === 'waits';
}
function usedAt(variable: Operation): boolean {
  return variable.outputs[0].consumers().some((op) => op.outputs.some((t) => t.consumers().length > 0));
}

/** An initializer that is about to run and leaves out variables that exist already. */
export function lintInitializer(graph: Graph, targets: readonly Operation[]): Finding[] {
  const inits = targets.filter(isInitializer);
  const ops = graph.getOperations();
  if (!inits.length || ops.length > MOST_NODES) return [];
  const variables = graph.getCollection<VariableLike>(GraphKeys.GLOBAL_VARIABLES).flatMap((v) => v?.op ?? []);
  const isLate = (init: Operation): boolean => variables.some((op) => op.id > init.id);
  if (!inits.some(isLate)) return [];
  const covered = new Set<Operation>(targets.flatMap(initialized));
  for (const op of ops) if (isInitializer(op)) for (const v of initialized(op)) covered.add(v);
  return inits.flatMap((init) => {
    const late = variables.filter((op) => op.id > init.id && !covered.has(op));
    if (!late.length || !initialized(init).length) return [];
    const names = late
      .slice(0, 5)
      .map((op) => `'${op.name}'${op.trace.line ? ` (${op.trace.line})` : ''}`)
      .join(', ');
    return [
      finding(
        'earlyInitializer',
        init,
        'this initializer was built before ' +
          `${names}${late.length > 5 ? ` and ${late.length - 5} more` : ''}, and leaves ` +
          `${late.length === 1 ? 'it' : 'them'} without a value`,
        'call tf.globalVariablesInitializer() after the whole graph is built',
      ),
    ];
  });
}
/** The variables that a group of initializers sets. */
export function initialized(init: Operation): Operation[] {
  const ops = new Set<Operation>([init]);
  for (const op of ops) for (const control of op.controlInputs) ops.add(control);
  return [...ops].flatMap((op) => (op.inputs.length ? [op.inputs[0].op] : []));
}

/** New nodes that a line is read for, per look: a graph that is built in steps stays cheap. */
const MOST_READ = 32;
/** Functions whose node does something when it runs, and nothing before. */
const DOES = /^(assign\w*|scatter\w*|minimize|applyGradients|print|assert\w*|group|\w*VariablesInitializer)\(/i;

/**
 * Nodes that do something, made by a line that throws them away: `w.assign(5);` in a program sets nothing.
 *
 * @param from  the first node that has not been looked at
 */
export function lintThrownAway(graph: Graph, from: number): Finding[] {
  const ops = graph.getOperations().slice(from);
  const named = new Set(ops.flatMap((op) => op.controlInputs));
  const isEnd = (op: Operation): boolean => op.outputs.every((t) => !t.consumers().length) && !named.has(op);
  const ends = ops.filter(isEnd).slice(-MOST_READ);
  if (!ends.length) return [];
  // What is in a collection is found there, but for training steps, of which nobody asks theirs.
  const keys = graph.getAllCollectionKeys().filter((key) => key !== GraphKeys.TRAIN_OP);
  const kept = new Set(
    keys.flatMap((key) =>
      graph.getCollection<Partial<VariableLike>>(key).flatMap((each) => [each, each?.op, each?.initializer]),
    ),
  );
  const found = new Map<string, Finding>();
  const files = new Map<string, readonly string[]>();
  for (const op of ends) {
    const [at] = op.trace.frames;
    if (!at || kept.has(op) || op.outputs.some((t) => kept.has(t)) || !isStatement(at, files)) continue;
    found.set(
      `${at.file}:${at.line}`,
      finding(
        'thrownAway',
        op,
        'this line makes a node and throws it away: it does nothing until a session runs it',
        'keep it and run it, const step = w.assign(5); sess.run(step), or name it in tf.controlDependencies',
      ),
    );
  }
  return [...found.values()];
}
/** Whether a call is a statement by itself, and of a function that does something: its file is read. */
function isStatement({ file, line, column }: Location, files: Map<string, readonly string[]>): boolean {
  const lines = files.get(file) ?? linesOf(file);
  files.set(file, lines);
  const text = lines[line - 1] ?? '';
  const call = [text.slice(column - 1), ...lines.slice(line, line + MOST_READ)].join('\n');
  const before = (): string =>
    lines
      .slice(0, line - 1)
      .join('\n')
      .trimEnd();
  return (
    DOES.test(call) &&
    // What it is called of, and nothing else.
    /^\s*(new )?([\w$.]+(\([^()]*\))?\.)?$/.test(text.slice(0, column - 1)) &&
    /(^|[;{}]|\*\/|\/\/[^\n]*)$/.test(before()) &&
    /^\s*(;|$|\n\s*[\w}/])/.test(call.slice(endOfCall(call)))
  );
}
/** The place behind the parenthesis that ends a call. */
function endOfCall(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}
function linesOf(file: string): readonly string[] {
  return exists(file) ? new TextDecoder().decode(readFile(file)).split('\n') : [];
}
