/** tf.nest and tf.compat: what TensorFlow 1.15.5 says of the same structures. */
import * as tf from '../../src';
import { call } from '../calls/words';

const { nest, compat } = tf;

describe('structures', () => {
  test('are lists and objects, by their keys in order', () => {
    expect(nest.flatten({ b: [1, 2], a: [3, [4]] })).toEqual([3, 4, 1, 2]);
    expect(nest.packSequenceAs({ b: 1, a: 2 }, [5, 6])).toEqual({ b: 6, a: 5 });
    expect([nest.flatten(5), nest.flatten('abc'), nest.flatten(null)]).toEqual([[5], ['abc'], [null]]);
    expect([nest.isNested('abc'), nest.isNested([1]), nest.isNested(tf.zeros([2]))]).toEqual([false, true, false]);
  });
  test('hold sparse tensors as one, or by their parts', () => {
    const sparse = new tf.SparseTensor([[0, 1]], [3], [2, 2]);
    expect(nest.flatten([sparse])[0]).toBe(sparse);
    const names = [sparse.indices, sparse.values, sparse.denseShape].map(({ name }) => name);
    expect(nest.flatten([sparse], true).map((part) => (part as tf.Tensor).name)).toEqual(names);
    expect(nest.mapStructure(() => 1, [sparse], { expandComposites: true })).toEqual([[1, 1, 1]]);
    const again = nest.packSequenceAs([sparse], [sparse.indices, tf.square(sparse.values), sparse.denseShape], true);
    using sess = new tf.Session();
    const [{ values }] = sess.run(again as tf.SparseTensor[]);
    expect([...values.data]).toEqual([9]);
  });
  test('are walked together', () => {
    expect(nest.mapStructure((x: number) => x + 1, { b: [1, 2], a: [3] })).toEqual({ b: [2, 3], a: [4] });
    const sum = (a: number, b: number, c: number): number => a + b + c;
    expect(nest.mapStructure(sum, [1, { x: 2 }], [10, { x: 20 }], [100, { x: 200 }])).toEqual([111, { x: 222 }]);
    // An object like the first structure is one, whatever its keys are.
    expect(nest.mapStructure(Math.max, { checkTypes: 1 }, { checkTypes: 2 })).toEqual({ checkTypes: 2 });
  });
  const differ = "The two structures don't have the same nested structure.";
  test.each<[string, () => unknown, string]>([
    [
      'another depth',
      () => nest.assertSameStructure([1, [2]], [1, 2]),
      `${differ}\n\nFirst structure: type=list str=[1, [2]]`,
    ],
    ['another length', () => nest.assertSameStructure([1, 2], [1, 2, 3]), "don't have the same number of elements"],
    ['other keys', () => nest.assertSameStructure({ a: 1 }, { b: 1 }), "First structure has keys type=list str=['a']"],
    ['a leaf beside a list', () => nest.assertSameStructure(1, [1]), 'Substructure "type=list str=[1]" is a sequence'],
    ['a list beside an object', () => nest.mapStructure(Math.max, [1], { a: 1 }), 'have the same sequence type'],
    [
      'too few leaves',
      () => nest.packSequenceAs([1, [2]], [1]),
      'Could not pack sequence. Structure had 2 elements, but flat_sequence had 1 elements.  Structure: [1, [2]], ' +
        'flat_sequence: [1].',
    ],
    [
      'leaves for a leaf',
      () => nest.packSequenceAs(1, [1, 2]),
      'Structure is a scalar but len(flat_sequence) == 2 > 1',
    ],
    ['leaves that are no list', () => call(nest.packSequenceAs, [1, 2], 5), 'flat_sequence must be a sequence'],
    ['no function', () => call(nest.mapStructure, 5, [1]), 'func must be callable, got: 5'],
    ['no structure', () => nest.mapStructure(Math.max), 'Must provide at least one structure'],
  ])('%s is refused', (_, body, text) => expect(body).toThrow(text));
});

test('text and bytes', () => {
  const bytes = Uint8Array.of(0xc3, 0xa9);
  expect([compat.asBytes('é'), compat.asBytes(bytes)]).toEqual([bytes, bytes]);
  expect([compat.asText('é'), compat.asStr(bytes), compat.asStrAny(bytes)]).toEqual(['é', 'é', 'é']);
  // What is no UTF-8 comes back as it was.
  expect(compat.asBytes(compat.asText(Uint8Array.of(0xff)))).toEqual(Uint8Array.of(0xff));
  expect([1, null, [1]].map((each) => compat.asStrAny(each))).toEqual(['1', 'None', '[1]']);
  expect(() => call(compat.asBytes, 1)).toThrow('Expected binary or unicode string, got 1');
  expect(() => call(compat.asText, [1])).toThrow('Expected binary or unicode string, got [1]');
  expect(() => compat.asText('a', 'latin-1')).toThrow('unknown encoding: latin-1');
  expect(compat.dimensionValue(new tf.Dimension(3))).toBe(3);
});
test('a folder that is not there is told of, or passed over', () => {
  const seen: unknown[] = [];
  expect(tf.io.gfile.walk('/none/at/all', true, (error) => seen.push(error))).toEqual([]);
  expect(seen[0]).toBeInstanceOf(tf.errors.NotFoundError);
  expect(tf.io.gfile.walk('/none/at/all')).toEqual([]);
});
