/**
 * The nodes and edges of a graph: Operation and Tensor. The two know each other and their graph, so what a graph can do
 * is said here too, as an interface; graph.ts builds it.
 */
import { checkList } from '../base/border';
import type { DType } from '../base/dtype';
import { ValueError } from '../base/errors';
import { type ShapeLike, TensorShape } from '../base/shape';
import type { Capturing } from './capturing';
import type { Collections } from './collections';
import { checkedSpec, isA, notAn } from './check-parts';
import type { Context, FlowState } from './control-context';
import { type NodeDef, type OpDef, nodeDefOf } from './definition';
import type { GraphState } from './graph-state';
import type { NameScopes } from './names';
import type { Spec } from './node-spec';
import type { Placements } from './placements';
import { statedShape } from './shape-fn';
import type { Attrs } from '../format/attr';
import { AttrHolder } from './attr-holder';
import { SYMBOLIC, isParsed, noLength, notABool, notAnOperand, notIterable } from './symbolic';
import type { Trace } from './trace';

/**
 * One symbolic output of an operation. It has no value; a session computes one.
 *
 *     const x = tf.constant([1, 2], { name: 'x' });
 *     x.name            // 'x:0'
 *     x.mul(3).add(1)   // [4, 7]
 *     x.get(0)          // 1
 */
export class Tensor {
  private shape_: TensorShape = TensorShape.unknown();
  constructor(
    /** The operation that makes it. */
    readonly op: Operation,
    /** Which of its outputs it is. */
    readonly valueIndex: number,
    /** Its element type. */
    readonly dtype: DType,
  ) {
    if (!isA(op, Operation)) throw notAn('Operation', 'op', op);
    if (typeof valueIndex !== 'number') throw notAn('number', 'value_index', valueIndex);
  }
  /** The graph that it is in. */
  get graph(): Graph {
    return this.op.graph;
  }
  /** `<op name>:<output index>` */
  get name(): string {
    return `${this.op.name}:${this.valueIndex}`;
  }
  /** The device that was asked for. */
  get device(): string {
    return this.op.device;
  }
  /** What is known of the shape when the graph is built. */
  get shape(): TensorShape {
    return this.shape_;
  }
  /** Its shape, as far as it is known. */
  getShape(): TensorShape {
    return this.shape_;
  }
  /** Adds what the builder could not infer. @throws ValueError  if it contradicts what is known */
  setShape(shape: ShapeLike | { readonly shape: ShapeLike }): void;
  setShape(shape: ShapeLike): void {
    this.infer(TensorShape.of(shape));
  }
  /**
   * The same for what a shape function says: most shapes of a graph come by it, and it has no arguments to bind.
   *
   * @internal
   */
  infer(shape: TensorShape): void {
    this.shape_ = statedShape(this.shape_, shape);
  }
  /** Operations that read this tensor. */
  consumers(): Operation[] {
    return this.graph.consumersOf(this);
  }
  /** `Tensor("X:0", shape=(?, 784), dtype=float32)`, as TensorFlow's errors print it. */
  toString(): string {
    const shape = this.shape_.dims ? ` shape=${this.shape_},` : '';
    const device = this.device ? `, device=${this.device}` : '';
    return `Tensor("${this.name}",${shape} dtype=${this.dtype.name}${device})`;
  }
  /** `<tf.Tensor 'X:0' shape=(?, 784) dtype=float32>`, Python's repr. */
  repr(): string {
    return `<tf.Tensor '${this.name}' shape=${this.shape_} dtype=${this.dtype.name}>`;
  }
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string' && !isParsed(this)) return this.toString();
    throw notABool(this, this.op.trace.line, hint === 'default' ? hint : 'number');
  }
  /** What JSON can say of a tensor: it has no value. */
  toJSON(): object {
    return { tensor: this.name, dtype: this.dtype.name, shape: this.shape_.dims, op: this.op.type, note: SYMBOLIC };
  }
  [Symbol.iterator](): Iterator<never> {
    throw notIterable(this, this.op.trace.line);
  }
  /** A tensor is no list. @throws TypeError  always */
  get length(): never {
    throw noLength(this, this.op.trace.line);
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const { line } = this.op.trace;
    return `${this.repr()} from op ${this.op.type}${line ? ` made at ${line}` : ''} (${SYMBOLIC})`;
  }
}

