/** The nodes of arrays behind a handle, TensorArrayV3: what a `tf.TensorArray` is in graphs whose loops are nodes. */
import { int64 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { known } from '../base/keys';
import { TensorShape } from '../base/shape';
import { apply, applyOp, graphOf } from '../graph/apply';
import { type TensorLike, constantValue, convertToTensor } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import { castTo, element, range, scoped, shapeOf } from '../ops/words';
import type { Common } from './make-array';

export type Name = string | null | undefined;
/** An array at one of its uses. */
export interface Used<A> {
  readonly common: Common;
  readonly flow: Tensor;
  /** The array at its next use. */
  after(flow: Tensor): A;
}
/** What is done with an array, as nodes. */
export interface ArrayNodes {
  read(of: Used<unknown>, index: TensorLike, name: Name): Tensor;
  gather(of: Used<unknown>, indices: TensorLike, name: Name): Tensor;
  stack(of: Used<unknown>, name: Name): Tensor;
  concat(of: Used<unknown>, name: Name): Tensor;
  size(of: Used<unknown>, name: Name): Tensor;
  close(of: Used<unknown>, name: Name): Operation;
  write<A>(of: Used<A>, index: TensorLike, value: TensorLike, name: Name): A;
  scatter<A>(of: Used<A>, indices: TensorLike, value: TensorLike, name: Name): A;
  unstack<A>(of: Used<A>, value: TensorLike, name: Name): A;
  split<A>(of: Used<A>, value: TensorLike, lengths: TensorLike, name: Name): A;
}

/** A value of the array's dtype. @throws TypeError  for one of another */
export function checked({ dtype }: Common, value: TensorLike): Tensor {
  const x = convertToTensor(value, null, 'value');
  if (x.dtype.baseDtype === dtype) return x;
  throw new TypeError_(
    `Value dtype (${x.dtype.baseDtype.name}) does not match the array's (${dtype.name}).` +
      `\n  fix: tf.cast(x, tf.${dtype.name}), or { dtype: tf.${x.dtype.baseDtype.name} } ` +
      'where the array was asked for (tf.mapFn has it, too).',
  );
}
/** Notes the shape of an element. @throws ValueError  where others have another */
export function mergeShape(common: Common, shape: TensorShape): void {
  if (!shape.isCompatibleWith(common.elementShape))
    throw new ValueError(`Inconsistent shapes: saw ${shape} but expected ${common.elementShape} `);
  if (common.inferShape) common.elementShape = common.elementShape.mergeWith(shape);
}
/** The shape of a tensor's rows. */
export const rowShape = ({ shape: { dims } }: Tensor): TensorShape => new TensorShape(dims && dims.slice(1));
/** Lengths of parts: where all are known and the same, the elements have so many rows. */
export function partLengths(common: Common, x: Tensor, lengths: TensorLike): Tensor {
  const sizes = scoped('Cast', (scope) => castTo(convertToTensor(lengths, null, 'x'), int64, scope));
  const values = constantValue(sizes);
  if (x.shape.dims && values && values.rank > 0 && new Set<unknown>(values.data).size === 1)
    mergeShape(common, new TensorShape([Number(values.data[0]), ...x.shape.dims.slice(1)]));
  return sizes;
}

const handleOf = ({ common }: Used<unknown>): Tensor => known(common.handle, 'the handle of an array');
function writing<A>({ common: { beside }, flow, after }: Used<A>, value: Tensor, write: () => Tensor): A {
  if (!beside) return after(write());
  beside.first ??= value;
  return after(graphOf([flow]).colocateWith(beside.first, write));
}
export const HANDLES: ArrayNodes = {
  read(of, index, name) {
    const value = apply('TensorArrayReadV3', [handleOf(of), index, of.flow], { dtype: of.common.dtype }, name);
    value.setShape(of.common.elementShape);
    return value;
  },
  gather(of, indices, name) {
    const { dtype, elementShape } = of.common;
    const attrs = { dtype, element_shape: elementShape };
    const value = apply('TensorArrayGatherV3', [handleOf(of), indices, of.flow], attrs, name);
    if (elementShape.dims) value.setShape(new TensorShape([null, ...elementShape.dims]));
    return value;
  },
  stack(of, name) {
    const rows = (): Tensor => HANDLES.gather(of, range(0, HANDLES.size(of, null)), name);
    return graphOf([of.flow]).colocateWith(handleOf(of), () => scoped(name || 'TensorArrayStack', rows));
  },
  concat(of, name) {
    const dims = of.common.elementShape.dims?.slice(1);
    const attrs = { dtype: of.common.dtype, element_shape_except0: new TensorShape(dims ?? null) };
    const value = apply('TensorArrayConcatV3', [handleOf(of), of.flow], attrs, name);
    if (dims) value.setShape(new TensorShape([null, ...dims]));
    return value;
  },
  size: (of, name) => apply('TensorArraySizeV3', [handleOf(of), of.flow], {}, name),
  close: (of, name) => applyOp('TensorArrayCloseV3', [handleOf(of)], {}, name),
  write: (of, index, value, name) =>
    scoped(name || 'TensorArrayWrite', () => {
      const x = checked(of.common, value);
      mergeShape(of.common, x.shape);
      return writing(of, x, () => apply('TensorArrayWriteV3', [handleOf(of), index, x, of.flow], {}, name));
    }),
  scatter: (of, indices, value, name) =>
    scoped(name || 'TensorArrayScatter', () => {
      const x = checked(of.common, value);
      mergeShape(of.common, rowShape(x));
      return writing(of, x, () => apply('TensorArrayScatterV3', [handleOf(of), indices, x, of.flow], {}, name));
    }),
  unstack: (of, value, name) =>
    scoped(name || 'TensorArrayUnstack', () => {
      const x = convertToTensor(value, of.common.dtype, 'value');
      const count = element(shapeOf(x), 0);
      return HANDLES.scatter(of, range(0, count), x, name);
    }),
  split: (of, value, lengths, name) =>
    scoped(name || 'TensorArraySplit', () => {
      const x = convertToTensor(value, of.common.dtype, 'value');
      return writing(of, x, () =>
        apply('TensorArraySplitV3', [handleOf(of), x, partLengths(of.common, x, lengths), of.flow], {}, name),
      );
    }),
};
