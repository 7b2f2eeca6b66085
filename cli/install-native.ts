/**
 * `tfjs-session install-native`: puts the native addon into the user's cache, where every project finds it.
 * The npm package's own installer has the first try; where its download fails, the addon is compiled
 * from the package's source against a TensorFlow that is on the machine, or that pip brings.
 * Everything happens in a folder on the side that is renamed into place at the end, or deleted.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { renameSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { ADDON_VERSION, INSTALL_COMMAND, addonUnder, cacheDir, cachedAddonName } from '../src/kernels/native/addon';
import { cachedAddonsDir, explainLoadError, installedPackages, locateAddon } from '../src/kernels/native/addon';

export interface InstallNativeOptions {
  /** Build anew even if there is an addon that works. */
  readonly force?: boolean;
  /** A folder with TensorFlow's libraries and headers; LIBTENSORFLOW_DIR by default. Implies `build`. */
  readonly from?: string;
  /** Compile, without trying the package's own installer first. */
  readonly build?: boolean;
  /** A folder with the unpacked `@tensorflow/tfjs-node`, for a machine whose npm cannot fetch it. */
  readonly source?: string;
  /** Where to say what is done. */
  readonly output?: NodeJS.WriteStream | NodeJS.WritableStream;
  /** Stops the work and cleans up. Ctrl-C does the same. */
  readonly signal?: AbortSignal;
}

export function installNativeCommand(): Command {
  return new Command('install-native')
    .description("get TensorFlow's native addon, for the fastest device")
    .option('--force', 'build anew even if there is an addon that works')
    .option('--from <dir>', "build against the TensorFlow in this folder (default: LIBTENSORFLOW_DIR, then Python's, then pip)")
    .option('--build', "compile, without trying the package's own installer first")
    .option('--source <dir>', 'the unpacked @tensorflow/tfjs-node, where npm cannot fetch it')
    .action((options: InstallNativeOptions) => installNative(options));
}

/**
 * Brings the native addon, unless one that works is there.
 *
 * @throws Error  saying which step failed, why, and what to do; nothing is left behind then
 */
export async function installNative(options: InstallNativeOptions = {}): Promise<void> {
  const abort = new AbortController();
  let killedBy: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    killedBy = name;
    abort.abort(new Error('interrupted'));
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const onAbort = () => abort.abort(options.signal?.reason);
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener('abort', onAbort);
  for (const name of signals) process.on(name, onSignal);

  const stage = openStage(cacheDir());
  const report = reporter(options.output ?? process.stdout);
  try {
    await install(options, { stage, signal: abort.signal, ...report });
  } finally {
    closeStage(stage);
    if (abort.signal.aborted) report.say('Stopped; nothing half-done was left behind.');
    options.signal?.removeEventListener('abort', onAbort);
    for (const name of signals) process.off(name, onSignal);
    // With the handlers gone this ends the process in the way that shells expect of a Ctrl-C.
    if (killedBy) process.kill(process.pid, killedBy);
  }
}

interface Job extends Reporter {
  /** The folder on the side, on the same file system as the cache. */
  readonly stage: string;
  readonly signal: AbortSignal;
}

async function install(options: InstallNativeOptions, job: Job): Promise<void> {
  if (!options.force && !options.from) {
    const present = await presentAddon(job);
    if (present) return job.say(`${present}\nNothing to do; --force builds it anew.`);
  }

  const named = options.from ?? process.env.LIBTENSORFLOW_DIR;
  const tensorflow = named ? tensorflowIn(named) : null;
  const direct = tensorflow || options.build ? null : await ownInstaller(options, job).catch((error) => {
    job.signal.throwIfAborted();
    job.say(`The package's own installer failed: ${messageOf(error)}`);
    return null;
  });
  const { root, version } = direct ?? (await build(tensorflow, options, job));

  const place = join(cachedAddonsDir(), cachedAddonName(version));
  moveInto(place, root, job.stage);
  job.say(`The native addon, with TensorFlow ${version}, is in ${place}`);
  if (process.env.TFJS_SESSION_ADDON) job.say(`but TFJS_SESSION_ADDON names another: ${process.env.TFJS_SESSION_ADDON}`);
}

