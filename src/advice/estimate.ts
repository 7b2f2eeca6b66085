/** How long a training step will take on the portable device, before the first one: from the products that it has to do. */
import { opDef } from '../graph/opdef';
import { Facts } from '../plan/facts';
import { prune } from '../plan/prune';
import type { Plan } from '../plan/plan';

/** Products, each with its sum, in a second: over whole steps of two convolutions, 1,024 units and Adam, on one core (`npm run bench -- --only conv`). */
const PER_SECOND = 11e9;
/** How much faster the native device is at them. */
const NATIVE_IS_FASTER = 5;
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
    const count = opDef(node.type).row.products?.(
      node.inputs.map((s) => facts.shape(s)),
      facts.shape({ node, index: 0 }),
    );
    if (count) sum += count;
  }
  return sum;
}
/** One line for a training run that will be slow, or null. */
export function slowTraining(plan: Plan, feedShapes: readonly (readonly number[])[]): string | null {
  const seconds = productsOf(plan, feedShapes) / PER_SECOND;
  if (seconds < SHORTEST) return null;
  const convolves = plan.steps.some(({ op }) => op.def.row.slides);
  return (
    `${convolves ? 'convolutions' : 'matrix products'} on the portable device: about ${seconds.toPrecision(2)} s a step, ${duration(seconds * STEPS)} for ${STEPS.toLocaleString('en')} steps; ` +
    `the native device is about ${NATIVE_IS_FASTER} times as fast: npx tfjs-session install-native`
  );
}
function duration(seconds: number): string {
  return seconds < 3600 ? `${Math.round(seconds / 60)} minutes` : `${Number((seconds / 3600).toPrecision(2))} hours`;
}
