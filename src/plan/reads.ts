/**
 * What nodes read of variables, and behind which writes. Where nothing orders a read and a write, the order of the
 * nodes does, in every plan: a pass may move a read only to where it sees the same. What lives for a step is not
 * meant.
 */
import { addUnder } from '../base/room';
import { placeOf } from '../kernels/resources';
import { type PlanNode, type PrunedGraph, type Source, hasEffect, isHandle, isOfStep, isRef } from './node';

const NONE: readonly string[] = [];

export class Reads {
  private readonly places = new Map<PlanNode, number>();
  /** The variables behind what a node hands on. */
  private readonly roots = new Map<PlanNode, readonly string[]>();
  private readonly accessed = new Map<PlanNode, readonly string[]>();
  /** Where each variable is written to. */
  private readonly writes = new Map<string, number[]>();

  constructor({ nodes }: PrunedGraph) {
    nodes.forEach((node, at) => {
      this.places.set(node, at);
      if (isOfStep(node)) return;
      const pointing = node.inputs.filter(isPointer);
      if (pointing.length) this.accessed.set(node, unique(pointing.flatMap((s) => this.rootsOf(s))));
      if (node.outputTypes.some((_, index) => isPointer({ node, index })))
        this.roots.set(node, this.accessed.get(node) ?? [nameOf(node)]);
      if (!hasEffect(node)) return;
      const { inputs } = node.def;
      // What it only reads of, it does not write to.
      const written = node.inputs.filter((s, i) => isPointer(s) && (inputs[i]?.isRef !== false || !isRef(s)));
      for (const name of written.flatMap((s) => this.rootsOf(s))) addUnder(this.writes, name, at);
    });
  }
  /** Tells apart reads that see different things; '' where a node reads no variable. */
  keyOf(node: PlanNode): string {
    const at = this.placeOf(node);
    return this.variablesOf(node)
      .map((name) => `|${name}@${this.writesTo(name).filter((w) => w < at).length}`)
      .join('');
  }
  /** Whether nothing has written to what a node reads. */
  isFirst(node: PlanNode): boolean {
    const at = this.placeOf(node);
    return this.variablesOf(node).every((name) => !this.writesTo(name).some((w) => w < at));
  }
  /** Whether what `from` reads is the same at the place of `to`, a later node. */
  unchanged(from: PlanNode, to: PlanNode): boolean {
    const [a, b] = [this.placeOf(from), this.placeOf(to)];
    return this.variablesOf(from).every((name) => !this.writesTo(name).some((w) => w > a && w < b));
  }
  /** NaN of a node that a pass has made, which reads no variable. */
  private placeOf(node: PlanNode): number {
    return this.places.get(node) ?? NaN;
  }
  private variablesOf(node: PlanNode): readonly string[] {
    return this.accessed.get(node) ?? NONE;
  }
  private writesTo(name: string): number[] {
    return this.writes.get(name) ?? [];
  }
  private rootsOf(s: Source): readonly string[] {
    return 'feed' in s ? NONE : (this.roots.get(s.node) ?? NONE);
  }
}
/** Whether it hands on a variable: by reference, as a view, or by handle. */
function isPointer(s: Source): boolean {
  return isRef(s) || isHandle(s);
}
function nameOf({ op, attrs }: PlanNode): string {
  const { container, name } = placeOf(op.name, attrs);
  return `${container}/${name}`;
}
function unique(names: readonly string[]): readonly string[] {
  return names.length > 1 ? [...new Set(names)] : names;
}
