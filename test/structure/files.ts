/** The source files of the project, for the tests of how it is built. */
import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '..', '..');
/** All `.ts` files below a folder, as whole paths. */
export function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? files(full) : entry.name.endsWith('.ts') ? [full] : [];
  });
}
export const show = (file: string): string => path.relative(ROOT, file).split(path.sep).join('/');
export const textOf = (file: string): string => readFileSync(file, 'utf8');
