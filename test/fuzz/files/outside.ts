/** Which files outside a folder are opened, changed or removed. */
import fs from 'node:fs';
import { resolve, sep } from 'node:path';

/** Calls by which a file is read, written, made, moved or removed: their arguments before the count are paths. */
const CALLS: Readonly<Record<string, number>> = {
  openSync: 1,
  readFileSync: 1,
  readdirSync: 1,
  writeFileSync: 1,
  appendFileSync: 1,
  truncateSync: 1,
  mkdirSync: 1,
  mkdtempSync: 1,
  rmSync: 1,
  rmdirSync: 1,
  unlinkSync: 1,
  renameSync: 2,
  copyFileSync: 2,
  cpSync: 2,
  linkSync: 2,
  symlinkSync: 2,
  chmodSync: 1,
};
let touched: ((call: string, path: string) => void) | null = null;
/** Puts what tells of paths in the place of the calls. Before the library is loaded. */
export function watchFiles(): void {
  const all = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const [name, paths] of Object.entries(CALLS)) {
    const real = all[name];
    all[name] = (...args) => {
      for (const path of args.slice(0, paths)) if (typeof path === 'string') touched?.(name, resolve(path));
      return real(...args);
    };
  }
}
/** The library's own files, and what the system says of itself. */
const OWN = [resolve(__dirname, '../../..') + sep, '/proc/', '/sys/'];
/** What a call gives, and what it touches outside a folder. */
export function outsideOf<T extends object>(
  folder: string,
  body: () => T,
): T & { readonly outside: readonly string[] } {
  const outside: string[] = [];
  touched = (call, path) => {
    if (![folder + sep, ...OWN].some((start) => (path + sep).startsWith(start))) outside.push(`${path} (${call})`);
  };
  try {
    return { ...body(), outside };
  } finally {
    touched = null;
  }
}
