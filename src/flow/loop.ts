/** `tf.whileLoop`: a function again and again, while another one says so. After TensorFlow 1.15's control_flow_ops. */
import type { ByName } from '../base/by-name';
import { isCallable, isList } from '../base/border';
import type { NDArray } from '../base/ndarray';
import { int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { toNDArray } from '../base/to-ndarray';
import { apply, inGraphOf } from '../graph/apply';
import { type Convertible, type TensorLike, constantNode, convertToTensor, toTensor } from '../graph/constant';
import type { Like } from '../graph/fetched';
import { type Graph, IndexedSlices, type Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { GraphKeys } from '../graph/keys';
import { knowingAll } from '../ops/known-calls';
import { zeroOf } from '../ops/words';
import { sparseShapes } from './shapes-kept';
import { type Flowing, type Structure, assertSame, flatten, mapStructure } from './structure';
import { controlFlowV2Enabled } from './version';
import { loopOfFunctions } from './while-functions';
import { WhileContext } from './while-context';
import { type LoopFunction, buildLoop } from './while-loop';

/** What a loop makes of its variables: tensors like them in the same lists and objects. */
export type InLoop<V> = V extends IndexedSlices | Flowing
  ? V
  : V extends Tensor | Convertible | NDArray | ArrayBufferView | number | bigint | boolean | string
    ? Like<V>
    : V extends object
      ? { -readonly [K in keyof V]: InLoop<V[K]> }
      : Tensor;
/** The shape of a loop variable, or of its parts; null for dimensions, or a shape, that vary. */
export type ShapeInvariant = Structure<TensorShape | null>;
/** What `whileLoop` takes by name. */
export interface WhileOptions extends ByName {
  /** A shape for each loop variable, where it changes from one iteration to the next. */
  readonly shapeInvariants?: readonly ShapeInvariant[] | null;
  /** How many iterations may run at once; 10 where not given. */
  readonly parallelIterations?: number | null;
  /** Whether the loop can be differentiated; true where not given. */
  readonly backProp?: boolean | null;
  /** Whether what is kept for gradients may leave the device meanwhile. */
  readonly swapMemory?: boolean | null;
  /** The scope of its nodes. */
  readonly name?: string | null;
  /** After how many iterations it ends in any case. */
  readonly maximumIterations?: TensorLike | null;
  /** Gives a list even of one variable. */
  readonly returnSameStructure?: boolean | null;
}
type Variables = readonly unknown[];
type Single<V extends Variables> = V extends readonly [infer One] ? InLoop<One> : InLoop<V>;
type Inside<V extends Variables> = InLoop<V> extends infer L extends unknown[] ? L : never;
/** It returns a list of the variables, or the one. */
type Body<V extends Variables> = (...variables: Inside<V>) => unknown;
type Cond<V extends Variables> = (...variables: Inside<V>) => TensorLike;
interface WhileCall {
  <const V extends Variables>(
    cond: Cond<V>,
    body: Body<V>,
    loopVars: V,
    options: WhileOptions & { readonly returnSameStructure: true },
  ): InLoop<V>;
  <const V extends Variables>(cond: Cond<V>, body: Body<V>, loopVars: V, options?: WhileOptions): Single<V>;
}

/**
 * Runs a function again and again, while another one says so. Both are called once, now, to build their nodes; a run
 * goes round in them.
 *
 *     const [i, sum] = tf.whileLoop((i) => tf.less(i, 5), (i, sum) => [i.add(1), sum.add(i)], [0, 0]);
 *     sum   // 10
 *     tf.whileLoop((x) => tf.less(x, 100), (x) => x.mul(2), [3])   // 192
 *
 * @param cond                 takes the loop variables; gives a scalar of bool, whether there is another iteration
 * @param body                 takes the loop variables; gives their next values, in the same lists and objects
 * @param loopVars             a list of the first values: what becomes a tensor, lists and objects of it
 * @param shapeInvariants      a shape (or null) for each, where shapes change from one iteration to the next
 * @param parallelIterations   how many iterations may run at once; 10 where not given
 * @param backProp             whether there are gradients through it; true where not given
 * @param swapMemory           whether what is kept for gradients may leave the device meanwhile
 * @param maximumIterations    after how many iterations it ends in any case
 * @param returnSameStructure  gives a list even of one variable
 * @returns  the last values: a list as `loopVars`; of one variable that variable itself
 * @throws TypeError   if `cond` or `body` is no function
 * @throws ValueError  if there are no variables, or `body` gives other ones: in number, structure or shape
 */
export const whileLoop = knowingAll<WhileCall>()(
  'while_loop',
  (
    cond: LoopFunction,
    body: LoopFunction,
    loopVars: Variables,
    shapeInvariants?: readonly ShapeInvariant[],
    parallelIterations?: number,
    backProp?: boolean,
    swapMemory?: boolean,
    name?: string,
    maximumIterations?: TensorLike,
    returnSameStructure?: boolean,
  ): unknown =>
    whileLoopOf(cond, body, loopVars, {
      shapeInvariants,
      parallelIterations,
      backProp,
      swapMemory,
      name,
      maximumIterations,
      returnSameStructure,
    }),
);

/** The same, for what builds nodes. */
export function whileLoopOf(
  cond: LoopFunction,
  body: LoopFunction,
  loopVars: readonly unknown[],
  options: WhileOptions = {},
): unknown {
  if (!isCallable(cond))
    throw new TypeError_('cond must be callable.\n  fix: a function of the loop variables: (i) => tf.less(i, 10).');
  if (!isCallable(body))
    throw new TypeError_('body must be callable.\n  fix: a function of the loop variables: (i) => [i.add(1)].');
  const parallel = options.parallelIterations ?? 10;
  if (typeof parallel !== 'number' || !(parallel >= 1))
    throw new TypeError_('parallel_iterations must be a positive integer.');
  if (!Array.isArray(loopVars))
    throw new TypeError_('loop_vars must be a list.\n  fix: tf.whileLoop(cond, body, [x]), even of one variable.');
  if (controlFlowV2Enabled()) return functional(cond, body, loopVars, options, parallel);
  return inGraphOf(flatten(loopVars, false), (graph) =>
    graph.nameScope(options.name || 'while', () => loop(graph, cond, body, loopVars, options, parallel)),
  );
}
/** The same as one node. */
function functional(
  cond: LoopFunction,
  body: LoopFunction,
  variables: readonly unknown[],
  { shapeInvariants = null, maximumIterations = null, name, returnSameStructure }: WhileOptions,
  parallelIterations: number,
): unknown {
  if (!variables.length) throw noVariables();
  const shapes = shapeInvariants && invariantsOf(variables, shapeInvariants);
  const loop = { cond, body, variables, shapes, maximumIterations, parallelIterations, name: name || 'while' };
  const result = inGraphOf(flatten(variables, false), () => loopOfFunctions(loop));
  return result.length === 1 && !returnSameStructure ? result[0] : result;
}
function noVariables(): ValueError {
  return new ValueError(
    'No loop variables provided' +
      '\n  fix: what changes from round to round is a list: tf.whileLoop((i) => i.less(10), (i) => [i.add(1)], [0]).',
  );
}
/** The same: a list of the variables, be there one or several. */
export function loopVariables(
  cond: LoopFunction,
  body: LoopFunction,
  loopVars: readonly unknown[],
  options: WhileOptions = {},
): readonly unknown[] {
  const made = whileLoopOf(cond, body, loopVars, { ...options, returnSameStructure: true });
  return isList(made) ? made : [made];
}
function loop(
  graph: Graph,
  cond: LoopFunction,
  body: LoopFunction,
  variables: readonly unknown[],
  { shapeInvariants, backProp, swapMemory, maximumIterations, returnSameStructure }: WhileOptions,
  parallelIterations: number,
): unknown {
  if (!variables.length) throw noVariables();
  let parts = { cond, body, variables, shapes: shapeInvariants ?? null };
  let limit: Tensor | null = null;
  if (maximumIterations !== null && maximumIterations !== undefined) {
    limit = convertToTensor(countOf(maximumIterations), null, 'maximum_iterations');
    if (limit.shape.rank !== 0) throw new ValueError(`maximum_iterations must be a scalar, saw shape: ${limit.shape}`);
    parts = counted(parts, limit, variables.length === 1 && !returnSameStructure);
  }
  if (!Number.isInteger(parallelIterations))
    throw new ValueError(`\`parallel_iterations\` must be a positive integer: ${parallelIterations}`);
  const shapes = parts.shapes === null ? null : invariantsOf(parts.variables, parts.shapes);
  const context = new WhileContext(graph, {
    maximumIterations: limit,
    parallelIterations,
    backProp: backProp ?? true,
    swapMemory: swapMemory ?? false,
  });
  if (context.outer === null) graph.addToCollection(GraphKeys.WHILE_CONTEXT, context);
  const result = buildLoop(context, { ...parts, shapes });
  if (limit) return result[1];
  return result.length === 1 && !returnSameStructure ? result[0] : result;
}

/** A whole number counts iterations: an int32, as Python's is. */
const countOf = (given: TensorLike): TensorLike =>
  typeof given === 'number' && Number.isInteger(given) ? toNDArray(given, int32) : given;
interface Parts {
  readonly cond: LoopFunction;
  readonly body: LoopFunction;
  readonly variables: readonly unknown[];
  readonly shapes: readonly ShapeInvariant[] | null;
}
/** The loop with a counter as its first variable, the others as its second. */
function counted({ cond, body, variables, shapes }: Parts, limit: Tensor, single: boolean): Parts {
  const counter = constantNode(zeroOf(limit.dtype), 'iteration_counter');
  const call = (fn: LoopFunction, given: unknown): unknown => (single ? fn(given) : fn(...(given as unknown[])));
  return {
    variables: [counter, single ? variables[0] : variables],
    cond: (i, given) => apply('LogicalAnd', [apply('Less', [toTensor(i), limit]), toTensor(call(cond, given))]),
    body: (i, given) => [toTensor(i).add(1), call(body, given)],
    shapes: shapes === null ? null : [new TensorShape([]), shapes],
  };
}
/** A shape for each tensor that the variables consist of. */
function invariantsOf(variables: readonly unknown[], shapes: readonly ShapeInvariant[]): TensorShape[] {
  // A shape is a leaf, and so is null; a list of sizes is not one.
  assertSame(variables, shapes, 'a shape for each variable of the loop, in their order.', false);
  const leaves = flatten(shapes, false);
  let next = 0;
  const out: TensorShape[] = [];
  mapStructure(
    variables,
    (leaf) => {
      const given = leaves[next++];
      const shape = given instanceof TensorShape ? given : TensorShape.unknown();
      if (leaf instanceof SparseTensor)
        out.push(...sparseShapes(shape.rank ?? leaf.denseShape.shape.dims?.[0] ?? null));
      else if (!(leaf instanceof IndexedSlices)) out.push(shape);
      else {
        const [rows, ...rest] = shape.dims ?? [null];
        out.push(shape, new TensorShape([rows]));
        if (leaf.denseShape) out.push(new TensorShape([shape.dims ? rest.length + 1 : null]));
      }
    },
    false,
  );
  return out;
}
