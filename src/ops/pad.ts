/** Borders around tensors: zeros, a value, or a mirror image. */
import { checkText } from '../base/border';
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { numbersIn } from '../base/nested';
import { type Dim, TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { convertToTensor, type TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Grad, GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { pythonValue } from '../graph/known-value';
import { numbers, withRank } from '../graph/shape-fn';
import { boundLike } from './known-calls';
import type { NameOption } from './options';
import { rankOf, reshape, shapeOf } from './words';

function padding(grad: OpRow['grad']): OpRow {
  return { shape: (c) => padShape(c), grows: 'numbers', grad };
}
/** The other of the two mirror ops is the gradient of each. */
function mirror(type: string): (op: GradContext, grads: Tensor[]) => Grad[] {
  return (op, [dz]) => [apply(type, [dz, op.inputs[1]], { mode: op.attr('mode') }), null];
}

export const PAD = {
  Pad: padding(padGrad),
  PadV2: padding(padGrad),
  MirrorPad: padding(mirror('MirrorPadGrad')),
  MirrorPadGrad: {
    ...padding(mirror('MirrorPad')),
    shape: (c) => (withRank(c, 1, 2).at(0) === null ? [TensorShape.unknown()] : padShape(c, -1)),
  },
} satisfies Rows;

function withDim(dim: Dim, wanted: number): void {
  if (dim !== null && dim !== wanted) throw new ShapeError(`Dimension must be ${wanted} but is ${dim}`);
}
function padShape(c: ShapeContext, sign: 1 | -1 = 1): (TensorShape | Dim[])[] {
  const paddings = withRank(c, 1, 2);
  withDim(paddings.at(1), 2);
  const rows = paddings.at(0);
  const input = rows === null ? c.shape(0) : withRank(c, 0, rows);
  const rank = rows ?? input.rank;
  const pads = numbers(c, 1);
  if (!pads) return [rank === null ? TensorShape.unknown() : TensorShape.unknown(rank)];
  const known = input.rank === null ? TensorShape.unknown(pads.length / 2) : input;
  if (!known.dims) return [known];
  return [
    known.dims.map((dim, i) => {
      const [before, after] = [pads[2 * i], pads[2 * i + 1]];
      if (before < 0 || after < 0) throw new ShapeError('Paddings must be non-negative');
      if (dim === null) return null;
      if (sign < 0 && before + after > dim)
        throw new ShapeError(`Negative dimension size caused by subtracting ${before + after} from ${dim}`);
      return dim + sign * (before + after);
    }),
  ];
}

/** The part of the gradient where the input was. */
function padGrad(op: GradContext, [dz]: Tensor[]): Grad[] {
  const [x, paddings, ...value] = op.inputs;
  const column = convertToTensor([rankOf(x), 1], int32, 'stack');
  const before = apply('Slice', [paddings, [0, 0], column]);
  const begin = reshape(before, [-1]);
  return [apply('Slice', [dz, begin, shapeOf(x, begin.dtype)]), null, ...value.map(() => null)];
}

/** A result whose dimensions are known one by one, where paddings were stacked and some of them are constants. */
function withPads(padded: Tensor): Tensor {
  const [{ shape }, { op }] = padded.op.inputs;
  if (!shape.dims || padded.shape.isFullyDefined() || op.type !== 'Pack' || op.getAttr('axis') !== 0) return padded;
  const dims = shape.dims.map((dim, i) => {
    const pads = pythonValue(op.inputs[i]);
    return dim === null || !pads ? null : numbersIn(pads).reduce((sum, pad) => sum + pad, dim);
  });
  padded.setShape(dims);
  return padded;
}

/** What `pad` takes by name. */
export interface PadOptions extends NameOption {
  /** What is added: a constant, or the tensor mirrored. */
  readonly mode?: 'CONSTANT' | 'REFLECT' | 'SYMMETRIC' | 'constant' | 'reflect' | 'symmetric';
  /** What to pad with in mode CONSTANT: a scalar of the tensor's dtype. */
  readonly constantValues?: TensorLike;
}
/**
 * A tensor with `paddings[i]` = [before, after] elements added around dimension i.
 *
 *     tf.pad([[1, 2, 3]], [[0, 0], [2, 2]])              // [[0, 0, 1, 2, 3, 0, 0]]
 *     tf.pad([[1, 2, 3]], [[0, 0], [2, 2]], 'REFLECT')   // [[3, 2, 1, 2, 3, 2, 1]]
 *     tf.pad([[1, 2, 3]], [[0, 0], [2, 2]], 'SYMMETRIC') // [[2, 1, 1, 2, 3, 3, 2]]
 *
 * @param tensor          any dtype
 * @param paddings        int32 or int64, shape [rank, 2]
 * @param mode            what is added: a constant, the tensor mirrored at its edge elements, or beside them; a
 *   constant where not given
 * @param constantValues  what to pad with in mode CONSTANT: a scalar of the tensor's dtype; 0 where not given
 * @returns  the tensor's dtype; each dimension longer by its paddings
 * @throws ValueError  for another mode, or negative paddings
 */
export const pad = boundLike(
  'pad',
  3,
  function pad(
    tensor: TensorLike,
    paddings: TensorLike,
    mode?: PadOptions['mode'] | PadOptions,
    options: PadOptions = {},
  ): Tensor {
    const args: PadOptions = typeof mode === 'object' ? { ...mode, ...options } : { mode, ...options };
    const { name, constantValues = 0 } = args;
    const { mode: asked } = args;
    if (asked !== undefined && asked !== null) checkText(asked, "Argument 'mode' of pad()");
    const kind = (asked ?? 'CONSTANT').toUpperCase();
    if (kind === 'REFLECT' || kind === 'SYMMETRIC')
      return withPads(apply('MirrorPad', [tensor, paddings], { mode: kind }, name));
    if (kind !== 'CONSTANT') throw new ValueError(`Unknown padding mode: ${kind}`);
    if (constantValues === 0) return withPads(apply('Pad', [tensor, paddings], {}, name));
    return withPads(apply('PadV2', [tensor, paddings, constantValues], {}, name));
  },
);
