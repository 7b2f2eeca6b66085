/** How the nodes of a graph are written for a session of TensorFlow's. */
import { float32, int32 } from '../../src/base/dtype';
import { TensorShape } from '../../src/base/shape';
import { written } from '../../src/kernels/native/whole-graph';

type Dims = readonly (number | null)[] | null;
const sum = (a: Dims, b: Dims, T = float32): string => {
  const shapes = [a, b].map((dims) => (dims ? new TensorShape([...dims]) : TensorShape.unknown()));
  const attr = { T: { kind: 'type', value: T } } as const;
  const [{ op, input }] = written([{ name: 'sum', op: 'AddV2', input: ['a', 'b', '^before'], attr, shapes }]);
  return `${op}(${input.join()})`;
};

test('a row that is added to all rows is a bias, on either side', () => {
  expect(sum([null, 3], [3])).toBe('BiasAdd(a,b,^before)');
  expect(sum([3], [2, null, 4, 3])).toBe('BiasAdd(b,a,^before)');
});
test('no other sum is', () => {
  const others: [Dims, Dims][] = [
    [[3], [3]],
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [1]],
    [[2, 1], [3]],
    [[2, null], [3]],
    [[2, 3], [null]],
    [null, [3]],
    [[2, 3], null],
    [[2, 3], []],
    [
      [2, 3],
      [1, 3],
    ],
  ];
  expect(others.map(([a, b]) => sum(a, b))).toEqual(others.map(() => 'AddV2(a,b,^before)'));
  expect(sum([2, 3], [3], int32)).toBe('AddV2(a,b,^before)');
});
