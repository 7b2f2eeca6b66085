/**
 * The data model: a Graph of Operations joined by Tensors. What a graph can do stands in operation.ts, beside its
 * nodes; building nodes from op definitions is apply.ts; operators on tensors are algebra.ts.
 */
import { checkBody, endsAtOnce, isList } from '../base/border';
import { isA } from '../base/preview';
import type { DType } from '../base/dtype';
import { ValueError } from '../base/errors';
import { isPlainBlock, bindMethods } from '../calls/methods';
import { checkOwns, ownInputs } from './check-owns';
import { checkParts, checkPlace } from './check-parts';
import { type CollectionStore, collectionsOf } from './collections';
import { FlowState } from './control-context';
import { enterContext } from './enter-context';
import type { OpDef } from './definition';
import * as takes from './graph-arguments';
import { graphMessage } from './graph-message';
import { inferShapes } from './infer-shapes';
import { edgeToChange } from './edges';
import { FunctionLibrary } from './library';
import { asGraphElement, finalizedError } from './lookup';
import { Names } from './names';
import { definitionOf } from './opdef';
import { type Graph as GraphModel, type NodeSpec, Operation, type Tensor, type Waitables } from './operation';
import { type Key, Owned } from './own';
import { Readers } from './readers';
import { Scopes } from './scopes';
import type { Attrs } from '../format/attr';
import { wouldBeAdded } from './trace';
import { showGraph } from './symbolic';

export { gradientFunction, overrideOf, registerGradient } from './gradient-registry';
export { IndexedSlices } from './indexed-slices';
export { inputNames } from './infer-shapes';
export type { NodeDef } from './definition';
export type { ArrayTensor, FetchedOf, ScalarTensor, TensorOf } from './fetched';
export { Operation, Tensor } from './operation';
export { pythonRepr, pythonType } from './python-names';
export { ShapeError } from './shape-error';

/**
 * A graph: nodes, their names, and what new ones are made in.
 *
 *     const graph = new tf.Graph();
 *     graph.asDefault(() => tf.constant(1, { name: 'one' }));
 *     graph.getOperations().map((op) => op.name)   // ['one']
 *
 * @hidden
 */
