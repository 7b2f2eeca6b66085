import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AddonError, openAddon } from '../../src/kernels/native/addon';
import {
  addonUnder,
  cacheDir,
  cachedAddonName,
  installedPackages,
  locateAddon,
} from '../../src/kernels/native/addon-places';
import { explainLoadError } from '../../src/kernels/native/load-errors';

const ENV = ['TFJS_SESSION_ADDON', 'TFJS_SESSION_CACHE'] as const;
const saved = ENV.map((name) => process.env[name]);
const cwd = process.cwd();
let dir: string;

/** A file that stands for an addon. */
function fakeAddon(...path: string[]): string {
  const file = join(dir, ...path, 'tfjs_binding.node');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'not a library');
  return file;
}

function located(): string {
  const place = locateAddon();
  if ('tried' in place) throw new AddonError(place.tried);
  return place.path;
}

describe('locating', () => {
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'addon-test-'));
    delete process.env.TFJS_SESSION_ADDON;
    process.env.TFJS_SESSION_CACHE = join(dir, 'cache');
    const root = join(dir, 'project', 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'package.json'), '{}');
    process.chdir(join(dir, 'project'));
  });

  afterEach(() => {
    process.chdir(cwd);
    rmSync(dir, { recursive: true });
    ENV.forEach((name, i) => (saved[i] === undefined ? delete process.env[name] : (process.env[name] = saved[i])));
  });

  const PACKAGE = ['project', 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8'];
  const cached = (tensorflow: string) => ['cache', 'addon', cachedAddonName(tensorflow), 'lib', 'napi-v8'];

  test('TFJS_SESSION_ADDON comes first, then the cache, then the npm package', () => {
    const inPackage = fakeAddon(...PACKAGE);
    expect(locateAddon()).toEqual({ path: expect.stringContaining('tfjs_binding.node'), source: 'tfjs-node' });
    const inCache = fakeAddon(...cached('2.20.0'));
    expect(locateAddon()).toEqual({ path: inCache, source: 'cache' });
    process.env.TFJS_SESSION_ADDON = inPackage;
    expect(locateAddon()).toEqual({ path: inPackage, source: 'TFJS_SESSION_ADDON' });
  });

  test('of two addons in the cache, the last installed counts', () => {
    const older = fakeAddon(...cached('2.21.0'));
    const newer = fakeAddon(...cached('2.9.1'));
    utimesSync(older, 1000, 1000);
    expect(located()).toBe(newer);
  });

  test('an addon for another machine is no candidate', () => {
    fakeAddon('cache', 'addon', 'tfjs-node-4.22.0-napi8-plan9-mips-tf2.21.0', 'lib', 'napi-v8');
    expect(locateAddon()).toHaveProperty('tried');
  });

  test('the highest Node-API level of a package is taken', () => {
    fakeAddon('pkg', 'lib', 'napi-v8');
    const highest = fakeAddon('pkg', 'lib', 'napi-v10');
    mkdirSync(join(dir, 'pkg', 'lib', 'napi-v11'));
    expect(addonUnder(join(dir, 'pkg'))).toBe(highest);
  });

  test('the package is found from a folder deep inside a project', () => {
    const deep = join(dir, 'project', 'src', 'models');
    expect(installedPackages([deep, join(dir, 'project')])).toEqual([
      join(dir, 'project', 'node_modules', '@tensorflow', 'tfjs-node'),
    ]);
  });

  test('a file that TFJS_SESSION_ADDON names wrongly is an error, not a reason to take another', () => {
    fakeAddon(...cached('2.21.0'));
    process.env.TFJS_SESSION_ADDON = join(dir, 'nowhere.node');
    expect(locateAddon()).toEqual({
      tried: [
        expect.objectContaining({
          path: join(dir, 'nowhere.node'),
          why: expect.stringContaining('TFJS_SESSION_ADDON'),
        }),
      ],
    });
  });

  test('without an addon every place is told, with why and what to do', () => {
    const place = locateAddon();
    if (!('tried' in place)) throw new Error(`found ${place.path}`);
    const message = new AddonError(place.tried).message;
    expect(message).toContain(join(dir, 'cache', 'addon'));
    expect(message).toContain('is installed without its native part');
    expect(message).toContain('npx tfjs-session install-native');
  });
});

describe('the cache', () => {
  const home = homedir();
  test.each([
    ['linux', {}, join(home, '.cache', 'tfjs-session')],
    ['linux', { XDG_CACHE_HOME: '/xdg' }, join('/xdg', 'tfjs-session')],
    ['linux', { XDG_CACHE_HOME: 'relative' }, join(home, '.cache', 'tfjs-session')],
    ['darwin', { XDG_CACHE_HOME: '/xdg' }, join(home, 'Library', 'Caches', 'tfjs-session')],
    ['win32', { LOCALAPPDATA: '/local' }, join('/local', 'tfjs-session')],
    ['linux', { TFJS_SESSION_CACHE: '/mine', XDG_CACHE_HOME: '/xdg' }, '/mine'],
  ])('on %s with %j is %s', (platform, env, path) => {
    expect(cacheDir(env, platform)).toBe(path);
  });
});

