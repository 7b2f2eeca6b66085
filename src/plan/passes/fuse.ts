/**
 * Fusion: a product or a convolution with the bias and the activation that follow, as one op, where the device has it.
 */
import { float32 } from '../../base/dtype';
import type { OpType } from '../../graph/opdef';
import type { Device } from '../../kernels/kernel';
import type { Facts } from '../facts';
import { type PlanNode, type PrunedGraph, type Source, newNode } from '../node';
import { Reads } from '../reads';
import { mapNodes } from '../rewrite';

/** With what reads them, they become an op of this type. */
const FUSES_INTO: ReadonlyMap<string, OpType> = new Map([
  ['MatMul', '_FusedMatMul'],
  ['Conv2D', '_FusedConv2D'],
]);
/** What ops are called among the `fused_ops` of such an op. */
const FUSED_AS: ReadonlyMap<string, string> = new Map([
  ...['Add', 'AddV2', 'BiasAdd', 'BiasAddV1'].map((type) => [type, 'BiasAdd'] as const),
  ...['Relu', 'Relu6', 'Elu'].map((type) => [type, type] as const),
]);

/**
 * MatMul(a, b) + bias, and Relu of that -> _FusedMatMul(a, b, bias); Conv2D likewise -> _FusedConv2D. Only where nobody
 * else reads what is between, nothing waits, and the bias has an element for each column.
 */
export function fuse(pruned: PrunedGraph, facts: Facts, device: Pick<Device, 'fuses'> | null): number {
  if (!device?.fuses) return 0;
  const readers = readersOf(pruned);
  const reads = new Reads(pruned);
  const made = new Map<PlanNode, PlanNode>();
  const gone = new Set<PlanNode>();
  for (const product of pruned.nodes) {
    const fusesInto = FUSES_INTO.get(product.type);
    if (
      !fusesInto ||
      !isPlain(product) ||
      product.outputTypes[0] !== float32 ||
      (product.def.attr('data_format') && product.attrs['data_format'] !== 'NHWC')
    )
      continue;
    const sum = onlyReader(readers, product);
    const bias = sum && biasOf(sum, product, facts);
    if (!sum || !bias || !device.fuses(fusesInto, ['BiasAdd'])) continue;
    const after = onlyReader(readers, sum);
    const activation = after && isPlain(after) && after.inputs.length === 1 ? FUSED_AS.get(after.type) : undefined;
    const ops = [
      'BiasAdd',
      ...(activation !== undefined && device.fuses(fusesInto, ['BiasAdd', activation]) ? [activation] : []),
    ];
    const last = ops.length > 1 ? after! : sum;
    // The product is made where the last of them stood: what it reads of variables must not have changed by then.
    if (![product, sum].every((node) => reads.unchanged(node, last))) continue;
    const attrs = { ...product.attrs, num_args: 1, fused_ops: ops, epsilon: 0.0001 };
    const { op, branch, frame, outputTypes } = last;
    made.set(last, newNode(op, fusesInto, { attrs, inputs: [...product.inputs, bias], branch, frame, outputTypes }));
    gone.add(product);
    if (last !== sum) gone.add(sum);
  }
  pruned.nodes = pruned.nodes.filter((node) => !gone.has(node));
  mapNodes(pruned, (node) => made.get(node) ?? node);
  return made.size;
}

/** What reads each node, or waits for it; null for a fetch or a target. */
function readersOf(pruned: PrunedGraph): ReadonlyMap<PlanNode, readonly (PlanNode | null)[]> {
  const readers = new Map<PlanNode, (PlanNode | null)[]>();
  const note = (node: PlanNode, reader: PlanNode | null): void => {
    const list = readers.get(node);
    if (list) list.push(reader);
    else readers.set(node, [reader]);
  };
  for (const node of pruned.nodes) {
    for (const s of node.inputs) if (!('feed' in s)) note(s.node, node);
    for (const c of node.controls) note(c, null);
  }
  for (const s of pruned.fetches) if (!('feed' in s)) note(s.node, null);
  for (const node of pruned.targets) note(node, null);
  return readers;
}
function onlyReader(readers: ReadonlyMap<PlanNode, readonly (PlanNode | null)[]>, node: PlanNode): PlanNode | null {
  const list = readers.get(node) ?? [];
  return list.length === 1 ? list[0] : null;
}
function isPlain(node: PlanNode): boolean {
  return !node.controls.length;
}

/** What is added to every row of a product, where `sum` does just that. */
function biasOf(sum: PlanNode, product: PlanNode, facts: Facts): Source | null {
  if (
    FUSED_AS.get(sum.type) !== 'BiasAdd' ||
    !isPlain(sum) ||
    sum.inputs.length !== 2 ||
    (sum.attrs['data_format'] ?? 'NHWC') !== 'NHWC'
  )
    return null;
  const [x, y] = sum.inputs;
  const isProduct = (s: Source): boolean => !('feed' in s) && s.node === product;
  const bias = isProduct(x) ? y : x;
  const shape = facts.shape({ node: product, index: 0 });
  const width = facts.shape(bias);
  const fits = shape.isFullyDefined() && width.isFullyDefined() && width.rank === 1 && width.at(0) === shape.at(-1);
  return fits && !isProduct(bias) ? bias : null;
}
