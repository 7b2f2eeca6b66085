/** Functions of a graph: bodies that its nodes call by name, as an op type or in an attribute. */
import { InvalidArgumentError } from '../base/errors';
import {
  type ArgMessage,
  type AttrDefMessage,
  type FunctionMessage,
  type OpDefMessage,
  functionBytes,
} from '../format/function-def';
import type { NodeMessage } from '../format/node-def';
import { sameBytes } from '../format/same-attr';
import type { GradientMessage, LibraryMessage } from '../format/graphdef';
import { NOTHING } from '../format/wire';
import { type Attr, isOfKind } from '../format/attr';
import { OpDef } from './definition';

/** A function: what a node that calls it looks like, and its body, where it came with one. */
export interface GraphFunction {
  readonly def: OpDef;
  readonly body?: FunctionMessage;
}

export class FunctionLibrary {
  private readonly functions = new Map<string, GraphFunction>();
  private readonly gradients = new Map<string, GradientMessage>();
  /** What stands for a node of a body, in order; null: the node. */
  inWords: ((node: NodeMessage) => readonly NodeMessage[]) | null = null;

  /** @throws InvalidArgumentError  if another function has the name */
  add(fn: GraphFunction): void {
    const name = fn.def.type;
    if (this.hasOther(fn))
      throw new InvalidArgumentError(
        null,
        `Cannot add function '${name}' because a different function with the same name already exists.`,
      );
    this.functions.set(name, fn);
  }
  /** Whether its name is that of a different function. */
  hasOther(fn: GraphFunction): boolean {
    const known = this.functions.get(fn.def.type);
    if (!known || known === fn) return false;
    return !(known.body && fn.body && sameBytes(functionBytes(known.body), functionBytes(fn.body)));
  }
  /** Takes the functions of a message that are not here yet. */
  addAll(library: LibraryMessage): void {
    for (const body of library.functions)
      if (!this.functions.has(body.signature.name)) this.add({ def: definitionOf(body.signature), body });
    for (const gradient of library.gradients) this.gradients.set(gradient.functionName, gradient);
  }
  get(name: string): GraphFunction | undefined {
    return this.functions.get(name);
  }
  /** Says which function is the gradient of another. */
  setGradient(functionName: string, gradientFunc: string): void {
    this.gradients.set(functionName, { functionName, gradientFunc });
  }
  /** The name of the function that is the gradient of another, where one was given. */
  gradientOf(name: string): string | null {
    return this.gradients.get(name)?.gradientFunc ?? null;
  }
  /** In order of addition. */
  names(): string[] {
    return [...this.functions.keys()];
  }
  /** All functions that have a body; null where there are none. */
  toMessage(): LibraryMessage | null {
    const functions = [...this.functions.values()].flatMap(({ body }) => (body ? [body] : []));
    if (!functions.length && !this.gradients.size) return null;
    return { functions, gradients: [...this.gradients.values()], unknown: NOTHING };
  }
}

/** The signature of a function as the definition of an op, in the notation of signature.ts. */
export function definitionOf(signature: OpDefMessage): OpDef {
  const edges = [signature.inputs, signature.outputs].map((args) => args.map(edgeText).join(', ')).join(' -> ');
  const flags = signature.isStateful ? ['stateful'] : [];
  return new OpDef(signature.name, [edges, ...signature.attrs.map(attrText), ...flags].join('; '), {
    calls: 'function',
  });
}
function edgeText({ name, type, typeAttr, numberAttr, typeListAttr, isRef }: ArgMessage): string {
  const one = typeListAttr || typeAttr || type?.baseDtype.cName;
  const spec = numberAttr ? `${numberAttr} * ${one}` : one;
  return `${name}: ${isRef || type?.isRef ? `Ref(${spec})` : spec}`;
}
function attrText({ name, type, allowed, minimum, default: fallback }: AttrDefMessage): string {
  const types = allowed && isOfKind(allowed.value, 'list(type)') ? allowed.value.map((t) => t.cName) : null;
  const set = types && `{${types.join(', ')}}`;
  const kind = set ? (type.startsWith('list(') ? `list(${set})` : set) : type;
  return `${name}: ${kind}${minimum === null ? '' : ` >= ${minimum}`}${defaultText(fallback)}`;
}
/** Defaults that a function can have: numbers, texts and types. */
function defaultText(fallback: Attr | null): string {
  const value = fallback?.value ?? null;
  if (isOfKind(value, 'type')) return ` = ${value.cName}`;
  if (isOfKind(value, 'string')) return ` = '${value}'`;
  return isOfKind(value, 'float') || isOfKind(value, 'int') || isOfKind(value, 'bool') ? ` = ${value}` : '';
}
