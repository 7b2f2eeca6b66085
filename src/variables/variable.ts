/** `tf.Variable`: a value that outlives a run. */
import type { DType, DTypeLike, TypedArray } from '../base/dtype';
import { RuntimeError, TypeError_, ValueError } from '../base/errors';
import { type NDArray, type Nested, optionalDtype } from '../base/ndarray';
import { type ShapeLike, TensorShape } from '../base/shape';
import { type Algebra, installAlgebra } from '../graph/algebra';
import type { Convertible, TensorLike } from '../graph/constant';
import { type Graph, type Operation, type Tensor, IndexedSlices, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { Fetched, Runner } from '../graph/runner';
import { type Sliceable, installGet } from '../ops/subscript';
import { type VariableDef, nodesFromDef, variableDef } from './def';
import { initializedValue } from './guard';
import type { BuildArgs, Scatter, UpdateOptions, Updated, VariableNodes } from './nodes';
import { buildReference } from './reference';
import { buildResource } from './resource';
import { usesResources } from './scope';

/** A projection that an optimizer applies after each update. */
export type Constraint = (value: Tensor) => Tensor;

export interface VariableOptions {
  readonly name?: string | null;
  /** Whether optimizers change it: adds it to TRAINABLE_VARIABLES. True where not said. */
  readonly trainable?: boolean | null;
  /** Collections that it is added to; GLOBAL_VARIABLES where not given. */
  readonly collections?: readonly string[] | null;
  /** False lets the initial value be of unknown shape, and later values of any. */
  readonly validateShape?: boolean;
  readonly dtype?: DTypeLike | null;
  readonly expectedShape?: ShapeLike;
  /** The variable's shape where it is not the initial value's. */
  readonly shape?: ShapeLike;
  /** A device on which the value is kept for reading. */
  readonly cachingDevice?: string | null;
  readonly constraint?: Constraint | null;
  /** True for a variable behind a handle (`VarHandleOp`): each read is a node of its own, in the order that control dependencies say. */
  readonly useResource?: boolean | null;
  /** Makes the object for nodes that the graph has already; excludes the rest. */
  readonly variableDef?: VariableDef | null;
  /** The name scope that `variableDef` was imported into. */
  readonly importScope?: string | null;
}
export interface AssignOptions extends UpdateOptions {
  readonly readValue?: boolean;
}
/** A slice of a larger variable: what a checkpoint needs to know. */
export interface SaveSliceInfo {
  readonly fullName: string;
  readonly fullShape: readonly number[];
  readonly varOffset: readonly number[];
  readonly varShape: readonly number[];
}

/**
 * A value that outlives a run: each session has its own, and sets it when the initializer runs.
 *
 *     const w = new tf.Variable(tf.truncatedNormal([784, 10], {stddev: 0.1}), {name: 'w'});
 *     const y = tf.matmul(x, w).add(b);
 *     sess.run(tf.globalVariablesInitializer());
 *
 * It stands wherever a tensor is expected, and has a tensor's operators.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the operators are put on its prototype
export class Variable implements Convertible {
  readonly constraint: Constraint | null;
  readonly trainable: boolean;
  private readonly nodes: VariableNodes;
  private sliceInfo: SaveSliceInfo | null = null;

  /**
   * @param initialValue  a tensor, data, or a function that makes either; gives shape and dtype
   * @throws ValueError  without an initial value, or if its shape is not known (and `validateShape` is not false)
   */
  constructor(initialValue: TensorLike | (() => TensorLike) | null, options: VariableOptions = {}) {
    const { collections = null, constraint = null, variableDef: def = null } = options;
    this.constraint = constraint;
    if (def) {
      if (initialValue !== null) throw new ValueError('variable_def and initial_value are mutually exclusive.');
      this.nodes = nodesFromDef(def, options.importScope ?? null);
      this.trainable = def.trainable;
      return;
    }
    this.trainable = options.trainable ?? true;
    if (initialValue === null || initialValue === undefined) throw new ValueError('initial_value must be specified.');
    if (collections !== null && !Array.isArray(collections)) {
      throw new ValueError(
        `collections argument to Variable constructor must be a list, tuple, or set. Got ${String(collections)} of type ${typeof collections}`,
      );
    }
    if (constraint !== null && typeof constraint !== 'function')
      throw new ValueError('The `constraint` argument must be a callable.');
    const args: BuildArgs = {
      initialValue,
      name: options.name ?? null,
      dtype: optionalDtype(options.dtype),
      validateShape: options.validateShape ?? true,
      cachingDevice: options.cachingDevice ?? null,
      shape: options.shape === undefined ? null : TensorShape.of(options.shape),
    };
    this.nodes = (options.useResource ?? usesResources(getDefaultGraph())) ? buildResource(args) : buildReference(args);
    const keys: string[] = [...(collections ?? [GraphKeys.GLOBAL_VARIABLES])];
    if (this.trainable && !keys.includes(GraphKeys.TRAINABLE_VARIABLES)) keys.push(GraphKeys.TRAINABLE_VARIABLES);
    this.graph.addToCollections(keys, this);
  }

  /** `W:0` */
  get name(): string {
    return this.nodes.handle.name;
  }
  /** The node that holds the value. */
  get op(): Operation {
    return this.nodes.handle.op;
  }
  /** `float32_ref`, or `float32` behind a handle. */
  get dtype(): DType {
    return this.nodes.dtype;
  }
  get shape(): TensorShape {
    return this.nodes.shape;
  }
  getShape(): TensorShape {
    return this.nodes.shape;
  }
  get graph(): Graph {
    return this.nodes.handle.graph;
  }
  get device(): string {
    return this.nodes.handle.device;
  }
  /** The operation that sets the initial value. */
  get initializer(): Operation {
    return this.nodes.initializer;
  }
  /** The tensor that it sets. It is computed anew where it is used: see `initializedValue`. */
  get initialValue(): Tensor | null {
    return this.nodes.initialValue;
  }
  /** True for a variable behind a handle. */
  get isResource(): boolean {
    return this.nodes.kind === 'resource';
  }
  /** The reference or the handle. */
  get handle(): Tensor {
    return this.nodes.handle;
  }

  /** The tensor that stands for the variable. */
  value(): Tensor {
    return this.nodes.value();
  }
  /** A node of its own that reads the value: inside `controlDependencies` it reads after them. */
  readValue(): Tensor {
    return this.nodes.readValue();
  }
  /** The value where there is one, else the initial value: for initial values of other variables. */
  initializedValue(): Tensor {
    return initializedValue(this.nodes);
  }
  isInitialized({ name }: { readonly name?: string | null } = {}): Tensor {
    return this.nodes.isInitialized(name);
  }
  asTensor(asRef = false): Tensor {
    return asRef ? this.nodes.element : this.nodes.value();
  }

  /** The value in a session, or in the default one. */
  eval(session?: Runner): Fetched {
    return this.nodes.element.eval(null, session);
  }
  /**
   * Sets the value in a session (or the default one), without new nodes.
   *
   * @throws ValueError  if it does not fit the variable's shape
   */
  load(value: NDArray | Nested | TypedArray, session?: Runner): void {
    this.initializer.run([[this.initializer.inputs[1], value]], session);
  }
  /** Adds what is not known of the shape. @throws ValueError  if it contradicts what is */
  setShape(shape: ShapeLike): void {
    if (this.isResource) throw new RuntimeError('ResourceVariable does not implement set_shape()');
    this.nodes.handle.setShape(shape);
    this.nodes.value().setShape(shape);
  }

  /** A tensor that is `value` after the variable has been set to it. `{readValue: false}` gives the operation. */
  assign(value: TensorLike, options?: AssignOptions & { readonly readValue?: true }): Tensor;
  assign(value: TensorLike, options: AssignOptions & { readonly readValue: false }): Operation;
  assign(value: TensorLike, options: AssignOptions): Tensor | Operation;
  assign(value: TensorLike, options: AssignOptions = {}): Tensor | Operation {
    return result(this.nodes.assign(value, { useLocking: false, ...options }), options);
  }
  /** `+= delta` */
  assignAdd(delta: TensorLike, options?: AssignOptions & { readonly readValue?: true }): Tensor;
  assignAdd(delta: TensorLike, options: AssignOptions & { readonly readValue: false }): Operation;
  assignAdd(delta: TensorLike, options: AssignOptions): Tensor | Operation;
  assignAdd(delta: TensorLike, options: AssignOptions = {}): Tensor | Operation {
    return result(this.nodes.accumulate('Add', delta, { useLocking: false, ...options }), options);
  }
  /** `-= delta` */
  assignSub(delta: TensorLike, options?: AssignOptions & { readonly readValue?: true }): Tensor;
  assignSub(delta: TensorLike, options: AssignOptions & { readonly readValue: false }): Operation;
  assignSub(delta: TensorLike, options: AssignOptions): Tensor | Operation;
  assignSub(delta: TensorLike, options: AssignOptions = {}): Tensor | Operation {
    return result(this.nodes.accumulate('Sub', delta, { useLocking: false, ...options }), options);
  }
  /** The value, which is one more afterwards. @throws OutOfRangeError  when it has reached `limit` */
  countUpTo(limit: number, { name }: { readonly name?: string | null } = {}): Tensor {
    return this.nodes.countUpTo(limit, name);
  }

  /** Changes rows: those at `delta.indices`, by `delta.values`. The scatter functions of `tf` take the two apart. */
  scatterUpdate(delta: IndexedSlices, options: UpdateOptions = {}): Tensor {
    return this.scatterSlices('Update', delta, options);
  }
  scatterAdd(delta: IndexedSlices, options: UpdateOptions = {}): Tensor {
    return this.scatterSlices('Add', delta, options);
  }
  scatterSub(delta: IndexedSlices, options: UpdateOptions = {}): Tensor {
    return this.scatterSlices('Sub', delta, options);
  }
  scatterMul(delta: IndexedSlices, options: UpdateOptions = {}): Tensor {
    return this.scatterSlices('Mul', delta, options);
  }
  scatterDiv(delta: IndexedSlices, options: UpdateOptions = {}): Tensor {
    return this.scatterSlices('Div', delta, options);
  }
  scatterMin(delta: IndexedSlices, options: UpdateOptions = {}): Tensor {
    return this.scatterSlices('Min', delta, options);
  }
  scatterMax(delta: IndexedSlices, options: UpdateOptions = {}): Tensor {
    return this.scatterSlices('Max', delta, options);
  }
  /** Changes what `indices` point at, whole rows or single elements: as `tf.scatterNd`. */
  scatterNdUpdate(indices: TensorLike, updates: TensorLike, options: UpdateOptions = {}): Tensor {
    return this.scatter('NdUpdate', indices, updates, { useLocking: true, ...options });
  }
  scatterNdAdd(indices: TensorLike, updates: TensorLike, options: UpdateOptions = {}): Tensor {
    return this.scatter('NdAdd', indices, updates, { useLocking: true, ...options });
  }
  scatterNdSub(indices: TensorLike, updates: TensorLike, options: UpdateOptions = {}): Tensor {
    return this.scatter('NdSub', indices, updates, { useLocking: true, ...options });
  }
  private scatterSlices(kind: Scatter, delta: IndexedSlices, options: UpdateOptions): Tensor {
    if (!(delta instanceof IndexedSlices)) throw new TypeError_(`sparse_delta is not IndexedSlices: ${String(delta)}`);
    return this.scatter(kind, delta.indices, delta.values, { useLocking: false, ...options });
  }
  /** For `tf.scatter…`. */
  scatter(kind: Scatter, indices: TensorLike, updates: TensorLike, options: UpdateOptions = {}): Tensor {
    return this.nodes.scatter(kind, indices, updates, options).value();
  }
  /** As `assign`, where the shape may change. */
  assignAny(value: TensorLike, options: UpdateOptions & { readonly validateShape?: boolean | null }): Tensor {
    return this.nodes.assign(value, options).value();
  }

  get saveSliceInfo(): SaveSliceInfo | null {
    return this.sliceInfo;
  }
  setSaveSliceInfo(info: SaveSliceInfo): void {
    this.sliceInfo = info;
  }
  /** TensorFlow's VariableDef: the names of the nodes. null outside of `exportScope`. */
  toProto(exportScope: string | null = null): VariableDef | null {
    return variableDef(this.nodes, this.trainable, exportScope);
  }

  /** `<tf.Variable 'W:0' shape=(2,) dtype=float32_ref>` */
  toString(): string {
    return `<tf.Variable '${this.name}' shape=${this.shape} dtype=${this.dtype.name}>`;
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const { line } = this.op.trace;
    return `${this.toString()}${line ? ` made at ${line}` : ''} (its value is in a session: v.eval(sess))`;
  }
  /** What JSON can say of a variable: its value is in a session. */
  toJSON(): object {
    return {
      variable: this.name,
      dtype: this.dtype.baseDtype.name,
      shape: this.shape.dims,
      trainable: this.trainable,
      note: 'its value is in a session: v.eval(sess)',
    };
  }
  [Symbol.toPrimitive](hint: string): string {
    // As a number a tensor says what to do instead.
    return hint === 'string' ? this.toString() : String(Number(this.nodes.element));
  }
}
function result(updated: Updated, { readValue = true }: AssignOptions): Tensor | Operation {
  return readValue ? updated.value() : updated.op;
}

export interface Variable extends Algebra, Sliceable {}
installAlgebra(Variable.prototype);
installGet(Variable.prototype);
