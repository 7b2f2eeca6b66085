/**
 * `tf.nest`: values in lists and objects, to any depth.
 *
 * @module
 */
import { isCallable, isList } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { bound } from '../calls/bind';
import { assertSame, flatten as leavesOf, mapStructure as mapped, packAs, repr } from './structure';

/**
 * Whether a value has others in it: a list, or an object that is no tensor, array or instance of a class.
 *
 *     tf.nest.isNested({ a: 1 })   // true
 *     tf.nest.isNested('text')     // false
 *
 * @param seq  any value
 * @returns  true or false
 */
export const isNested = bound('nest.is_nested', (seq: unknown): boolean => {
  const [only] = leavesOf([seq], false);
  return only !== seq;
});
/**
 * The leaves of a structure, in order; an object's by its keys in alphabetical order.
 *
 *     tf.nest.flatten({ b: [1, 2], a: 3 })   // [3, 1, 2]
 *
 * @param structure         lists and objects; anything else is a leaf
 * @param expandComposites  whether sparse tensors and `IndexedSlices` are taken apart too
 * @returns  a list of leaves
 * @throws ValueError  for one nested too deep, as one that holds itself is
 */
export const flatten = bound('nest.flatten', (structure: unknown, expandComposites: boolean = false): unknown[] =>
  leavesOf(structure, expandComposites),
);
/**
 * A structure like another one, with other leaves.
 *
 *     tf.nest.packSequenceAs({ b: [0, 0], a: 0 }, [3, 1, 2])   // { b: [1, 2], a: 3 }
 *
 * @param structure         lists and objects
 * @param flatSequence      as many leaves as it has, in `tf.nest.flatten`'s order
 * @param expandComposites  whether sparse tensors and `IndexedSlices` count by their parts
 * @returns  the structure with these leaves
 * @throws ValueError  for another number of leaves
 * @throws TypeError  if `flatSequence` is no list
 */
export const packSequenceAs = bound(
  'nest.pack_sequence_as',
  (structure: unknown, flatSequence: readonly unknown[], expandComposites: boolean = false): unknown => {
    if (!isList(flatSequence)) throw new TypeError_('flat_sequence must be a sequence');
    const count = leavesOf(structure, expandComposites).length;
    if (count === flatSequence.length) return packAs(structure, flatSequence, expandComposites);
    if (!isNested(structure))
      throw new ValueError(`Structure is a scalar but len(flat_sequence) == ${flatSequence.length} > 1`);
    throw new ValueError(
      `Could not pack sequence. Structure had ${count} elements, but flat_sequence had ${flatSequence.length} ` +
        `elements.  Structure: ${repr(structure)}, flat_sequence: ${repr(flatSequence)}.`,
    );
  },
);
/**
 * Checks that two structures have the same lists and the same keys.
 *
 *     tf.nest.assertSameStructure([1, { a: 2 }], ['x', { a: 'y' }])   // undefined
 *
 * @param nest1             lists and objects
 * @param nest2             those that should be like them
 * @param checkTypes        true where not given; nothing else follows from it, as there is one kind of list here
 * @param expandComposites  whether sparse tensors and `IndexedSlices` are looked into
 * @throws ValueError  where they differ
 * @throws TypeError  where one has a list and the other an object
 */
export const assertSameStructure = bound(
  'nest.assert_same_structure',
  (nest1: unknown, nest2: unknown, _checkTypes: boolean = true, expandComposites: boolean = false): void =>
    assertSame(nest1, nest2, '', expandComposites),
);

/** What `mapStructure` takes by name, last. */
export interface MapStructureOptions {
  /** True: there is one kind of list and one of object here. */
  readonly checkTypes?: boolean;
  /** Whether sparse tensors and `IndexedSlices` are looked into. */
  readonly expandComposites?: boolean;
}
/** An object that has only what `mapStructure` takes by name, where a structure like the first cannot be one. */
function namesSettings(last: unknown, first: unknown): last is MapStructureOptions {
  if (typeof last !== 'object' || last === null || isList(last)) return false;
  const keys = Object.keys(last);
  const known = keys.length > 0 && keys.every((key) => key === 'checkTypes' || key === 'expandComposites');
  return known && !(typeof first === 'object' && first !== null && keys.some((key) => key in first));
}
/**
 * A structure of what a function makes of the leaves of one, or of several that are alike.
 *
 *     tf.nest.mapStructure((a: number, b: number) => a + b, { x: [1, 2] }, { x: [10, 20] })   // { x: [11, 22] }
 *
 * @param func       takes a leaf of each structure
 * @param structure  lists and objects, one or more; a last object `{ checkTypes, expandComposites }` is no structure
 * @returns  the first one's lists and objects, with what `func` gave
 * @throws TypeError  if `func` cannot be called
 * @throws ValueError  if the structures are not alike, or there is none
 */
export function mapStructure(func: (...leaves: never[]) => unknown, ...structure: readonly unknown[]): unknown {
  if (!isCallable(func)) throw new TypeError_(`func must be callable, got: ${repr(func)}`);
  if (structure.length === 0) throw new ValueError('Must provide at least one structure');
  const [first, ...more] = structure;
  const last = more[more.length - 1];
  const composites = (namesSettings(last, first) && last.expandComposites) || false;
  const others = namesSettings(last, first) ? more.slice(0, -1) : more;
  for (const other of others) assertSame(first, other, '', composites);
  const leaves = others.map((other) => leavesOf(other, composites));
  const call: (...each: unknown[]) => unknown = func as (...each: unknown[]) => unknown;
  let at = 0;
  return mapped(
    first,
    (leaf) => {
      const made = call(leaf, ...leaves.map((each) => each[at]));
      at++;
      return made;
    },
    composites,
  );
}
