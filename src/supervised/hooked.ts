/** One session of a monitored session: runs with what hooks add to them. */
import { RuntimeError } from '../base/errors';
import { type Graph, Operation, Tensor } from '../graph/graph';
import { isConvertible } from '../graph/constant';
import type { Feeds, FeedKey, FeedValues } from '../graph/runner';
import { type FeedPairs, pairsOf } from '../session/feed-dict';
import type { Fetches } from '../session/fetch';
import { RunMetadata, RunOptions } from '../session/metadata';
import type { Session } from '../session/session';
import { GraphKeys } from '../graph/keys';
import { Coordinator } from '../train/coordinator';
import { startQueueRunners } from '../train/queue-runner';
import { type Hook, SessionRunArgs, SessionRunContext, SessionRunValues } from './hook';
import { asList } from '../base/nested';

/** What a run is asked for. */
export type Run = readonly [
  fetches: Fetches,
  feedDict?: Feeds | null,
  options?: Partial<RunOptions> | null,
  runMetadata?: RunMetadata | null,
];

export class HookedSession {
  readonly coord = new Coordinator([]);
  private stopped = false;
  constructor(
    readonly session: Session,
    private readonly hooks: readonly Hook[],
  ) {
    const { graph } = session;
    if (graph.getCollection(GraphKeys.QUEUE_RUNNERS).length)
      graph.asDefault(() => startQueueRunners({ sess: session, coord: this.coord }));
    for (const hook of hooks) hook.afterCreateSession?.(session, this.coord);
  }
  /** @throws what somebody gave the coordinator as the reason to stop */
  shouldStop(): boolean {
    this.coord.raiseRequestedException();
    return this.coord.shouldStop() || this.stopped;
  }
  run(...[fetches, feedDict, options, runMetadata]: Run): unknown {
    if (this.stopped) throw new RuntimeError('Run called even after should_stop requested.');
    const context = new SessionRunContext(new SessionRunArgs(fetches, feedDict ?? null), this.session);
    const requests = this.hooks.map((hook) => hook.beforeRun?.(context) ?? null);
    const asked = requests.reduce<Partial<RunOptions> | null>((all, r) => merged(all, r?.options), options ?? null);
    const recorded = runMetadata ?? (asked?.traceLevel ? new RunMetadata() : null);
    const feeds = allFeeds(this.session.graph, feedDict, requests);
    const wanted = [fetches, ...requests.map((r) => r?.fetches ?? null)];
    const results = fetchTogether(wanted, (all) => this.session.run(all, feeds, asked, recorded) as unknown[]);
    this.hooks.forEach((hook, i) =>
      hook.afterRun?.(context, new SessionRunValues(results[i + 1], asked, recorded ?? new RunMetadata())),
    );
    this.stopped ||= context.stopRequested;
    return results[0];
  }
  close(): void {
    this.coord.requestStop();
    try {
      this.coord.join({ ignoreLiveThreads: true });
    } finally {
      this.session.close();
    }
  }
}

/** The larger of what two ask for. */
function merged(
  options: Partial<RunOptions> | null,
  more: Partial<RunOptions> | null | undefined,
): Partial<RunOptions> | null {
  if (!more || !options) return options ?? more ?? null;
  return new RunOptions({
    traceLevel: Math.max(options.traceLevel ?? 0, more.traceLevel ?? 0),
    timeoutInMs: Math.max(options.timeoutInMs ?? 0, more.timeoutInMs ?? 0),
    observer: options.observer ?? more.observer ?? null,
  });
}

/** The feeds of the program and of all hooks. @throws RuntimeError  if two feed one tensor */
function allFeeds(
  graph: Graph,
  own: Feeds | null | undefined,
  requests: readonly (SessionRunArgs | null)[],
): Feeds | null {
  if (requests.every((request) => !request?.feedDict)) return own ?? null;
  const fed = new Map<Tensor, FeedValues>();
  const add = (pairs: FeedPairs, why: string): void => {
    const keys = pairs.map(([key]) => tensorOf(graph, key));
    const both = keys.filter((key) => fed.has(key));
    if (both.length) throw new RuntimeError(`${why} Conflict(s): [${both.map(shown).join(', ')}]`);
    keys.forEach((key, i) => fed.set(key, pairs[i][1]));
  };
  for (const request of requests) add(pairsOf(request?.feedDict), 'Same tensor is fed by two hooks.');
  add(pairsOf(own), 'Same tensor is fed by a SessionRunHook and user.');
  return fed;
}
/** As Python shows a tensor in a list. */
const shown = ({ name, shape, dtype }: Tensor): string => `<tf.Tensor '${name}' shape=${shape} dtype=${dtype.name}>`;
function tensorOf(graph: Graph, key: FeedKey): Tensor {
  if (typeof key === 'string') return graph.getTensorByName(key);
  return isConvertible(key) ? key.asTensor(true) : key;
}

/**
 * Several structures of fetches in one run. Where all are nodes, or lists of nodes, they go as one flat list, which a
 * session knows again in the next step.
 */
function fetchTogether(wanted: readonly (Fetches | null)[], run: (all: Fetches[]) => unknown[]): unknown[] {
  const lists = wanted.map((each) => (each === null ? [] : asList<Fetches>(each)));
  if (!lists.every((list) => list.every(isNode))) {
    const given = wanted.filter((each) => each !== null);
    const results = run(given);
    let at = 0;
    return wanted.map((each) => (each === null ? null : results[at++]));
  }
  const results = run(lists.flat());
  let at = 0;
  return wanted.map((each, i) => {
    const part = results.slice(at, (at += lists[i].length));
    return each === null ? null : Array.isArray(each) ? part : part[0];
  });
}
const isNode = (fetch: Fetches): boolean =>
  fetch instanceof Tensor || fetch instanceof Operation || typeof fetch === 'string';
