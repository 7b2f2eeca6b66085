/** What runs the graph of a session: this process, which engine.ts does, or a server, by the scheme of its target. */
import { NotFoundError, TypeError_ } from '../base/errors';
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { NestedFeeds } from '../advice/nested';
import { type Graph, type Tensor, pythonType } from '../graph/graph';
import type { Device } from '../kernels/kernel';
import type { RunArguments, SettledConfig } from './config';
import type { DeviceAttributes } from './device-attributes';
import type { FetchPlan } from './fetch';
import type { Owned } from './owned';
import type { Setup } from './partial-run';
import type { LoopOwner } from './runs';

export interface Backend {
  /** What goes when the session is dropped. */
  readonly owned: Owned;
  readonly nested: NestedFeeds;
  readonly device: Device;
  /** Where it runs; undefined before the first run. */
  readonly kind: string | undefined;
  /** Gives what `fetches` builds. */
  run(fetches: FetchPlan, feeds: readonly Tensor[], arrays: readonly NDArray[], args: RunArguments): unknown;
  later(fetches: FetchPlan, feeds: readonly Tensor[], arrays: readonly NDArray[], args: RunArguments): Promise<unknown>;
  /** Runs the fetches again and again, when a run waits for what that brings. @returns  what ends it */
  again(fetches: FetchPlan, owner: LoopOwner): (error: Error) => void;
  setUp(setup: Setup): string;
  goOn(
    handle: string,
    fetches: readonly Tensor[],
    feeds: readonly Tensor[],
    arrays: readonly NDArray[],
  ): readonly (Scalar | NDArray)[];
  listDevices(): readonly DeviceAttributes[];
  close(): void;
}
/** What runs the graphs of sessions somewhere. */
export interface Master {
  open(target: string, graph: Graph, config: SettledConfig): Backend;
  /** Ends all sessions there, and drops what is in these containers; in all of them where none are named. */
  reset(target: string, containers: readonly string[], config: SettledConfig): void;
}

const SCHEMES = new Map<string, Master>();
/** Says who runs the graphs of sessions with targets like `grpc://host:port`. */
export function registerTarget(scheme: string, master: Master): void {
  SCHEMES.set(scheme, master);
}
/** @throws NotFoundError  where nobody serves such a target */
export function masterAt(target: string): Master {
  const given: unknown = target;
  if (typeof given !== 'string')
    throw new TypeError_(
      `target must be a string, but got <class '${pythonType(given)}'>\n` +
        '  fix: by name: new tf.Session({graph, config}).',
    );
  const master = SCHEMES.get(/^([a-z]+):\/\//.exec(target)?.[1] ?? '');
  if (master) return master;
  throw new NotFoundError(
    null,
    `No session factory registered for the given session options: {target: "${target}"}\n` +
      "  fix: a server has a target like 'grpc://127.0.0.1:2222'; this process has ''.",
  );
}
