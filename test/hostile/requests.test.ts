/**
 * A server that is asked for what no client asks (messages and frames with something changed, connections that stop
 * half-way, floods of sessions, giant tensors) answers with a status, and its other sessions and its memory stay as
 * they were; in processes of their own. TFJS_TEST_HOSTILE: so many times 400.
 */
import { devices } from '../sweep';
import { tryRequests } from '../fuzz/apart';

const times = Math.max(1, Number(process.env['TFJS_TEST_HOSTILE'] ?? 1));
const seed = Number(process.env['TFJS_TEST_SEEDS']?.split('-')[0] ?? 1);

test.each(devices().map(({ device }) => device))(
  'requests that nobody means, on the %s device',
  async (device) => expect(await tryRequests(seed, 400 * times, device)).toEqual([]),
  120_000 * times,
);
