/** Strings put together. */
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { Text } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { inputShapes, mergeShapes } from '../graph/shape-fn';
import type { NameOption } from './options';

export const STRINGS = {
  StringJoin: {
    shape(c) {
      const shapes = inputShapes(c);
      if (shapes.every((s) => s.rank === 0)) return [TensorShape.scalar()];
      // What has an unknown rank may be a scalar.
      return [shapes.filter((s) => s.rank !== null && s.rank > 0).reduce(mergeShapes, TensorShape.unknown())];
    },
  },
} satisfies Rows;

/** What `stringJoin` takes by name. */
export interface StringJoinOptions extends NameOption {
  /** Stands between them; nothing where not given. */
  readonly separator?: string | null;
}
/**
 * Joins strings element by element.
 *
 *     tf.stringJoin(['model', 'ckpt'], '.')   // 'model.ckpt'
 *     tf.stringJoin([['a', 'b'], '-x'])       // ['a-x', 'b-x']
 *
 * @param inputs     tensors of strings, of one shape; scalars go with each element
 * @param separator  stands between them
 * @returns  a tensor of strings
 * @throws ValueError  if shapes differ
 */
export const stringJoin = boundOptions(
  'string_join',
  1,
  function stringJoin(inputs: readonly Text[], { separator, name }: StringJoinOptions = {}): Tensor {
    return apply('StringJoin', [inputs], { separator }, name);
  },
);
