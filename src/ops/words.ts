/**
 * What gradients and composite functions are written in, beside the operators of tensors: TensorFlow's Python
 * array functions with the shortcuts they take where a shape is known, so that the same nodes come out.
 */
import { type DType, int32, zerosOf } from '../base/dtype';
import { NDArray, toNDArray } from '../base/ndarray';
import { broadcastGradientAxes, pythonTuple, sizeOf as elements } from '../base/shape';
import { apply, applyOp, graphOf } from '../graph/apply';
import { constantNode } from '../graph/constant';
import { IndexedSlices, Tensor, getDefaultGraph } from '../graph/graph';
import { Key } from '../graph/own';

/** Runs `body` in a name scope of the default graph. */
export function scoped<R>(name: string, body: (scope: string) => R): R {
  return getDefaultGraph().nameScope(name, body);
}
/** Runs `body` with the graph of the values as the default one. */
export function onGraphOf<R>(values: readonly unknown[], body: () => R): R {
  const graph = graphOf(values);
  return graph === getDefaultGraph() ? body() : graph.asDefault(body);
}
/** Adds a node of an op type on tensors. */
export function node(type: string, ...inputs: Tensor[]): Tensor {
  return apply(type, inputs);
}
/** Runs `body`; what it makes waits for `gate`: gradients do so where they would compute something early. */
export function after<R>(gate: Tensor, body: () => R): R {
  return getDefaultGraph().controlDependencies([gate], body);
}
/** A constant of integers (int32). */
export function ints(values: readonly number[] | number, name = 'Const'): Tensor {
  return constantNode(toNDArray(values, int32), name);
}
/** A scalar constant of a dtype. */
export function scalar(value: number, dtype: DType, name = 'Const'): Tensor {
  return constantNode(toNDArray(value, dtype.baseDtype), name);
}

/** `tf.shape`: a constant where the shape is known. */
export function shapeOf(x: Tensor): Tensor {
  return x.shape.isFullyDefined() ? ints(x.shape.dims as number[], 'Shape') : apply('Shape', [x]);
}
/** `tf.size` */
export function sizeOf(x: Tensor): Tensor {
  const size = x.shape.dims?.includes(0) ? 0 : x.shape.numElements();
  return size === null ? apply('Size', [x]) : ints(size, 'Size');
}
/** `tf.rank` */
export function rankOf(x: Tensor): Tensor {
  return x.shape.rank === null ? apply('Rank', [x]) : ints(x.shape.rank, 'Rank');
}
/** `tf.range(start, limit)` of integers. */
export function range(start: number | Tensor, limit: number | Tensor): Tensor {
  return apply('Range', [start, limit, 1], {}, 'range');
}
export function reshape(x: Tensor, shape: Tensor | readonly (number | Tensor)[]): Tensor {
  return apply('Reshape', [x, shape]);
}
export function tile(x: Tensor, multiples: Tensor | readonly number[]): Tensor {
  return apply('Tile', [x, multiples]);
}
export function sum(x: Tensor, axes: Tensor | readonly number[]): Tensor {
  return apply('Sum', [x, axes]);
}
/** 1.x's `tf.where(c, x, y)`. */
export function select(c: Tensor, x: Tensor, y: Tensor): Tensor {
  return apply('Select', [c, x, y]);
}
/** `tf.cast`: nothing where the dtype is right already. */
export function castTo(x: Tensor, dtype: DType): Tensor {
  return x.dtype.baseDtype === dtype.baseDtype ? x : apply('Cast', [x], { DstT: dtype.baseDtype });
}
/** `tf.conj`: nothing for real numbers. */
export function conj(x: Tensor): Tensor {
  return x.dtype.isComplex ? apply('Conj', [x]) : x;
}
/** `tf.concat(values, 0)` */
export function concat(values: readonly Tensor[]): Tensor {
  return apply('ConcatV2', [values, 0], {}, 'concat');
}
export function transpose(x: Tensor, perm: Tensor | readonly number[]): Tensor {
  return apply('Transpose', [x, perm], {}, 'transpose');
}
/** `tf.gather` of rows. */
export function gather(x: Tensor, indices: Tensor): Tensor {
  return apply('GatherV2', [x, indices, 0]);
}
/** The elements of `x` that are not in `y`. */
export function setDifference(x: Tensor, y: Tensor): Tensor {
  return applyOp('ListDiff', [x, y]).outputs[0];
}
/** `x[begin:end]` of a vector; null for an open end. */
export function sliced(x: Tensor, begin: number | null, end: number | null): Tensor {
  return scoped('strided_slice', (scope) => {
    const bounds = [begin ?? 0, end ?? 0, 1].map((at, i) => ints([at], i ? `stack_${i}` : 'stack'));
    return apply(
      'StridedSlice',
      [x, ...bounds],
      { begin_mask: begin === null ? 1 : 0, end_mask: end === null ? 1 : 0 },
      scope,
    );
  });
}

