/**
 * Adds a node by op type: converts the inputs (convert-inputs.ts), checks the attributes against the op's definition, and
 * names the node, all after TensorFlow's op_def_library.
 */
import type { DType } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { asTensor, isSymbolic } from './constant';
import { type Input, convertInputs } from './convert-inputs';
import { type Graph, IndexedSlices, type Operation, type Tensor, getDefaultGraph } from './graph';
import type { AttrDef, AttrValue, OpDef } from './opdef';

export type { Input };
export type Attrs = Readonly<Record<string, AttrValue | null | undefined>>;

/** Adds a node and returns its first output. */
export function apply(type: string, inputs: readonly Input[], attrs: Attrs = {}, name?: string | null): Tensor {
  return applyOp(type, inputs, attrs, name).outputs[0];
}

/**
 * Adds a node.
 *
 * @param name  its name, made unique in the open scope; the op type where not given; a scope with a final slash is used as it is
 * @throws TypeError   if inputs do not have the types that the op takes
 * @throws ValueError  if shapes do not fit, or inputs come from several graphs
 */
export function applyOp(type: string, inputs: readonly Input[], attrs: Attrs = {}, name?: string | null): Operation {
  return inScope(name, type, inputs, (scope) => {
    const graph = getDefaultGraph();
    const def = graph.opDef(type);
    const settled: Record<string, AttrValue> = {};
    for (const [key, value] of Object.entries(attrs)) if (value !== null && value !== undefined) settled[key] = value;
    const tensors = convertInputs(def, inputs, settled);
    for (const attr of def.attrs) settled[attr.name] = checkAttr(def, attr, settled[attr.name]);
    const make = (): Operation => graph.createOp(type, tensors, outputTypes(def, settled), settled, scope, applyOp);
    // What takes a reference stands beside the variable.
    return def.inputs.reduce(
      (inner, arg, i) => (arg.isRef ? () => graph.colocateWith(tensors[i], inner) : inner),
      make,
    )();
  });
}

/** Python's `with name_scope(name, fallback, values)`: runs `body` in a scope, in the graph of the values. */
export function inScope<R>(
  name: string | null | undefined,
  fallback: string,
  values: readonly unknown[],
  body: (scope: string) => R,
): R {
  const graph = graphOf(values);
  const run = (): R => graph.nameScope(name || fallback, body);
  return graph === getDefaultGraph() ? run() : graph.asDefault(run);
}

/** The graph of the inputs, or the default one. @throws ValueError  if they are of several */
export function graphOf(inputs: readonly unknown[]): Graph {
  let first: Tensor | null = null;
  const visit = (x: unknown): void => {
    if (Array.isArray(x)) {
      if (x.length < 4096 || isSymbolic(x[0])) x.forEach(visit);
      return;
    }
    if (!isSymbolic(x)) return;
    const tensor = x instanceof IndexedSlices ? x.values : asTensor(x, true);
    if (!first) first = tensor;
    else if (tensor.graph !== first.graph) {
      const lines = [tensor, first]
        .map((t) => `\n  ${t.name} was made at ${t.op.trace.line ?? 'an unknown line'}`)
        .join('');
      throw new ValueError(
        `${tensor} must be from the same graph as ${first}.${lines}\n  fix: build both in one graph; tf.resetDefaultGraph() starts a new one.`,
      );
    }
  };
  inputs.forEach(visit);
  return (first as Tensor | null)?.graph ?? getDefaultGraph();
}
function checkAttr(def: OpDef, attr: AttrDef, value: AttrValue | undefined): AttrValue {
  const settled = value ?? attr.default;
  if (settled === undefined) throw new TypeError_(`No argument for attr ${attr.name} of '${def.type}' Op.`);
  if (attr.kind === 'shape' && !(settled instanceof TensorShape)) return new TensorShape(settled as readonly number[]);
  if (attr.kind === 'type' && attr.allowed && !attr.allowed.includes((settled as DType).baseDtype)) {
    throw new TypeError_(
      `Value passed to parameter '${attr.name}' has DataType ${(settled as DType).name} not in list of allowed values: ${attr.allowed.map((d) => d.name).join(', ')}`,
    );
  }
  // The format keeps floats in single precision.
  if (attr.kind === 'float') return Math.fround(settled as number);
  if (attr.kind === 'list(float)') return (settled as readonly number[]).map(Math.fround);
  if (attr.allowedStrings && !attr.allowedStrings.includes(settled as string)) {
    throw new ValueError(
      `Attr '${attr.name}' of '${def.type}' Op passed string '${String(settled)}' not in: "${attr.allowedStrings.join('", "')}".`,
    );
  }
  if (attr.minimum !== null && !(attr.inferred && attr.kind === 'int')) {
    if (attr.kind === 'int' && (settled as number) < attr.minimum)
      throw new ValueError(
        `Attr '${attr.name}' of '${def.type}' Op passed ${String(settled)} less than minimum ${attr.minimum}.`,
      );
    if (Array.isArray(settled) && settled.length < attr.minimum)
      throw new ValueError(
        `Attr '${attr.name}' of '${def.type}' Op passed list of length ${settled.length} less than minimum ${attr.minimum}.`,
      );
  }
  return settled;
}

function outputTypes(def: OpDef, attrs: Readonly<Record<string, AttrValue>>): DType[] {
  return def.outputs.flatMap((arg) => {
    if (arg.typeListAttr) return [...(attrs[arg.typeListAttr] as readonly DType[])];
    const dtype = (arg.dtype ?? (attrs[arg.typeAttr!] as DType)).baseDtype;
    const one = arg.isRef ? dtype.ref : dtype;
    return arg.numberAttr ? new Array<DType>(attrs[arg.numberAttr] as number).fill(one) : [one];
  });
}
