/** Lists that share what they have in common: what they hold, what they release, and how much they copy. */
import { int32 } from '../../src/base/dtype';
import { Items } from '../../src/kernels/host/items';
import { Value } from '../../src/kernels/kernel';
import { stream } from '../recorded';

const valueOf = (n: number): Value => new Value(int32, [], Int32Array.of(n));
const shown = (items: Items): (number | null)[] => items.all().map((item) => item && Number(item.data![0]));

test('a list is what was put into it, and lists that it was made of stay what they were', () => {
  const numbers = stream('items', 4000);
  const made: { readonly items: Items; readonly plain: readonly (number | null)[] }[] = [
    { items: Items.of([]), plain: [] },
    { items: Items.of(Array.from({ length: 1030 }, (_, i) => valueOf(i))), plain: [...Array(1030).keys()] },
  ];
  const values: Value[] = [];
  for (let k = 0; k < 1500; k++) {
    const { items, plain } = made[numbers[2 * k] % made.length];
    const draw = numbers[2 * k + 1];
    if (draw % 4 === 0) made.push({ items: items.butLast(), plain: plain.slice(0, -1) });
    else {
      const value = valueOf(k);
      values.push(value);
      const at = draw % 4 === 1 && plain.length ? draw % plain.length : plain.length;
      const copy = [...plain];
      copy[at] = k;
      made.push({ items: items.with(at, value), plain: copy });
    }
  }
  for (const { items, plain } of made) {
    expect(items.length).toBe(plain.length);
    expect(shown(items)).toEqual(plain);
  }
  for (const { items } of made) items.release();
  expect(values.filter(({ refs }) => refs !== 0)).toEqual([]);
});
test('an element that was not set is none, and shorter lists let go of what they lost', () => {
  const value = valueOf(1);
  const one = Items.of([null, null, value]);
  const two = one.butLast();
  one.release();
  expect(value.refs).toBe(0);
  expect(shown(two)).toEqual([null, null]);
  two.release();
});
test('ten thousand pushes copy a few references each', () => {
  const retained = jest.spyOn(Value.prototype, 'retain');
  let items = Items.of([]);
  for (let i = 0; i < 10_000; i++) {
    const next = items.with(i, valueOf(i));
    items.release();
    items = next;
  }
  // Half a branch of 32 each; a copy of the list would be 5,000.
  expect(retained.mock.calls.length).toBeLessThan(16 * 10_000);
  expect(items.at(9_999)!.data![0]).toBe(9_999);
  retained.mockRestore();
  items.release();
});
