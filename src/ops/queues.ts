/** Queues, as a graph has them: what runs put in and take out, and wait for. */
import { TensorShape } from '../base/shape';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { noOutputs, numbers, perOutput, scalarShape } from '../graph/shape-fn';

/** A handle, or a reference to its name. */
const HANDLE: OpRow = { effect: 'reads', shape: scalarShape };
const REFERENCE: OpRow = { effect: 'reads', shape: () => [[2]] };
const PUT: OpRow = { effect: 'waits', shape: noOutputs };
const TAKE: OpRow = { effect: 'waits', shape: (c) => perOutput(c, TensorShape.unknown()) };
const TAKE_MANY: OpRow = {
  effect: 'waits',
  shape(c: ShapeContext) {
    const n = numbers(c, 1)?.[0] ?? 0;
    if (n < 0) throw new ShapeError(`Input 'n' must be >= 0, but is ${n}`);
    return perOutput(c, TensorShape.unknown());
  },
};
const LOOK: OpRow = { effect: 'reads', shape: scalarShape };

export const QUEUES = {
  FIFOQueue: REFERENCE,
  FIFOQueueV2: HANDLE,
  PaddingFIFOQueue: REFERENCE,
  PaddingFIFOQueueV2: HANDLE,
  PriorityQueue: REFERENCE,
  PriorityQueueV2: HANDLE,
  RandomShuffleQueue: REFERENCE,
  RandomShuffleQueueV2: HANDLE,
  QueueEnqueue: PUT,
  QueueEnqueueV2: PUT,
  QueueEnqueueMany: PUT,
  QueueEnqueueManyV2: PUT,
  QueueDequeue: TAKE,
  QueueDequeueV2: TAKE,
  QueueDequeueMany: TAKE_MANY,
  QueueDequeueManyV2: TAKE_MANY,
  QueueDequeueUpTo: TAKE_MANY,
  QueueDequeueUpToV2: TAKE_MANY,
  QueueClose: PUT,
  QueueCloseV2: PUT,
  QueueIsClosed: LOOK,
  QueueIsClosedV2: LOOK,
  QueueSize: LOOK,
  QueueSizeV2: LOOK,
} satisfies Rows;
