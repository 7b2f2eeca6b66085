/** Gradients inside of loops and branches, which cannot be fetched: what reaches tensors there, in each iteration. */
import { NDArray } from '../base/ndarray';
import { entryOf } from '../base/keys';
import { addUnder } from '../base/room';
import { isBackpropagatable } from '../gradients/between';
import type { Differentiated, GradientListener } from '../gradients/heard';
import { type Graph, IndexedSlices, type Operation, type Tensor, gradientFunction } from '../graph/graph';
import { DEAD, type Value } from '../kernels/kernel';
import type { LoopPlace, Step } from '../plan/step';
import type { RunObserver } from '../session/running';
import { type Figures, figuresOf } from './figures';

type Rows = Tensor | IndexedSlices;
/** Tensors from y to x. */
export type Way = readonly Tensor[];

/** What is heard while the gradient nodes are built. */
export class Inside implements GradientListener {
  private readonly gradients = new Map<Tensor, Rows>();
  private readonly calls = new Map<Operation, Differentiated>();
  /** What a plan's names of the nodes of a function begin with, and what the function calls each. */
  private readonly scopes = new Map<
    Graph,
    { readonly scope: string; readonly names: ReadonlyMap<Operation, string> }
  >();
  reached(tensor: Tensor, gradient: Rows): void {
    this.gradients.set(tensor, gradient);
  }
  differentiated(what: Differentiated): void {
    this.calls.set(what.op, what);
  }
  gradientOf(tensor: Tensor): Tensor | null {
    const found = this.gradients.get(tensor) ?? null;
    return found instanceof IndexedSlices ? found.values : found;
  }
  /** Once everything is built. A function is named by the node that calls it, which may be in a function of before. */
  nameFunctions(): void {
    for (const { op, bodies, back, gradients } of [...this.calls.values()].reverse())
      bodies.forEach((body, i) => {
        const part = partOf(op, i, bodies.length);
        this.scopes.set(body.graph, { scope: `${this.nameOf(op)}${part}`, names: new Map() });
        const { graph, inputs } = gradients[i];
        const message = back.graph.library.get(gradients[i].name)?.body;
        if (!message) return;
        const given = new Set(inputs.map((t) => t.op));
        const names = new Map(inputs.map((t, at) => [t.op, message.signature.inputs[at].name]));
        const inner = graph.getOperations().filter((each) => !given.has(each));
        inner.forEach((each, at) => names.set(each, message.nodes[at]?.name ?? each.name));
        this.scopes.set(graph, { scope: `${this.nameOf(back)}${part}`, names });
      });
  }
  /** The name of a node, as a plan has it. */
  nameOf(op: Operation): string {
    const within = this.scopes.get(op.graph);
    return within ? `${within.scope}/${within.names.get(op) ?? op.name}` : op.name;
  }
  /** A way with what lies in the functions on it. Of branches, each gives a way. */
  expand(way: Way): Way[] {
    let ways: Tensor[][] = [[]];
    way.forEach((t, i) => {
      ways = ways.map((each) => [...each, t]);
      const call = this.calls.get(t.op);
      const next = way[i + 1];
      if (!call || !next) return;
      const inner = call.bodies.flatMap((_, at) => this.within(call, at, t, next));
      if (inner.length) ways = inner.flatMap((more) => ways.map((each) => [...each, ...more]));
    });
    return ways;
  }
  /** Ways through one of the functions of a node, from a result of it to what gives an input. */
  private within({ op, bodies }: Differentiated, at: number, output: Tensor, input: Tensor): Way[] {
    const { inputs, outputs } = bodies[at];
    const isLoop = op.def.row.calls === 'while';
    const from = outputs[output.valueIndex];
    const to = inputs[op.inputs.indexOf(input) - (isLoop ? 0 : 1)];
    const found = from && to ? backwards(from, to, isLoop ? roundOf(inputs, outputs) : new Map()) : null;
    return found ? this.expand(found) : [];
  }
}
function partOf({ def }: Operation, at: number, count: number): string {
  const { calls } = def.row;
  if (calls === 'while') return '/body';
  if (calls === 'if') return at ? '/else' : '/then';
  return count > 1 ? `/branch_${at}` : '';
}
/** What comes back as each variable of a loop. */
function roundOf(inputs: readonly Tensor[], outputs: readonly Tensor[]): ReadonlyMap<Tensor, Tensor> {
  const round = new Map<Tensor, Tensor>();
  inputs.forEach((t, i) => outputs[i] && outputs[i] !== t && round.set(t, outputs[i]));
  return round;
}
/** A shortest way by which gradients come from one tensor of a function to another. */
function backwards(from: Tensor, to: Tensor, round: ReadonlyMap<Tensor, Tensor>): Way | null {
  const before = new Map<Tensor, Tensor | null>([[from, null]]);
  for (const t of before.keys()) {
    if (t === to) break;
    const back = round.get(t);
    const passes = gradientFunction(t.op) !== 'none';
    for (const input of back ? [back] : t.op.inputs)
      if (!before.has(input) && passes && isBackpropagatable(input)) before.set(input, t);
  }
  if (!before.has(to)) return null;
  const way: Tensor[] = [];
  for (let t: Tensor | null = to; t; t = before.get(t) ?? null) way.unshift(t);
  return way;
}

