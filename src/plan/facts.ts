/** What is known of a pruned graph once the shapes of its feeds are: shapes and values of every edge. */
import type { NDArray } from '../base/ndarray';
import { numbersIn } from '../base/nested';
import { TensorShape } from '../base/shape';
import { shapeFromValue } from '../graph/known-value';
import { type AttrKind, type AttrRead, type AttrValue, read } from '../format/attr';
import type { AttrName, AttrOf } from '../graph/attr-reader';
import { type ShapeFn, rowOf } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import type { HandleData, PlanContext } from '../graph/shape-context';
import { Held } from './held';
import { type PlanNode, type PrunedGraph, ROOT, type Source, isInvariant, roleOf } from './node';

/** Chains of known values are not followed further than this. */
const DEEPEST = 50;

/**
 * Asks the shape functions again, with the feeds' real shapes. What a program said of shapes while it built the graph,
 * or what followed from a constant that is fed here, is not believed.
 */
export class Facts {
  private readonly shapes = new Map<PlanNode, readonly TensorShape[]>();
  private readonly values = new Map<PlanNode, readonly (NDArray | null)[]>();
  private depth = 0;
  /**
   * Why shapes could not be found: they do not fit each other, and the run itself will say so. Null where all went
   * well.
   */
  readonly fault: string | null;
  /** Where values come round, and the shapes that they are taken to have. */
  private readonly loops: readonly PlanNode[];
  private readonly assumed = new Map<PlanNode, TensorShape>();
  private readonly held: Held;
  private readonly originals = new Map<PlanNode, PlanNode>();

  constructor(
    { nodes }: PrunedGraph,
    private readonly feedShapes: readonly (readonly number[])[],
  ) {
    this.held = new Held(nodes);
    this.loops = nodes.filter((node) => node.frame !== ROOT && roleOf(node) === 'merge');
    this.fault = this.findAll(nodes);
    while (this.fault === null && this.loops.length > 0 && this.widen()) this.fault = this.findAll(nodes);
  }
  /**
   * What comes into a loop has the shape that it comes with, until it is found that it comes round with another one:
   * then only what the two have in common is known. True where something was.
   */
  private widen(): boolean {
    let found = false;
    for (const node of this.loops) {
      const [before] = this.shapesOf(node);
      const after = common(
        before,
        node.inputs.map((s) => this.shape(s)),
      );
      if (after.equals(before)) continue;
      this.assumed.set(node, after);
      found = true;
    }
    if (!found) return false;
    this.shapes.clear();
    this.values.clear();
    return true;
  }
  private findAll(nodes: readonly PlanNode[]): string | null {
    for (const node of nodes) {
      try {
        this.shapesOf(node);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const what = error instanceof ShapeError ? error.message : `${error.name}: ${error.message}`;
        return `${what} for '${node.op.name}' (op: '${node.type}')`;
      }
    }
    return null;
  }
  /** Says of which node another one is a copy: as long as both are the same op, the same is known of them. */
  noteCopy(copy: PlanNode, node: PlanNode): void {
    this.originals.set(copy, this.originalOf(node));
  }
  private originalOf(node: PlanNode): PlanNode {
    const original = this.originals.get(node);
    return original?.type === node.type ? original : node;
  }
  private shapesOf(of: PlanNode): readonly TensorShape[] {
    const node = this.originalOf(of);
    const known = this.shapes.get(node);
    if (known) return known;
    const told = this.told(node);
    const found = node.outputTypes.map((_, i) => TensorShape.of(told[i] ?? null));
    this.shapes.set(node, found);
    return found;
  }
  private told(node: PlanNode): ReturnType<ShapeFn> {
    // A cluster gives what its nodes give.
    if (node.cluster) return node.cluster.outputs.map((s) => this.shape(s));
    const role = roleOf(node);
    if (role === 'enter') return [this.shape(node.inputs[0])];
    if (role !== 'merge' || node.frame === ROOT) return rowOf(node.def).shape?.(new NodeContext(node, this)) ?? [];
    const entered = node.inputs.find((s) => 'feed' in s || roleOf(s.node) !== 'nextIteration');
    const shape = this.assumed.get(node) ?? (entered ? this.shape(entered) : TensorShape.unknown());
    return [shape, []];
  }

