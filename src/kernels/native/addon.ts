/**
 * The border to TensorFlow's C++: finds the native addon of `@tensorflow/tfjs-node`, loads it without
 * that package's JavaScript (which fails on Node 23 and later), and gives it a type. `any` ends here.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** The release of `@tensorflow/tfjs-node` whose addon this file describes. */
export const ADDON_VERSION = '4.22.0';

/** What every machine without the addon is told to run. */
export const INSTALL_COMMAND = 'npx tfjs-session install-native';

/** One attribute of an op. `type` is one of `TF_ATTR_*`, which also decides what `value` may be. */
export interface OpAttr {
  readonly name: string;
  readonly type: number;
  /** TF_ATTR_TYPE takes a dtype's number, TF_ATTR_SHAPE a list of sizes. Int lists are cut to 32 bits. */
  readonly value: boolean | number | string | readonly number[] | readonly boolean[];
}

/** A tensor that lives in the addon. Its id is good until `deleteTensor`. */
export interface TensorInfo {
  readonly id: number;
  readonly dtype: number;
  readonly shape: number[];
}

/** What can be put into a tensor: int64 as pairs of 32-bit words, bool as bytes, a string as its bytes. */
export type AddonInput = Float32Array | Int32Array | Uint8Array | readonly Uint8Array[];

/** What comes out: complex64 as interleaved float32, int64 as BigInt64Array, a string as its bytes. */
export type AddonOutput = Float32Array | Int32Array | BigInt64Array | Uint8Array | Uint8Array[];

/**
 * The addon's functions, as `binding/tfjs_binding.cc` defines them. All are synchronous; all throw a
 * plain Error, its message cut to 500 bytes, which for an op is `Invalid TF_Status: <code>\nMessage: …`.
 */
export interface Addon {
  /**
   * Where `data` happens to lie on a 64-byte boundary (one array in five) the tensor shares its memory, and so does
   * a variable that is assigned the tensor, for as long as it keeps that value: do not write to `data` afterwards.
   */
  createTensor(shape: readonly number[], dtype: number, data: AddonInput): number;
  deleteTensor(id: number): void;
  /** A copy of the tensor's values. Reads float32, int32, int64, bool, string, complex64 and resource. */
  tensorDataSync(id: number): AddonOutput;
  /** Lists of inputs are written out one by one, and need their `N` and `T` among the attributes. */
  executeOp(type: string, attrs: readonly OpAttr[], inputs: readonly number[], outputs: number): TensorInfo[];
  /** `tags` are joined by commas. */
  loadSavedModel(directory: string, tags: string): number;
  /** `feeds` and `fetches` are tensor names (`X:0`) joined by commas. */
  runSavedModel(model: number, inputs: readonly number[], feeds: string, fetches: string): TensorInfo[];
  deleteSavedModel(model: number): void;
  getNumOfSavedModels(): number;
  getNumOfTensors(): number;
  isUsingGpuDevice(): boolean;

  readonly TF_Version: string;

  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_COMPLEX64: number;
  readonly TF_STRING: number;
  readonly TF_RESOURCE: number;
  readonly TF_UINT8: number;

  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

export type AddonSource = 'TFJS_SESSION_ADDON' | 'cache' | 'tfjs-node';

export interface LocatedAddon {
  readonly path: string;
  readonly source: AddonSource;
}

/** A place that was looked at, why the addon did not come from there, and what cures that. */
export interface Tried {
  readonly path: string;
  readonly why: string;
  readonly cure: string;
}

export interface MissingAddon {
  readonly tried: readonly Tried[];
}

export interface OpenAddon extends LocatedAddon {
  readonly addon: Addon;
}

/** Thrown by `loadAddon`; `tried` has the places and reasons one by one. */
export class AddonError extends Error {
  override readonly name = 'AddonError';

