/** The benchmark's command, as users run it. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { compile } from '../../bench/compile';

const ROOT = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'bench-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(compile);

describe('the command', () => {
  const arguments_ = (args: string[]): string[] => [
    '--require',
    require.resolve('../transpiled.cjs'),
    'bench/main.ts',
    ...args,
  ];
  const bench = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, arguments_(args), { cwd: ROOT, encoding: 'utf8' });
  test('says what is wrong with a flag', () => {
    expect(bench('--rounds', '0').stderr).toBe(
      "error: option '--rounds <n>' argument '0' is invalid. It is a whole number, 1 or more.\n",
    );
    expect(bench('--only', 'no such').stderr).toBe(
      'error: no workload matches --only no such. There are roofline, dense, softmax, conv, lstm, chain, rnn, while, ' +
        'served-step, served-tensor, client-step, build, binding, first-run, import, checkpoint, summaries, ' +
        'start-up.\n',
    );
    expect(bench('--json', '--markdown').stderr).toMatch(/cannot be used with/);
    expect(bench('--from', 'package.json').stderr).toMatch(/^error: package.json does not hold what --json prints/);
    expect(bench('dense').stderr).toMatch(/too many arguments/);
  });
  test('--json prints JSON and nothing else, and --from makes tables of it', () => {
    const { status, stdout, stderr } = bench(
      '--quick',
      '--rounds',
      '1',
      '--only',
      'chain',
      '--runner',
      'portable',
      '--json',
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      machine: { cores: expect.any(Number) },
      results: [
        { workload: 'chain', runners: [{ id: 'portable', microsecondsPerStep: { rounds: [expect.any(Number)] } }] },
      ],
    });
    const file = path.join(folder, 'run.json');
    writeFileSync(file, stdout);
    expect(bench('--from', file, '--markdown').stdout).toMatch(/^\| Chain of scalar ops: 1,000 ops \| \d/m);
  });
  (process.platform === 'win32' ? test.skip : test)('ends its runners with itself', async () => {
    const python = path.join(folder, 'python');
    writeFileSync(python, `#!/bin/sh\necho $$ > ${folder}/pid\nexec sleep 100\n`, { mode: 0o755 });
    const main = spawn(
      process.execPath,
      arguments_(['--only', 'chain', '--runner', 'tensorflow', '--python', python]),
      { cwd: ROOT, stdio: 'ignore' },
    );
    const over = new Promise<number | null>((resolve) => {
      main.on('exit', resolve);
    });
    const pid = await until(() => Number(spawnSync('cat', [`${folder}/pid`], { encoding: 'utf8' }).stdout) || null);
    main.kill('SIGINT');
    expect(await over).toBe(130);
    await until(() => (alive(pid) ? null : true));
  });
});
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
async function until<T>(found: () => T | null): Promise<T> {
  for (;;) {
    const value = found();
    if (value !== null) return value;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
