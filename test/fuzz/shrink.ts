/** Makes a failing program smaller, as long as it fails. */
import type { Node, Program, Ref } from './program';
import { isRef, refsOf } from './program';

/** The program without what its last node does not need. */
function needed({ nodes, gradientOf }: Program): Program {
  const keep = new Set<number>();
  const visit = (n: number): void => {
    if (keep.has(n)) return;
    keep.add(n);
    for (const [m] of refsOf(nodes[n])) visit(m);
  };
  visit(nodes.length - 1);
  const order = [...keep].sort((a, b) => a - b);
  return {
    nodes: order.map((n) => mapRefs(nodes[n], ([m, k]) => [order.indexOf(m), k])),
    gradientOf: gradientOf === null ? null : order.length - 1,
  };
}
function mapRefs(node: Node, f: (ref: Ref) => Ref): Node {
  if (node.kind !== 'op') return node;
  return { ...node, inputs: node.inputs.map((x) => (isRef(x) ? f(x) : x.map(f))) };
}
/** Smaller programs, the most promising first. */
function* smaller(program: Program, valueOf: (n: number) => Node | null): Generator<Program> {
  const { nodes, gradientOf } = program;
  if (gradientOf !== null) yield { nodes, gradientOf: null };
  for (let n = nodes.length - 2; n >= 0; n--)
    yield needed({ nodes: nodes.slice(0, n + 1), gradientOf: gradientOf === null ? null : n });
  for (let n = nodes.length - 2; n >= 0; n--) {
    if (nodes[n].kind !== 'op') continue;
    const value = valueOf(n);
    if (value) yield needed({ nodes: nodes.map((node, i) => (i === n ? value : node)), gradientOf });
    const [input] = refsOf(nodes[n]);
    if (input) yield needed({ nodes: nodes.map((node) => mapRefs(node, (r) => (r[0] === n ? input : r))), gradientOf });
  }
  for (const [n, node] of nodes.entries())
    if (node.kind === 'placeholder')
      yield { nodes: nodes.map((x, i) => (i === n ? { kind: 'const', value: node.value } : x)), gradientOf };
  for (const [n, node] of nodes.entries())
    if (node.kind === 'placeholder' && String(node.shape) !== String(node.value.shape))
      yield { nodes: nodes.map((x, i) => (i === n ? { ...node, shape: node.value.shape } : x)), gradientOf };
}
/**
 * The smallest program found that fails in the same kind of way.
 *
 * @param fault    what is wrong with a program; null where nothing is
 * @param valueOf  a placeholder with the value of a node, where it can be had
 */
export async function shrink(
  program: Program,
  fault: (program: Program) => Promise<string | null>,
  valueOf: (program: Program, n: number) => Node | null,
): Promise<Program> {
  let best = program;
  const deadline = Date.now() + 60_000;
  for (let again = true; again && Date.now() < deadline; ) {
    again = false;
    for (const candidate of smaller(best, (n) => valueOf(best, n))) {
      if (weight(candidate) >= weight(best) || (await fault(candidate)) === null) continue;
      best = candidate;
      again = true;
      break;
    }
  }
  return best;
}
/** Fewer nodes first; then no gradients; then less that is unknown or fed. */
function weight({ nodes, gradientOf }: Program): number {
  const each = (node: Node): number =>
    node.kind === 'op' ? 100 : node.kind === 'const' ? 20 : String(node.shape) === String(node.value.shape) ? 30 : 40;
  return nodes.reduce((sum, node) => sum + each(node), gradientOf === null ? 0 : 200);
}
