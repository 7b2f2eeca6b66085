/** `getVariable`: makes a variable, or shares the one of that name. */
import { isCallable, isList } from '../base/border';
import { textOf } from '../base/preview';
import { type DType, type DTypeLike, asDtype } from '../base/dtype';
import { ValueError } from '../base/errors';
import { optionalDtype } from '../base/to-ndarray';
import { type ShapeLike, TensorShape } from '../base/shape';
import { bound } from '../calls/bind';
import { type GetVariableCall, knowingAll } from './known';
import { initScope } from '../control/framework';
import { type TensorLike, convertToTensor, isSymbolic } from '../graph/constant';
import { outermost } from '../graph/capturing';
import { type Graph, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { Key } from '../graph/own';
import { showLocation } from '../graph/trace';
import { defaultInitializer, maker } from './first-value';
import type { PartitionInfo } from './initializer';
import type { CachingDevice } from './caching';
import { type PartitionedVariable, inParts, knownInParts } from './partitioned';
import { getVariableScope, usesResources } from './scope';
import { Variable } from './variable';
import {
  AUTO_REUSE,
  type CustomGetter,
  type GetVariableOptions,
  type Initializer,
  type Partitioner,
  type Regularizer,
  type Reuse,
  type VariableScope,
} from './variable-scope';

const STORE = new Key<Map<string, Variable>>('variable store');
function storeOf(graph: Graph): Map<string, Variable> {
  return graph.own(STORE, () => new Map());
}
/** The variables of `tf.getVariable`, by name. */
export function storedVariables(graph: Graph): ReadonlyMap<string, Variable> {
  return storeOf(graph);
}

/**
 * The variable of that name in the open variable scope: a new one, or with `reuse` the one that is there.
 *
 *     const initializer = tf.randomNormalInitializer(0, 0.1);
 *     tf.getVariable('w', [784, 10], { initializer })   // shape (784, 10)
 *
 * @param name           below the open scope
 * @param shape          its shape, unless the initializer is a value
 * @param dtype          its element type: float32 where nothing says otherwise
 * @param initializer    makes the initial value, or is it; the scope's where not given, else Glorot's uniform one
 *   for floats and zeros for others
 * @param regularizer    gives a penalty, which goes into the collection REGULARIZATION_LOSSES
 * @param trainable      whether optimizers change it
 * @param collections    that it is added to; GLOBAL_VARIABLES where not given
 * @param cachingDevice  where its reads are kept
 * @param partitioner    keeps it in parts, as `tf.fixedSizePartitioner(2)`: then it is a `PartitionedVariable`
 * @param validateShape  false lets the initial value have an unknown shape; true where not given
 * @param useResource    a variable behind a handle, as in TensorFlow 2
 * @param customGetter   stands before this call
 * @param constraint     a projection that an optimizer applies after each update
 * @returns  a variable, or what a custom getter put in its place
 * @throws ValueError  if it exists and `reuse` is not set, or does not and it is, or has another shape or dtype
 */
export const getVariable = knowingAll<GetVariableCall>()(
  'get_variable',
  (...args: Taken): Variable => scoped(getVariableScope(), args[0], asOptions(args)),
);
/**
 * A variable as `getVariable` gives it that belongs to this process alone: in LOCAL_VARIABLES, and not trained.
 *
 *     tf.getLocalVariable('count', [2])   // shape (2)
 *
 * @param name           below the open scope
 * @param shape          its shape, unless the initializer is a value
 * @param dtype          its element type: float32 where nothing says otherwise
 * @param initializer    makes the initial value, or is it; the scope's where not given, else Glorot's uniform one
 *   for floats and zeros for others
 * @param regularizer    gives a penalty, which goes into the collection REGULARIZATION_LOSSES
 * @param trainable      whether optimizers change it
 * @param collections    that it is added to; GLOBAL_VARIABLES where not given
 * @param cachingDevice  where its reads are kept
 * @param partitioner    keeps it in parts, as `tf.fixedSizePartitioner(2)`: then it is a `PartitionedVariable`
 * @param validateShape  false lets the initial value have an unknown shape; true where not given
 * @param useResource    a variable behind a handle, as in TensorFlow 2
 * @param customGetter   stands before this call
 * @param constraint     a projection that an optimizer applies after each update
 * @returns  a variable, or what a custom getter put in its place
 * @throws ValueError  if it exists and `reuse` is not set, or does not and it is, or has another shape or dtype
 */
export const getLocalVariable = bound('get_local_variable', (...args: Taken): Variable => {
  const options = asOptions(args);
  const given = options.collections ?? [];
  // What is no list is refused where the variable is made.
  const collections = isList(given) ? [...given, GraphKeys.LOCAL_VARIABLES] : given;
  return scoped(getVariableScope(), args[0], { ...options, trainable: false, collections });
});
type Taken = [
  name: string,
  shape?: ShapeLike | number,
  dtype?: DTypeLike,
  initializer?: Initializer | TensorLike,
  regularizer?: Regularizer,
  trainable?: boolean,
  collections?: readonly string[],
  cachingDevice?: CachingDevice,
  partitioner?: Partitioner,
  validateShape?: boolean,
  useResource?: boolean,
  customGetter?: CustomGetter,
  constraint?: (value: Tensor) => Tensor,
  synchronization?: null,
  aggregation?: null,
];
function asOptions(taken: Taken): GetVariableOptions {
  const [, shape, dtype, initializer, regularizer, trainable, collections, cachingDevice, ...more] = taken;
  const [partitioner, validateShape, useResource, customGetter, constraint] = more;
  const first = { shape, dtype, initializer, regularizer, trainable, collections, cachingDevice };
  return { ...first, partitioner, validateShape, useResource, customGetter, constraint };
}

/** A variable that a function asks for is made outside; its value may be what the function takes. */
function outsideOf(capturing: NonNullable<Graph['capturing']>, make: () => Variable): Variable {
  return outermost(capturing.outer).asDefault(() => {
    const made = make();
    // What a function does with the value, it does with what stands for it.
    return capturing.variables === 'values' && made.isResource ? (made.value() as unknown as Variable) : made;
  });
}
/** Fills in the scope's defaults. */
function scoped(scope: VariableScope, name: string, given: GetVariableOptions): Variable {
  const fullName = scope.name ? `${scope.name}/${name}` : name;
  const graph = getDefaultGraph();
  const { capturing } = graph;
  if (capturing)
    return outsideOf(capturing, () =>
      scoped(scope, name, { ...given, useResource: given.useResource ?? usesResources(graph) }),
    );
  return graph.nameScope(null, () => {
    if (given.dtype && isValue(given.initializer)) {
      const { baseDtype } = convertToTensor(
        given.initializer,
        typeof given.initializer === 'number' ? asDtype(given.dtype) : null,
      ).dtype;
      if (baseDtype !== asDtype(given.dtype))
        throw new ValueError(
          `Initializer type '${baseDtype}' and explicit dtype '${asDtype(given.dtype)}' don't match.`,
        );
    }
    const options = withDefaults(scope, given);
    const getter = given.customGetter ?? scope.customGetter;
    // What a custom getter puts in a variable's place is the caller's to know.
    return getter
      ? (getter((n, o) => wholeOrParts(graph, n, { ...options, ...o }), fullName, options) as Variable)
      : wholeOrParts(graph, fullName, options);
  });
}
/** What is asked, and what the scope says where nothing is. */
export function withDefaults(scope: VariableScope, given: GetVariableOptions): GetVariableOptions {
  return {
    ...given,
    reuse: given.reuse ?? scope.reuse,
    useResource: given.useResource ?? scope.useResource,
    regularizer: given.regularizer ?? scope.regularizer,
    cachingDevice: given.cachingDevice ?? scope.cachingDevice,
    partitioner: given.partitioner ?? scope.partitioner,
    initializer: given.initializer ?? scope.initializer,
    constraint: given.constraint ?? scope.constraint,
    dtype: given.dtype ?? scope.dtype,
  };
}
/** True for an initializer that is the initial value itself. */
function isValue(x: GetVariableOptions['initializer']): x is TensorLike {
  if (x === null || x === undefined || typeof x === 'function') return false;
  // What cannot be called is refused as any value that is none.
  return isSymbolic(x) || typeof x !== 'object' || !('call' in x) || typeof x.call !== 'function';
}

/** A variable, or one in parts where a partitioner is given, or it is one that is shared. */
function wholeOrParts(graph: Graph, name: string, options: GetVariableOptions): Variable {
  const { partitioner = null, shape = null, reuse } = options;
  const isScalar = isList(shape) && shape.length === 0;
  const isShared = reuse === true && partitioner === null && knownInParts(graph, name);
  if ((partitioner === null || isScalar) && !isShared) {
    if (!storeOf(graph).has(`${name}/part_0`)) return single(graph, name, options);
    throw new ValueError(
      `No partitioner was provided, but a partitioned version of the variable was found: ${name}/part_0. Perhaps a ` +
        'variable of the same name was already created with partitioning?',
    );
  }
  // The types of `getVariable` say of a call with a partitioner what it gives.
  return partsOf(graph, name, options) as unknown as Variable;
}
/** A variable in parts, of that whole name. */
export function partsOf(graph: Graph, name: string, options: GetVariableOptions): PartitionedVariable {
  const { partitioner = null } = options;
  if (partitioner !== null && !isCallable(partitioner))
    throw new ValueError(`Partitioner must be callable, but received: ${textOf(partitioner)}`);
  if (storeOf(graph).has(name))
    throw new ValueError(
      `A partitioner was provided, but an unpartitioned version of the variable was found: ${name}.  Perhaps a ` +
        'variable of the same name was already created without partitioning?',
    );
  return inParts(graph, name, options, (part, given, partition) => single(graph, part, given, partition));
}

function single(
  graph: Graph,
  name: string,
  options: GetVariableOptions,
  partition: PartitionInfo | null = null,
): Variable {
  const store = storeOf(graph);
  const { initializer = null } = options;
  const dtype = asDtype(options.dtype!);
  const shape = TensorShape.of(typeof options.shape === 'number' ? [options.shape] : (options.shape ?? null));
  if (isValue(initializer) && shape.dims)
    throw new ValueError(
      'If initializer is a constant, do not specify shape.\n  fix: leave the shape out; or, to fill the shape with ' +
        'one number, {initializer: tf.constantInitializer(0)}.',
    );
  const found = store.get(name);
  if (found) return shared(found, name, shape, dtype, options.reuse);
  if (options.reuse === true) {
    throw new ValueError(
      `Variable ${name} does not exist, or was not created with tf.get_variable(). ` +
        `Did you mean to set reuse=tf.AUTO_REUSE in VarScope?${nearest(name, store)}` +
        '\n  fix: {reuse: tf.AUTO_REUSE} makes what is not there; {reuse: true} only shares.',
    );
  }
  const start = isValue(initializer)
    ? { value: initializer, dtype: optionalDtype(typeof initializer === 'number' ? dtype : null) }
    : {
        value: maker(name, initializer ?? defaultInitializer(name, dtype), shape, dtype, partition),
        dtype: shape.isFullyDefined() ? dtype : null,
      };
  const { trainable, collections, cachingDevice, validateShape, constraint, useResource } = options;
  const more = { trainable, collections, cachingDevice, validateShape, constraint, useResource };
  const made = new Variable(start.value, { name, dtype: start.dtype, ...more });
  store.set(name, made);
  if (options.regularizer) regularize(graph, made, name, options.regularizer);
  return made;
}
function regularize(graph: Graph, made: Variable, name: string, regularizer: Regularizer): void {
  const loss = graph.colocateWith(made.op, () =>
    graph.nameScope(`${name}/Regularizer/`, () => initScope(() => regularizer(made))),
  );
  if (loss !== null && loss !== undefined) graph.addToCollection(GraphKeys.REGULARIZATION_LOSSES, loss);
}

/** A variable that is there, where it may be shared and fits. */
function shared(
  found: Variable,
  name: string,
  shape: TensorShape,
  dtype: DType,
  reuse: Reuse | null | undefined,
): Variable {
  const line = found.op.trace.line ? `\n  ${name} was made at ${found.op.trace.line}` : '';
  if (reuse !== true && reuse !== AUTO_REUSE) {
    const text =
      `Variable ${name} already exists, disallowed. ` +
      'Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope?';
    const stack = found.isResource
      ? ''
      : ` Originally defined at:\n\n${found.op.trace.frames
          .slice(0, 5)
          .map((at) => `  File "${showLocation(at).split(':')[0]}", line ${at.line}`)
          .join('\n')}`;
    throw new ValueError(
      `${text}${stack}\n  fix: tf.variableScope(name, {reuse: tf.AUTO_REUSE}, () => …) to share it; another name ` +
        'for a new one; tf.resetDefaultGraph() where a script builds its graph twice.',
    );
  }
  if (!shape.isCompatibleWith(found.shape))
    throw new ValueError(
      `Trying to share variable ${name}, but specified shape ${shape} and found shape ${found.shape}.${line}` +
        '\n  fix: ask for the same shape, or use another name.',
    );
  if (!dtype.isCompatibleWith(found.dtype))
    throw new ValueError(
      `Trying to share variable ${name}, but specified dtype ${dtype.name} and found dtype ${found.dtype.name}.${line}`,
    );
  return found;
}
function nearest(name: string, store: ReadonlyMap<string, Variable>): string {
  const last = name.split('/').pop();
  const same = [...store.keys()].filter((key) => key.split('/').pop() === last).slice(0, 3);
  return same.length ? `\n  there is ${same.map((key) => `'${key}'`).join(', ')}: the variable scopes differ.` : '';
}
