/** Watches a program use the library: hooks into its sessions, notes what happens, and makes the record of it. */
import * as tf from '../../../src';
import type { Graph } from '../../../src/graph/graph';
import { Trace } from '../../../src/graph/trace';
import type { RunRequest } from '../../../src/session/hooks';
import { observeRuns } from '../../../src/session/session';
import { GraphView } from '../graph';
import { locate } from '../locate';
import { failureOf, feedRecord, placeOf, scalarsOf } from '../notes';
import { probe } from '../probe';
import type { Edge, Ending, Place, ProgramRecord, ReportOutcome, RunRecord } from '../record';
import { writeReport } from '../report';
import { cutsOf } from './cuts';
import { DataSetWatch } from './data-sets';
import { FedLabels } from './fed-labels';
import { FirstNaN } from './first-nan';
import { GraphRecorder, edgesOf, variablesOf } from './graphs';
import { LoopFault } from './loop-fault';
import { Overlap } from './overlap';
import { Pages } from './pages';
import { PrintedCount } from './printed';
import { RunLog } from './run-log';
import { Starts } from './starts';

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
  /** With `quickSteps`: called where a loop has shown its fault in so many rounds. */
  readonly onFault?: (rounds: number) => void;
}
type Request = RunRequest<tf.Session>;
/** What is known of a run before it begins. */
type Begun = Omit<RunRecord, 'values' | 'error' | 'skipped'>;
/** What the last step of training gave: what `--quick` answers. */
interface Answer {
  readonly key: string;
  readonly result: unknown;
  readonly values: RunRecord['values'];
}

/** After so many steps that were answered at once, five times those that are asked for, a loop is taken for endless. */
const ENDLESS = 100_000;
/** In so many runs that do not train the labels are looked at. */
const MEASURED = 1000;
/** The lines of so many runs are looked up each time: later ones of the same fetches stand where the first did. */
const LOOKED_UP = 50;

/** Watches from when it is made until `finish`: programs run in this process until then are observed. */
export class Observer {
  private readonly started = performance.now();
  private readonly sessions: tf.Session[] = [];
  private readonly log = new RunLog();
  private readonly data = new DataSetWatch();
  private readonly graphs = new GraphRecorder();
  private readonly firstNaN = new FirstNaN();
  private readonly pages = new Pages((session) => this.privately(() => this.page(session)));
  private readonly places = new Map<string, Place | null>();
  private readonly starts = new Starts();
  private readonly undo: readonly (() => void)[];
  private readonly output = new PrintedCount();
  private readonly fault = new LoopFault();
  private answer: Answer | null = null;
  private readonly overlap = new Overlap();
  private readonly labels = new FedLabels();
  private readonly measured = new FedLabels(MEASURED);
  /** In a run, or in one of our own. */
  private inside = false;

  constructor(private readonly options: ObserveOptions) {
    this.undo = [
      observeRuns({
        aroundRun: (request, proceed) => (this.inside ? proceed() : this.observed(request, proceed)),
        beforeClose: (session) => {
          if (options.report !== undefined && this.sessions.includes(session)) this.pages.beforeClose(session);
        },
      }),
      this.data.start(options.dataDir),
    ];
  }
  noteOutput(text: string): void {
    this.output.add(text);
  }
  lastRun(): Place | null {
    return this.log.runs[this.log.runs.length - 1]?.at ?? null;
  }

  /** Stops watching. */
  finish(ending: Ending): ProgramRecord {
    for (const step of this.undo) step();
    const used = this.sessions[this.sessions.length - 1]?.graph ?? tf.getDefaultGraph();
    const report = this.options.report === undefined ? null : this.pages.last(this.sessions);
    const record = { ...this.recordOf(used, ending), report };
    const parts = locate(record, new GraphView(record));
    return { ...record, cuts: cutsOf(used, record, parts.cost), probe: probe(used, record, parts) };
  }

