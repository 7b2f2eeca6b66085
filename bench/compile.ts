/**
 * Plain JavaScript for the runners: with ts-node in them, its compiler would count as their memory, and its time as
 * theirs. The library is `dist/`, which is what its users run: bundled, it is up to twice as fast as file by file.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { OUTPUT } from './runners';

const ROOT = path.join(__dirname, '..');
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: false,
};

/** Brings what has changed since the last time up to date. */
export function compile(): void {
  if (distIsOld()) {
    process.stderr.write('dist/ lacks changes of src/: building it.\n');
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  }
  const [library, from, to] = [path.join(OUTPUT, 'src'), path.join(ROOT, 'bench'), path.join(OUTPUT, 'bench')];
  for (const folder of [library, to]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  symlinkSync(path.join(ROOT, 'dist', 'src'), library, 'junction');
  for (const name of readdirSync(from, { recursive: true }) as string[]) {
    if (!name.endsWith('.ts')) continue;
    const file = path.join(from, name);
    const text = readFileSync(file, 'utf8');
    const written = path.join(to, name.replace(/ts$/, 'js'));
    mkdirSync(path.dirname(written), { recursive: true });
    writeFileSync(written, ts.transpileModule(text, { compilerOptions: OPTIONS, fileName: file }).outputText);
  }
}

/** True where `dist/` lacks a change of the sources. */
function distIsOld(): boolean {
  const built = statSync(path.join(ROOT, 'dist', 'src', 'index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return (readdirSync(path.join(ROOT, 'src'), { recursive: true }) as string[]).some(
    (file) => file.endsWith('.ts') && statSync(path.join(ROOT, 'src', file)).mtimeMs > built,
  );
}
