/** The body of a function as nodes: a graph of its own for each node that calls it, with the attributes of the call. */
import type { DType } from '../base/dtype';
import { InvalidArgumentError, RuntimeError, TypeError_, ValueError } from '../base/errors';
import type { FunctionMessage } from '../format/function-def';
import type { NodeMessage } from '../format/node-def';
import { NOTHING } from '../format/wire';
import { TensorShape } from '../base/shape';
import { Attr, type AttrKind, type Attrs, type AttrValues, Func, kindOf, plainAttrs } from '../format/attr';
import { edgeTypes } from './check-attr';
import { originsOf } from './function-origins';
import { graphWith } from './graph';
import { importGraph } from './import';
import { isRegistered } from './opdef';
import type { OpDef } from './definition';
import type { FunctionLibrary } from './library';
import type { Graph, Operation, Tensor } from './operation';
import { Key } from './own';

/** A function that a node calls, and how. */
export interface FunctionCall {
  readonly def: OpDef;
  readonly fn: FunctionMessage;
  readonly library: FunctionLibrary;
  /** The node that calls it, and what it gives the attributes of the function's signature. */
  readonly caller: Operation;
  readonly attrs: Attrs;
  /** What the names of its nodes begin with. */
  readonly scope: string;
  /** Whether all its calls have its variables in common: TensorFlow takes them apart where it inlines a call. */
  readonly sharesVariables: boolean;
}
export interface FunctionBody {
  /** A node for each argument, in the place of its value. */
  readonly args: readonly Operation[];
  readonly results: readonly Tensor[];
  /** What is to run even where no result needs it. */
  readonly controls: readonly Operation[];
  readonly operations: readonly Operation[];
}
/** Who calls the function that a node is in. */
export interface CalledBy {
  readonly name: string;
  readonly caller: Operation;
}
const CALLED_BY = new Key<CalledBy | null>('called by');

/** The function that a node of a body is in; null for a node of the user's graph. */
export function calledBy({ graph }: Operation): CalledBy | null {
  return graph.own(CALLED_BY, () => null);
}

/** The gradients of a function's results, given those that reach them, as nodes of the results' graph. */
export type Differentiate = (
  results: readonly Tensor[],
  args: readonly Tensor[],
  reaching: readonly Tensor[],
) => Tensor[];
let differentiate: Differentiate | null = null;
export function registerFunctionGradients(fn: Differentiate): void {
  differentiate = fn;
}
/** A body with the gradients of its arguments as results; further arguments are what reaches its results. */
export function makeGradientBody(call: FunctionCall): FunctionBody {
  const body = makeBody(call);
  if (!differentiate) throw new RuntimeError('Nothing that differentiates functions is loaded.');
  const args = body.args.map(({ outputs }) => outputs[0]);
  const reaching = body.results.map(({ dtype, graph }, i) => {
    const attrs = { T: dtype.baseDtype, index: args.length + i };
    return graph.createOp('_Arg', [], [dtype.baseDtype], attrs, `${call.scope}/reaching_${i}`);
  });
  const results = differentiate(
    body.results,
    args,
    reaching.map(({ outputs }) => outputs[0]),
  );
  return { ...body, args: [...body.args, ...reaching], results, controls: [] };
}

/** @throws InvalidArgumentError  where the body does not fit together, or the call gives an attribute no value */
export function makeBody(call: FunctionCall): FunctionBody {
  const { fn, library, caller } = call;
  const graph = graphWith(library);
  const { name } = fn.signature;
  graph.own(CALLED_BY, () => ({ name, caller }));
  try {
    return new Maker(call, graph).make();
  } catch (error) {
    const isOurs = error instanceof ValueError || error instanceof TypeError_;
    if (!(isOurs || (error instanceof InvalidArgumentError && !error.op))) throw error;
    const { line } = caller.trace;
    throw new InvalidArgumentError(
      caller,
      `${error.message}\n  in function '${name}', called by '${caller.name}'${line ? ` (made at ${line})` : ''}`,
    );
  }
}

const namesOf = (dtypes: readonly DType[]): string => dtypes.map(({ baseDtype }) => baseDtype.cName).join(', ');

/**
 * A body in a graph that is there, with placeholders as its arguments: for what differentiates functions.
 *
 * @param shapes  of the arguments, as far as they are known
 */
export function restoreBody(
  graph: Graph,
  call: Omit<FunctionCall, 'scope' | 'sharesVariables'>,
  shapes: readonly TensorShape[],
): FunctionBody {
  return new Maker({ ...call, scope: '', sharesVariables: false }, graph, shapes).make();
}

