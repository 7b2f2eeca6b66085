import type { ByName } from '../base/by-name';
import { float32, resource } from '../base/dtype';
import { textOf } from '../base/preview';
import { worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import {
  type Convertible,
  type TensorLike,
  asTensor,
  convertToTensor,
  isConvertible,
  handleOf,
} from '../graph/constant';
import { type Graph, IndexedSlices, Tensor, getDefaultGraph } from '../graph/graph';
import { apply } from '../graph/apply';
import type { Like } from '../graph/fetched';
import type { Differentiate } from '../graph/function-body';
import type { Grad } from '../graph/opdef';
import { knowing } from '../ops/known-calls';
import { zerosLike } from '../ops/words';
import { AggregationMethod, checkAggregationMethod } from './aggregate';
import { type GradY, initialGradients } from './initial';
import { noteNull } from './null-use';
import { type UnconnectedGradients, Walk } from './walk';
import { asList } from '../base/nested';

/**
 * The gradients by one x or several: each has the elements and the rank of its x. Where no path leads to an x it is
 * null, which TensorFlow's functions and runs then refuse; where only rows of it are used it is IndexedSlices.
 */
export type Gradients<X> = X extends readonly unknown[]
  ? { -readonly [I in keyof X]: Like<X[I]> & MaybeRows }
  : [Like<X> & MaybeRows];
type GradientsCall = <const X extends Differentiable | readonly Differentiable[]>(
  ys: TensorLike | readonly TensorLike[],
  xs: X,
  gradYs?: GradY | readonly GradY[] | GradientOptions | null,
  name?: string | null | Omit<GradientOptions, 'gradYs'>,
  ...more: [
    colocateGradientsWithOps?: boolean | null,
    gateGradients?: boolean | null,
    aggregationMethod?: AggregationMethod | null,
    stopGradients?: Differentiable | readonly Differentiable[] | null,
    unconnectedGradients?: UnconnectedGradients | null,
  ]
) => Gradients<X>;
/** What IndexedSlices have beside a tensor's operators. */
export interface MaybeRows {
  /** The rows. */
  readonly values?: Tensor;
  /** The place of each row. */
  readonly indices?: Tensor;
  /** The shape of the whole, where it is known. */
  readonly denseShape?: Tensor | null;
}
/** What can be differentiated with respect to: a tensor or a variable. */
export type Differentiable = Tensor | Convertible;
/** What `gradients` takes by name. */
export interface GradientOptions extends ByName {
  /** Gradients of something with respect to the ys; ones where not given. One per y, null for ones. */
  readonly gradYs?: GradY | readonly GradY[] | null;
  /** Scope of the new nodes. */
  readonly name?: string | null;
  /** Places each gradient node with the operation that it is the gradient of. */
  readonly colocateGradientsWithOps?: boolean;
  /** Lets the gradients of one operation be used only when all of them are computed. */
  readonly gateGradients?: boolean;
  /** How several gradients of one tensor are summed. */
  readonly aggregationMethod?: AggregationMethod | null;
  /** Tensors that are taken as constants. */
  readonly stopGradients?: Differentiable | readonly Differentiable[] | null;
  /** What to give for an x that no y depends on: 'none' for null, 'zero' for zeros. */
  readonly unconnectedGradients?: UnconnectedGradients;
}

/**
 * The derivatives of the sum of `ys` with respect to each x, as new nodes of the graph.
 *
 *     const x = tf.constant(3);
 *     const y = x.square();
 *     const [dx] = tf.gradients(y, [x])    // [6]
 *     tf.gradients(dx, x)   // [2]
 *
 * @param ys                        a tensor or several, summed
 * @param xs                        tensors or variables
 * @param gradYs                    gradients of something with respect to the ys; ones where not given
 * @param colocateGradientsWithOps  places gradients with their operations
 * @param gateGradients             makes the gradients wait for each other
 * @param aggregationMethod         how several gradients of one tensor are summed
 * @param stopGradients             tensors that are taken for constants
 * @param unconnectedGradients      'none' gives null for an x that no y depends on, 'zero' zeros
 * @returns  one per x: a tensor of its shape, rows (`IndexedSlices`) where only some are used, or null where no y
 *   depends on it
 * @throws LookupError  if an operation on the way has no gradient
 * @throws ValueError  if a gradient does not fit the shape of what it is the gradient of
 */
export const gradients = knowing<GradientsCall>()('gradients', 2, gradientsOf);
/** The same, for what builds nodes. */
export function gradientsOf(
  ys: TensorLike | readonly TensorLike[],
  xs: Differentiable | readonly Differentiable[],
  given: GradientOptions = {},
): Grad[] {
  const unconnected = given.unconnectedGradients ?? 'none';
  if (unconnected !== 'none' && unconnected !== 'zero')
    throw new ValueError(`Unknown value for unconnected_gradients: '${textOf(unconnected)}'`);
  const method = given.aggregationMethod ?? AggregationMethod.DEFAULT;
  checkAggregationMethod(method);
  const yList = asList<TensorLike>(ys as TensorLike);
  const gradYs =
    given.gradYs === null || given.gradYs === undefined ? yList.map(() => null) : asList<GradY>(given.gradYs as GradY);
  const graph = graphOfFirst([...asList(xs), ...yList]);
  return graph.asDefault(() =>
    graph.madeAt(gradientsOf, () => {
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
      walk.close();
      return xTensors.map((x) => {
        const grad = walk.result(x, unconnected);
        if (grad === null && yList.length) noteNull(yList[0], x);
        return grad;
      });
    }),
  );
}

/** The node itself that gradients are taken for: a variable's reference or handle, not its value. */
export function target(x: Differentiable): Tensor {
  if (x instanceof Tensor) return x;
  if (x === null || x === undefined) throw new ValueError('None values not supported.');
  if (!isConvertible(x))
    throw new TypeError_(
      `Can only differentiate with respect to tensors and variables, got ${worded(x)}` +
        '\n  fix: tf.gradients(loss, [w, b]), of the variables or tensors themselves.',
    );
  return handleOf(x) ?? asTensor(x, true);
}
function graphOfFirst(values: readonly unknown[]): Graph {
  const open = getDefaultGraph();
  // Gradients of a function are a function, which takes in what it needs of it.
  if (open.capturing) return open;
  for (const v of values) {
    if (v instanceof Tensor || v instanceof IndexedSlices) return v.graph;
    if (isConvertible(v)) return target(v).graph;
  }
  if (!values.length) return open;
  throw new ValueError(
    'None values not supported.\n  tf.gradients(ys, xs) takes tensors or variables; null is what tf.gradients gives ' +
      'where no path leads from x to y.',
  );
}

/** The gradients of a function's results, as its body takes them (graph/function-body.ts). */
export const functionGradients: Differentiate = (results, args, reaching) => {
  const given = results.length ? gradients([...results], [...args], { gradYs: [...reaching] }) : [];
  return args.map((arg, i) =>
    arg.graph.asDefault(() => {
      const gradient = given[i] ?? null;
      return gradient === null ? zerosLike(readOf(arg)) : convertToTensor(gradient);
    }),
  );
};
/** What a handle leads to counts as a variable of float32, as in TensorFlow. */
function readOf(arg: Tensor): Tensor {
  return arg.dtype === resource ? apply('ReadVariableOp', [arg], { dtype: float32 }) : arg;
}
