/** A session whose graph a server runs: TensorFlow's own, or `tfjs-session serve`. */
import { randomBytes } from 'node:crypto';
import type { Scalar } from '../base/dtype';
import { UnimplementedError } from '../base/errors';
import { entryOf, known } from '../base/keys';
import type { NDArray } from '../base/ndarray';
import { Advisor } from '../advice/advisor';
import type { NestedFeeds } from '../advice/nested';
import * as M from '../format/master';
import { type Parts, joinedParts } from '../format/parts';
import { readTensor, tensorParts } from '../format/tensor-proto';
import { NOTHING } from '../format/wire';
import type { Graph, Operation, Tensor } from '../graph/graph';
import { openDevice } from '../kernels/devices';
import type { Device } from '../kernels/kernel';
import type { Backend } from '../session/backend';
import { type RunArguments, type SettledConfig, timeoutOf } from '../session/config';
import { type DeviceAttributes, deviceAttributes } from '../session/device-attributes';
import type { FetchPlan } from '../session/fetch';
import { RunOptions } from '../session/metadata';
import type { Owned } from '../session/owned';
import { takeRunMetadata } from '../session/run-metadata';
import type { Setup } from '../session/partial-run';
import type { Channel } from './channel';
import { Connection } from './connection';
import type { LoopOwner } from '../session/runs';
import { againAndAgain } from './again';
import { valueOf } from './remote-values';
import { SentGraph, ours } from './sent-graph';
import { atNode } from './status';

type Values = (Scalar | NDArray)[];
type RunRequest = Parameters<typeof M.RUN_STEP.request.write>[0];

export class RemoteSession implements Backend {
  readonly owned: Owned;
  private readonly advisor: Advisor;
  private readonly connection: Connection;
  private readonly channel: Channel;
  private readonly sent: SentGraph;
  private readonly ids = new Ids();
  constructor(
    private readonly target: string,
    private readonly graph: Graph,
    private readonly config: SettledConfig,
  ) {
    checkHere(config, target);
    this.advisor = new Advisor(graph, config);
    this.connection = new Connection(target);
    this.channel = this.connection.channel;
    const none = { plans: null, feeds: null, functions: null, tensors: null, resources: null, threads: null };
    this.owned = { ...none, connection: this.connection };
    this.sent = new SentGraph(graph, config, this.connection);
  }
  private get opened(): string {
    return known(this.connection.handle, 'a session on the server');
  }
  get nested(): NestedFeeds {
    return this.advisor.nested;
  }
  get kind(): string {
    return this.target;
  }
  get device(): Device {
    return openDevice();
  }

  run(fetches: FetchPlan, feeds: readonly Tensor[], arrays: readonly NDArray[], args: RunArguments): unknown {
    this.sent.bring(timeoutOf(args, this.config));
    const step = this.step(fetches, feeds, arrays, args);
    const request = this.bytesOf(step);
    return this.finish(step, args, () => request && this.channel.call('RunStep', request, step.timeout));
  }
  async later(
    fetches: FetchPlan,
    feeds: readonly Tensor[],
    arrays: readonly NDArray[],
    args: RunArguments,
  ): Promise<unknown> {
    // What is fed is read now: the program may write to it while the session is opened.
    const step = this.step(fetches, feeds, arrays, args);
    const { timeout } = step;
    if (!this.sent.isUpToDate) {
      step.request &&= [joinedParts(step.request)];
      await this.sent.bringLater({ timeoutInMs: timeout, signal: args.signal });
    }
    const request = this.bytesOf(step);
    const reply = request && this.channel.callLater('RunStep', request, timeout, args.signal);
    let got: () => Uint8Array | null;
    try {
      const bytes = await reply;
      got = () => bytes;
    } catch (error) {
      got = () => {
        throw error;
      };
    }
    return this.finish(step, args, got);
  }
  again(fetches: FetchPlan, owner: LoopOwner): (error: Error) => void {
    return againAndAgain(owner, (then) => {
      this.sent.bring(this.patience);
      const step = this.step(fetches, [], [], {});
      const request = this.bytesOf(step);
      const took = (reply: () => Uint8Array): void => then(() => this.finish(step, {}, reply));
      return request && this.channel.callThen('RunStep', request, step.timeout, took);
    });
  }
  setUp({ fetches, targets, feeds }: Setup): string {
    this.sent.bring(this.patience);
    const { request, response } = M.PARTIAL_RUN_SETUP;
    const bytes = request.write({
      sessionHandle: this.opened,
      feed: feeds.map((t) => t.name),
      fetch: fetches.map((t) => t.name),
      target: targets.map((op) => op.name),
      requestId: this.ids.next(),
    });
    return response.read(this.at(() => this.channel.call('PartialRunSetup', [bytes], this.patience))).partialRunHandle;
  }
  goOn(handle: string, fetches: readonly Tensor[], feeds: readonly Tensor[], arrays: readonly NDArray[]): Values {
    const request = this.request(fetches, [], feeds, arrays, { sessionHandle: this.opened, partialRunHandle: handle });
    return this.values(
      fetches,
      this.at(() => this.channel.call('RunStep', request, this.patience)),
    ).values;
  }
  listDevices(): DeviceAttributes[] {
    this.sent.bring(this.patience);
    const { request, response } = M.LIST_DEVICES;
    const bytes = request.write({ sessionHandle: this.opened });
    const { localDevice, remoteDevice } = response.read(
      this.at(() => this.channel.call('ListDevices', [bytes], this.patience)),
    );
    return [...localDevice, ...remoteDevice].map(({ name, deviceType, memoryLimit, incarnation }) =>
      deviceAttributes(name, deviceType, memoryLimit, incarnation),
    );
  }
  close(): void {
    this.connection.close();
    this.advisor.close();
  }