  /** The static shape of an edge. */
  shape(s: Source): TensorShape {
    return 'feed' in s ? new TensorShape(this.feedShapes[s.feed]) : this.shapesOf(s.node)[s.index];
  }
  /** Its value, where it does not depend on what is fed. */
  value(s: Source): NDArray | null {
    return 'feed' in s ? null : (this.valuesOf(s.node)[s.index] ?? null);
  }
  private valuesOf(of: PlanNode): readonly (NDArray | null)[] {
    const node = this.originalOf(of);
    const known = this.values.get(node);
    if (known) return known;
    const { value: told, values, planValue } = rowOf(node.def);
    const value = planValue ?? told;
    // The same in every iteration.
    if (isInvariant(node)) return [this.value(node.inputs[0])];
    if (!(value || values)) return [];
    const found = this.deeper((c) => values?.(c) ?? (value ? [value(c)] : []), node) ?? [];
    // Further down the chain more may be known than where it was cut.
    if (this.depth === 0) this.values.set(node, found);
    return found;
  }
  /** The value of a vector seen as a shape, known in part. */
  asShape(s: Source): TensorShape | null {
    const inPart = (): TensorShape | null => {
      if ('feed' in s) return null;
      const { partial } = rowOf(s.node.def);
      return partial ? this.deeper((c) => partial(c, s.index), s.node) : null;
    };
    return shapeFromValue(this.value(s), inPart, this.shape(s));
  }
  /** What a handle leads to. */
  handle(s: Source): HandleData | null {
    if ('feed' in s) return null;
    const node = this.originalOf(s.node);
    const { handle } = rowOf(node.def);
    const told = handle ? this.deeper(handle, node) : null;
    if (told?.shape.isFullyDefined()) return told;
    const shape = this.held.shape({ node, index: s.index }, this);
    return shape.rank === null ? told : { ...told, shape };
  }
  /** The shape of each element that a node puts into what it is given a handle of. */
  putBy(node: PlanNode): TensorShape {
    return rowOf(node.def).puts?.(new NodeContext(node, this)) ?? TensorShape.unknown();
  }
  /** Its value, where it is one that a plan knows. */
  valuePutBy(node: PlanNode): NDArray | null {
    const { putValue } = rowOf(node.def);
    return putValue ? this.deeper(putValue, node) : null;
  }
  /** The value of whatever is put into what a handle leads to. */
  valueHeld(handle: Source): NDArray | null {
    return this.held.value(handle, this);
  }
  /** Whether it is known of a node with an effect that it will have none. */
  isIdle(node: PlanNode): boolean {
    return rowOf(node.def).isIdle?.(new NodeContext(node, this)) === true;
  }
  /** The node that made what a handle leads to, where that lives for a step. */
  origin(handle: Source): PlanContext | null {
    const node = this.held.origin(handle);
    return node && new NodeContext(node, this);
  }
  private deeper<T>(ask: (c: PlanContext) => T, node: PlanNode): T | null {
    if (this.depth > DEEPEST) return null;
    this.depth++;
    try {
      return ask(new NodeContext(node, this));
    } finally {
      this.depth--;
    }
  }
}

/** What is left of a shape where others do not have it. */
function common({ dims }: TensorShape, others: readonly TensorShape[]): TensorShape {
  if (!dims || others.some(({ rank }) => rank !== dims.length)) return TensorShape.unknown();
  return new TensorShape(dims.map((d, i) => (others.every((s) => s.dims?.[i] === d) ? d : null)));
}

/** What shape and value functions see of a node of the plan. */
class NodeContext implements PlanContext {
  constructor(
    private readonly node: PlanNode,
    private readonly facts: Facts,
  ) {}
  get inputs(): number {
    return this.node.inputs.length;
  }
  get outputs(): number {
    return this.node.outputTypes.length;
  }
  shape(input: number): TensorShape {
    return this.facts.shape(this.node.inputs[input]);
  }
  value(input: number): NDArray | null {
    return this.facts.value(this.node.inputs[input]);
  }
  asShape(input: number): TensorShape | null {
    // A size below -1 is for the run to refuse.
    const value = this.value(input);
    if (value?.dtype.isInteger && value.rank === 1 && numbersIn(value).some((d) => d < -1)) return null;
    return this.facts.asShape(this.node.inputs[input]);
  }
  attr<N extends AttrName>(name: N): AttrOf<N>;
  attr<K extends AttrKind>(name: string, kind: K): AttrRead<K>;
  attr(name: string, kind?: AttrKind): AttrValue {
    return read(name, this.node.attrs[name], kind);
  }
  handle(input: number): HandleData | null {
    return this.facts.handle(this.node.inputs[input]);
  }
  output(index: number): TensorShape {
    return this.facts.shape({ node: this.node, index });
  }
  origin(input: number): PlanContext | null {
    return this.facts.origin(this.node.inputs[input]);
  }
  held(input: number): NDArray | null {
    return this.facts.valueHeld(this.node.inputs[input]);
  }
}
