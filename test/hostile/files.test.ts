/**
 * Files with something changed give what is there, or an error of ours that names the file, in memory that fits the
 * file, and touch nothing outside of the folder; in a process of their own. TFJS_TEST_HOSTILE: so many times 400.
 */
import { tryFiles } from '../fuzz/apart';

const times = Math.max(1, Number(process.env['TFJS_TEST_HOSTILE'] ?? 1));
const seed = Number(process.env['TFJS_TEST_SEEDS']?.split('-')[0] ?? 1);

test(
  'changed files are read as they were, or refused by name',
  async () => expect(await tryFiles(seed, 400 * times)).toEqual([]),
  120_000 * times,
);
