/** What stands in the source behind a public name: the call of `bound(…)` that made it, and its arguments' types. */
import * as ts from 'typescript';
import { Signature } from '../src/calls/signature';
import { OWN } from '../src/calls/own';
import { SIGNATURES } from '../src/calls/generated/signatures';
import type { Key } from '../src/calls/types';

export const isKey = (text: string): text is Key => text in SIGNATURES || text in OWN;
/** `bound('key', body)` behind a variable or a property, also where it has another name. */
export interface BoundCall {
  /** Whether the body has all arguments in order; else the last ones come in an object. */
  readonly flat: boolean;
  readonly key: Key;
  readonly count: number;
  readonly body: ts.Expression;
}
export function boundCall(checker: ts.TypeChecker, symbol: ts.Symbol): BoundCall | null {
  for (const declaration of symbol.declarations ?? []) {
    if (ts.isShorthandPropertyAssignment(declaration)) {
      const value = checker.getShorthandAssignmentValueSymbol(declaration);
      return value ? boundCall(checker, aliased(checker, value)) : null;
    }
    if (!ts.isVariableDeclaration(declaration) && !ts.isPropertyAssignment(declaration)) continue;
    let { initializer } = declaration;
    if (!initializer) continue;
    while (ts.isAsExpression(initializer) || ts.isParenthesizedExpression(initializer))
      initializer = initializer.expression;
    if (ts.isIdentifier(initializer)) {
      const value = checker.getSymbolAtLocation(initializer);
      return value ? boundCall(checker, aliased(checker, value)) : null;
    }
    if (!ts.isCallExpression(initializer)) continue;
    // `knowing<Call>()('key', …)` has one call within the other.
    const { expression: called } = initializer;
    const maker = ts.isCallExpression(called) ? called.expression : called;
    if (!ts.isIdentifier(maker)) continue;
    const { text: kind } = maker;
    const [key, ...rest] = initializer.arguments;
    if (!/^(bound|knowing)/.test(kind) || !key || !ts.isStringLiteral(key) || !isKey(key.text)) continue;
    const count = rest.find(ts.isNumericLiteral);
    const flat = !count && !kind.endsWith('Names');
    return { flat, key: key.text, count: count ? Number(count.text) : 0, body: rest[rest.length - 1] };
  }
  return null;
}
export const aliased = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** The type of one argument: as it is written where that can be found, else as the compiler has it. */
export type Written = ts.TypeNode | ts.Type | null;
/** Without the object of options that may stand in an argument's place, and without null: a generic one's limit. */
function plain(checker: ts.TypeChecker, node: ts.TypeNode): Written {
  if (ts.isUnionTypeNode(node)) {
    const kept = node.types.filter((each) => !isOptions(each) && each.getText() !== 'null');
    if (kept.length === 1) return plain(checker, kept[0]);
    if (!kept.length) return null;
    if (kept.length < node.types.length) return unionOf(kept);
  }
  if (ts.isTypeReferenceNode(node)) {
    const symbol = checker.getSymbolAtLocation(node.typeName);
    const [limited] = symbol && symbol.flags & ts.SymbolFlags.TypeParameter ? (symbol.declarations ?? []) : [];
    if (limited && ts.isTypeParameterDeclaration(limited) && limited.constraint)
      return plain(checker, limited.constraint);
  }
  return node;
}
const isOptions = (node: ts.TypeNode): boolean =>
  ts.isTypeReferenceNode(node) && /(Options?|Args)$/.test(node.typeName.getText());
/** Several types as one. */
function unionOf(types: readonly ts.TypeNode[]): ts.TypeNode {
  return Object.assign(ts.factory.createUnionTypeNode(types), { parent: types[0].parent });
}

/** The types of a body's arguments, by their place or by their name. */
export function argumentTypes(checker: ts.TypeChecker, { flat, count, body, key }: BoundCall): Written[] {
  const type = checker.getTypeAtLocation(body);
  const signatures = type.getCallSignatures();
  const parameters = signatures[signatures.length - 1]?.parameters ?? [];
  const typeOf = (parameter: ts.Symbol): Written => {
    const declaration = parameter.valueDeclaration;
    if (declaration && (ts.isParameter(declaration) || ts.isNamedTupleMember(declaration)) && declaration.type)
      return plain(checker, declaration.type);
    return checker.getTypeOfSymbolAtLocation(parameter, body);
  };
  const { args } = new Signature(key, 'function');
  const tuple = restOf(checker, parameters, body);
  const rest = tuple && elementsOf(checker, tuple);
  const at = (i: number): Written => {
    if (!rest) return parameters[i] ? typeOf(parameters[i]) : null;
    const { [i]: element = null } = rest;
    return !flat && element && 'kind' in element ? plain(checker, element) : element;
  };
  if (flat) return args.map((_, i) => at(i));
  const last = parameters[parameters.length - 1];
  const lastType = tuple
    ? checker.getTypeArguments(tuple).at(-1)
    : last && checker.getTypeOfSymbolAtLocation(last, body);
  const options = lastType && checker.getNonNullableType(lastType);
  return args.map(({ name }, i): Written => {
    if (i < count) {
      const place = at(i);
      if (place) return place;
    }
    const option = options && checker.getPropertyOfType(options, name);
    const declaration = option?.valueDeclaration;
    if (!option) return null;
    if (declaration && ts.isPropertySignature(declaration) && declaration.type) return plain(checker, declaration.type);
    return checker.getTypeOfSymbolAtLocation(option, body);
  });
}

/** The type of `...args: [name: string, …]`, where that is all that a body takes. */
function restOf(
  checker: ts.TypeChecker,
  parameters: readonly ts.Symbol[],
  body: ts.Node,
): ts.TupleTypeReference | null {
  const declaration = parameters[0]?.valueDeclaration;
  if (!declaration || !ts.isParameter(declaration) || !declaration.dotDotDotToken) return null;
  const type = checker.getTypeOfSymbolAtLocation(parameters[0], body);
  return isTuple(checker, type) ? type : null;
}
export function isTuple(checker: ts.TypeChecker, type: ts.Type): type is ts.TupleTypeReference {
  return checker.isTupleType(type);
}
/** The types in a tuple, as they are written where no type parameter stands in them. */
export function elementsOf(checker: ts.TypeChecker, type: ts.TupleTypeReference): Written[] {
  const labels = type.target.labeledElementDeclarations ?? [];
  return checker.getTypeArguments(type).map((element, i): Written => {
    const label = labels[i];
    return label && ts.isNamedTupleMember(label) && !namesParameter(checker, label.type) ? label.type : element;
  });
}
function namesParameter(checker: ts.TypeChecker, node: ts.Node): boolean {
  if (ts.isTypeReferenceNode(node)) {
    const symbol = checker.getSymbolAtLocation(node.typeName);
    if (symbol && symbol.flags & ts.SymbolFlags.TypeParameter) return true;
  }
  return ts.forEachChild(node, (child) => namesParameter(checker, child)) ?? false;
}
