/** `gradients`: symbolic derivatives, as nodes of the same graph. Names and order of nodes are TensorFlow 1.15's. */
import { tuple } from '../control/group';
import { float32, resource } from '../base/dtype';
import { LookupError, ValueError } from '../base/errors';
import { apply } from '../graph/apply';
import { type Convertible, type TensorLike, convertToTensor } from '../graph/constant';
import { type Graph, IndexedSlices, type Operation, Tensor, getDefaultGraph, gradientFunction } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import { zeros, zerosLike } from '../ops/words';
import { AggregationMethod, aggregate, checkAggregationMethod } from './aggregate';
import { between, isTrainable, stopOps } from './between';
import { type GradY, initialGradients } from './initial';

/** What can be differentiated with respect to: a tensor or a variable. */
export type Differentiable = Tensor | Convertible;
/** What to give for an x that no y depends on. */
export type UnconnectedGradients = 'none' | 'zero';
export const UnconnectedGradients = { NONE: 'none', ZERO: 'zero' } as const;

export interface GradientOptions {
  /** Gradients of something with respect to the ys; ones where not given. One per y, null for ones. */
  readonly gradYs?: GradY | readonly GradY[] | null;
  /** Scope of the new nodes. */
  readonly name?: string | null;
  /** Places each gradient node with the operation that it is the gradient of. */
  readonly colocateGradientsWithOps?: boolean;
  /** Lets the gradients of one operation be used only when all of them are computed. */
  readonly gateGradients?: boolean;
  readonly aggregationMethod?: AggregationMethod | null;
  /** Tensors that are taken as constants. */
  readonly stopGradients?: Differentiable | readonly Differentiable[] | null;
  readonly unconnectedGradients?: UnconnectedGradients;
}

/**
 * The derivatives of the sum of `ys` with respect to each x, as new nodes of the graph.
 *
 *     const [dw, db] = tf.gradients(loss, [w, b])
 *
 * @param ys       a tensor or several, summed
 * @param xs       tensors or variables
 * @param options  or `gradYs` by position, as in Python
 * @returns        one per x: a tensor of its shape, rows (`IndexedSlices`) where only some are used, or null where no y
 * depends on it
 * @throws LookupError  if an operation on the way has no gradient
 * @throws ValueError   if a gradient does not fit the shape of what it is the gradient of
 */
export function gradients(
  ys: TensorLike | readonly TensorLike[],
  xs: Differentiable | readonly Differentiable[],
  options: GradientOptions | readonly GradY[] | Tensor | null = {},
): Grad[] {
  const given: GradientOptions =
    options === null
      ? {}
      : options instanceof Tensor || Array.isArray(options)
        ? { gradYs: options as readonly GradY[] }
        : (options as GradientOptions);
  const unconnected = given.unconnectedGradients ?? 'none';
  if (unconnected !== 'none' && unconnected !== 'zero')
    throw new ValueError(`Unknown value for unconnected_gradients: '${String(unconnected)}'`);
  const method = given.aggregationMethod ?? AggregationMethod.DEFAULT;
  checkAggregationMethod(method);
  const yList = asList<TensorLike>(ys as TensorLike);
  const gradYs =
    given.gradYs === null || given.gradYs === undefined ? yList.map(() => null) : asList<GradY>(given.gradYs as GradY);
  const graph = graphOfFirst([...asList(xs), ...yList]);
  return graph.asDefault(() =>
    graph.madeAt(gradients, () => {
      const [walk, xTensors] = graph.nameScope(given.name || 'gradients', () => {
        // TensorFlow takes this name for each call of gradients.
        graph.uniqueName('uid');
        const yTensors = yList.map((y, i) => convertToTensor(y, null, `y_${i}`));
        const targets = asList(xs).map((x) => target(x));
        const starts = initialGradients(graph, gradYs, yTensors, given.colocateGradientsWithOps ?? false);
        const stops = given.stopGradients ? asList(given.stopGradients).map((t) => target(t).op) : [];
        const made = new Walk(graph, targets, stops, {
          method,
          colocate: given.colocateGradientsWithOps ?? false,
          gated: given.gateGradients ?? false,
        });
        made.run(yTensors, starts);
        return [made, targets];
      });
      // Outside of the scope, as in TensorFlow.
      return xTensors.map((x) => walk.result(x, unconnected));
    }),
  );
}

function asList<T>(x: T | readonly T[]): readonly T[] {
  return Array.isArray(x) ? (x as readonly T[]) : [x as T];
}
/** The node itself that gradients are taken for: a variable's reference or handle, not its value. */
function target(x: Differentiable): Tensor {
  if (x instanceof Tensor) return x;
  if (x === null || x === undefined) throw new ValueError('None values not supported.');
  return (x as { handle?: Tensor }).handle instanceof Tensor ? (x as { handle?: Tensor }).handle! : x.asTensor(true);
}
function graphOfFirst(values: readonly unknown[]): Graph {
  for (const v of values) {
    if (v instanceof Tensor || v instanceof IndexedSlices) return v.graph;
    if (v && typeof (v as Convertible).asTensor === 'function') return target(v as Convertible).graph;
  }
  if (!values.length) return getDefaultGraph();
  throw new ValueError(
    'None values not supported.\n  tf.gradients(ys, xs) takes tensors or variables; null is what tf.gradients gives ' +
      'where no path leads from x to y.',
  );
}

interface WalkOptions {
  readonly method: AggregationMethod;
  readonly colocate: boolean;
  readonly gated: boolean;
}
type Received = (Tensor | IndexedSlices)[];

/** One walk from the ys back to the xs: an operation is visited when the gradients of all its outputs are there. */
class Walk {
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
    const { reachable, pending } = between(
      ys.map((y) => y.op),
      fromOps,
    );
    ys.forEach((y, i) => this.receive(y, starts[i]));
    const queue = [...new Set(ys.map((y) => y.op))].filter((op) => !pending.get(op) && reachable.has(op));
    const stops = stopOps(fromOps, this.stopGradients, pending);
    for (let head = 0; head < queue.length; head++) {
      const op = queue[head];
      const visit = (): void => this.visit(op, stops);
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
  private visit(op: Operation, stops: ReadonlySet<Operation>): void {
    const received = this.received.get(op);
    const sums = op.outputs.map((_, i) =>
      received ? aggregate(this.graph, op, received[i], this.options.method) : null,
    );
    if (received) this.sums.set(op, sums);
    this.received.delete(op);
    if (!sums.some((g) => g !== null) || stops.has(op) || op.inputs.length === 0) return;
    const fn = gradientFunction(op);
    if (fn === undefined) throw noGradient(op);
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
          ? this.graph.device(null, () => this.graph.colocateWith(null, () => tuple(list) as Grad[], true))
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

function noGradient(op: Operation): LookupError {
  const override = op.attr<string>('_gradient_op_type');
  return new LookupError(
    `No gradient defined for operation '${op.name}' (op type: ${op.type})${madeAt(op)}` +
      (override ? `\n  a gradientOverrideMap asks for the gradient '${override}' there, which nobody registered` : '') +
      `\n  fix: give it one: tf.RegisterGradient('${override ?? op.type}')((op, ...grads) => ` +
      '[one gradient or null per input]);' +
      `\n       or say that it has none: tf.NotDifferentiable('${op.type}'); ` +
      'or cut it off: tf.stopGradient(x), or {stopGradients: [x]}.',
  );
}
