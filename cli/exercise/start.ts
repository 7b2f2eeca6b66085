/** `tfjs-session exercise start`: puts a fresh starter into a student's folder, ready to run. */
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { inPlace, writeOutput } from '../../src/format/output';
import { checkFolder, makeFolder } from '../folder';
import { reporter } from '../steps';
import { UsageError } from '../usage';
import { exerciseFolder, packageFolder } from './folder';

export interface StartFlags {
  readonly install: boolean;
}
interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  [key: string]: unknown;
}
const FILES = ['tensorflow_tutorial.ts', 'tsconfig.json', 'README.md'];
/** What runs TypeScript, in the versions that work together; see ARCHITECTURE.md. */
const TOOLS = { '@types/node': '20.19.0', 'ts-node': '10.9.2', typescript: '5.9.3' } as const;

/** @throws UsageError  where the file is no package.json: it is left as it is */
function manifestIn(file: string, text: string): Manifest {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Manifest;
  } catch {
    // As what is no object.
  }
  throw new UsageError(`${file}: it is no package.json. Mend it, or name another folder.`);
}
/**
 * Before anything is written or read: a link, a device or a pipe in the place of a file is left alone.
 *
 * @throws UsageError  where no starter can be put
 */
function checkPlaces(dir: string, target: string): void {
  checkFolder(dir);
  for (const name of [...FILES, 'package.json']) {
    const there = inPlace(path.join(target, name), lstatSync);
    if (there && !there.isFile())
      throw new UsageError(`${path.join(dir, name)}: it is no file, and left alone. Name another folder.`);
  }
}
/** @throws UsageError  if a file is there already: a student's work is never overwritten */
export async function start(dir: string, { install }: StartFlags): Promise<void> {
  const target = path.resolve(dir);
  checkPlaces(dir, target);
  const existing = FILES.filter((name) => name !== 'README.md' && existsSync(path.join(target, name)));
  if (existing.length) {
    const names = existing.map((name) => path.join(dir, name)).join(' and ');
    throw new UsageError(`${names}: already there, and not overwritten. Name another folder.`);
  }
  const file = path.join(target, 'package.json');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
  const manifest: Manifest =
    before === null ? { name: 'tensorflow-tutorial', private: true } : manifestIn(file, before);
  if (manifest.type === 'module')
    throw new UsageError(
      `${path.join(dir, 'package.json')} says "type": "module", and the exercise is no ES module. ` +
        'Name a folder of its own, as digits.',
    );
  makeFolder(dir);
  for (const name of FILES)
    if (!existsSync(path.join(target, name)))
      writeOutput(path.join(target, name), readFileSync(path.join(exerciseFolder(), name)));
  addDependencies(manifest, target);
  writeOutput(file, `${JSON.stringify(manifest, null, 2)}\n`);

  const where = path.relative(process.cwd(), target);
  const report = reporter(process.stdout);
  report.say(`The starter is in ${where || 'this folder'}: ${FILES.join(', ')}, package.json.`);
  const installed = install && (await report.step('Installing (npm install)', () => npmInstall(target)));
  const steps = [
    ...(where ? [`cd ${where}`] : []),
    ...(installed ? [] : ['npm install']),
    'npx ts-node tensorflow_tutorial.ts',
    'npx tfjs-session exercise check --quick',
  ];
  process.stdout.write(`Now:\n${steps.map((step) => `  ${step}\n`).join('')}Then answer question 2.\n`);
  if (install && !installed) process.exitCode = 1;
}
/** What the starter needs and the manifest has not. */
function addDependencies(manifest: Manifest, target: string): void {
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  manifest.dependencies = {
    ...manifest.dependencies,
    ...('tfjs-session' in all ? {} : { 'tfjs-session': dependency(target) }),
  };
  const missing = Object.entries(TOOLS).filter(([name]) => !(name in all));
  if (missing.length) manifest.devDependencies = { ...manifest.devDependencies, ...Object.fromEntries(missing) };
}

/** Whether npm succeeded. What it says is of use only where it did not. */
function npmInstall(cwd: string): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn('npm', ['install', '--no-audit', '--no-fund'], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.on('error', (error) => (said += `npm does not run: ${error.message}\n`));
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(`\n${said}`);
      done(code === 0);
    });
  });
}

/** How package.json names this package: where it was installed from, else its version. */
function dependency(target: string): string {
  const root = packageFolder();
  const parent = path.dirname(root);
  if (path.basename(parent) !== 'node_modules') return `file:${path.relative(target, root) || '.'}`;
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  try {
    const lock = JSON.parse(readFileSync(path.join(parent, '.package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved?: string }>;
    };
    const resolved = lock.packages['node_modules/tfjs-session']?.resolved ?? '';
    if (resolved.startsWith('file:'))
      return `file:${path.relative(target, path.resolve(path.dirname(parent), resolved.slice('file:'.length)))}`;
  } catch {
    /* No npm wrote it. */
  }
  return `^${version}`;
}
