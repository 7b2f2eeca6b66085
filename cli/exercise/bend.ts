/** What a function of one number, made of several nodes, is: a ReLU by hand is one, however it is spelled. */
import type { GraphView } from './graph';

type Rule = (...x: number[]) => number;
const RULES: Readonly<Record<string, Rule>> = {
  Add: (a, b) => a + b,
  AddV2: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  Div: (a, b) => a / b,
  Maximum: Math.max,
  Minimum: Math.min,
  Pow: Math.pow,
  Neg: (a) => -a,
  Abs: Math.abs,
  Sign: Math.sign,
  Square: (a) => a * a,
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Log: Math.log,
  Log1p: Math.log1p,
  Expm1: Math.expm1,
  Sin: Math.sin,
  Cos: Math.cos,
  Atan: Math.atan,
  Tanh: Math.tanh,
  Sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  Softplus: (a) => Math.log1p(Math.exp(a)),
  Softsign: (a) => a / (1 + Math.abs(a)),
  Relu: (a) => Math.max(a, 0),
  Relu6: (a) => Math.min(Math.max(a, 0), 6),
  Greater: (a, b) => Number(a > b),
  GreaterEqual: (a, b) => Number(a >= b),
  Less: (a, b) => Number(a < b),
  LessEqual: (a, b) => Number(a <= b),
  LogicalNot: (a) => 1 - a,
  Select: (c, a, b) => (c ? a : b),
  SelectV2: (c, a, b) => (c ? a : b),
  ClipByValue: (a, low, high) => Math.min(Math.max(a, low), high),
  ZerosLike: () => 0,
  OnesLike: () => 1,
  Cast: (a) => a,
  Identity: (a) => a,
};
/** What a slope that is learned starts from, as of a PReLU. */
const LEARNED = 0.25;

export interface Bend {
  /** The node that it is a function of. */
  readonly from: number;
  /** One node, and not several. */
  readonly single: boolean;
  /** As a ReLU and its kin: a straight line for what is positive, another one or none for what is negative. */
  readonly relu: boolean;
}

/**
 * What a node computes element by element, back to the one node by which all the pictures' data comes; null where it is
 * made otherwise, or is a straight line.
 */
export function bendAt(graph: GraphView, at: number, pictures: number): Bend | null {
  const open = new Set([at]);
  const inside = new Set<number>();
  let from = at;
  // Nodes are numbered in the order in which they were made: the latest first, and all ways have met where one is left.
  do {
    if (!(graph.op(from) in RULES)) return null;
    open.delete(from);
    inside.add(from);
    for (const [input] of graph.node(from).inputs)
      if (graph.dependsOn(input, pictures) || /Like$/.test(graph.op(input))) open.add(input);
    if (!open.size) return null;
    from = Math.max(...open);
  } while (open.size > 1);
  const f = (x: number): number => valueOf(graph, at, from, inside, x);
  const [lower, low, high, higher] = [-2, -1, 1, 2].map(f);
  if (![lower, low, high, higher].every(Number.isFinite)) return null;
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;
  const start = f(0);
  const straight = near(higher - start, 2 * (high - start));
  if (straight && near(lower - start, 2 * (low - start)) && near(high - start, start - low)) return null;
  return { from, single: inside.size === 1, relu: straight && high > start && near(f(4) - start, 4 * (high - start)) };
}
function valueOf(graph: GraphView, at: number, from: number, inside: ReadonlySet<number>, x: number): number {
  if (at === from) return x;
  if (inside.has(at)) {
    const inputs = graph.node(at).inputs.map(([n]) => valueOf(graph, n, from, inside, x));
    return RULES[graph.op(at)](...inputs);
  }
  const constant = graph.constant(graph.behind(at));
  if (constant) return constant[0] ?? NaN;
  if (graph.variableBehind(at) !== null) return LEARNED;
  return graph.op(at) in RULES && graph.node(at).inputs.length
    ? RULES[graph.op(at)](...graph.node(at).inputs.map(([n]) => valueOf(graph, n, from, inside, x)))
    : NaN;
}