/** A finished addon in the folder on the side. */
interface Built {
  readonly root: string;
  /** Of its TensorFlow. */
  readonly version: string;
}

/** A line about the addon that is found now, if it works. */
async function presentAddon(job: Job): Promise<string | null> {
  const located = locateAddon();
  if ('tried' in located) return null;
  try {
    return `The native addon, with TensorFlow ${await tryAddon(located.path, job)}, is at ${located.path}`;
  } catch (error) {
    job.signal.throwIfAborted();
    job.say(`${located.path} does not work: ${messageOf(error)}`);
    return null;
  }
}

/** Loads the addon and multiplies two matrices, in a process of its own because a bad one kills its process. */
async function tryAddon(path: string, job: Job): Promise<string> {
  const script = `
    const tf = require(process.argv[1]);
    const x = tf.createTensor([2, 2], tf.TF_FLOAT, new Float32Array([1, 2, 3, 4]));
    const flag = (name) => ({ name, type: tf.TF_ATTR_BOOL, value: false });
    const attrs = [flag('transpose_a'), flag('transpose_b'), { name: 'T', type: tf.TF_ATTR_TYPE, value: tf.TF_FLOAT }];
    const [{ id }] = tf.executeOp('MatMul', attrs, [x, x], 1);
    console.log(JSON.stringify({ version: tf.TF_Version, product: [...tf.tensorDataSync(id)] }));`;
  // At level 0 TensorFlow says what it dislikes about this machine before it gives up.
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '0' };
  const { version, product } = await run(process.execPath, ['-e', script, path], job, { env }).then(JSON.parse, (error) => {
    job.signal.throwIfAborted();
    const { why, cure } = explainLoadError(messageOf(error));
    throw new Error(why === messageOf(error) ? why : `${why}. ${cure}.`);
  });
  if (String(product) !== '7,10,15,22') throw new Error(`the addon multiplies wrongly: ${product}`);
  return version;
}

// The package

/** `npm install` inside the package runs its installer, which fetches a TensorFlow and the addon. */
async function ownInstaller(options: InstallNativeOptions, job: Job): Promise<Built> {
  const root = await packageSource(options, job);
  // Its installer needs a few small packages; the rest of its dependencies, 200 MB, serve its JavaScript.
  const file = join(root, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const name of ['@tensorflow/tfjs', 'google-protobuf']) delete manifest.dependencies?.[name];
  delete manifest.devDependencies;
  writeFileSync(file, JSON.stringify(manifest));

  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--no-update-notifier'];
  const args = ['install', ...quiet, '--ignore-scripts=false', '--foreground-scripts'];
  await job.step("running the package's own installer", () => npm(args, job, root));
  const addon = addonUnder(root);
  if (!addon) throw new Error('it ended without an addon');
  const version = await job.step('trying the addon', () => tryAddon(addon, job));

  const entry = join(job.stage, 'installed');
  for (const part of ['lib', join('deps', 'lib')]) {
    if (existsSync(join(root, part))) moveInto(join(entry, part), join(root, part), job.stage);
  }
  return { root: entry, version };
}

/** The package's files in the folder on the side: from `--source`, from node_modules, or from npm. */
async function packageSource(options: InstallNativeOptions, job: Job): Promise<string> {
  const root = join(job.stage, 'package');
  if (existsSync(root)) return root;
  if (options.source && !hasBinding(options.source)) {
    throw new Error(`--source ${options.source} is not an unpacked @tensorflow/tfjs-node: it has no ${BINDING[0]}`);
  }
  const local = options.source ?? installedPackages().find((path) => hasBinding(path) && versionOf(path) === ADDON_VERSION);
  if (local) {
    const built = ['deps', 'lib', 'build', 'node_modules'].map((name) => join(resolve(local), name));
    cpSync(resolve(local), root, { recursive: true, dereference: true, filter: (path) => !built.includes(path) });
    return root;
  }
  const spec = `@tensorflow/tfjs-node@${ADDON_VERSION}`;
  await job.step(`fetching ${spec}`, () => npmUnpack(spec, root, job));
  return root;
}

const BINDING = [join('binding', 'tfjs_backend.cc'), join('binding', 'tfjs_binding.cc')];

