/** The docstrings of all public names, and the examples in them. */
import * as path from 'node:path';
import { Script } from 'node:vm';
import * as ts from 'typescript';
import { ROOT } from '../structure/files';

const INDEX = path.join(ROOT, 'src', 'index.ts');

/** A public name: of a value or a type, or of what a class, an interface or a plain object has. */
export interface Documented {
  /** `tf.nn.relu`, `tf.Session.run`; where something has several names, the first. */
  readonly name: string;
  readonly symbol: ts.Symbol;
  /** Of what kind, where it is no member. */
  readonly kind: 'function' | 'class' | 'type' | 'value' | 'member';
  readonly text: string;
  readonly tags: readonly ts.JSDocTagInfo[];
}

export function compilerOptions(): ts.CompilerOptions {
  const read = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  return { ...ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT).options, noEmit: true };
}
export function program(): ts.Program {
  return ts.createProgram([INDEX], compilerOptions());
}
/** Every public name, modules left out, with its docstring; each symbol once. */
export function documented(of: ts.Program): Documented[] {
  const checker = of.getTypeChecker();
  const file = of.getSourceFile(INDEX);
  const root = file && checker.getSymbolAtLocation(file);
  if (!root) throw new Error('src/index.ts is no module');
  const found = new Map<ts.Symbol, Documented>();
  const add = (symbol: ts.Symbol, name: string, kind: Documented['kind']): void => {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    found.set(symbol, { name, symbol, kind, text, tags: symbol.getJsDocTags(checker) });
  };
  const isOurs = (symbol: ts.Symbol): boolean =>
    (symbol.declarations ?? []).some((d) => d.getSourceFile().fileName.startsWith(path.join(ROOT, 'src')));
  const members = (symbols: Iterable<ts.Symbol>, of: string): void => {
    for (const member of symbols) {
      if (found.has(member) || !isOurs(member) || isHidden(member)) continue;
      add(member, `${of}.${member.name}`, 'member');
    }
  };
  const walk = (module: ts.Symbol, at: string): void => {
    for (const each of checker.getExportsOfModule(module)) {
      const symbol = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
      const name = `${at}.${each.name}`;
      if (found.has(symbol)) continue;
      if (symbol.declarations?.some(ts.isSourceFile)) {
        walk(symbol, name);
        continue;
      }
      add(symbol, name, kindOf(checker, symbol));
      members(symbol.members?.values() ?? [], name);
      if (symbol.flags & ts.SymbolFlags.Class) members(symbol.exports?.values() ?? [], name);
      if (symbol.flags & ts.SymbolFlags.Variable) plain(symbol, name);
    }
  };
  /** What a plain object holds, such as `tf.examples.report`. */
  const plain = (symbol: ts.Symbol, name: string): void => {
    const declaration = symbol.valueDeclaration;
    if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return;
    const value = ts.isAsExpression(declaration.initializer)
      ? declaration.initializer.expression
      : declaration.initializer;
    if (!ts.isObjectLiteralExpression(value)) return;
    members(checker.getTypeAtLocation(value).getProperties(), name);
  };
  walk(root, 'tf');
  return [...found.values()];
}
function kindOf(checker: ts.TypeChecker, symbol: ts.Symbol): Documented['kind'] {
  if (symbol.flags & ts.SymbolFlags.Class) return 'class';
  if (!(symbol.flags & ts.SymbolFlags.Value)) return 'type';
  const [declaration] = symbol.declarations ?? [];
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  if (type.getConstructSignatures().length) return 'class';
  return type.getCallSignatures().length ? 'function' : 'value';
}
/** What nobody is to use: private, protected, internal; signatures and type parameters, which have no name. */
function isHidden(symbol: ts.Symbol): boolean {
  if (symbol.name.startsWith('__') || symbol.flags & (ts.SymbolFlags.TypeParameter | ts.SymbolFlags.Signature))
    return true;
  return (symbol.declarations ?? []).some((declaration) => {
    const flags = ts.getCombinedModifierFlags(declaration);
    if (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return true;
    const name = ts.getNameOfDeclaration(declaration);
    if (name && (ts.isPrivateIdentifier(name) || ts.isComputedPropertyName(name))) return true;
    return ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'internal');
  });
}

/** The programs of a docstring: its indented blocks and its fenced ones. */
export function examplesOf(text: string): string[] {
  const found: string[][] = [];
  let open = false;
  let fenced = false;
  let before = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      fenced = !fenced;
      open = false;
      if (fenced) found.push([]);
    } else if (fenced) found[found.length - 1].push(line);
    else if (/^ {4}/.test(line) && (open || before.trim() === '')) {
      if (!open) found.push([]);
      open = true;
      found[found.length - 1].push(line.slice(4));
    } else if (open && line.trim() === '') found[found.length - 1].push('');
    else open = false;
    before = line;
  }
  return found.map((lines) => lines.join('\n').trimEnd());
}

/**
 * A program as text whose values are checked: behind a statement that ends in `// [4, 6]` stands `__check(…)`, with the
 * statement's value and the comment.
 */
export function withChecks(example: string): string {
  const file = ts.createSourceFile('example.ts', example, ts.ScriptTarget.ES2022, true);
  const parts = file.statements.map((statement) => {
    const end = statement.getEnd();
    const said = /^[ \t]*\/\/ ?(.*)/.exec(example.slice(end))?.[1];
    const text = statement.getText();
    const value = valueOf(statement);
    if (said === undefined || value === null) return text;
    const call = `__check(() => (${value}), ${JSON.stringify(said)})`;
    return ts.isExpressionStatement(statement) ? `${call};` : `${text}\n${call};`;
  });
  return parts.join('\n');
}
/** The same in a block: an example may declare `sess` itself. */
export const checked = (example: string): string => `{\n${withChecks(example)}\n}`;
/** What Node runs of a program in TypeScript: that itself, where it is JavaScript already, as most examples are. */
export function plainScript(program: string): string {
  try {
    new Script(`(() => {${program}\n})`);
    return program;
  } catch {
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    return ts.transpileModule(program, { compilerOptions }).outputText;
  }
}
function valueOf(statement: ts.Statement): string | null {
  if (ts.isExpressionStatement(statement)) return statement.expression.getText();
  if (!ts.isVariableStatement(statement)) return null;
  const [{ name }] = statement.declarationList.declarations;
  if (ts.isArrayBindingPattern(name)) return name.getText();
  if (ts.isObjectBindingPattern(name)) return `[${name.elements.map((e) => e.name.getText()).join(', ')}]`;
  return name.getText();
}
