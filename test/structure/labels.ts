/**
 * Writes src/calls/generated/labels.ts: the names that editors show for arguments which a public function takes as
 * Python's does. `npm run features` runs it; test/docs/hover.test.ts fails where a name is missing.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { boundAs } from '../../src/calls/bind';
import { Signature } from '../../src/calls/signature';
import { surface } from '../surface-rows';
import { ROOT } from './files';

export const LABELS = path.join(ROOT, 'src', 'calls', 'generated', 'labels.ts');

/** No tuple can name its element so. */
const RESERVED = new Set([
  'var',
  'function',
  'new',
  'this',
  'null',
  'true',
  'false',
  'void',
  'typeof',
  'import',
  'default',
  'case',
]);

export function labels(): string {
  const all = surface(tf).flatMap(([, value]) => {
    const key = typeof value === 'function' ? boundAs(value) : null;
    return key ? new Signature(key, 'function').args.map(({ name }) => name) : [];
  });
  const names = [...new Set(all)].filter((name) => /^[A-Za-z]\w*$/.test(name) && !RESERVED.has(name)).sort();
  const table = (mark: string): string[] => names.map((name) => `  ${name}: [${name}${mark}: T];`);
  return [
    '/**',
    ' * Tuples of one, labelled: what editors show as an argument’s name can only be written out. By',
    ' * `npm run features`.',
    ' */',
    'export interface Labelled<T> {',
    ...table(''),
    '}',
    '/** The same, optional. */',
    'export interface LabelledOptional<T> {',
    ...table('?'),
    '}',
    '',
  ].join('\n');
}
if (require.main === module) {
  const text = labels();
  if (!existsSync(LABELS) || readFileSync(LABELS, 'utf8') !== text) writeFileSync(LABELS, text);
}
