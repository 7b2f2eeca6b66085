/** Variables of models: `modelVariable`, and finding variables by their names. */
import type { DTypeLike } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { checkText, isList } from '../base/border';
import type { ShapeLike } from '../base/shape';
import { bound } from '../calls/bind';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { getVariable } from '../variables/get-variable';
import { getVariableScope } from '../variables/scope';
import type { PartitionedVariable } from '../variables/partitioned';
import { Variable } from '../variables/variable';
import {
  type CustomGetter,
  type GetVariableOptions,
  type Initializer,
  type Partitioner,
  type Regularizer,
  VariableScope,
} from '../variables/variable-scope';
import { argScoped } from './arg-scope';

type Getting = [
  name: string,
  shape?: ShapeLike | number,
  dtype?: DTypeLike,
  initializer?: Initializer | TensorLike,
  regularizer?: Regularizer,
  trainable?: boolean,
  collections?: readonly string[],
  cachingDevice?: string,
  device?: string,
  partitioner?: Partitioner,
  customGetter?: CustomGetter,
  useResource?: boolean,
  synchronization?: null,
  aggregation?: null,
];
type Parts = GetVariableOptions & { readonly partitioner: Partitioner; readonly device?: string | null };
interface InParts {
  (named: Parts & { readonly name: string }): PartitionedVariable;
  (name: string, options: Parts): PartitionedVariable;
  (name: string, shape: ShapeLike | null, options: Parts): PartitionedVariable;
}
/** Says what a call with a partitioner gives. */
function inParts<F>(call: F): InParts & F {
  return call as InParts & F;
}
/** A variable in these collections, on a device, through a getter. */
function gotten(...[name, shape, dtype, initializer, regularizer, trainable, collections, ...more]: Getting): Variable {
  const [cachingDevice, device, partitioner, customGetter, useResource] = more;
  const options = { shape, dtype, initializer, regularizer, trainable, cachingDevice, partitioner, useResource };
  const all = [...new Set(collections ?? [GraphKeys.GLOBAL_VARIABLES])];
  return getDefaultGraph().device(device ?? '', () => {
    const given: GetVariableOptions = { ...options, collections: all };
    if (!customGetter) return getVariable(name, given);
    const get = (n: string, o: GetVariableOptions): Variable => getVariable(n, o);
    return customGetter(get, name, { ...given, reuse: getVariableScope().reuse }) as Variable;
  });
}
/**
 * A variable of the open scope, made where it is not there, in collections and on a device of one's own.
 *
 *     tf.contrib.framework.variable('w', [2], { initializer: tf.onesInitializer() })   // [1, 1]
 *
 * @param name           its name in the scope
 * @param shape          its shape
 * @param dtype          its element type
 * @param initializer    makes the initial value
 * @param regularizer    gives a penalty, which goes into the collection REGULARIZATION_LOSSES
 * @param trainable      whether optimizers change it; true where not given
 * @param collections    where it goes; GLOBAL_VARIABLES where not given
 * @param cachingDevice  where its reads are kept
 * @param device         where it lives
 * @param partitioner    keeps it in parts, as `tf.fixedSizePartitioner(2)`: then it is a `PartitionedVariable`
 * @param customGetter   stands before `tf.getVariable`
 * @param useResource    whether it lives behind a handle
 * @returns  a variable
 * @throws ValueError  as `tf.getVariable`
 */
export const variable = inParts(argScoped('contrib.framework.variable', gotten));
/**
 * A variable of a model: the same, in the collection MODEL_VARIABLES as well.
 *
 *     tf.contrib.framework.modelVariable('w', [2], { initializer: tf.onesInitializer() });
 *     tf.contrib.framework.getModelVariables().map((v) => v.name)   // ['w:0']
 *
 * @param name           its name in the scope
 * @param shape          its shape
 * @param dtype          its element type; float32 where not given
 * @param initializer    makes the initial value
 * @param regularizer    gives a penalty, which goes into the collection REGULARIZATION_LOSSES
 * @param trainable      whether optimizers change it; true where not given
 * @param collections    other collections that it goes to
 * @param cachingDevice  where its reads are kept
 * @param device         where it lives
 * @param partitioner    keeps it in parts, as `tf.fixedSizePartitioner(2)`: then it is a `PartitionedVariable`
 * @param customGetter   stands before `tf.getVariable`
 * @param useResource    whether it lives behind a handle
 * @returns  a variable
 * @throws ValueError  as `tf.getVariable`
 */
