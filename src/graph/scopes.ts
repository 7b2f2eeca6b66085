/**
 * The open scopes of a graph: names, control dependencies, devices, colocation, attributes, gradients, traces. They say
 * of a node that is about to be made what its maker leaves open (`settle`); what is made without them reads nothing
 * here.
 */
import { checkBody, checkList, checkText, worded } from '../base/border';
import { entriesOf } from '../base/mapping';
import { checkReadable } from '../base/unreadable';
import type { DType } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import type { OpDef } from './definition';
import { type DeviceLike, checkDevice, deviceFor } from './device-spec';
import { IndexedSlices } from './indexed-slices';
import { type Names, checkName, checkNodeName, checkScopeName } from './names';
import { type Graph, type NodeSpec, Operation, Tensor, type Waitable } from './operation';
import { Attr, type AttrValue, type Attrs, kindOf } from '../format/attr';
import { Trace } from './trace';

/** One `controlDependencies` block. What was made in it needs no second edge to what it waits for. */
interface ControlBlock {
  readonly ops: readonly Operation[];
  readonly made: Set<Operation>;
}
/** All that is open at one moment. */
interface Open {
  readonly name: string;
  readonly controls: readonly ControlBlock[];
  readonly devices: readonly DeviceLike[];
  readonly colocation: readonly Operation[];
  /** With their kinds: no definition knows them. */
  readonly attrs: Readonly<Record<string, Attr>>;
  readonly gradients: Readonly<Record<string, string>>;
  /** The stack that nodes are said to come from; null where each takes its own. */
  readonly trace: Trace | null;
}
type Caller = (...args: never[]) => unknown;
const NONE: Open['attrs'] = {};

export class Scopes {
  private open: Open = { name: '', controls: [], devices: [], colocation: [], attrs: NONE, gradients: {}, trace: null };
  constructor(
    private readonly graph: Graph,
    private readonly names: Names,
  ) {}

  /** A node as the open scopes make it. A name that ends in a slash is taken as it is. */
  settle(
    def: OpDef,
    inputs: readonly Tensor[],
    outputTypes: readonly DType[],
    attrs: Attrs,
    name: string,
    caller: Caller,
  ): NodeSpec {
    checkName(name);
    const unique = name.endsWith('/') ? name.slice(0, -1) : this.uniqueName(name);
    checkNodeName(unique);
    const { colocation, devices, trace } = this.open;
    return {
      def,
      name: unique,
      inputs,
      controls: this.controlsFor(inputs),
      outputTypes,
      attrs: this.attrsFor(def.type, attrs),
      device:
        colocation.reduce((device, other) => other.device || device, '') ||
        (devices.length ? deviceFor(devices, { name: unique, type: def.type, inputs }) : ''),
      trace: trace ?? new Trace(caller),
    };
  }
  /** Tells the open `controlDependencies` blocks of a node that was made in them. */
  made(op: Operation): void {
    for (const { made } of this.open.controls) made.add(op);
  }
  private attrsFor(type: string, attrs: Attrs): Attrs {
    const { colocation, gradients, attrs: more } = this.open;
    const gradient = gradients[type];
    if (!colocation.length && !gradient && more === NONE) return attrs;
    const all: Record<string, AttrValue | Attr> = { ...attrs };
    for (const [key, value] of Object.entries(more)) all[key] ??= value;
    if (colocation.length) {
      const groups = new Set(colocation.flatMap((op) => op.colocationGroups()));
      all['_class'] = new Attr('list(string)', [...groups].sort());
    }
    if (gradient) all['_gradient_op_type'] ??= new Attr('string', gradient);
    return all;
  }
  /** What the open blocks wait for, less what the inputs imply: TensorFlow's rule. */
  controlsFor(inputs: readonly Tensor[]): Operation[] {
    const out: Operation[] = [];
    const { controls } = this.open;
    if (!controls.length) return out;
    const direct = new Set(inputs.map((t) => t.op));
    for (const { ops, made } of controls) {
      if (inputs.some((t) => made.has(t.op))) continue;
      for (const op of ops) if (!direct.has(op) && !out.includes(op)) out.push(op);
    }
    return out;
  }