/** Above this many elements a filled constant becomes a Fill node, to keep the GraphDef small. */
const SMALL = 1000;
function filled(value: number, shape: Tensor | readonly number[], dtype: DType, name: string): Tensor {
  const full = (dims: readonly number[]): NDArray => {
    const data = zerosOf(dtype, elements(dims));
    const element = value ? toNDArray(value, dtype).data : [];
    for (let i = 0; element.length && i < data.length; i++)
      (data as Float64Array)[i] = (element as Float64Array)[i % element.length];
    return new NDArray(dtype, dims, data);
  };
  return scoped(name, (scope) => {
    if (shape instanceof Tensor) {
      const dims = shape.shape.rank === 1 ? shape : reshape(shape, [-1]);
      return apply('Fill', [dims, constantNode(full([]), 'Const')], {}, scope);
    }
    if (elements(shape) < SMALL) return constantNode(full(shape), scope);
    return apply('Fill', [ints(shape, 'shape_as_tensor'), constantNode(full([]), 'Const')], {}, scope);
  });
}
export function zeros(shape: Tensor | readonly number[], dtype: DType, name = 'zeros'): Tensor {
  return filled(0, shape, dtype.baseDtype, name);
}
export function ones(shape: Tensor | readonly number[], dtype: DType, name = 'ones'): Tensor {
  return filled(1, shape, dtype.baseDtype, name);
}
/** `tf.zeros_like`: a constant where the shape is known. */
export function zerosLike(x: Tensor): Tensor {
  return x.shape.isFullyDefined()
    ? zeros(x.shape.dims as number[], x.dtype, 'zeros_like')
    : apply('ZerosLike', [x], {}, 'zeros_like');
}
/** `tf.ones_like`: its shape and a Fill. */
export function onesLike(x: Tensor): Tensor {
  return scoped('ones_like', (scope) => {
    const out = ones(shapeOf(x), x.dtype, scope);
    out.setShape(x.shape);
    return out;
  });
}

// --- broadcasting ---------------------------------------------------------------------------------------

/** What a broadcast did to an operand: its shape, the axes to sum over, and whether there is anything to undo. */
export interface Broadcast {
  readonly shape: Tensor | readonly number[];
  readonly axes: Tensor | readonly number[];
  readonly changed: boolean;
}

/** The nodes of `broadcast_gradient_args` on the shapes of two operands. */
export function broadcastGradientArgs(x: Tensor, y: Tensor): [Broadcast, Broadcast] {
  const [sx, sy] = [shapeOf(x), shapeOf(y)];
  const [rx, ry] = applyOp('BroadcastGradientArgs', [sx, sy]).outputs;
  return [
    { shape: sx, axes: rx, changed: true },
    { shape: sy, axes: ry, changed: true },
  ];
}

/** Pairs of shapes whose axes a graph has computed: TensorFlow makes the node once per pair and graph. */
const KNOWN = new Key<Map<string, [readonly number[], readonly number[]]>>('broadcasts of known shapes');

/** The same with known shapes worked out while building: math_grad's SmartBroadcastGradientArgs. */
export function smartBroadcastGradientArgs(x: Tensor, y: Tensor, grad: Tensor | IndexedSlices): [Broadcast, Broadcast] {
  if (grad instanceof IndexedSlices) return broadcastGradientArgs(x, y);
  if (!x.shape.isFullyDefined() || !y.shape.isFullyDefined()) {
    const [sx, sy] = [apply('Shape', [x]), apply('Shape', [y])];
    const [rx, ry] = applyOp('BroadcastGradientArgs', [sx, sy]).outputs;
    return [
      { shape: sx, axes: rx, changed: true },
      { shape: sy, axes: ry, changed: true },
    ];
  }
  const [a, b] = [x.shape.dims as number[], y.shape.dims as number[]];
  const graph = getDefaultGraph();
  const known = graph.own(KNOWN, () => new Map());
  const key = `${pythonTuple(a)}${pythonTuple(b)}`;
  let axes = known.get(key);
  if (!axes) {
    // The node stays in the graph unused, as it does in TensorFlow's.
    applyOp('BroadcastGradientArgs', [a, b]);
    known.set(key, (axes = broadcastGradientAxes(a, b)!));
  }
  const differs = (t: Tensor): boolean => !grad.shape.isFullyDefined() || !t.shape.equals(grad.shape);
  return [
    { shape: a, axes: axes[0], changed: differs(x) },
    { shape: b, axes: axes[1], changed: differs(y) },
  ];
}
/** Sums a gradient over what broadcasting added, and gives it the operand's shape. */
export function unbroadcast(grad: Tensor, { shape, axes, changed }: Broadcast): Tensor {
  return changed ? reshape(sum(grad, axes), shape) : grad;
}
