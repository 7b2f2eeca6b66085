/**
 * What each device computes with a kernel of its own, by op and dtype, and how many recorded rows that is: a kernel
 * that is lost, or no longer asked, shows here. `npx jest test/ops/served -u` writes down what changed on purpose.
 */
import { readdirSync } from 'node:fs';
import { FIXTURES, fixture } from '../recorded';
import { devices, isServed } from '../sweep';

const rows = readdirSync(FIXTURES).flatMap((file) => fixture(file.replace('.json', '')).rows);

const there = devices().map((d) => d.device);
for (const device of ['portable', 'native']) {
  // Skipped by its name where the device is not there: what is on file of it would be left over, and jest would fail.
  const testThere = there.includes(device) ? test : test.skip;
  testThere(`rows with a kernel on the ${device} device`, () => checkServed(device));
}
function checkServed(device: string): void {
  const types = new Map<string, Set<string>>();
  const served = rows.filter((row) => isServed(row, device));
  for (const { op, inputs } of served)
    types.set(op, (types.get(op) ?? new Set()).add(inputs.flat()[0]?.dtype ?? 'none'));
  expect([
    `served: ${served.length}`,
    ...[...types].map(([op, dtypes]) => `${op}: ${[...dtypes].sort().join(' ')}`).sort(),
  ]).toMatchSnapshot();
}
