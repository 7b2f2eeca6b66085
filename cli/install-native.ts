/**
 * `tfjs-session install-native`: puts the native addon into the user's cache, where every project finds it.
 * The npm package's own installer has the first try; where its download fails, the addon is compiled
 * from the package's source against a TensorFlow that is on the machine, or that pip brings.
 * Everything happens in a folder on the side that is renamed into place at the end, or deleted.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import {
  addonUnder,
  cacheDir,
  cachedAddonName,
  cachedAddonsDir,
  locateAddon,
} from '../src/kernels/native/addon-places';
import { explainLoadError } from '../src/kernels/native/load-errors';
import { type Job, messageOf, run } from './install-native/job';
import { reporter } from './steps';
import { listFiles, syncFolder } from '../src/format/whole';
import { closeStage, moveInto, openStage, putBeside } from './install-native/stage';
import {
  FETCHED,
  KEPT,
  type TensorFlow,
  pipTensorFlow,
  pythonTensorFlow,
  tensorflowIn,
} from './install-native/tensorflow';
import { npm, packageSource } from './install-native/package';
import { bring, compile, findCompiler, nodeHeaders } from './install-native/compile';

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
    .description(
      `get TensorFlow's native addon, for the fastest device: at most ${FETCHED} to fetch, and ${KEPT} to keep`,
    )
    .option('--force', 'build anew even if there is an addon that works')
    .option(
      '--from <dir>',
      "build against the TensorFlow in this folder (default: LIBTENSORFLOW_DIR, then Python's, then pip)",
    )
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

async function install(options: InstallNativeOptions, job: Job): Promise<void> {
  if (!options.force && !options.from) {
    const present = await presentAddon(job);
    if (present) return job.say(`${present}\nNothing to do; --force builds it anew.`);
  }

  const named = options.from ?? process.env.LIBTENSORFLOW_DIR;
  const fetched = named ? 'nothing of TensorFlow is fetched' : `at most ${FETCHED} are fetched, and ${KEPT} kept`;
  job.say(`The native addon goes to ${cachedAddonsDir()}; ${fetched}.`);
  const tensorflow = named ? tensorflowIn(named) : null;
  const direct =
    tensorflow || options.build
      ? null
      : await ownInstaller(options, job).catch((error) => {
          job.signal.throwIfAborted();
          job.say(`The package's own installer failed: ${messageOf(error)}`);
          return null;
        });
  const { root, version } = direct ?? (await build(tensorflow, options, job));

  listFiles(root);
  syncFolder(root);
  const place = putBeside(join(cachedAddonsDir(), cachedAddonName(version)), root, job.stage);
  job.say(`The native addon, with TensorFlow ${version}, is in ${place}`);
  if (process.env.TFJS_SESSION_ADDON)
    job.say(`but TFJS_SESSION_ADDON names another: ${process.env.TFJS_SESSION_ADDON}`);
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
  const { version, product } = await run(process.execPath, ['-e', script, path], job, { env }).then(
    JSON.parse,
    (error) => {
      job.signal.throwIfAborted();
      const { why, cure } = explainLoadError(messageOf(error));
      throw new Error(why === messageOf(error) ? why : `${why}. ${cure}.`);
    },
  );
  if (String(product) !== '7,10,15,22') throw new Error(`the addon multiplies wrongly: ${product}`);
  return version;
}

/** `npm install` inside the package runs its installer, which fetches a TensorFlow and the addon. */
async function ownInstaller(options: InstallNativeOptions, job: Job): Promise<Built> {
  const root = await packageSource(options.source, job);
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
  const source = await packageSource(options.source, job);
  const headers = await nodeHeaders(job);

  const entry = join(job.stage, 'built');
  mkdirSync(join(entry, 'deps', 'lib'), { recursive: true });
  for (const library of [tensorflow.library, tensorflow.framework]) bring(library, join(entry, 'deps', 'lib'));
  await job.step('compiling', () => compile(compiler, { source, headers, tensorflow, entry }, job));
  return { root: entry, version: await job.step('trying the addon', () => tryAddon(addonUnder(entry)!, job)) };
}
