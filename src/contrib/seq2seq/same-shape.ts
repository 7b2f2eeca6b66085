/** A tensor that must have the shape of another one. After TensorFlow 1.15's contrib.framework. */
import { int32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import type { NDArray } from '../../base/ndarray';
import { toNDArray } from '../../base/to-ndarray';
import { Assert } from '../../flow/assert';
import { apply } from '../../graph/apply';
import { type Operation, type Tensor, getDefaultGraph } from '../../graph/graph';
import { whole } from '../../flow/rows';
import { equal, logicalAnd, logicalOr } from '../../ops/compare';
import { reduceAll } from '../../ops/reduce';
import { rankOf, shapeOf, sizeOf } from '../../ops/words';

/**
 * The tensor itself where both shapes are known; otherwise behind an assertion.
 *
 * @throws ValueError  for another shape
 */
export function sameShape(expected: Tensor, x: Tensor): Tensor {
  const graph = getDefaultGraph();
  const within = <R>(body: () => R): R => graph.nameScope(`${x.op.name}/`, body);
  return within(() => {
    const known = expected.shape.fullDims;
    const wanted = known ? toNDArray([...known], int32, [known.length]) : shapeOf(expected, int32, 'expected_shape');
    if (known && x.shape.isFullyDefined()) {
      if (x.shape.isCompatibleWith([...known])) return x;
      const shown = `[${known.join(' ')}]`;
      throw new ValueError(`Invalid shape for tensor ${x.name}, expected ${shown}, got ${x.shape}.`);
    }
    return within(() => {
      const check = asserted(wanted, x);
      const made = graph.controlDependencies([check], () => apply('Identity', [x]));
      if (known) made.setShape([...known]);
      return made;
    });
  });
}
function asserted(wanted: NDArray | Tensor, x: Tensor): Operation {
  const graph = getDefaultGraph();
  return graph.nameScope('assert_shape', (scope) => {
    const actual = shapeOf(x, int32, 'actual');
    const fits = graph.nameScope('is_shape', (name) => {
      const size = sizeOf(wanted);
      const isRank = graph.nameScope('is_rank', (named) => equal(size, rankOf(x, 'actual'), { name: named }));
      return logicalAnd(isRank, sameSizes(wanted, actual), { name });
    });
    return Assert(fits, [`Wrong shape for ${x.name} [expected] [actual].`, wanted, actual], { name: scope });
  });
}
/** Whether sizes are the same; -1 is any. */
function sameSizes(wanted: NDArray | Tensor, actual: Tensor): Tensor {
  return getDefaultGraph().nameScope('shape_tensor_equal', (name) => {
    const isAny = equal(wanted, whole(-1));
    const isSame = equal(wanted, actual, { name: 'equal' });
    const each = logicalOr(isAny, isSame, { name: 'exclude_partial_shape' });
    return reduceAll(each, { name });
  });
}
