/**
 * What is allowed in a graph but hardly meant: pure functions from a graph, or a run, to findings. Conservative: where
 * a program may be right, nothing is said.
 */
import type { Graph, Operation } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
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
