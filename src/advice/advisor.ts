/**
 * When a session looks at its graph and speaks: at its first run, at its first training step, at its first
 * evaluation.
 */
import type { Graph, Operation } from '../graph/graph';
import type { Device } from '../kernels/kernel';
import { type Advice, explainResults, openAdvice } from './advice';
import { slowTraining } from './estimate';
import { GrowthWatch } from './growth';
import { lintEvaluation } from './dropout-rule';
import { lintFlow } from './flow-rules';
import { lintInitializer, lintThrownAway, lintTraining } from './lint';
import { NanWatch } from './nan';
import { NestedFeeds } from './nested';
import { type SessionWatch, watchSession } from './sessions';
import { type Finding, MOST_NODES, isTrainingUpdate, lintGraph } from './node-rules';
import type { Plan } from '../plan/plan';

export interface AdvisorConfig {
  /** False silences the session's advice on stderr. */
  readonly advice?: boolean;
  /** False leaves out the look at the graph for what is hardly meant. */
  readonly lint?: boolean;
  /** True makes nodes that are added in a loop an error. */
  readonly strictGraph?: boolean;
}

/** Asked when a plan is made, and when nested arrays are fed; never while a plan runs. */
export class Advisor {
  private readonly growth: GrowthWatch;
  private readonly session: SessionWatch;
  private readonly advice: Advice;
  /** Nested arrays that are fed. */
  readonly nested: NestedFeeds;
  /** What is fetched. */
  readonly nan: NanWatch;
  private readonly lints: boolean;
  /** The version of the graph at the last look; 0 before the first. */
  private looked = 0;
  /** The nodes that were there when the graph was last seen to change. */
  private seen = 0;
  private trained = false;
  private evaluated = false;
  constructor(
    private readonly graph: Graph,
    { advice = true, lint = true, strictGraph = false }: AdvisorConfig,
  ) {
    this.advice = openAdvice(advice);
    explainResults();
    this.nested = new NestedFeeds(this.advice);
    this.nan = new NanWatch(this.advice);
    this.lints = lint && advice;
    this.growth = new GrowthWatch(graph, strictGraph, this.advice);
    this.session = watchSession(graph, this.advice);
  }
  /** The session is closed. */
  close(): void {
    this.session.close();
  }
  /**
   * The graph is another than at the last run. @throws RuntimeError  where it grows in a loop and `strictGraph` is
   * set
   */
  graphChanged(): void {
    this.growth.check();
    const count = this.graph.getOperations().length;
    if (this.lints && count <= MOST_NODES) this.say(lintThrownAway(this.graph, this.seen));
    this.seen = count;
  }
  /** A signature is planned for the first time. */
  planned(plan: Plan, device: Device, shapes: readonly (readonly number[])[]): void {
    if (!this.lints) return;
    if (!this.looked) this.look();
    if (plan.request.targets.length) this.say(lintInitializer(this.graph, plan.request.targets));
    if (this.evaluated) return;
    const ops = plan.steps.map((step) => step.op);
    if (ops.some(isTrainingUpdate)) {
      if (!this.trained) this.training(plan, ops, device, shapes);
      this.trained = true;
    } else if (this.trained) {
      const found = lintEvaluation(ops);
      this.evaluated = found.length > 0;
      this.say(found);
    }
  }
  private look(): void {
    this.looked = this.graph.version;
    this.say([...lintGraph(this.graph), ...lintFlow(this.graph)]);
  }
  private training(
    plan: Plan,
    ops: readonly Operation[],
    device: Device,
    shapes: readonly (readonly number[])[],
  ): void {
    if (this.looked !== this.graph.version) this.look();
    this.say(lintTraining(this.graph, ops));
    const slow = slowTraining(plan, device, shapes);
    if (slow) this.advice.say(slow);
  }
  private say(findings: readonly Finding[]): void {
    for (const { message } of findings) this.advice.say(message);
  }
}
