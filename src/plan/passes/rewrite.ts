/** Small rewrites, each a name and a rule `before -> after`, on a pruned graph whose shapes are known. */
import { opDef } from '../../graph/opdef';
import { DType } from '../../base/dtype';
import { NDArray } from '../../base/ndarray';
import { TensorShape } from '../../base/shape';
import type { AttrValue } from '../../graph/opdef';
import type { Facts } from '../facts';
import { type PlanNode, type PrunedGraph, type Source, hasEffect, isRef, nodesWithEffects } from '../prune';

/** Points every reader of a node's output somewhere else. */
function redirect(pruned: PrunedGraph, to: ReadonlyMap<PlanNode, Source>): void {
  const follow = (s: Source): Source => {
    let at = s;
    while (!('feed' in at) && at.index === 0 && to.has(at.node)) at = to.get(at.node)!;
    return at;
  };
  for (const node of pruned.nodes) node.inputs = node.inputs.map(follow);
  pruned.fetches = pruned.fetches.map(follow);
}
function isAmong(nodes: ReadonlySet<PlanNode>, s: Source): boolean {
  return !('feed' in s) && nodes.has(s.node);
}

/** Identity(x), StopGradient(x), … -> x, where nothing waits for the node and x is no reference. */
export function removeIdentities(pruned: PrunedGraph): number {
  const to = new Map<PlanNode, Source>();
  for (const node of pruned.nodes) {
    if (opDef(node.type).row.passesThrough && !node.controls.length && !isRef(node.inputs[0]))
      to.set(node, node.inputs[0]);
  }
  redirect(pruned, to);
  return to.size;
}

/** Reshape, Tile, Sum, BroadcastTo, … to the shape that x has already -> x. */
export function removeShapeNoops(pruned: PrunedGraph, facts: Facts): number {
  const to = new Map<PlanNode, Source>();
  const kept = nodesWithEffects(pruned);
  for (const node of pruned.nodes) {
    if (
      !opDef(node.type).row.identityIfSameShape ||
      node.controls.length ||
      isRef(node.inputs[0]) ||
      node.inputs.slice(1).some((s) => isAmong(kept, s))
    )
      continue;
    const shape = facts.shape(node.inputs[0]);
    if (shape.isFullyDefined() && shape.equals(facts.shape({ node, index: 0 }))) to.set(node, node.inputs[0]);
  }
  redirect(pruned, to);
  return to.size;
}

/** x + 0, 0 + x, x * 1, x / 1 -> x, where the shape stays. */
export function removeNeutralOperands(pruned: PrunedGraph, facts: Facts): number {
  const to = new Map<PlanNode, Source>();
  const effects = nodesWithEffects(pruned);
  for (const node of pruned.nodes) {
    const { neutral } = opDef(node.type).row;
    if (!neutral || node.controls.length || node.inputs.some(isRef)) continue;
    const out = facts.shape({ node, index: 0 });
    const [x, y] = node.inputs;
    const kept =
      neutral.right !== undefined && isAll(facts.value(y), neutral.right)
        ? x
        : neutral.left !== undefined && isAll(facts.value(x), neutral.left)
          ? y
          : null;
    if (kept && !isAmong(effects, kept === x ? y : x) && out.isFullyDefined() && facts.shape(kept).equals(out))
      to.set(node, kept);
  }
  redirect(pruned, to);
  return to.size;
}
function isAll(value: NDArray | null, number: number): boolean {
  return (
    value !== null &&
    value.size > 0 &&
    value.size <= 4096 &&
    Array.from(value.data as Float64Array, Number).every((x) => Object.is(x, number))
  );
}

/** Waiting for nodes without effects -> not waiting: values never change once they are computed. */
export function removeIdleControls(pruned: PrunedGraph): number {
  // What a node's completion implies beside its value: the effects at or above it that only control edges reach.
  const effects = new Map<PlanNode, ReadonlySet<PlanNode>>();
  const none: ReadonlySet<PlanNode> = new Set();
  let removed = 0;
  for (const node of pruned.nodes) {
    const own = new Set<PlanNode>();
    for (const control of node.controls) for (const effect of effects.get(control) ?? [control]) own.add(effect);
    removed += Math.max(0, node.controls.length - own.size);
    node.controls = [...own];
    if (hasEffect(node) || opDef(node.type).row.draws) {
      effects.set(node, new Set([node]));
      continue;
    }
    const above = new Set(own);
    for (const s of node.inputs)
      if (!('feed' in s)) for (const effect of effects.get(s.node) ?? [s.node]) above.add(effect);
    effects.set(node, above.size ? above : none);
  }
  return removed;
}

/** f(x), f(x) -> one f(x), where f has no effects. */
export function mergeCommonSubexpressions(pruned: PrunedGraph): number {
  const seen = new Map<string, PlanNode>();
  const to = new Map<PlanNode, PlanNode>();
  const ids = new Map<PlanNode, number>();
  const follow = (s: Source): Source => ('feed' in s ? s : { node: to.get(s.node) ?? s.node, index: s.index });
  for (const node of pruned.nodes) {
    ids.set(node, ids.size);
    node.inputs = node.inputs.map(follow);
    if (
      opDef(node.type).stateful ||
      node.controls.length ||
      node.outputTypes.some((t) => t.isRef) ||
      node.inputs.some(isRef)
    )
      continue;
    let inputs = node.inputs.map((s) => ('feed' in s ? `f${s.feed}` : `${ids.get(s.node)}:${s.index}`));
    if (opDef(node.type).row.commutative) inputs = inputs.sort();
    const attrs = attrsKey(node.attrs);
    if (attrs === null) continue;
    const key = `${node.type}(${inputs.join()})${attrs}`;
    const first = seen.get(key);
    if (first) to.set(node, first);
    else seen.set(key, node);
  }
  pruned.fetches = pruned.fetches.map(follow);
  return to.size;
}
/** Attributes as text; large constants are left alone. */
function attrsKey(attrs: Readonly<Record<string, AttrValue>>): string | null {
  const parts: string[] = [];
  for (const name of Object.keys(attrs).sort()) {
    if (name.startsWith('_')) continue;
    const text = valueKey(attrs[name]);
    if (text === null) return null;
    parts.push(`${name}=${text}`);
  }
  return parts.join(';');
}
function valueKey(value: AttrValue): string | null {
  if (value instanceof NDArray)
    return value.size > 64
      ? null
      : `${value.dtype.name}[${value.shape}]${Array.from(value.data as Float64Array, (x) => (Object.is(x, -0) ? '-0' : String(x)))}`;
  if (value instanceof DType) return value.name;
  if (value instanceof TensorShape) return value.toString();
  return Array.isArray(value) ? value.map((v) => valueKey(v as AttrValue)).join() : String(value);
}

/** Drops what no fetch or target needs any more; what draws random numbers stays. */
export function removeDead(pruned: PrunedGraph): number {
  const live = new Set<PlanNode>();
  const stack: PlanNode[] = [
    ...pruned.targets,
    ...pruned.fetches.flatMap((s) => ('feed' in s ? [] : [s.node])),
    ...pruned.nodes.filter((n) => opDef(n.type).row.draws),
  ];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (live.has(node)) continue;
    live.add(node);
    for (const s of node.inputs) if (!('feed' in s)) stack.push(s.node);
    stack.push(...node.controls);
  }
  const before = pruned.nodes.length;
  pruned.nodes = pruned.nodes.filter((node) => live.has(node));
  return before - pruned.nodes.length;
}
