/**
 * Stacks: what a loop keeps of each iteration for its gradients. One lives for a run, as long as something holds its
 * handle.
 */
import type { Rows } from '../graph/opdef';
import { noOutputs } from '../graph/shape-fn';

export const STACKS = {
  StackV2: { shape: () => [[2]], isOrderedByEdges: true },
  StackPushV2: {
    shape: (c) => [c.shape(1)],
    puts: (c) => c.shape(1),
    putValue: (c) => c.value(1),
    isOrderedByEdges: true,
  },
  StackPopV2: { shape: (c) => [c.handle(0)?.shape ?? null], planValue: (c) => c.held(0), isOrderedByEdges: true },
  StackCloseV2: { shape: noOutputs, isOrderedByEdges: true },
  // The same by a reference to a name.
  Stack: { shape: () => [[2]], isOrderedByEdges: true },
  StackPush: { shape: (c) => [c.shape(1)], isOrderedByEdges: true },
  StackPop: { shape: () => [null], isOrderedByEdges: true },
  StackClose: { shape: noOutputs, isOrderedByEdges: true },
} satisfies Rows;