  constructor(readonly tried: readonly Tried[]) {
    const places = tried.map(({ path, why, cure }) => `  ${path}: ${why}\n    ${cure}`);
    super(['The native addon is not available. Looked for it at', ...places].join('\n'));
  }
}

/** This user's folder for what is built or fetched once and serves every project. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (env.TFJS_SESSION_CACHE) return resolve(env.TFJS_SESSION_CACHE);
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'tfjs-session');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'tfjs-session');
  // The XDG specification has relative paths ignored.
  const base = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(base, 'tfjs-session');
}

/** Where addons are in the cache. */
export const cachedAddonsDir = (): string => join(cacheDir(), 'addon');

/** The name of an addon's folder there. Without a TensorFlow version: what all fitting names begin with. */
export const cachedAddonName = (tensorflow = ''): string =>
  `tfjs-node-${ADDON_VERSION}-napi8-${process.platform}-${process.arch}-tf${tensorflow}`;

/** Folders where `@tensorflow/tfjs-node` is installed, as seen from this package and from `cwd`. */
export function installedPackages(from: readonly string[] = [__dirname, process.cwd()]): string[] {
  return [...new Set(from.map(nearestPackage).filter((path) => path !== null))];
}

function nearestPackage(from: string): string | null {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    const path = join(dir, 'node_modules', '@tensorflow', 'tfjs-node');
    if (existsSync(join(path, 'package.json'))) return path;
    if (dir === dirname(dir)) return null;
  }
}

/** The newest `lib/napi-v*` addon under `root`: the layout of the npm package, kept in the cache too. */
export function addonUnder(root: string): string | null {
  const level = (name: string) => Number(name.replace('napi-v', ''));
  return (
    entries(join(root, 'lib'))
      .filter((name) => name.startsWith('napi-v'))
      .sort((a, b) => level(b) - level(a))
      .map((name) => join(root, 'lib', name, 'tfjs_binding.node'))
      .find(existsSync) ?? null
  );
}

function entries(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir) : [];
}

/** Where the addon is, without loading it: TFJS_SESSION_ADDON, the user's cache, then the npm package. */
export function locateAddon(): LocatedAddon | MissingAddon {
  const { found, tried } = candidates();
  return found[0] ?? { tried };
}

function candidates(): { found: LocatedAddon[]; tried: Tried[] } {
  const named = process.env.TFJS_SESSION_ADDON;
  // Who names a file wants that file or an error, not another addon.
  if (named) {
    if (existsSync(named)) return { found: [{ path: resolve(named), source: 'TFJS_SESSION_ADDON' }], tried: [] };
    const cure = 'Set TFJS_SESSION_ADDON to the path of a tfjs_binding.node, or unset it';
    return { found: [], tried: [{ path: named, why: 'TFJS_SESSION_ADDON names it, but there is no such file', cure }] };
  }

  const found: LocatedAddon[] = [];
  const tried: Tried[] = [];
  const cure = `Run \`${INSTALL_COMMAND}\``;

  const cached = cachedAddons();
  for (const path of cached) found.push({ path, source: 'cache' });
  if (cached.length === 0) tried.push({ path: cachedAddonsDir(), why: `has no ${cachedAddonName('*')}`, cure });

  const packages = installedPackages();
  for (const root of packages) {
    const path = addonUnder(root);
    if (path) found.push({ path, source: 'tfjs-node' });
    else
      tried.push({
        path: root,
        why: 'is installed without its native part (its download failed or was not allowed)',
        cure,
      });
  }
  if (packages.length === 0) tried.push({ path: '@tensorflow/tfjs-node', why: 'is not installed', cure });
  return { found, tried };
}

