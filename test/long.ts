/**
 * How far tests go: `npm test` takes what shows each plan once, `npm run test:all` and CI (TFJS_TEST_ALL=1) go on from
 * there. A session rewrites its plan for the third run, and where a device compiles, it takes a part as one from the
 * twentieth on.
 */
export const isLong = process.env['TFJS_TEST_ALL'] === '1';
/** A run in which each device has its last plan: the portable one, which compiles nothing, in the fourth. */
export const lastRun = (device: string): number => (device !== 'native' ? 4 : isLong ? 40 : 24);
