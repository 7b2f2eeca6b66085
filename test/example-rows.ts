/** Rows for public functions whose docstring shows a call and its value: `tf.tile([1], [2])   // [1, 1]`. */
import * as path from 'node:path';
import type * as TF from '../src';
import { camelCase } from '../src/calls/signature';
import { ROOT, files, textOf } from './structure/files';

type Example = readonly [call: () => unknown, value: unknown];
const FUNCTION = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const \w+ = (?:bound\w*|argScoped)\(\s*'([\w.]+)'/g;

/** By name; the name is that of Python's, and where the docstring calls it. */
export function exampleRows(tf: typeof TF): Record<string, Example> {
  const found: Record<string, Example> = {};
  for (const file of files(path.join(ROOT, 'src')))
    for (const [, text, key] of textOf(file).matchAll(FUNCTION)) {
      const name = `tf.${key.split('.').map(camelCase).join('.')}`;
      const [, call, said] = /^ \* {5}(tf\..*\)) +\/\/ (\[[-\d.,[\] ]*\]|-?[\d.]+)$/m.exec(text) ?? [];
      if (call?.startsWith(`${name}(`))
        found[name] = [() => new Function('tf', `return ${call}`)(tf) as unknown, JSON.parse(said) as unknown];
    }
  return found;
}
