/** The walk back from the ys to the xs, which asks the gradient function of each operation that it comes to. */
import { tupleOf } from '../control/group';
import { float32, resource } from '../base/dtype';
import { LookupError, ValueError } from '../base/errors';
import { apply } from '../graph/apply';
import { type Graph, type IndexedSlices, type Operation, Tensor, gradientFunction, overrideOf } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import { zeros, zerosLike } from '../ops/words';
import { type AggregationMethod, aggregate } from './aggregate';
import { between, isTrainable, stopOps } from './between';

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
type Received = (Tensor | IndexedSlices)[];

/** One walk from the ys back to the xs: an operation is visited when the gradients of all its outputs are there. */
export class Walk {
  /** Per operation and output, what has arrived. */
  private readonly received = new Map<Operation, Received[]>();
  /** Per visited operation and output, the sum. */
  private readonly sums = new Map<Operation, readonly (Tensor | IndexedSlices | null)[]>();
  constructor(
    private readonly graph: Graph,
    private readonly xs: readonly Tensor[],
    private readonly stopGradients: readonly Operation[],
    private readonly options: WalkOptions,
  ) {}

  run(ys: readonly Tensor[], starts: readonly (Tensor | IndexedSlices)[]): void {
    const fromOps = this.xs.map((x) => x.op);
    const { reachable, pending, ops } = between(
      ys.map((y) => y.op),
      fromOps,
    );
    ys.forEach((y, i) => this.receive(y, starts[i]));
    const queue = [...new Set(ys.map((y) => y.op))].filter((op) => !pending.get(op) && reachable.has(op));
    const stops = stopOps(fromOps, this.stopGradients, pending);
    for (let head = 0; head < queue.length; head++) {
      const op = queue[head];
      const visit = (): void => this.visit(op, stops, ops);
      if (this.options.colocate) this.graph.colocateWith(op, visit);
      else visit();
      for (const { op: before } of op.inputs) {
        const left = (pending.get(before) ?? 0) - 1;
        pending.set(before, left);
        if (left === 0) queue.push(before);
      }
    }
  }

  /** The gradient of an x. */
  result(x: Tensor, unconnected: UnconnectedGradients): Grad {
    const sums = this.sums.get(x.op);
    if (sums) return sums[x.valueIndex];
    if (unconnected === 'none') return null;
    return x.dtype === resource ? zeros(apply('VariableShape', [x]), float32) : zerosLike(x);
  }

  private receive(t: Tensor, grad: Tensor | IndexedSlices): void {
    let lists = this.received.get(t.op);
    if (!lists) this.received.set(t.op, (lists = t.op.outputs.map(() => [])));
    lists[t.valueIndex].push(grad);
  }

  /** Sums what arrived at an operation's outputs and sends on what its gradient function makes of it. */
  private visit(op: Operation, stops: ReadonlySet<Operation>, all: readonly Operation[]): void {
    const received = this.received.get(op);
    const sums = op.outputs.map((_, i) =>
      received ? aggregate(this.graph, op, received[i], this.options.method) : null,
    );
    if (received) this.sums.set(op, sums);
    this.received.delete(op);
    if (!sums.some((g) => g !== null) || stops.has(op) || op.inputs.length === 0) return;
    const fn = gradientFunction(op);
    if (fn === undefined)
      throw noGradient(
        op,
        all.filter((other) => !stops.has(other)),
      );
    if (fn === 'none') return;
    // An output that got none does not matter to the ys: its gradient is zero.
    const grads = sums.map((g, i) => g ?? (isTrainable(op.outputs[i]) ? zerosFor(op.outputs[i]) : null));
    // As in TensorFlow, that zero is what asking for the output's gradient gives.
    if (received) this.sums.set(op, grads);
    const made = this.graph.nameScope(`${op.name}_grad`, () => {
      const before = this.graph.getOperations().length;
      // Rows convert to tensors wherever a gradient function computes with them; where it passes them on they stay
      // rows.
      const result = fn(op, grads as Tensor[]);
      const list = (Array.isArray(result) ? result : [result]) as readonly Grad[];
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
    });
    made.forEach((grad, i) => this.send(op, i, grad));
  }

  private send(op: Operation, index: number, grad: Grad | undefined): void {
    if (!grad) return;
    const input = op.inputs[index];
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

/** Zeros for an output whose gradient nobody asked for. */
function zerosFor(t: Tensor): Tensor {
  return t.dtype.baseDtype === resource
    ? zeros(apply('VariableShape', [t]), float32)
    : apply('ZerosLike', [t], {}, 'zeros_like');
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
