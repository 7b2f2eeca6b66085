/**
 * How far tests go: `npm test` takes what shows each plan once, `npm run test:all` and CI (TFJS_TEST_ALL=1) go on from
 * there.
 */
import { SOON } from '../src/plan/tuner';

export const isLong = process.env['TFJS_TEST_ALL'] === '1';

/**
 * A session rewrites its plan for the third run with feeds of the same shapes, and where a device compiles, it takes a
 * part as one from the twentieth run of the rewritten plan on: here from the third, so that what is to be seen in
 * thousands of graphs takes six runs of each.
 */
SOON.runs = 3;
/** A run in which each device has its last plan: the portable one, which compiles nothing, in the fourth. */
export const lastRun = (device: string): number => (device === 'native' ? 6 : 4);
