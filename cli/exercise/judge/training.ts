/** Question 7, the optimizer and its step, and question 8, variables with values and a session. */
import { APPLY } from '../graph';
import { affines, layers } from '../layers';
import { type Case, type Verdict, costsOf, cross, figure, lacking, notYet, tick } from './verdict';

const STEP = 'const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);';
/** Below this share of its start the cost counts as fallen. */
const FALLEN = 0.9;
const ENOUGH_STEPS = 40;
/** So many times its start is no cost that falls. */
const OVERSHOT = 20;

/** @param excused  a mistake in the loop explains a cost that does not fall */
export function judgeOptimizer(c: Case, excused: boolean): Verdict {
  const { record, graph, parts } = c;
  const updates = graph.all(
    (n, id) => graph.written(id) !== null && !/\/Assign$/.test(n.name) && graph.writes([id]).learns.size > 0,
  );
  const appliers = updates.filter((id) => /Apply/.test(graph.op(id)));
  if (!updates.length) {
    return parts.minimized
      ? lacking(
          'there are gradients, but nothing applies them',
          parts.cost && graph.at(parts.cost[0]),
          `minimize does both: ${STEP}`,
        )
      : notYet(`One node that moves every parameter against its gradient: ${STEP}`);
  }
  const at = graph.at(updates[0]);
  if (!parts.minimized || !parts.cost)
    return cross('the parameters change, but not by the gradients of the cost', at, STEP);
  const { cost } = parts;
  if (
    graph.op(cost[0]) === 'Neg' &&
    record.probe?.cost !== null &&
    (record.probe?.cost ?? 0) < 0 &&
    graph.dependsOnAny(cost[0], (n) => /SoftmaxCrossEntropy|Log/.test(graph.op(n)))
  ) {
    return cross(
      'the optimizer minimizes minus the cost: it makes the network worse',
      at,
      `Give minimize the cost itself: ${STEP}`,
    );
  }
  const moved = new Set(updates.map((id) => graph.written(id)!));
  const model = new Set(
    affines(layers(graph, parts) ?? [])
      .flatMap((l) => [l.weight, l.bias])
      .filter((n): n is number => n !== null),
  );
  const missing = [...model].filter((node) => !moved.has(node));
  if (missing.length) {
    const why = record.cuts[missing[0]];
    const trainable = record.variables.find((v) => v.node === missing[0])?.trainable;
    const reason = !trainable ? ': it is not trainable' : why && !/gives its input/.test(why) ? `: ${why}` : '';
    return cross(
      `the train step leaves ${missing.map((n) => graph.describe(n)).join(', ')} as ${missing.length === 1 ? 'it is' : 'they are'}${reason}`,
      graph.at(missing[0]),
      'Every parameter between the pictures and the cost needs a gradient: leave out varList, stopGradient and what has no derivative.',
    );
  }
  const [source] = appliers.map((id) => graph.rateOf(id)).filter((id) => id !== null);
  const rate = source === undefined ? null : (graph.constant(source)?.[0] ?? null);
  if (rate !== null && rate <= 0)
    return cross(
      `the learning rate is ${figure(rate)}: ${rate === 0 ? 'nothing moves' : 'the parameters move uphill'}`,
      at,
      'A positive number: 0.5 for gradient descent on this network, 0.001 for Adam.',
    );
  const costs = costsOf(c).map(({ value }) => value);
  const withRate = rate === null ? '' : `, with a learning rate of ${figure(rate)}`;
  if (c.lost?.question === 7) return { ...c.lost.verdict, found: `${c.lost.verdict.found}${withRate}` };
  const all = costs.every(Number.isFinite);
  const peak = costs.slice(1).reduce((a, b) => Math.max(a, b), 0);
  if (all && costs.length > 1 && peak > OVERSHOT * costs[0] && costs[0] > 0.1) {
    return cross(
      `the cost jumps from ${figure(costs[0])} to ${figure(peak)}${withRate}`,
      at,
      'The steps are too long and overshoot: make the learning rate ten times smaller.',
    );
  }
  if (all && !excused && costs.length >= ENOUGH_STEPS) {
    const some = Math.max(5, Math.floor(costs.length / 10));
    const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
    const [first, last] = [mean(costs.slice(0, 3)), mean(costs.slice(-some))];
    if (last > FALLEN * first && first > 0.1) {
      return cross(
        `the cost does not fall: ${figure(first)} in the first steps, ${figure(last)} after ${costs.length}`,
        at,
        `${rate === null ? 'The learning rate' : `A learning rate of ${figure(rate)}`} ${last > 1.5 * first || (rate !== null && rate > 1) ? 'is too large: the steps overshoot' : 'may be too small (0.5 suits gradient descent here, 0.001 Adam), or too large'}.`,
      );
    }
  }
  return tick(
    `moves ${moved.size === model.size ? `all ${model.size} parameters` : `${model.size} parameters`} by ${[...new Set((appliers.length ? appliers : updates).map((id) => graph.op(id).replace(APPLY, '')))].join(', ')}`,
  );
}