/** The cache's addons for this machine, the last installed first. */
function cachedAddons(): string[] {
  const dir = cachedAddonsDir();
  return entries(dir)
    .filter((name) => name.startsWith(cachedAddonName()))
    .map((name) => addonUnder(join(dir, name)))
    .filter((path) => path !== null)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

let outcome: OpenAddon | MissingAddon | undefined;

/** Loads the addon, or says why not. The answer, either way, is kept for the life of the process. */
export function openAddon(): OpenAddon | MissingAddon {
  return (outcome ??= open());
}

/** @throws AddonError  naming each place that was tried, what was wrong there, and the cure */
export function loadAddon(): Addon {
  const opened = openAddon();
  if ('addon' in opened) return opened.addon;
  throw new AddonError(opened.tried);
}

function open(): OpenAddon | MissingAddon {
  // TensorFlow's start-up lines are for its developers. A level that the user has set stands.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // A step of a session is a short chain: handing its nodes from thread to thread costs more than it gains. Kernels
  // keep their own threads.
  process.env.TF_NUM_INTEROP_THREADS ??= '1';
  const { found, tried } = candidates();
  const failed: Tried[] = [];
  for (const { path, source } of found) {
    try {
      return { path, source, addon: inThisRealm(require(path) as Addon) };
    } catch (error) {
      failed.push({ path, ...explainLoadError(String((error as Error)?.message ?? error)) });
    }
  }
  return { tried: [...failed, ...tried] };
}

/**
 * The addon makes its arrays in Node's main realm. Code in another one (a jest test, `node:vm`) would find
 * that they are no `Float32Array` or `Array` of its own; there, and only there, they are made anew.
 */
function inThisRealm(addon: Addon): Addon {
  if (Object.getPrototypeOf(addon) === Object.prototype) return addon;
  const infos = (list: TensorInfo[]) => Array.from(list, ({ id, dtype, shape }) => ({ id, dtype, shape: [...shape] }));
  const own: Partial<Addon> = {
    tensorDataSync: (id) => ownArray(addon.tensorDataSync(id)),
    executeOp: (...args) => infos(addon.executeOp(...args)),
    runSavedModel: (...args) => infos(addon.runSavedModel(...args)),
  };
  return Object.create(addon, Object.getOwnPropertyDescriptors(own));
}

const OWN_ARRAYS = { Float32Array, Int32Array, BigInt64Array, Uint8Array };

function ownArray(data: AddonOutput): AddonOutput {
  if (Array.isArray(data)) return Array.from(data, (bytes) => new Uint8Array(bytes));
  const own = OWN_ARRAYS[data.constructor.name as keyof typeof OWN_ARRAYS];
  return new own(data.buffer as ArrayBuffer);
}

/** The dynamic loader's words, what they mean, and what to do. The first match counts. */
const LOAD_ERRORS: readonly (readonly [pattern: RegExp, why: (match: RegExpExecArray) => string, cure: string])[] = [
  [
    /ld-linux|ld-musl|Error relocating|__\w+_chk: symbol not found/,
    () => 'TensorFlow needs glibc, and this system has another C library (musl)',
    'Use a glibc-based system or container image (Debian, Ubuntu, Fedora)',
  ],
  [
    /version [`'](GLIBC(?:XX)?_[\d.]+)' not found/,
    ([, version]) => `was built for a newer system (it needs ${version})`,
    `Build it here: \`${INSTALL_COMMAND} --force\``,
  ],
  [
    /invalid ELF header|wrong ELF class|file too short|not a mach-o|incompatible architecture|not a valid Win32/i,
    () => `is not an addon for ${process.platform} ${process.arch}`,
    `Run \`${INSTALL_COMMAND} --force\``,
  ],
  [
    /(\S+): cannot open shared object file|Library not loaded: (\S+)/,
    ([, linux, mac]) => `needs ${linux ?? mac}, which is gone (was the Python or folder it came from removed?)`,
    `Run \`${INSTALL_COMMAND} --force\``,
  ],
  [
    /undefined symbol: (\S+)|[Ss]ymbol not found[^:]*: (\S+)/,
    ([, linux, mac]) => `needs ${linux ?? mac}, which the TensorFlow beside it does not have`,
    `Run \`${INSTALL_COMMAND} --force\``,
  ],
  [
    /specified module could not be found/,
    () => 'lacks a library that it needs (tensorflow.dll, or the Visual C++ runtime)',
    'Install the Microsoft Visual C++ Redistributable, then `npm rebuild @tensorflow/tfjs-node`',
  ],
  [
    /addons? (?:is|are|has been) disabled|no-addons|Cannot load native addon/i,
    () => 'Node was started with native addons disabled',
    'Start node without --no-addons (look into NODE_OPTIONS too)',
  ],
];

/** What an error message of `require('….node')` means. */
export function explainLoadError(message: string): { readonly why: string; readonly cure: string } {
  for (const [pattern, why, cure] of LOAD_ERRORS) {
    const match = pattern.exec(message);
    if (match) return { why: why(match), cure };
  }
  return { why: message, cure: `Run \`${INSTALL_COMMAND} --force\`` };
}
