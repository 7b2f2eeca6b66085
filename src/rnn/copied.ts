/** Copies of cells, as Python's `copy.deepcopy` makes them: with weights of their own. */
import { TypeError_ } from '../base/errors';
import { isPlain } from '../calls/bind';
import { Tensor } from '../graph/graph';
import { Layer } from '../layers/layer';
import { Variable } from '../variables/variable';

/** The same cell once more, with those inside of it. @throws TypeError  for one that has been used */
export function copiedCell<C extends object>(cell: C): C {
  const copy = Object.create(Object.getPrototypeOf(cell)) as C;
  for (const [key, value] of Object.entries(cell)) Object.defineProperty(copy, key, field(copied(value)));
  return copy;
}
const field = (value: unknown): PropertyDescriptor => ({ value, writable: true, enumerable: true, configurable: true });
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Layer) return copiedCell(value);
  if (value instanceof Variable || value instanceof Tensor)
    throw new TypeError_(
      "can't pickle _thread.RLock objects\n  fix: a new cell for each net: this one has its weights, and the net " +
        'that reads takes a copy without any.',
    );
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copied(each)]));
}
