/** Turns a kernel's error into one that names the node, the user's line, the cause and the cure. */
import {
  AbortedError,
  AlreadyExistsError,
  CancelledError,
  DataLossError,
  FailedPreconditionError,
  InternalError,
  InvalidArgumentError,
  NotFoundError,
  OpError,
  OutOfRangeError,
  PermissionDeniedError,
  ResourceExhaustedError,
  UnimplementedError,
  UnknownError,
} from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { type Operation, type Tensor, inputNames } from '../graph/graph';
import { nodeFrame } from '../graph/trace';
import { calledBy } from '../graph/function-body';
import { GraphKeys } from '../graph/keys';
import { messageCure } from '../graph/message-cure';
import { shapeCure } from '../graph/shape-cure';
import { KernelError } from '../kernels/kernel';
import { NO_VARIABLE } from '../kernels/kernel-error';
import { type Resources, placeOf } from '../kernels/resources';
import { REFERENCE, VARIABLE } from '../kernels/variable';
import { rowsApart, unfed } from './feeds';
import { initialized } from './lint';
import type { Plan, Step } from '../plan/plan';
import { type LoopPlace, inLoops } from '../plan/step';
import { isHandle, isInitializer, isUnfed, isVariable } from './roles';

const CLASSES = {
  InvalidArgument: InvalidArgumentError,
  FailedPrecondition: FailedPreconditionError,
  OutOfRange: OutOfRangeError,
  NotFound: NotFoundError,
  AlreadyExists: AlreadyExistsError,
  Unimplemented: UnimplementedError,
  Internal: InternalError,
  Aborted: AbortedError,
  Cancelled: CancelledError,
  ResourceExhausted: ResourceExhaustedError,
  PermissionDenied: PermissionDeniedError,
  DataLoss: DataLossError,
  Unknown: UnknownError,
} as const;

/** A step of a run, and what its kernel threw. */
export interface FailedStep {
  readonly step: Step;
  readonly cause_: Error;
  /** The loops that it is in, the outermost first. */
  readonly loops: readonly LoopPlace[];
}
/** The error to throw for a failed step. */
export function explain(
  { step, cause_: error, loops }: FailedStep,
  plan: Plan,
  resources: Resources,
  fed: readonly NDArray[] = [],
): Error {
  if (error instanceof OpError && (error.op || !codeOf(error))) return error;
  const { op } = step;
  const code = error instanceof KernelError ? error.code : (codeOf(error) ?? 'Internal');
  const lines = [
    tooLarge(error) ? `OOM when allocating tensors of '${op.type}'` : error.message,
    ...whereIs(op, loops),
  ];
  if (error instanceof KernelError && error.cure) lines.push(`  fix: ${error.cure}`);
  else if (isUnfed(op)) lines.push(...unfed(op, plan));
  else if (code === 'FailedPrecondition' || error.message === NO_VARIABLE)
    lines.push(...uninitialized(plan, resources));
  else if (op.inputs.length)
    // What an assertion tells is in its sentence.
    lines.push(
      ...(error.message.startsWith('assertion failed:') ? [] : operands(step)),
      ...(rowsApart(plan, fed, error.message) ?? cureOf(step, error.message)),
    );
  const made = new CLASSES[code](op, lines.join('\n'));
  if (code === 'Internal') made.cause = error;
  return made;
}

/** A node with its line, and what it is in and of: functions, loops with their iterations, the gradient of a node. */
export function whereIs(op: Operation, loops: readonly LoopPlace[]): string[] {
  const lines = [nodeFrame(op), ...callers(op)];
  if (loops.length) lines.push(`  ${inLoops(loops)}`);
  const { originalOp: of } = op;
  const order = loops.length ? ', whose last iteration comes first' : '';
  if (of) lines.push(`  in the gradient of '${of.name}'${of.trace.line ? `, made at ${of.trace.line}` : ''}${order}`);
  return lines;
}
/** The functions that a node is in, and the nodes that call them, the innermost first. */
function callers(op: Operation): string[] {
  const lines: string[] = [];
  for (let by = calledBy(op); by; by = calledBy(by.caller)) {
    const { line } = by.caller.trace;
    lines.push(`  in function '${by.name}', called by '${by.caller.name}'${line ? ` (made at ${line})` : ''}`);
  }
  return lines;
}
/** What is thrown below kernels, where nothing is known of nodes, and by the engine where it has no memory. */
function codeOf(error: Error): 'ResourceExhausted' | 'InvalidArgument' | null {
  if (error instanceof ResourceExhaustedError || tooLarge(error)) return 'ResourceExhausted';
  return error instanceof InvalidArgumentError ? 'InvalidArgument' : null;
}
function tooLarge(error: Error): boolean {
  return error.name === 'RangeError' && /(array|string) length|allocation failed/i.test(error.message);
}

