/**
 * What the stacks and arrays of a step hold, as far as a plan says: nothing comes into one but by its handle. A graph
 * does not say it, nor does TensorFlow's.
 */
import { addUnder } from '../base/room';
import type { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { rowOf } from '../graph/opdef';
import type { HandleData } from '../graph/shape-context';
import { type PlanNode, type Source, isHandle, isOfStep, roleOf } from './node';

/** What is known of the nodes of a plan (facts.ts). */
interface Known {
  putBy(node: PlanNode): TensorShape;
  valuePutBy(node: PlanNode): NDArray | null;
  handle(s: Source): HandleData | null;
}

export class Held {
  /** What puts elements in, by the node that made it. */
  private readonly puts = new Map<PlanNode, PlanNode[]>();
  /** Those whose elements are being asked for. */
  private readonly asked = new Set<PlanNode>();
  /** Whether something may be put into any of them. */
  private isAnywhere = false;
  constructor(nodes: readonly PlanNode[]) {
    for (const node of nodes) {
      if (!rowOf(node.def).puts) continue;
      const maker = makerOf(node.inputs[0]);
      if (maker) addUnder(this.puts, maker, node);
      else this.isAnywhere = true;
    }
  }
  /** The shape of each element of what a handle leads to; unknown where they may differ. */
  shape(handle: Source, facts: Known): TensorShape {
    const maker = makerOf(handle);
    if (!maker || this.isAnywhere || this.asked.has(maker)) return TensorShape.unknown();
    this.asked.add(maker);
    try {
      const shapes = (this.puts.get(maker) ?? []).map((node) => facts.putBy(node));
      const [source] = maker.inputs;
      // What nothing was put into has, as a gradient, zeros like the elements that it belongs to.
      if (source && isHandle(source)) shapes.push(facts.handle(source)?.shape ?? TensorShape.unknown());
      const [first = TensorShape.unknown(), ...others] = shapes;
      return others.every((shape) => shape.equals(first)) ? first : TensorShape.unknown();
    } finally {
      this.asked.delete(maker);
    }
  }
  /** The value of each element, where one node alone puts elements in and its value is known. */
  value(handle: Source, facts: Known): NDArray | null {
    const maker = makerOf(handle);
    const puts = (maker && this.puts.get(maker)) ?? [];
    if (!maker || this.isAnywhere || this.asked.has(maker) || puts.length !== 1 || maker.inputs.some(isHandle))
      return null;
    this.asked.add(maker);
    try {
      return facts.valuePutBy(puts[0]);
    } finally {
      this.asked.delete(maker);
    }
  }
  /** The node that first made what a handle leads to: of an array of gradients, what made the array itself. */
  origin(handle: Source): PlanNode | null {
    const maker = makerOf(handle);
    const [source] = maker?.inputs ?? [];
    return source && isHandle(source) ? this.origin(source) : maker;
  }
}
/** The node that made what a handle leads to; null where that cannot be said. */
function makerOf(handle: Source): PlanNode | null {
  let at = handle;
  while ('node' in at) {
    const { node } = at;
    if (isOfStep(node)) return node;
    const role = roleOf(node);
    if (role !== 'enter' && role !== 'exit' && role !== 'switch' && !node.def.row.passesThrough) return null;
    [at] = node.inputs;
  }
  return null;
}
