/** `createPartitionedVariables`: the parts of a variable as a list, as programs had them before `getVariable` did. */
import { type DTypeLike, float32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { ShapeLike } from '../base/shape';
import { bound } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import { getDefaultGraph } from '../graph/graph';
import { partsOf, withDefaults } from './get-variable';
import { fullDimsOf } from './partitioned';
import { variableScope } from './scope';
import type { Variable } from './variable';
import type { Initializer, Reuse } from './variable-scope';

/**
 * The parts of a variable that is cut along one dimension, as a list of variables.
 *
 *     const parts = tf.createPartitionedVariables([10, 4], [3, 1], tf.zerosInitializer(), { name: 'table' });
 *     parts.map((part) => part.op.name)   // ['table/part_0', 'table/part_1', 'table/part_2']
 *
 * @param shape        the shape of the whole
 * @param slicing      into how many parts each dimension is cut; one of them at most into more than one
 * @param initializer  makes the initial value of each part, or is that of the whole; null for the scope's
 * @param dtype        the element type; float32 where not given; a value has its own
 * @param trainable    whether optimizers change it; true where not given
 * @param collections  that the parts are added to; GLOBAL_VARIABLES where not given
 * @param name         the name of the whole; 'PartitionedVariable', made unique, where not given
 * @param reuse        whether the parts are shared; as in the open scope where not given
 * @returns  the parts, in their order
 * @throws ValueError  for a slicing of another length, or that cuts two dimensions; if the variable exists and `reuse`
 *   is not set, or does not and it is
 */
export const createPartitionedVariables = bound('create_partitioned_variables', create);
function create(
  shape: ShapeLike,
  slicing: readonly number[],
  initializer: Initializer | TensorLike | null,
  dtype: DTypeLike = float32,
  trainable: boolean = true,
  collections?: readonly string[],
  name: string | null = null,
  reuse: Reuse | null = null,
): Variable[] {
  const whole = fullDimsOf(shape);
  if (whole.length !== slicing.length)
    throw new ValueError(
      "The 'shape' and 'slicing' of a partitioned Variable must have the length: " +
        `shape: [${whole.join(', ')}], slicing: [${slicing.join(', ')}]`,
    );
  if (!whole.length) throw new ValueError('A partitioned Variable must have rank at least 1: shape: []');
  const asked = { shape: whole, dtype, initializer, trainable, collections, partitioner: () => slicing };
  return variableScope(name, { defaultName: 'PartitionedVariable', reuse }, (scope) => {
    if (scope.customGetter)
      throw new ValueError(
        'Private access to _get_partitioned_variable is not allowed when a custom getter is set.\n' +
          '  fix: tf.getVariable with a partitioner goes through the custom getter.',
      );
    const graph = getDefaultGraph();
    return [...graph.nameScope(null, () => partsOf(graph, scope.name, withDefaults(scope, asked)))];
  });
}
