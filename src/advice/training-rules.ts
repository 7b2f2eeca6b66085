/** What a training run leaves out, without which it goes on and learns the wrong thing. */
import { GraphKeys } from '../graph/keys';
import { Operation, type Graph, type Tensor } from '../graph/graph';
import { type Finding, finding, isTrainingUpdate } from './node-rules';
import { isPlaceholder, isVariable } from './roles';

/** Nodes behind a learning rate that are looked at. */
const MOST = 200;

/** What gives a variable's value as it is. */
const HANDED_ON: ReadonlySet<string> = new Set(['Identity', 'ReadVariableOp', 'Cast']);

/** Moving averages of batch normalization that no training run computes: later, their start is taken for them. */
export function lintUpdates(graph: Graph, running: readonly Operation[]): Finding[] {
  const updates = graph
    .getCollection<Operation | Tensor>(GraphKeys.UPDATE_OPS)
    .map((each) => (each instanceof Operation ? each : each.op));
  const runs = new Set(running);
  if (!updates.length || updates.some((op) => runs.has(op))) return [];
  const more = updates.length > 1 ? ` and ${updates.length - 1} more` : '';
  return [
    finding(
      'updatesLeftOut',
      updates[0],
      `the training step does not run '${updates[0].name}'${more} of tf.GraphKeys.UPDATE_OPS: moving averages keep ` +
        'their first values, and what is computed without training is wrong',
      'make the step in tf.controlDependencies(tf.getCollection(tf.GraphKeys.UPDATE_OPS), ' +
        '() => optimizer.minimize(cost))',
    ),
  ];
}

/** A learning rate that follows a step which nothing counts. */
export function lintRate(running: readonly Operation[]): Finding[] {
  const rates = new Set(running.filter(isTrainingUpdate).flatMap(rateOf));
  for (const rate of rates) {
    const behind = ancestors(rate);
    if (!behind || behind.some(isPlaceholder)) continue;
    const counters = behind.filter(isVariable);
    if (counters.some(isCounted)) continue;
    // A variable that is the rate itself is set by the program, and follows no step.
    if (counters.length && behind.every((op) => HANDED_ON.has(op.type) || counters.includes(op))) continue;
    const scope = /(^|\/)\w*Decay\w*(?=\/|$)/.exec(rate.op.name);
    if (counters.length)
      return [
        finding(
          'rateStands',
          counters[0],
          `the learning rate follows '${counters[0].name}', which nothing counts: it stays as it is`,
          'optimizer.minimize(cost, { globalStep }) counts the steps',
        ),
      ];
    if (scope && behind.length > 1)
      return [
        finding(
          'rateStands',
          rate.op,
          `the learning rate '${rate.op.name}' is computed from constants: it does not decay`,
          'the step is a variable, as tf.train.getOrCreateGlobalStep(), and minimize(cost, { globalStep }) counts it',
        ),
      ];
  }
  return [];
}
function rateOf(op: Operation): Tensor[] {
  return op.def.inputs.flatMap(({ name }, i) => (name === 'lr' || name === 'alpha' ? [op.inputs[i]] : []));
}
/** The nodes that a tensor is computed from, its own first; null where they are too many. */
function ancestors(tensor: Tensor): Operation[] | null {
  const seen = new Set([tensor.op]);
  for (const op of seen) {
    for (const t of op.inputs) seen.add(t.op);
    if (seen.size > MOST) return null;
  }
  return [...seen];
}
/** Whether a node changes the variable, beside its initializer. */
function isCounted(variable: Operation): boolean {
  return variable.outputs[0]
    .consumers()
    .some(
      ({ def, name }) => (def.effect === 'writes' || def.effect === 'waits') && !name.startsWith(`${variable.name}/`),
    );
}
