/** `tf.summary.getSummaryDescription`: what an old summary node says of its value. */
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { bound } from '../calls/bind';
import { SummaryDescription } from '../format/event-classes';
import type { NodeMessage } from '../format/node-def';
import { Operation } from '../graph/graph';

/**
 * What a node of type `TensorSummary` says of its value. TensorFlow 1.15 itself makes `TensorSummaryV2`, which have
 * their metadata as an input; older graphs have these.
 *
 *     const def = tf.GraphDef.fromText('node { op: "TensorSummary" attr { key: "description" value { s: "{}" } } }');
 *     tf.summary.getSummaryDescription(def.node[0]).typeHint   // ''
 *
 * @param nodeDef  a node of a GraphDef, or an operation
 * @returns  a `tf.summary.SummaryDescription`
 * @throws ValueError  for a node of another type, for what is no JSON, and for fields that a description does not have
 * @throws TypeError  for what is no object of fields
 */
export const getSummaryDescription = bound(
  'summary.get_summary_description',
  (nodeDef: NodeMessage | Operation): SummaryDescription => {
    const isOperation = nodeDef instanceof Operation;
    const type = isOperation ? nodeDef.type : nodeDef.op;
    if (type !== 'TensorSummary') throw new ValueError(`Can't get_summary_description on ${type}`);
    const value: unknown = isOperation ? nodeDef.getAttr('description') : nodeDef.attr['description']?.value;
    return described(typeof value === 'string' ? value : '');
  },
);
function described(text: string): SummaryDescription {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch (error) {
    throw new ValueError(`Failed to load JSON: ${error instanceof Error ? error.message : preview(text)}`);
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new TypeError_(`a description is an object of fields, not ${text}.`);
  const { type_hint: older, ...given } = fields as { readonly type_hint?: string };
  return new SummaryDescription(older === undefined ? given : { typeHint: older, ...given });
}