  private observed(request: Request, proceed: () => unknown): unknown {
    const { session, fetches } = request;
    const { log, options, sessions } = this;
    options.onRun?.(log.steps + log.skippedSteps);
    if (!sessions.includes(session)) sessions.push(session);
    const { edges, targets } = edgesOf(fetches, session.graph);
    const key = `${sessions.indexOf(session)}|${edges}|${targets}`;
    const training = this.graphs.trains(key, session.graph, idsOf({ fetches: edges, targets }));
    const answer =
      training && options.quickSteps !== undefined && log.steps >= options.quickSteps && this.answer?.key === key
        ? this.answer
        : null;
    const run = this.begun(request, edges, targets, key, answer !== null);
    if (answer) {
      log.note({ ...run, values: answer.values, error: null, skipped: true }, true);
      if (log.skippedSteps === ENDLESS) options.onFault?.(log.steps + ENDLESS);
      return answer.result;
    }
    if (training) this.labels.look(request.feeds, this.data.data, run.at);
    else if (log.steps) this.measured.look(request.feeds, this.data.data, run.at);
    if (training) this.overlap.before(run.at);
    if (training) this.privately(() => this.firstNaN.before(session, { ...request, step: log.steps }));
    const succeed = (result: unknown): unknown => this.succeeded(request, run, result, training, key);
    const fail = (error: unknown): never => {
      log.note({ ...run, values: [], error: failureOf(error, options.file), skipped: false }, training);
      throw error;
    };
    const result = this.through(proceed, succeed, fail);
    if (training) this.overlap.during(result);
    return result;
  }

  /** Calls, and hands on what came of it, at once or when the promise is kept. */
  private through(
    call: () => unknown,
    succeed: (result: unknown) => unknown,
    fail: (error: unknown) => never,
  ): unknown {
    let result: unknown;
    try {
      result = this.privately(call);
    } catch (error) {
      return fail(error);
    }
    return result instanceof Promise ? result.then(succeed, fail) : succeed(result);
  }

  private begun(
    { session, feeds, calledAs }: Request,
    edges: readonly Edge[],
    targets: readonly number[],
    key: string,
    skipped: boolean,
  ): Begun {
    const shown = `${key}|${feeds.length}`;
    if (!this.places.has(shown) || this.log.runs.length < LOOKED_UP)
      this.places.set(shown, placeOf(new Trace(calledAs)));
    return {
      session: this.sessions.indexOf(session),
      fetches: edges,
      targets,
      feeds: feeds.flatMap(([k, v]) => feedRecord(session.graph, k, v, !skipped)),
      nodes: session.graph.getOperations().length,
      at: this.places.get(shown) ?? null,
      printed: this.output.take(),
      time: Math.round(performance.now() - this.started),
    };
  }

  private succeeded(request: Request, run: Begun, result: unknown, training: boolean, key: string): unknown {
    const { log } = this;
    const values = run.fetches.length ? scalarsOf(result, run.fetches.length) : [];
    log.note({ ...run, values, error: null, skipped: false }, training);
    this.privately(() => {
      if (values.some((v) => v !== null && !Number.isFinite(v)))
        this.firstNaN.after(request.session, training ? undefined : { ...request, step: log.steps });
      if (!training) this.starts.look(request.session);
    });
    if (training) this.answer = { key, result, values };
    const setting = !training && this.graphs.sets(key, request.session.graph, idsOf(run));
    const rounds = this.fault.after(run.nodes, training, setting);
    if (rounds !== null && this.options.quickSteps !== undefined) this.options.onFault?.(rounds);
    return result;
  }

  /** Does something that is not observed. */
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
    const { runs, skippedSteps, forgottenSteps } = this.log;
    const { sets, batches } = this.data;
    return {
      file: this.options.file,
      nodes: this.graphs.nodesOf(graph),
      variables: variablesOf(graph, this.starts.initial),
      sessions: this.sessions.length,
      runs,
      printedLast: this.output.sinceTaken,
      skippedSteps,
      forgottenSteps,
      sets,
      batches,
      mislabelled: this.labels.wrong,
      mismeasured: this.measured.at,
      overlapping: this.overlap.at,
      cuts: {},
      probe: null,
      nonFinite: this.firstNaN.in(graph),
      ending,
      report: null,
    };
  }
  private page(session: tf.Session): ReportOutcome {
    const { sessions, data, options, log } = this;
    const own = log.runs.filter((run) => sessions[run.session].graph === session.graph);
    const record = { ...this.recordOf(session.graph, { how: 'done' }), runs: own };
    const view = new GraphView(record);
    const parts = locate(record, view);
    return writeReport(options.report!, { session, record, view, parts, data: data.data, until: options.reportUntil });
  }
}

/** The nodes that a run is asked for. */
const idsOf = ({ fetches, targets }: Pick<RunRecord, 'fetches' | 'targets'>): number[] => [
  ...fetches.map(([node]) => node),
  ...targets,
];