  /** Runs `body` with some of the scopes changed. */
  private within<R>(changes: Partial<Open>, body: () => R): R {
    checkBody(body);
    const outer = this.open;
    this.open = { ...outer, ...changes };
    try {
      return body();
    } finally {
      this.open = outer;
    }
  }
  get scopeName(): string {
    return this.open.name;
  }
  uniqueName(name: string, markAsUsed = true): string {
    checkName(name);
    return this.names.unique(this.open.name ? `${this.open.name}/${name}` : name, markAsUsed);
  }
  nameScope<R>(name: string | null, body: (scope: string) => R): R {
    const outer = this.open;
    checkBody(body);
    if (name) checkScopeName(name, outer.name !== '');
    const full = !name ? '' : name.endsWith('/') ? name.slice(0, -1) : this.uniqueName(name);
    // Not by `within`: every node opens a scope, and each call on the way is one more frame in its trace.
    this.open = { ...outer, name: full };
    try {
      return body(full ? `${full}/` : '');
    } finally {
      this.open = outer;
    }
  }
  callScope<R>(name: string, caller: Caller, body: (scope: string) => R): R {
    const outer = this.open;
    checkBody(body);
    checkScopeName(name, outer.name !== '');
    const full = name.endsWith('/') ? name.slice(0, -1) : this.uniqueName(name);
    this.open = { ...outer, name: full, trace: outer.trace ?? new Trace(caller) };
    try {
      return body(`${full}/`);
    } finally {
      this.open = outer;
    }
  }
  controlDependencies<R>(inputs: readonly Waitable[] | null, body: () => R): R {
    if (inputs !== null) checkList(inputs, 'What controlDependencies() waits for');
    const ops = Array.from(inputs ?? []).flatMap((x) => this.ownOperation(x) ?? []);
    const block: ControlBlock = { ops, made: new Set() };
    if (inputs) return this.within({ controls: [...this.open.controls, block] }, body);
    // What waits for nothing stands outside of the branches and loops that are being built, too.
    const { flow } = this.graph;
    const { context } = flow;
    flow.context = null;
    try {
      return this.within({ controls: [block] }, body);
    } finally {
      flow.context = context;
    }
  }
  get currentControlInputs(): Operation[] {
    return this.controlsFor([]);
  }
  /** The operation of what is waited for; null where it lies outside of the function that is built. */
  private ownOperation(x: Waitable): Operation | null {
    const { capturing } = this.graph;
    const op = x instanceof Operation ? x : x?.op;
    if (capturing && op instanceof Operation && op.graph !== this.graph) {
      capturing.waitFor(op);
      return null;
    }
    if (x instanceof IndexedSlices) return x.op;
    try {
      const element = this.graph.asGraphElement(x);
      return element instanceof Tensor ? element.op : element;
    } catch (error) {
      const { line } = (x instanceof Operation ? x : (x?.op ?? {})).trace ?? {};
      if (error instanceof ValueError)
        error.message +=
          `${line ? `\n  it was made at ${line}` : ''}` +
          '\n  fix: what waits, and what it waits for, must be of one graph: ' +
          'build both inside graph.asDefault(() => …).';
      throw error;
    }
  }
  device<R>(name: DeviceLike | null, body: () => R): R {
    if (name !== null) checkDevice(name);
    return this.within({ devices: name === null ? [] : [...this.open.devices, name] }, body);
  }
  colocateWith<R>(op: Operation | Tensor | null, body: () => R, ignoreExisting = false): R {
    const target = op instanceof Tensor ? op.op : op;
    if (target !== null && !(target instanceof Operation))
      throw new TypeError_(`Can not convert ${worded(op)} into a Operation.`);
    const outer = ignoreExisting ? [] : this.open.colocation;
    return this.within({ colocation: target ? [...outer, target] : [], devices: [] }, body);
  }
  attrScope<R>(attrs: Attrs, body: () => R): R {
    const entries = entriesOf<Attr | AttrValue>(attrs, 'attr_map must be a dictionary mapping strings to attributes.');
    checkReadable(
      entries.map(([, value]) => value),
      'attr_scope',
    );
    const given = entries.map(([name, value]) => [
      name,
      value instanceof Attr ? value : new Attr(kindOf(value), value),
    ]);
    return this.within({ attrs: { ...this.open.attrs, ...Object.fromEntries(given) } }, body);
  }
  gradientOverrideMap<R>(map: Readonly<Record<string, string>>, body: () => R): R {
    const given = entriesOf<string>(map, 'op_type_map must be a dictionary mapping strings to strings');
    for (const [, type] of given) checkText(type, 'op_type_map must map strings to strings: a gradient');
    return this.within({ gradients: { ...this.open.gradients, ...Object.fromEntries(given) } }, body);
  }
  get trace(): Trace | null {
    return this.open.trace;
  }
  set trace(trace: Trace | null) {
    this.open = { ...this.open, trace };
  }
  madeAt<R>(caller: Caller | null, body: () => R): R {
    return this.within({ trace: caller && (this.open.trace ?? new Trace(caller)) }, body);
  }
}
