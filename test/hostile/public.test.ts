/**
 * Every public function, class and method with anything, in a process of its own: with one argument that is anything,
 * and with several. TFJS_TEST_HOSTILE=100 makes a hundred times as many of the latter, and all of the former.
 */
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const times = Number(process.env['TFJS_TEST_HOSTILE'] ?? 0);

/** What did wrong, or killed the process, or did not end; and how many calls were made. */
function sweep(args: readonly unknown[]): readonly [faults: string[], made: number] {
  const { stdout, status, signal } = spawnSync(
    process.execPath,
    ['-r', 'ts-node/register/transpile-only', path.join(__dirname, '../fuzz/public-child.ts'), ...args.map(String)],
    {
      encoding: 'utf8',
      env: { ...process.env, TFJS_SESSION_QUIET: '1' },
      maxBuffer: 1 << 28,
      timeout: 240_000 * (times || 1),
      killSignal: 'SIGKILL',
    },
  );
  const lines = stdout.split('\n');
  const faults = lines.filter((line) => line.startsWith('fault '));
  if (status !== 0) faults.push(`${lines.filter((line) => line.startsWith('at ')).pop()}: ends by ${signal ?? status}`);
  return [faults, Number(/^done (\d+)$/m.exec(stdout)?.[1])];
}
const LIMIT = 300_000 * (times || 1);

test(
  'anything as one argument is answered with values or errors of ours',
  () => {
    const [faults, made] = sweep(['places', times ? 1 : 211, 5]);
    expect(faults).toEqual([]);
    expect(made).toBeGreaterThan(800);
  },
  LIMIT,
);
test(
  'several are',
  () => {
    const count = 1_000 * (times || 1);
    expect(sweep(['random', count, 1, 'portable'])).toEqual([[], count]);
  },
  LIMIT,
);
