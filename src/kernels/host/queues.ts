/** Queues of each kind as nodes: how they are made and found, what goes in and what comes out. */
import { type DType, bool, int32, int64, zerosOf } from '../../base/dtype';
import { TensorShape, cShape, sizeOf } from '../../base/shape';
import {
  type KernelNode,
  type StatefulKernel,
  type StatefulRow,
  type StatefulTable,
  Value,
  attr,
  invalid,
} from '../kernel';
import { type Place, type Resources, placeOf, resourceOf } from '../resources';
import { QUEUE, Queue, type QueueFacts } from './queue';
import { PriorityQueue, RandomShuffleQueue } from './queue-orders';
import { joined, rowsOf } from './tensor-list';
import { own } from './variable-value';
import { amongOf, waiting } from './waiting';

/** Rows of one shape, put together: the largest in each dimension, with zeros where one has less. */
function padded(dtype: DType, rows: readonly Value[]): Value {
  const shape = rows[0].shape.map((_, d) => Math.max(...rows.map((row) => row.shape[d])));
  const size = sizeOf(shape);
  const parts = dtype.isComplex ? 2 : 1;
  const data = zerosOf(dtype, size * rows.length, [rows.length, ...shape]);
  rows.forEach((value, i) => {
    const from = value.read();
    const index = shape.map(() => 0);
    for (let k = 0; k < from.length; k += parts) {
      const at = i * size + index.reduce((place, here, d) => place * shape[d] + here, 0);
      for (let part = 0; part < parts; part++) data[at * parts + part] = from[k + part];
      for (let d = index.length - 1; d >= 0 && ++index[d] === value.shape[d]; d--) index[d] = 0;
    }
    value.release();
  });
  return new Value(dtype, [rows.length, ...shape], data);
}

// --- making and finding -------------------------------------------------------------------------------------------

interface Made {
  readonly type: string;
  make(facts: QueueFacts, node: KernelNode): Queue;
  /** Refuses one that is there already, and was made with other attributes of this kind. */
  check?(found: Queue, node: KernelNode): void;
}
const FIFO: Made = { type: 'FIFOQueue', make: (facts) => new Queue(facts) };
const PADDING: Made = { type: 'PaddingFIFOQueue', make: (facts) => new Queue(facts) };
const PRIORITY: Made = { type: 'PriorityQueue', make: (facts) => new PriorityQueue(facts) };
const seedsOf = (node: KernelNode): [bigint, bigint] => [
  BigInt(attr(node, 'seed', 'int')),
  BigInt(attr(node, 'seed2', 'int')),
];
const RANDOM: Made = {
  type: 'RandomShuffleQueue',
  make(facts, node) {
    const least = attr(node, 'min_after_dequeue', 'int');
    if (least < 0) invalid(`min_after_dequeue ${least} must be >= 0`);
    if (least >= facts.capacity) invalid(`min_after_dequeue ${least} must be < capacity ${facts.capacity}`);
    return new RandomShuffleQueue(facts, least, seedsOf(node));
  },
  check(found, node) {
    if (!(found instanceof RandomShuffleQueue)) return;
    const { minAfterDequeue, seeds, facts } = found;
    const least = attr(node, 'min_after_dequeue', 'int');
    const title = `Shared queue '${facts.name}' has`;
    if (least !== minAfterDequeue)
      invalid(`${title} min_after_dequeue ${minAfterDequeue} but requested min_after_dequeue was ${least}.`);
    const wanted = seedsOf(node);
    if (wanted.some((seed) => seed !== 0n) && wanted.some((seed, i) => seed !== seeds[i]))
      invalid(`${title} random seeds (${seeds.join(', ')}) but requested seeds are (${wanted.join(', ')}).`);
  },
};
/** How many elements a queue without a limit holds. */
const NO_LIMIT = 2 ** 31 - 1;
export const namesOf = (dtypes: readonly DType[]): string => dtypes.map(({ cName }) => cName).join(', ');
export const listed = (shapes: readonly TensorShape[]): string =>
  `[${shapes.map((shape) => shape.toCString()).join(', ')}]`;

