/** What reads a program in TypeScript. */
import { createRequire } from 'node:module';
import { UsageError } from '../usage';

/** ts-node and typescript: the program's own, else those beside this package. */
export function compiler(file: string): { tsNode: string; typescript: string } {
  for (const from of [file, __filename]) {
    const { resolve } = createRequire(from);
    try {
      return { tsNode: resolve('ts-node'), typescript: resolve('typescript') };
    } catch {
      /* The next place. */
    }
  }
  throw new UsageError(
    'ts-node is not installed beside the file: npm install --save-dev ts-node@10.9.2 typescript@5.9.3',
  );
}
