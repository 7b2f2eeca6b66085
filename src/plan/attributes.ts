/** Attributes of a node that no inputs make right: refused when its plan is made, as TensorFlow makes no kernel. */
import { InvalidArgumentError, UnimplementedError } from '../base/errors';
import type { OpDef } from '../graph/opdef';
import { nodeFrame } from '../graph/trace';
import { KernelError, type KernelNode } from '../kernels/kernel';
import { hostKernel } from '../kernels/registry';
import type { PlanNode } from './node';

/** @throws InvalidArgumentError, UnimplementedError  where no kernel takes a node's attributes, whatever its inputs */
export function checkAttributes(node: PlanNode, kernelNode: KernelNode): void {
  checkInts(node);
  try {
    hostKernel(node.type)?.attributes?.(kernelNode);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    const Class = error.code === 'Unimplemented' ? UnimplementedError : InvalidArgumentError;
    const fix = error.cure ? `\n  fix: ${error.cure}` : '';
    throw new Class(node.op, `${error.message}\n${nodeFrame(node.op)}${fix}`);
  }
}
/** Int attributes that TensorFlow's kernels read in 64 bits; all others in 32. */
const WIDE = new Set(
  (
    'seed seed2 first_n initial_num_buckets num_buckets vocab_size num_new_vocab new_vocab_offset old_vocab_size ' +
    'record_bytes header_bytes footer_bytes hop_bytes memory_limit capacity limit range_max key hash_key'
  ).split(' '),
);
/** @throws InvalidArgumentError  where an attribute has more bits than the kernel reads */
function checkInts({ op, def, attrs }: PlanNode): void {
  let names = NARROW.get(def);
  if (!names) NARROW.set(def, (names = narrowOf(def)));
  for (const name of names) {
    const value = attrs[name];
    const wide = Array.isArray(value) ? value.find((v) => !isInt32(v)) : isInt32(value) ? undefined : value;
    if (wide === undefined) continue;
    throw new InvalidArgumentError(
      op,
      `Attr ${name} has value ${String(wide)} out of range for an int32\n${nodeFrame(op)}`,
    );
  }
}
/** Those of an op that are read in 32 bits: most have none. */
const NARROW = new WeakMap<OpDef, readonly string[]>();
function narrowOf({ attrs }: OpDef): readonly string[] {
  return attrs
    .filter(({ name, kind }) => (kind === 'int' || kind === 'list(int)') && !WIDE.has(name))
    .map(({ name }) => name);
}
function isInt32(value: unknown): boolean {
  return typeof value === 'number' ? value === (value | 0) : typeof value !== 'bigint';
}
