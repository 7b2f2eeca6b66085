/** `tf.Variable`: a value that outlives a run. */
import { guardClass, keepMethod } from '../base/misses';
import type { DType, Untold } from '../base/dtype';
import { RuntimeError, ValueError } from '../base/errors';
import { optionalDtype } from '../base/to-ndarray';
import { type ShapeLike, TensorShape } from '../base/shape';
import type { Args } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { type Algebra, installAlgebra } from '../graph/algebra';
import type { Convertible, NotText, TensorLike } from '../graph/constant';
import type { ElementFor, FetchedOf, Known, Like } from '../graph/fetched';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { isParsed } from '../graph/symbolic';
import { GraphKeys } from '../graph/keys';
import type { FetchedAs, Runner } from '../graph/runner';
import { type Part, type SliceableVariable, installGet } from '../ops/subscript';
import * as takes from './arguments';
import { type SaveSliceInfo, type VariableDef, nodesFromDef, variableDef } from './def';
import { initializedValue } from './guard';
import type { BuildArgs, Scatter, UpdateOptions, Updated, VariableNodes } from './nodes';
import { buildReference } from './reference';
import { buildResource } from './resource';
import { type Scattering, installScattering } from './scattering';
import { usesResources } from './scope';

/**
 * A value that outlives a run: each session has its own, and sets it when the initializer runs.
 *
 *     const w = new tf.Variable(tf.ones([3, 2]), { name: 'w' });
 *     const y = tf.matmul([[1, 2, 3]], w);
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(y)   // [[6, 6]]
 *
 * It stands wherever a tensor is expected, and has a tensor's operators. `V` is its initial value: what the compiler
 * knows of that, it knows of the variable.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the operators are put on its prototype
export class Variable<V extends takes.Initial = Untold> implements Convertible {
  /** The projection that an optimizer applies after each update. */
  readonly constraint: takes.Constraint | null;
  /** Whether optimizers change it. */
  readonly trainable: boolean;
  private readonly nodes: VariableNodes;
  private sliceInfo: SaveSliceInfo | null = null;

  /**
   * Makes a variable; its value is in a session once its initializer ran there.
   *
   * @param initialValue   a tensor, data, or a function that makes either; gives shape and dtype
   * @param trainable      whether optimizers change it: adds it to TRAINABLE_VARIABLES
   * @param collections    that it is added to; GLOBAL_VARIABLES where not given
   * @param validateShape  false lets the initial value have an unknown shape
   * @param cachingDevice  where its reads are kept
   * @param name           of the variable, made unique
   * @param variableDef    what `toProto` gave: finds the nodes of a variable that is in the graph already
   * @param dtype          what the initial value is converted to
   * @param expectedShape  has no effect, as in TensorFlow
   * @param importScope    a prefix of the names in `variableDef`
   * @param constraint     a projection that an optimizer applies after each update
   * @param useResource    a variable behind a handle, as in TensorFlow 2
   * @param shape          its shape, where it may change; the initial value must fit
   * @throws ValueError  without an initial value, or if its shape is not known (and `validateShape` is not false)
   */
  constructor(initialValue: V, ...more: takes.AfterInitial);
  constructor(named: takes.VariableOptions & ({ readonly initialValue: V } | { readonly variableDef: VariableDef }));
  constructor(...given: Exclude<Args<'Variable', takes.Made>, readonly [] | readonly [unknown]>);
  constructor(...given: Args<'Variable', takes.Made>) {
    const options = takes.settle(takes.VARIABLE.take(given));
    const { initialValue, collections, constraint, variableDef: def } = options;
    this.constraint = constraint;
    if (def) {
      if (initialValue !== undefined) throw new ValueError('variable_def and initial_value are mutually exclusive.');
      this.nodes = nodesFromDef(def, options.importScope ?? null);
      this.trainable = def.trainable;
      return;
    }
    this.trainable = options.trainable ?? true;
    if (initialValue === undefined) throw takes.noInitialValue();
    takes.checkCollections(collections);
    takes.checkConstraint(constraint);
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
  /** Its shape, as far as it is known. */
  get shape(): TensorShape {
    return this.nodes.shape;
  }
  /** Its shape, as far as it is known. */
  getShape(): TensorShape {
    return this.nodes.shape;
  }
  /** The graph that it is in. */
  get graph(): Graph {
    return this.nodes.handle.graph;
  }
  /** The device that was asked for. */
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
  value(): Like<V> {
    return this.nodes.value() as Like<V>;
  }
  /** A node of its own that reads the value: inside `controlDependencies` it reads after them. */
  readValue(): Like<V> {
    return this.nodes.readValue() as Like<V>;
  }
  /** The value where there is one, else the initial value: for initial values of other variables. */
  initializedValue(): Like<V> {
    return initializedValue(this.nodes) as Like<V>;
  }
  /** Whether it has a value: a tensor of bool. */
  isInitialized(...given: Args<'Variable.is_initialized', [name?: string]>): Tensor {
    const [name] = takes.IS_INITIALIZED.take(given);
    return this.nodes.isInitialized(name);
  }
  /** The tensor that it stands for. */
  asTensor(asRef = false): Tensor {
    return asRef ? this.nodes.element : this.nodes.value();
  }

  /** The value in a session, or the default one. */
  eval(...given: Args<'Variable.eval', [session?: Runner]>): FetchedAs<Like<V>> {
    const [session] = takes.EVAL.take(given);
    return this.nodes.element.eval(null, session) as FetchedAs<Like<V>>;
  }
  /**
   * Sets the value in a session (or the default one), without new nodes.
   *
   * @throws ValueError  if it does not fit the variable's shape
   */
  load(...given: Args<'Variable.load', takes.Loaded<ElementFor<V>>>): void {
    const [value, session] = takes.LOAD.take(given);
    this.initializer.run([[this.initializer.inputs[1], value]], session);
  }
  /** Adds what is not known of the shape. @throws ValueError  if it contradicts what is */
  setShape(shape: ShapeLike | { readonly shape: ShapeLike }): void;
  setShape(shape: ShapeLike): void {
    if (this.isResource) throw new RuntimeError('ResourceVariable does not implement set_shape()');
    this.nodes.handle.setShape(shape);
    this.nodes.value().setShape(shape);
  }
  /** A tensor that is `value` after the variable has been set to it. `{readValue: false}` gives the operation. */
  assign(value: takes.ValueFor<V>, options: takes.AssignOptions & { readonly readValue: false }): Operation;
  assign(...given: Args<'Variable.assign', takes.Assigned<true, takes.ValueFor<V>>>): Like<V>;
  assign(...given: Args<'Variable.assign', takes.Assigned<boolean, takes.ValueFor<V>>>): Tensor | Operation;
  assign(...given: readonly unknown[]): Tensor | Operation {
    const [value, useLocking = false, name, readValue = true] = takes.ASSIGN.take(given);
    const updated = this.nodes.assign(value, { useLocking, name });
    return readValue ? updated.value() : updated.op;
  }
  /** `+= delta` */
  assignAdd(delta: NotText, options: takes.AssignOptions & { readonly readValue: false }): Operation;
  assignAdd(...given: Args<'Variable.assign_add', takes.Added<true>>): Like<V>;
  assignAdd(...given: Args<'Variable.assign_add', takes.Added>): Tensor | Operation;
  assignAdd(...given: Args<'Variable.assign_add', takes.Added>): Tensor | Operation {
    const [delta, useLocking = false, name, readValue = true] = takes.ASSIGN_ADD.take(given);
    const updated = this.nodes.accumulate('Add', delta, { useLocking, name });
    return readValue ? updated.value() : updated.op;
  }
  /** `-= delta` */
  assignSub(delta: NotText, options: takes.AssignOptions & { readonly readValue: false }): Operation;
  assignSub(...given: Args<'Variable.assign_sub', takes.Added<true>>): Like<V>;
  assignSub(...given: Args<'Variable.assign_sub', takes.Added>): Tensor | Operation;
  assignSub(...given: Args<'Variable.assign_sub', takes.Added>): Tensor | Operation {
    const [delta, useLocking = false, name, readValue = true] = takes.ASSIGN_SUB.take(given);
    const updated = this.nodes.accumulate('Sub', delta, { useLocking, name });
    return readValue ? updated.value() : updated.op;
  }
  /** The value, which is one more afterwards. @throws OutOfRangeError  when it has reached `limit` */
  countUpTo(...given: Args<'Variable.count_up_to', [limit: number, name?: string]>): Tensor {
    const [limit, name] = takes.COUNT_UP_TO.take(given);
    return this.nodes.countUpTo(limit, name);
  }

  /** For `tf.scatter…`. */
  scatter(kind: Scatter, indices: TensorLike, updates: TensorLike, options: UpdateOptions = {}): Tensor {
    return this.nodes.scatter(kind, indices, updates, options).value();
  }
  /** For `tf.assignAdd` and `tf.assignSub`. */
  accumulate(type: 'Add' | 'Sub', delta: TensorLike, options: UpdateOptions): Updated {
    return this.nodes.accumulate(type, delta, { ...options, useLocking: options.useLocking ?? false });
  }
  /** For `v.get(…).assign(…)`: sets a part. */
  assignPart(part: Part, value: TensorLike, name: string): Tensor {
    return this.nodes.assignPart(part, value, name).value();
  }
  /** As `assign`, where the shape may change. */
  assignAny(value: TensorLike, options: UpdateOptions & { readonly validateShape?: boolean | null }): Tensor {
    return this.nodes.assign(value, options).value();
  }

  /** Of which larger variable it is a part; null for none. */
  get saveSliceInfo(): SaveSliceInfo | null {
    return this.sliceInfo;
  }
  /** Says of which larger variable it is a part. */
  setSaveSliceInfo(info: SaveSliceInfo): void {
    this.sliceInfo = info;
  }
  /** TensorFlow's VariableDef: the names of the nodes. null outside of `exportScope`. */
  toProto(...given: Args<'Variable.to_proto', [exportScope?: string]>): VariableDef | null {
    return variableDef(this.nodes, this.trainable, takes.TO_PROTO.take(given)[0] ?? null);
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
  /**
   * Its name as text; as a number its tensor says what to do instead.
   */
  [Symbol.toPrimitive](hint: string): string {
    return hint === 'string' && !isParsed(this) ? this.toString() : String(Number(this.nodes.element));
  }
}
export interface Variable<V extends takes.Initial = Untold>
  extends Algebra,
    Known<FetchedOf<V>>,
    SliceableVariable,
    Scattering {}
for (const install of [installAlgebra, installGet, installScattering]) install(Variable.prototype);
guardClass(Variable, 'tf.Variable');
bindMethods(Variable, {
  getShape: 'Variable.get_shape',
  value: 'Variable.value',
  readValue: 'Variable.read_value',
  initializedValue: 'Variable.initialized_value',
  setShape: 'Variable.set_shape',
});
keepMethod(Variable, 'value', 'w.load(5, sess) sets it at once, and sess.run(w.assign(5)) by a node');
