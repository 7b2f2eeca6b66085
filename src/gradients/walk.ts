/** The walk back from the ys to the xs, which asks the gradient function of each operation that it comes to. */
import { tupleOf } from '../control/group';
import { float32, resource } from '../base/dtype';
import { LookupError, ValueError } from '../base/errors';
import { asList } from '../base/nested';
import { append } from '../base/room';
import { apply } from '../graph/apply';
import '../flow/gradients';
import './calls';
import type { GradLoopState } from '../flow/grad-loop-state';
import { type LoopStates, isExit, isLoopSwitch, zerosOutsideLoop } from '../flow/loop-states';
import { type Graph, type IndexedSlices, type Operation, Tensor, gradientFunction, overrideOf } from '../graph/graph';
import type { NodeGradFn } from '../graph/gradient-registry';
import type { Grad } from '../graph/opdef';
import { zeros, zerosLike } from '../ops/words';
import { type AggregationMethod, aggregate } from './aggregate';
import { between, isTrainable, stopOps } from './between';
import { Closures } from './closures';
import { listener } from './heard';

/**
 * What to give for an x that no y depends on.
 *
 *     const [x, y] = [tf.constant(1), tf.constant(2)];
 *     tf.gradients(y, x, { unconnectedGradients: tf.UnconnectedGradients.ZERO })   // [0]
 */
export type UnconnectedGradients = 'none' | 'zero';
/** The words for an x that no y depends on. */
export const UnconnectedGradients = {
  /** null. */
  NONE: 'none',
  /** Zeros. */
  ZERO: 'zero',
} as const;

interface WalkOptions {
  readonly method: AggregationMethod;
  readonly colocate: boolean;
  readonly gated: boolean;
}
type Rows = Tensor | IndexedSlices;
/** What has arrived at an output, or once its operation is visited the sum of it. */
type Slot = Rows[] | Rows | null;

/** One walk from the ys back to the xs: an operation is visited when the gradients of all its outputs are there. */
export class Walk {
  private readonly slots = new Map<Operation, Slot[]>();
  private readonly queue: Operation[] = [];
  private pending = new Map<Operation, number>();
  private loops: LoopStates | null = null;
  private closures: Closures;
  private all: readonly Operation[] = [];
  private stops: ReadonlySet<Operation> = new Set();
  private readonly fromOps: readonly Operation[];
  constructor(
    private readonly graph: Graph,
    private readonly xs: readonly Tensor[],
    private readonly stopGradients: readonly Operation[],
    private readonly options: WalkOptions,
  ) {
    this.fromOps = this.xs.map((x) => x.op);
    this.closures = new Closures(undefined, new Set());
  }

  run(ys: readonly Tensor[], starts: readonly Rows[]): void {
    const toOps = ys.map((y) => y.op);
    this.closures = new Closures(ys[0]?.graph, new Set(this.xs));
    const { reachable, pending, ops, loops } = between(
      toOps,
      this.fromOps,
      (op, body) => this.beside(op, body),
      this.closures,
    );
    [this.pending, this.all, this.loops] = [pending, ops, loops];
    ys.forEach((y, i) => this.receive(y, starts[i]));
    const ready = new Set(toOps.filter((op) => !pending.get(op) && reachable.has(op)));
    append(this.queue, ready);
    for (const exit of loops?.unusedExits(pending, ready) ?? []) if (isTrainable(exit)) this.startAtExit(exit);
    this.stops = stopOps(this.fromOps, this.stopGradients, pending, this.closures);
    for (let head = 0; head < this.queue.length; head++) {
      const op = this.queue[head];
      this.beside(op, () => this.visit(op));
      this.enqueueReady(op);
    }
  }
  /** What is added to loops at the end. */
  close(): void {
    this.loops?.close();
  }
  private beside(op: Operation, body: () => void): void {
    if (this.options.colocate) this.graph.colocateWith(op, body);
    else body();
  }
  private startAtExit(exit: Tensor): void {
    this.receive(exit, this.loops!.zerosForExit(exit));
    this.queue.push(exit.op);
  }
  /** The operations before one that has been visited, of which all readers have. */
  private enqueueReady(op: Operation): void {
    for (const { op: before } of this.closures.inputsOf(op)) {
      const left = (this.pending.get(before) ?? 0) - 1;
      this.pending.set(before, left);
      // The way on in a loop comes before the way round.
      if (left !== 0 && !(this.loops && left > 0 && isLoopSwitch(before))) continue;
      const state = this.loops && isExit(before) ? this.loops.of(before, false) : null;
      if (state) this.exitReady(state, before.outputs[0]);
      else this.queue.push(before);
    }
  }
  /** The exits of a loop go on when all of them are known. */
  private exitReady(state: GradLoopState, exit: Tensor): void {
    state.deferredExits.push(exit);
    if (--state.pendingExits !== 0) return;
    const hasGradient = ({ op }: Tensor): boolean =>
      (this.slots.get(op) ?? []).some((slot) => (Array.isArray(slot) ? slot.length > 0 : slot !== null));
    let any = false;
    for (const each of state.deferredExits) {
      if (hasGradient(each)) {
        any = true;
        this.queue.push(each.op);
      } else state.unusedExits.push(each);
    }
    for (const each of state.unusedExits) {
      if (any && isTrainable(each)) this.startAtExit(each);
      else this.queue.push(each.op);
    }
  }

  /** The gradient of an x. */
  result(x: Tensor, unconnected: UnconnectedGradients): Grad {
    const slot = this.slots.get(x.op)?.[x.valueIndex];
    if (slot !== undefined && !Array.isArray(slot)) return slot;
    if (unconnected === 'none') return null;
    return x.dtype === resource ? zeros(apply('VariableShape', [x]), float32) : zerosLike(x);
  }

