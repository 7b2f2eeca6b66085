/** The graph of a function as a message of the library, after TensorFlow's GraphToFunctionDef. */
import type { DType } from '../base/dtype';
import { InvalidArgumentError } from '../base/errors';
import { entryOf } from '../base/keys';
import type { Attr } from '../format/attr';
import type { ArgMessage, FunctionMessage } from '../format/function-def';
import type { NodeMessage } from '../format/node-def';
import { NOTHING } from '../format/wire';
import { edgeTypes } from './check-attr';
import { nodeMessage } from './graph-message';
import { noteOrigins } from './function-origins';
import { type GraphFunction, definitionOf } from './library';
import type { Graph, Operation, Tensor } from './operation';

/** Names of a function: of its arguments, its results and its nodes, none of them twice. */
class Names {
  private readonly used = new Set<string>();
  unique(name: string): string {
    let free = name;
    for (let i = 0; this.used.has(free); i++) free = `${name}_${i}`;
    this.used.add(free);
    return free;
  }
  /** For arguments and results: small letters, digits and lines, a letter first. */
  plain(name: string): string {
    const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '_');
    return this.unique(/[a-z].*/.exec(plain)?.[0] ?? 'unknown');
  }
}
const argument = (name: string, type: DType): ArgMessage => ({
  name,
  description: '',
  type: type.baseDtype,
  typeAttr: '',
  numberAttr: '',
  typeListAttr: '',
  isRef: type.isRef,
  unknown: NOTHING,
});

/** What `node:0`, as a graph has it, is in a function: an argument, or `node:output:0`. */
function outputNames(op: Operation, name: string): string[] {
  return op.def.outputs.flatMap((arg) =>
    edgeTypes(op.type, [arg], op.attrValues()).map((_, i) => `${name}:${arg.name}:${i}`),
  );
}
/** A function as it is built. */
export interface BuiltFunction {
  readonly name: string;
  readonly graph: Graph;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** Names of the outputs; those of their nodes where none are given. */
  readonly outNames?: readonly string[];
  readonly attrs?: Readonly<Record<string, Attr>>;
}
/** A function as a message. @throws InvalidArgumentError  for names that do not fit the results */
export function functionMessage({
  graph,
  name,
  inputs,
  outputs,
  outNames = [],
  attrs = {},
}: BuiltFunction): FunctionMessage {
  if (outNames.length && outNames.length !== outputs.length)
    throw new InvalidArgumentError(
      null,
      'output names must be either empty or equal in size to outputs. ' +
        `output names size = ${outNames.length} outputs size = ${outputs.length}`,
    );
  const names = new Names();
  const results = outputs.map((t, i) => argument(outNames[i] ?? names.plain(t.op.name), t.dtype));
  const edges = new Map<Tensor, string>();
  const args = inputs.map((t) => {
    const made = argument(names.plain(t.op.name), t.dtype);
    edges.set(t, made.name);
    return made;
  });
  const body = bodyOperations(graph, inputs);
  const isStateful = body.some(({ def }) => def.isStateful);
  return {
    signature: { ...SIGNATURE, name, inputs: args, outputs: results, isStateful },
    nodes: bodyNodes(body, names, edges),
    ret: Object.fromEntries(results.map((arg, i) => [arg.name, entryOf(edges, outputs[i])])),
    controlRet: {},
    attrs,
    unknown: NOTHING,
  };
}
const SIGNATURE = {
  attrs: [],
  controlOutputs: [],
  summary: '',
  description: '',
  isCommutative: false,
  isAggregate: false,
  allowsUninitializedInput: false,
  unknown: NOTHING,
};
/** @param edges  the arguments' names; those of the nodes' outputs are added */
function bodyNodes(body: readonly Operation[], names: Names, edges: Map<Tensor, string>): NodeMessage[] {
  const made = new Map(body.map((op) => [op, names.unique(op.name)]));
  for (const [op, own] of made) outputNames(op, own).forEach((edge, i) => edges.set(op.outputs[i], edge));
  return body.map((op) => ({
    ...nodeMessage(op, false),
    name: entryOf(made, op),
    input: [
      ...op.inputs.map((t) => entryOf(edges, t)),
      ...op.controlInputs.map((c) => `^${made.get(c) ?? entryOf(edges, c.outputs[0])}`),
    ],
  }));
}
function bodyOperations(graph: Graph, inputs: readonly Tensor[]): Operation[] {
  const given = new Set(inputs.map(({ op }) => op));
  return graph.getOperations().filter((op) => !given.has(op));
}
/** What a library keeps of a function that was built here. @param body  its message, whatever its name is now */
export function libraryFunction({ graph, inputs }: BuiltFunction, body: FunctionMessage): GraphFunction {
  noteOrigins(body, inputs, bodyOperations(graph, inputs));
  return { def: definitionOf(body.signature), body };
}
/** Writes a function into the library of its graph. @returns  its name: another one where a different one has it */
export function addFunction(fn: BuiltFunction): string {
  const { library } = fn.graph;
  for (let i = 0; ; i++) {
    const name = i ? `${fn.name}_${i}` : fn.name;
    const made = libraryFunction(fn, functionMessage({ ...fn, name }));
    if (library.hasOther(made)) continue;
    library.add(made);
    return name;
  }
}
