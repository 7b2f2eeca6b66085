/** Where the code says what a type is instead of finding out: how often, in what all values go through, and why. */
import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT, files, show, textOf } from './files';

/** Those that are left in each folder, and what they rest on. Fewer are welcome: then lower the number. */
const LEFT: Readonly<Record<string, readonly [casts: number, rest: string]>> = {
  'src/session': [21, 'what users hand in, behind a look at what it is; results, whose types follow from the fetches'],
  'src/plan': [4, 'keys of objects that were asked for them, and shapes that were found to be known'],
  'src/base': [73, 'typed arrays behind their dtype, and values of anything behind a look at what they are'],
  'src/kernels': [9, 'values that were just brought to the host; typed arrays behind their dtype'],
  'src/kernels/host': [258, 'typed arrays behind the dtype that the definition of the op allows'],
  'src/kernels/native': [20, 'what the addon gives, by the type that it says itself'],
  'src/kernels/portable': [28, 'typed arrays behind their dtype, and exports of the wasm module'],
};

/** `as const`, `as unknown`, and what says of an empty list or of null what it is to hold lie about nothing. */
function mayLie({ expression, type }: ts.AsExpression): boolean {
  if (ts.isConstTypeReference(type) || type.kind === ts.SyntaxKind.UnknownKeyword) return false;
  const empty = ts.isArrayLiteralExpression(expression) && expression.elements.length === 0;
  return !empty && expression.kind !== ts.SyntaxKind.NullKeyword;
}
function casts(file: string): number {
  const text = textOf(file);
  if (!/\bas\b/.test(text)) return 0;
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node) && mayLie(node)) count++;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022));
  return count;
}
const FOLDERS = ['src/session', 'src/plan', 'src/base', 'src/kernels'];

test('casts do not grow', () => {
  const found: Record<string, number> = {};
  for (const file of FOLDERS.flatMap((folder) => files(path.join(ROOT, folder)))) {
    const folder = path.posix.dirname(show(file));
    found[folder] = (found[folder] ?? 0) + casts(file);
  }
  expect(Object.entries(found).filter(([, count]) => count > 0)).toEqual(
    Object.entries(LEFT).map(([folder, [count]]) => [folder, count]),
  );
});
test('what is left has its reason', () => {
  expect(Object.entries(LEFT).filter(([, [, rest]]) => rest.split(' ').length < 4)).toEqual([]);
});
