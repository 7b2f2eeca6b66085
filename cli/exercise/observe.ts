/** Watches a program use the library: wraps what it calls, notes what happens, and makes the record of it. */
import * as tf from '../../src';
import type { Graph, Operation } from '../../src/graph/graph';
import { GraphKeys } from '../../src/graph/keys';
import { Trace } from '../../src/graph/trace';
import { whyNoGradient } from '../../src/gradients/why';
import { planFetches } from '../../src/session/fetch';
import { type FeedPairs, LastRuns, type NonFinite } from '../last-runs';
import { GraphView } from './graph';
import { locate } from './locate';
import {
  failureOf,
  feedPairs,
  feedRecord,
  hash,
  nodeRecord,
  nonFiniteRecord,
  placeOf,
  scalarsOf,
  spreadOf,
} from './notes';
import { probe } from './probe';
import type {
  BatchRecord,
  Edge,
  Ending,
  NodeRecord,
  NonFiniteRecord,
  Place,
  ProgramRecord,
  ReportOutcome,
  RunRecord,
  SetRecord,
  Spread,
} from './record';
import { type DataSets, writeReport } from './report';

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
  /** Called at every run, with the number of training steps so far: where a program is stopped whose time is over. */
  readonly onRun?: (steps: number) => void;
}
type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
interface GraphNotes {
  readonly nodes: NodeRecord[] /** Whether runs of these fetches train. */;
  readonly trains: Map<string, boolean>;
}

/** Some hundred batches tell where they come from. */
const BATCHES = 2000;
/** Of more runs than this only the first and the last are kept. */
const RUNS = 100_000;
const LAST_RUNS = 5000;

/** Watches from when it is made until `finish`: programs run in this process until then are observed. */
export class Observer {
  private readonly started = performance.now();
  private readonly sessions: tf.Session[] = [];
  private readonly runs: RunRecord[] = [];
  private readonly sets: SetRecord[] = [];
  private readonly batches: BatchRecord[] = [];
  private readonly places = new Map<string, Place | null>();
  private readonly graphs = new Map<Graph, GraphNotes>();
  private readonly initial = new Map<Operation, Spread>();
  private readonly lastRuns = new Map<tf.Session, LastRuns>();
  private nonFinite: { readonly graph: Graph; readonly found: NonFiniteRecord | null } | null = null;
  /** The pages of closed sessions, whose variables are gone. */
  private readonly closed = new Map<tf.Session, ReportOutcome>();
  private readonly undo: (() => void)[] = [];
  private data: DataSets | null = null;
  private printed = 0;
  private steps = 0;
  private skippedSteps = 0;
  private forgottenSteps = 0;
  private answer: { readonly key: string; readonly result: unknown; readonly values: RunRecord['values'] } | null =
    null;
  /** In a run, or in one of our own. */
  private inside = false;

  constructor(private readonly options: ObserveOptions) {
    this.watchSessions();
    this.watchData();
  }
  noteOutput(text: string): void {
    this.printed += text.split('\n').length - 1;
  }
  lastRun(): Place | null {
    return this.runs[this.runs.length - 1]?.at ?? null;
  }

  /** Stops watching. */
  finish(ending: Ending): ProgramRecord {
    for (const step of this.undo.reverse()) step();
    const used = this.sessions[this.sessions.length - 1]?.graph ?? tf.getDefaultGraph();
    const report = this.options.report === undefined ? null : this.lastPage();
    const record = { ...this.recordOf(used, ending), report };
    const parts = locate(record, new GraphView(record));
    return { ...record, cuts: this.cuts(used, record, parts.cost), probe: probe(used, record, parts) };
  }

  // --- what is wrapped -------------------------------------------------------------------------------------

