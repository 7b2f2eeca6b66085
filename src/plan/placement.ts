/**
 * Where nodes ask to be: `tf.device`. The type of device is a wish, as with TensorFlow's soft placement; a device of
 * another process is an error, since a session runs in one.
 */
import { InvalidArgumentError } from '../base/errors';
import { LOCAL_DEVICE, isLocal } from '../graph/device-spec';
import { nodeFrame } from '../graph/trace';
import type { Operation } from '../graph/graph';
import type { PrunedGraph } from './node';

/** @throws InvalidArgumentError  if a node is placed in another process */
export function checkPlacement({ nodes }: PrunedGraph): void {
  const local = new Set(['']);
  let generator: Operation | null = null;
  for (const { op } of nodes) {
    if (local.has(op.device)) continue;
    if (isLocal(op.device)) local.add(op.device);
    else if (isGenerator(op)) generator ??= op;
    else throw elsewhere(op);
  }
  if (generator) throw elsewhere(generator);
}
/** What TensorFlow places behind all others, where its reader is: it is not the node that an error names. */
function isGenerator({ inputs, outputs }: Operation): boolean {
  return !inputs.length && outputs.length === 1 && !outputs[0].dtype.isRef;
}
function elsewhere(op: Operation): InvalidArgumentError {
  return new InvalidArgumentError(
    op,
    `Cannot assign a device for operation ${op.name}: {{node ${op.name}}} was explicitly assigned to ${op.device} ` +
      `but available devices are [ ${LOCAL_DEVICE} ]. Make sure the device ` +
      `specification refers to a valid device.\n${nodeFrame(op)}\n` +
      "  fix: this session runs in one process: leave job, replica and task out of tf.device, as '/cpu:0' or '/gpu:0'.",
  );
}
