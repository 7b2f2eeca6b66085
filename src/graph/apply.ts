/**
 * Adds a node by op type: converts the inputs, finds the type attributes, checks them against the op's
 * definition, and names the node, all after TensorFlow's op_def_library.
 */
import { type DType, float32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { type Convertible, type TensorLike, asTensor, convertToTensor, isSymbolic, isWeak } from './constant';
import { type Graph, IndexedSlices, type Operation, type Tensor, getDefaultGraph } from './graph';
import type { ArgDef, AttrDef, AttrValue, OpDef } from './opdef';

/** One input edge: a value, or a list of them for `N * T` and type-list edges. */
export type Input = TensorLike | readonly TensorLike[];
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
    const tensor = tensorOf(x);
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
/** For its graph and dtype; rows are not made dense for that. */
function tensorOf(x: Tensor | IndexedSlices | Convertible): Tensor {
  return x instanceof IndexedSlices ? x.values : asTensor(x, true);
}

function convertInputs(def: OpDef, inputs: readonly Input[], attrs: Record<string, AttrValue>): Tensor[] {
  if (inputs.length !== def.inputs.length)
    throw new TypeError_(`'${def.type}' Op takes ${def.inputs.length} inputs, got ${inputs.length}.`);
  const decidedBy = new Map<string, Decision>();
  const tensors: Tensor[] = [];
  def.inputs.forEach((arg, i) => {
    const value = inputs[i];
    if (arg.numberAttr || arg.typeListAttr) {
      if (!Array.isArray(value))
        throw new TypeError_(`Expected list for '${arg.name}' argument to '${def.type}' Op, not ${String(value)}.`);
      if (arg.typeAttr && attrs[arg.typeAttr] === undefined) decide(def, arg, value, inputs, attrs, decidedBy);
      const list = value.map((x: TensorLike, k) => convertOne(def, arg, x, `${arg.name}_${k}`, attrs, decidedBy));
      if (arg.numberAttr) {
        attrs[arg.numberAttr] = list.length;
        const minimum = def.attr(arg.numberAttr)?.minimum ?? 0;
        if (list.length < minimum)
          throw new ValueError(
            `List argument '${arg.name}' to '${def.type}' Op with length ${list.length} shorter than minimum length ${minimum}.`,
          );
      }
      if (arg.typeListAttr) attrs[arg.typeListAttr] = list.map((t) => t.dtype.baseDtype);
      tensors.push(...list);
    } else {
      if (arg.typeAttr && attrs[arg.typeAttr] === undefined)
        decide(def, arg, [value as TensorLike], inputs, attrs, decidedBy);
      tensors.push(convertOne(def, arg, value as TensorLike, arg.name, attrs, decidedBy));
    }
  });
  return tensors;
}

/** The argument that gave a type attribute its type. */
interface Decision {
  readonly arg: string;
  readonly tensor: Tensor;
}
function decideBy(
  value: Tensor,
  arg: ArgDef,
  attrs: Record<string, AttrValue>,
  decidedBy: Map<string, Decision>,
): void {
  const tensor = tensorOf(value);
  attrs[arg.typeAttr!] = tensor.dtype.baseDtype;
  decidedBy.set(arg.typeAttr!, { arg: arg.name, tensor });
}
/** Settles a type attribute before its first edge is converted: by a tensor, else by any later tensor, else by default. */
function decide(
  def: OpDef,
  arg: ArgDef,
  values: readonly TensorLike[],
  inputs: readonly Input[],
  attrs: Record<string, AttrValue>,
  decidedBy: Map<string, Decision>,
): void {
  if (values.length && values.some((x) => !isWeak(x))) {
    const found = values.find((x) => isSymbolic(x));
    if (found) decideBy(found as Tensor, arg, attrs, decidedBy);
    return;
  }
  for (let i = 0; i < def.inputs.length; i++) {
    if (def.inputs[i].typeAttr !== arg.typeAttr) continue;
    const found = [inputs[i]].flat(1).find((x) => isSymbolic(x));
    if (found) {
      decideBy(found as Tensor, def.inputs[i], attrs, decidedBy);
      return;
    }
  }
  const attr = def.attr(arg.typeAttr!);
  if (attr?.default) attrs[arg.typeAttr!] = attr.default;
  else if (attr?.allowed && !attr.allowed.includes(float32)) attrs[arg.typeAttr!] = attr.allowed[0];
}

function convertOne(
  def: OpDef,
  arg: ArgDef,
  value: TensorLike,
  name: string,
  attrs: Record<string, AttrValue>,
  decidedBy: Map<string, Decision>,
): Tensor {
  const wanted = arg.dtype ?? (arg.typeAttr ? (attrs[arg.typeAttr] as DType | undefined) : undefined);
  let tensor: Tensor;
  if (isSymbolic(value)) tensor = asTensor(value, arg.isRef, name);
  else {
    try {
      tensor = convertToTensor(value, wanted, name);
    } catch (error) {
      if (error instanceof ValueError)
        throw new ValueError(
          `Tried to convert '${name}' to a tensor and failed. Error: ${error.message}\n  it is an input of '${def.type}'.`,
        );
      if (wanted && error instanceof TypeError_) {
        const [first, ...rest] = error.message.split('\n');
        const got = /got (.*) of type '([^']*)' instead\.$/.exec(first);
        throw new TypeError_(
          [
            got
              ? `Expected ${wanted.name} passed to parameter '${arg.name}' of op '${def.type}', got ${got[1]} of type '${got[2]}' instead. Error: ${first}`
              : first,
            ...rest,
          ].join('\n'),
        );
      }
      throw error;
    }
  }
  if (arg.isRef && !tensor.dtype.isRef)
    throw new TypeError_(
      `'${def.type}' Op requires that input '${arg.name}' be a mutable tensor (e.g.: a tf.Variable)`,
    );
  const dtype = tensor.dtype.baseDtype;
  if (wanted && dtype !== wanted.baseDtype) {
    const prefix = `Input '${arg.name}' of '${def.type}' Op has type ${dtype.name} that does not match`;
    const by = (arg.typeAttr && decidedBy.get(arg.typeAttr)) || null;
    const line = (argument: string, t: Tensor): string =>
      `\n  ${argument}: ${t.name} is ${t.dtype.baseDtype.name}${t.op.trace.line ? `, made at ${t.op.trace.line}` : ''}`;
    // Of an integer and a fraction it is the integer that is converted.
    const castOther = by && dtype.isFloating && !wanted.baseDtype.isFloating;
    const [cast, to] = castOther ? [by.tensor, dtype] : [tensor, wanted.baseDtype];
    throw new TypeError_(
      `${by && by.arg !== arg.name ? `${prefix} type ${wanted.name} of argument '${by.arg}'.` : `${prefix} expected type of ${wanted.name}.`}` +
        `${by && by.arg !== arg.name ? line(by.arg, by.tensor) : ''}${line(arg.name, tensor)}\n  fix: tf.cast(${cast.op.name.replace(/\/read$/, '').replace(/.*\//, '')}, tf.${to.name}).`,
    );
  }
  if (arg.typeAttr && attrs[arg.typeAttr] === undefined) {
    attrs[arg.typeAttr] = dtype;
    decidedBy.set(arg.typeAttr, { arg: arg.name, tensor });
  }
  if (arg.typeAttr) {
    const allowed = def.attr(arg.typeAttr)?.allowed;
    if (allowed && !allowed.includes(dtype)) {
      throw new TypeError_(
        `Value passed to parameter '${arg.name}' has DataType ${dtype.name} not in list of allowed values: ${allowed.map((d) => d.name).join(', ')}` +
          (tensor.op.trace.line ? `\n  ${tensor.name} of '${def.type}' was made at ${tensor.op.trace.line}` : ''),
      );
    }
  }
  return tensor;
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
  if (attr.minimum !== null && !attr.inferred) {
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