  private wrap(owner: object, key: string, make: (original: AnyFunction) => AnyFunction): void {
    const table = owner as Record<string, AnyFunction>;
    const original = table[key];
    table[key] = make(original);
    this.undo.push(() => {
      table[key] = original;
    });
  }
  private watchSessions(): void {
    const observer = this;
    const { prototype } = tf.Session;
    this.wrap(
      prototype,
      'run',
      (original) =>
        function run(this: unknown, ...args) {
          return observer.observed(this as tf.Session, args[0], feedPairs(args[1]), run, () =>
            original.apply(this, args),
          );
        },
    );
    this.wrap(
      prototype,
      'runAsync',
      (original) =>
        function runAsync(this: unknown, ...args) {
          return observer.observed(this as tf.Session, args[0], feedPairs(args[1]), runAsync, () =>
            original.apply(this, args),
          );
        },
    );
    this.wrap(
      prototype,
      'makeCallable',
      (original) =>
        function makeCallable(this: unknown, ...args) {
          const callable = original.apply(this, args) as AnyFunction;
          const list = (args[1] ?? []) as readonly unknown[];
          const session = this as tf.Session;
          return function called(this: unknown, ...values: unknown[]) {
            return observer.observed(
              session,
              args[0],
              list.map((k, i) => [k, values[i]] as const),
              called,
              () => callable(...values),
            );
          };
        },
    );
    if (this.options.report === undefined) return;
    this.wrap(
      prototype,
      'close',
      (original) =>
        function close(this: unknown, ...args) {
          const session = this as tf.Session;
          if (observer.sessions.includes(session) && !observer.closed.has(session))
            observer.closed.set(session, observer.page(session));
          return original.apply(this, args);
        },
    );
  }
  private watchData(): void {
    const { dataDir } = this.options;
    this.wrap(
      tf.examples.tutorials.mnist.inputData,
      'readDataSets',
      (original) => (first?: unknown, second?: unknown) => {
        const [dir, given] = typeof first === 'object' && first !== null ? [null, first] : [first, second ?? {}];
        const read = original.call(
          undefined,
          dir ?? dataDir ?? null,
          dataDir && !dir ? { validationSize: 0, ...given } : given,
        ) as DataSets;
        this.data = read;
        for (const name of ['train', 'validation', 'test'] as const) {
          const set = read[name];
          this.sets.push({ name, examples: set.numExamples });
          const next = set.nextBatch.bind(set);
          set.nextBatch = (...args) => {
            const batch = next(...args);
            if (this.batches.length < BATCHES)
              this.batches.push({ set: name, images: hash(batch[0]), labels: hash(batch[1]) });
            return batch;
          };
        }
        return read;
      },
    );
  }

  // --- a run -----------------------------------------------------------------------------------------------

  private observed(
    session: tf.Session,
    fetches: unknown,
    feeds: FeedPairs,
    caller: AnyFunction,
    call: () => unknown,
  ): unknown {
    if (this.inside) return call();
    const { options, sessions } = this;
    options.onRun?.(this.steps + this.skippedSteps);
    if (!sessions.includes(session)) sessions.push(session);
    const { edges, targets } = edgesOf(fetches, session.graph);
    const key = `${sessions.indexOf(session)}|${edges}|${targets}`;
    const training = this.trains(key, session.graph, [...edges.map(([n]) => n), ...targets]);
    const shown = `${key}|${feeds.length}`;
    if (!this.places.has(shown) || this.runs.length < 50) this.places.set(shown, placeOf(new Trace(caller as never)));
    const skips =
      training && options.quickSteps !== undefined && this.steps >= options.quickSteps && this.answer?.key === key;
    const run = {
      session: sessions.indexOf(session),
      fetches: edges,
      targets,
      feeds: feeds.flatMap(([k, v]) => feedRecord(session.graph, k, v, !skips)),
      nodes: session.graph.getOperations().length,
      at: this.places.get(shown) ?? null,
      printed: this.printed,
      time: Math.round(performance.now() - this.started),
    };
    this.printed = 0;
    if (skips && this.answer) {
      this.skippedSteps++;
      this.note({ ...run, values: this.answer.values, error: null, skipped: true }, true);
      return this.answer.result;
    }
    const succeed = (result: unknown): unknown => {
      const values = edges.length ? scalarsOf(result, edges.length) : [];
      this.note({ ...run, values, error: null, skipped: false }, training);
      this.privately(() => {
        if (values.some((v) => v !== null && !Number.isFinite(v)))
          this.explain(
            session,
            () => this.lastRuns.get(session)?.find(training ? undefined : { step: this.steps, fetches, feeds }) ?? null,
          );
        if (!training) this.lookAtStart(session);
      });
      if (training) {
        this.steps++;
        this.answer = { key, result, values };
      }
      return result;
    };
    const fail = (error: unknown): never => {
      this.note({ ...run, values: [], error: failureOf(error, options.file), skipped: false }, training);
      throw error;
    };
    if (training)
      this.privately(() => this.explain(session, () => this.stepsOf(session).before(this.steps, fetches, feeds)));
    this.inside = true;
    try {
      const result = call();
      if (result instanceof Promise) return result.then(succeed, fail);
      this.inside = false;
      return succeed(result);
    } catch (error) {
      return fail(error);
    } finally {
      this.inside = false;
    }
  }
  private note(run: RunRecord, training: boolean): void {
    this.runs.push(run);
    if (this.runs.length <= RUNS) return;
    const dropped = this.runs.splice(RUNS - 2 * LAST_RUNS, LAST_RUNS);
    if (training) this.forgottenSteps += dropped.length;
  }
  private trains(key: string, graph: Graph, ids: readonly number[]): boolean {
    const { trains } = this.notesOf(graph);
    let known = trains.get(key);
    if (known === undefined)
      trains.set(key, (known = new GraphView({ nodes: this.nodesOf(graph) }).writes(ids).learns.size > 0));
    return known;
  }
  private notesOf(graph: Graph): GraphNotes {
    let notes = this.graphs.get(graph);
    if (!notes) this.graphs.set(graph, (notes = { nodes: [], trains: new Map() }));
    return notes;
  }
  private nodesOf(graph: Graph): NodeRecord[] {
    const { nodes } = this.notesOf(graph);
    const ops = graph.getOperations();
    for (let i = nodes.length; i < ops.length; i++) nodes.push(nodeRecord(ops[i]));
    return nodes;
  }
  /** What the initializers gave the variables, when it is first there. */
  private lookAtStart(session: tf.Session): void {
    for (const variable of session.graph.getCollection<tf.Variable>(GraphKeys.GLOBAL_VARIABLES)) {
      if (this.initial.has(variable.op)) continue;
      try {
        const found = session.run(variable) as number | tf.NDArray;
        this.initial.set(
          variable.op,
          spreadOf(typeof found === 'number' ? [found] : (found.data as ArrayLike<number>)),
        );
      } catch {
        /* Not initialized yet. */
      }
    }
  }
  private stepsOf(session: tf.Session): LastRuns {
    let last = this.lastRuns.get(session);
    if (!last) this.lastRuns.set(session, (last = new LastRuns(session)));
    return last;
  }
  /** Notes where the first NaN came from: once, for what follows only carries it on. */
  private explain(session: tf.Session, find: () => NonFinite | null): void {
    if (this.nonFinite) return;
    try {
      const found = find();
      if (found) this.nonFinite = { graph: session.graph, found: nonFiniteRecord(found) };
    } catch {
      // What cannot be run again is judged by what its own runs gave.
      this.nonFinite = { graph: session.graph, found: null };
    }
  }
  /** Does something of our own, which is not observed. */
  private privately<T>(what: () => T): T {
    const outer = this.inside;
    this.inside = true;
    try {
      return what();
    } finally {
      this.inside = outer;
    }
  }

