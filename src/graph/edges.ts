/** Edges that are set again: whether another tensor may come in by one. */
import { InvalidArgumentError, OutOfRangeError } from '../base/errors';
import type { Operation, Tensor } from './operation';

/**
 * What comes in by an edge now, null where nothing does yet.
 *
 * @throws OutOfRangeError       where there is no such edge
 * @throws InvalidArgumentError  where the shape of what is to come in is another
 */
export function edgeToChange(op: Operation, index: number, tensor: Tensor): Tensor | null {
  const count = op.edges.length;
  if (index >= count)
    throw new OutOfRangeError(
      null,
      `Cannot update edge. Input index [${index}] is greater than the number of total inputs [${count}].`,
    );
  const before = op.edges[index];
  if (before && before !== tensor && !before.shape.isCompatibleWith(tensor.shape))
    throw new InvalidArgumentError(
      null,
      `Cannot update edge, incompatible shapes: ${tensor.shape.toCString()} and ${before.shape.toCString()}.`,
    );
  return before;
}
