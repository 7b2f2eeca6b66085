/** What a session holds on the device beside its variables, which are its worker's. */
import type { SessionTensors } from '../kernels/session-tensors';
import type { PlanCache } from '../plan/cache';
import type { FeedCache } from './feed-cache';

export interface Owned {
  plans: PlanCache | null;
  feeds: FeedCache | null;
  /** What stays from run to run, by handle; null where that is a server's. */
  readonly tensors: SessionTensors | null;
}
const DROPPED = new FinalizationRegistry<Owned>(free);
/** A session that is dropped without `close()` frees what it owned. */
export function freeWith(session: object, owned: Owned): void {
  DROPPED.register(session, owned);
}
export function free({ plans, feeds, tensors }: Owned): void {
  plans?.clear();
  feeds?.dispose();
  tensors?.clear();
}
