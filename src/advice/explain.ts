/** Turns a kernel's error into one that names the node, the user's line, the cause and the cure. */
import {
  AbortedError,
  CancelledError,
  FailedPreconditionError,
  InternalError,
  InvalidArgumentError,
  NotFoundError,
  OpError,
  OutOfRangeError,
  ResourceExhaustedError,
  UnimplementedError,
} from '../base/errors';
import { nearestName } from '../base/nearest';
import { type Graph, type Operation, Tensor, inputNames } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { shapeCure } from '../graph/shape-cure';
import { KernelError } from '../kernels/kernel';
import { type Resources, placeOf } from '../kernels/resources';
import { REFERENCE, VARIABLE } from '../kernels/variable';
import { initialized } from './lint';
import type { Plan, Step } from '../plan/plan';

const CLASSES = {
  InvalidArgument: InvalidArgumentError,
  FailedPrecondition: FailedPreconditionError,
  OutOfRange: OutOfRangeError,
  NotFound: NotFoundError,
  Unimplemented: UnimplementedError,
  Internal: InternalError,
  Aborted: AbortedError,
  Cancelled: CancelledError,
  ResourceExhausted: ResourceExhaustedError,
} as const;

/** What helps someone whose feed key is no tensor of the session's graph: lines that follow the message. */
export function explainFeedKey(key: unknown, graph: Graph): string {
  if (key instanceof Tensor)
    return `${key.op.trace.line ? `\n  it was made at ${key.op.trace.line}, in another graph than this session runs` : ''}\n  fix: open the session on that graph, or build both in one.`;
  if (typeof key !== 'string') return '\n  fix: feeds are {[X.name]: value}, pairs as [[X, value]], or a Map.';
  if (/^feed_?dict$/i.test(key))
    return '\n  fix: the feeds are the second argument itself: sess.run(fetches, {[X.name]: value}).';
  if (/^Tensor\(|^<tf\.Variable/.test(key))
    return '\n  fix: a tensor cannot be an object key; write {[X.name]: value}, or pairs: [[X, value]].';
  const placeholders = graph
    .getOperations()
    .filter((op) => op.inputs.length === 0 && op.type.startsWith('Placeholder'))
    .map((op) => op.name);
  const near = nearestName(key.replace(/:\d+$/, ''), placeholders);
  const there = placeholders.length
    ? `\n  placeholders of this graph: ${placeholders
        .slice(0, 8)
        .map((name) => `'${name}:0'`)
        .join(', ')}${placeholders.length > 8 ? ', …' : ''}`
    : '';
  return `${near ? `\n  did you mean '${near}:0'?` : there}\n  fix: feed by the tensor's own name: {[X.name]: value}; {X: value} is the name 'X', whatever the variable holds.`;
}

/** A step of a run, and what its kernel threw. */
export interface FailedStep {
  readonly step: Step;
  readonly cause_: Error;
  /** The loop and the iteration, where it is in one. */
  readonly place: string;
}
/** The error to throw for a failed step. */
export function explain({ step, cause_: error, place }: FailedStep, plan: Plan, resources: Resources): Error {
  if (error instanceof OpError && (error.op || !codeOf(error))) return error;
  const { op } = step;
  const code = error instanceof KernelError ? error.code : (codeOf(error) ?? 'Internal');
  const lines = [
    tooLarge(error) ? `OOM when allocating tensors of '${op.type}': ${error.message}` : error.message,
    `\t [[node ${op.name}${op.trace.line ? ` (defined at ${op.trace.line})` : ''} ]]`,
  ];
  if (place) lines.push(`  in ${place}`);
  if (error instanceof KernelError && error.cure) lines.push(`  fix: ${error.cure}`);
  else if (op.type === 'Placeholder') lines.push(...unfed(op, plan));
  else if (code === 'FailedPrecondition') lines.push(...uninitialized(plan, resources));
  else if (op.inputs.length) lines.push(...operands(step), ...cureOf(step, error.message));
  const made = new CLASSES[code](op, lines.join('\n'));
  if (code === 'Internal') made.cause = error;
  return made;
}

/** What is thrown below kernels, where nothing is known of nodes, and by the engine where it has no memory. */
function codeOf(error: Error): 'ResourceExhausted' | 'InvalidArgument' | null {
  if (error instanceof ResourceExhaustedError || tooLarge(error)) return 'ResourceExhausted';
  return error instanceof InvalidArgumentError ? 'InvalidArgument' : null;
}
function tooLarge(error: Error): boolean {
  return error.name === 'RangeError' && /array length|allocation failed/i.test(error.message);
}

/** Which fetch needs the placeholder and by what way, what was fed, and the nearest name among it. */
function unfed(op: Operation, plan: Plan): string[] {
  const lines: string[] = [];
  const way = pathTo(op, plan);
  if (way)
    lines.push(`  needed by: ${way[way.length - 1].name}${way.length > 2 ? ` (${shorten(way).join(' -> ')})` : ''}`);
  lines.push(
    `  fed: ${plan.request.feeds.length ? plan.request.feeds.map((t) => `'${t.name}'`).join(', ') : 'nothing'}`,
  );
  const twin = plan.request.feeds.find(
    (t) => t.op.type === op.type && new RegExp(`^${escape(t.op.name.replace(/_\d+$/, ''))}(_\\d+)?$`).test(op.name),
  );
  const near = nearestName(
    op.name,
    plan.request.feeds.map((t) => t.op.name),
  );
  if (twin)
    lines.push(
      `  likely cause: '${twin.op.name}' was fed, made at ${twin.op.trace.line ?? 'another line'}; '${op.name}' is another placeholder of that name, made when the building code ran again.`,
    );
  else if (near) lines.push(`  did you mean to feed '${op.name}' where '${near}' was fed?`);
  lines.push(`  fix: feed it: sess.run(fetches, {'${op.name}:0': value}).`);
  return lines;
}
function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
function shorten(way: readonly Operation[]): string[] {
  const names = way.map((op) => op.name);
  return names.length <= 6 ? names : [...names.slice(0, 3), '…', ...names.slice(-2)];
}
/** The shortest way from a node to a fetch or target of the plan. */
function pathTo(op: Operation, plan: Plan): Operation[] | null {
  const ends = new Set([...plan.request.fetches.map((t) => t.op), ...plan.request.targets]);
  const next = new Map<Operation, Operation[]>();
  for (const step of plan.steps)
    for (const from of [...step.op.inputs.map((t) => t.op), ...step.op.controlInputs])
      (next.get(from) ?? next.set(from, []).get(from)!).push(step.op);
  const from = new Map<Operation, Operation | null>([[op, null]]);
  for (const at of from.keys()) {
    if (ends.has(at)) {
      const way: Operation[] = [];
      for (let o: Operation | null = at; o; o = from.get(o)!) way.unshift(o);
      return way;
    }
    for (const to of next.get(at) ?? []) if (!from.has(to)) from.set(to, at);
  }
  return null;
}

/** All variables of the run without a value, and why: local ones, ones that the initializer came too early for, or one that has not run. */
function uninitialized(plan: Plan, resources: Resources): string[] {
  const variables = plan.steps
    .map((s) => s.op)
    .filter((op) => (op.outputs[0]?.dtype.isRef && op.inputs.length === 0) || op.type === 'VarHandleOp');
  const empty = variables.filter((op) => {
    const kind = op.type === 'VarHandleOp' ? VARIABLE : REFERENCE;
    return !resources.find(kind, placeOf(op.name, op.nodeDef.attr))?.initialized;
  });
  if (!empty.length) return [];
  const lines = [`  uninitialized: ${named(empty)}`];
  const { graph } = empty[0];
  const inits = graph.getOperations().filter((op) => op.type === 'NoOp' && /(^|\/)init(_\d+)?$/.test(op.name));
  const covered = new Set(inits.flatMap(initialized));
  const locals = new Set(graph.getCollection<{ readonly op?: Operation }>(GraphKeys.LOCAL_VARIABLES).map((v) => v.op));
  const local = empty.filter((op) => locals.has(op) && !covered.has(op));
  const late = empty.filter((op) => !locals.has(op) && !covered.has(op));
  const init = inits.filter((op) => late.some((v) => v.id > op.id)).pop();
  if (init) {
    const those =
      late.length < empty.length
        ? `${late
            .map((v) => `'${v.name}'`)
            .slice(0, 10)
            .join(', ')} ${late.length === 1 ? 'was' : 'were'}`
        : late.length === 1
          ? 'this variable was'
          : 'these variables were';
    lines.push(
      `  likely cause: tf.globalVariablesInitializer() was called${init.trace.line ? ` at ${init.trace.line}` : ''}, before ${those} made: it initializes only what existed then.`,
    );
    lines.push(
      '  fix: call tf.globalVariablesInitializer() after the whole graph is built (optimizers make variables too), and run that.',
    );
  } else if (local.length)
    lines.push(
      `  fix: ${local
        .map((v) => `'${v.name}'`)
        .slice(0, 10)
        .join(
          ', ',
        )} ${local.length === 1 ? 'is a local variable' : 'are local variables'}: run tf.localVariablesInitializer() too.`,
    );
  else lines.push('  fix: run the initializer in this session first: sess.run(tf.globalVariablesInitializer()).');
  return lines;
}
function named(variables: readonly Operation[]): string {
  const shown = variables
    .slice(0, 10)
    .map((op) => `${op.name}${op.trace.line ? ` (made at ${op.trace.line})` : ''}`)
    .join(', ');
  return variables.length > 10 ? `${shown} and ${variables.length - 10} more` : shown;
}
function operands(step: Step): string[] {
  const names = inputNames(step.op);
  return step.op.inputs.map(
    (t: Tensor, i) =>
      `  ${names[i]}: ${t.name} ${t.shape.toCString()}${t.op.trace.line ? `, made at ${t.op.trace.line}` : ''}`,
  );
}

/** What would make the shapes fit that the message names. */
function cureOf({ op, node }: Step, message: string): string[] {
  const text = message.split('\n')[0];
  const reshape =
    /^Input to reshape is a tensor with (\d+) values, but the requested shape (?:requires a multiple of|has) (\d+)/.exec(
      text,
    );
  if (reshape)
    return [
      `  likely cause: each row wants ${reshape[2]} values, and ${reshape[1]} came: the data is of another size than the shape that '${op.name}' asks for.`,
    ];
  if (/ : Tensor had (NaN|Inf)/.test(text))
    return [
      "  fix: config.checkNumerics names the first node that makes them: new tf.Session('', {config: {checkNumerics: true}}).",
    ];
  const index = /^indices\[.*\] = (-?\d+) is not in \[0, (\d+)\)/.exec(text);
  if (index)
    return [
      `  likely cause: ${Number(index[1]) < 0 ? 'an index is negative' : `there are only ${index[2]} rows, counted from 0`}: a vocabulary that is larger than the table, or labels that count from 1?`,
    ];
  const two =
    /^(?:Matrix size-incompatible: In\[0\]: |Incompatible shapes: )\[([\d,]*)\](?:, In\[1\]: | vs\. )\[([\d,]*)\]/.exec(
      text,
    );
  if (!two || op.inputs.length !== 2) return [];
  const [a, b] = [two[1], two[2]].map((dims) => dims.split(',').filter(Boolean).map(Number));
  const cure = shapeCure(
    node.type,
    [a, b].map((dims, i) => ({ arg: op.def.inputs[i]?.name ?? '', name: op.inputs[i].name, dims })),
    (name) => node.attrs[name],
  );
  if (cure) return [`  ${cure}`];
  return text.startsWith('Matrix') && a.length === 2 && b.length === 2
    ? [
        `  rule: the columns of a, ${a[node.attrs['transpose_a'] ? 0 : 1]}, must be the rows of b, ${b[node.attrs['transpose_b'] ? 1 : 0]}.`,
      ]
    : [];
}
