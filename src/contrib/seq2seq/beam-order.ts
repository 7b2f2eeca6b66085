/** The order of beams: their states and arrays by whom they go on from. After TensorFlow 1.15's seq2seq. */
import { int32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { type Dim, TensorShape } from '../../base/shape';
import { inScope } from '../../graph/apply';
import { constantValue } from '../../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../../graph/graph';
import { Assert } from '../../flow/assert';
import type { TensorArray } from '../../flow/tensor-array';
import { sequenceMask } from '../../nn/sequence-mask';
import { gatherTree } from '../../ops/beams';
import { equal, logicalAnd, logicalOr } from '../../ops/compare';
import { gather, gatherNd } from '../../ops/gather';
import { range } from '../../ops/range';
import { reduceMax } from '../../ops/reduce';
import { expandDims, reshape } from '../../ops/reshape';
import { stack } from '../../ops/stack';
import { transpose } from '../../ops/transpose';
import { where } from '../../ops/where';
import { castTo, element, shapeOf, sliced, tile } from '../../ops/words';
import { warn } from '../../program/logging';

/** How many rows and beams there are. */
export interface Beams {
  readonly batch: Tensor;
  readonly width: number;
}
/** A list of numbers and scalars as a tensor is made of it. */
export const sizes = (...list: readonly (number | Tensor)[]): readonly (number | Tensor)[] => list;
/** How many rows there are, where that is known. */
export function knownBatch({ batch }: Pick<Beams, 'batch'>): Dim {
  const known = constantValue(batch);
  return known ? Number(known.item()) : null;
}
/** @throws ValueError  for a tensor of unknown rank */
export function checkRank(x: Tensor): number {
  const { rank } = x.shape;
  if (rank === null) throw new ValueError(`Expected tensor (${x}) to have known rank, but ndims == None.`);
  return rank;
}
/** The beams by whom they go on from. @param per  how many ids a row has  @param shape  of what is taken */
export function inOrder(
  ids: Tensor,
  from: Tensor,
  { batch }: Beams,
  per: number | Tensor,
  shape: readonly (number | Tensor)[],
  name: string | null = null,
): Tensor {
  return inScope(name, 'tensor_gather_helper', [], () => {
    const rows = expandDims(range(batch).mul(per), 1);
    const places = reshape(ids.add(rows), [-1]);
    const taken = gather(reshape(from, sizes(...shape)), places);
    const count = 1 + shape.length;
    const output = reshape(taken, sliced(shapeOf(from), null, count), { name: 'output' });
    output.setShape(new TensorShape([knownBatch({ batch })]).concatenate(from.shape.slice(1, count)));
    return output;
  });
}

/**
 * An array of all steps in the order that the beams have in the end.
 *
 * @param t        [time, batch, beams, …] or [time, batch · beams, …]
 * @param parents  [time, batch, beams]: whom each goes on from
 * @param lengths  [batch, beams]: how many steps each has
 */
export function gatherTreeFromArray(t: Tensor, parents: Tensor, lengths: Tensor): Tensor {
  const [time, batch, width] = [0, 1, 2].map((i) => parents.shape.at(i) || element(shapeOf(parents), i));
  const once = expandDims(expandDims(range(width), 0), 0);
  const beams = tile(once, sizes(time, batch, 1));
  const most = castTo(reduceMax(lengths, 1), int32);
  const end = typeof width === 'number' ? width + 1 : width.add(1);
  const sorted = gatherTree(beams, parents, most, end);
  // Behind its end a beam is what it was.
  const inside = transpose(sequenceMask(lengths, time), [2, 0, 1]);
  const ordered = where(inside, sorted, beams);
  const times = tile(reshape(range(time), [-1, 1, 1]), sizes(1, batch, width));
  const rows = transpose(tile(reshape(range(batch), [-1, 1, 1]), sizes(1, time, width)), [1, 0, 2]);
  const indices = stack([times, rows, ordered], -1);
  const shape = shapeOf(t);
  return reshape(gatherNd(reshape(t, sizes(time, batch, width, -1)), indices), shape);
}

const CURE =
  'Consider setting reorder_tensor_arrays to False to disable TensorArray reordering during the beam search.';
/** An array in a state in the order of the beams, stacked; as it is where its elements are of no beams. */
export function arrayInOrder(t: TensorArray, beams: Beams, parents: Tensor, lengths: Tensor): unknown {
  const shape = t.elementShape;
  if (!shape.dims?.length) {
    warn(
      `The TensorArray ${(t.handle ?? t.flow).name} in the cell state is not amenable to sorting based on the beam ` +
        'search result. For a TensorArray to be sorted, its elements shape must be defined and have at least a rank ' +
        `of 1, but saw shape: ${shape}`,
    );
    return t;
  }
  const batch = knownBatch(beams);
  if (!fits(shape.dims, batch, beams.width)) {
    warn(
      'TensorArray reordering expects elements to be reshapable to ' +
        `${new TensorShape([batch, beams.width, null])} which is incompatible with the current shape ${shape}. ${CURE}`,
    );
    return t;
  }
  const all = t.stack();
  return getDefaultGraph().controlDependencies([checked(all, beams)], () => gatherTreeFromArray(all, parents, lengths));
}
/** TensorFlow 1.15 asks both of elements whose first two sizes are known, so that none of these are put in order. */
function fits([first, second = null]: readonly Dim[], batch: Dim, width: number): boolean {
  if (batch === null || first === null) return true;
  return first === batch * width && (second === null || (first === batch && second === width));
}
function checked(t: Tensor, { batch, width }: Beams): Operation {
  const message =
    'TensorArray reordering expects elements to be reshapable to [batch_size, beam_size, -1] which is incompatible ' +
    `with the dynamic shape of ${t.name} elements. ${CURE}`;
  const shape = shapeOf(t);
  const merged = equal(element(shape, 1), batch.mul(width));
  if (t.shape.rank === 2) return Assert(merged, [message]);
  const apart = [equal(element(shape, 1), batch), equal(element(shape, 2), width)] as const;
  return Assert(logicalOr(merged, logicalAnd(...apart)), [message]);
}
