/** Puts the bodies of functions into a plan: what the ways to do that (lower.ts) have in common. */
import type { DType } from '../base/dtype';
import { type OpError, InvalidArgumentError, NotFoundError, ResourceExhaustedError } from '../base/errors';
import { type Attrs, Func } from '../format/attr';
import { nodeFrame } from '../graph/trace';
import type { CallRole } from '../graph/definition';
import { type FunctionBody, makeBody, makeGradientBody } from '../graph/function-body';
import type { Operation } from '../graph/graph';
import { checkNesting } from '../graph/nesting';
import { Key } from '../graph/own';
import { copyNeeded } from './copy';
import { endsOf, leavesOut, leavingLoops } from './ends';
import { type PlanNode, type PrunedGraph, type Source, newNode, turnInto } from './node';
import { type How, type Use, type Within, changesIn, usesOf } from './uses';

/** What stands in the place of a node that called a function. */
export interface Expanded {
  /** null for a result that nobody reads, where it is left out. */
  readonly outputs: readonly (Source | null)[];
  /** What has to have run for whoever waits for the node. */
  readonly done: readonly PlanNode[];
  /** What runs even where no output needs it. */
  readonly effects: readonly PlanNode[];
}
/** A node that calls, what comes into it, what starts it, and who wants what of it. */
export interface Call {
  readonly node: PlanNode;
  readonly args: readonly Source[];
  /** What nodes of a body wait for that would wait for nothing. */
  readonly gate: readonly PlanNode[];
  readonly within: Within;
  readonly use: Use;
}
type Given = Pick<Call, 'node' | 'gate' | 'within'> & { readonly args: readonly (Source | null)[] };
/** What kinds of calls differ in: whose body it is. */
interface Which {
  /** Which of the functions that the node calls: it is a part of the names in the body. */
  readonly part?: string;
  /** What the function's body has of variables is this call's alone. */
  readonly ownVariables?: boolean;
  /** The gradients of the function are called. */
  readonly differentiated?: boolean;
}
/** Bodies by the node that calls them, what they are to it, and their names: all plans have the same. */
const BODIES = new Key<Map<Operation, Map<string, FunctionBody>>>('bodies');
/** More than this come of functions that call each other twice, and so on. */
const MOST_NODES = 1 << 18;
const MOST_CALLS = 1 << 13;

export type Lowering = (to: Expander, call: Call) => Expanded;

export class Expander {
  readonly nodes: PlanNode[] = [];
  private calls = 0;
  private readonly expanded = new Map<PlanNode, Expanded>();
  private readonly waits = new Map<PlanNode, PlanNode>();
  /** Whether a node may be left out of a run: what is called then is left out as a whole. */
  private isConditional: boolean;
  constructor(
    private readonly pruned: PrunedGraph,
    private readonly lowerings: Readonly<Record<CallRole, Lowering>>,
  ) {
    this.isConditional = pruned.nodes.some(leavesOut);
  }
  /** Nodes, or what they call. */
  addAll(
    nodes: readonly PlanNode[],
    uses: ReadonlyMap<PlanNode, Use>,
    within: Within,
    gate: readonly PlanNode[],
  ): void {
    for (const node of nodes) {
      const waitsForNothing = !node.inputs.length && !node.controls.length;
      if (waitsForNothing && gate.length) node.controls = [...gate];
      node.inputs = node.inputs.map((s) => this.follow(s));
      if (node.controls.length) node.controls = [...new Set(node.controls.map((c) => this.waitFor(c)))];
      const use = uses.get(node);
      if (use) this.expanded.set(node, this.expand(node, use, within));
      else this.push(node);
    }
  }
  push(node: PlanNode): PlanNode {
    if (this.nodes.length >= MOST_NODES)
      throw new ResourceExhaustedError(
        node.op,
        `The functions that are called have more than ${MOST_NODES} nodes in all${madeAt(node)}`,
      );
    this.nodes.push(node);
    return node;
  }
  follow(s: Source): Source {
    return 'feed' in s ? s : (this.expanded.get(s.node)?.outputs[s.index] ?? s);
  }
  standIns(node: PlanNode): readonly PlanNode[] {
    return this.expanded.get(node)?.done ?? [node];
  }
  /** One node to wait for in the place of another. */
  private waitFor(node: PlanNode): PlanNode {
    const done = this.standIns(node);
    if (done.length === 1) return done[0];
    const known = this.waits.get(node);
    if (known) return known;
    const made = this.push(noOp(node.op, done));
    this.waits.set(node, made);
    return made;
  }

