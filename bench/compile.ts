/**
 * Plain JavaScript for the runners: with ts-node in them, its compiler would count as their memory, and its time as
 * theirs.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
  const wanted = new Set<string>();
  for (const folder of ['src', 'bench']) {
    for (const file of readdirSync(path.join(ROOT, folder), { recursive: true }) as string[]) {
      if (!file.endsWith('.ts')) continue;
      const from = path.join(ROOT, folder, file);
      const to = path.join(OUTPUT, folder, file.replace(/ts$/, 'js'));
      wanted.add(to);
      if ((statSync(to, { throwIfNoEntry: false })?.mtimeMs ?? 0) > statSync(from).mtimeMs) continue;
      mkdirSync(path.dirname(to), { recursive: true });
      writeFileSync(
        to,
        ts.transpileModule(readFileSync(from, 'utf8'), { compilerOptions: OPTIONS, fileName: from }).outputText,
      );
    }
    for (const file of readdirSync(path.join(OUTPUT, folder), { recursive: true }) as string[]) {
      const old = path.join(OUTPUT, folder, file);
      if (old.endsWith('.js') && !wanted.has(old)) rmSync(old);
    }
  }
}

/** True where `dist/`, which the tutorial uses, lacks a change of the sources. */
export function distIsOld(): boolean {
  const built = statSync(path.join(ROOT, 'dist', 'src', 'index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return (readdirSync(path.join(ROOT, 'src'), { recursive: true }) as string[]).some(
    (file) => file.endsWith('.ts') && statSync(path.join(ROOT, 'src', file)).mtimeMs > built,
  );
}
