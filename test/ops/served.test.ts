/**
 * What each device computes with a kernel of its own, by op and dtype, and how many recorded rows that is: a kernel
 * that is lost, or no longer asked, shows here. `npx jest test/ops/served -u` writes down what changed on purpose.
 */
import { readdirSync } from 'node:fs';
import { FIXTURES, fixture } from '../recorded';
import { devices, isServed } from '../sweep';

const rows = readdirSync(FIXTURES).flatMap((file) => fixture(file.replace('.json', '')).rows);

test.each(devices().map((d) => d.device))('rows with a kernel on the %s device', (device) => {
  const types = new Map<string, Set<string>>();
  const served = rows.filter((row) => isServed(row, device));
  for (const { op, inputs } of served)
    types.set(op, (types.get(op) ?? new Set()).add(inputs.flat()[0]?.dtype ?? 'none'));
  expect([
    `served: ${served.length}, left to the host: ${rows.length - served.length}`,
    ...[...types].map(([op, dtypes]) => `${op}: ${[...dtypes].sort().join(' ')}`).sort(),
  ]).toMatchSnapshot();
});
