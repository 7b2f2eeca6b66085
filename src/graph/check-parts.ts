/** What a node is made of, as far as a program may have it wrong that no compiler checks. */
import { checkList, checkText, worded } from '../base/border';
import { DType } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { isRevoked } from '../base/preview';

export { isA } from '../base/preview';

/** @throws TypeError  for what is no type, no list of inputs or of output types, or no attributes */
export function checkParts(type: unknown, inputs: unknown, outputTypes: unknown, attrs: unknown): void {
  if (typeof type !== 'string') checkText(type, 'The type of an operation');
  checkList(inputs, `The inputs of '${type}'`);
  checkList(outputTypes, `The output types of '${type}'`);
  for (const dtype of outputTypes)
    if (!(dtype instanceof DType)) throw new TypeError_(`${worded(dtype)} is no output type of '${type}'.`);
  if (typeof attrs !== 'object' || attrs === null)
    throw new TypeError_(`The attributes of '${type}' must be an object, not ${worded(attrs)}.`);
}
/** @throws ValueError  for what is no node of the graph; TypeError  for what numbers none of its inputs */
export function checkPlace(graph: object, op: { readonly graph: object }, index: unknown): void {
  if (isRevoked(op) || op?.graph !== graph) throw new ValueError(`${worded(op)} is no node of this graph.`);
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0)
    throw new TypeError_(`${worded(index)} is no number of an input.`);
}
/** What a node cannot be made of, in TensorFlow's words. */
export function notAn(wanted: string, name: string, value: unknown): TypeError_ {
  return new TypeError_(
    `${name} needs to be a${/^[AEIOU]/.test(wanted) ? 'n' : ''} ${wanted}: ${worded(value)}` +
      '\n  fix: functions make nodes, as tf.constant(1) does, or graph.createOp.',
  );
}
/** @throws TypeError  for what is none: a new Operation is for what builds graphs */
export function checkedSpec<S extends object>(spec: S): S {
  const parts: readonly string[] = ['def', 'inputs', 'controls', 'outputTypes', 'attrs'];
  if (typeof spec === 'object' && spec !== null && !isRevoked(spec) && parts.every((part) => part in spec)) return spec;
  throw notAn('NodeDef', 'node_def', spec);
}
