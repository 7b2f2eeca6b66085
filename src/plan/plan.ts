/**
 * A plan: the part of the graph that a run needs as a list of steps, with a kernel for each. Made once, run many times.
 */
import type { Operation, Tensor } from '../graph/graph';
import { copyAliases } from './aliases';
import { compileCluster } from './compile';
import { disposeLayout, layOut } from './layout';
import { moves, roleOf } from './node';
import { type OptimizeReport, optimize } from './optimize';
import { checkPlacement } from './placement';
import { prune } from './prune';
import type { Layout, PlanHost } from './step';
export type { Layout, PlanHost, Step } from './step';

/** What is asked for: tensors to compute, operations to run, and what is given. */
export interface Signature {
  readonly fetches: readonly Tensor[];
  readonly targets: readonly Operation[];
  readonly feeds: readonly Tensor[];
}
export interface PlanRequest extends Signature {
  /** Where they are given the plan is for feeds of just these shapes, and rewritten for them. */
  readonly shapes?: readonly (readonly number[])[];
  /** Whether the device may take a part of it as one: always, or where that is likely to be faster. */
  readonly compile?: 'always' | 'ifFaster';
}
/** Immutable. Nodes that are added to the graph later leave it as it is; edges that change make it old. */
export interface Plan extends Layout {
  readonly request: PlanRequest;
  /** What the passes did, where they ran. */
  readonly report: OptimizeReport | null;
}

/**
 * Prunes, rewrites, orders and picks kernels.
 * @throws InvalidArgumentError  where nodes need each other in a ring, UnimplementedError where one has no kernel
 */
export function makePlan(request: PlanRequest, host: PlanHost): Plan {
  const { shapes, compile } = request;
  const pruned = prune(request.fetches, request.targets, request.feeds);
  checkPlacement(pruned);
  const report = shapes ? optimize(pruned, shapes, host.graphOptions, host.device) : null;
  // Inside a cluster nothing is left out: one that would hold a way of a Switch is not made.
  const mayCompile =
    report &&
    report.fault === null &&
    compile &&
    !pruned.nodes.some((node) => roleOf(node) === 'switch' || moves(node));
  const kernel = mayCompile ? compileCluster(pruned, report.facts, host.device, compile) : null;
  const layout = copyAliases(layOut(pruned, request.feeds.length, host, kernel), host.device);
  return Object.freeze({ ...layout, request, report });
}
/** Frees what a plan owns. */
export function disposePlan(plan: Plan): void {
  disposeLayout(plan);
}
