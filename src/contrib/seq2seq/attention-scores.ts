/** How well a query and the keys of a memory fit. After TensorFlow 1.15's seq2seq. */
import type { DType } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import type { Tensor } from '../../graph/graph';
import { matmul } from '../../ops/matmul';
import { reduceSum } from '../../ops/reduce';
import { expandDims, squeeze } from '../../ops/reshape';
import { rsqrt, square, tanh } from '../../ops/unary';
import { getVariable } from '../../variables/get-variable';
import { constantInitializer, onesInitializer, zerosInitializer } from '../../variables/initializers';

/** The score of Luong et al. 2015: the product of query and key. */
export function luongScore(query: Tensor, keys: Tensor, isScaled: boolean): Tensor {
  const scale = isScaled
    ? getVariable('attention_g', [], { dtype: query.dtype, initializer: onesInitializer() })
    : null;
  const [depth, units] = [query, keys].map(({ shape }) => shape.at(-1));
  if (depth !== null && units !== null && depth !== units)
    throw new ValueError(
      'Incompatible or unknown inner dimensions between query and keys.  ' +
        `Query (${query}) has units: ${depth}.  Keys (${keys}) have units: ${units}.  ` +
        `Perhaps you need to set num_units to the keys' dimension (${units})?`,
    );
  const score = squeeze(matmul(expandDims(query, 1), keys, { transposeB: true }), [1]);
  return scale ? scale.mul(score) : score;
}
/** The score of Bahdanau et al. 2015: a net of one hidden layer of query and key. */
export function bahdanauScore(query: Tensor, keys: Tensor, numUnits: number, isNormal: boolean, dtype: DType): Tensor {
  const v = getVariable('attention_v', [numUnits], { dtype });
  if (!isNormal) return reduceSum(v.mul(tanh(keys.add(expandDims(query, 1)))), [2]);
  const initializer = constantInitializer(Math.sqrt(1 / numUnits));
  const g = getVariable('attention_g', [], { dtype, initializer });
  const b = getVariable('attention_b', [numUnits], { dtype, initializer: zerosInitializer() });
  const column = expandDims(query, 1);
  const direction = g.mul(v).mul(rsqrt(reduceSum(square(v))));
  return reduceSum(direction.mul(tanh(keys.add(column).add(b))), [2]);
}
