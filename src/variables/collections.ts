/** All variables of a graph, and the operations that initialize them. */
import { string } from '../base/dtype';
import { toNDArray } from '../base/to-ndarray';
import { bound } from '../calls/bind';
import { grouped } from '../control/group';
import { apply, inScope } from '../graph/apply';
import { constantNode, convertToTensor } from '../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { noOp } from '../ops/control';
import { booleanMask } from '../ops/where';
import { type Ref, isVariableInitialized } from './update';
import type { Variable } from './variable';

function inCollection(key: string) {
  return (scope?: string): Variable[] => getDefaultGraph().getCollection<Variable>(key, scope ?? null);
}
/** All variables that are not local ones; with a scope, those whose name it matches from the start. */
export const globalVariables = bound('global_variables', inCollection(GraphKeys.GLOBAL_VARIABLES));
/** TensorFlow's older name for `globalVariables`. */
export const allVariables = globalVariables;
export const localVariables = bound('local_variables', inCollection(GraphKeys.LOCAL_VARIABLES));
/** The variables that optimizers change. */
export const trainableVariables = bound('trainable_variables', inCollection(GraphKeys.TRAINABLE_VARIABLES));
export const modelVariables = bound('model_variables', inCollection(GraphKeys.MODEL_VARIABLES));
export const movingAverageVariables = bound(
  'moving_average_variables',
  inCollection(GraphKeys.MOVING_AVERAGE_VARIABLES),
);

/** An operation that sets the variables to their initial values. */
export const variablesInitializer = bound('variables_initializer', initializerOf);
function initializerOf(varList: readonly Variable[], name = 'init'): Operation {
  return varList.length
    ? grouped(
        varList.map((v) => v.initializer),
        name,
      )
    : noOp({ name });
}
/**
 * An operation that sets all global variables that there are now to their initial values.
 *
 * Call it after the whole graph is built: optimizers make variables too.
 */
export const globalVariablesInitializer = bound(
  'global_variables_initializer',
  (): Operation => initializerOf(globalVariables()),
);
/** TensorFlow's older name for `globalVariablesInitializer`. */
export const initializeAllVariables = globalVariablesInitializer;
export const localVariablesInitializer = bound(
  'local_variables_initializer',
  (): Operation => initializerOf(localVariables()),
);
export const initializeLocalVariables = localVariablesInitializer;
export const initializeVariables = variablesInitializer;
/** An operation that fills all lookup tables. */
export const tablesInitializer = bound('tables_initializer', (name: string = 'init_all_tables'): Operation => {
  const initializers = getDefaultGraph().getCollection<Operation>(GraphKeys.TABLE_INITIALIZERS);
  return initializers.length ? grouped(initializers, name) : noOp({ name });
});

/** The global and local variables; where none is in a collection, the references that the graph holds. */
function allRefs(): Ref[] {
  const collected: Ref[] = [...globalVariables(), ...localVariables()];
  if (collected.length) return collected;
  return getDefaultGraph()
    .getOperations()
    .filter((op) => op.type === 'VariableV2' || op.type === 'Variable')
    .map((op) => op.outputs[0]);
}
/** A vector of the names of the variables without a value. */
export const reportUninitializedVariables = bound('report_uninitialized_variables', withoutValue);
function withoutValue(varList?: readonly Ref[], name = 'report_uninitialized_variables'): Tensor {
  const graph = getDefaultGraph();
  const refs = varList ?? allRefs();
  return graph.nameScope(name, () => {
    const states = refs.map((v) => isVariableInitialized(v));
    return graph.device('/cpu:0', () => {
      if (!refs.length) return constantNode(toNDArray([], string, [0]));
      const mask = apply('LogicalNot', [apply('Pack', [states], { axis: 0 }, 'stack')]);
      return booleanMask(
        constantNode(
          toNDArray(
            refs.map((v) => v.op.name),
            string,
          ),
        ),
        mask,
      );
    });
  });
}
/** An operation that fails where a variable has no value; null where there are no variables. */
export const assertVariablesInitialized = bound('assert_variables_initialized', assertInitialized);
function assertInitialized(varList?: readonly Ref[]): Tensor | null {
  const refs = varList ?? allRefs();
  if (!refs.length) return null;
  const ranks = refs.map((v) =>
    getDefaultGraph().colocateWith(v.op, () =>
      inScope(null, 'Rank', [v], (scope) => {
        convertToTensor(v); // TensorFlow reads it twice; behind a handle that is one node more.
        return apply('Rank', [v], {}, scope);
      }),
    ),
  );
  return ranks.length === 1 ? ranks[0] : apply('Pack', [ranks], { axis: 0 }, 'stack');
}
