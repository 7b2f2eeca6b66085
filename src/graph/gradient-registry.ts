/** Which function is the gradient of a node. */
import { KeyError } from '../base/errors';
import { NOT_DIFFERENTIABLE } from './generated/op-defs';
import type { CallRole } from './definition';
import { type GradFn, gradOf } from './opdef';
import type { Operation, Tensor } from './operation';

/** A gradient function that a program registers: it sees the node itself. */
export type NodeGradFn = (op: Operation, grads: Tensor[]) => ReturnType<GradFn>;
const GRADIENTS = new Map<string, NodeGradFn | 'none'>();
/**
 * Registers a gradient function (or that there is none) under a name, for `gradientOverrideMap` and for op types
 * without one.
 */
export function registerGradient(type: string, fn: NodeGradFn | 'none'): void {
  if (gradientOf(type) !== undefined) throw new KeyError(`Registering two gradient with name '${type}'!`);
  GRADIENTS.set(type, fn);
}
/**
 * The gradient function of a node: its override, what was registered, or its row's. An override may name another op
 * type.
 */
export function gradientFunction(op: Operation): NodeGradFn | 'none' | undefined {
  const override = overrideOf(op);
  const { calls } = op.def.row;
  if (override === null && calls) {
    const own = OF_NODES.get(op) ?? (calls === 'call' ? undefined : GRADIENTS.get(op.type));
    return own ?? CALL_GRADIENTS.get(calls);
  }
  if (override === null && op.def.row.control) {
    const built = controlGradient?.(op);
    if (built) return built;
  }
  return gradientOf(override ?? op.type);
}
const OF_NODES = new WeakMap<Operation, NodeGradFn>();
/** Says what the gradient of one node is, as a program gives it with the function that the node calls. */
export function noteGradient(op: Operation, fn: NodeGradFn): void {
  OF_NODES.set(op, fn);
}
const CALL_GRADIENTS = new Map<CallRole, NodeGradFn>();
/** Says what the gradient of nodes is that call functions of their graph. */
export function registerCallGradient(roles: readonly CallRole[], fn: NodeGradFn): void {
  for (const role of roles) CALL_GRADIENTS.set(role, fn);
}

let controlGradient: ((op: Operation) => NodeGradFn | null) | null = null;
/** Says what the gradient of a node is that belongs to a branch or a loop that was built here; null for its row's. */
export function registerControlGradient(fn: (op: Operation) => NodeGradFn | null): void {
  controlGradient = fn;
}

/** The name that a `gradientOverrideMap` gave the node. */
export function overrideOf(op: Operation): string | null {
  return op.findAttr('_gradient_op_type') === undefined ? null : op.attr('_gradient_op_type', 'string');
}

let notDifferentiable: ReadonlySet<string> | null = null;
/** The gradient function of an op type; 'none' where there is none and gradients stop silently. */
function gradientOf(type: string): NodeGradFn | 'none' | undefined {
  const known = GRADIENTS.get(type) ?? gradOf(type);
  if (known) return known;
  notDifferentiable ??= new Set(NOT_DIFFERENTIABLE.split(' '));
  return notDifferentiable.has(type) ? 'none' : undefined;
}