class Maker {
  /** Where outputs are, by the names that a body has for them: `arg`, `node:output`. */
  private readonly outputs = new Map<string, readonly string[]>();
  private readonly attrs: AttrValues;
  constructor(
    private readonly call: FunctionCall,
    private readonly graph: Graph,
    private readonly shapes: readonly TensorShape[] | null = null,
  ) {
    const defaults = call.fn.signature.attrs.flatMap((attr) => (attr.default ? [[attr.name, attr.default]] : []));
    this.attrs = plainAttrs({ ...Object.fromEntries(defaults), ...call.attrs });
  }
  make(): FunctionBody {
    const { def, fn, caller, scope, library } = this.call;
    const args = this.argumentNodes();
    const { inWords } = library;
    // A type that is not here becomes one that is, with the same outputs; more nodes come of one by its flat inputs.
    const known = inWords ? fn.nodes.flatMap((node) => (isRegistered(node.op) ? node : inWords(node))) : fn.nodes;
    const filled = known.map((node) => ({ ...node, attr: this.filledIn(node) }));
    for (const node of filled) this.noteOutputs(node);
    const nodes = filled.map((node) => ({ ...node, input: node.input.flatMap((from) => this.flat(from)) }));
    const message = {
      nodes: [...args, ...(inWords ? nodes.flatMap((node) => inWords(node)) : nodes)],
      library: null,
      versions: null,
      unknown: NOTHING,
    };
    const operations = importGraph(this.graph, message, { name: scope, trace: caller.trace, origins: originsOf(fn) });
    const made = new Map(message.nodes.map(({ name }, i) => [name, operations[i]]));
    const resultsOf = (from: string): Tensor[] =>
      this.flat(from).map((edge) => {
        const [name, index = '0'] = edge.split(':');
        const tensor = made.get(name)?.outputs[Number(index)];
        if (!tensor) throw new InvalidArgumentError(null, `The result '${from}' is no output of the body.`);
        return tensor;
      });
    return {
      args: operations.slice(0, args.length),
      results: def.outputs.flatMap((output) => {
        const { name } = output;
        if (!(name in fn.ret)) throw new InvalidArgumentError(null, `Return ${name} missing.`);
        const results = resultsOf(fn.ret[name]);
        const [said, found] = [edgeTypes(def.type, [output], this.attrs), results.map(({ dtype }) => dtype)].map(
          namesOf,
        );
        if (said === found) return results;
        const where = `\n\tIn function output ${name}:${said}`;
        throw new InvalidArgumentError(null, `Invalid ret types ${name} : ${said} vs. ${found}${where}`);
      }),
      controls: Object.values(fn.controlRet).flatMap((name) => made.get(name) ?? []),
      operations,
    };
  }
  private argumentNodes(): NodeMessage[] {
    const made: NodeMessage[] = [];
    const { def } = this.call;
    for (const arg of def.inputs) {
      const types = edgeTypes(def.type, [arg], this.attrs);
      const names = types.map((_, i) => (types.length > 1 ? `${arg.name}_${i}` : arg.name));
      this.outputs.set(arg.name, names);
      types.forEach((type, i) => {
        made.push({ name: names[i], ...this.argumentNode(type, made.length), input: [], device: '', unknown: NOTHING });
      });
    }
    return made;
  }
  private argumentNode(type: DType, index: number): Pick<NodeMessage, 'op' | 'attr'> {
    if (!this.shapes)
      return { op: '_Arg', attr: { T: new Attr('type', type.baseDtype), index: new Attr('int', index) } };
    const shape = this.shapes[index] ?? TensorShape.unknown();
    return { op: 'Placeholder', attr: { dtype: new Attr('type', type), shape: new Attr('shape', shape) } };
  }
  /** A node's attributes with those that the call gives in their places. */
  private filledIn(node: NodeMessage): Record<string, Attr> {
    const { row, attrs } = this.graph.opDef(node.op);
    const out: Record<string, Attr> = {};
    const kinds = new Map(attrs.map((attr) => [attr.name, attr.kind]));
    for (const [name, attr] of Object.entries(node.attr)) out[name] = this.filled(attr, node.name, kinds.get(name));
    // A loop of one call is not that of another.
    const frame = out['frame_name']?.value;
    if (row.control === 'enter' && typeof frame === 'string' && this.call.scope)
      out['frame_name'] = new Attr('string', `${this.call.scope}/${frame}`);
    const isShared = attrs.some(({ name }) => name === 'shared_name') && this.call.sharesVariables;
    if (isShared && !out['shared_name']?.value) out['shared_name'] = new Attr('string', node.name);
    return out;
  }
  private filled(attr: Attr, node: string, kind?: AttrKind): Attr {
    if (attr.kind === 'placeholder') {
      const value = this.attrs[String(attr.value)];
      if (value === undefined)
        throw new InvalidArgumentError(
          null,
          `Attr ${String(attr.value)} is not found from ${this.call.fn.signature.name}'s call, for node '${node}'.`,
        );
      return new Attr(kind ?? kindOf(value), value);
    }
    const { value } = attr;
    if (value instanceof Func) return new Attr('func', this.filledFunc(value, node));
    if (attr.kind === 'list(func)' && Array.isArray(value)) {
      const elements: readonly unknown[] = value;
      const funcs = elements.filter((each): each is Func => each instanceof Func);
      return new Attr(
        attr.kind,
        funcs.map((each) => this.filledFunc(each, node)),
      );
    }
    return attr;
  }
  private filledFunc({ name, attrs }: Func, node: string): Func {
    const filled = Object.entries(attrs).map(([key, attr]) => [
      key,
      attr instanceof Attr ? this.filled(attr, node) : attr,
    ]);
    return new Func(name, Object.fromEntries(filled));
  }
  private noteOutputs({ name, op, attr }: NodeMessage): void {
    const def = this.graph.opDef(op);
    const attrs = plainAttrs(attr);
    for (const { name: key, default: fallback } of def.attrs)
      if (fallback !== undefined && !(key in attrs)) attrs[key] = fallback;
    let at = 0;
    for (const arg of def.outputs) {
      const count = edgeTypes(op, [arg], attrs).length;
      const first = at;
      at += count;
      this.outputs.set(
        `${name}:${arg.name}`,
        Array.from({ length: count }, (_, i) => (first + i ? `${name}:${first + i}` : name)),
      );
    }
  }
  /** An input as a graph has it, `node:1`, from what a body has: `node:output:0`, or `node:output` for all of it. */
  private flat(from: string): readonly string[] {
    if (from.startsWith('^')) return [from];
    const whole = this.outputs.get(from);
    if (whole) return whole;
    const [, output, index] = /^(.*):(\d+)$/.exec(from) ?? [];
    const one = output === undefined ? undefined : this.outputs.get(output)?.[Number(index)];
    if (one === undefined) throw new InvalidArgumentError(null, `input ${from} is not found.`);
    return [one];
  }
}