const INIT = 'const init = tf.globalVariablesInitializer(); const sess = new tf.Session(); sess.run(init);';

export function judgeInitialization({ record, graph, runs }: Case): Verdict {
  if (!record.variables.length) return notYet(`When the variables are there: ${INIT}`);
  const uninitialized = record.runs.find((run) => run.error !== null && /uninitialized/.test(run.error.message));
  const initializer = graph
    .all(
      (n) =>
        n.op === 'NoOp' && n.controls.every((id) => /Assign/.test(graph.op(id)) && !graph.writes([id]).learns.size),
    )
    .pop();
  if (uninitialized) {
    const done = record.runs.filter(
      (run) => !run.error && (runs.sets(run) || (initializer !== undefined && run.targets.includes(initializer))),
    );
    const here = done.some((run) => run.session === uninitialized.session);
    const name = /uninitialized value (\S+)/.exec(uninitialized.error!.message)?.[1] ?? 'of a variable';
    if (here) {
      const late = record.variables.filter((v) => initializer !== undefined && v.node > initializer);
      if (!late.length)
        return cross(
          `the initializer that ran leaves out ${name}`,
          uninitialized.at,
          `tf.globalVariablesInitializer() covers every variable: ${INIT}`,
        );
      return cross(
        `the initializer ran, but it was made before ${late
          .slice(0, 3)
          .map((v) => graph.describe(v.node))
          .join(', ')}${late.length > 3 ? ` and ${late.length - 3} more` : ''}`,
        initializer === undefined ? uninitialized.at : graph.at(initializer),
        'Call tf.globalVariablesInitializer() when the whole graph is built: optimizers make variables too.',
      );
    }
    if (done.length)
      return cross(
        'the initializer ran in another session: each session has variables of its own',
        uninitialized.at,
        'Make one session, initialize in it, train in it and evaluate in it.',
      );
    return cross(
      `a run needs ${name} before it has a value`,
      uninitialized.at,
      initializer === undefined ? INIT : 'The initializer is made but not run: sess.run(init) before the first step.',
    );
  }
  const setting = record.runs.filter((run) => runs.sets(run) && !run.error);
  if (!setting.length) {
    if (!record.sessions)
      return initializer === undefined
        ? notYet(INIT)
        : notYet(
            'The initializer is a node like others: it does nothing until a session runs it. const sess = new tf.Session(); sess.run(init);',
          );
    return cross('a session ran, but not the initializer', record.runs[0]?.at ?? null, INIT);
  }
  const firstStep = record.runs.findIndex((run) => runs.trains(run) && !run.error);
  const again =
    firstStep < 0
      ? undefined
      : record.runs
          .slice(firstStep + 1)
          .find(
            (run) =>
              runs.sets(run) &&
              !run.error &&
              [...runs.writes(run).sets].some((node) => record.variables.some((v) => v.node === node && v.trainable)),
          );
  if (again)
    return cross(
      'the initializer runs again after training steps: what was learned is thrown away',
      again.at,
      'Run it once, before the loop.',
    );
  const given = new Set(setting.flatMap((run) => [...runs.writes(run).sets]));
  const without = record.variables.filter((v) => v.trainable && !given.has(v.node) && !v.initial);
  if (without.length)
    return cross(
      `${without.map((v) => graph.describe(v.node)).join(', ')} got no value`,
      graph.at(without[0].node),
      'Call tf.globalVariablesInitializer() when the whole graph is built.',
    );
  return tick(`${given.size} variables initialized before their first use`);
}
