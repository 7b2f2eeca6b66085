/** Dropout that is active where nothing is trained. */
import { constantValue } from '../graph/constant';
import type { Operation } from '../graph/graph';
import { type Finding, MOST_NODES, finding } from './node-rules';

/** Nodes that are looked at before one. */
const NEARBY = 40;

/** Dropout with a constant rate in a run that trains nothing. `ops` are those that run. */
export function lintEvaluation(ops: readonly Operation[]): Finding[] {
  const candidates = ops.length > MOST_NODES ? [] : ops.filter((op) => op.type === 'GreaterEqual');
  if (!candidates.length) return [];
  const running = new Set(ops);
  const found = candidates.filter((op) => isDropout(op, running));
  return found
    .slice(0, 1)
    .map((op) =>
      finding(
        'dropoutInEvaluation',
        op,
        'dropout is active in a run that trains ' +
          `nothing${found.length > 1 ? ` (in ${found.length} places)` : ''}: what it computes is ` +
          'random',
        'make the rate a tf.placeholderWithDefault(0, []) that only the training step feeds',
      ),
    );
}
/** Whether a node is on a way that the run may not take, or comes behind one: a Switch stands before it. */
function isInBranch(from: Operation): boolean {
  const seen = new Set([from]);
  for (const op of seen) {
    if (op.def.row.control === 'switch') return true;
    for (const { op: before } of op.inputs) seen.add(before);
    for (const before of op.controlInputs) seen.add(before);
    if (seen.size > NEARBY) return false;
  }
  return false;
}
/** `random >= rate`, cast and multiplied: tf.nn.dropout's own nodes, with a rate that is known and not 0. */
function isDropout(op: Operation, running: ReadonlySet<Operation>): boolean {
  let from = op.inputs[0].op;
  for (let i = 0; i < 3 && /^(Add|AddV2|Mul|Sub)$/.test(from.type); i++) from = from.inputs[0].op;
  if (from.type !== 'RandomUniform' || isInBranch(from)) return false;
  const rate = constantValue(op.inputs[1]);
  if (!rate || rate.size !== 1 || Number(rate.data[0]) <= 0) return false;
  return op.outputs[0]
    .consumers()
    .some(
      (cast) =>
        cast.type === 'Cast' &&
        running.has(cast) &&
        cast.outputs[0].consumers().some((mul) => mul.type === 'Mul' && running.has(mul)),
    );
}
