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
import { type PlanNode, type PrunedGraph, type Source, moves, newNode, roleOf, turnInto } from './node';

/** What stands in the place of a node that called a function. */
export interface Expanded {
  readonly outputs: readonly Source[];
  /** What has to have run for whoever waits for the node. */
  readonly done: readonly PlanNode[];
  /** What runs even where no output needs it. */
  readonly effects: readonly PlanNode[];
}
/** A node that calls, what comes into it, what starts it, and the functions that it is in. */
export interface Call {
  readonly node: PlanNode;
  readonly args: readonly Source[];
  /** What nodes of a body wait for that would wait for nothing. */
  readonly gate: readonly PlanNode[];
  readonly chain: readonly string[];
}
/** What kinds of calls differ in. */
interface How {
  /** Which of the functions that the node calls: it is a part of the names in the body. */
  readonly part?: string;
  /** What the function's body has of variables is this call's alone. */
  readonly ownVariables?: boolean;
  /** Effects run only where a result needs them, or the function says so. */
  readonly onlyAsked?: boolean;
  /** The gradients of the function are called. */
  readonly differentiated?: boolean;
}
/** Bodies by the node that calls them, what they are to it, and their names: all plans have the same. */
const BODIES = new Key<Map<Operation, Map<string, FunctionBody>>>('bodies');
/** More than this come of functions that call each other twice, and so on. */
const MOST_NODES = 1 << 18;
const MOST_CALLS = 1 << 13;

export type Lowering = (to: Expander, call: Call) => Expanded;

export function isCall(node: PlanNode): boolean {
  return node.def.row.calls !== undefined;
}

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
    this.isConditional = pruned.nodes.some((node) => roleOf(node) === 'switch' || moves(node));
  }
  /** The node, or what it calls. */
  add(node: PlanNode, chain: readonly string[]): void {
    node.inputs = node.inputs.map((s) => this.follow(s));
    if (node.controls.length) node.controls = [...new Set(node.controls.map((c) => this.waitFor(c)))];
    if (isCall(node)) this.expanded.set(node, this.expand(node, chain));
    else this.push(node);
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

  private expand(node: PlanNode, chain: readonly string[]): Expanded {
    const { calls } = node.def.row;
    const { args, gate } = this.isConditional ? this.together(node) : { args: node.inputs, gate: node.controls };
    // What it is made of may leave out nodes, too, and what reads it then.
    if (calls !== 'call' && calls !== 'function' && calls !== 'remoteCall') this.isConditional = true;
    return this.lowerings[calls!](this, { node, args, gate, chain });
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
  bodyOf({ node, chain }: Pick<Call, 'node' | 'chain'>, func: Func, how: How = {}): FunctionBody {
    const { op } = node;
    const { library } = op.graph;
    const found = library.get(func.name);
    if (!found?.body) throw new NotFoundError(op, `Function ${func.name} is not defined.${madeAt(node)}`);
    checkNesting(op, [...chain, func.name], undefined, madeAt(node));
    const bodies = op.graph.own(BODIES, () => new Map());
    const own = bodies.get(op) ?? new Map<string, FunctionBody>();
    bodies.set(op, own);
    const { part = '', differentiated = false } = how;
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
        sharesVariables: how.ownVariables !== true,
      });
      own.set(key, body);
    }
    return body;
  }
  /** Adds the nodes of a body. */
  call({ node, args, gate, chain }: Call, func: Func, body: FunctionBody, how: How = {}): Expanded {
    if (++this.calls > MOST_CALLS)
      throw refused(node, ResourceExhaustedError, `Functions are called more than ${MOST_CALLS} times in all`);
    checkArguments(
      node,
      args.map((s) => this.typeOf(s)),
      body,
    );
    const isArgument = new Set(body.args);
    const does = ({ def }: Operation): boolean => def.effect === 'writes' || def.effect === 'waits';
    const doing = how.onlyAsked ? [] : body.operations.filter((op) => does(op) && !isArgument.has(op));
    const asked = [...body.results.map(({ op }) => op), ...body.controls];
    const copied = copyNeeded([...body.args, ...asked, ...doing], []);
    body.args.forEach((arg, i) => {
      const copy = copied.node(arg);
      turnInto(copy, 'Identity', { T: arg.outputs[0].dtype }, [args[i]]);
    });
    for (const each of copied.nodes) {
      const waitsForNothing = !each.inputs.length && !each.controls.length;
      if (waitsForNothing && gate.length) each.controls = [...gate];
      this.add(each, [...chain, func.name]);
    }
    const outputs = body.results.map((t) => this.follow(copied.source(t)));
    const effects = [...doing, ...body.controls].map((op) => copied.node(op));
    const standIns = [...new Set(effects)].flatMap((each) => this.standIns(each));
    const results = outputs.flatMap((s) => ('node' in s ? [s.node] : []));
    const done = [...new Set([...results, ...standIns])];
    return { outputs, done: done.length ? done : gate, effects: standIns };
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
