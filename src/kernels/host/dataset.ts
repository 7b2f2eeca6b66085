/**
 * Datasets and what goes through them. A dataset is a variant: what it is made of, which never changes. A cursor goes
 * through one, and gives an element at a time; what all cursors of an iterator have in common is its pass.
 */
import type { DType } from '../../base/dtype';
import { DeadlineExceededError } from '../../base/errors';
import { now } from '../../base/platform';
import type { TensorShape } from '../../base/shape';
import type { FunctionCall, FunctionInstance, GraphFunction } from '../graph-function';
import { KernelError, type KernelNode, type Run, type Value, attr, invalid } from '../kernel';
import { type Payload, release, retained } from '../value';
import { carried } from './variants';

/** A tensor for each component. Whoever gets one has a reference to each. */
export type Element = readonly Value[];
/** There is no more. */
export const END = 'end';
/** Not yet: others are to have their turn, or what is asked waits for another run. The cursor goes on when asked. */
export const LATER = 'later';
export type Pulled = Element | typeof END | typeof LATER;

/** Goes through a dataset. After an error it goes on with the next element, as in TensorFlow. */
export interface Cursor {
  next(): Pulled;
  dispose(): void;
}
/** What elements are. */
export interface Signature {
  readonly types: readonly DType[];
  readonly shapes: readonly TensorShape[];
}
/** A kind of dataset: what a kernel made of a node's inputs and attributes is gone through by this. */
export interface DatasetKind<S> {
  /** The op type without `Dataset`: a part of the names of what a pass keeps. */
  readonly type: string;
  /** @param path  names the cursor in its pass */
  open(dataset: Dataset<S>, pass: Pass, path: string): Cursor;
}
interface Held {
  retain(): unknown;
  release(): void;
}

/** Counts who holds it: values, other datasets, cursors. */
export class Dataset<out S = unknown> implements Payload {
  private holders = 1;
  /** @param held  what the settings hold: a reference to each is taken */
  constructor(
    readonly kind: DatasetKind<S>,
    readonly settings: S,
    readonly inputs: readonly Dataset[],
    readonly signature: Signature,
    private readonly held: readonly Held[] = [],
  ) {
    for (const each of [...inputs, ...held]) each.retain();
  }
  is<T>(kind: DatasetKind<T>): this is Dataset<T> {
    return Object.is(this.kind, kind);
  }
  /** The same of other inputs. */
  over(inputs: readonly Dataset[]): Dataset<S> {
    return new Dataset(this.kind, this.settings, inputs, this.signature, this.held);
  }
  /** Begins at the front. */
  open(pass: Pass, path: string): Cursor {
    return this.kind.open(this, pass, `${path}::${this.kind.type}`);
  }
  retain(): this {
    this.holders++;
    return this;
  }
  release(): void {
    if (--this.holders > 0) return;
    for (const each of [...this.inputs, ...this.held]) each.release();
  }
  released(): void {
    this.release();
  }
}
export function datasetOf({ payload }: Value): Dataset {
  if (payload instanceof Dataset) return payload;
  return invalid('Tensor must be a Dataset object.');
}
/** As a value, which takes over the reference. */
export function asValue(dataset: Dataset): Value {
  return carried(dataset);
}
/** What the attributes of a node say of elements. */
export function signatureOf(node: KernelNode, types = 'output_types'): Signature {
  return { types: attr(node, types, 'list(type)'), shapes: attr(node, 'output_shapes', 'list(shape)') };
}
/** @throws InvalidArgument  for elements of other types or shapes */
export function checkSignature(wanted: Signature, found: Signature): void {
  const counts = (what: string): string =>
    `Number of components does not match: expected ${wanted.types.length} ${what} but got ${found.types.length}.`;
  if (wanted.types.length !== found.types.length) invalid(counts('types'));
  wanted.types.forEach((type, i) => {
    const other = found.types[i];
    if (type !== other) invalid(`Data type mismatch at component ${i}: expected ${type.cName} but got ${other.cName}.`);
  });
  wanted.shapes.forEach((shape, i) => {
    const other = found.shapes[i];
    if (!shape.isCompatibleWith(other))
      invalid(`Incompatible shapes at component ${i}: expected ${shape.toCString()} but got ${other.toCString()}.`);
  });
}
export function releaseAll(element: Element): void {
  element.forEach(release);
}
export function retainAll(element: Element): Element {
  return element.map(retained);
}