function factsOf(node: KernelNode, place: Place, { type }: Made, name: string, own: Resources): QueueFacts {
  const isRanked = type === PRIORITY.type;
  const [types, shapes] = [attr(node, 'component_types', 'list(type)'), attr(node, 'shapes', 'list(shape)')];
  const capacity = attr(node, 'capacity', 'int');
  return {
    place,
    name,
    type,
    dtypes: isRanked ? [int64, ...types] : types,
    shapes: isRanked ? [TensorShape.scalar(), ...shapes] : shapes,
    capacity: capacity < 0 ? NO_LIMIT : capacity,
    failure: () => own.failure,
  };
}
/** A queue that is there already is asked for again: as it was made. */
function checkSame(found: Queue, wanted: QueueFacts, made: Made, node: KernelNode): void {
  const { facts } = found;
  const title = `Shared queue '${facts.name}' has`;
  if (facts.type !== wanted.type) invalid(`Expected ${facts.type}, found ${node.type}`);
  if (facts.capacity !== wanted.capacity)
    invalid(`${title} capacity ${facts.capacity} but requested capacity was ${wanted.capacity}`);
  made.check?.(found, node);
  const [types, shapes] = [namesOf(facts.dtypes), listed(facts.shapes)];
  if (types !== namesOf(wanted.dtypes))
    invalid(`${title} component types ${types} but requested component types were ${namesOf(wanted.dtypes)}`);
  if (shapes !== listed(wanted.shapes))
    invalid(`${title} component shapes ${shapes} but requested component shapes were ${listed(wanted.shapes)}`);
}
/** A handle, or in the place of one a reference to its name. */
function holder(made: Made): StatefulRow {
  return {
    make(node) {
      const place = placeOf(node.name, node.attrs);
      const shared = attr(node, 'shared_name', 'string');
      const [dtype] = node.outputTypes;
      /** What the last run found: it need not be looked at again. */
      let known: Queue | null = null;
      return (_, __, run) => {
        const among = amongOf(node, run);
        const facts = (name: string): QueueFacts => factsOf(node, place, made, name, run.own);
        const found = among.find(QUEUE, place);
        if (found && shared && found !== known) checkSame(found, facts(shared), made, node);
        known =
          found ??
          among.findOrMake(QUEUE, place, () => made.make(facts(shared || `_${among.count(QUEUE)}_${node.name}`), node));
        return [new Value(dtype, dtype.isRef ? [2] : [], null, null, known)];
      };
    },
  };
}

// --- what goes in and comes out -----------------------------------------------------------------------------------