describe('an addon that does not load', () => {
  test.each([
    [
      'libtensorflow_cc.so.2: cannot open shared object file: No such file or directory',
      'needs libtensorflow_cc.so.2, which is gone',
    ],
    ["/lib/libc.so.6: version `GLIBC_2.34' not found (required by x)", 'needs GLIBC_2.34'],
    ['/a/tfjs_binding.node: invalid ELF header', `not an addon for ${process.platform}`],
    ['Error loading shared library ld-linux-x86-64.so.2: No such file or directory', 'needs glibc'],
    ['/a/libtfjs_binding.so: undefined symbol: TFE_NewContext', 'needs TFE_NewContext'],
    ['Cannot load native addon because loading addons is disabled.', 'native addons disabled'],
    ['something new', 'something new'],
  ])('%s', (message, why) => {
    expect(explainLoadError(message).why).toContain(why);
    expect(explainLoadError(message).cure).not.toBe('');
  });

  test('is passed over for the next one, and told when there is none', () => {
    dir = mkdtempSync(join(tmpdir(), 'addon-test-'));
    try {
      process.env.TFJS_SESSION_ADDON = fakeAddon('broken');
      jest.isolateModules(() => {
        const fresh = require('../../src/kernels/native/addon') as typeof import('../../src/kernels/native/addon');
        expect(() => fresh.loadAddon()).toThrow(`not an addon for ${process.platform} ${process.arch}`);
        // The answer is kept, whatever happens to the environment.
        delete process.env.TFJS_SESSION_ADDON;
        expect(fresh.openAddon()).toHaveProperty('tried');
      });
    } finally {
      rmSync(dir, { recursive: true });
      if (saved[0] !== undefined) process.env.TFJS_SESSION_ADDON = saved[0];
    }
  });
});

describe('the addon', () => {
  const opened = openAddon();
  if (!('addon' in opened)) {
    test.skip(`is not on this machine: ${opened.tried.map(({ why }) => why).join('; ')}`, () => {});
    return;
  }
  const { addon } = opened;
  const tensor = (shape: number[], data: Float32Array) => addon.createTensor(shape, addon.TF_FLOAT, data);
  const flag = (name: string) => ({ name, type: addon.TF_ATTR_BOOL, value: false });

  test('executes an op by its type', () => {
    const x = tensor([2, 2], new Float32Array([1, 2, 3, 4]));
    const attrs = [
      flag('transpose_a'),
      flag('transpose_b'),
      { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT },
    ];
    const [product] = addon.executeOp('MatMul', attrs, [x, x], 1);
    expect(product).toEqual({ id: product.id, dtype: addon.TF_FLOAT, shape: [2, 2] });
    const data = addon.tensorDataSync(product.id);
    expect(data).toBeInstanceOf(Float32Array);
    expect(data).toEqual(new Float32Array([7, 10, 15, 22]));
    for (const id of [x, product.id]) addon.deleteTensor(id);
  });

  test('gives int64 as bigints and strings as bytes, in arrays of the realm that asks', () => {
    const int64 = addon.createTensor([1], addon.TF_INT64, new Int32Array([-2, -1]));
    expect(addon.tensorDataSync(int64)).toEqual(new BigInt64Array([-2n]));
    const string = addon.createTensor([2], addon.TF_STRING, [new Uint8Array([104, 105]), new Uint8Array()]);
    expect(addon.tensorDataSync(string)).toEqual([new Uint8Array([104, 105]), new Uint8Array()]);
    for (const id of [int64, string]) addon.deleteTensor(id);
  });

  test('throws what TensorFlow says', () => {
    const x = tensor([1, 3], new Float32Array(3));
    const attrs = [
      flag('transpose_a'),
      flag('transpose_b'),
      { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT },
    ];
    expect(() => addon.executeOp('MatMul', attrs, [x, x], 1)).toThrow(
      /Invalid TF_Status: 3\nMessage: .*Matrix size-incompatible/s,
    );
    addon.deleteTensor(x);
  });

  test('loads once for all copies of this module', () => {
    jest.isolateModules(() => {
      const again = require('../../src/kernels/native/addon') as typeof import('../../src/kernels/native/addon');
      const x = tensor([1], new Float32Array([3]));
      expect(again.loadAddon().tensorDataSync(x)).toEqual(new Float32Array([3]));
      addon.deleteTensor(x);
    });
  });
});