/**
 * All variables of the run without a value, and why: local ones, ones that the initializer came too early for, or one
 * that has not run.
 */
function uninitialized(plan: Plan, resources: Resources): string[] {
  const variables = plan.steps.map((s) => s.op).filter(isVariable);
  const empty = variables.filter((op) => {
    const kind = isHandle(op) ? VARIABLE : REFERENCE;
    return !resources.find(kind, placeOf(op.name, op.nodeDef.attr))?.initialized;
  });
  if (!empty.length) return [];
  const lines = [`  uninitialized: ${named(empty)}`];
  const { graph } = empty[0];
  const inits = graph.getOperations().filter(isInitializer);
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
      '  likely cause: tf.globalVariablesInitializer() was ' +
        `called${init.trace.line ? ` at ${init.trace.line}` : ''}, before ${those} made: it ` +
        'initializes only what existed then.',
    );
    lines.push(
      '  fix: call tf.globalVariablesInitializer() after the whole graph is built (optimizers ' +
        'make variables too), and run that.',
    );
  } else if (local.length) {
    const names = local.map((v) => `'${v.name}'`).slice(0, 10);
    const are = local.length === 1 ? 'is a local variable' : 'are local variables';
    lines.push(`  fix: ${names.join(', ')} ${are}: run tf.localVariablesInitializer() too.`);
  } else lines.push('  fix: run the initializer in this session first: sess.run(tf.globalVariablesInitializer()).');
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

const RESHAPE =
  /^Input to reshape is a tensor with (\d+) values, but the requested shape (?:requires a multiple of|has) (\d+)/;
/** What would help against what the first line of a message says; the first that knows it. */
function cureOf(step: Step, message: string): string[] {
  const [text] = message.split('\n');
  return sizeCure(step, text) ?? indexCure(text) ?? labelsCure(text) ?? operandsCure(step, text);
}
function sizeCure({ op }: Step, text: string): string[] | null {
  const reshape = RESHAPE.exec(text);
  if (reshape)
    return [
      `  likely cause: each row wants ${reshape[2]} values, and ${reshape[1]} came: the data is ` +
        `of another size than the shape that '${op.name}' asks for.`,
    ];
  if (/ : Tensor had (NaN|Inf)/.test(text))
    return [
      "  fix: config.checkNumerics names the first node that makes them: new tf.Session('', " +
        '{config: {checkNumerics: true}}).',
    ];
  const plain = messageCure(text);
  return plain ? [`  ${plain}`] : null;
}
function indexCure(text: string): string[] | null {
  const index = /^indices(?:\[.*\])? = (-?\d+) is not in \[0, (\d+)\)/.exec(text);
  if (!index) return null;
  return [
    '  likely cause: ' +
      (Number(index[1]) < 0
        ? 'an index is negative: what was not found, as indexOf says it with -1?'
        : `there are only ${index[2]} rows, counted from 0: a vocabulary that is larger than the table, or labels ` +
          'that count from 1?'),
  ];
}
/** Labels that are classes, where rows of shares are wanted. */
function labelsCure(text: string): string[] | null {
  const labels =
    /^logits and labels must be broadcastable: logits_size=\[(\d+),(\d+)\] labels_size=\[(\d+),(\d+)\]/.exec(text);
  if (!labels || !(labels[1] === labels[3] ? labels[4] === '1' : labels[1] === labels[4] && labels[3] === '1'))
    return null;
  return [
    `  likely cause: the labels are ${labels[1]} numbers, one a row, and not rows of ${labels[2]} shares.`,
    '  fix: tf.nn.sparseSoftmaxCrossEntropyWithLogits({labels, logits}) takes classes as numbers; or ' +
      `tf.oneHot(labels, ${labels[2]}).`,
  ];
}
/** What would make the shapes of two operands fit. */
function operandsCure({ op, node }: Step, text: string): string[] {
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
  return cure ? [`  ${cure}`] : [];
}
