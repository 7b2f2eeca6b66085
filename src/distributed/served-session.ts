/** A session that a client opened: what it was sent of its graph, and its runs. */
import {
  AbortedError,
  CancelledError,
  InternalError,
  InvalidArgumentError,
  ResourceExhaustedError,
} from '../base/errors';
import type { Scalar } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { toNDArray } from '../base/to-ndarray';
import { decodeGraph } from '../format/graphdef';
import type { RunOptionsMessage } from '../format/master';
import type { Parts } from '../format/parts';
import { readTensor, tensorParts } from '../format/tensor-proto';
import type { Tensor } from '../graph/graph';
import type { SettledConfig } from '../session/config';
import { Engine } from '../session/engine';
import { feedToArray } from '../session/feed';
import type { FetchPlan } from '../session/fetch';
import { RunMetadata, RunOptions } from '../session/metadata';
import { free } from '../session/owned';
import { checkAsked, checkFeeds } from '../session/partial-run';
import { partitionGraphs } from '../session/partition-graph';
import type { Worker } from '../session/worker';
import { runMetadataBytes } from '../session/run-metadata';
import { type ServerDevice, borderOf } from './border';
import { ServedGraph } from './served-graph';
import type { Task } from './task';

/** What a run is asked for, by name. */
export interface Asked {
  readonly feeds: readonly string[];
  readonly fetches: readonly string[];
  readonly targets: readonly string[];
}
export interface How {
  readonly traceLevel: number;
  /** Whether the nodes that the run needs are asked for. */
  readonly outputPartitionGraphs: boolean;
  readonly timeoutInMs: number;
  readonly signal: AbortSignal;
}
export interface Ran {
  /** In the order of the fetches. */
  readonly tensors: readonly Parts[];
  /** Where a trace, or the graph, was asked for. */
  readonly metadata: Uint8Array | null;
}
/** What is run again and again, with feeds in a fixed order. */
export interface Callable {
  readonly asked: Asked;
  readonly options: RunOptionsMessage | null;
}
/** Names, found in the graph. */
interface Found extends FetchPlan {
  readonly feeds: readonly Tensor[];
}
type Values = readonly (Scalar | NDArray)[];
/** A run that goes round lets others go on after some milliseconds. */
const CONFIG: SettledConfig = { advice: false, lint: false, turnInMs: 2 };
/** Lists of fetches that are kept, found: a loop asks for the same in every step. */
const MOST_KNOWN = 256;
const MOST_CALLABLES = 65_536;