  private receive(t: Tensor, grad: Rows): void {
    let slots = this.slots.get(t.op);
    if (!slots) this.slots.set(t.op, (slots = t.op.outputs.map(() => [])));
    const slot = slots[t.valueIndex];
    if (Array.isArray(slot)) slot.push(grad);
    else slots[t.valueIndex] = grad;
  }
  private within<R>(op: Operation, before: boolean, body: () => R): R {
    return this.loops ? this.loops.within(op, before, body) : body();
  }
  /** The gradients of an operation's outputs, each a sum of what arrived. */
  private summed(op: Operation): (Rows | null)[] {
    const { method } = this.options;
    const slots = this.slots.get(op);
    if (!slots) return op.outputs.map(() => null);
    const sums = slots.map((slot) => (Array.isArray(slot) ? aggregate(this.graph, op, slot, method) : slot));
    this.slots.set(op, sums);
    return sums;
  }

  /** Sums what arrived at an operation's outputs and sends on what its gradient function makes of it. */
  private visit(op: Operation): void {
    const sums = this.within(op, true, () => this.summed(op));
    const hears = listener();
    if (hears) sums.forEach((grad, i) => grad && hears.reached(op.outputs[i], grad));
    if (!sums.some((g) => g !== null) || this.stops.has(op) || op.inputs.length === 0) return;
    const fn = gradientFunction(op);
    if (fn === undefined)
      throw noGradient(
        op,
        this.all.filter((other) => !this.stops.has(other)),
      );
    this.within(op, false, () => {
      if (op.context && op.context === this.graph.flow.context && isLoopSwitch(op)) throw this.initialValue(op);
      if (fn === 'none') return;
      // An output that got none does not matter to the ys: its gradient is zero. As in TensorFlow, that zero is what
      // asking for the output's gradient gives.
      sums.forEach((g, i) => {
        if (g === null && isTrainable(op.outputs[i])) sums[i] = this.zerosFor(op, i);
      });
      const made = this.graph.nameScope(`${op.name}_grad`, () => this.gradientsOf(op, fn, sums));
      made.forEach((grad, i) => this.send(op, i, grad));
    });
  }
  private zerosFor(op: Operation, index: number): Tensor | null {
    return this.loops ? this.loops.zerosLike(op, index) : zerosOutsideLoop(op, index);
  }
  private gradientsOf(op: Operation, fn: NodeGradFn, sums: readonly (Rows | null)[]): readonly Grad[] {
    const before = this.graph.getOperations().length;
    // Rows convert to tensors wherever a gradient function computes with them; where it passes them on they stay rows.
    const result = fn(op, sums as Tensor[]);
    const list = asList(result) as readonly Grad[];
    if (list.length !== op.inputs.length)
      throw new ValueError(
        `Num gradients ${list.length} generated for op ${op.name} (op type: ${op.type}) do not match num inputs ` +
          `${op.inputs.length}${madeAt(op)}`,
      );
    const out =
      this.options.gated && list.filter((g) => g).length > 1
        ? this.graph.device(null, () => this.graph.colocateWith(null, () => tupleOf(list) as Grad[], true))
        : list;
    const ops = this.graph.getOperations();
    for (let i = before; i < ops.length; i++) ops[i].originalOp ??= op;
    return out;
  }
  /** @returns  TensorFlow's error for an x that lies before a loop in which y lies */
  private initialValue(op: Operation): ValueError {
    const seen = new Set([op]);
    let target = op;
    for (const each of seen) {
      if (this.fromOps.includes(each)) {
        target = each;
        break;
      }
      for (const t of each.inputs) seen.add(t.op);
    }
    return new ValueError(
      `Cannot compute gradient inside while loop with respect to op '${target.name}'. We do not support taking the ` +
        'gradient wrt or through the initial value of a loop variable. Gradients can be computed through loop ' +
        `invariants or wrt the input parameters to the loop body.${madeAt(target)}`,
    );
  }

  private send(op: Operation, index: number, grad: Grad | undefined): void {
    if (!grad) return;
    const input = this.closures.inputsOf(op)[index];
    if (grad instanceof Tensor && input.dtype.baseDtype !== resource) {
      if (!grad.shape.isCompatibleWith(input.shape)) {
        throw new ValueError(
          `Incompatible shapes between op input and calculated input gradient.  Forward operation: ${op.name}.  ` +
            `Input index: ${index}. Original input shape: ${input.shape}.  ` +
            `Calculated input gradient shape: ${grad.shape}${madeAt(op)}`,
        );
      }
      grad.setShape(input.shape);
    }
    this.receive(input, grad);
  }
}

function madeAt(op: Operation): string {
  return op.trace.line ? `\n  ${op.name} was made at ${op.trace.line}` : '';
}

function noGradient(op: Operation, all: readonly Operation[]): LookupError {
  const others = all
    .filter((other) => other !== op && gradientFunction(other) === undefined)
    .map(({ name, type }) => `'${name}' (op type: ${type})`);
  const override = overrideOf(op);
  return new LookupError(
    `No gradient defined for operation '${op.name}' (op type: ${op.type})${madeAt(op)}` +
      (override ? `\n  a gradientOverrideMap asks for the gradient '${override}' there, which nobody registered` : '') +
      `\n  fix: give it one: tf.RegisterGradient('${override ?? op.type}')((op, ...grads) => ` +
      '[one gradient or null per input]);' +
      `\n       or say that it has none: tf.NotDifferentiable('${op.type}'); ` +
      'or cut it off: tf.stopGradient(x), or {stopGradients: [x]}.' +
      (others.length ? `\n  on the way there is none either for ${others.join(', ')}` : ''),
  );
}
