/** Formulas one behind the other as one: what stands between them is not written, nor read again. */
import { sameShape, sizeOf } from '../../base/shape';
import type { Formula, Terms } from './formula';
import { applyTo, lying } from './lower';
import type { Draft, Spot } from './program';

/** Operands of all of them together: each has a pointer, and a vector in a register. */
const MOST_OPERANDS = 6;
/** Fewer elements stay in the nearest cache, and gain nothing. */
const LEAST_ELEMENTS = 4096;

/**
 * Puts the formula that made a tensor in one pass with those that made its operands, and theirs: the same operations on
 * each element, so the same bits.
 *
 * @param isReadOnce  whether nothing else reads an operand
 */
export function inOnePass(draft: Draft, out: Spot, isReadOnce: (operand: Spot) => boolean): void {
  if (sizeOf(out.shape) < LEAST_ELEMENTS) return;
  while (joined(draft, out, isReadOnce));
}
function joined(draft: Draft, out: Spot, isReadOnce: (operand: Spot) => boolean): boolean {
  const last = draft.applied.get(out.memory);
  if (!last) return false;
  for (const [at, operand] of last.inputs.entries()) {
    const first = draft.applied.get(operand.memory);
    if (!first || !isReadOnce(operand) || operand.at || !sameShape(operand.shape, out.shape)) continue;
    const inputs = [...last.inputs.slice(0, at), ...first.inputs, ...last.inputs.slice(at + 1)];
    const laid = inputs.length <= MOST_OPERANDS && sameShape(first.out.shape, out.shape) && lying(inputs.map(shapeOf));
    if (!laid) continue;
    for (const { memory } of [first.out, out]) draft.takeBack(memory);
    applyTo(laid, chained(last.formula, at, first.formula), inputs, draft, out);
    return true;
  }
  return false;
}
const shapeOf = ({ shape }: Spot): readonly number[] => shape;

const KNOWN = new WeakMap<Formula, WeakMap<Formula, Formula[]>>();
/** A formula whose operand at that place is what another one gives. */
function chained(last: Formula, at: number, first: Formula): Formula {
  let behind = KNOWN.get(last);
  if (!behind) KNOWN.set(last, (behind = new WeakMap<Formula, Formula[]>()));
  let found = behind.get(first);
  if (!found) behind.set(first, (found = []));
  return (found[at] ??= {
    takes: last.takes + first.takes - 1,
    numbers: 0,
    gives: 1,
    results({ vectors, numbers, keep }: Terms) {
      const end = at + first.takes;
      const [made] = first.results({ vectors: vectors.slice(at, end), numbers, keep });
      return last.results({ vectors: [...vectors.slice(0, at), keep(made), ...vectors.slice(end)], numbers, keep });
    },
  });
}