  // --- at the end ------------------------------------------------------------------------------------------

  /** What is known of a graph and what ran in it. */
  private recordOf(graph: Graph, ending: Ending): ProgramRecord {
    const ops = graph.getOperations();
    // With what was added to a node later: control edges, and what it is the gradient of.
    const nodes = this.nodesOf(graph).map((node, i) => ({
      ...node,
      controls: ops[i].controlInputs.map((c) => c.id),
      gradientOf: ops[i].originalOp?.id ?? null,
    }));
    const trainable = new Set(graph.getCollection<tf.Variable>(GraphKeys.TRAINABLE_VARIABLES).map((v) => v.op));
    const { sessions, runs, skippedSteps, forgottenSteps, sets, batches, initial, nonFinite } = this;
    return {
      file: this.options.file,
      nodes,
      sessions: sessions.length,
      runs,
      skippedSteps,
      forgottenSteps,
      sets,
      batches,
      cuts: {},
      probe: null,
      ending,
      report: null,
      nonFinite: nonFinite?.graph === graph ? nonFinite.found : null,
      variables: graph.getCollection<tf.Variable>(GraphKeys.GLOBAL_VARIABLES).map((v) => ({
        node: v.op.id,
        trainable: trainable.has(v.op),
        shape: v.shape.dims ?? null,
        initial: initial.get(v.op) ?? null,
      })),
    };
  }
  /** Why no gradient reaches a variable, where nothing applies one. */
  private cuts(graph: Graph, record: ProgramRecord, cost: Edge | null): Record<number, string> {
    if (!cost) return {};
    const ops = graph.getOperations();
    const view = new GraphView(record);
    const moved = new Set(view.all((n) => /Apply/.test(n.op)).map((id) => view.written(id)));
    return Object.fromEntries(
      record.variables
        .filter((v) => v.trainable && !moved.has(v.node))
        .map(({ node }) => [node, whyNoGradient(ops[cost[0]].outputs[cost[1]], ops[node].outputs[0])]),
    );
  }
  private page(session: tf.Session): ReportOutcome {
    const { sessions, data, options } = this;
    return this.privately(() => {
      try {
        const own = this.runs.filter((run) => sessions[run.session].graph === session.graph);
        const record = { ...this.recordOf(session.graph, { how: 'done' }), runs: own };
        const view = new GraphView(record);
        return writeReport(options.report!, {
          session,
          record,
          view,
          parts: locate(record, view),
          data,
          until: options.reportUntil,
        });
      } catch (error) {
        return { why: `it could not be made: ${String(error).split('\n')[0]}` };
      }
    });
  }
  /** Of the last session that can tell of a trained model. */
  private lastPage(): ReportOutcome {
    let outcome: ReportOutcome | null = null;
    for (const session of [...this.sessions].reverse()) {
      const found = this.closed.get(session) ?? this.page(session);
      if ('path' in found) return found;
      outcome ??= found;
    }
    return outcome ?? { why: 'the program ran nothing in a session' };
  }
}

function edgesOf(fetches: unknown, graph: Graph): { edges: Edge[]; targets: number[] } {
  try {
    const plan = planFetches(fetches, graph);
    return { edges: plan.tensors.map((t): Edge => [t.op.id, t.valueIndex]), targets: plan.targets.map((op) => op.id) };
  } catch {
    // The run itself says what is wrong with them.
    return { edges: [], targets: [] };
  }
}
