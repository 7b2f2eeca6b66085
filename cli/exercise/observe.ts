/** Watches a program use the library: wraps what it calls, notes what happens, and makes the record of it. */
import * as tf from '../../src';
import { isConvertible } from '../../src/graph/constant';
import type { Graph, Operation, Tensor } from '../../src/graph/graph';
import { GraphKeys } from '../../src/graph/keys';
import { Trace } from '../../src/graph/trace';
import { whyNoGradient } from '../../src/gradients/why';
import { planFetches } from '../../src/session/fetch';
import { GraphView } from './graph';
import { PIXELS, locate } from './locate';
import { probe } from './probe';
import { type DataSets, writeReport } from './report';
import type { BatchRecord, Edge, Ending, Failure, FeedRecord, NodeRecord, Place, ProgramRecord, ReportOutcome, RunRecord, SetRecord, Spread } from './record';

export interface ObserveOptions {
  readonly file: string;
  /** After this many training steps the rest are answered with what the last one gave. */
  readonly quickSteps?: number;
  /** A directory of IDX files in the place of the packaged digits. */
  readonly dataDir?: string;
  /** Where a page about the training goes. */
  readonly report?: string;
  /** When to give that page up, by Date.now(). */
  readonly reportUntil?: number;
  /** Called at every run: where a program is stopped whose time is over. */
  readonly onRun?: () => void;
}
type Run = (this: tf.Session, fetches: unknown, feeds?: unknown, args?: unknown) => unknown;
type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

const KNOWN_ELEMENTS = 64;
const SAMPLED = 4096;
const CLI = __dirname;