/** A function with the tensors that it takes in from outside. */
export class BoundFunction {
  constructor(
    readonly fn: GraphFunction<Run>,
    readonly captured: Element,
  ) {}
  retain(): void {
    this.fn.retain();
    retainAll(this.captured);
  }
  release(): void {
    this.fn.release();
    releaseAll(this.captured);
  }
}

/** How many elements a pass may keep: each is several objects, and the heap of V8 is smaller than the memory. */
const MOST_KEPT = 1 << 22;
/** Refuses to keep more elements than there can be. @param what  keeps them */
export function checkKept(count: number, what: string): void {
  if (count > MOST_KEPT)
    throw new KernelError('ResourceExhausted', `${what} would keep more than ${MOST_KEPT} elements.`);
}

/** What the cursors of an iterator have in common: the run that asks for an element, and what outlives a cursor. */
export class Pass {
  private readonly instances = new Map<GraphFunction<Run>, FunctionInstance<Run>>();
  private readonly endings: (() => void)[] = [];
  private readonly calls = new Set<FunctionCall>();
  private turnEnds = Infinity;
  private deadline = Infinity;
  /** What the function waits for that was called last. */
  wakes: Promise<void> | null = null;
  constructor(public run: Run) {}

  /** Another turn begins, of this run. */
  begin(run: Run): void {
    const { turnInMs = Infinity, deadline = Infinity } = run;
    this.run = run;
    this.wakes = null;
    this.turnEnds = turnInMs < Infinity ? now() + turnInMs : Infinity;
    this.deadline = deadline;
  }
  /** Whether others are to have their turn: who goes on without giving an element asks. */
  isLate(): boolean {
    if (this.turnEnds === Infinity && this.deadline === Infinity) return false;
    const time = now();
    if (time > this.deadline) throw new DeadlineExceededError(null, 'Timed out waiting for notification');
    return time > this.turnEnds;
  }
  /** Calls this when the iterator is made anew, or gone. */
  atEnd(ending: () => void): void {
    this.endings.push(ending);
  }
  /** Calls a function. Takes over the arguments. */
  call({ fn, captured }: BoundFunction, args: Element): FunctionCall {
    try {
      let instance = this.instances.get(fn);
      if (!instance) this.instances.set(fn, (instance = fn.instance()));
      const call = instance.begin([...args, ...captured], this.run);
      this.calls.add(call);
      return call;
    } finally {
      releaseAll(args);
    }
  }
  isUnderWay(call: FunctionCall): boolean {
    return this.calls.has(call);
  }
  end(call: FunctionCall): void {
    if (this.calls.delete(call)) call.end();
  }
  /** The run that asked is given up: the elements with which it called functions are lost. */
  cancel(): void {
    for (const call of this.calls) this.end(call);
  }
  /** Reckons values that no kernel gave to the run that asked for them. */
  charge(element: Element): Element {
    this.run.budget?.charge(element);
    return element;
  }
  dispose(): void {
    for (const ending of this.endings.splice(0)) ending();
    this.instances.clear();
  }
}

/** What cursors of a kind keep in a pass under their paths: those that are made anew, in the next epoch, find it. */
export class PerPass<T> {
  private readonly kept = new WeakMap<Pass, Map<string, T>>();
  of(pass: Pass, path: string, make: () => T): T {
    let own = this.kept.get(pass);
    if (!own) this.kept.set(pass, (own = new Map()));
    const found = own.get(path) ?? make();
    own.set(path, found);
    return found;
  }
}

/** A call that may take several turns: the cursor that made it asks again. */
export class Calling {
  private call: FunctionCall | null = null;
  constructor(
    private readonly pass: Pass,
    private readonly bound: BoundFunction,
  ) {}
  /** Whether a call has begun that is not over, nor given up. */
  get isUnderWay(): boolean {
    return this.call !== null && this.pass.isUnderWay(this.call);
  }
  begin(args: Element): void {
    this.call = this.pass.call(this.bound, args);
  }
  go(): Element | typeof LATER {
    const { call } = this;
    if (!call) throw new Error('No call has begun.');
    let results: Element | null;
    try {
      results = call.go();
    } catch (error) {
      this.end();
      throw error;
    }
    if (results) {
      this.end();
      return results;
    }
    this.pass.wakes = call.wakes;
    return LATER;
  }
  end(): void {
    if (this.call) this.pass.end(this.call);
    this.call = null;
  }
}
