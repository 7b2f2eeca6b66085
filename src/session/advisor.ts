/** When a session looks at its graph and speaks: at its first run, at its first training step, at its first evaluation. */
import type { Graph, Operation } from '../graph/graph';
import { type Advice, openAdvice } from './advice';
import { GrowthWatch } from './growth';
import { type Finding, isTrainingUpdate, lintEvaluation, lintGraph, lintInitializer, lintTraining } from './lint';
import { NestedFeeds } from './nested';
import type { Plan } from './plan';

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
  private readonly advice: Advice;
  /** Nested arrays that are fed. */
  readonly nested: NestedFeeds;
  private readonly lints: boolean;
  private looked = false;
  private trained = false;
  private evaluated = false;
  constructor(private readonly graph: Graph, { advice = true, lint = true, strictGraph = false }: AdvisorConfig) {
    this.advice = openAdvice(advice);
    this.nested = new NestedFeeds(this.advice);
    this.lints = lint && advice;
    this.growth = new GrowthWatch(graph, strictGraph, this.advice);
  }
  /** The graph is another than at the last run. @throws RuntimeError  where it grows in a loop and `strictGraph` is set */
  graphChanged(): void { this.growth.check(); }
  /** A signature is planned for the first time since the graph changed. */
  planned(plan: Plan, targets: readonly Operation[]): void {
    if (!this.lints) return;
    if (!this.looked) {
      this.looked = true;
      this.say(lintGraph(this.graph));
    }
    if (targets.length) this.say(lintInitializer(this.graph, targets));
    if (this.evaluated) return;
    const ops = plan.steps.map((step) => step.op);
    if (ops.some(isTrainingUpdate)) {
      if (!this.trained) this.say([...lintGraph(this.graph), ...lintTraining(this.graph)]);
      this.trained = true;
    } else if (this.trained) {
      const found = lintEvaluation(ops);
      this.evaluated = found.length > 0;
      this.say(found);
    }
  }
  private say(findings: readonly Finding[]): void { for (const { message } of findings) this.advice.say(message); }
}
