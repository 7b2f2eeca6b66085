/** Where the package keeps the exercise. */
import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { UsageError } from '../usage';

export function packageFolder(): string {
  return dirname(require.resolve('tfjs-session/package.json'));
}
export function exerciseFolder(): string {
  return join(packageFolder(), 'exercise');
}

/** The packaged program, which is an answer to all questions but the last. */
const TUTORIAL = 'tensorflow_tutorial.ts';

/** @throws UsageError  if a program is the package's own: it is no student's answer */
export function refuseOwnFile(file: string): void {
  let inside: string;
  try {
    inside = relative(realpathSync(packageFolder()), realpathSync(file));
  } catch {
    // Not there: whoever runs it says so.
    return;
  }
  if (inside !== TUTORIAL && inside.split(sep)[0] !== basename(exerciseFolder())) return;
  throw new UsageError(
    `${file}: it belongs to the package itself, and is no answer of yours. ` +
      '`npx tfjs-session exercise start digits` puts a starter into a folder; then `cd digits` and check there.',
  );
}