const hasBinding = (root: string) => BINDING.every((file) => existsSync(join(root, file)));

const versionOf = (root: string): string => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

async function npmUnpack(spec: string, into: string, job: Job): Promise<void> {
  const parcel = mkdtempSync(join(job.stage, 'npm-'));
  // In the user's folder, so that the project's .npmrc (registry, proxy) counts.
  await npm(['pack', spec, '--loglevel=error', '--pack-destination', parcel], job, process.cwd());
  const [archive] = readdirSync(parcel);
  await run('tar', ['-xzf', join(parcel, archive), '-C', parcel], job);
  renameSync(join(parcel, 'package'), into);
  rmSync(parcel, { recursive: true });
}

function npm(args: string[], job: Job, cwd: string): Promise<string> {
  // Under npx the npm that runs us is the one that the user has set up.
  const runner = process.env.npm_execpath;
  if (runner && basename(runner) === 'npm-cli.js') return run(process.execPath, [runner, ...args], job, { cwd });
  return run('npm', args, job, { cwd, shell: process.platform === 'win32' });
}

// Compiling

async function build(named: TensorFlow | null, options: InstallNativeOptions, job: Job): Promise<Built> {
  if (process.platform === 'win32') {
    throw new Error(
      'On Windows the addon comes from the installer of @tensorflow/tfjs-node only. Let this machine reach ' +
        'storage.googleapis.com and run it again, or use WSL, or set TFJS_SESSION_ADDON to a tfjs_binding.node.',
    );
  }
  const compiler = await findCompiler(job);
  const tensorflow = named ?? (await pythonTensorFlow(job)) ?? (await pipTensorFlow(job));
  job.say(`building against the TensorFlow in ${dirname(tensorflow.library)}`);
  const source = await packageSource(options, job);
  const headers = await nodeHeaders(job);

  const entry = join(job.stage, 'built');
  mkdirSync(join(entry, 'deps', 'lib'), { recursive: true });
  for (const library of [tensorflow.library, tensorflow.framework]) bring(library, join(entry, 'deps', 'lib'));
  await job.step('compiling', () => compile(compiler, { source, headers, tensorflow, entry }, job));
  return { root: entry, version: await job.step('trying the addon', () => tryAddon(addonUnder(entry)!, job)) };
}

/**
 * A link, because the libraries are 850 MB. A hard one where the file system allows it: it outlives the
 * Python environment or folder that it came from.
 */
function bring(file: string, into: string): void {
  const from = realpathSync(file);
  const to = join(into, basename(file));
  try {
    linkSync(from, to);
  } catch {
    symlinkSync(from, to);
  }
}

interface Build {
  readonly source: string;
  readonly headers: string;
  readonly tensorflow: TensorFlow;
  readonly entry: string;
}

/**
 * Two files and a loader, so the compiler is called directly: node-gyp would want all of Node's headers and a
 * Python, and the addon uses Node-API alone, which no Node version changes.
 */
async function compile(compiler: string[], { source, headers, tensorflow, entry }: Build, job: Job): Promise<void> {
  const out = join(entry, 'lib', 'napi-v8');
  mkdirSync(out, { recursive: true });
  const loader = join(job.stage, 'loader.cc');
  writeFileSync(loader, LOADER);

  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const shared = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-Wl,-z,now'];
  const [command, ...first] = compiler;
  const flags = [...first, '-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding', ...shared];
  const binding = [`-I${tensorflow.include}`, ...BINDING.map((file) => join(source, file)), tensorflow.library, tensorflow.framework];

  await run(command, [...flags, `-I${headers}`, ...binding, `-Wl,-rpath,${origin}/../../deps/lib`, '-o', join(out, 'libtfjs_binding.so')], job);
  await run(command, [...flags, `-I${headers}`, loader, '-ldl', '-o', join(out, 'tfjs_binding.node')], job);
}

/**
 * What Node loads. TensorFlow's libraries log from their static constructors, before they look at
 * TF_CPP_MIN_LOG_LEVEL, so the only way to load them in silence is to hold stderr back meanwhile.
 */
