import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { installNative, installNativeCommand, type InstallNativeOptions } from '../../cli/install-native';
import { tensorflowIn } from '../../cli/install-native/tensorflow';

const ENV = ['TFJS_SESSION_CACHE', 'LIBTENSORFLOW_DIR', 'TFJS_SESSION_ADDON', 'CXX', 'npm_config_nodedir'] as const;
const saved = ENV.map((name) => process.env[name]);
let dir: string;

function file(path: string, text = ''): string {
  const full = join(dir, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

function program(path: string, script: string): string {
  const full = file(path, `#!/bin/sh\n${script}\n`);
  chmodSync(full, 0o755);
  return full;
}

const [LIBRARY, FRAMEWORK] =
  process.platform === 'darwin'
    ? ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib']
    : ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** A folder that looks like TensorFlow's, and the package's source: enough to get as far as the compiler. */
function fakeInputs(): InstallNativeOptions {
  for (const name of [LIBRARY, FRAMEWORK, 'include/tensorflow/c/c_api.h', 'include/tensorflow/c/eager/c_api.h'])
    file(`tf/${name}`);
  for (const name of ['tfjs_backend.cc', 'tfjs_binding.cc']) file(`source/binding/${name}`);
  file('nodedir/include/node/node_api.h');
  process.env.npm_config_nodedir = join(dir, 'nodedir');
  return { from: join(dir, 'tf'), source: join(dir, 'source') };
}

let said: string;

async function install(options: InstallNativeOptions): Promise<void> {
  const output = new PassThrough();
  said = '';
  output.on('data', (text) => (said += text));
  await installNative({ output, ...options });
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'install-test-'));
  for (const name of ENV) delete process.env[name];
  process.env.TFJS_SESSION_CACHE = join(dir, 'cache');
});

afterEach(() => {
  rmSync(dir, { recursive: true });
  ENV.forEach((name, i) => (saved[i] === undefined ? delete process.env[name] : (process.env[name] = saved[i])));
});

/** Nothing is in the cache: not even the cache, if this run made it. */
const expectNothingLeft = () => expect(existsSync(join(dir, 'cache'))).toBe(false);

// The package's own installer is all there is on Windows, and needs the network.
const posix = process.platform === 'win32' ? describe.skip : describe;

