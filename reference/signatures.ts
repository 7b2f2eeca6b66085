/**
 * What the API reference says of a call. Public functions are made by `bound(…)` and its kin, and methods take
 * `...args: Args<…>`: TypeScript sees every way in which the arguments may come. A reader wants one line, with the
 * arguments in TensorFlow's order, and so the signatures are written anew from Python's and from the types of the body.
 */
import * as ts from 'typescript';
// biome-ignore syntax/correctness/noTypeOnlyImportAttributes: TypeDoc is an ES module, and this is none
import type * as td from 'typedoc' with { 'resolution-mode': 'import' };
import { OWN } from '../src/calls/own';
import { Signature } from '../src/calls/signature';
import { SIGNATURES } from '../src/calls/generated/signatures';
import type { Key } from '../src/calls/types';
import { type BoundCall, type Written, aliased, argumentTypes, boundCall, elementsOf, isKey, isTuple } from './source';

export type Lib = typeof td;
/** Which call of TensorFlow's a signature is; for the line that says so. */
export type Calls = Map<td.Reflection, Key>;

/** Defaults by Python's name: `axis=0` is `0`, and None is nothing to say. */
function defaultsOf(key: Key): Map<string, string> {
  const text: string = key in OWN ? OWN[key as keyof typeof OWN] : SIGNATURES[key as keyof typeof SIGNATURES];
  const words: Readonly<Record<string, string>> = { True: 'true', False: 'false' };
  return new Map(
    [...text.matchAll(/(\w+)=(\[[^\]]*\]|[^,]+)/g)].flatMap(([, name, value]): [string, string][] =>
      value === 'None' || value === '...' || value.startsWith('<') || value.startsWith('(')
        ? []
        : [[name, words[value] ?? value]],
    ),
  );
}

/** Writes the arguments of a call into a signature. Those that take nothing are left out. */
function write(
  { ParameterReflection, ReflectionKind, ReflectionFlag }: Lib,
  context: td.Context,
  signature: td.SignatureReflection,
  key: Key,
  types: readonly Written[],
  kind: 'function' | 'class',
): void {
  const defaults = defaultsOf(key);
  const scope = scopeOf(context, signature);
  const taken = new Signature(key, kind);
  signature.parameters = taken.args.flatMap(({ name, python, required, kind: sort }, i) => {
    const [, other = i] = taken.aliases.find(([from]) => from === i) ?? [];
    const type = types[i] ?? types[other];
    if (sort === 'refused' || !type) return [];
    const parameter = new ParameterReflection(name, ReflectionKind.Parameter, signature);
    parameter.type = convert(scope, type);
    const value = defaults.get(python);
    if (value !== undefined && !required && name !== 'name') parameter.defaultValue = value;
    else if (taken.rest === i) parameter.setFlag(ReflectionFlag.Rest, true);
    else if (!required) parameter.setFlag(ReflectionFlag.Optional, true);
    context.registerReflection(parameter, undefined);
    return [parameter];
  });
}
/** The context of a reflection, from the project's down. */
function scopeOf(context: td.Context, at: td.Reflection): td.Context {
  return at.parent ? scopeOf(context, at.parent).withScope(at) : context;
}
function convert(context: td.Context, type: ts.TypeNode | ts.Type): td.SomeType {
  return 'kind' in type ? context.converter.convertType(context, type) : context.converter.convertType(context, type);
}

function isBelow(at: td.Reflection, top: td.Reflection): boolean {
  return at.parent !== undefined && (at.parent === top || isBelow(at.parent, top));
}
/** Makes a function of a variable that was made by `bound` and its kin. */
function functionOf(
  lib: Lib,
  context: td.Context,
  reflection: td.DeclarationReflection,
  symbol: ts.Symbol,
  call: BoundCall,
): td.SignatureReflection {
  const { ReflectionKind, SignatureReflection, ReflectionFlag } = lib;
  for (const old of Object.values(context.project.reflections))
    if (old.id in context.project.reflections && isBelow(old, reflection)) context.project.removeReflection(old);
  reflection.kind = ReflectionKind.Function;
  reflection.setFlag(ReflectionFlag.Const, false);
  reflection.setFlag(ReflectionFlag.Readonly, false);
  delete reflection.type;
  delete reflection.defaultValue;
  const signature = new SignatureReflection(reflection.name, ReflectionKind.CallSignature, reflection);
  context.registerReflection(signature, undefined);
  reflection.signatures = [signature];
  signature.comment = withTags(lib, context, reflection.comment, symbol);
  delete reflection.comment;
  write(lib, context, signature, call.key, argumentTypes(context.checker, call), 'function');
  const type = context.checker.getTypeOfSymbolAtLocation(symbol, call.body);
  // The way that knows least of types: the last one, and not a generic one.
  const ways = [...type.getCallSignatures(), ...context.checker.getTypeAtLocation(call.body).getCallSignatures()];
  const plain = ways.filter(({ typeParameters }) => !typeParameters);
  const way = plain[plain.length - 1] ?? ways[ways.length - 1];
  signature.type = convert(scopeOf(context, signature), way.getReturnType());
  return signature;
}

