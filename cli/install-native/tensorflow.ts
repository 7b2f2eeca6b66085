/** A TensorFlow to build against: named, Python's, or pip's. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { INSTALL_COMMAND, cacheDir } from '../../src/kernels/native/addon-places';
import { type Job, messageOf, run } from './job';
import { moveInto } from './stage';

export interface TensorFlow {
  readonly library: string;
  readonly framework: string;
  readonly include: string;
}

/** What pip's wheel takes: on its way, and in the cache. */
export const FETCHED = '274 MB';
export const KEPT = '825 MB';

/** By the names that the addon will ask for: a wheel's, then those of the C library's archive. */
const LIBRARIES =
  process.platform === 'darwin'
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
export async function pythonTensorFlow(job: Job): Promise<TensorFlow | null> {
  const script =
    'import importlib.util as u; s = u.find_spec("tensorflow"); print(s.submodule_search_locations[0] if s else "")';
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
export async function pipTensorFlow(job: Job): Promise<TensorFlow> {
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
  const members =
    '^tensorflow/(libtensorflow[^/]*|THIRD_PARTY_NOTICES.txt|' +
    'include/(absl|tsl|xla/tsl|tensorflow/(c|core/platform))/.*)$';
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
      job.say(`fetching ${name} with pip (${FETCHED}; ${KEPT} when unpacked)`);
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