  /** How long calls may take that are no runs with a time of their own; 0: as long as it takes. */
  private get patience(): number {
    return timeoutOf({}, this.config) ?? 0;
  }
  /** What is fed stays where it is. */
  private request(
    fetches: readonly Tensor[],
    targets: readonly Operation[],
    feeds: readonly Tensor[],
    arrays: readonly NDArray[],
    more: RunRequest,
  ): Parts {
    const { request } = M.RUN_STEP;
    const asked = request.write({
      fetch: fetches.map((t) => t.name),
      target: targets.map((op) => op.name),
      storeErrorsInResponseBody: true,
      requestId: this.ids.next(),
      ...more,
    });
    const fed = feeds.map(({ name }) => name);
    return [asked, ...M.namedTensors(request.fields.feed.number, fed, arrays.map(tensorParts))];
  }
  private step(
    fetches: FetchPlan,
    feeds: readonly Tensor[],
    arrays: readonly NDArray[],
    args: RunArguments,
  ): RemoteStep {
    const { options, runMetadata } = args;
    const timeoutInMs = timeoutOf(args, this.config) ?? 0;
    // A server refuses what is both fed and fetched: it is here already.
    const tensors = fetches.tensors.filter((t) => !feeds.includes(t));
    const fed = new Map(feeds.map((t, i) => [t, arrays[i]]));
    const step = { fetches, tensors, fed, timeout: timeoutInMs };
    if (!tensors.length && !fetches.targets.length) return { ...step, request: null };
    const { traceLevel = RunOptions.NO_TRACE, outputPartitionGraphs = false } = (runMetadata && options) ?? {};
    const isAsked = traceLevel || timeoutInMs || outputPartitionGraphs;
    const more = isAsked ? { options: M.RUN_OPTIONS.make({ traceLevel, timeoutInMs, outputPartitionGraphs }) } : {};
    return { ...step, request: this.request(tensors, fetches.targets, feeds, arrays, more) };
  }
  private bytesOf({ request }: RemoteStep): Parts | null {
    return request && [M.RUN_STEP.request.write({ sessionHandle: this.opened }), ...request];
  }
  private finish(
    { fetches, tensors, fed }: RemoteStep,
    { runMetadata }: RunArguments,
    reply: () => Uint8Array | null,
  ): unknown {
    const { values, metadata } = this.values(tensors, this.at(reply));
    if (runMetadata) takeRunMetadata(runMetadata, metadata, this.graph, this.target);
    const got = new Map(tensors.map((t, i) => [t, values[i]]));
    return fetches.build(fetches.tensors.map((t) => got.get(t) ?? valueOf(entryOf(fed, t))));
  }
  private values(
    fetches: readonly Tensor[],
    bytes: Uint8Array | null,
  ): { readonly values: Values; readonly metadata: Uint8Array } {
    if (!bytes) return { values: [], metadata: NOTHING };
    const { tensor, metadata, statusCode, statusErrorMessage } = M.RUN_STEP.response.read(bytes);
    if (statusCode) throw atNode(statusCode, statusErrorMessage, this.graph);
    const byName = new Map(tensor.map((each) => [each.name, each.tensor]));
    const values = fetches.map((t) => valueOf(readTensor(entryOf(byName, t.name), true)));
    return { values, metadata };
  }
  /** Errors that name a node are about that node of ours. */
  private at<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      throw ours(error, this.graph);
    }
  }
}
/** What looks into a run sees those of this process. @throws UnimplementedError  where that is asked of a server's */
function checkHere({ checkNumerics }: SettledConfig, target: string): void {
  if (!checkNumerics) return;
  throw new UnimplementedError(
    null,
    `config.checkNumerics looks into the runs of this process, and ${target} runs this graph.\n` +
      "  fix: run tf.addCheckNumericsOps() before each fetch, or look here: new tf.Session('', {config}).",
  );
}
/** A run, as far as it is the server's. */
interface RemoteStep {
  readonly fetches: FetchPlan;
  /** What the server is asked for. */
  readonly tensors: readonly Tensor[];
  readonly fed: ReadonlyMap<Tensor, NDArray>;
  /** But for the session's name; null where the server has nothing to do. */
  request: Parts | null;
  readonly timeout: number;
}
/** A server refuses an id that it saw before, from whomever: they begin anywhere. */
class Ids {
  private last = randomBytes(8).readBigInt64LE();
  next(): bigint {
    return (this.last = BigInt.asIntN(64, this.last + 1n));
  }
}