/** Starts watching; `finish` stops it and makes the record. Programs run in this process until then are observed. */
export function observe(options: ObserveOptions): { noteOutput(text: string): void; lastRun(): Place | null; finish(ending: Ending): ProgramRecord } {
  const started = performance.now();
  const sessions: tf.Session[] = [];
  const runs: RunRecord[] = [];
  const sets: SetRecord[] = [];
  const batches: BatchRecord[] = [];
  const places = new Map<string, Place | null>();
  const kinds = new Map<string, boolean>();
  const initial = new Map<Operation, Spread>();
  /** The pages of closed sessions, whose variables are gone. */
  const closed = new Map<tf.Session, ReportOutcome>();
  let data: DataSets | null = null;
  let printed = 0;
  let steps = 0;
  let skippedSteps = 0;
  let answer: { key: string; result: unknown; values: RunRecord['values'] } | null = null;
  let graph: Graph | null = null;
  let nodes: NodeRecord[] = [];
  let inside = false;
  const undo: (() => void)[] = [];
  const wrap = <T extends object>(owner: T, key: string, make: (original: AnyFunction) => AnyFunction): void => {
    const table = owner as Record<string, AnyFunction>;
    const original = table[key];
    table[key] = make(original);
    undo.push(() => { table[key] = original; });
  };

  const nodesOf = (of: Graph): NodeRecord[] => {
    if (of !== graph) { graph = of; nodes = []; }
    const ops = of.getOperations();
    for (let i = nodes.length; i < ops.length; i++) nodes.push(nodeRecord(ops[i]));
    return nodes;
  };
  const isTraining = (key: string, of: Graph, ids: readonly number[]): boolean => {
    let known = kinds.get(key);
    if (known === undefined) kinds.set(key, (known = new GraphView({ nodes: nodesOf(of) }).writes(ids).learns.size > 0));
    return known;
  };

  const observed = (session: tf.Session, fetches: unknown, feeds: readonly (readonly [unknown, unknown])[], caller: AnyFunction, call: () => unknown): unknown => {
    if (inside) return call();
    options.onRun?.();
    if (!sessions.includes(session)) sessions.push(session);
    const before = session.graph.getOperations().length;
    let edges: Edge[] = [];
    let targets: number[] = [];
    try {
      const plan = planFetches(fetches, session.graph);
      edges = plan.tensors.map((t): Edge => [t.op.id, t.valueIndex]);
      targets = plan.targets.map((op) => op.id);
    } catch { /* The run itself says what is wrong with them. */ }
    const key = `${edges}|${targets}`;
    const training = isTraining(key, session.graph, [...edges.map(([n]) => n), ...targets]);
    const shown = `${sessions.indexOf(session)}|${key}|${feeds.length}`;
    if (!places.has(shown) || runs.length < 50) places.set(shown, placeOf(new Trace(caller as never)));
    const skips = training && options.quickSteps !== undefined && steps >= options.quickSteps && answer?.key === key;
    const run = {
      session: sessions.indexOf(session), fetches: edges, targets, feeds: feeds.flatMap(([k, v]) => feedRecord(session.graph, k, v, !skips)), nodes: before,
      at: places.get(shown) ?? null, printed, time: Math.round(performance.now() - started),
    };
    printed = 0;
    if (skips && answer) {
      skippedSteps++;
      runs.push({ ...run, values: answer.values, error: null, skipped: true });
      return answer.result;
    }
    let values: RunRecord['values'] = [];
    const note = (result: unknown): unknown => {
      values = edges.length ? scalarsOf(result, edges.length) : [];
      if (training) { steps++; answer = { key, result, values }; } else spreads(session);
      runs.push({ ...run, values, error: null, skipped: false });
      return result;
    };
    const fail = (error: unknown): never => {
      runs.push({ ...run, values: [], error: failureOf(error, options.file), skipped: false });
      throw error;
    };
    inside = true;
    try {
      const result = call();
      if (result instanceof Promise) return result.then(note, fail);
      return note(result);
    } catch (error) {
      return fail(error);
    } finally {
      inside = false;
    }
  };
  /** What the initializers gave the variables, when it is first there. */
  const spreads = (session: tf.Session): void => {
    const missing = session.graph.getCollection<tf.Variable>(GraphKeys.GLOBAL_VARIABLES).filter((v) => !initial.has(v.op));
    for (const variable of missing) {
      try {
        const found = originalRun.call(session, variable) as number | tf.NDArray;
        initial.set(variable.op, spreadOf(typeof found === 'number' ? [found] : (found as tf.NDArray).data as ArrayLike<number>));
      } catch { /* Not initialized yet. */ }
    }
  };

  const originalRun = tf.Session.prototype.run as Run;
  wrap(tf.Session.prototype, 'run', (original) => function run(this: unknown, ...args) {
    return observed(this as tf.Session, args[0], feedPairs(args[1]), run, () => original.apply(this, args));
  });
  wrap(tf.Session.prototype, 'runAsync', (original) => function runAsync(this: unknown, ...args) {
    return observed(this as tf.Session, args[0], feedPairs(args[1]), runAsync, () => original.apply(this, args));
  });
  wrap(tf.Session.prototype, 'makeCallable', (original) => function makeCallable(this: unknown, ...args) {
    const callable = original.apply(this, args) as AnyFunction;
    const list = (args[1] ?? []) as readonly unknown[];
    const session = this as tf.Session;
    return function called(...values: unknown[]) {
      return observed(session, args[0], list.map((k, i) => [k, values[i]] as const), called, () => callable(...values));
    };
  });
  if (options.report !== undefined) {
    wrap(tf.Session.prototype, 'close', (original) => function close(this: unknown, ...args) {
      const session = this as tf.Session;
      if (sessions.includes(session) && !closed.has(session)) closed.set(session, page(session));
      return original.apply(this, args);
    });
  }
  wrap(tf.examples.tutorials.mnist.inputData, 'readDataSets', (original) => function readDataSets(first?: unknown, second?: unknown) {
    const [dir, given] = typeof first === 'object' && first !== null ? [null, first] : [first, second ?? {}];
    const read = original.call(undefined, dir ?? options.dataDir ?? null, options.dataDir && !dir ? { validationSize: 0, ...given } : given) as ReturnType<typeof tf.examples.tutorials.mnist.inputData.readDataSets>;
    data = read;
    for (const name of ['train', 'validation', 'test'] as const) {
      const set = read[name];
      sets.push({ name, examples: set.numExamples });
      const next = set.nextBatch.bind(set);
      set.nextBatch = (...args) => {
        const batch = next(...args);
        // Some hundred tell where batches come from.
        if (batches.length < 2000) batches.push({ set: name, images: hash(batch[0]), labels: hash(batch[1]) });
        return batch;
      };
    }
    return read;
  });

  /** What is known of a graph and what ran in it. */
  const recordOf = (used: Graph, ending: Ending): ProgramRecord => {
    const all = nodesOf(used);
    // What was added to a node later: control edges, shapes.
    const ops = used.getOperations();
    for (let i = 0; i < all.length; i++) all[i] = { ...all[i], controls: ops[i].controlInputs.map((c) => c.id), gradientOf: ops[i].originalOp?.id ?? null };
    const trainable = new Set(used.getCollection<tf.Variable>(GraphKeys.TRAINABLE_VARIABLES).map((v) => v.op));
    const variables = used.getCollection<tf.Variable>(GraphKeys.GLOBAL_VARIABLES);
    return {
      file: options.file, nodes: all, sessions: sessions.length, runs, skippedSteps, sets, batches, cuts: {}, probe: null, ending, report: null,
      variables: variables.map((v) => ({ node: v.op.id, trainable: trainable.has(v.op), shape: v.shape.dims ?? null, initial: initial.get(v.op) ?? null })),
    };
  };
  const page = (session: tf.Session): ReportOutcome => {
    const outer = inside;
    inside = true;
    try {
      const own = runs.filter((run) => sessions[run.session].graph === session.graph);
      const record = { ...recordOf(session.graph, { how: 'done' }), runs: own };
      const view = new GraphView(record);
      return writeReport(options.report!, { session, record, view, parts: locate(record, view), data, until: options.reportUntil });
    } catch (error) {
      return { why: `it could not be made: ${String(error).split('\n')[0]}` };
    } finally {
      inside = outer;
    }
  };
  /** Of the last session that can tell of a trained model. */
  const lastPage = (): ReportOutcome => {
    let outcome: ReportOutcome | null = null;
    for (const session of [...sessions].reverse()) {
      const found = closed.get(session) ?? page(session);
      if ('path' in found) return found;
      outcome ??= found;
    }
    return outcome ?? { why: 'the program ran nothing in a session' };
  };

  return {
    noteOutput: (text) => { printed += text.split('\n').length - 1; },
    lastRun: () => runs[runs.length - 1]?.at ?? null,
    finish(ending) {
      for (const step of undo.reverse()) step();
      const used = sessions[sessions.length - 1]?.graph ?? tf.getDefaultGraph();
      const report = options.report === undefined ? null : lastPage();
      const record = { ...recordOf(used, ending), report };
      const ops = used.getOperations();
      const view = new GraphView(record);
      const parts = locate(record, view);
      const tensor = (edge: Edge): Tensor => ops[edge[0]].outputs[edge[1]];
      const cuts: Record<number, string> = {};
      if (parts.cost) {
        for (const { node, trainable: wanted } of record.variables) {
          if (wanted && !record.nodes.some((n, id) => view.written(id) === node && /Apply/.test(n.op))) cuts[node] = whyNoGradient(tensor(parts.cost), ops[node].outputs[0]);
        }
      }
      return { ...record, cuts, probe: probe(used, record, parts) };
    },
  };
}

