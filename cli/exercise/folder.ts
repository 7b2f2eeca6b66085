/** Where the package keeps the exercise. */
import { dirname, join } from 'node:path';

export function packageFolder(): string {
  return dirname(require.resolve('tfjs-session/package.json'));
}
export function exerciseFolder(): string {
  return join(packageFolder(), 'exercise');
}
