/** Lists of tensors, and values that may be missing, as loops and branches of functions keep them. */
import { type DType, int32 } from '../base/dtype';
import { TensorShape } from '../base/shape';
import { apply, applyOp } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import type { GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { concat, listShape, shapeOf, zerosLike } from './words';

/** What it gives is looked at where it is made: it stays outside of what a device takes as a whole. */
const listed = (shape: OpRow['shape']): OpRow => ({ effect: 'reads', shape });
const SCALAR = listed((c) => Array.from({ length: c.outputs }, () => []));
/** The shape that an input says, where it is known. */
function stated(c: ShapeContext, input: number): TensorShape | null {
  return c.shape(input).rank === 0 ? null : c.asShape(input);
}
/** All elements along their first dimension. */
function joined(element: TensorShape | null): TensorShape | null {
  return element?.dims?.length ? new TensorShape([null, ...element.dims.slice(1)]) : null;
}

/** The shape of the elements of a list. */
const elementShape = (list: Tensor): Tensor => apply('TensorListElementShape', [list], { shape_type: int32 });
/** The shape of a tensor's rows, in a run. */
const rowsOf = (x: Tensor): Tensor => apply('Slice', [shapeOf(x), [1], [-1]]);
const typed = ({ dtype }: Tensor): { readonly element_dtype: DType } => ({ element_dtype: dtype.baseDtype });
function joinGrad({ inputs: [list], outputs: [, lengths] }: GradContext, [dy]: Tensor[]): Tensor {
  return apply('TensorListSplit', [dy, elementShape(list), lengths]);
}
/** What reaches the rows that were put into a list. */
const scattered = (tensor: Tensor, indices: Tensor, list: Tensor): Tensor =>
  apply('TensorListGather', [list, indices, rowsOf(tensor)], typed(tensor));

export const TENSOR_LIST = {
  EmptyTensorList: { ...SCALAR, handle: (c) => ({ shape: stated(c, 0) ?? TensorShape.unknown() }) },
  TensorListReserve: SCALAR,
  TensorListPushBack: {
    ...SCALAR,
    handle: (c) => c.handle(0),
    grad: (op, [dy]) => {
      const attrs = { element_dtype: op.attr('element_dtype', 'type') };
      return applyOp('TensorListPopBack', [dy, shapeOf(op.inputs[1])], attrs).outputs;
    },
  },
  TensorListPopBack: {
    ...listed((c) => [[], stated(c, 1) ?? c.handle(0)?.shape ?? null]),
    handle: (c) => c.handle(0),
    grad: (_, [list, element]) => [apply('TensorListPushBack', [list, element]), null],
  },
  TensorListGetItem: {
    ...listed((c) => [stated(c, 2)]),
    grad: ({ inputs: [list, index] }, [dy]) => {
      const size = apply('TensorListLength', [list]);
      const empty = apply('TensorListReserve', [elementShape(list), size], typed(dy));
      return [apply('TensorListSetItem', [empty, index, dy]), null, null];
    },
  },
  TensorListSetItem: {
    ...SCALAR,
    grad: ({ inputs: [, index, item] }, [list]) => [
      apply('TensorListSetItem', [list, index, zerosLike(item)]),
      null,
      apply('TensorListGetItem', [list, index, shapeOf(item)], typed(item)),
    ],
  },
  TensorListStack: {
    ...listed((c) => {
      const element = stated(c, 1);
      const count = c.attr('num_elements');
      return [element?.dims ? new TensorShape([count < 0 ? null : count, ...element.dims]) : null];
    }),
    grad: (_, [dy]) => {
      const { dims } = dy.shape;
      return [apply('TensorListFromTensor', [dy, listShape(new TensorShape(dims && dims.slice(1)))]), null];
    },
  },
  TensorListFromTensor: {
    ...SCALAR,
    grad: ({ inputs: [x] }, [list]) => [
      apply('TensorListStack', [list, rowsOf(x)], { ...typed(x), num_elements: x.shape.dims?.[0] ?? -1 }),
      null,
    ],
  },
  TensorListLength: SCALAR,
  TensorListResize: {
    ...SCALAR,
    grad: ({ inputs: [list] }, [dy]) => [apply('TensorListResize', [dy, apply('TensorListLength', [list])]), null],
  },
  TensorListElementShape: listed(() => [null]),
  TensorListGather: {
    ...listed((c) => {
      const [at, element] = [c.shape(1), stated(c, 2)];
      return [at.dims && element?.dims ? new TensorShape([...at.dims, ...element.dims]) : null];
    }),
    grad: ({ inputs: [list, indices] }, [dy]) => {
      const [shape, size] = [elementShape(list), apply('TensorListLength', [list])];
      const empty = apply('TensorListReserve', [shape, size], typed(dy));
      return [apply('TensorListScatterIntoExistingList', [empty, dy, indices]), null, null];
    },
  },
  TensorListScatter: {
    ...SCALAR,
    grad: ({ inputs: [x, indices] }, [list]) => [scattered(x, indices, list), null, null],
  },
  TensorListScatterV2: {
    ...SCALAR,
    grad: ({ inputs: [x, indices] }, [list]) => [scattered(x, indices, list), null, null, null],
  },
  TensorListScatterIntoExistingList: {
    ...SCALAR,
    grad: ({ inputs: [, x, indices] }, [list]) => {
      const dx = scattered(x, indices, list);
      return [apply('TensorListScatterIntoExistingList', [list, zerosLike(x), indices]), dx, null];
    },
  },
  TensorListSplit: {
    ...SCALAR,
    grad: ({ inputs: [x, , lengths] }, [list]) => {
      const shape = concat([[-1], rowsOf(x)], 0);
      return [applyOp('TensorListConcatV2', [list, shape, lengths], typed(x)).outputs[0], null, null];
    },
  },
  TensorListConcat: { ...listed((c) => [joined(c.attr('element_shape', 'shape')), [null]]), grad: joinGrad },
  TensorListConcatV2: {
    ...listed((c) => [joined(stated(c, 1)), [null]]),
    grad: (op, grads) => [joinGrad(op, grads), null, null],
  },
  TensorListConcatLists: listed((c) => [c.shape(0)]),
  TensorListPushBackBatch: listed((c) => [c.shape(0)]),
  OptionalNone: SCALAR,
  OptionalFromValue: {
    ...SCALAR,
    grad: (op, [dy]) =>
      applyOp('OptionalGetValue', [dy], {
        output_types: op.inputs.map(({ dtype }) => dtype),
        output_shapes: op.inputs.map(({ shape }) => shape),
      }).outputs,
  },
  OptionalHasValue: SCALAR,
  OptionalGetValue: {
    grad: (_, grads) => apply('OptionalFromValue', [grads]),
    ...listed((c) => {
      const [types, shapes] = [c.attr('output_types', 'list(type)'), c.attr('output_shapes', 'list(shape)')];
      if (types.length !== shapes.length)
        throw new ShapeError(
          `\`output_shapes\` must be the same length as \`output_types\` (${shapes.length} vs. ${types.length}`,
        );
      return shapes;
    }),
  },
} satisfies Rows;