  private expand(node: PlanNode, use: Use, within: Within): Expanded {
    const { calls } = node.def.row;
    const { args, gate } = this.isConditional ? this.together(node) : { args: node.inputs, gate: node.controls };
    // What it is made of may leave out nodes, too, and what reads it then.
    if (calls !== 'call' && calls !== 'function' && calls !== 'remoteCall') this.isConditional = true;
    return this.lowerings[calls!](this, { node, args, gate, use, within });
  }
  /** A node runs when all of its inputs have come, and not at all where one of them does not come. */
  private together(node: PlanNode): Pick<Call, 'args' | 'gate'> {
    const came = node.inputs.map((s) => this.identity(node.op, s));
    const gate = [this.push(noOp(node.op, [...node.controls, ...came]))];
    const alone = came.length < 2 && !node.controls.length;
    const args = came.map((from) => this.identity(node.op, { node: from, index: 0 }, alone ? [] : gate));
    return { args: args.map((from) => ({ node: from, index: 0 })), gate };
  }
  identity(op: Operation, from: Source, controls: readonly PlanNode[] = []): PlanNode {
    const type = this.typeOf(from);
    return this.push(
      newNode(op, 'Identity', { attrs: { T: type }, inputs: [from], outputTypes: [type], controls: [...controls] }),
    );
  }
  typeOf(s: Source): DType {
    return ('feed' in s ? this.pruned.feeds[s.feed].dtype : s.node.outputTypes[s.index]).baseDtype;
  }

