/** Fixtures are as the recorder writes them today: named rows, inputs drawn again, large results as samples. */
import { readdirSync } from 'node:fs';
import { sizeOf } from '../../src/base/shape';
import { FIXTURES, type JsonArray, fixture } from '../recorded';

const rows = readdirSync(FIXTURES).flatMap((file) => {
  const stem = file.replace(/\.json$/, '');
  return fixture(stem).rows.map((row) => ({ stem, row }));
});

test('rows have names, each its own', () => {
  const seen = new Set<string>();
  const wrong = rows.flatMap(({ stem, row }) => {
    const name = `${stem}: ${row.name}`;
    if (row.name && !seen.has(name)) return seen.add(name) && [];
    return [name];
  });
  expect(wrong).toEqual([]);
});
test('large arrays are drawn or sampled, not written out', () => {
  const written = (a: JsonArray | null): boolean => a?.data !== undefined && sizeOf(a.shape) > 1000;
  const large = rows.filter(({ row }) =>
    [...row.inputs.flat(), ...(row.outputs ?? []), ...(row.grads ?? [])].some(written),
  );
  expect(large.map(({ stem, row }) => `${stem}: ${row.name}`)).toEqual([]);
});