/** All that makes a node: a value, before it is one. */
export type NodeSpec = Spec<Tensor, Operation>;
/** Takes nodes: a graph. Nothing but the spec says what a node is. */
export interface Emitter {
  /** Takes a node whose parts are settled; what builds nodes goes through here. */
  emit(spec: NodeSpec): Operation;
}

/**
 * A node: an op type, attributes, inputs, control inputs, and outputs.
 *
 *     const { op } = tf.matmul([[1]], [[2]], { name: 'product' });
 *     [op.name, op.type, op.inputs.length]   // ['product', 'MatMul', 2]
 */
export class Operation extends AttrHolder {
  /** Its name, which no other node of the graph has. */
  readonly name: string;
  /** Its op type. */
  readonly type: string;
  private outputs_: readonly Tensor[];
  /** The device that was asked for. */
  readonly device: string;
  /** What its op type says of inputs, outputs and attributes. */
  readonly def: OpDef;
  /** What its bytes held that this version does not know. */
  readonly unknown: Uint8Array | null;
  /** The stack that made the node. */
  readonly trace: Trace;
  /** The operation this one is the gradient of, where it is one. */
  originalOp: Operation | null = null;
  /** The branch or loop that it was made in, as TensorFlow's `_control_flow_context`. For builders of control flow. */
  context: ControlContext | null;
  private edges_: readonly (Tensor | null)[];
  private complete: readonly Tensor[] | null;
  private controls: readonly Operation[];
  constructor(
    /** The graph that it is in. */
    readonly graph: Graph,
    /** Position in the graph's order of creation. */ readonly id: number,
    spec: NodeSpec,
  ) {
    super(checkedSpec(spec).attrs);
    this.name = spec.name;
    this.type = spec.def.type;
    this.def = spec.def;
    this.edges_ = spec.inputs;
    this.complete = allSet(spec.inputs);
    this.controls = [...spec.controls];
    this.device = spec.device;
    this.trace = spec.trace;
    this.unknown = spec.unknown ?? null;
    this.context = graph.flow.context;
    this.outputs_ = spec.outputTypes.map((dtype, i) => new Tensor(this, i, dtype));
  }
  /** The tensors that it makes. */
  get outputs(): readonly Tensor[] {
    return this.outputs_;
  }
  /** The tensors that it is computed from. */
  get inputs(): readonly Tensor[] {
    if (!this.complete)
      throw new ValueError(`Input ${this.edges_.indexOf(null)} of '${this.name}' (op: '${this.type}') is not set yet.`);
    return this.complete;
  }
  /** The inputs, null for one that is still to be set. */
  get edges(): readonly (Tensor | null)[] {
    return this.edges_;
  }
  /** Whether all its inputs are there. */
  get isComplete(): boolean {
    return this.complete !== null;
  }
  /** The operations that it waits for. */
  get controlInputs(): readonly Operation[] {
    return this.controls;
  }
  /** For `Graph.updateInput`, which checks the edge and keeps the readers of tensors true. */
  replaceInput(index: number, tensor: Tensor): void {
    this.edges_ = this.edges_.map((t, i) => (i === index ? tensor : t));
    this.complete = allSet(this.edges_);
  }
  /**
   * Adds inputs, outputs and attributes to a node that calls functions. For their gradients.
   *
   * @internal
   */
  extend(inputs: readonly Tensor[], outputTypes: readonly DType[], attrs: NodeSpec['attrs']): void {
    checkList(inputs, 'inputs');
    checkList(outputTypes, 'output_types');
    const { length } = this.edges_;
    this.edges_ = [...this.edges_, ...inputs.map(() => null)];
    this.complete = allSet(this.edges_);
    this.setAttrs(attrs);
    const made = outputTypes.map((dtype, i) => new Tensor(this, this.outputs_.length + i, dtype));
    this.outputs_ = [...this.outputs_, ...made];
    inputs.forEach((tensor, i) => this.graph.updateInput(this, length + i, tensor));
    this.graph.edgeChanged();
  }
  /** The node as a plain object. */
  get nodeDef(): NodeDef {
    return nodeDefOf(this);
  }
  /** Adds an edge that orders without carrying data. For builders of control flow and train ops. */
  addControlInput(op: Operation): void {
    this.setControlInputs([...this.controls, op]);
  }
  /** Sets what it waits for. For builders of control flow. */
  setControlInputs(ops: readonly Operation[]): void {
    this.controls = ops;
    this.graph.edgeChanged();
  }
  /** The groups of operations this one must stand beside: `_class` without `loc:@`. */
  colocationGroups(): string[] {
    return this.findAttr('_class') === undefined ? [`loc:@${this.name}`] : [...this.attr('_class', 'list(string)')];
  }
  override toString(): string {
    return `<tf.Operation '${this.name}' type=${this.type}>`;
  }
  /** What JSON says of it. */
  toJSON(): object {
    return { operation: this.name, op: this.type, inputs: this.inputs.map((t) => t.name), note: SYMBOLIC };
  }
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw notAnOperand(this, this.trace.line);
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this}${this.trace.line ? ` made at ${this.trace.line}` : ''} (${SYMBOLIC})`;
  }
}
function allSet(edges: readonly (Tensor | null)[]): readonly Tensor[] | null {
  return edges.every((t): t is Tensor => t !== null) ? edges : null;
}

/** A branch or a loop that is being built. */
export type ControlContext = Context<Operation>;

/** A dataflow graph. Nodes are added, never removed. */
export interface Graph extends Emitter, GraphState, NameScopes, Placements<Operation | Tensor>, Collections {
  /** The branches and loops that are being built. */
  readonly flow: FlowState<Operation, Tensor>;
  /** Of the graph of a function: what takes in what lies outside. */
  readonly capturing: Capturing<Graph, Operation, Tensor> | null;
  /** Operations in order of creation. */
  getOperations(): readonly Operation[];
  /** Adds a node as the open scopes say, and infers its shapes. Users call the functions of src/ops. */
  createOp(
    type: string,
    inputs: readonly Tensor[],
    outputTypes: readonly DType[],
    attrs: Attrs,
    name: string,
    caller?: (...args: never[]) => unknown,
  ): Operation;
  /** Sets an input, for the first time or anew: a loop's way back. @throws InvalidArgumentError  if it does not fit */
  updateInput(op: Operation, index: number, tensor: Tensor): void;
  /** Runs `body` with this graph as the default one. */
  asDefault<R>(body: (graph: Graph) => R | []): R;
  /** Runs `body`; every op made in it waits for `inputs`. null clears the open blocks. */
  controlDependencies<R>(inputs: Waitables | { readonly controlInputs: Waitables }, body: () => R | []): R;
  /** Operations that the open blocks would add to a new op without inputs. */
  readonly currentControlInputs: Operation[];
  /** Runs `body`; ops made in it get these attributes where they have none of that name. */
  attrScope<R>(attrs: Attrs, body: () => R): R;
  /** Runs `body`; ops made in it are said to be made where `caller` was called: one stack for many. null: one each. */
  madeAt<R>(caller: ((...args: never[]) => unknown) | null, body: () => R): R;

  /** @throws KeyError  if there is no such operation, ValueError if the name is a tensor's */
  getOperationByName(name: string | { readonly name: string }): Operation;
  /** @throws KeyError  if there is no such tensor, ValueError if the name is not a tensor's */
  getTensorByName(name: string | { readonly name: string }): Tensor;
  /** The operation of that name, or undefined. */
  findOperation(name: string): Operation | undefined;
  /** A tensor or operation of this graph from itself or its name. */
  asGraphElement(obj: unknown, allowTensor: true, allowOperation: false): Tensor;
  asGraphElement(obj: unknown, allowTensor: false, allowOperation: true): Operation;
  asGraphElement(obj: unknown, allowTensor?: boolean, allowOperation?: boolean): Tensor | Operation;
  /** Operations that read a tensor. */
  consumersOf(tensor: Tensor): Operation[];
}
/** What one can wait for: an operation, or a value for the sake of its operation. */
export type Waitable = Operation | { readonly op: Operation };
export type Waitables = readonly Waitable[] | null;