// --- plain data ---------------------------------------------------------------------------------------------

function nodeRecord(op: Operation): NodeRecord {
  const attrs: Record<string, number | string | boolean> = {};
  for (const name of op.attrNames) {
    const value = op.attr(name);
    if (typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length < 100)) attrs[name] = value;
  }
  return {
    op: op.type, name: op.name, attrs, at: placeOf(op.trace),
    inputs: op.inputs.map((t): Edge => [t.op.id, t.valueIndex]), controls: op.controlInputs.map((c) => c.id),
    outputs: op.outputs.map((t) => ({ dtype: t.dtype.baseDtype.name, shape: t.shape.dims ?? null, ref: t.dtype.isRef })),
    gradientOf: op.originalOp?.id ?? null, value: known(op),
  };
}
function known(op: Operation): readonly number[] | null {
  if (op.outputs.length !== 1 || op.outputs[0].dtype.isRef || op.type === 'Placeholder') return null;
  const size = op.outputs[0].shape.dims?.reduce<number | null>((n, d) => (n === null || d === null ? null : n * d), 1) ?? null;
  if (op.type === 'Const' ? (size ?? KNOWN_ELEMENTS + 1) > KNOWN_ELEMENTS : !['Pack', 'Cast', 'Neg', 'ConcatV2', 'Sub', 'Mul'].includes(op.type) || size === null || size > 8) return null;
  try {
    const value = tf.getStaticValue(op.outputs[0]);
    return value && typeof value.data[0] !== 'string' ? Array.from(value.data as ArrayLike<number>, Number) : null;
  } catch { return null; }
}

/** The innermost line of the program's own. */
function placeOf(trace: Trace): Place | null { return trace.frames.find(({ file }) => !file.startsWith(CLI)) ?? null; }