posix('install-native', () => {
  test('a LIBTENSORFLOW_DIR without a library is told by the name of the missing file', async () => {
    process.env.LIBTENSORFLOW_DIR = join(dir, 'empty');
    await expect(install({ force: true })).rejects.toThrow(
      `${join(dir, 'empty')} has no TensorFlow to build against: there is no ${LIBRARY}`,
    );
    expectNothingLeft();
  });

  test('a TensorFlow without headers is told by the name of the missing header', async () => {
    const { from } = fakeInputs();
    rmSync(join(from!, 'include/tensorflow/c/eager'), { recursive: true });
    await expect(install({ from })).rejects.toThrow(
      `there is no ${join(from!, 'include', 'tensorflow/c/eager/c_api.h')}`,
    );
    expectNothingLeft();
  });

  test("the C library's archive, with its lib folder, serves as well as a Python package", () => {
    const name = LIBRARY.replace('_cc', '');
    for (const path of [
      `lib/${name}`,
      `lib/${FRAMEWORK}`,
      'include/tensorflow/c/c_api.h',
      'include/tensorflow/c/eager/c_api.h',
    ])
      file(`c/${path}`);
    expect(tensorflowIn(join(dir, 'c'))).toEqual({
      library: join(dir, 'c', 'lib', name),
      framework: join(dir, 'c', 'lib', FRAMEWORK),
      include: join(dir, 'c', 'include'),
    });
  });

  test('without a compiler it says how to get one', async () => {
    const inputs = fakeInputs();
    process.env.CXX = join(dir, 'no-such-compiler');
    await expect(install(inputs)).rejects.toThrow(
      /CXX names .*no-such-compiler, which does not run.*(apt-get install g\+\+|xcode-select)/,
    );
    expectNothingLeft();
  });

  test('a wrong --source is told', async () => {
    const inputs = fakeInputs();
    process.env.CXX = program('cxx', 'exit 0');
    await expect(install({ ...inputs, source: dir })).rejects.toThrow('is not an unpacked @tensorflow/tfjs-node');
    expectNothingLeft();
  });

  test("what the compiler complains of reaches the user, without the compiler's chatter", async () => {
    const inputs = fakeInputs();
    process.env.CXX = program(
      'cxx',
      '[ "$1" = --version ] || { echo "In file included from a.h"; echo "a.cc:3:1: error: no luck"; exit 1; } >&2',
    );
    await expect(install(inputs)).rejects.toThrow(/^a\.cc:3:1: error: no luck$/);
    expect(said).toContain(`building against the TensorFlow in ${inputs.from}`);
    expectNothingLeft();
  });

  test('an addon that does not load is not installed, and one that was there before stays', async () => {
    const inputs = fakeInputs();
    const before = file('cache/addon/before/lib/napi-v8/tfjs_binding.node');
    // Compiles anything to an empty file: the last argument follows -o.
    process.env.CXX = program('cxx', '[ "$1" = --version ] && exit; for last; do :; done; : > "$last"');
    await expect(install(inputs)).rejects.toThrow(`is not an addon for ${process.platform}`);
    expect(existsSync(before)).toBe(true);
    expect(readdirSync(join(dir, 'cache'))).toEqual(['addon']);
    expect(readdirSync(join(dir, 'cache', 'addon'))).toEqual(['before']);
  });

  test('stopping it ends the programs that it started and cleans up', async () => {
    const inputs = fakeInputs();
    process.env.CXX = program('cxx', `[ "$1" = --version ] && exit; echo $$ > ${join(dir, 'pid')}; sleep 60`);
    const abort = new AbortController();
    const done = install({ ...inputs, signal: abort.signal });
    const started = setInterval(() => existsSync(join(dir, 'pid')) && abort.abort(new Error('enough')), 20);
    try {
      await expect(done).rejects.toThrow('enough');
    } finally {
      clearInterval(started);
    }
    expect(said).toContain('Stopped; nothing half-done was left behind.');
    expectNothingLeft();
  });

  test('a kill while it fetches leaves the addon that was there; the next run clears away the rest', async () => {
    const { source } = fakeInputs();
    file('source/package.json', '{ "dependencies": {} }');
    const before = file('cache/addon/before/lib/napi-v8/tfjs_binding.node', 'the addon');
    // An npm that has brought half an addon, and waits for the rest.
    const half = 'lib/napi-v8/tfjs_binding.node';
    const npm = file(
      'npm/npm-cli.js',
      `const { mkdirSync, writeFileSync } = require('node:fs');
      mkdirSync('lib/napi-v8', { recursive: true });
      writeFileSync('${half}', 'ha');
      writeFileSync(${JSON.stringify(join(dir, 'fetching'))}, String(process.pid));
      setInterval(() => {}, 1000);`,
    );
    const script = `require(${JSON.stringify(join(__dirname, '../../cli/install-native.ts'))})
      .installNative({ force: true, source: ${JSON.stringify(source)} });`;
    const loader = join(__dirname, '../transpiled.cjs');
    const child = spawn(process.execPath, ['-r', loader, '-e', script], {
      stdio: 'ignore',
      env: { ...process.env, npm_execpath: npm },
    });
    const fetching = (): number => Number(existsSync(join(dir, 'fetching')) && readFileSync(join(dir, 'fetching')));
    try {
      while (!fetching() && child.exitCode === null) await new Promise((done) => setTimeout(done, 20));
      expect(fetching()).toBeGreaterThan(0);
      child.kill('SIGKILL');
      await once(child, 'exit');
    } finally {
      child.kill('SIGKILL');
      if (fetching()) process.kill(fetching(), 'SIGKILL');
    }
    const [stage] = readdirSync(join(dir, 'cache')).filter((name) => name.startsWith('.staging-'));
    expect(existsSync(join(dir, 'cache', stage, 'package', half))).toBe(true);
    expect(readFileSync(before, 'utf8')).toBe('the addon');
    expect(readdirSync(join(dir, 'cache', 'addon'))).toEqual(['before']);
    await expect(install({ from: dir })).rejects.toThrow('has no TensorFlow');
    expect(readdirSync(join(dir, 'cache'))).toEqual(['addon']);
  });

  test('what a killed run left behind is deleted by the next', async () => {
    // Above the highest process id of any system.
    mkdirSync(join(dir, 'cache', '.staging-99999999-abc'), { recursive: true });
    mkdirSync(join(dir, 'cache', `.staging-${process.pid}-abc`));
    await expect(install({ from: dir })).rejects.toThrow('has no TensorFlow');
    expect(readdirSync(join(dir, 'cache'))).toEqual([`.staging-${process.pid}-abc`]);
  });
});

test('the command has the options that its page describes', () => {
  const command = installNativeCommand();
  expect(command.name()).toBe('install-native');
  expect(command.options.map(({ long }) => long)).toEqual(['--force', '--from', '--build', '--source']);
});