export const modelVariable = inParts(argScoped('contrib.framework.model_variable', modelled));
function modelled(...given: Getting): Variable {
  const [name, shape, dtype = 'float32', initializer, regularizer, trainable, collections = [], ...more] = given;
  const all = [...collections, GraphKeys.GLOBAL_VARIABLES, GraphKeys.MODEL_VARIABLES];
  return gotten(name, shape, dtype, initializer, regularizer, trainable, all, ...more);
}
/** Stands before `tf.getVariable` in the scope of a layer: its variables are those of a model, under other names. */
export function modelGetter(renamed: Readonly<Record<string, string>> = {}): CustomGetter {
  return (getter, name, { shape, dtype, initializer, regularizer, trainable, collections, ...options }) => {
    const at = name.lastIndexOf('/') + 1;
    const own = name.slice(0, at) + (renamed[name.slice(at)] ?? name.slice(at));
    const all = [...(collections ?? []), GraphKeys.GLOBAL_VARIABLES, GraphKeys.MODEL_VARIABLES];
    const given = { ...options, shape, dtype, initializer, regularizer, trainable: trainable ?? true };
    return getter(own, { ...given, collections: [...new Set(all)], reuse: getVariableScope().reuse });
  };
}

/**
 * A local variable: in the collection LOCAL_VARIABLES alone, and not trained.
 *
 *     tf.contrib.framework.localVariable(3, { name: 'n' });
 *     tf.localVariables().map((v) => v.name)   // ['n:0']
 *
 * @param initialValue   what it starts from
 * @param validateShape  false lets the initial value have an unknown shape; true where not given
 * @param name           its name
 * @param useResource    whether it lives behind a handle
 * @returns  a variable
 * @throws ValueError  as `tf.Variable`
 */
export const localVariable = bound(
  'contrib.framework.local_variable',
  (initialValue: TensorLike, validateShape?: boolean, name?: string, useResource?: boolean): Variable =>
    new Variable(convertToTensor(initialValue), {
      trainable: false,
      collections: [GraphKeys.LOCAL_VARIABLES],
      validateShape,
      name,
      useResource,
    }),
);
/**
 * Puts a variable into the collection MODEL_VARIABLES.
 *
 *     tf.contrib.framework.addModelVariable(new tf.Variable(1, { name: 'w' }));
 *     tf.modelVariables().map((v) => v.name)   // ['w:0']
 *
 * @param var  a variable
 */
export const addModelVariable = bound('contrib.framework.add_model_variable', (given: Variable): void => {
  const graph = getDefaultGraph();
  if (!graph.getCollection<Variable>(GraphKeys.MODEL_VARIABLES).includes(given))
    graph.addToCollection(GraphKeys.MODEL_VARIABLES, given);
});

type Scope = string | VariableScope;
function found(scope?: Scope, suffix?: string, collection: string = GraphKeys.GLOBAL_VARIABLES): Variable[] {
  const name = scope instanceof VariableScope ? scope.name : (scope ?? undefined);
  if (name !== undefined) checkText(name, 'The scope of a collection');
  if (suffix !== undefined) checkText(suffix, 'The suffix of names');
  const pattern = suffix === undefined ? name : `${name ?? ''}.*${suffix.includes(':') ? suffix : `${suffix}:`}`;
  return getDefaultGraph().getCollection<Variable>(collection, pattern ?? null);
}
/**
 * Variables whose names begin with a scope and end in a suffix.
 *
 *     tf.layers.dense([[1, 2]], 2, { name: 'fc' });
 *     tf.contrib.framework.getVariables('fc', 'kernel').map((v) => v.name)   // ['fc/kernel:0']
 *
 * @param scope       a pattern that names begin with, or a variable scope; all where not given
 * @param suffix      what names end in
 * @param collection  where to look; GLOBAL_VARIABLES where not given
 * @returns  a new list
 * @throws ValueError  for a scope or a suffix that is no regular expression
 * @throws TypeError   for one that is no string
 */
export const getVariables = bound('contrib.framework.get_variables', found);
/**
 * The same in the collection MODEL_VARIABLES.
 *
 *     tf.contrib.layers.fullyConnected([[1, 2]], 2);
 *     tf.contrib.framework.getModelVariables(null, 'weights').length   // 1
 *
 * @param scope   a pattern that names begin with, or a variable scope
 * @param suffix  what names end in
 * @returns  a new list
 * @throws ValueError  for a scope or a suffix that is no regular expression
 * @throws TypeError   for one that is no string
 */