function feedPairs(feeds: unknown): (readonly [unknown, unknown])[] {
  if (!feeds || typeof feeds !== 'object') return [];
  return feeds instanceof Map ? [...feeds] : Array.isArray(feeds) ? feeds as (readonly [unknown, unknown])[] : Object.entries(feeds);
}
function feedRecord(graph: Graph, key: unknown, value: unknown, look: boolean): FeedRecord[] {
  try {
    const name = typeof key === 'string' && !key.includes(':') ? `${key}:0` : key;
    const tensor = graph.asGraphElement(isConvertible(name) ? name.asTensor(true) : name, true, false) as Tensor;
    const data = flat(value);
    return [{ tensor: [tensor.op.id, tensor.valueIndex], shape: shapeOf(value, data.length, tensor), ...(look ? { hash: hash(data), ...spreadOf(data, SAMPLED) } : { hash: 0, least: 0, most: 0 }) }];
  } catch { return []; }
}
function flat(value: unknown): ArrayLike<number> {
  if (ArrayBuffer.isView(value)) return value as unknown as ArrayLike<number>;
  if (value instanceof tf.NDArray) return value.data as ArrayLike<number>;
  if (!Array.isArray(value)) return [Number(value)];
  if (value.length && ArrayBuffer.isView(value[0])) {
    const all = new Float64Array(value.reduce((n: number, part: ArrayLike<number>) => n + part.length, 0));
    let at = 0;
    for (const part of value as ArrayLike<number>[]) { all.set(Array.from(part), at); at += part.length; }
    return all;
  }
  return (value.flat(Infinity) as unknown[]).map(Number);
}
/** The shape that data takes where it is fed: its own, or the placeholder's with the open dimension worked out. */
function shapeOf(value: unknown, size: number, tensor: Tensor): number[] {
  if (value instanceof tf.NDArray) return [...value.shape];
  if (Array.isArray(value) && !ArrayBuffer.isView(value[0])) {
    const shape: number[] = [];
    for (let at: unknown = value; Array.isArray(at); at = at[0]) shape.push(at.length);
    return shape;
  }
  const dims = tensor.shape.dims;
  // Flat pixels for a placeholder of any shape: as many pictures as they make.
  if (!dims) return Array.isArray(value) ? [value.length, size / value.length] : size % PIXELS === 0 ? [size / PIXELS, PIXELS] : [size];
  const rest = dims.reduce<number>((n, d) => n * (d ?? 1), 1);
  return dims.map((d) => d ?? size / rest);
}
/** FNV over elements spread over the data. */
function hash(data: ArrayLike<number>): number {
  const stride = Math.max(1, data.length / SAMPLED);
  let h = 0x811c9dc5 ^ data.length;
  for (let i = 0; i < data.length; i += stride) h = Math.imul(h ^ (Number(data[Math.floor(i)]) * 65521 | 0), 0x01000193);
  return h >>> 0;
}
function spreadOf(data: ArrayLike<number>, samples = Infinity): Spread {
  const stride = Math.max(1, data.length / samples);
  let least = Infinity;
  let most = -Infinity;
  let finite = true;
  for (let i = 0; i < data.length; i += stride) {
    const x = Number(data[Math.floor(i)]);
    if (x < least) least = x;
    if (x > most) most = x;
    if (!Number.isFinite(x)) finite = false;
  }
  return { least, most, finite };
}
/** The plain numbers of a result, in the order of its leaves; operations' nulls are none of them. */
function scalarsOf(result: unknown, count: number): (number | null)[] {
  const leaves: (number | null)[] = [];
  const visit = (x: unknown): void => {
    if (x === null || x === undefined) return;
    if (x instanceof tf.NDArray || ArrayBuffer.isView(x)) leaves.push(null);
    else if (Array.isArray(x)) x.forEach(visit);
    else if (typeof x === 'object') Object.values(x).forEach(visit);
    else leaves.push(typeof x === 'number' ? x : null);
  };
  visit(result);
  return leaves.length === count ? leaves : Array.from({ length: count }, (_, i) => leaves[i] ?? null);
}

/** An error as data, with the innermost line of the program. */
export function failureOf(error: unknown, file: string): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), at: null, op: null };
  const message = error.message.slice(0, 4000);
  const frame = (error.stack ?? '').split('\n').map((line) => /\(?((?:[A-Za-z]:)?[^():]+):(\d+):(\d+)\)?$/.exec(line))
    .find((m) => m && m[1].replace(/^\s*at (async )?/, '').replace('file://', '') === file);
  const op = (error as { op?: { type?: string } | null }).op?.type ?? /\(op: '(\w+)'\)/.exec(message)?.[1] ?? null;
  return { name: error.name, message, at: frame ? { file, line: Number(frame[2]), column: Number(frame[3]) } : null, op };
}
