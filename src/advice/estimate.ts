/** How long a training step will take on a slow device, before the first one: from the products that it has to do. */
import type { Device } from '../kernels/kernel';
import { Facts } from '../plan/facts';
import { prune } from '../plan/prune';
import type { Plan } from '../plan/plan';

/** Steps of a usual training, and the seconds below which nothing is said. */
const STEPS = 20_000;
const SHORTEST = 0.05;

/** The products of one run with feeds of these shapes, or 0 where too little is known. */
export function productsOf(plan: Plan, feedShapes: readonly (readonly number[])[]): number {
  if (!plan.steps.some(({ op }) => op.def.row.products)) return 0;
  const pruned = prune(plan.request.fetches, plan.request.targets, plan.request.feeds);
  const facts = new Facts(pruned, feedShapes);
  if (facts.fault !== null) return 0;
  let sum = 0;
  for (const node of pruned.nodes) {
    const count = node.def.row.products?.(
      node.inputs.map((s) => facts.shape(s)),
      facts.shape({ node, index: 0 }),
    );
    if (count) sum += count;
  }
  return sum;
}
/** One line for a training run that will be slow, or null. */
export function slowTraining(
  plan: Plan,
  { kind, slow }: Pick<Device, 'kind' | 'slow'>,
  feedShapes: readonly (readonly number[])[],
): string | null {
  if (!slow) return null;
  const seconds = productsOf(plan, feedShapes) / slow.products;
  if (seconds < SHORTEST) return null;
  const convolves = plan.steps.some(
    ({ op }) => op.def.row.products && op.def.attrs.some(({ name }) => name === 'strides'),
  );
  return (
    `${convolves ? 'convolutions' : 'matrix products'} on the ${kind} device: about ${seconds.toPrecision(2)} s a ` +
    `step, ${duration(seconds * STEPS)} for ${STEPS.toLocaleString('en')} steps; ${slow.instead}`
  );
}
function duration(seconds: number): string {
  return seconds < 3600 ? `${Math.round(seconds / 60)} minutes` : `${Number((seconds / 3600).toPrecision(2))} hours`;
}
