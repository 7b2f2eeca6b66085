/** Runs programs with branches and loops in every way there is, beside what TensorFlow 1.15 makes of them. */
import * as tf from '../../../src';
import { NDArray } from '../../../src/base/ndarray';
import { decodeGraph } from '../../../src/format/graphdef';
import { comparable } from '../../graph-message';
import { fromJson } from '../../recorded';
import { PLAIN, type Outcome, type Way, difference, isError, sameWords, saidOf } from '../compare';
import { isForeign } from '../foreign';
import type { SaidError } from '../judge';
import { asArray } from '../maker';
import type { JsonValue } from '../program';
import { type BuiltFlow, buildFlow } from './build';
import type { FlowProgram } from './steps';

export interface SaidOfFlow {
  readonly unable?: string;
  readonly refused: { readonly error: SaidError } | null;
  readonly runs: { readonly what: string; readonly error: SaidError } | null;
  /** A GraphDef in base64. */
  readonly graph?: string;
  readonly names?: readonly string[];
  /** The static shapes of each node's outputs. */
  readonly shapes?: Readonly<Record<string, readonly (readonly (number | null)[] | null)[]>>;
  readonly values?: readonly (readonly JsonValue[])[];
}
/** What TensorFlow 1.15 runs into by mistakes of its own: gradients of what a gradient that was taken inside reads. */
const UNFOUNDED = /^Wrong input container|^Stack\[.*\] is empty|^'\w+' object has no attribute/;
/** The runs that are compared: the first, one with the plan of its shapes, one behind the last plan. */
const KEPT = [0, 3, 39];

/** Loops are planned as a whole from the run on in which the last plan is made: each way goes so far. */
export const flowWays = (devices: readonly string[]): Way[] =>
  devices.flatMap((device) => [
    { title: `${device} host`, config: { device, placement: 'host' as const }, runs: 40 },
    { title: `${device} auto`, config: { device, placement: 'auto' as const }, runs: 40 },
    {
      title: `${device} compiled`,
      config: { device, placement: 'auto' as const, graphOptions: { wholeGraph: true } },
      runs: 40,
    },
  ]);

/** What is wrong with a program here; null where nothing is. `said`: what real TensorFlow makes of it. */
export function faultOfFlow(program: FlowProgram, ways: readonly Way[], said: SaidOfFlow | null): string | null {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    let built: BuiltFlow;
    const judged = said && !said.unable && !UNFOUNDED.test(said.refused?.error.message ?? '') ? said : null;
    try {
      built = buildFlow(program);
    } catch (error) {
      if (isForeign(error)) return `an error that is not ours: ${(error as Error).stack}`;
      const { type, message } = saidOf(error);
      const theirs = judged?.refused?.error;
      if (!judged || (theirs?.type === type && sameWords(theirs.message, message))) return null;
      const them = theirs ? `${theirs.type}: ${theirs.message}` : 'not refused';
      return `refused: ${type}: ${message}; by TensorFlow ${them}`;
    }
    if (judged?.refused) return `not refused; by TensorFlow ${judged.refused.error.message}`;
    const first = judged && graphDifference(graph, built, judged, program.functional);
    return first ?? valuesDifference(program, built, ways, judged);
  });
}
function valuesDifference(
  program: FlowProgram,
  built: BuiltFlow,
  ways: readonly Way[],
  said: SaidOfFlow | null,
): string | null {
  const names = built.fetches.map((t) => t.name);
  const plain = runsOf(program, built, PLAIN);
  if (typeof plain === 'string') return `plain host: ${plain}`;
  const differs = (title: string, got: readonly Outcome[], want: readonly Outcome[]): string | null => {
    for (const [k, outcome] of want.entries()) {
      const fault = difference(got[k], outcome, names);
      if (fault) return `${title}, run ${KEPT[k] + 1}: ${fault}`;
    }
    return null;
  };
  const theirs: Outcome[] = (said?.values ?? []).map((values) => values.map((v) => fromJson(v)));
  if (said?.runs && !UNFOUNDED.test(said.runs.error.message)) theirs.push(said.runs.error);
  const fault = differs('against TensorFlow', plain, theirs);
  if (fault) return fault;
  for (const { title, config } of ways) {
    const got = runsOf(program, built, config);
    const wrong = typeof got === 'string' ? `${title}: ${got}` : differs(title, got, plain);
    if (wrong) return wrong;
  }
  return null;
}
function fedAt({ inputs }: FlowProgram, input: number, run: number): tf.FeedValue {
  const { fed } = inputs[input];
  return fed[run % fed.length] as tf.FeedValue;
}
/** What the kept runs give, up to the first that fails. */
function runsOf(program: FlowProgram, { fetches, inputs }: BuiltFlow, config: Way['config']): Outcome[] | string {
  // Some that are made smaller never end.
  const sess = new tf.Session('', { config: { ...config, advice: false, operationTimeoutInMs: 5000 } });
  const before = sess.device.tensorsAlive();
  const outcomes: Outcome[] = [];
  try {
    sess.run(tf.globalVariablesInitializer());
    const last = KEPT[KEPT.length - 1];
    for (let k = 0; k <= last; k++) {
      const feeds = inputs.map((x, i) => [x, fedAt(program, i, k)] as const);
      let outcome: Outcome;
      try {
        outcome = (sess.run([...fetches], feeds) as unknown[]).map((v, i) => asArray(v, fetches[i]));
      } catch (error) {
        if (isForeign(error)) return `an error that is not ours: ${(error as Error).stack}`;
        outcome = saidOf(error);
      }
      if (KEPT.includes(k) || isError(outcome)) outcomes.push(outcome);
      if (isError(outcome)) break;
    }
  } finally {
    sess.close();
  }
  const left = sess.device.tensorsAlive() - before;
  return left ? `${left} tensors are left` : outcomes;
}

/** The graphs with their functions, the static shapes, the gradients' names. */
function graphDifference(
  graph: tf.Graph,
  { fetches }: BuiltFlow,
  said: SaidOfFlow,
  isFunctional: boolean,
): string | null {
  const want = comparable(decodeGraph(new Uint8Array(Buffer.from(said.graph!, 'base64'))));
  const got = comparable(decodeGraph(graph.asGraphDef().serializeToString()));
  const fault = firstDifference(got, want, 'the graph');
  if (fault) return fault;
  if (isFunctional) return null;
  for (const op of graph.getOperations()) {
    const shapes = JSON.stringify(op.outputs.map(({ shape }) => shape.dims));
    const want = JSON.stringify(said.shapes![op.name]);
    if (shapes !== want) return `${op.name} (${op.type}) has the static shapes ${shapes}, not ${want}`;
  }
  const names = fetches.map((t) => t.name);
  return String(names) === String(said.names) ? null : `fetches are ${names}, not ${said.names}`;
}
/** Where two plain values part. */
function firstDifference(got: unknown, want: unknown, at: string): string | null {
  if (Object.is(got, want)) return null;
  if (typeof got !== 'object' || typeof want !== 'object' || !got || !want || got instanceof NDArray)
    return `${at} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`;
  const [mine, theirs] = [got, want] as readonly Readonly<Record<string, unknown>>[];
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    // What lists of tensors hold is not followed into functions and out of them: shapes are known in part.
    if (key === 'output_shapes') continue;
    const name = String((theirs[key] as { name?: string } | undefined)?.name ?? key);
    const fault = firstDifference(mine[key], theirs[key], `${at}, ${name}`);
    if (fault) return fault;
  }
  return null;
}
