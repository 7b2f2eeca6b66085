/** Where the code says what a type is instead of finding out: each place, in what all values go through, and why. */
import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT, files, show, textOf } from './files';

/** Those that are left, and what they rest on. Fewer are welcome: then lower the number. */
const LEFT: Readonly<Record<string, readonly [casts: number, rest: string]>> = {
  'src/session/config-proto.ts': [1, 'an object made of the very names that its type has'],
  'src/base/border.ts': [1, 'the constructor of a typed array, asked of the array itself'],
  'src/base/named-tuple.ts': [1, 'a list with names, made of the names that its type has'],
  'src/base/ndarray.ts': [5, 'types that the compiler computes of a dtype, which only that dtype knows in a run'],
  'src/kernels/host/anew.ts': [5, 'code made from text, whose function was chosen by the dtype of the arrays'],
  'src/kernels/host/place.ts': [1, 'the same: a comparison of what the arrays hold'],
  'src/kernels/native/addon.ts': [1, "the addon, which TensorFlow.js's own package types no better"],
  'src/kernels/portable/wasm.ts': [4, "tfjs's wasm module and kernels, which its types say too little of"],
};
/** How often a value is fixed to what it is written as: `as const` cannot be wrong. */
const CONSTANTS = 24;

/** `require` of a name as the type of that name. */
function isImport({ expression, type }: ts.AsExpression): boolean {
  const [name] = ts.isCallExpression(expression) ? expression.arguments : [];
  if (!name || !ts.isStringLiteral(name) || !ts.isImportTypeNode(type) || !ts.isLiteralTypeNode(type.argument))
    return false;
  const { literal } = type.argument;
  return type.isTypeOf && ts.isStringLiteral(literal) && literal.text === name.text;
}
/** `as unknown`, and what says of an empty list or of null what it is to hold, lie about nothing. */
function mayLie(cast: ts.AsExpression): boolean {
  const { expression, type } = cast;
  const empty = ts.isArrayLiteralExpression(expression) && expression.elements.length === 0;
  const isNull = expression.kind === ts.SyntaxKind.NullKeyword;
  return type.kind !== ts.SyntaxKind.UnknownKeyword && !empty && !isNull && !isImport(cast);
}
function castsIn(file: string): { casts: number; constants: number } {
  const found = { casts: 0, constants: 0 };
  const text = textOf(file);
  if (!/\bas\b/.test(text)) return found;
  const visit = (node: ts.Node): void => {
    if (ts.isAsExpression(node)) {
      if (ts.isConstTypeReference(node.type)) found.constants++;
      else if (mayLie(node)) found.casts++;
    } else if (ts.isTypeAssertionExpression(node)) found.casts++;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022));
  return found;
}
const FOLDERS = ['src/session', 'src/plan', 'src/base', 'src/kernels'];

const FOUND = FOLDERS.flatMap((folder) => files(path.join(ROOT, folder))).map((file) => ({
  file: show(file),
  ...castsIn(file),
}));
test('casts that may lie do not grow', () => {
  const left = FOUND.flatMap(({ file, casts }) => (casts ? [[file, casts]] : []));
  expect(Object.fromEntries(left)).toEqual(Object.fromEntries(Object.entries(LEFT).map(([file, [n]]) => [file, n])));
});
test('those that cannot are counted apart', () => {
  expect(FOUND.reduce((sum, { constants }) => sum + constants, 0)).toBe(CONSTANTS);
});
test('what is left has its reason', () => {
  expect(Object.entries(LEFT).filter(([, [, rest]]) => rest.split(' ').length < 4)).toEqual([]);
});
