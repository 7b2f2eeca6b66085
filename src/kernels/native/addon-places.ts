/** Where the native addon may be: a file that is named, this user's cache, the npm package. Nothing is loaded here. */
import {
  SOURCES,
  environment,
  exists,
  homeFolder,
  namesIn,
  path,
  processor,
  system,
  workingFolder,
  writtenAt,
} from '../../base/platform';

const { dirname, isAbsolute, join, resolve } = path;

/** The release of `@tensorflow/tfjs-node` whose addon this file describes. */
export const ADDON_VERSION = '4.22.0';

/** What every machine without the addon is told to run. */
export const INSTALL_COMMAND = 'npx tfjs-session install-native';

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

/** This user's folder for what is built or fetched once and serves every project. */
export function cacheDir(env = environment(), os: string = system): string {
  if (env.TFJS_SESSION_CACHE) return resolve(env.TFJS_SESSION_CACHE);
  if (os === 'win32') return join(env.LOCALAPPDATA ?? join(homeFolder(), 'AppData', 'Local'), 'tfjs-session');
  if (os === 'darwin') return join(homeFolder(), 'Library', 'Caches', 'tfjs-session');
  // The XDG specification has relative paths ignored.
  const base = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(homeFolder(), '.cache');
  return join(base, 'tfjs-session');
}

/** Where addons are in the cache. */
export const cachedAddonsDir = (): string => join(cacheDir(), 'addon');

/** The name of an addon's folder there. Without a TensorFlow version: what all fitting names begin with. */
export const cachedAddonName = (tensorflow = ''): string =>
  `tfjs-node-${ADDON_VERSION}-napi8-${system}-${processor}-tf${tensorflow}`;

/** Folders where `@tensorflow/tfjs-node` is installed, as seen from this package and from `cwd`. */
export function installedPackages(from: readonly string[] = [SOURCES, workingFolder()]): string[] {
  return [...new Set(from.map(nearestPackage).filter((path) => path !== null))];
}

function nearestPackage(from: string): string | null {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    const path = join(dir, 'node_modules', '@tensorflow', 'tfjs-node');
    if (exists(join(path, 'package.json'))) return path;
    if (dir === dirname(dir)) return null;
  }
}

/** The newest `lib/napi-v*` addon under `root`: the layout of the npm package, kept in the cache too. */
export function addonUnder(root: string): string | null {
  const level = (name: string) => Number(name.replace('napi-v', ''));
  return (
    namesIn(join(root, 'lib'))
      .filter((name) => name.startsWith('napi-v'))
      .sort((a, b) => level(b) - level(a))
      .map((name) => join(root, 'lib', name, 'tfjs_binding.node'))
      .find(exists) ?? null
  );
}

/** Where the addon is, without loading it: TFJS_SESSION_ADDON, the user's cache, then the npm package. */
export function locateAddon(): LocatedAddon | MissingAddon {
  const { found, tried } = candidates();
  return found[0] ?? { tried };
}

/** Every addon that there is, the first to be tried first, and the places where there is none. */
export function candidates(): { found: LocatedAddon[]; tried: Tried[] } {
  const named = environment().TFJS_SESSION_ADDON;
  // Who names a file wants that file or an error, not another addon.
  if (named) {
    if (exists(named)) return { found: [{ path: resolve(named), source: 'TFJS_SESSION_ADDON' }], tried: [] };
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
  return namesIn(dir)
    .filter((name) => name.startsWith(cachedAddonName()))
    .map((name) => addonUnder(join(dir, name)))
    .filter((path) => path !== null)
    .sort((a, b) => installedAt(b) - installedAt(a));
}
/** When an addon was put there: its list of files is written then. */
function installedAt(addon: string): number {
  const list = join(addon, '..', '..', '..', 'files.json');
  return writtenAt(exists(list) ? list : addon);
}
