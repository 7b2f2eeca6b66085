/** Lists of tensors, and values that may be missing, as loops and branches of functions keep them. */
import { TensorShape } from '../base/shape';
import { apply, applyOp } from '../graph/apply';
import { shapeOf } from './words';
import { ShapeError } from '../graph/shape-error';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';

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

export const TENSOR_LIST = {
  EmptyTensorList: SCALAR,
  TensorListReserve: SCALAR,
  TensorListPushBack: {
    ...SCALAR,
    grad: (op, [dy]) => {
      const attrs = { element_dtype: op.attr('element_dtype', 'type') };
      return applyOp('TensorListPopBack', [dy, shapeOf(op.inputs[1])], attrs).outputs;
    },
  },
  TensorListPopBack: {
    ...listed((c) => [[], stated(c, 1)]),
    grad: (_, [list, element]) => [apply('TensorListPushBack', [list, element]), null],
  },
  TensorListGetItem: listed((c) => [stated(c, 2)]),
  TensorListSetItem: SCALAR,
  TensorListStack: listed((c) => {
    const element = stated(c, 1);
    const count = c.attr('num_elements');
    return [element?.dims ? new TensorShape([count < 0 ? null : count, ...element.dims]) : null];
  }),
  TensorListFromTensor: SCALAR,
  TensorListLength: SCALAR,
  TensorListResize: SCALAR,
  TensorListElementShape: listed(() => [null]),
  TensorListGather: listed((c) => {
    const [at, element] = [c.shape(1), stated(c, 2)];
    return [at.dims && element?.dims ? new TensorShape([...at.dims, ...element.dims]) : null];
  }),
  TensorListScatter: SCALAR,
  TensorListScatterV2: SCALAR,
  TensorListScatterIntoExistingList: SCALAR,
  TensorListSplit: SCALAR,
  TensorListConcat: listed((c) => [joined(c.attr('element_shape', 'shape')), [null]]),
  TensorListConcatV2: listed((c) => [joined(stated(c, 1)), [null]]),
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
