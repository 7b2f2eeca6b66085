/** Attributes of nodes that are imported: those that the op's definition has, and static shapes. */
import { ValueError } from '../base/errors';
import type { NodeMessage } from '../format/node-def';
import { TensorShape } from '../base/shape';
import { Attr, type AttrValue, isOfKind, plain } from '../format/attr';
import { newerAttrs } from './newer-attrs';
import { type OpDef, rowOf } from './opdef';
import type { Operation } from './operation';
import type { AttrDef } from './signature';

/** Where exporters write the static shapes of a node's outputs. */
export const SHAPES = '_output_shapes';
/** Shapes that an exporter knew. Where they contradict what is known here, that holds: it is what kernels give. */
export function giveShapes(op: Operation, { value }: Attr): void {
  if (!isOfKind(value, 'list(shape)') || value.length !== op.outputs.length) return;
  op.outputs.forEach((tensor, i) => {
    if (tensor.shape.isCompatibleWith(value[i])) tensor.setShape(value[i]);
  });
}
/** Up to this version of a producer a fed node of unknown rank was written as a scalar. */
export const WITHOUT_RANK = 21;
/** Why a node cannot be what it says, as far as newer TensorFlows say what is not known here; null where it can. */
export function attrMisfit(node: NodeMessage, def: OpDef): string | null {
  const [newer] = newerAttrs(node);
  if (newer !== undefined)
    return (
      `NodeDef mentions attr '${newer}' not in Op<name=${node.op}>. (Check whether your GraphDef-interpreting binary ` +
      'is up to date with your GraphDef-generating binary.).'
    );
  const unknown = def.attrs.find(({ name }) => node.attr[name]?.kind === 'unknown');
  if (!unknown) return notAllowed(node, def);
  const said = String(node.attr[unknown.name].value).replace(/^Error parsing message\s*/, '');
  return `attr '${unknown.name}' of Op<name=${node.op}>: ${said}`;
}
/**
 * TensorFlow's sentence for the first word that is none of those allowed, as a newer way to pad is. Which element
 * types a newer op takes is a matter of kernels.
 */
function notAllowed(node: NodeMessage, def: OpDef): string | null {
  for (const { name, allowedStrings } of def.attrs) {
    const value = allowedStrings && Object.hasOwn(node.attr, name) ? node.attr[name].value : null;
    if (typeof value === 'string' && !allowedStrings?.includes(value))
      return (
        `Value for attr '${name}' of "${value}" is not in the list of allowed values: ` +
        `"${allowedStrings?.join('", "')}"\n\t; Op<name=${node.op}>`
      );
  }
  return null;
}
/** A node's attributes, with the defaults of those that a program older than the definition left out. */
export function attrsOf(
  node: NodeMessage,
  def: OpDef,
  prefix: string,
  isOld: boolean,
): Record<string, Attr | AttrValue> {
  const misfit = attrMisfit(node, def);
  if (misfit) throw new ValueError(`${misfit}\n\t; NodeDef: {{node ${node.name}}}`);
  const attrs: Record<string, Attr | AttrValue> = { ...node.attr };
  for (const attr of def.attrs) attrs[attr.name] = declared(node, attr);
  if (isOld && rowOf(def).isFed && isScalar(attrs['shape'])) attrs['shape'] = TensorShape.unknown();
  const { value } = node.attr['_class'] ?? {};
  if (prefix && isOfKind(value, 'list(string)'))
    attrs['_class'] = new Attr(
      'list(string)',
      value.map((group) => group.replace(/^loc:@/, `loc:@${prefix}`)),
    );
  return attrs;
}
const isScalar = (shape: Attr | AttrValue | undefined): boolean => {
  const value = shape === undefined ? null : plain(shape);
  return value instanceof TensorShape && value.rank === 0;
};
function declared(node: NodeMessage, { name, kind, default: fallback }: AttrDef): Attr | AttrValue {
  const given = node.attr[name];
  if (given?.kind === kind) return given;
  if (given?.kind === 'list' && kind.startsWith('list(')) return new Attr(kind, given.value, given.bytes);
  if (given)
    throw new ValueError(
      `AttrValue had value with type '${given.kind}' when '${kind}' expected\n\t for attr '${name}'\n\t; ` +
        `NodeDef: {{node ${node.name}}}`,
    );
  if (fallback !== undefined) return fallback;
  throw new ValueError(`NodeDef missing attr '${name}' from Op<name=${node.op}>; NodeDef: {{node ${node.name}}}`);
}