const LOADER = `
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <stdlib.h>
#include <unistd.h>
#include <string>

static char here;

NAPI_MODULE_INIT() {
  setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0);
  const int saved = atoi(getenv("TF_CPP_MIN_LOG_LEVEL")) < 2 ? -1 : fcntl(2, F_DUPFD_CLOEXEC, 3);
  if (saved >= 0) {
    const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null >= 0) {
      dup2(null, 2);
      close(null);
    }
  }

  Dl_info self;
  dladdr(&here, &self);
  std::string path(self.dli_fname);
  path = path.substr(0, path.rfind('/') + 1) + "libtfjs_binding.so";
  typedef napi_value (*Init)(napi_env, napi_value);
  void *binding = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  Init init = binding ? reinterpret_cast<Init>(dlsym(binding, "napi_register_module_v1")) : nullptr;
  const char *error = init ? nullptr : dlerror();
  napi_value result = init ? init(env, exports) : nullptr;

  if (saved >= 0) {
    dup2(saved, 2);
    close(saved);
  }
  if (!init) napi_throw_error(env, "ERR_DLOPEN_FAILED", error ? error : path.c_str());
  return result;
}
`;

async function findCompiler(job: Job): Promise<string[]> {
  const named = process.env.CXX?.trim().split(/\s+/);
  for (const command of named ? [named] : [['c++'], ['g++'], ['clang++']]) {
    const works = await run(command[0], [...command.slice(1), '--version'], job).then(
      () => true,
      () => false,
    );
    job.signal.throwIfAborted();
    if (works) return command;
  }
  const missing = named ? `CXX names ${named.join(' ')}, which does not run` : 'There is no C++ compiler (c++, g++, clang++)';
  const cure = process.platform === 'darwin' ? 'xcode-select --install' : 'for example: apt-get install g++';
  throw new Error(`${missing}. Building the addon needs one; ${cure}`);
}

/** A folder with node_api.h: beside the running Node, where it was unpacked whole, or npm's copy. */
async function nodeHeaders(job: Job): Promise<string> {
  const prefixes = [resolve(dirname(realpathSync(process.execPath)), '..'), process.env.npm_config_nodedir];
  for (const prefix of prefixes) {
    const dir = prefix ? join(prefix, 'include', 'node') : '';
    if (existsSync(join(dir, 'node_api.h'))) return dir;
  }
  const spec = 'node-api-headers@1';
  const root = join(job.stage, 'headers');
  await job.step(`fetching ${spec}`, () => npmUnpack(spec, root, job));
  return join(root, 'include');
}

// TensorFlow

interface TensorFlow {
  readonly library: string;
  readonly framework: string;
  readonly include: string;
}

/** By the names that the addon will ask for: a wheel's, then those of the C library's archive. */
const LIBRARIES = process.platform === 'darwin'
  ? { library: ['libtensorflow_cc.2.dylib', 'libtensorflow.2.dylib'], framework: ['libtensorflow_framework.2.dylib'] }
  : { library: ['libtensorflow_cc.so.2', 'libtensorflow.so.2'], framework: ['libtensorflow_framework.so.2'] };

/**
 * The TensorFlow in a folder: that of an installed Python package, or of the C library's archive.
 *
 * @throws Error  naming the first file that is missing
 */
export function tensorflowIn(dir: string): TensorFlow {
  const root = resolve(dir);
  const find = (folders: readonly string[], names: readonly string[]) => {
    const paths = folders.flatMap((folder) => names.map((name) => join(root, folder, name)));
    const path = paths.find(existsSync);
    if (path) return path;
    throw new Error(
      `${root} has no TensorFlow to build against: there is no ${names.join(' or ')} in it or in its lib folder. ` +
        'Name the folder of a Python tensorflow package, or of an unpacked libtensorflow archive.',
    );
  };
  const library = find(['', 'lib'], LIBRARIES.library);
  const framework = find(['', 'lib'], LIBRARIES.framework);
  const include = join(root, 'include');
  for (const header of ['tensorflow/c/c_api.h', 'tensorflow/c/eager/c_api.h']) {
    if (!existsSync(join(include, header))) {
      throw new Error(`${root} has TensorFlow's libraries, but not its headers: there is no ${join(include, header)}`);
    }
  }
  return { library, framework, include };
}

