/** What a session holds on the device beside its variables, which are its worker's. */
import type { Resources } from '../kernels/resources';
import type { SessionTensors } from '../kernels/session-tensors';
import type { PlanCache } from '../plan/cache';
import type { FeedCache } from './feed-cache';
import type { Functions } from './functions';

export interface Owned {
  plans: PlanCache | null;
  feeds: FeedCache | null;
  /** Functions that kernels call. */
  functions: Functions | null;
  /** What stays from run to run, by handle; null where that is a server's. */
  readonly tensors: SessionTensors | null;
  /** Queues and their kin without a name to be shared by. */
  readonly resources: Resources | null;
  /** What talks to a server; null where none runs the graph. */
  readonly connection: Dropped | null;
  /** Gives the device's threads back. */
  threads: (() => void) | null;
}
export interface Dropped {
  /** Ends it without waiting, where it has not ended. */
  drop(): void;
}
const DROPPED = new FinalizationRegistry<Owned>(free);
/** A session that is dropped without `close()` frees what it owned. */
export function freeWith(session: object, owned: Owned): void {
  DROPPED.register(session, owned);
}
/** What is registered above stays until the program's turn ends; what it leads to, a graph among them, need not. */
export function free(owned: Owned): void {
  owned.plans?.clear();
  owned.feeds?.dispose();
  owned.tensors?.clear();
  owned.resources?.reset();
  owned.connection?.drop();
  owned.threads?.();
  owned.functions?.dispose();
  owned.plans = owned.feeds = owned.functions = owned.threads = null;
}