export type Graph = GraphModel;
const OwnGraph = class Graph implements GraphModel {
  seed: number | null = null;
  readonly library: FunctionLibrary;
  private readonly ops: Operation[] = [];
  private readonly byName = new Map<string, Operation>();
  private readonly names = new Names();
  private readonly scopes: Scopes = new Scopes(this, this.names);
  readonly flow: FlowState<Operation, Tensor> = new FlowState(this.scopes);
  private readonly collections: CollectionStore;
  private readonly owned = new Owned();
  private readonly readers = new Readers(this.ops);
  private edits_ = 0;
  private finalized_ = false;
  constructor(
    library?: FunctionLibrary,
    readonly capturing: GraphModel['capturing'] = null,
  ) {
    if (!isA(library, FunctionLibrary)) takes.GRAPH.take(Array.from(arguments));
    this.library = isA(library, FunctionLibrary) ? library : new FunctionLibrary();
    this.collections = collectionsOf(capturing?.outer ?? this);
    this.seed = capturing?.outer.seed ?? null;
  }
  getOperations(): readonly Operation[] {
    return this.ops;
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return showGraph(this.ops);
  }
  get size(): number {
    return this.ops.length;
  }
  get lastId(): number {
    return this.size;
  }
  get edits(): number {
    return this.edits_;
  }
  get version(): number {
    return this.ops.length + this.edits_;
  }
  edgeChanged(): void {
    this.edits_++;
  }
  get finalized(): boolean {
    return this.finalized_;
  }
  finalize(): void {
    this.finalized_ = true;
  }
  unsafeUnfinalize(): void {
    this.finalized_ = false;
  }
  checkNotFinalized(what?: () => string): void {
    if (this.finalized_) throw finalizedError(what?.());
  }
  opDef(type: string): OpDef {
    return this.library.get(type)?.def ?? definitionOf(type);
  }
  asGraphDef(fromVersion?: unknown, addShapes?: unknown): ReturnType<typeof graphMessage> {
    return graphMessage(this, typeof fromVersion === 'number' ? fromVersion : 0, addShapes === true);
  }
  own<T>(key: Key<T>, make: () => T): T {
    return this.owned.get(key, make);
  }
  createOp(
    type: string,
    inputs: readonly Tensor[],
    outputTypes: readonly DType[],
    attrs: Attrs,
    name: string,
    caller: takes.Caller = this.createOp,
  ): Operation {
    this.checkNotFinalized(() => wouldBeAdded(name, type, caller));
    checkParts(type, inputs, outputTypes, attrs);
    const own = ownInputs(this, inputs);
    const op = this.emit(this.scopes.settle(this.opDef(type), own, outputTypes, attrs, name, caller));
    if (op.context !== null || own.some((t) => t.op.context !== null)) enterContext(op);
    this.scopes.made(op);
    return op;
  }
  emit(spec: NodeSpec): Operation {
    this.checkNotFinalized();
    if (this.byName.has(spec.name)) throw new ValueError(`Duplicate node name in graph: '${spec.name}'`);
    for (const input of spec.inputs) if (input) checkOwns(this, input, null);
    const op = new Operation(this, this.ops.length, spec);
    if (op.isComplete) inferShapes(op);
    this.ops.push(op);
    this.byName.set(op.name, op);
    this.names.claim(op.name);
    return op;
  }
  updateInput(op: Operation, index: number, tensor: Tensor): void {
    checkPlace(this, op, index);
    this.checkNotFinalized(() => `input ${index} of '${op.name}' would become ${tensor.name}`);
    checkOwns(this, tensor, null);
    const before = edgeToChange(op, index, tensor);
    if (before === tensor) return;
    op.replaceInput(index, tensor);
    this.readers.moved(op, before, tensor);
    this.edgeChanged();
    if (!before && op.isComplete) inferShapes(op);
  }
  getOperationByName(name: string): Operation {
    return asGraphElement(this, name, false, true);
  }
  getTensorByName(name: string): Tensor {
    return asGraphElement(this, name, true, false);
  }
  findOperation(name: string): Operation | undefined {
    return this.byName.get(name);
  }
  asGraphElement(obj: unknown, allowTensor: true, allowOperation: false): Tensor;
  asGraphElement(obj: unknown, allowTensor: false, allowOperation: true): Operation;
  asGraphElement(obj: unknown, allowTensor?: boolean, allowOperation?: boolean): Tensor | Operation;
  asGraphElement(obj: unknown, allowTensor = true, allowOperation = true): Tensor | Operation {
    return asGraphElement(this, obj, allowTensor, allowOperation);
  }
  consumersOf(tensor: Tensor): Operation[] {
    return [...this.readers.of(tensor)];
  }
  get scopeName(): string {
    return this.scopes.scopeName;
  }
  uniqueName(name: string, markAsUsed = true): string {
    return this.scopes.uniqueName(name, markAsUsed);
  }
  nameScope<R>(name: string | null | { readonly name: string | null }, body: (scope: string) => R | []): R;
  nameScope<R>(...given: takes.Block<string | null, (scope: string) => R>): R {
    const [name, body] = isPlainBlock(given) ? given : takes.blockOf(takes.NAME_SCOPE, given);
    return this.scopes.nameScope(name, body);
  }
  controlDependencies<R>(inputs: Waitables | { readonly controlInputs: Waitables }, body: () => R | []): R;
  controlDependencies<R>(...given: takes.Block<Waitables, () => R>): R {
    const [inputs, body] = isPlainBlock(given) ? given : takes.blockOf(takes.CONTROL_DEPENDENCIES, given);
    return this.scopes.controlDependencies(inputs, body);
  }
  get currentControlInputs(): Operation[] {
    return this.scopes.currentControlInputs;
  }
  device<R>(name: takes.DeviceName | { readonly deviceNameOrFunction: takes.DeviceName }, body: () => R | []): R;
  device<R>(...given: takes.Block<takes.DeviceName, () => R>): R {
    return this.scopes.device(...(isPlainBlock(given) ? given : takes.blockOf(takes.DEVICE, given)));
  }
  colocateWith<R>(first: Operation | Tensor | null, ...given: readonly unknown[]): R {
    if (takes.isBody<R>(given[0]) && isPlainBlock(arguments)) return this.scopes.colocateWith(first, given[0], false);
    const [body, [op, ignoreExisting = false]] = takes.COLOCATE_WITH.takeWithBody<() => R>([first, ...given]);
    return this.scopes.colocateWith(op, body, ignoreExisting);
  }
  attrScope<R>(attrs: Attrs, body: () => R): R {
    return this.scopes.attrScope(attrs, body);
  }
  gradientOverrideMap<R>(map: takes.Overrides | { readonly opTypeMap: takes.Overrides }, body: () => R | []): R;
  gradientOverrideMap<R>(...given: takes.Block<takes.Overrides, () => R>): R {
    return this.scopes.gradientOverrideMap(...takes.overridesOf(given));
  }
  callScope<R>(name: string, caller: takes.Caller, body: (scope: string) => R): R {
    return this.scopes.callScope(name, caller, body);
  }
  madeAt<R>(caller: takes.Caller | null, body: () => R): R {
    return this.scopes.madeAt(caller, body);
  }
  asDefault<R>(body: (graph: GraphModel) => R | []): R;
  asDefault<R>(...given: readonly [body: (graph: GraphModel) => R]): R {
    const [body] = given.length === 1 ? given : takes.AS_DEFAULT.takeWithBody<(graph: GraphModel) => R>(given);
    checkBody(body);
    STACK.push(this);
    try {
      return endsAtOnce(body(this), 'tf.Graph.asDefault');
    } finally {
      STACK.pop();
    }
  }
  addToCollection(name: never, value?: unknown): void {
    this.checkNotFinalized();
    this.collections.addToCollection(name, value);
  }
  addToCollections(names: never, value?: unknown): void {
    if (!isList(names) || (names as readonly unknown[]).length) this.checkNotFinalized();
    this.collections.addToCollections(names, value);
  }
  getCollection(name: never, scope?: string | null): never[] {
    return this.collections.getCollection(name, scope);
  }
  getCollectionRef(name: string): unknown[] {
    return this.collections.getCollectionRef(name);
  }
  getAllCollectionKeys(): string[] {
    return this.collections.getAllCollectionKeys();
  }
  clearCollection(name: string): void {
    this.collections.clearCollection(name);
  }
};
bindMethods(OwnGraph, takes.METHODS);

/**
 * A graph: nodes, their names, and what new ones are made in.
 *
 *     const graph = new tf.Graph();
 *     graph.asDefault(() => tf.constant(1, { name: 'one' }));
 *     graph.getOperations().map((op) => op.name)   // ['one']
 *
 * @class
 */
export const Graph: new () => Graph = OwnGraph;
/** A graph whose nodes may call the functions of a library; for a function that is built, with what takes in for it. */
export const graphWith = (library: FunctionLibrary, capturing?: Graph['capturing']): Graph =>
  new OwnGraph(library, capturing);

const STACK: Graph[] = [];
let globalGraph: Graph | null = null;

/**
 * The graph that new nodes go to.
 *
 *     tf.constant(1);
 *     tf.getDefaultGraph().getOperations().length   // 1
 *
 * @returns  the graph of the open `graph.asDefault`, or the one of the program
 */
export function getDefaultGraph(): Graph {
  return STACK[STACK.length - 1] ?? (globalGraph ??= new Graph());
}
/** Starts over with an empty default graph. @throws AssertionError  inside `graph.asDefault` */
export function replaceDefaultGraph(): boolean {
  if (STACK.length) return false;
  globalGraph = new Graph();
  return true;
}
