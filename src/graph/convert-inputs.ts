/**
 * What is given as an op's inputs made tensors, and its type attributes found, after TensorFlow's op_def_library: a
 * tensor decides, else a later one, else the default.
 */
import { type DType, float32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { append } from '../base/room';
import { type TensorLike, asTensor, convertToTensor, isSymbolic, isWeak, sampleOf } from './constant';
import { typeIn } from './check-attr';
import type { Tensor } from './graph';
import { listError, notAList, wrongLength } from './list-errors';
import { swapCure, typeCure } from './type-cure';
import type { ArgDef, AttrValue, OpDef } from './opdef';

/** One input edge: a value, or a list of them for `N * T` and type-list edges. */
export type Input = TensorLike | readonly TensorLike[];

/** The tensors of a node's inputs; settles the attributes they decide. @throws TypeError  if a type does not fit */
export function convertInputs(def: OpDef, inputs: readonly Input[], attrs: Record<string, AttrValue>): Tensor[] {
  if (inputs.length !== def.inputs.length)
    throw new TypeError_(`'${def.type}' Op takes ${def.inputs.length} inputs, got ${inputs.length}.`);
  const decidedBy = new Map<string, Decision>();
  const tensors: Tensor[] = [];
  def.inputs.forEach((arg, i) => {
    const value = inputs[i];
    if (arg.numberAttr || arg.typeListAttr) {
      append(tensors, convertList(def, arg, value, inputs, attrs, decidedBy));
    } else {
      if (arg.typeAttr && attrs[arg.typeAttr] === undefined)
        decide(def, arg, [value as TensorLike], inputs, attrs, decidedBy);
      tensors.push(convertOne(def, arg, value as TensorLike, inputs, attrs, decidedBy));
    }
  });
  return tensors;
}

function convertList(
  def: OpDef,
  arg: ArgDef,
  value: Input,
  inputs: readonly Input[],
  attrs: Record<string, AttrValue>,
  decidedBy: Map<string, Decision>,
): Tensor[] {
  if (!isList(value)) throw notAList(def, arg, value);
  const before = def.inputs
    .slice(0, def.inputs.indexOf(arg))
    .find((a) => a.numberAttr && a.numberAttr === arg.numberAttr);
  const length = before?.numberAttr && Number(attrs[before.numberAttr]);
  if (before && length !== value.length) throw wrongLength(def, arg, value.length, Number(length), before);
  const earlier = arg.dtype ?? (arg.typeAttr ? attrs[arg.typeAttr] : undefined);
  if (arg.typeAttr && earlier === undefined) decide(def, arg, value, inputs, attrs, decidedBy);
  const list = convertAll(def, arg, value, attrs, earlier !== undefined);
  if (arg.numberAttr) checkLength(def, arg, list.length, attrs);
  if (arg.typeListAttr) attrs[arg.typeListAttr] = list.map((t) => t.dtype.baseDtype);
  for (const tensor of list) settleType(def, arg, tensor, inputs, attrs, decidedBy);
  return list;
}
function isList(value: Input): value is readonly TensorLike[] {
  return Array.isArray(value);
}
/** All become tensors, of one type where the list is one of N. Their errors name the types of all. */
function convertAll(
  def: OpDef,
  arg: ArgDef,
  values: readonly TensorLike[],
  attrs: Record<string, AttrValue>,
  isSettled: boolean,
): Tensor[] {
  const wanted = arg.dtype ?? typeIn(attrs, arg.typeAttr);
  let list: Tensor[];
  try {
    list = [];
    // Holes are elements, too: they are refused.
    for (let i = 0; i < values.length; i++) {
      const [x, name] = [values[i], `${arg.name}_${i}`];
      list.push(isSymbolic(x) ? asTensor(x, arg.isRef, name) : convertToTensor(x, wanted, name));
    }
  } catch (error) {
    if (!wanted || !(error instanceof TypeError_ || error instanceof ValueError)) throw error;
    throw listError(def, arg, values, wanted, isSettled);
  }
  if (arg.isRef && list.some((t) => !t.dtype.isRef)) throw notMutable(def, arg);
  const types = new Set(list.map((t) => t.dtype.baseDtype));
  if (arg.numberAttr && (types.size > 1 || (wanted && types.size === 1 && !types.has(wanted.baseDtype))))
    throw listError(def, arg, values, wanted ?? list[0].dtype, isSettled);
  return list;
}
function checkLength(def: OpDef, arg: ArgDef, length: number, attrs: Record<string, AttrValue>): void {
  const name = arg.numberAttr!;
  const minimum = def.attr(name)?.minimum ?? 0;
  if (length < minimum)
    throw new ValueError(
      `List argument '${arg.name}' to '${def.type}' Op with length ${length} shorter than minimum length ${minimum}.`,
    );
  attrs[name] = length;
}

/** The argument that gave a type attribute its type. */
interface Decision {
  readonly arg: string;
  readonly tensor: Tensor;
}
function decideBy(
  value: Parameters<typeof sampleOf>[0],
  arg: ArgDef,
  attrs: Record<string, AttrValue>,
  decidedBy: Map<string, Decision>,
): void {
  const tensor = sampleOf(value);
  attrs[arg.typeAttr!] = tensor.dtype.baseDtype;
  decidedBy.set(arg.typeAttr!, { arg: arg.name, tensor });
}
/** Settles a type attribute before its first edge is converted: by a tensor, else by a later one, else by default. */
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
    if (found) decideBy(found, arg, attrs, decidedBy);
    return;
  }
  for (let i = 0; i < def.inputs.length; i++) {
    if (def.inputs[i].typeAttr !== arg.typeAttr) continue;
    const found = [inputs[i]].flat(1).find((x) => isSymbolic(x));
    if (found) {
      decideBy(found, def.inputs[i], attrs, decidedBy);
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
  inputs: readonly Input[],
  attrs: Record<string, AttrValue>,
  decidedBy: Map<string, Decision>,
): Tensor {
  const { name } = arg;
  const wanted = arg.dtype ?? typeIn(attrs, arg.typeAttr);
  const tensor = isSymbolic(value) ? asTensor(value, arg.isRef, name) : convertHostValue(def, arg, value, name, wanted);
  if (arg.isRef && !tensor.dtype.isRef) throw notMutable(def, arg);
  if (wanted && tensor.dtype.baseDtype !== wanted.baseDtype)
    throw wrongType(def, arg, tensor, wanted, (arg.typeAttr && decidedBy.get(arg.typeAttr)) || null, inputs);
  settleType(def, arg, tensor, inputs, attrs, decidedBy);
  return tensor;
}
/** @throws ValueError or TypeError  that names the op and its argument */
function convertHostValue(def: OpDef, arg: ArgDef, value: TensorLike, name: string, wanted?: DType): Tensor {
  try {
    return convertToTensor(value, wanted, name);
  } catch (error) {
    if (error instanceof ValueError)
      throw new ValueError(
        `Tried to convert '${name}' to a tensor and failed. Error: ${error.message}` +
          `\n  it is an input of '${def.type}'.`,
      );
    if (!wanted || !(error instanceof TypeError_)) throw error;
    const [first, ...rest] = error.message.split('\n');
    const got = /got (.*) of type '([^']*)' instead\.$/.exec(first);
    const told = got
      ? `Expected ${wanted.name} passed to parameter '${arg.name}' of op '${def.type}', ` +
        `got ${got[1]} of type '${got[2]}' instead. Error: ${first}`
      : first;
    throw new TypeError_([told, ...rest].join('\n'));
  }
}
/** `by` is what has decided the type that is wanted. */
function wrongType(
  def: OpDef,
  arg: ArgDef,
  tensor: Tensor,
  wanted: DType,
  by: Decision | null,
  inputs: readonly Input[],
): TypeError_ {
  const dtype = tensor.dtype.baseDtype;
  const prefix = `Input '${arg.name}' of '${def.type}' Op has type ${dtype.name} that does not match`;
  const line = (argument: string, t: Tensor): string =>
    `\n  ${argument}: ${t.name} is ${t.dtype.baseDtype.name}${t.op.trace.line ? `, made at ${t.op.trace.line}` : ''}`;
  // Of an integer and a fraction it is the integer that is converted.
  const castOther = by && dtype.isFloating && !wanted.baseDtype.isFloating;
  const [cast, to] = castOther ? [by.tensor, dtype] : [tensor, wanted.baseDtype];
  const other = by && by.arg !== arg.name ? by : null;
  const castName = cast.op.name.replace(/\/read$/, '').replace(/.*\//, '');
  return new TypeError_(
    (other
      ? `${prefix} type ${wanted.name} of argument '${other.arg}'.`
      : `${prefix} expected type of ${wanted.name}.`) +
      `${other ? line(other.arg, other.tensor) : ''}${line(arg.name, tensor)}` +
      ((!other && swapCure(def, arg, tensor, inputs)) ||
        `\n  fix: tf.cast(${castName}, tf.${to.name}).` +
          (wanted.isBool ? '\n  or a comparison, which gives truth values: x.greater(0), tf.equal(x, y).' : '')),
  );
}
/** A type attribute that nothing has settled yet takes the tensor's type, which must be allowed. */
function settleType(
  def: OpDef,
  arg: ArgDef,
  tensor: Tensor,
  inputs: readonly Input[],
  attrs: Record<string, AttrValue>,
  decidedBy: Map<string, Decision>,
): void {
  const dtype = tensor.dtype.baseDtype;
  if (arg.typeAttr && attrs[arg.typeAttr] === undefined) {
    attrs[arg.typeAttr] = dtype;
    decidedBy.set(arg.typeAttr, { arg: arg.name, tensor });
  }
  if (arg.typeAttr) {
    const allowed = def.attr(arg.typeAttr)?.allowed;
    if (allowed && !allowed.includes(dtype)) {
      throw new TypeError_(
        `Value passed to parameter '${arg.name}' has DataType ${dtype.name} not in list of allowed values: ` +
          allowed.map((d) => d.name).join(', ') +
          (tensor.op.trace.line ? `\n  ${tensor.name} of '${def.type}' was made at ${tensor.op.trace.line}` : '') +
          (swapCure(def, arg, tensor, inputs) ?? typeCure(arg.name, tensor, allowed)),
      );
    }
  }
}
function notMutable(def: OpDef, arg: ArgDef): TypeError_ {
  return new TypeError_(`'${def.type}' Op requires that input '${arg.name}' be a mutable tensor (e.g.: a tf.Variable)`);
}
