/**
 * The data model: a Graph of Operations joined by Tensors. The three know each other, so they live together.
 * Building nodes from op definitions is apply.ts; operators on tensors are algebra.ts.
 */
import type { DType } from '../base/dtype';
import { KeyError, OperatorNotAllowedInGraphError, RuntimeError, TypeError_, ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { mergeDevices } from './device-spec';
import { shapeCure } from './shape-cure';
import { type AttrValue, Signature } from './signature';
import { Trace } from './trace';

/** What a shape function throws; the node, its operands and their lines are added where it is caught. */
export class ShapeError extends Error {}

declare const scalarBrand: unique symbol;
/** A tensor whose rank is 0 by construction: `sess.run` types its value as a plain `T`. */
export type ScalarTensor<T extends number | boolean | string = number> = Tensor & { readonly [scalarBrand]: T };
export type { scalarBrand };

/** A node attribute set in plain JavaScript: NodeDef without the bytes. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly device: string;
  readonly attr: Readonly<Record<string, AttrValue>>;
}

const SYMBOLIC = 'symbolic: run it in a session';

/** One symbolic output of an operation. It has no value; a session computes one. */
export class Tensor {
  private shape_: TensorShape = TensorShape.unknown();
  constructor(
    readonly op: Operation,
    readonly valueIndex: number,
    readonly dtype: DType,
  ) {}
  get graph(): Graph {
    return this.op.graph;
  }
  /** `<op name>:<output index>` */
  get name(): string {
    return `${this.op.name}:${this.valueIndex}`;
  }
  get device(): string {
    return this.op.device;
  }
  /** What is known of the shape when the graph is built. */
  get shape(): TensorShape {
    return this.shape_;
  }
  getShape(): TensorShape {
    return this.shape_;
  }
  /** Adds what the builder could not infer. @throws ValueError  if it contradicts what is known */
  setShape(shape: TensorShape | readonly (number | null)[] | null): void {
    this.shape_ = this.shape_.mergeWith(shape);
  }
  /** Operations that read this tensor. */
  consumers(): Operation[] {
    return this.graph.consumersOf(this);
  }
  /** `Tensor("X:0", shape=(?, 784), dtype=float32)`, as TensorFlow's errors print it. */
  toString(): string {
    const shape = this.shape_.dims ? ` shape=${this.shape_},` : ' shape=<unknown>,';
    const device = this.device ? `, device=${this.device}` : '';
    return `Tensor("${this.name}",${shape} dtype=${this.dtype.name}${device})`;
  }
  /** `<tf.Tensor 'X:0' shape=(?, 784) dtype=float32>`, Python's repr. */
  repr(): string {
    return `<tf.Tensor '${this.name}' shape=${this.shape_} dtype=${this.dtype.name}>`;
  }
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new OperatorNotAllowedInGraphError(
      `using a \`tf.Tensor\` as a Python \`bool\` is not allowed in Graph execution. Use Eager execution or decorate this function with @tf.function.${this.symbolic()}` +
        '\n  fix: for arithmetic use its methods (a.add(b), a.less(b)); for a value run it first: sess.run(tensor).',
    );
  }
  /** What JSON can say of a tensor: it has no value. */
  toJSON(): object {
    return { tensor: this.name, dtype: this.dtype.name, shape: this.shape_.dims, op: this.op.type, note: SYMBOLIC };
  }
  [Symbol.iterator](): Iterator<never> {
    throw new OperatorNotAllowedInGraphError(
      `iterating over \`tf.Tensor\` is not allowed in Graph execution. Use Eager execution or decorate this function with @tf.function.${this.symbolic()}` +
        '\n  fix: to split it into tensors use tf.unstack(tensor); for its values run it first: sess.run(tensor).',
    );
  }
  /** A tensor is no list. @throws TypeError  always */
  get length(): never {
    throw new TypeError_(
      `len is not well defined for symbolic Tensors. (${this.name}) Please call \`x.shape\` rather than \`len(x)\` for shape information.${this.symbolic()}` +
        '\n  fix: tensor.shape.dims is what is known of its shape now; tf.shape(tensor) and tf.size(tensor) are its sizes when the graph runs.',
    );
  }
  private symbolic(): string {
    return `\n  ${this} is symbolic: it has no value until a session runs it.${this.op.trace.line ? `\n  made at ${this.op.trace.line}` : ''}`;
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const line = this.op.trace.line;
    return `${this.repr()} from op ${this.op.type}${line ? ` made at ${line}` : ''} (${SYMBOLIC})`;
  }
}

