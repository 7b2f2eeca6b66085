/** Question 8, variables with values and a session. */
import type { GraphView } from '../graph';
import type { RunRecord, VariableRecord } from '../record';
import { type Case, type Verdict, cross, firstVerdict, notYet, tick } from './verdict';

const ALL = 'tf.globalVariablesInitializer() covers every variable that is there when it is called: call it last.';
const RUN_IT = 'The initializer is a node like others: it does nothing until a session runs it.';

interface Start {
  readonly c: Case;
  /** The node that sets variables, made last. */
  readonly initializer: number | undefined;
  /** The run that met a variable without a value. */
  readonly uninitialized: RunRecord | undefined;
  /** The runs that set variables. */
  readonly setting: readonly RunRecord[];
}

export function judgeInitialization(c: Case): Verdict {
  const { record, graph, runs } = c;
  if (!record.variables.length)
    return notYet('Variables have no value by themselves: one node gives it to all of them.');
  const isInitializer = (controls: readonly number[]): boolean =>
    controls.every((id) => /Assign/.test(graph.op(id)) && !graph.writes([id]).learns.size);
  const start: Start = {
    c,
    initializer: graph.all((n) => n.op === 'NoOp' && isInitializer(n.controls)).pop(),
    uninitialized: record.runs.find((run) => run.error !== null && /uninitialized/.test(run.error.message)),
    setting: record.runs.filter((run) => runs.sets(run) && !run.error),
  };
  const verdict = firstVerdict(start, [tooEarly, notRun, runAgain, leftOut]);
  if (verdict) return verdict;
  const given = new Set(start.setting.flatMap((run) => [...runs.writes(run).sets]));
  return tick(`${given.size} variables initialized before their first use`);
}

/** A run came before the values that it needs. */
function tooEarly(start: Start): Verdict | null {
  const { c, initializer, uninitialized } = start;
  if (!uninitialized) return null;
  const done = c.record.runs.filter(
    (run) => !run.error && (c.runs.sets(run) || (initializer !== undefined && run.targets.includes(initializer))),
  );
  const name = /uninitialized value (\S+)/.exec(uninitialized.error!.message)?.[1] ?? 'of a variable';
  if (done.some((run) => run.session === uninitialized.session)) return incomplete(start, uninitialized, name);
  if (done.length)
    return cross(
      'the initializer ran in another session: each session has variables of its own',
      uninitialized.at,
      'Make one session, initialize in it, train in it and evaluate in it.',
    );
  const made = 'The initializer is made but not run: run it in the session before the first step.';
  return cross(`a run needs ${name} before it has a value`, uninitialized.at, initializer === undefined ? ALL : made);
}
function incomplete({ c: { graph, record }, initializer }: Start, run: RunRecord, name: string): Verdict {
  const late = record.variables.filter((v) => initializer !== undefined && v.node > initializer);
  if (!late.length) return cross(`the initializer that ran leaves out ${name}`, run.at, ALL);
  return cross(
    `the initializer ran, but it was made before ${namesOf(graph, late)}`,
    initializer === undefined ? run.at : graph.at(initializer),
    'Call tf.globalVariablesInitializer() when the whole graph is built: optimizers make variables too.',
  );
}

function namesOf(graph: GraphView, variables: readonly VariableRecord[]): string {
  const names = variables.slice(0, 3).map((v) => graph.describe(v.node));
  return names.join(', ') + (variables.length > 3 ? ` and ${variables.length - 3} more` : '');
}

function notRun({ c: { record }, initializer, setting }: Start): Verdict | null {
  if (setting.length) return null;
  if (record.sessions) return cross('a session ran, but not the initializer', record.runs[0]?.at ?? null, ALL);
  return notYet(initializer === undefined ? ALL : RUN_IT);
}

function runAgain({ c: { record, runs } }: Start): Verdict | null {
  const firstStep = record.runs.findIndex((run) => runs.trains(run) && !run.error);
  if (firstStep < 0) return null;
  const trainable = new Set(record.variables.filter((v) => v.trainable).map((v) => v.node));
  const again = record.runs
    .slice(firstStep + 1)
    .find((run) => runs.sets(run) && !run.error && [...runs.writes(run).sets].some((node) => trainable.has(node)));
  if (!again) return null;
  if (!record.runs.some((run) => run.session === again.session && runs.trains(run)))
    return cross(
      'a session is opened behind the training, and begins anew: what was learned is in the session that trained',
      again.at,
      'Each session has variables of its own: train and evaluate in one.',
    );
  return cross(
    'the initializer runs again after training steps: what was learned is thrown away',
    again.at,
    'Run it once, before the loop.',
  );
}

function leftOut({ c: { record, graph, runs }, setting }: Start): Verdict | null {
  const given = new Set(setting.flatMap((run) => [...runs.writes(run).sets]));
  // One that is made later and that a run needs has failed that run; others are told where they are made.
  const built = setting[0]?.nodes ?? Infinity;
  const without = record.variables.filter((v) => v.trainable && !given.has(v.node) && !v.initial && v.node < built);
  if (!without.length) return null;
  return cross(`${namesOf(graph, without)} got no value`, graph.at(without[0].node), ALL);
}
