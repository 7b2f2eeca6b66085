/**
 * Where nodes ask to be: `tf.device`. The type of device is a wish, as with TensorFlow's soft placement; a device of
 * another process is an error, since a session runs in one. TensorFlow places the whole graph, so the error is that of
 * every run, but where a session is told to place what a run needs (`placePrunedGraph`).
 */
import { InvalidArgumentError } from '../base/errors';
import { LOCAL_DEVICE, isLocal } from '../graph/device-spec';
import { nodeFrame } from '../graph/trace';
import type { Graph, Operation } from '../graph/graph';

/** @throws InvalidArgumentError  if a node is placed in another process */
export function checkPlacement(ops: Iterable<Operation>, device = LOCAL_DEVICE): void {
  const local = new Set(['']);
  let generator: Operation | null = null;
  for (const op of ops) {
    if (local.has(op.device)) continue;
    if (isLocal(op.device)) local.add(op.device);
    else if (isGenerator(op)) generator ??= op;
    else throw elsewhere(op, device);
  }
  if (generator) throw elsewhere(generator, device);
}
/** A graph of which nodes are seen once: a node stays where it is. */
export class PlacedGraph {
  private seen = 0;
  constructor(
    private readonly graph: Graph,
    /** What the device is called there where all of this is. */
    private readonly device: string,
  ) {}
  /** @throws InvalidArgumentError  if any node is placed in another process, again and again */
  check(): void {
    const ops = this.graph.getOperations();
    if (this.seen === ops.length) return;
    checkPlacement(ops.slice(this.seen), this.device);
    this.seen = ops.length;
  }
}
/** What TensorFlow places behind all others, where its reader is: it is not the node that an error names. */
function isGenerator({ inputs, outputs }: Operation): boolean {
  return !inputs.length && outputs.length === 1 && !outputs[0].dtype.isRef;
}
function elsewhere(op: Operation, device: string): InvalidArgumentError {
  return new InvalidArgumentError(
    op,
    `Cannot assign a device for operation ${op.name}: {{node ${op.name}}} was explicitly assigned to ${op.device} ` +
      `but available devices are [ ${device} ]. Make sure the device ` +
      `specification refers to a valid device.\n${nodeFrame(op)}\n` +
      "  fix: this session runs in one process: leave job, replica and task out of tf.device, as '/cpu:0' or '/gpu:0'.",
  );
}
