/** All variables of a graph, and the operations that initialize them. */
import { memberOf } from '../base/thrown';
import { checkList, worded } from '../base/border';
import { string } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { bound } from '../calls/bind';
import { grouped } from '../control/group';
import { apply, inScope } from '../graph/apply';
import { constantNode, convertToTensor } from '../graph/constant';
import { Operation, Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { noOp } from '../ops/control';
import { booleanMask } from '../ops/where';
import { type Ref, isVariableInitialized } from './update';
import type { Variable } from './variable';

/** @throws TypeError  for what is no list of variables */
function checkVariables(list: unknown): void {
  checkList(list, 'The variables');
  for (const each of Array.from(list))
    if (!(each instanceof Tensor) && !(memberOf(each, 'op') instanceof Operation))
      throw new TypeError_(`${worded(each)} is no variable.`);
}

function inCollection(key: string) {
  return (scope?: string): Variable[] => getDefaultGraph().getCollection<Variable>(key, scope ?? null);
}
/**
 * All variables that are not local ones: those in the collection GLOBAL_VARIABLES.
 *
 *     new tf.Variable(1, { name: 'w' });
 *     tf.globalVariables().map((v) => v.name)   // ['w:0']
 *
 * @param scope  only those whose name this pattern matches from the start
 * @returns  a new list, in the order in which they were made
 * @throws TypeError  for a scope that is no string
 */
export const globalVariables = bound('global_variables', inCollection(GraphKeys.GLOBAL_VARIABLES));
/**
 * All variables that are not local ones: `globalVariables` by its older name.
 *
 *     new tf.Variable(1, { name: 'w' });
 *     tf.allVariables().map((v) => v.name)   // ['w:0']
 *
 * @returns  a new list, in the order in which they were made
 * @throws TypeError  for an argument: it takes none
 */
export const allVariables = bound('all_variables', (): Variable[] => globalVariables());
/**
 * The variables of the collection LOCAL_VARIABLES, which belong to this process alone.
 *
 *     tf.getLocalVariable('n', []);
 *     tf.localVariables().map((v) => v.name)   // ['n:0']
 *
 * @param scope  only those whose name this pattern matches from the start
 * @returns  a new list, in the order in which they were made
 * @throws TypeError  for a scope that is no string
 */
export const localVariables = bound('local_variables', inCollection(GraphKeys.LOCAL_VARIABLES));
/**
 * The variables that optimizers change: those in the collection TRAINABLE_VARIABLES.
 *
 *     new tf.Variable(1, { name: 'w' });
 *     new tf.Variable(1, { name: 'n', trainable: false });
 *     tf.trainableVariables().map((v) => v.name)   // ['w:0']
 *
 * @param scope  only those whose name this pattern matches from the start
 * @returns  a new list, in the order in which they were made
 * @throws TypeError  for a scope that is no string
 */
export const trainableVariables = bound('trainable_variables', inCollection(GraphKeys.TRAINABLE_VARIABLES));
/**
 * The variables of the collection MODEL_VARIABLES, to which only your program adds.
 *
 *     tf.modelVariables()   // []
 *
 * @param scope  only those whose name this pattern matches from the start
 * @returns  a new list, in the order in which they were made
 * @throws TypeError  for a scope that is no string
 */
export const modelVariables = bound('model_variables', inCollection(GraphKeys.MODEL_VARIABLES));
/**
 * The variables of the collection MOVING_AVERAGE_VARIABLES, to which only your program adds.
 *
 *     tf.movingAverageVariables()   // []
 *
 * @param scope  only those whose name this pattern matches from the start
 * @returns  a new list, in the order in which they were made
 * @throws TypeError  for a scope that is no string
 */
export const movingAverageVariables = bound(
  'moving_average_variables',
  inCollection(GraphKeys.MOVING_AVERAGE_VARIABLES),
);

/**
 * An operation that sets the variables to their initial values.
 *
 *     const w = new tf.Variable(3);
 *     sess.run(tf.variablesInitializer([w]));
 *     sess.run(w)   // 3
 *
 * @param varList  variables
 * @returns  an operation
 * @throws TypeError  for anything but a list of variables
 */
export const variablesInitializer = bound('variables_initializer', initializerOf);
function initializerOf(varList: readonly Variable[], name = 'init'): Operation {
  checkVariables(varList);
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
 *     const w = new tf.Variable(3);
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(w)   // 3
 *
 * Call it after the whole graph is built: optimizers make variables too.
 *
 * @returns  an operation
 * @throws TypeError  for any argument: Python takes none either
 */
export const globalVariablesInitializer = bound(
  'global_variables_initializer',
  (): Operation => initializerOf(globalVariables()),
);
/**
 * An operation that sets all global variables to their initial values: `globalVariablesInitializer` by its older
 * name.
 *
 *     const w = new tf.Variable(3);
 *     sess.run(tf.initializeAllVariables());
 *     sess.run(w)   // 3
 *
 * @returns  an operation
 * @throws TypeError  for any argument: Python takes none either
 */
export const initializeAllVariables = globalVariablesInitializer;
/**
 * An operation that sets all local variables that there are now to their initial values.
 *
 *     const w = tf.getLocalVariable('n', [], { initializer: tf.onesInitializer() });
 *     sess.run(tf.localVariablesInitializer());
 *     sess.run(w)   // 1
 *
 * @returns  an operation
 * @throws TypeError  for any argument: Python takes none either
 */
export const localVariablesInitializer = bound(
  'local_variables_initializer',
  (): Operation => initializerOf(localVariables()),
);
/**
 * An operation that sets all local variables to their initial values: `localVariablesInitializer` by its older name.
 *
 *     const w = tf.getLocalVariable('n', [], { initializer: tf.onesInitializer() });
 *     sess.run(tf.initializeLocalVariables());
 *     sess.run(w)   // 1
 *
 * @returns  an operation
 * @throws TypeError  for any argument: Python takes none either
 */
export const initializeLocalVariables = localVariablesInitializer;
/**
 * An operation that sets the variables to their initial values: `variablesInitializer` by its older name.
 *
 *     const w = new tf.Variable(3);
 *     sess.run(tf.initializeVariables([w]));
 *     sess.run(w)   // 3
 *
 * @param varList  variables
 * @returns  an operation
 * @throws TypeError  for anything but a list of variables
 */
export const initializeVariables = variablesInitializer;
/**
 * An operation that fills all lookup tables.
 *
 *     sess.run(tf.tablesInitializer())   // null
 *
 * @returns  an operation
 * @throws ValueError  for a name that no node can have
 */
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
/**
 * The names of the variables without a value.
 *
 *     const w = new tf.Variable(1, { name: 'w' });
 *     const names = tf.reportUninitializedVariables();
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(names).toArray()   // []
 *
 * @param varList  variables; all global and local ones where not given
 * @returns  a vector of strings
 * @throws TypeError  for anything but variables
 */
export const reportUninitializedVariables = bound('report_uninitialized_variables', withoutValue);
function withoutValue(varList?: readonly Ref[], name = 'report_uninitialized_variables'): Tensor {
  if (varList !== undefined) checkVariables(varList);
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
/**
 * An operation that fails where a variable has no value.
 *
 *     const w = new tf.Variable(1);
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(tf.assertVariablesInitialized([w]))   // 0
 *
 * @param varList  variables; all global and local ones where not given
 * @returns  an operation; null where there are no variables
 * @throws FailedPreconditionError  when run, if one has no value
 */
export const assertVariablesInitialized = bound('assert_variables_initialized', assertInitialized);
function assertInitialized(varList?: readonly Ref[]): Tensor | null {
  if (varList !== undefined) checkVariables(varList);
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