/** The sparse gradient of a gather: rows `values[i]` of a tensor of shape `denseShape`, at `indices[i]`. */
export class IndexedSlices {
  constructor(
    readonly values: Tensor,
    readonly indices: Tensor,
    readonly denseShape: Tensor | null = null,
  ) {}
  get dtype(): DType {
    return this.values.dtype;
  }
  /** The dense tensor's; how many rows it has is not known here. */
  get shape(): TensorShape {
    return this.values.shape.dims ? new TensorShape([null, ...this.values.shape.dims.slice(1)]) : this.values.shape;
  }
  get graph(): Graph {
    return this.values.graph;
  }
  get op(): Operation {
    return this.values.op;
  }
  get name(): string {
    return this.values.name;
  }
  toString(): string {
    return `IndexedSlices(indices=${this.indices}, values=${this.values}${this.denseShape ? `, dense_shape=${this.denseShape}` : ''})`;
  }
}

export interface OperationSpec {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly controlInputs: readonly Operation[];
  readonly outputTypes: readonly DType[];
  readonly attrs: Record<string, AttrValue>;
  readonly device: string;
  readonly trace: Trace;
}

/** A node: an op type, attributes, inputs, control inputs, and outputs. */
export class Operation {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly device: string;
  readonly def: OpDef;
  /** The stack that made the node. */
  readonly trace: Trace;
  /** The operation this one is the gradient of, where it is one. */
  originalOp: Operation | null = null;
  private readonly controls: Operation[];
  constructor(
    readonly graph: Graph,
    /** Position in the graph's order of creation. */ readonly id: number,
    spec: OperationSpec,
    private readonly attrs: Record<string, AttrValue>,
  ) {
    this.name = spec.name;
    this.type = spec.type;
    this.inputs = spec.inputs;
    this.controls = [...spec.controlInputs];
    this.device = spec.device;
    this.def = opDef(spec.type);
    this.trace = spec.trace;
    this.outputs = spec.outputTypes.map((dtype, i) => new Tensor(this, i, dtype));
  }
  get controlInputs(): readonly Operation[] {
    return this.controls;
  }
  /** An attribute's value. @throws ValueError  if the node has none of that name */
  getAttr<T extends AttrValue = AttrValue>(name: string): T {
    const value = this.attrs[name];
    if (value === undefined) throw new ValueError(`Operation '${this.name}' has no attr named '${name}'.`);
    return value as T;
  }
  /** An attribute's value, or undefined. */
  attr<T extends AttrValue = AttrValue>(name: string): T | undefined {
    return this.attrs[name] as T | undefined;
  }
  get attrNames(): string[] {
    return Object.keys(this.attrs);
  }
  get nodeDef(): NodeDef {
    const input = [
      ...this.inputs.map((t) => (t.valueIndex === 0 ? t.op.name : t.name)),
      ...this.controls.map((c) => `^${c.name}`),
    ];
    return { name: this.name, op: this.type, input, device: this.device, attr: { ...this.attrs } };
  }
  /** Adds an edge that orders without carrying data. For builders of control flow and train ops. */
  addControlInput(op: Operation): void {
    this.controls.push(op);
    this.graph.touch();
  }
  /** The groups of operations this one must stand beside: `_class` without `loc:@`. */
  colocationGroups(): string[] {
    const groups = this.attrs['_class'] as readonly string[] | undefined;
    return groups ? [...groups] : [`loc:@${this.name}`];
  }
  toString(): string {
    return `<tf.Operation '${this.name}' type=${this.type}>`;
  }
  toJSON(): object {
    return { operation: this.name, op: this.type, inputs: this.inputs.map((t) => t.name), note: SYMBOLIC };
  }
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new TypeError_(
      `unsupported operand type(s): 'Operation'\n  ${this} is a node of the graph${this.trace.line ? `, made at ${this.trace.line}` : ''}: it has outputs, and no value.` +
        '\n  fix: run it (sess.run(op)), or compute with its outputs: op.outputs[0].add(1).',
    );
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this}${this.trace.line ? ` made at ${this.trace.line}` : ''} (${SYMBOLIC})`;
  }
}

interface Controller {
  readonly ops: readonly Operation[];
  readonly seen: Set<Operation>;
}

const VALID_OP = /^[A-Za-z0-9.][A-Za-z0-9_.\-/]*$/;
const VALID_SCOPE = /^[A-Za-z0-9_.\-/]*$/;
function nameCure(name: string): string {
  const valid = name.replace(/[^A-Za-z0-9_.\-/]+/g, '_').replace(/^[^A-Za-z0-9.]+|_+$/g, '');
  return `\n  fix: a name has letters, digits and _ . - / and begins with a letter, a digit or a dot${valid ? `: '${valid}'` : ''}.`;
}

/** A dataflow graph. Nodes are added, never removed. */
export class Graph {
  private readonly byName = new Map<string, Operation>();
  private readonly ops: Operation[] = [];
  private readonly namesInUse = new Map<string, number>();
  private readonly collections = new Map<string, unknown[]>();
  private readonly readers = new Map<Tensor, Operation[]>();
  private readersUpTo = 0;
  private nameStack = '';
  private controllers: Controller[] = [];
  private devices: string[] = [];
  private colocation: Operation[] = [];
  private attrScopes: Readonly<Record<string, AttrValue>> = {};
  private gradientOverrides: Readonly<Record<string, string>> = {};
  private trace: Trace | null = null;
  private finalized_ = false;
  private edits = 0;
  /** The graph-level seed, or null. */
  seed: number | null = null;

  /** Operations in order of creation. */
  getOperations(): readonly Operation[] {
    return this.ops;
  }
  /** Counts the changes so far: a plan made at one version is good for that version. */
  get version(): number {
    return this.ops.length + this.edits;
  }
  /** Number of nodes made so far: TensorFlow's rule for op seeds reads it. */
  get lastId(): number {
    return this.ops.length;
  }
  touch(): void {
    this.edits++;
  }
  get finalized(): boolean {
    return this.finalized_;
  }
  /** Makes the graph read-only. */
  finalize(): void {
    this.finalized_ = true;
  }
  /** Lets a session that finalized the graph undo it. */
  unsafeUnfinalize(): void {
    this.finalized_ = false;
  }

  /** Adds a node whose inputs and attributes are settled, and infers its shapes. Users call the functions of src/ops. */
  createOp(
    type: string,
    inputs: readonly Tensor[],
    outputTypes: readonly DType[],
    attrs: Record<string, AttrValue>,
    name: string,
    caller: (...args: never[]) => unknown = this.createOp,
  ): Operation {
    this.checkNotFinalized(
      () => `'${name}' (op type: ${type}) would be added at ${new Trace(caller).line ?? 'an unknown line'}`,
    );
    for (const input of inputs) this.checkOwns(input, inputs[0]);
    const scoped = name.endsWith('/') ? name.slice(0, -1) : this.uniqueName(name);
    if (!VALID_OP.test(scoped)) throw new ValueError(`'${scoped}' is not a valid node name${nameCure(scoped)}`);
    const all: Record<string, AttrValue> = { ...attrs };
    for (const [key, value] of Object.entries(this.attrScopes)) all[key] ??= value;
    if (this.colocation.length)
      all['_class'] = [...new Set(this.colocation.flatMap((other) => other.colocationGroups()))].sort();
    const override = this.gradientOverrides[type];
    if (override && all['_gradient_op_type'] === undefined) all['_gradient_op_type'] = override;
    const op = new Operation(
      this,
      this.ops.length,
      {
        type,
        name: scoped,
        inputs,
        outputTypes,
        attrs: all,
        trace: this.trace ?? new Trace(caller),
        controlInputs: this.controlsFor(inputs),
        device: this.colocation.reduce((device, other) => other.device || device, '') || mergeDevices(this.devices),
      },
      all,
    );
    inferShapes(op);
    this.ops.push(op);
    this.byName.set(op.name, op);
    for (const controller of this.controllers) controller.seen.add(op);
    return op;
  }
  /** @throws RuntimeError  once the graph is finalized */
  checkNotFinalized(what?: () => string): void {
    if (!this.finalized_) return;
    throw new RuntimeError(
      `Graph is finalized and cannot be modified.${what ? `\n  ${what()}` : ''}` +
        '\n  fix: build everything before graph.finalize(); in a loop, feed what changes through a placeholder.',
    );
  }
  private checkOwns(input: Tensor, first: Tensor): void {
    if (input.graph !== this) {
      const other = first !== input && first.graph !== input.graph ? first : null;
      throw new ValueError(
        `${input} must be from the same graph as ${other ?? "the default graph's tensors"}.` +
          (input.op.trace.line ? `\n  ${input.name} was made at ${input.op.trace.line}` : '') +
          (other?.op.trace.line ? `\n  ${other.name} was made at ${other.op.trace.line}` : '') +
          '\n  fix: build both inside one graph.asDefault(() => …), or call tf.resetDefaultGraph() only before building.',
      );
    }
  }
  /** Control inputs from the open `controlDependencies` blocks, less what the inputs imply: TensorFlow's rule. */
  private controlsFor(inputs: readonly Tensor[]): Operation[] {
    const out: Operation[] = [];
    if (!this.controllers.length) return out;
    const direct = new Set(inputs.map((t) => t.op));
    for (const controller of this.controllers) {
      if (inputs.some((t) => controller.seen.has(t.op))) continue;
      for (const op of controller.ops) if (!direct.has(op) && !out.includes(op)) out.push(op);
    }
    return out;
  }

  // --- names --------------------------------------------------------------------------------------

  /** A name nobody uses, as TensorFlow makes it: `name`, `name_1`, … in the current scope. */
  uniqueName(name: string, markAsUsed = true): string {
    const full = this.nameStack ? `${this.nameStack}/${name}` : name;
    const key = full.toLowerCase();
    let i = this.namesInUse.get(key) ?? 0;
    if (markAsUsed) this.namesInUse.set(key, i + 1);
    if (i === 0) return full;
    let unique = key;
    while (this.namesInUse.has(unique)) unique = `${key}_${i++}`;
    if (markAsUsed) this.namesInUse.set(unique, 1);
    return `${full}_${i - 1}`;
  }
  /** The open name scope, without its final slash. */
  get scopeName(): string {
    return this.nameStack;
  }
  /** Runs `body` with names prefixed. A name that ends in a slash re-enters that scope; null or '' is the root. */
  nameScope<R>(name: string | null, body: (scope: string) => R): R {
    if (name && !(this.nameStack ? VALID_SCOPE : VALID_OP).test(name))
      throw new ValueError(`'${name}' is not a valid scope name${nameCure(name)}`);
    const outer = this.nameStack;
    this.nameStack = !name ? '' : name.endsWith('/') ? name.slice(0, -1) : this.uniqueName(name);
    try {
      return body(this.nameStack ? `${this.nameStack}/` : '');
    } finally {
      this.nameStack = outer;
    }
  }

  // --- scopes of control, device, colocation, gradients -------------------------------------------------

  /** Runs `body`; every op made in it waits for `inputs`. null clears the open blocks. */
  controlDependencies<R>(inputs: readonly (Operation | Tensor | IndexedSlices)[] | null, body: () => R): R {
    const outer = this.controllers;
    const ops = (inputs ?? []).map((x) => this.ownOperation(x));
    const mine: Controller = { ops, seen: new Set() };
    this.controllers = inputs === null ? [mine] : [...outer, mine];
    try {
      return body();
    } finally {
      this.controllers = outer;
    }
  }
  private ownOperation(x: Operation | Tensor | IndexedSlices): Operation {
    if (x instanceof IndexedSlices) return x.op;
    try {
      const element = this.asGraphElement(x);
      return element instanceof Tensor ? element.op : element;
    } catch (error) {
      const { line } = (x instanceof Operation ? x : (x?.op ?? {})).trace ?? {};
      if (error instanceof ValueError)
        error.message += `${line ? `\n  it was made at ${line}` : ''}\n  fix: what waits, and what it waits for, must be of one graph: build both inside graph.asDefault(() => …).`;
      throw error;
    }
  }
  /** Operations that the open blocks would add to a new op without inputs. */
  get currentControlInputs(): Operation[] {
    return this.controlsFor([]);
  }
  /** Runs `body`; ops made in it carry the device string. null clears. */
  device<R>(name: string | null, body: () => R): R {
    const outer = this.devices;
    this.devices = name === null ? [] : [...outer, name];
    try {
      return body();
    } finally {
      this.devices = outer;
    }
  }
  /** Runs `body`; ops made in it are placed with `op`, whatever `device` says outside. null clears. */
  colocateWith<R>(op: Operation | Tensor | null, body: () => R, ignoreExisting = false): R {
    const [colocation, devices] = [this.colocation, this.devices];
    const target = op instanceof Tensor ? op.op : op;
    this.colocation = !target ? [] : ignoreExisting ? [target] : [...colocation, target];
    this.devices = [];
    try {
      return body();
    } finally {
      this.colocation = colocation;
      this.devices = devices;
    }
  }
  /** Runs `body`; ops made in it get these attributes where they have none of that name. */
  attrScope<R>(attrs: Readonly<Record<string, AttrValue>>, body: () => R): R {
    const outer = this.attrScopes;
    this.attrScopes = { ...outer, ...attrs };
    try {
      return body();
    } finally {
      this.attrScopes = outer;
    }
  }
  /** Runs `body`; ops made in it are said to be made where `caller` was called: one stack for many. null goes back to one each. */
  madeAt<R>(caller: ((...args: never[]) => unknown) | null, body: () => R): R {
    const outer = this.trace;
    this.trace = caller && new Trace(caller);
    try {
      return body();
    } finally {
      this.trace = outer;
    }
  }
  /** Runs `body`; ops of the mapped types made in it use the named gradient functions instead. */
  gradientOverrideMap<R>(map: Readonly<Record<string, string>>, body: () => R): R {
    const outer = this.gradientOverrides;
    this.gradientOverrides = { ...outer, ...map };
    try {
      return body();
    } finally {
      this.gradientOverrides = outer;
    }
  }

  // --- looking up ---------------------------------------------------------------------------------------

  /** @throws KeyError  if there is no such operation, ValueError if the name is a tensor's */
  getOperationByName(name: string): Operation {
    return this.asGraphElement(name, false, true) as Operation;
  }
  /** @throws KeyError  if there is no such tensor, ValueError if the name is not a tensor's */
  getTensorByName(name: string): Tensor {
    return this.asGraphElement(name, true, false) as Tensor;
  }
  /** The operation of that name, or undefined. */
  findOperation(name: string): Operation | undefined {
    return this.byName.get(name);
  }
  /** A tensor or operation of this graph from itself or its name. */
  asGraphElement(obj: unknown, allowTensor = true, allowOperation = true): Tensor | Operation {
    const wanted = allowTensor && allowOperation ? 'Tensor or Operation' : allowTensor ? 'Tensor' : 'Operation';
    if (typeof obj === 'string') return this.elementByName(obj, allowTensor, allowOperation);
    if (obj instanceof Tensor && allowTensor) {
      if (obj.graph !== this) throw new ValueError(`Tensor ${obj} is not an element of this graph.`);
      return obj;
    }
    if (obj instanceof Operation && allowOperation) {
      if (obj.graph !== this) throw new ValueError(`Operation ${obj} is not an element of this graph.`);
      return obj;
    }
    throw new TypeError_(`Can not convert a ${pythonType(obj)} into a ${wanted}.`);
  }
  private elementByName(name: string, allowTensor: boolean, allowOperation: boolean): Tensor | Operation {
    const colon = name.indexOf(':');
    if (colon >= 0 && allowTensor) {
      const [opName, index] = [name.slice(0, colon), Number(name.slice(colon + 1))];
      if (!/^\d+$/.test(name.slice(colon + 1))) {
        throw new ValueError(
          `The name ${pythonRepr(name)} looks a like a Tensor name, but is not a valid one. Tensor names must be of the form "<op_name>:<output_index>".`,
        );
      }
      const op = this.byName.get(opName);
      if (!op)
        throw new KeyError(
          `The name ${pythonRepr(name)} refers to a Tensor which does not exist. The operation, ${pythonRepr(opName)}, does not exist in the graph.`,
        );
      if (!op.outputs[index])
        throw new KeyError(
          `The name ${pythonRepr(name)} refers to a Tensor which does not exist. The operation, ${pythonRepr(opName)}, exists but only has ${op.outputs.length} outputs.`,
        );
      return op.outputs[index];
    }
    if (colon >= 0) throw new ValueError(`Name ${pythonRepr(name)} appears to refer to a Tensor, not a Operation.`);
    const op = this.byName.get(name);
    if (!allowOperation) {
      throw new ValueError(
        op
          ? `The name ${pythonRepr(name)} refers to an Operation, not a Tensor. Tensor names must be of the form "<op_name>:<output_index>".`
          : `The name ${pythonRepr(name)} looks like an (invalid) Operation name, not a Tensor. Tensor names must be of the form "<op_name>:<output_index>".`,
      );
    }
    if (!op) throw new KeyError(`The name ${pythonRepr(name)} refers to an Operation not in the graph.`);
    return op;
  }
  consumersOf(tensor: Tensor): Operation[] {
    for (; this.readersUpTo < this.ops.length; this.readersUpTo++) {
      const op = this.ops[this.readersUpTo];
      for (const input of new Set(op.inputs)) {
        const list = this.readers.get(input);
        if (list) list.push(op);
        else this.readers.set(input, [op]);
      }
    }
    return [...(this.readers.get(tensor) ?? [])];
  }

  // --- collections --------------------------------------------------------------------------------------

  addToCollection(name: string, value: unknown): void {
    this.checkNotFinalized();
    this.getCollectionRef(name).push(value);
  }
  addToCollections(names: readonly string[], value: unknown): void {
    for (const name of new Set(names)) this.addToCollection(name, value);
  }
  /** A copy of a collection; with a scope, the items whose name matches it from the start (a regular expression). */
  getCollection<T = unknown>(name: string, scope?: string | null): T[] {
    const items = (this.collections.get(name) ?? []) as T[];
    if (!scope) return [...items];
    const pattern = new RegExp(`^(?:${scope})`);
    return items.filter((item) => pattern.test((item as { name?: string }).name ?? ''));
  }
  /** The collection itself: what is pushed to it stays. */
  getCollectionRef(name: string): unknown[] {
    let items = this.collections.get(name);
    if (!items) this.collections.set(name, (items = []));
    return items;
  }
  getAllCollectionKeys(): string[] {
    return [...this.collections.keys()];
  }
  clearCollection(name: string): void {
    this.collections.delete(name);
  }

  /** Runs `body` with this graph as the default one. */
  asDefault<R>(body: (graph: Graph) => R): R {
    GRAPHS.push(this);
    try {
      return body(this);
    } finally {
      GRAPHS.pop();
    }
  }
}

// --- default graph, sessions, gradient functions --------------------------------------------------------------

const GRAPHS: Graph[] = [];
let globalGraph: Graph | null = null;

/** The graph that new nodes go to. */
export function getDefaultGraph(): Graph {
  return GRAPHS[GRAPHS.length - 1] ?? (globalGraph ??= new Graph());
}
/** Starts over with an empty default graph. @throws AssertionError  inside `graph.asDefault` */
export function replaceDefaultGraph(): boolean {
  if (GRAPHS.length) return false;
  globalGraph = new Graph();
  return true;
}

const GRADIENTS = new Map<string, GradFn | 'none'>();
/** Registers a gradient function (or that there is none) under a name, for `gradientOverrideMap` and for op types without one. */
export function registerGradient(type: string, fn: GradFn | 'none'): void {
  if (GRADIENTS.has(type) || ROWS.get(type)?.grad !== undefined)
    throw new KeyError(`Registering two gradient with name '${type}'!`);
  GRADIENTS.set(type, fn);
}
/** The gradient function of a node: its override, what was registered, or its row's. An override may name another op type. */
export function gradientFunction(op: Operation): GradFn | 'none' | undefined {
  const named = op.attr<string>('_gradient_op_type') ?? op.type;
  return GRADIENTS.get(named) ?? ROWS.get(named)?.grad;
}

/** Inputs whose values the running shape function has asked for: TensorFlow's errors list them. */
const computed = new Map<number, string>();
const computedShapes = new Map<number, string>();
/** For `constantInput` and `shapeInput`, which shape functions call. */
export function noteComputedInput(index: number, text: string): void {
  computed.set(index, text);
}
export function noteComputedShape(index: number, text: string): void {
  computedShapes.set(index, text);
}

function inferShapes(op: Operation): void {
  if (!op.def.row.shape) return;
  computed.clear();
  computedShapes.clear();
  try {
    op.def.row.shape(op).forEach((shape, i) => op.outputs[i]?.setShape(shape));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const values = [...computed]
      .filter(([i]) => !computedShapes.has(i))
      .sort(([i], [k]) => i - k)
      .map(([i, text]) => `input[${i}] = ${text}`);
    const shapes = [...computedShapes].sort(([i], [k]) => i - k).map(([i, text]) => `input[${i}] = ${text}`);
    throw new ValueError(
      `${error.message} for '${op.name}' (op: '${op.type}') with input shapes: ${op.inputs.map((t) => t.shape.toCString()).join(', ')}` +
        `${values.length ? ` and with computed input tensors: ${values.join(', ')}` : ''}${shapes.length ? ` and with input tensors computed as partial shapes: ${shapes.join(',')}` : ''}.` +
        inputNames(op)
          .map((arg, i) => {
            const t = op.inputs[i];
            return `\n  ${arg}: ${t.name} ${t.shape.toCString()}${t.op.trace.line ? `, made at ${t.op.trace.line}` : ''}`;
          })
          .join('') +
        (op.trace.line ? `\n  the failing node is made at ${op.trace.line}` : '') +
        cureOf(op),
    );
  }
}

/** What the op's definition calls each input: `a`, `b`; `values[0]`, `values[1]`, `axis`. */
export function inputNames(op: Operation): string[] {
  const known = op.def.inputs.length;
  return op.def.inputs
    .flatMap((arg) => {
      if (!arg.numberAttr && !arg.typeListAttr) return [arg.name];
      return Array.from({ length: op.inputs.length - known + 1 }, (_, i) => `${arg.name}[${i}]`);
    })
    .slice(0, op.inputs.length);
}
function cureOf(op: Operation): string {
  const names = inputNames(op);
  const cure = shapeCure(
    op.type,
    op.inputs.map((t, i) => ({ arg: names[i], name: t.name, dims: t.shape.dims })),
    (name) => op.attr(name),
  );
  return cure ? `\n  ${cure}` : '';
}

/** `'x'`, as Python prints a string. */
export function pythonRepr(text: string): string {
  return `'${text}'`;
}
/** What Python would call the type of a JavaScript value. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (value instanceof NDArray) return 'ndarray';
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'function':
      return 'function';
    default:
      return Array.isArray(value)
        ? 'list'
        : (value as object).constructor?.name === 'Object'
          ? 'dict'
          : ((value as object).constructor?.name ?? 'object');
  }
}

// --- op types -----------------------------------------------------------------------------------------------

/** A gradient: a tensor, sparse rows of one, or null where there is none. */
export type Grad = Tensor | IndexedSlices | null;
/** Gradients of an op's inputs from those of its outputs (zeros are filled in for outputs without one). */
export type GradFn = (op: Operation, grads: Tensor[]) => Grad | readonly Grad[];
/** Output shapes of an op whose inputs and attributes stand. Throw InvalidShape for a mismatch. */
export type ShapeFn = (op: Operation) => readonly (TensorShape | readonly (number | null)[] | null)[];

export interface OpRow {
  readonly sig: string;
  readonly attrs?: readonly string[];
  /** Without one the output shapes are unknown. */
  readonly shape?: ShapeFn;
  /** A function; 'none' where the op has no derivative and gradients stop silently; absent: asking is an error. */
  readonly grad?: GradFn | 'none';
  /** True where two equal nodes may differ: random numbers, variables, side effects. Never folded or merged. */
  readonly stateful?: boolean;
  readonly commutative?: boolean;
  /** Output 0 may share the memory of input 0. */
  readonly alias?: boolean;
  /** Output 0 is input 0 and nothing else happens: Identity, StopGradient. */
  readonly passesThrough?: boolean;
  /** Where the output has the shape of input 0, it is input 0: Reshape, Tile, Slice, Sum over dimensions of 1. */
  readonly identityIfSameShape?: boolean;
  /** The result where input 0 or 1 is this number everywhere: x + 0, x * 1, x / 1. */
  readonly neutral?: { readonly left?: number; readonly right?: number };
  /** Output 0 is input 0 with its dimensions in the order that input 1 says. */
  readonly permutes?: boolean;
  /** Attributes that say of inputs 0 and 1 that their last two dimensions are exchanged. */
  readonly transposes?: readonly [string, string];
  /** With what reads it, it becomes an op of this type: MatMul, BiasAdd and Relu a _FusedMatMul. */
  readonly fusesInto?: string;
  /** What it is called among the `fused_ops` of such an op. */
  readonly fusedAs?: string;
  /** Sets the variable of input 0 to itself less input 1 times input 2. */
  readonly subtractsProduct?: boolean;
  /** 'none' for stateful ops that change nothing: variables and their reads, random numbers. Others are kept in order. */
  readonly effect?: 'none';
  /** Takes numbers from a random sequence: no pass leaves it out, so that the sequence goes on as without passes. */
  readonly draws?: boolean;
  /** How many products of two elements it sums up, NaN where not all shapes are known. Absent for what does about one per element. */
  readonly products?: (inputs: readonly TensorShape[], output: TensorShape) => number;
  /** Slides a window over pictures. */
  readonly slides?: boolean;
  /** Input 0 may stay uninitialized: the op asks for the variable, not for its value. */
  readonly allowsUninitialized?: boolean;
  /** The value of output 0 where it can be known at build time. Reads other values with `constantValue`. */
  readonly value?: (op: Operation, valueOf: (t: Tensor) => NDArray | null) => NDArray | null;
  /** As `value`, of all outputs. */
  readonly values?: (op: Operation, valueOf: (t: Tensor) => NDArray | null) => readonly (NDArray | null)[] | null;
  /** An output seen as a shape, known in part: as `value`, for shape arithmetic. */
  readonly partial?: (op: Operation, shapeOf: (t: Tensor) => TensorShape | null, output: number) => TensorShape | null;
  /** Role in control flow. */
  readonly control?: 'merge' | 'switch' | 'enter' | 'exit' | 'nextIteration' | 'loopCond';
}
export type OpTable = Readonly<Record<string, OpRow>>;

/** A registered op type: its row, and the row's signature parsed. */
export class OpDef extends Signature {
  constructor(
    readonly type: string,
    readonly row: OpRow,
  ) {
    super(row.sig, row.attrs ?? []);
  }
  get stateful(): boolean {
    return this.row.stateful === true;
  }
}

const ROWS = new Map<string, OpRow>();
const PARSED = new Map<string, OpDef>();

/** Adds op types. A type is registered once. */
export function registerOps(table: OpTable): void {
  for (const [type, row] of Object.entries(table)) {
    if (ROWS.has(type)) throw new RuntimeError(`Op type ${type} is registered twice.`);
    ROWS.set(type, row);
  }
}
/** The definition of an op type. @throws ValueError  where none is registered */
export function opDef(type: string): OpDef {
  let def = PARSED.get(type);
  if (def) return def;
  const row = ROWS.get(type);
  if (!row)
    throw new ValueError(`Op type not registered '${type}'. Known are ${ROWS.size} types; see tf.registeredOps().`);
  def = new OpDef(type, row);
  PARSED.set(type, def);
  return def;
}
/** All registered op types, in order of registration. */
export function registeredOps(): string[] {
  return [...ROWS.keys()];
}
