/** The functions that kernels of a session call: each is planned with the first call, and goes with who holds it. */
import { OpError } from '../base/errors';
import { errorOf } from '../base/thrown';
import type { Func } from '../format/attr';
import type { Operation } from '../graph/graph';
import type { FunctionCall, FunctionInstance, GraphFunction } from '../kernels/graph-function';
import { KernelError, type Run, type Value } from '../kernels/kernel';
import { retained } from '../kernels/value';
import { anew, planFunction } from '../plan/function-plan';
import { disposeLayout } from '../plan/layout';
import type { Layout, PlanHost } from '../plan/step';
import { begin, fetchAll } from './executor';
import { type Running, StepError } from './running';

/** By the nodes that name them. */
export class Functions {
  private readonly planned = new Map<Operation, Map<string, Planned>>();
  constructor(private readonly host: PlanHost) {}
  of(op: Operation, func: Func): GraphFunction<Run> {
    let own = this.planned.get(op);
    if (!own) this.planned.set(op, (own = new Map()));
    let found = own.get(func.name);
    if (!found) own.set(func.name, (found = new Planned(op, func, this.host)));
    return found;
  }
  /** Lets go of all: what an iterator holds goes with that. */
  dispose(): void {
    for (const own of this.planned.values()) for (const each of own.values()) each.release();
    this.planned.clear();
  }
}

class Planned implements GraphFunction<Run> {
  private holders = 1;
  private layout: Layout | null = null;
  constructor(
    private readonly op: Operation,
    private readonly func: Func,
    private readonly host: PlanHost,
  ) {}
  get name(): string {
    return this.func.name;
  }
  instance(): FunctionInstance<Run> {
    const layout = (this.layout ??= planFunction(this.op, this.func, this.host));
    return new Instance(this.name, anew(layout));
  }
  retain(): this {
    this.holders++;
    return this;
  }
  release(): void {
    if (--this.holders > 0 || !this.layout) return;
    disposeLayout(this.layout);
    this.layout = null;
  }
}

class Instance implements FunctionInstance<Run> {
  constructor(
    private readonly name: string,
    private readonly layout: Layout,
  ) {}
  begin(args: readonly Value[], run: Run): FunctionCall {
    const { feedCount } = this.layout;
    if (args.length !== feedCount)
      throw new KernelError(
        'InvalidArgument',
        `Function ${this.name} expects ${feedCount} arguments, but ${args.length} is provided`,
      );
    return new Call(this.name, this.layout, begin(this.layout, args.map(retained), run, null, run.turnInMs), run);
  }
}
class Call implements FunctionCall {
  wakes: Promise<void> | null = null;
  constructor(
    private readonly name: string,
    private readonly layout: Layout,
    private readonly running: Running,
    private readonly run: Run,
  ) {}
  go(): readonly Value[] | null {
    const { running, layout, run } = this;
    try {
      const state = running.drain(run.deadline);
      this.wakes = state === 'waiting' ? running.wakes : null;
      return state === 'done' ? fetchAll(running, layout.fetchSlots.length) : null;
    } catch (error) {
      throw error instanceof StepError ? inFunction(error, this.name) : error;
    }
  }
  end(): void {
    this.running.release();
  }
}
/** The error of a node of a function, as TensorFlow tells it to who called the function. */
function inFunction({ step, cause_: error }: StepError, name: string): Error {
  if (error instanceof KernelError)
    return new KernelError(error.code, `{{function_node ${name}}} ${error.message}\n\t [[{{node ${step.op.name}}}]]`);
  return error instanceof OpError ? error : errorOf(error);
}
