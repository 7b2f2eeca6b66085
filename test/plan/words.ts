/** A rewritten graph as text. */
import type * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import type { Device } from '../../src/kernels/kernel';
import { type GraphOptions, PASS_NAMES, type PassName, optimize } from '../../src/plan/optimize';
import type { PlanNode, Source } from '../../src/plan/node';
import { prune } from '../../src/plan/prune';

/** Just this pass. */
export function only(name: PassName): GraphOptions {
  return Object.fromEntries(PASS_NAMES.map((n) => [n, n === name]));
}

/** What is left, as text: `Mul(x, Const)`, fed tensors by name, constants by value. */
export function left(
  fetches: readonly tf.Tensor[],
  feeds: readonly tf.Tensor[],
  shapes: readonly number[][],
  options?: GraphOptions,
  device: Pick<Device, 'fuses' | 'flushes'> | null = null,
  asOne = false,
): string[] {
  const pruned = prune(fetches, [], feeds);
  optimize(pruned, shapes, options, device, asOne);
  const show = (s: Source): string =>
    'feed' in s ? feeds[s.feed].op.name : nodeText(s.node, show) + (s.index ? `:${s.index}` : '');
  return pruned.fetches.map(show);
}
function nodeText(node: PlanNode, show: (s: Source) => string): string {
  if (node.type === 'Const') {
    const value = node.attrs['value'] as NDArray;
    return value.size > 8 ? `Const[${value.shape}]` : JSON.stringify(value.toArray());
  }
  const ops = node.attrs['fused_ops'] as readonly string[] | undefined;
  return `${node.type}${ops ? `<${ops}>` : ''}(${node.inputs.map(show).join(', ')})`;
}
