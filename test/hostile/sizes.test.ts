/**
 * Every op and public name with sizes that no program means, while the graph is built and by feeds: values or errors of
 * ours, within seconds and a GB, in processes of their own. TFJS_TEST_HOSTILE makes more of them: 1000 all.
 */
import { trySizes } from '../fuzz/apart';
import { devices } from '../sweep';

const times = Number(process.env['TFJS_TEST_HOSTILE'] ?? 0);
const seed = Number(process.env['TFJS_TEST_SEEDS']?.split('-')[0] ?? 1);
const every = (n: number): { readonly step: number; readonly first: number } => {
  const step = Math.max(1, Math.ceil(n / (times || 1)));
  return { step, first: seed % step };
};
const LIMIT = 300_000 * (times || 1);

describe.each(devices().map(({ device }) => device))('on the %s device', (device) => {
  test('of ops', async () => expect(await trySizes('ops', every(41), device)).toEqual([]), LIMIT);
  test('of public names', async () => expect(await trySizes('names', every(997), device)).toEqual([]), LIMIT);
});