export class ServedSession {
  private readonly served: ServedGraph;
  private readonly engine: Engine;
  private readonly callables = new Map<number, Callable>();
  private readonly known = new Map<string, Found>();
  private version = 0;
  private made = 0;
  private closed = false;
  constructor(
    private readonly worker: Worker,
    private readonly ownsWorker: boolean,
    task: Task,
    private readonly device: ServerDevice,
    config: SettledConfig,
  ) {
    this.served = new ServedGraph(task);
    this.engine = new Engine(this.served.graph, { ...config, ...CONFIG, deviceName: device.name }, worker);
  }
  /** Adds nodes. @throws AbortedError  where the client goes on from another version of the graph than there is */
  extend(graph: Uint8Array, from: number): number {
    if (from !== this.version)
      throw new AbortedError(null, `Current version is ${this.version} but caller expected ${from}.`);
    this.add(graph);
    return ++this.version;
  }
  add(graph: Uint8Array): void {
    this.served.extend(decodeGraph(graph));
  }
  async run(asked: Asked, feeds: readonly Uint8Array[], how: How): Promise<Ran> {
    const found = this.found(asked);
    // As TensorFlow's master does: the levels between are none to it.
    const runMetadata = how.traceLevel === RunOptions.FULL_TRACE ? new RunMetadata() : null;
    const { timeoutInMs, signal } = how;
    const options = { traceLevel: how.traceLevel, timeoutInMs };
    const arrays = arraysOf(found.feeds, feeds, true);
    const ran = this.engine.later(found, found.feeds, arrays, { options, runMetadata, signal });
    const values = (await this.cancelled(ran)) as Values;
    return {
      tensors: tensorsOf(found.tensors, values),
      metadata: this.metadataOf(runMetadata, how.outputPartitionGraphs ? found : null),
    };
  }
  private metadataOf(traced: RunMetadata | null, found: Found | null): Uint8Array | null {
    if (!traced && !found) return null;
    const metadata = traced ?? new RunMetadata();
    if (found) {
      const { tensors: fetches, targets, feeds } = found;
      metadata.partitionGraphs = partitionGraphs(this.served.graph, { fetches, targets, feeds }, borderOf(this.device));
    }
    return runMetadataBytes(metadata, this.device.name);
  }
  /** A run that ends with its session is told so. */
  private async cancelled<T>(run: Promise<T>): Promise<T> {
    try {
      return await run;
    } catch (error) {
      throw this.closed && error instanceof CancelledError
        ? new CancelledError(error.op as never, 'Step was cancelled by an explicit call to `Session::Close()`.')
        : error;
    }
  }
  setUp(asked: Asked): string {
    const { feeds, tensors, targets } = this.found(asked);
    return this.engine.setUp({ feeds, fetches: tensors, targets });
  }
  /** Those that are not over. */
  get partialRuns(): number {
    return this.engine.partialRuns;
  }
  async goOn(handle: string, asked: Asked, feeds: readonly Uint8Array[], { timeoutInMs, signal }: How): Promise<Ran> {
    if (!this.engine.hasPartialRun(handle))
      throw new InvalidArgumentError(null, 'Must run PartialRunSetup before performing partial runs');
    const found = this.foundPart(asked);
    // What is fed stays for the parts that come later.
    const arrays = arraysOf(found.feeds, feeds, false);
    const part = { fetches: found.tensors, feeds: found.feeds, arrays };
    const values = await this.cancelled(this.engine.goOnLater(handle, part, { timeoutInMs, signal }));
    return { tensors: tensorsOf(found.tensors, values), metadata: null };
  }
  makeCallable(asked: Asked, options: RunOptionsMessage | null): number {
    this.found(asked);
    if (this.callables.size >= MOST_CALLABLES)
      throw new ResourceExhaustedError(
        null,
        `This session has ${MOST_CALLABLES} callables\n  fix: release those that are not called any more.`,
      );
    this.callables.set(this.made, { asked, options });
    return this.made++;
  }
  /** @throws InvalidArgumentError  for a handle that is none, or not any more */
  callable(handle: number): Callable {
    const callable = this.callables.get(handle);
    if (!callable) throw new InvalidArgumentError(null, `No such callable handle: ${handle}`);
    return callable;
  }
  releaseCallable(handle: number): void {
    this.callables.delete(handle);
  }
  close(): void {
    this.closed = true;
    this.engine.close();
    free(this.engine.owned);
    if (this.ownsWorker) this.worker.dispose();
  }

  private found(asked: Asked): Found {
    const found = this.foundPart(asked);
    checkAsked({ feeds: found.feeds, fetches: found.tensors, targets: found.targets });
    return found;
  }
  /** The same; a part of a partial run may ask for nothing. */
  private foundPart(asked: Asked): Found {
    const key = JSON.stringify([asked.feeds, asked.fetches, asked.targets]);
    let found = this.known.get(key);
    if (found) return found;
    const { feeds, fetches, targets } = asked;
    const tensors = this.served.tensors(fetches, 'fetch');
    found = {
      feeds: this.served.tensors(feeds, 'feed'),
      tensors,
      targets: this.served.operations(targets),
      build: (values) => values,
    };
    checkFeeds({ feeds: found.feeds, fetches: tensors, targets: found.targets });
    if (this.known.size >= MOST_KNOWN) this.known.delete([...this.known.keys()][0]);
    this.known.set(key, found);
    return found;
  }
}
function arraysOf(tensors: readonly Tensor[], feeds: readonly Uint8Array[], inPlace: boolean): NDArray[] {
  if (feeds.length !== tensors.length)
    throw new InvalidArgumentError(null, `Expected ${tensors.length} feed tensors, but got ${feeds.length}`);
  return tensors.map((tensor, i) => {
    const array = readTensor(feeds[i], inPlace);
    const wanted = tensor.dtype.baseDtype;
    if (array.dtype !== wanted)
      throw new InternalError(
        null,
        `Output 0 of type ${array.dtype.cName} does not match declared output type ${wanted.cName} for node ` +
          `{{node _recv_${tensor.op.name}_${tensor.valueIndex}}}\n  fix: feed ${tensor.name} ${wanted.cName}.`,
      );
    return feedToArray(tensor, array, tensor.name);
  });
}
function tensorsOf(tensors: readonly Tensor[], values: Values): Parts[] {
  return tensors.map(({ dtype }, i) => {
    const value = values[i];
    return tensorParts(value instanceof NDArray ? value : toNDArray(value, dtype.baseDtype));
  });
}