/** The TensorFlow that the `python3` on the PATH would import, found without importing it (5 s). */
async function pythonTensorFlow(job: Job): Promise<TensorFlow | null> {
  const script = 'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0] if s else "")';
  for (const python of PYTHONS) {
    const dir = (await run(python, ['-c', script], job).catch(() => '')).trim();
    job.signal.throwIfAborted();
    if (!dir) continue;
    try {
      return tensorflowIn(dir);
    } catch (error) {
      job.say(`the tensorflow of ${python} does not serve: ${messageOf(error)}`);
    }
  }
  return null;
}

const PYTHONS = ['python3', 'python'];

/** TensorFlow's wheel, of which the cache keeps the libraries and the few headers that the addon includes. */
async function pipTensorFlow(job: Job): Promise<TensorFlow> {
  const shelf = join(cacheDir(), 'tensorflow');
  const suffix = `-${process.platform}-${process.arch}`;
  const kept = existsSync(shelf) ? readdirSync(shelf).filter((name) => name.endsWith(suffix)) : [];
  if (kept.length > 0) {
    const newest = kept.sort(new Intl.Collator('en', { numeric: true }).compare).at(-1)!;
    return tensorflowIn(join(shelf, newest));
  }

  // Only Linux on x64 has a build without GPU support under a name of its own.
  const name = process.platform === 'linux' && process.arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow';
  const wheels = join(job.stage, 'wheels');
  const python = await pipDownload(name, wheels, job);
  const [wheel] = readdirSync(wheels).filter((file) => file.endsWith('.whl'));
  const unpacked = join(job.stage, 'wheel');
  const members = '^tensorflow/(libtensorflow[^/]*|THIRD_PARTY_NOTICES.txt|include/(absl|tsl|xla/tsl|tensorflow/(c|core/platform))/.*)$';
  const script = `
import re, sys, zipfile
wheel, into, members = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(into, [name for name in archive.namelist() if re.match(members, name)])`;
  await job.step(`unpacking ${wheel}`, () => run(python, ['-c', script, join(wheels, wheel), unpacked, members], job));
  rmSync(wheels, { recursive: true });

  tensorflowIn(join(unpacked, 'tensorflow'));
  const version = wheel.split('-')[1];
  const place = join(shelf, version + suffix);
  moveInto(place, join(unpacked, 'tensorflow'), job.stage);
  return tensorflowIn(place);
}

/** Downloads the wheel and says which Python did it. */
async function pipDownload(name: string, into: string, job: Job): Promise<string> {
  const pip = ['-m', 'pip', '--disable-pip-version-check'];
  let python: string | undefined;
  for (const candidate of PYTHONS) {
    if (await run(candidate, [...pip, '--version'], job).catch(() => '')) {
      python = candidate;
      break;
    }
    job.signal.throwIfAborted();
  }
  if (!python) {
    throw new Error(
      'There is no TensorFlow to build against, and no Python with pip to fetch one. Install python3 and ' +
        'python3-pip, or set LIBTENSORFLOW_DIR to an unpacked libtensorflow.',
    );
  }

  const download = [...pip, 'download', '--no-deps', '--only-binary=:all:', '--dest', into];
  // The libraries do not depend on the Python version. A Python that is too new for TensorFlow takes another's wheel.
  for (const version of [[], ['--python-version', '3.12']]) {
    try {
      job.say(`fetching ${name} with pip (about 250 MB)`);
      await run(python, [...download, ...version, name], job, { inherit: job.interactive });
      return python;
    } catch (error) {
      job.signal.throwIfAborted();
      job.say(`pip failed: ${messageOf(error)}`);
    }
  }
  throw new Error(
    `pip could not fetch ${name}. Once this machine reaches a package index run \`${INSTALL_COMMAND}\` again, ` +
      'or bring TensorFlow yourself and set LIBTENSORFLOW_DIR to its folder.',
  );
}

// The folder on the side

/** A new folder in the cache. Those of runs that were killed before they could clean up are deleted. */
function openStage(cache: string): string {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    const owner = /^\.staging-(\d+)-/.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) rmSync(join(cache, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(cache, `.staging-${process.pid}-`));
}

