/** Sparse tensors on their way through a queue: as integers that stand for them. After TensorFlow's training/input. */
import { int32, int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { computedValue } from '../graph/known-value';
import { isRevoked } from '../base/preview';
import { constantNode } from '../graph/constant';
import { toNDArray } from '../base/to-ndarray';
import type { Operation, Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { condTensor } from '../flow/cond';
import { withDependencies } from '../ops/control';
import { gather } from '../ops/gather';
import { multiply } from '../ops/elementwise';
import { expandDims, squeeze } from '../ops/reshape';
import { sparseRetain } from '../ops/sparse';
import { restoreSparse, storeSparse } from '../ops/sparse-maps';
import { castTo, ones, scoped } from '../ops/words';

export const isSparse = (x: unknown): x is SparseTensor => !isRevoked(x) && x instanceof SparseTensor;
/** What a component of a batch is. */
export type Part = Tensor | SparseTensor;
/** Of a component that is sparse the node that gave its integers, and the rank of what is batched. */
export interface SparseInfo {
  readonly map: Operation;
  readonly rank: number | null;
}
/** What a sparse tensor becomes in front of a queue. */
export interface Stored {
  readonly tensors: readonly Tensor[];
  readonly infos: readonly (SparseInfo | null)[];
}

/** What one of two functions makes: of a condition that is known one alone. */
export function smartCond<T>(pred: Tensor, yes: () => T, no: () => T, both: (yes: () => T, no: () => T) => T): T {
  const known = computedValue(pred)?.item();
  if (known === undefined) return both(yes, no);
  return known ? yes() : no();
}
const choose = (pred: Tensor, yes: () => Tensor, no: () => Tensor): Tensor =>
  smartCond(pred, yes, no, (a, b) => condTensor(pred, a, b));

const NONE = (): Tensor => constantNode(toNDArray(-1, int64), 'Const');
/** -1 for each row. */
function noneOf(x: SparseTensor): Tensor {
  const shape = scoped('Shape', () => castTo(x.denseShape, int32));
  return multiply(-1, ones(shape.get([0, 1]), int64, 'ones'), { name: 'mul' });
}
function store(x: SparseTensor, enqueueMany: boolean, keepInput: Tensor, name: string | null): Tensor {
  if (keepInput.shape.rank === 1) {
    const rows = x.indices.get([], 0);
    return storeSparse(sparseRetain(x, gather(keepInput, rows)), true, name);
  }
  if (!enqueueMany) return choose(keepInput, () => storeSparse(x, false, name), NONE);
  const stored = choose(
    keepInput,
    () => storeSparse(x, true, name),
    () => noneOf(x),
  );
  stored.setShape([null]);
  return stored;
}
/** The node that stores: behind what chooses, where it was to be chosen. */
function storing({ op }: Tensor): Operation {
  return op.inputs.find((input) => /^Add(Many)?SparseToTensorsMap$/.test(input.op.type))?.op ?? op;
}
/** @param shared  of another list of components, whose nodes are to stand for the same */
export function storeParts(
  parts: readonly Part[],
  enqueueMany: boolean,
  keepInput: Tensor,
  shared: readonly (SparseInfo | null)[] | null = null,
): Stored {
  const stored = parts.map((part, i) =>
    isSparse(part) ? store(part, enqueueMany, keepInput, shared?.[i]?.map.name ?? null) : part,
  );
  const infos = parts.map((part, i): SparseInfo | null => {
    if (!isSparse(part)) return null;
    const rank = part.denseShape.shape.at(0);
    return {
      map: shared?.[i]?.map ?? storing(stored[i]),
      rank: rank === null ? null : enqueueMany ? rank - 1 : rank,
    };
  });
  return { tensors: stored.map((each, i) => (infos[i] ? expandDims(each, [-1]) : each)), infos };
}
/** The same of several lists, which stand in for each other. @throws ValueError  where they are not alike */
export function storeLists(
  lists: readonly (readonly Part[])[],
  enqueueMany: boolean,
  keepInput: Tensor,
): {
  readonly lists: readonly (readonly Tensor[])[];
  readonly infos: readonly (SparseInfo | null)[];
} {
  const [first, ...rest] = lists;
  const { tensors, infos } = storeParts(first, enqueueMany, keepInput);
  const all = [tensors];
  for (const list of rest) {
    const next = storeParts(list, enqueueMany, keepInput, infos);
    if (next.infos.length !== infos.length || next.infos.some((info, i) => !isAlike(info, infos[i])))
      throw new ValueError(`Inconsistent SparseTensors list: ${listed(first)} vs. ${listed(list)}`);
    all.push(next.tensors);
  }
  return { lists: all, infos };
}
const listed = (parts: readonly Part[]): string => `[${parts.map(String).join(', ')}]`;
function isAlike(a: SparseInfo | null, b: SparseInfo | null): boolean {
  if (!a || !b) return a === b;
  return a.map === b.map && (a.rank === null || b.rank === null || a.rank === b.rank);
}

/** What came out of the queue, with the sparse tensors that its integers stand for. */
export function restoreParts(came: readonly Tensor[], infos: readonly (SparseInfo | null)[]): Part[] {
  const parts = came.map((each, i): Part => {
    const info = infos[i];
    if (!info) return each;
    return restoreSparse(info.map, squeeze(each, [1]), info.rank === null ? null : info.rank + 1);
  });
  if (!parts.some((part) => isSparse(part))) return parts;
  // Whatever is used of a batch, all of it is taken out.
  const all = parts.map((part) => (isSparse(part) ? part.values : part));
  const after = (x: Tensor): Tensor => withDependencies(all, x);
  return parts.map((part) =>
    isSparse(part) ? new SparseTensor(after(part.indices), after(part.values), after(part.denseShape)) : after(part),
  );
}
