/**
 * The types take what the run takes: each argument of every public function, class and method by its place and by its
 * name in an object that comes last. The compiler reads the library; the signatures are those that a run binds by.
 */
import path from 'node:path';
import ts from 'typescript';
import * as tf from '../../src';
import { isClass } from '../../src/base/border';
import { type Key, boundAs } from '../../src/calls/bind';
import { SIGNATURES } from '../../src/calls/generated/signatures';
import { ALIASES, OWN, REFUSED } from '../../src/calls/own';
import { type Argument, Signature } from '../../src/calls/signature';
import { UNBOUND, UNBOUND_METHODS } from '../calls/unbound';
import { surface } from '../surface-rows';

const root = path.join(__dirname, '../..');
const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
const program = ts.createProgram([path.join(root, 'src/index.ts')], { ...config.options, noEmit: true });
const checker = program.getTypeChecker();
const index = program.getSourceFile(path.join(root, 'src/index.ts'));

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const isKey = (key: string): key is Key => key in SIGNATURES || key in OWN;

/** The type of `tf.train.Saver`, or of another name. */
function typeOf(name: string): ts.Type | null {
  let symbol = index && checker.getSymbolAtLocation(index);
  for (const part of name.split('.').slice(1)) {
    const found: ts.Symbol | undefined = symbol && memberOf(symbol, part);
    symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  }
  return symbol && index ? checker.getTypeOfSymbolAtLocation(symbol, index) : null;
}
function memberOf(symbol: ts.Symbol, name: string): ts.Symbol | undefined {
  return symbol.flags & ts.SymbolFlags.ValueModule
    ? checker.getExportsOfModule(symbol).find((each) => each.name === name)
    : checker.getPropertyOfType(checker.getTypeOfSymbol(symbol), name);
}
const membersOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types.flatMap(membersOf) : [type]);
/** The types of parameters, by their places: a rest parameter is a union of lists of them. */
function* parameters(signature: ts.Signature): Generator<readonly ts.Type[]> {
  const own = signature.parameters;
  const types = own.map((each) => checker.getTypeOfSymbol(each));
  const last = own.at(-1)?.valueDeclaration;
  const isRest =
    (last && ts.isParameter(last) && last.dotDotDotToken) ||
    checker
      .signatureToSignatureDeclaration(signature, ts.SyntaxKind.CallSignature, undefined, undefined)
      ?.parameters.at(-1)?.dotDotDotToken;
  if (!isRest) yield types;
  else
    for (const list of membersOf(known(types[types.length - 1])))
      if (checker.isTupleType(list))
        yield [...types.slice(0, -1), ...checker.getTypeArguments(list as ts.TypeReference)];
      else yield types;
}
/** What a type is that waits for another one. */
const known = (type: ts.Type): ts.Type =>
  type.flags & ts.TypeFlags.Conditional ? (checker.getBaseConstraintOfType(type) ?? type) : type;
/** How many places there are, and which names objects in them have; null for any, where the first takes anything. */
function taken(signatures: readonly ts.Signature[]): {
  readonly places: number;
  readonly names: ReadonlySet<string> | null;
} {
  const names = new Set<string>();
  let places = 0;
  for (const signature of signatures)
    for (const types of parameters(signature)) {
      places = Math.max(places, types.length);
      for (const each of types.flatMap(membersOf)) {
        if (isListOfUnknown(each) || (each.flags & ts.TypeFlags.Unknown && each === types[0]))
          return { places, names: null };
        const isObject = each.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection);
        if (!isObject || each.isClass() || each.getCallSignatures().length) continue;
        for (const property of checker.getPropertiesOfType(each)) names.add(property.name);
      }
    }
  return { places, names };
}
/** `...inputs: unknown[]` */
function isListOfUnknown(type: ts.Type): boolean {
  return !!((checker.getIndexTypeOfType(type, ts.IndexKind.Number)?.flags ?? 0) & ts.TypeFlags.Unknown);
}
const isTaken = (key: Key, { python, preset }: Argument): boolean =>
  preset !== '_sentinel' && python !== '_sentinel' && !(python in REFUSED) && !(`${key}:${python}` in REFUSED);
/** Names alone: Python says so itself of what has a `_sentinel` in front, and reports are ours. */
const BY_NAMES: ReadonlySet<string> = new Set([
  'nn.sigmoid_cross_entropy_with_logits',
  'nn.softmax_cross_entropy_with_logits',
  'nn.sparse_softmax_cross_entropy_with_logits',
  'examples.report',
]);
/** What the types of a call do not take. */
function missing(name: string, key: Key, kind: 'function' | 'class', type: ts.Type): string[] {
  const { args, rest } = new Signature(key, kind);
  const { places, names } = taken(kind === 'class' ? type.getConstructSignatures() : type.getCallSignatures());
  const others = Object.keys(ALIASES[key] ?? {});
  const byName = args.slice(rest + 1);
  const wrong = byName
    .filter((arg) => isTaken(key, arg) && names !== null && !names.has(arg.name))
    .map((arg) => `${name}: ${arg.name} by name`);
  const least = args.map((arg) => isTaken(key, arg) && !others.includes(arg.name)).lastIndexOf(true) + 1;
  if (rest < 0 && names !== null && !BY_NAMES.has(key) && places < least)
    wrong.push(`${name}: ${places} of ${least} places`);
  return wrong;
}

/** Methods that a class of one's own defines, and `*args`. */
const HOOKS = new RegExp(
  String.raw`^layers\.(\w+\.build|Layer\.(call|apply))$|^(nn\.rnn_cell|contrib\.(rnn|seq2seq))\.\w+\.(build|call)$|` +
    String.raw`^train\.(\w+(Hook|Listener)|LooperThread)\.\w+$`,
);
const PUBLIC = surface(tf).filter(([, value]) => typeof value === 'function');
test('functions', () => {
  const wrong = PUBLIC.flatMap(([name, value]) => {
    const key = typeof value === 'function' ? boundAs(value) : null;
    const type = typeOf(name);
    if (isClass(value) || !key) return [];
    return type ? missing(name, key, 'function', type) : [`${name} has no type`];
  });
  expect(wrong).toEqual([]);
});
test('classes', () => {
  const wrong = PUBLIC.flatMap(([name, value]) => {
    const key = snakeClass(name);
    if (!isClass(value) || name in UNBOUND || !isKey(key)) return [];
    const type = typeOf(name);
    return type ? missing(name, key, 'class', type) : [`${name} has no type`];
  });
  expect(wrong).toEqual([]);
});
test('methods', () => {
  const wrong: string[] = [];
  let count = 0;
  for (const [name, value] of PUBLIC) {
    if (!isClass(value)) continue;
    const type = typeOf(name);
    const instance = type?.getConstructSignatures()[0]?.getReturnType();
    if (!instance) continue;
    for (const method of Object.getOwnPropertyNames(value.prototype)) {
      const key = `${snakeClass(name)}.${snake(method)}`;
      if (!isKey(key) || HOOKS.test(key) || `${name}.${method}` in UNBOUND_METHODS || `*.${method}` in UNBOUND_METHODS)
        continue;
      const symbol = checker.getPropertyOfType(instance, method);
      if (!symbol) {
        wrong.push(`${name}.${method} has no type`);
        continue;
      }
      count++;
      wrong.push(...missing(`${name}.${method}`, key, 'function', checker.getTypeOfSymbol(symbol)));
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(100);
});
/** `tf.nn.rnnCell.GRUCell` -> `nn.rnn_cell.GRUCell` */
function snakeClass(name: string): string {
  return name.slice(3).replace(/\b[a-z]\w*(?=\.)/g, snake);
}
