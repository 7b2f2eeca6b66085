import type { ArgMessage, AttrDefMessage, OpDefMessage } from '../../format/function-def';
import type { GraphMessage } from '../../format/graphdef';
import type { NodeMessage } from '../../format/node-def';
import { NOTHING } from '../../format/wire';
import { Attr } from '../../format/attr';
import { sameAttr } from '../../format/same-attr';
import type { ArgDef, AttrDef } from '../../graph/signature';
import { type OpDef, isRegistered, definitionOf, opDef } from '../../graph/opdef';

function argMessage({ name, dtype, typeAttr, numberAttr, typeListAttr, isRef }: ArgDef): ArgMessage {
  return {
    name,
    description: '',
    type: dtype,
    typeAttr: typeAttr ?? '',
    numberAttr: numberAttr ?? '',
    typeListAttr: typeListAttr ?? '',
    isRef,
    unknown: NOTHING,
  };
}
function attrMessage({ name, kind, default: fallback, allowed, allowedStrings, minimum }: AttrDef): AttrDefMessage {
  const allowedValues = allowed
    ? new Attr('list(type)', allowed)
    : allowedStrings && new Attr('list(string)', allowedStrings);
  return {
    name,
    type: kind,
    default: fallback === undefined ? null : new Attr(kind, fallback),
    description: '',
    minimum: minimum === null ? null : BigInt(minimum),
    allowed: allowedValues,
    unknown: NOTHING,
  };
}
function opMessage(def: OpDef): OpDefMessage {
  return {
    name: def.type,
    inputs: def.inputs.map(argMessage),
    outputs: def.outputs.map(argMessage),
    attrs: [...def.attrs].map(attrMessage).sort((a, b) => (a.name < b.name ? -1 : 1)),
    controlOutputs: [],
    summary: '',
    description: '',
    isCommutative: def.isCommutative,
    isAggregate: def.isAggregate,
    isStateful: def.isStateful,
    allowsUninitializedInput: def.allowsUninitializedInput,
    unknown: NOTHING,
  };
}
/** The definitions that a graph needs, in order. */
export function opsOf({ nodes, library }: GraphMessage): OpDefMessage[] {
  const functions = new Set(library?.functions.map(({ signature }) => signature.name));
  const types = new Set([...nodes, ...(library?.functions ?? []).flatMap((fn) => fn.nodes)].map(({ op }) => op));
  return [...types]
    .filter((type) => !functions.has(type) && isRegistered(type))
    .sort()
    .map((type) => opMessage(definitionOf(type)));
}

/** Leaves attributes out that newer programs have added, where they hold what the producer says is their default. */
export function withoutNewDefaults(node: NodeMessage, producer: ReadonlyMap<string, OpDefMessage>): NodeMessage {
  if (!isRegistered(node.op)) return node;
  const ours = opDef(node.op);
  const theirs = producer.get(node.op);
  if (!theirs) return node;
  const kept = Object.entries(node.attr).filter(([name, { value }]) => {
    if (name.startsWith('_') || ours.attr(name)) return true;
    const fallback = theirs.attrs.find((attr) => attr.name === name)?.default;
    return !fallback || !sameAttr(fallback.value, value);
  });
  return kept.length === Object.keys(node.attr).length ? node : { ...node, attr: Object.fromEntries(kept) };
}
/** Leaves attributes out that hold their defaults. */
export function withoutDefaults(node: NodeMessage): NodeMessage {
  if (!isRegistered(node.op)) return node;
  const def = opDef(node.op);
  const kept = Object.entries(node.attr).filter(([name, { value }]) => {
    const fallback = def.attr(name)?.default;
    return fallback === undefined || !sameAttr(fallback, value);
  });
  return { ...node, attr: Object.fromEntries(kept) };
}
