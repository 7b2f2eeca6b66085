import { someWithin } from '../base/room';
import { ValueError } from '../base/errors';
import { readable } from '../base/unreadable';
import { checkAttr, edgeTypes } from './check-attr';
import { isSymbolic, sampleOf } from './constant';
import { type Input, convertInputs } from './convert-inputs';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from './graph';
import type { AttrValue } from './opdef';
import { resetLine } from './reset';

export type { Input };
export type Attrs = Readonly<Record<string, AttrValue | null | undefined>>;

/** Adds a node and returns its first output. */
export function apply(type: string, inputs: readonly Input[], attrs: Attrs = {}, name?: string | null): Tensor {
  return applyOp(type, inputs, attrs, name).outputs[0];
}

/**
 * Adds a node.
 *
 * @param name  its name, made unique in the open scope; the op type where not given; a scope with a final slash is
 *   used as it is
 * @throws TypeError   if inputs do not have the types that the op takes
 * @throws ValueError  if shapes do not fit, or inputs come from several graphs
 */
export function applyOp(type: string, inputs: readonly Input[], attrs: Attrs = {}, name?: string | null): Operation {
  return inGraphOf(inputs, (graph) =>
    graph.callScope(name || type, applyOp, (scope) => {
      const def = graph.opDef(type);
      const settled: Record<string, AttrValue> = {};
      for (const key in attrs) {
        const value = attrs[key];
        if (value !== null && value !== undefined) settled[key] = value;
      }
      const tensors = convertInputs(def, inputs, settled);
      for (const attr of def.attrs) settled[attr.name] = checkAttr(def, attr, settled[attr.name]);
      let make = (): Operation =>
        graph.createOp(type, tensors, edgeTypes(def.type, def.outputs, settled), settled, scope, applyOp);
      // What takes a reference stands beside the variable.
      for (let i = 0; i < def.inputs.length; i++) {
        const inner = make;
        if (def.inputs[i].isRef) make = () => graph.colocateWith(tensors[i], inner);
      }
      return make();
    }),
  );
}

/**
 * Python's `with name_scope(name, fallback, values)`: runs `body` in a scope, in the graph of the values. What it makes
 * comes from the line that called, so what the program itself wrote must not run in it (`inGraphOf` is for that).
 */
export function inScope<R>(
  name: string | null | undefined,
  fallback: string,
  values: readonly unknown[],
  body: (scope: string) => R,
): R {
  return inGraphOf(values, (graph) => graph.callScope(name || fallback, inScope, body));
}
/** Runs `body` with the graph of the values as the default one. */
export function inGraphOf<R>(values: readonly unknown[], body: (graph: Graph) => R): R {
  const graph = graphOf(values);
  return graph === getDefaultGraph() ? body(graph) : graph.asDefault(body);
}

/** Long lists without a tensor at the beginning hold data. */
function reachOf(list: readonly unknown[]): number {
  return list.length < 4096 || isSymbolic(list[0]) ? list.length : 0;
}
/** The graph of the inputs, or the default one. @throws ValueError  if they are of several */
export function graphOf(inputs: readonly unknown[]): Graph {
  const open = getDefaultGraph();
  // A function that is built takes in what it reads.
  if (open.capturing) return open;
  let first: Tensor | null = null;
  const visit = (x: unknown): boolean => {
    if (!isSymbolic(x)) return false;
    const tensor = sampleOf(x);
    if (!first) first = tensor;
    else if (tensor.graph !== first.graph) {
      const lines = [tensor, first]
        .map((t) => `\n  ${t.name} was made at ${t.op.trace.line ?? 'an unknown line'}${resetLine('it', t.graph)}`)
        .join('');
      throw new ValueError(
        `${tensor} must be from the same graph as ${first}.${lines}` +
          '\n  fix: build both in one graph; tf.resetDefaultGraph() starts a new one.',
      );
    }
    return false;
  };
  try {
    // What should be a list and is none is complained of by what takes it.
    someWithin([inputs], visit, reachOf);
  } catch (error) {
    throw readable(error);
  }
  return (first as Tensor | null)?.graph ?? open;
}
