/** Locks: what several nodes may do one at a time alone, as `tf.CriticalSection` has it. */
import type { Rows } from '../graph/opdef';
import { noOutputs, scalarShape } from '../graph/shape-fn';

export const MUTEX = {
  MutexV2: { effect: 'reads', shape: scalarShape },
  MutexLock: { effect: 'waits', shape: scalarShape },
  ConsumeMutexLock: { effect: 'writes', shape: noOutputs },
} satisfies Rows;