  /** The body of a function that a node calls. @throws NotFoundError, InvalidArgumentError, UnimplementedError */
  bodyOf({ node, within: { chain } }: Pick<Call, 'node' | 'within'>, func: Func, which: Which = {}): FunctionBody {
    const { op } = node;
    const { library } = op.graph;
    const found = library.get(func.name);
    if (!found?.body) throw new NotFoundError(op, `Function ${func.name} is not defined.${madeAt(node)}`);
    checkNesting(op, [...chain, func.name], undefined, madeAt(node));
    const bodies = op.graph.own(BODIES, () => new Map());
    const own = bodies.get(op) ?? new Map<string, FunctionBody>();
    bodies.set(op, own);
    const { part = '', differentiated = false } = which;
    // A gradient puts other functions into a node, which give more than those did.
    const key = [part, func.name, differentiated].join('\n');
    let body = own.get(key);
    if (!body) {
      const { def, body: fn } = found;
      const make = differentiated ? makeGradientBody : makeBody;
      body = make({
        def,
        fn,
        library,
        caller: op,
        attrs: func.attrs,
        scope: part ? `${op.name}/${part}` : op.name,
        sharesVariables: which.ownVariables !== true,
      });
      own.set(key, body);
    }
    return body;
  }
  /** Adds the nodes of a body. @param call  with null for an argument that nothing needs */
  call(call: Given, func: Func, body: FunctionBody, how: How): Expanded {
    const { node, args, gate, within } = call;
    if (++this.calls > MOST_CALLS)
      throw refused(node, ResourceExhaustedError, `Functions are called more than ${MOST_CALLS} times in all`);
    const types = args.map((s, i) => (s ? this.typeOf(s) : body.args[i]?.outputs[0].dtype));
    checkArguments(node, types, body);
    const isRead = (i: number): boolean => !how.reads || how.reads.has(i);
    const results = body.results.filter((_, i) => isRead(i) || how.resultsWaitedFor);
    const doing = how.runsAll ? changesIn(body) : [];
    const asked = [...results.map(({ op }) => op), ...body.controls];
    const there = body.args.filter((_, i) => args[i]);
    const copied = copyNeeded([...there, ...asked, ...doing, ...(doing.length ? leavingLoops(body) : [])], []);
    const acting = [...new Set([...doing, ...body.controls])].map((op) => copied.node(op));
    const ends = endsOf(copied.nodes, acting);
    body.args.forEach((arg, i) => {
      const [from, copy] = [args[i], args[i] && copied.node(arg)];
      if (from && copy) turnInto(copy, 'Identity', { T: arg.outputs[0].dtype }, [from]);
    });
    const giving = how.resultsWaitedFor ? results.map(({ op }) => copied.node(op)) : [];
    const read = body.results.flatMap((t, i) => (isRead(i) ? [copied.source(t)] : []));
    const waits = [...body.controls.map((op) => copied.node(op)), ...giving];
    const uses = usesOf(copied.nodes, { results: read, waits });
    this.isConditional ||= copied.nodes.some(leavesOut);
    this.addAll(copied.nodes, uses, { ...how, chain: [...within.chain, func.name] }, gate);
    const effects = this.allOf(node.op, ends, copied.nodes, gate);
    const outputs = body.results.map((t, i) => (isRead(i) ? this.follow(copied.source(t)) : null));
    const given = [
      ...outputs.flatMap((s) => (s && 'node' in s ? [s.node] : [])),
      ...giving.flatMap((n) => this.standIns(n)),
    ];
    const done = [...new Set([...given, ...effects])];
    return { outputs, done: done.length ? done : gate, effects };
  }
  /** What to wait for where nodes of a body are to have run, or to be known to be left out. */
  private allOf(
    op: Operation,
    ends: readonly PlanNode[],
    nodes: readonly PlanNode[],
    gate: readonly PlanNode[],
  ): readonly PlanNode[] {
    const standIns = [...new Set(ends.flatMap((each) => this.standIns(each)))];
    if (!standIns.length || !nodes.some(leavesOut)) return standIns;
    const trigger = newNode(op, 'ControlTrigger', { attrs: {}, inputs: [], outputTypes: [], controls: standIns });
    // It runs whether these do or not, but not where the call does not.
    return [this.push(noOp(op, [this.push(trigger), ...gate]))];
  }
}
export function noOp(op: Operation, controls: readonly PlanNode[]): PlanNode {
  return newNode(op, 'NoOp', { attrs: {}, inputs: [], outputTypes: [], controls: [...new Set(controls)] });
}
/** The function that an attribute names. @throws InvalidArgumentError  if it names none */
export function funcOf(node: PlanNode, name: string): Func {
  const value = node.attrs[name];
  if (value instanceof Func) return value;
  throw new InvalidArgumentError(node.op, `Attr '${name}' of '${node.op.name}' names no function.${madeAt(node)}`);
}
/** What the attributes of a node that is called by a function's name are to the function. */
export function ownFunc({ op }: PlanNode): Func {
  const attrs: Attrs = Object.fromEntries(op.attrsWithKinds());
  return new Func(op.type, attrs);
}

/** @throws InvalidArgumentError  where a function takes something else than it is given */
export function checkArguments(node: PlanNode, types: readonly DType[], { args }: FunctionBody): void {
  const wanted = args.map(({ outputs }) => outputs[0].dtype);
  if (wanted.length !== types.length)
    throw refused(node, InvalidArgumentError, `Expects ${wanted.length} arguments, but ${types.length} is provided`);
  const at = types.findIndex((type, i) => type !== wanted[i]);
  if (at < 0) return;
  const [expected, came] = [wanted[at], types[at]].map(({ cName }) => cName);
  throw refused(node, InvalidArgumentError, `Expects arg[${at}] to be ${expected} but ${came} is provided`);
}
export function refused(
  node: PlanNode,
  kind: new (op: Operation, message: string) => OpError,
  sentence: string,
): OpError {
  return new kind(node.op, `${sentence}${madeAt(node)}`);
}
function madeAt({ op }: PlanNode): string {
  return `\n${nodeFrame(op)}`;
}