const queueOf = (handle: Value): Queue => resourceOf(handle, QUEUE);
/** Refuses tensors that are no element of a queue, or with `batch` no elements. */
function checkComponents({ facts }: Queue, handle: Value, given: readonly Value[], batch: number | null): void {
  const { dtypes, shapes } = facts;
  const types = given.map(({ dtype }) => dtype);
  const signature = (components: readonly DType[]): string => `${namesOf([handle.dtype, ...components])}->`;
  if (namesOf(types) !== namesOf(dtypes))
    invalid(`Signature mismatch, have: ${signature(types)} expected: ${signature(dtypes)}`);
  given.forEach(({ shape }, i) => {
    const rows = batch === null ? [] : [batch];
    if (!shapes.length && batch !== null && shape[0] !== batch)
      invalid(
        'All input tensors must have the same size in the 0th dimension. ' +
          `Component ${i} has ${shape[0] ?? 'no dimension'}, and should have ${batch}`,
      );
    const { dims } = shapes.length ? shapes[i] : TensorShape.unknown();
    if (!dims) return;
    const wanted = new TensorShape([...rows, ...dims]);
    if (!wanted.isCompatibleWith(new TensorShape(shape)))
      invalid(`Shape mismatch in tuple component ${i}. Expected ${wanted.toCString()}, got ${cShape(shape)}`);
  });
}
const enqueue: StatefulKernel = ([handle, ...components]) => {
  const queue = queueOf(handle);
  checkComponents(queue, handle, components, null);
  return queue.enqueue([components.map(own)]);
};
const enqueueMany: StatefulKernel = ([handle, ...components]) => {
  const queue = queueOf(handle);
  const count = components[0].shape[0] ?? 0;
  checkComponents(queue, handle, components, count);
  const rows = components.map(rowsOf);
  return queue.enqueue(Array.from({ length: count }, (_, i) => rows.map((of) => of[i])));
};
function checkTypes({ facts }: Queue, node: KernelNode, inputs: readonly Value[]): void {
  const wanted = attr(node, 'component_types', 'list(type)');
  const given = `${namesOf(inputs.map(({ dtype }) => dtype))}->`;
  if (namesOf(wanted) !== namesOf(facts.dtypes))
    invalid(`Signature mismatch, have: ${given}${namesOf(wanted)} expected: ${given}${namesOf(facts.dtypes)}`);
}
const dequeue: StatefulKernel = ([handle], node) => {
  const queue = queueOf(handle);
  checkTypes(queue, node, [handle]);
  return queue.dequeue(1, false, ([element]) => element);
};
function dequeueMany(upTo: boolean): StatefulKernel {
  return ([handle, n], node) => {
    const queue = queueOf(handle);
    checkTypes(queue, node, [handle, n]);
    const count = Number(n.read()[0]);
    const op = upTo ? 'DequeueUpToOp' : 'DequeueManyOp';
    if (count < 0) invalid(`${op} requested ${count} < 0 elements`);
    const { type, dtypes, shapes } = queue.facts;
    if (!shapes.length || (type !== PADDING.type && shapes.some(({ fullDims }) => !fullDims)))
      invalid(`${type}'s DequeueMany and DequeueUpTo require the components to have specified shapes.`);
    const dimsOf = ({ dims }: TensorShape): number[] => (dims ?? []).map((dim) => dim ?? 0);
    if (count === 0) return dtypes.map((dtype, i) => joined(dtype, [0, ...dimsOf(shapes[i])], []));
    const put = type === PADDING.type ? padded : batched;
    return queue.dequeue(count, upTo, (elements) =>
      dtypes.map((dtype, i) =>
        put(
          dtype,
          elements.map((of) => of[i]),
        ),
      ),
    );
  };
}
function batched(dtype: DType, rows: readonly Value[]): Value {
  return joined(dtype, [rows.length, ...rows[0].shape], rows);
}
const close: StatefulKernel = ([handle], node) => queueOf(handle).close(attr(node, 'cancel_pending_enqueues'));
const size: StatefulKernel = ([handle]) => [new Value(int32, [], Int32Array.of(queueOf(handle).size))];
const isClosed: StatefulKernel = ([handle]) => [new Value(bool, [], Uint8Array.of(Number(queueOf(handle).isClosed)))];

/** A row under its name for references and its name for handles. */
const both = <Row>(name: string, row: Row): Readonly<Record<string, Row>> => ({ [name]: row, [`${name}V2`]: row });

export const QUEUE_KERNELS: StatefulTable = {
  ...both('FIFOQueue', holder(FIFO)),
  ...both('PaddingFIFOQueue', holder(PADDING)),
  ...both('RandomShuffleQueue', holder(RANDOM)),
  ...both('PriorityQueue', holder(PRIORITY)),
  ...both('QueueEnqueue', waiting(enqueue)),
  ...both('QueueEnqueueMany', waiting(enqueueMany)),
  ...both('QueueDequeue', waiting(dequeue)),
  ...both('QueueDequeueMany', waiting(dequeueMany(false))),
  ...both('QueueDequeueUpTo', waiting(dequeueMany(true))),
  ...both('QueueClose', waiting(close)),
  ...both('QueueSize', size),
  ...both('QueueIsClosed', isClosed),
};
