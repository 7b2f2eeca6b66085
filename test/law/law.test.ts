/**
 * The law sweep: every op that a device computes, on that device, against the host; alone, beside others, in the
 * first run, in the rewritten plan of the fourth, and on the native device as a part of a whole graph in the last.
 * `npm test` takes few elements step by step and some more in one; `npm run test:all` both in both ways; LAW=all larger
 * operands as well, and more dtypes with the middle ones; LAW_OPS=Add,Sub these ops alone.
 */
import { HOST_TABLES } from '../../src/kernels/host';
import { rowIn } from '../../src/kernels/registry';
import { RECIPE_TABLES } from '../../src/kernels/portable';
import type { OpType } from '../../src/graph/generated/op-defs';
import { isLong } from '../all';
import { devices } from '../sweep';
import { FORMS } from './forms';
import { casesOf } from './cases';
import { breaches, waysOf } from './law';

const only = process.env['LAW_OPS']?.split(',');
const RECIPES = new Set(RECIPE_TABLES.flatMap(({ table }) => Object.keys(table())));
const all = process.env['LAW'] === 'all';
/** It hands on what it is given, or fails: test/ops/numerics.test.ts. */
const ELSEWHERE = ['CheckNumerics'];
test('every op that the host may leave to a device has forms', () => {
  const left = HOST_TABLES.flatMap(({ table }) =>
    Object.keys(table()).filter((type) => !rowIn(table(), type as OpType).only && !FORMS[type]),
  );
  expect(left).toEqual(ELSEWHERE);
});
for (const { device } of devices()) {
  const types = Object.keys(FORMS).filter(
    (t) => (only?.includes(t) ?? true) && (device === 'native' || RECIPES.has(t)),
  );
  test.each(types)(
    `%s on the ${device} device is what it is on the host`,
    (type) => {
      const ways = waysOf(device);
      const [byStep, inOne] = isLong || all ? [ways, ways] : [ways.slice(0, 1), ways.slice(1)];
      const found = [
        ...breaches(casesOf(type, 5, true), byStep),
        ...breaches(casesOf(type, 1300, all), inOne),
        ...(all ? breaches(casesOf(type, 70_001, false), ways) : []),
      ];
      expect(found.map(({ case_, run, way, what }) => `${way}, ${case_.title} run ${run}: ${what}`)).toEqual([]);
    },
    all ? 600_000 : undefined,
  );
}
