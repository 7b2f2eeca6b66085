/**
 * A plan: the part of the graph that a run needs as a list of steps, with a kernel for each. Made once, run many times.
 */
import type { Operation } from '../graph/graph';
import { copyAliases } from './aliases';
import { compilingClusters } from './compile';
import { type InParts, atOnce } from './in-parts';
import { disposeLayout, layOut } from './layout';
import { type OptimizeReport, optimizing } from './optimize';
import { checkPlacement } from './placement';
import { type PlanNode, ROOT } from './node';
import { mayPayOff } from './pays-off';
import { prune } from './prune';
import { noteSmall } from './room';
import type { PlanRequest } from './request';
import type { Layout, PlanHost } from './step';
export type { PlanRequest, Signature } from './request';
export type { Layout, PlanHost, Step } from './step';

/** Immutable. Nodes that are added to the graph later leave it as it is; edges that change make it old. */
export interface Plan extends Layout {
  readonly request: PlanRequest;
  /** What the passes did, where they ran. */
  readonly report: OptimizeReport | null;
  /** Why the device did not take a part of it as one, where it was asked to. */
  readonly refusal: string | null;
  /** Whether what the device would round, once it takes a part as one, is rounded there already. */
  readonly asOne: boolean;
}

/**
 * Prunes, rewrites, orders and picks kernels.
 * @throws InvalidArgumentError  where nodes need each other in a ring, UnimplementedError where one has no kernel
 */
export function makePlan(request: PlanRequest, host: PlanHost): Plan {
  return atOnce(planning(request, host));
}
/** The same in parts. */
export function* planning(request: PlanRequest, host: PlanHost): InParts<Plan> {
  const { shapes, compile, asOne: asked = false, firstShapes = [], comesLate } = request;
  const pruned = prune(request.fetches, request.targets, request.feeds, comesLate);
  checkPlacement(pruned.nodes.map(({ op }) => op));
  const asOne = asked === 'ask' ? mayPayOff(pruned.nodes.map(repeated), firstShapes, host.device) : asked;
  const report = shapes ? yield* optimizing(pruned, shapes, host.graphOptions, host.device, asOne) : null;
  if (report && report.fault === null) noteSmall(pruned.nodes, report.facts);
  const mayCompile = report && report.fault === null && compile;
  const compiled = mayCompile ? yield* compilingClusters(pruned, report.facts, host.device, request) : null;
  const layout = copyAliases(
    layOut(pruned, request.feeds.length, asOne ? { ...host, asOne } : host, compiled?.kernels),
    host.device,
  );
  return Object.freeze({ ...layout, request, report, refusal: compiled?.refusal ?? null, asOne });
}
function repeated({ op, frame }: PlanNode): { op: Operation; isRepeated: boolean } {
  return { op, isRepeated: frame !== ROOT };
}
/** Whether a plan may become one for feeds of other shapes. */
export function mayBeOne(plan: Plan, shapes: readonly (readonly number[])[], { device }: PlanHost): boolean {
  const steps = plan.steps.map(({ op, frame }) => ({ op, isRepeated: frame > 0 }));
  return mayPayOff(steps, shapes, device);
}
/** Whether nothing in it goes round for ever in one call: what does looks at the clock, and goes on in steps then. */
export function givesWay({ steps, frames, schedule, mayWait }: Plan): boolean {
  return steps.every(({ compiled }) => {
    if (!compiled || compiled.steps.frames.length < 2) return true;
    const { kernel, steps: inside, isSlow, refusal } = compiled;
    const pauses = inside.schedule && !mayWait && (frames.length < 2 || schedule);
    return pauses && kernel.isOverTime && !isSlow && refusal === null;
  });
}
/** Why the device did not take a part of a plan as one, in its words: when that was compiled, or when it ran. */
export function refusalOf({ refusal, steps }: Plan): string | null {
  return refusal ?? steps.find(({ compiled }) => compiled?.refusal)?.compiled?.refusal ?? null;
}
/** How many runs hold a plan that go on later, and plans that go with the last of them. */
const HELD = new WeakMap<Plan, number>();
const OVER = new WeakSet<Plan>();
/** Keeps what a plan owns, though it gives way to others, until what this returns is called. */
export function holdPlan(plan: Plan): () => void {
  HELD.set(plan, (HELD.get(plan) ?? 0) + 1);
  return () => {
    const left = (HELD.get(plan) ?? 0) - 1;
    HELD.set(plan, left);
    if (!left && OVER.delete(plan)) disposeLayout(plan);
  };
}
/** Frees what a plan owns, once no run holds it. */
export function disposePlan(plan: Plan): void {
  if (HELD.get(plan)) OVER.add(plan);
  else disposeLayout(plan);
}
