/** The source of `@tensorflow/tfjs-node`, which is all of it that is wanted. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ADDON_VERSION, installedPackages } from '../../src/kernels/native/addon-places';
import { type Job, run } from './job';

/** The package's files in the folder on the side: from `--source`, from node_modules, or from npm. */
export async function packageSource(given: string | undefined, job: Job): Promise<string> {
  const root = join(job.stage, 'package');
  if (existsSync(root)) return root;
  if (given && !hasBinding(given)) {
    throw new Error(`--source ${given} is not an unpacked @tensorflow/tfjs-node: it has no ${BINDING[0]}`);
  }
  const local = given ?? installedPackages().find((path) => hasBinding(path) && versionOf(path) === ADDON_VERSION);
  if (local) {
    const built = ['deps', 'lib', 'build', 'node_modules'].map((name) => join(resolve(local), name));
    cpSync(resolve(local), root, { recursive: true, dereference: true, filter: (path) => !built.includes(path) });
    return root;
  }
  const spec = `@tensorflow/tfjs-node@${ADDON_VERSION}`;
  await job.step(`fetching ${spec}`, () => npmUnpack(spec, root, job));
  return root;
}

export const BINDING = [join('binding', 'tfjs_backend.cc'), join('binding', 'tfjs_binding.cc')];

const hasBinding = (root: string) => BINDING.every((file) => existsSync(join(root, file)));

const versionOf = (root: string): string => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

export async function npmUnpack(spec: string, into: string, job: Job): Promise<void> {
  const parcel = mkdtempSync(join(job.stage, 'npm-'));
  // In the user's folder, so that the project's .npmrc (registry, proxy) counts.
  await npm(['pack', spec, '--loglevel=error', '--pack-destination', parcel], job, process.cwd());
  const [archive] = readdirSync(parcel);
  await run('tar', ['-xzf', join(parcel, archive), '-C', parcel], job);
  renameSync(join(parcel, 'package'), into);
  rmSync(parcel, { recursive: true });
}

export function npm(args: string[], job: Job, cwd: string): Promise<string> {
  // Under npx the npm that runs us is the one that the user has set up.
  const runner = process.env.npm_execpath;
  if (runner && basename(runner) === 'npm-cli.js') return run(process.execPath, [runner, ...args], job, { cwd });
  return run('npm', args, job, { cwd, shell: process.platform === 'win32' });
}