function closeStage(stage: string): void {
  rmSync(stage, { recursive: true, force: true, maxRetries: 3 });
  try {
    rmdirSync(dirname(stage));
  } catch {
    // Not empty: it holds what was installed.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Renames a finished folder into place. What was there goes to the side, to be deleted with it. */
function moveInto(place: string, from: string, stage: string): void {
  mkdirSync(dirname(place), { recursive: true });
  if (existsSync(place)) renameSync(place, join(mkdtempSync(join(stage, 'old-')), 'old'));
  renameSync(from, place);
}

// Running and telling

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly shell?: boolean;
  /** Let the user see the program's own output as it comes. */
  readonly inherit?: boolean;
}

/** Runs a program to its end and gives what it printed; with an error, the lines that tell why. */
function run(command: string, args: string[], { signal, stage }: Job, options: RunOptions = {}): Promise<string> {
  const { inherit = false, env = process.env, ...rest } = options;
  return new Promise((done, fail) => {
    if (signal.aborted) return fail(signal.reason);
    const child = spawn(command, args, {
      ...rest,
      // What the program forgets to delete goes with the folder on the side.
      env: { ...env, TMPDIR: stage },
      // A process group of its own, so that stopping it also stops the programs that it started.
      detached: GROUPS,
      stdio: inherit ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    const kill = (name: NodeJS.Signals) => (GROUPS && child.pid ? process.kill(-child.pid, name) : child.kill(name));
    let patience: NodeJS.Timeout;
    const stop = () => {
      // Compilers, pip and npm tidy up on SIGINT. A program that was started in the background may ignore it.
      kill('SIGINT');
      patience = setTimeout(() => kill('SIGKILL'), 3000);
    };
    const finish = (problem: string | null) => {
      signal.removeEventListener('abort', stop);
      clearTimeout(patience);
      if (signal.aborted) fail(signal.reason);
      else if (problem === null) done(stdout);
      else fail(new Error(problem));
    };

    let stdout = '';
    let stderr = '';
    signal.addEventListener('abort', stop);
    child.stdout?.on('data', (text) => (stdout += text));
    child.stderr?.on('data', (text) => (stderr += text));
    child.on('error', (error) => finish(`${command} does not run: ${error.message}`));
    child.on('close', (code, killer) => {
      if (code === 0) return finish(null);
      const ending = killer || inherit ? [`${command} ended with ${killer ?? code}`] : [];
      finish([...gist(stderr || stdout), ...ending].join('\n') || `${command} ended with ${code}`);
    });
  });
}

const GROUPS = process.platform !== 'win32';

/** The lines of a program's output that name an error, or else its last one. */
function gist(output: string): string[] {
  const noise = /^npm (?:warn|notice)|A complete log of this run/i;
  const lines = output.split('\n').map((line) => line.trim()).filter((line) => line && !noise.test(line));
  const errors = lines.filter((line) => /(?:error|fatal): |\bld: |failed, reason: /i.test(line));
  return [...new Set(errors.length > 0 ? errors : lines.slice(-1))].slice(0, 5);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Reporter {
  /** Whether a person is watching. */
  readonly interactive: boolean;
  say(line: string): void;
  /** Says what is being done while it is, and how long it took. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** For a person, a line that turns while a step runs and then tells its time; for a log, a line when it begins. */
function reporter(output: NodeJS.WriteStream | NodeJS.WritableStream): Reporter {
  const interactive = 'isTTY' in output && output.isTTY;
  const say = (line: string) => void output.write(`${line}\n`);
  const step = async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const seconds = (digits: number) => `${((performance.now() - start) / 1000).toFixed(digits)} s`;
    let turns = 0;
    const turn = () => output.write(`\r${'|/-\\'[turns++ % 4]} ${title}, ${seconds(0)}\x1b[K`);
    if (!interactive) say(title);
    const timer = interactive ? setInterval(turn, 100) : undefined;
    try {
      const result = await work();
      if (interactive) say(`\r${title}: ${seconds(1)}\x1b[K`);
      return result;
    } catch (error) {
      if (interactive) output.write('\r\x1b[K');
      throw error;
    } finally {
      clearInterval(timer);
    }
  };
  return { interactive, say, step };
}