export const getModelVariables = bound('contrib.framework.get_model_variables', (scope?: Scope, suffix?: string) =>
  found(scope, suffix, GraphKeys.MODEL_VARIABLES),
);
/**
 * The same in the collection LOCAL_VARIABLES.
 *
 *     tf.contrib.framework.localVariable(3, { name: 'n' });
 *     tf.contrib.framework.getLocalVariables('n').length   // 1
 *
 * @param scope   a pattern that names begin with, or a variable scope
 * @param suffix  what names end in
 * @returns  a new list
 * @throws ValueError  for a scope or a suffix that is no regular expression
 * @throws TypeError   for one that is no string
 */
export const getLocalVariables = bound('contrib.framework.get_local_variables', (scope?: Scope, suffix?: string) =>
  found(scope, suffix, GraphKeys.LOCAL_VARIABLES),
);
/**
 * The same in the collection TRAINABLE_VARIABLES.
 *
 *     tf.contrib.layers.fullyConnected([[1, 2]], 2);
 *     tf.contrib.framework.getTrainableVariables('fully_connected').length   // 2
 *
 * @param scope   a pattern that names begin with, or a variable scope
 * @param suffix  what names end in
 * @returns  a new list
 * @throws ValueError  for a scope or a suffix that is no regular expression
 * @throws TypeError   for one that is no string
 */
export const getTrainableVariables = bound(
  'contrib.framework.get_trainable_variables',
  (scope?: Scope, suffix?: string) => found(scope, suffix, GraphKeys.TRAINABLE_VARIABLES),
);
/**
 * Global variables whose names end in a suffix.
 *
 *     tf.contrib.layers.fullyConnected([[1, 2]], 2);
 *     tf.contrib.framework.getVariablesBySuffix('weights').length   // 1
 *
 * @param suffix  what names end in
 * @param scope   a pattern that names begin with, or a variable scope
 * @returns  a new list
 * @throws ValueError  for a scope or a suffix that is no regular expression
 * @throws TypeError   for one that is no string
 */
export const getVariablesBySuffix = bound(
  'contrib.framework.get_variables_by_suffix',
  (suffix: string, scope?: Scope) => found(scope, suffix),
);
/**
 * Global variables of a name, in whatever scope.
 *
 *     tf.contrib.layers.fullyConnected([[1, 2]], 2);
 *     tf.contrib.framework.getVariablesByName('weights').length   // 1
 *
 * @param givenName  the last part of the name
 * @param scope      a pattern that names begin with, or a variable scope
 * @returns  a new list
 * @throws ValueError  for a name or a scope that is no regular expression
 * @throws TypeError   for one that is no string
 */
export const getVariablesByName = bound('contrib.framework.get_variables_by_name', (name: string, scope?: Scope) => {
  checkText(name, 'The name of variables');
  return found(scope, `/${name}:|^${name}:`);
});
/**
 * The one global variable of a whole name.
 *
 *     tf.contrib.layers.fullyConnected([[1, 2]], 2);
 *     tf.contrib.framework.getUniqueVariable('fully_connected/biases')   // [0, 0]
 *
 * @param varOpName  its name, without `:0`
 * @returns  a variable
 * @throws ValueError  if there is none
 */
export const getUniqueVariable = bound('contrib.framework.get_unique_variable', (name: string): Variable => {
  const candidates = found(name);
  if (!candidates.length) throw new ValueError(`Couldn't find variable ${name}`);
  const one = candidates.find(({ op }) => op.name === name);
  if (!one) throw new ValueError(`Variable ${name} does not uniquely identify a variable`);
  return one;
});
/**
 * Global variables of some scopes, without those of others: what to give to `tf.train.Saver` for a part of a model.
 *
 *     tf.contrib.layers.fullyConnected([[1, 2]], 2, { scope: 'a' });
 *     tf.contrib.layers.fullyConnected([[1, 2]], 2, { scope: 'b' });
 *     tf.contrib.framework.getVariablesToRestore({ exclude: ['b'] }).length   // 2
 *
 * @param include  patterns that names begin with; all where not given
 * @param exclude  patterns of names that are left out
 * @returns  a new list
 * @throws TypeError  for what is no list
 */
export const getVariablesToRestore = bound(
  'contrib.framework.get_variables_to_restore',
  (include?: readonly Scope[], exclude?: readonly Scope[]): Variable[] => {
    for (const [word, list] of [
      ['include', include],
      ['exclude', exclude],
    ] as const)
      if (list !== undefined && !isList(list))
        throw new TypeError_(`${word} is provided but is not a list or a tuple.`);
    const without = new Set((exclude ?? []).flatMap((scope) => found(scope)));
    return (include ? include.flatMap((scope) => found(scope)) : found()).filter((v) => !without.has(v));
  },
);