/** The comment of a name of a plain object, with what the function behind it says of its arguments. */
function withTags(
  { Comment, ReflectionKind }: Lib,
  context: td.Context,
  comment: td.Comment | undefined,
  symbol: ts.Symbol,
): td.Comment | undefined {
  const { checker } = context;
  const declaration = symbol.declarations?.find(ts.isPropertyAssignment);
  const value = declaration && checker.getSymbolAtLocation(declaration.initializer);
  if (!comment || !value) return comment;
  const target = aliased(checker, value);
  const [first] = target.declarations ?? [];
  const made = first && context.getComment(target, ReflectionKind.Variable);
  if (!made) return comment;
  const [, example = ''] = /\n\n( {4}[^]*?)(?:\n\n(?! )|$)/.exec(made.summary.map(({ text }) => text).join('')) ?? [];
  const summary: td.CommentDisplayPart[] = [
    ...comment.summary,
    { kind: 'text', text: example ? `\n\n${example}` : '' },
  ];
  return new Comment(summary, made.blockTags, comment.modifierTags);
}

/** Writes a signature anew that takes `...args: Args<'key', [...]>`; says of which key. */
function methodOf(lib: Lib, context: td.Context, signature: td.SignatureReflection, node: ts.TypeNode): Key | null {
  if (!ts.isTypeReferenceNode(node) || !/^(Args|Calls)$/.test(node.typeName.getText())) return null;
  const [name, tuple] = node.typeArguments ?? [];
  if (!name || !ts.isLiteralTypeNode(name) || !ts.isStringLiteral(name.literal) || !isKey(name.literal.text))
    return null;
  const { checker } = context;
  const type = checker.getTypeFromTypeNode(tuple);
  const types = isTuple(checker, type) ? elementsOf(checker, type) : [];
  const kind = signature.kindOf(lib.ReflectionKind.ConstructorSignature) ? 'class' : 'function';
  write(lib, context, signature, name.literal.text, types, kind);
  return name.literal.text;
}
/** Leaves out what takes a method's arguments by name (`Redefinable`): the page has their names from the other one. */
export function leaveOutNamed(lib: Lib, project: td.ProjectReflection): void {
  for (const method of project.getReflectionsByKind(lib.ReflectionKind.Method)) {
    if (!(method instanceof lib.DeclarationReflection)) continue;
    for (const signature of method.signatures?.slice() ?? [])
      if (signature.typeParameters?.some(({ name }) => name === '_')) project.removeReflection(signature);
  }
}
/** Writes all signatures of the project anew; gives the calls of TensorFlow's that they are. */
export function rewriteSignatures(lib: Lib, context: td.Context): Calls {
  const calls: Calls = new Map();
  const { ReflectionKind, DeclarationReflection } = lib;
  for (const reflection of Object.values(context.project.reflections)) {
    if (!(reflection instanceof DeclarationReflection)) continue;
    const symbol = context.getSymbolFromReflection(reflection);
    if (!symbol) continue;
    if (reflection.name.startsWith('[')) {
      // Members by a symbol are for the language: `for … of`, `using`, printing.
      context.project.removeReflection(reflection);
      continue;
    }
    if (reflection.kindOf([ReflectionKind.Variable, ReflectionKind.Function, ReflectionKind.Property])) {
      const call = boundCall(context.checker, symbol);
      if (call) {
        calls.set(functionOf(lib, context, reflection, symbol, call), call.key);
        continue;
      }
    }
    const rewritten: td.SignatureReflection[] = [];
    for (const signature of reflection.signatures ?? []) {
      const [rest, ...more] = signature.parameters ?? [];
      if (!rest || more.length || !rest.flags.isRest) continue;
      for (const declaration of symbol.declarations ?? []) {
        if (!ts.isFunctionLike(declaration) || !('parameters' in declaration)) continue;
        const [parameter] = declaration.parameters;
        const key = parameter?.type && methodOf(lib, context, signature, parameter.type);
        if (key) {
          calls.set(signature, key);
          rewritten.push(signature);
          break;
        }
      }
    }
    // Overloads are one call to a reader: the last takes all.
    const last = rewritten[rewritten.length - 1];
    if (!last) continue;
    for (const other of [...(reflection.signatures ?? [])]) {
      if (other === last) continue;
      last.comment ??= other.comment;
      context.project.removeReflection(other);
    }
    reflection.signatures = [last];
  }
  return calls;
}