// --- in a run -----------------------------------------------------------------------------------------------------

/** What reaches a tensor in one iteration. */
export interface InIteration extends Figures {
  /** The number of the iteration, in each of the loops around it, the outermost first. None in a branch alone. */
  readonly iteration: readonly number[];
}
interface Seen extends Figures {
  readonly loops: readonly LoopPlace[];
}
/** Watches a run for the gradients of some tensors. */
export class Watch implements RunObserver {
  readonly seesAllNodes = true;
  private readonly watched = new Map<string, Tensor[]>();
  private readonly seen = new Map<Tensor, Seen[]>();
  /** The last iteration of each loop, in each iteration of those around it. */
  private readonly last = new Map<string, number>();
  constructor(
    private readonly tensors: readonly Tensor[],
    private readonly inside: Inside,
  ) {
    for (const t of tensors) {
      const gradient = inside.gradientOf(t);
      if (gradient) addUnder(this.watched, inside.nameOf(gradient.op), t);
    }
  }
  onStep(step: Step, _: unknown, outputs: readonly Value[], __: number, loops: readonly LoopPlace[]): void {
    loops.forEach(({ iteration }, depth) => {
      const key = keyOf(loops, depth);
      if (iteration > (this.last.get(key) ?? -1)) this.last.set(key, iteration);
    });
    // What leaves a loop is in none of its iterations.
    const around = step.leads?.by === 'exit' ? loops.slice(0, -1) : loops;
    for (const t of this.watched.get(step.op.name) ?? []) {
      const value = outputs[this.inside.gradientOf(t)?.valueIndex ?? 0];
      if (!value || value === DEAD || value.payload || !value.dtype.isFloating) continue;
      addUnder(this.seen, t, { loops: around, ...figuresOf(new NDArray(value.dtype, value.shape, value.read())) });
    }
  }
  /** What was seen of each tensor that a gradient reached, from the first iteration to the last. */
  results(): Map<Tensor, readonly InIteration[]> {
    return new Map(
      this.tensors.flatMap((t) => {
        if (!this.inside.gradientOf(t)) return [];
        const seen = (this.seen.get(t) ?? []).map(({ loops, ...figures }) => ({
          iteration: this.forward(t.op, loops),
          ...figures,
        }));
        return [[t, seen.sort((a, b) => inOrder(a.iteration, b.iteration))]];
      }),
    );
  }
  /** Gradients go round as often as the loop did, from its last iteration to the first. */
  private forward(op: Operation, loops: readonly LoopPlace[]): number[] {
    // What comes in once has its gradient at the end, outside of all iterations.
    const isFirst = op.def.row.control === 'enter' && !op.attr('is_constant', 'bool');
    const places = isFirst ? loops.slice(0, -1) : loops;
    return places.map(({ iteration }, depth) => {
      const behind = depth === loops.length - 1 && isRound(op) ? 0 : 1;
      return entryOf(this.last, keyOf(loops, depth)) - behind - iteration;
    });
  }
}
/** Names an iteration of the loops around a loop, and the loop. */
function keyOf(loops: readonly LoopPlace[], depth: number): string {
  const around = loops.slice(0, depth).map(({ frame, iteration }) => `${frame} ${iteration}`);
  return [...around, loops[depth].frame].join('\n');
}
/** Whether it is where a loop's variable comes round: that happens once more than the body runs. */
function isRound({ def, inputs }: Operation): boolean {
  return def.row.control === 'merge' && inputs[1]?.op.def.row.control === 'nextIteration';
}
function inOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((n, i) => n !== b[i]);
  return at < 0 ? 0 : a[at] - (b[at] ?? 0);
}
/** Whether a tensor stands for the order in which an array is used, and carries no numbers. */
export function isFlow(t: Tensor): boolean {
  let at = t;
  const seen = new Set<Tensor>();
  while (!seen.has(at)) {
    seen.add(at);
    const { type, def, inputs } = at.op;
    if (type.startsWith('TensorArray')) return def.outputs[at.valueIndex]?.name.startsWith('flow') ?? false;
    const { control, passesThrough } = def.row;
    if (!inputs.length || !(control || passesThrough)) return false;
    [at] = inputs;
  }
  return false;
}
