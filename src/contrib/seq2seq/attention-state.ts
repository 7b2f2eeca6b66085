/** The state of a cell that looks at a memory. After TensorFlow 1.15's seq2seq. */
import { ValueError } from '../../base/errors';
import { type NamedTuple, madeBy, namedParts } from '../../base/named-tuple';
import { tupleClass } from '../../calls/tuple-class';
import { Tensor } from '../../graph/graph';
import { packLike } from '../../flow/leaves';
import { assertSame, flatten } from '../../flow/structure';
import { sameShape } from './same-shape';

const NAMES = ['cellState', 'attention', 'time', 'alignments', 'alignmentHistory', 'attentionState'] as const;
type Names = typeof NAMES;
/** What a tuple of an `AttentionWrapper` is of. */
export interface AttentionParts<S = unknown> {
  /** The state of the cell inside. */
  readonly cellState: S;
  /** What was looked at in the step before, [batch, size]. */
  readonly attention: Tensor;
  /** How many steps were made. */
  readonly time: Tensor;
  /** How much was looked at each place; a list of them for several mechanisms. */
  readonly alignments: Tensor | readonly Tensor[];
  /** The same of all steps, where asked for: arrays; otherwise empty lists. */
  readonly alignmentHistory: unknown;
  /** What the mechanism keeps; a list for several mechanisms. */
  readonly attentionState: unknown;
}
type AttentionPlaces<S> = readonly [
  cellState: S,
  attention: Tensor,
  time: Tensor,
  alignments: Tensor | readonly Tensor[],
  alignmentHistory: unknown,
  attentionState: unknown,
];
/** The state of an `AttentionWrapper`: a list of six, with names. */
export type AttentionWrapperState<S = unknown> = NamedTuple<Names, AttentionPlaces<S>> & {
  /** The same with other parts, whose tensors have the same shapes. */
  clone(parts: Partial<AttentionParts<S>>): AttentionWrapperState<S>;
};
const STATES = new WeakSet<object>();
/** Whether it is such a state. */
export function isWrapperState(x: unknown): x is AttentionWrapperState {
  return typeof x === 'object' && x !== null && STATES.has(x);
}
/** A state of its parts in their order: tensors, sizes or what else stands for them. */
type StateOf<P extends List> = NamedTuple<Names, P> & { clone(parts: object): StateOf<P> };
type List = readonly unknown[];
/** A state of its parts in their order. */
export function stateOf<P extends List>(values: P): StateOf<P> {
  const clone = (parts: object): StateOf<P> => cloned(tuple, values, parts);
  const tuple: StateOf<P> = Object.assign(madeBy(namedParts(NAMES, values), stateOf), { clone });
  STATES.add(tuple);
  return Object.defineProperty(tuple, 'clone', { enumerable: false });
}
/** The same, for what builds nodes. */
export function wrapperState<S>(...parts: AttentionPlaces<S>): AttentionWrapperState<S> {
  return stateOf<AttentionPlaces<S>>(parts);
}
function cloned<T>(state: T, values: List, parts: object): T {
  const next = [...values];
  const names: readonly string[] = NAMES;
  for (const [name, value] of Object.entries(parts)) {
    const at = names.indexOf(name);
    if (at < 0) throw new ValueError(`Got unexpected field names: ['${name}']`);
    next[at] = value;
  }
  assertSame(values, next);
  const olds = flatten(values);
  const leaves = flatten(next).map((leaf, i) => {
    const { [i]: old } = olds;
    return old instanceof Tensor && leaf instanceof Tensor ? sameShape(old, leaf) : leaf;
  });
  return packLike(state, leaves);
}
/** Makes states of their parts. */
interface StateClass {
  new <S = unknown>(...parts: AttentionPlaces<S>): AttentionWrapperState<S>;
  <S = unknown>(...parts: AttentionPlaces<S>): AttentionWrapperState<S>;
  new <S = unknown>(parts: AttentionParts<S>): AttentionWrapperState<S>;
  <S = unknown>(parts: AttentionParts<S>): AttentionWrapperState<S>;
}
/**
 * The state of an `AttentionWrapper`: a list of six, with names. `clone` gives one with other parts.
 *
 *     const attention = new tf.contrib.seq2seq.LuongAttention(4, tf.ones([2, 3, 4]));
 *     const cell = new tf.contrib.seq2seq.AttentionWrapper(new tf.nn.rnnCell.GRUCell(4), attention);
 *     const state = cell.zeroState(2, tf.float32).clone({ cellState: tf.ones([2, 4]) });
 *     state.cellState   // [[1, 1, 1, 1], [1, 1, 1, 1]]
 *
 * @param cellState         the state of the cell inside
 * @param attention         what was looked at in the step before
 * @param time              how many steps were made
 * @param alignments        how much was looked at each place
 * @param alignmentHistory  the same of all steps: an array, or an empty list
 * @param attentionState    what the mechanism keeps
 * @returns  a list of the six
 */
export const AttentionWrapperState: StateClass = tupleClass('contrib.seq2seq.AttentionWrapperState', stateOf);
