/**
 * Whether tests go as far as they can: `npm test` takes what shows each plan once, `npm run test:all` and CI
 * (TFJS_TEST_ALL=1) go on from there.
 */
export const isLong = process.env['TFJS_TEST_ALL'] === '1';
