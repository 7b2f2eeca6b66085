/** FunctionDef and the OpDef of its signature: functions of a graph's library as bytes, and back. */
import { type DType, asDtype } from '../base/dtype';
import type { Attr } from './attr';
import { putAttr, readAttr, writeAttr, writeAttrs } from './attr-value';
import { type NodeMessage, readNode, writeNode } from './node-def';
import { MessageWriter, NOTHING, readEntry, readFields } from './wire';

/** An input or an output in an OpDef. */
export interface ArgMessage {
  /** Its name. */
  readonly name: string;
  /** What is said of it. */
  readonly description: string;
  /** A fixed type, or null. */
  readonly type: DType | null;
  /** The attribute that says its type. */
  readonly typeAttr: string;
  /** The attribute that says how many there are. */
  readonly numberAttr: string;
  /** The attribute that lists their types. */
  readonly typeListAttr: string;
  /** Whether it is a reference. */
  readonly isRef: boolean;
  /** Fields that are not known here, as bytes. */
  readonly unknown: Uint8Array;
}
/** An attribute in an OpDef. */
export interface AttrDefMessage {
  /** Its name. */
  readonly name: string;
  /** Its kind, as `list(int)`. */
  readonly type: string;
  /** What it is where a node does not say, or null. */
  readonly default: Attr | null;
  /** What is said of it. */
  readonly description: string;
  /** The least number, or the fewest elements; null for any. */
  readonly minimum: bigint | null;
  /** What it may be, or null for anything. */
  readonly allowed: Attr | null;
  /** Fields that are not known here, as bytes. */
  readonly unknown: Uint8Array;
}
/** TensorFlow's OpDef: here the signature of a function. */
export interface OpDefMessage {
  /** Its name. */
  readonly name: string;
  /** Its inputs, in order. */
  readonly inputs: readonly ArgMessage[];
  /** Its outputs, in order. */
  readonly outputs: readonly ArgMessage[];
  /** Its attributes. */
  readonly attrs: readonly AttrDefMessage[];
  /** The names of its control outputs. */
  readonly controlOutputs: readonly string[];
  /** One line about it. */
  readonly summary: string;
  /** What is said of it. */
  readonly description: string;
  /** Whether its inputs may change places. */
  readonly isCommutative: boolean;
  /** Whether it joins any number of inputs, in any order. */
  readonly isAggregate: boolean;
  /** Whether it keeps a state, or gives something else each time. */
  readonly isStateful: boolean;
  /** Whether an input may be a variable without a value. */
  readonly allowsUninitializedInput: boolean;
  /** Fields that are not known here, as bytes. */
  readonly unknown: Uint8Array;
}
/** TensorFlow's FunctionDef: a function of a graph's library. */
export interface FunctionMessage {
  /** Its name, inputs and outputs. */
  readonly signature: OpDefMessage;
  /** The nodes, in order. */
  readonly nodes: readonly NodeMessage[];
  /** Where each output comes from: `node:output name:index`. */
  readonly ret: Readonly<Record<string, string>>;
  /** The nodes that its control outputs are, by name. */
  readonly controlRet: Readonly<Record<string, string>>;
  /** Its attributes. */
  readonly attrs: Readonly<Record<string, Attr>>;
  /** Fields that are not known here, as bytes. */
  readonly unknown: Uint8Array;
}

/** A function as bytes. */
export function functionBytes(fn: FunctionMessage): Uint8Array {
  const m = new MessageWriter();
  writeFunction(m, fn);
  return m.w.finish();
}
export function writeFunction(m: MessageWriter, fn: FunctionMessage): void {
  m.message(1, () => writeSignature(m, fn.signature));
  for (const node of fn.nodes) m.message(3, () => writeNode(m, node));
  writeTexts(m, 4, fn.ret);
  writeAttrs(m, 5, fn.attrs);
  writeTexts(m, 6, fn.controlRet);
  m.raw(fn.unknown);
}
function writeTexts(m: MessageWriter, field: number, texts: Readonly<Record<string, string>>): void {
  for (const key in texts) m.message(field, () => m.keyed(key, texts[key]));
}
function putText(texts: Record<string, string>, bytes: Uint8Array): true {
  const text = (r: { string(): string }): string => r.string();
  const [key, value] = readEntry(bytes, text, text, ['', '']);
  texts[key] = value;
  return true;
}
export function readFunction(bytes: Uint8Array): FunctionMessage {
  let signature = readSignature(NOTHING);
  const nodes: NodeMessage[] = [];
  const ret: Record<string, string> = {};
  const controlRet: Record<string, string> = {};
  const attrs: Record<string, Attr> = {};
  const unknown = readFields(bytes, (field, r) => {
    if (field === 1) signature = readSignature(r.bytes());
    else if (field === 3) nodes.push(readNode(r.bytes()));
    else if (field === 4) putText(ret, r.bytes());
    else if (field === 5) putAttr(attrs, r.bytes());
    else if (field === 6) putText(controlRet, r.bytes());
    else return false;
    return true;
  });
  return { signature, nodes, ret, controlRet, attrs, unknown };
}

export function writeSignature(m: MessageWriter, op: OpDefMessage): void {
  m.text(1, op.name);
  for (const arg of op.inputs) m.message(2, () => writeArg(m, arg));
  for (const arg of op.outputs) m.message(3, () => writeArg(m, arg));
  for (const attr of op.attrs) m.message(4, () => writeAttrDef(m, attr));
  m.text(5, op.summary).text(6, op.description);
  m.flag(16, op.isAggregate).flag(17, op.isStateful).flag(18, op.isCommutative).flag(19, op.allowsUninitializedInput);
  for (const name of op.controlOutputs) m.text(20, name);
  m.raw(op.unknown);
}
function readSignature(bytes: Uint8Array): OpDefMessage {
  const inputs: ArgMessage[] = [];
  const outputs: ArgMessage[] = [];
  const attrs: AttrDefMessage[] = [];
  const controlOutputs: string[] = [];
  const texts: Record<number, string> = {};
  const flags: Record<number, boolean> = {};
  const unknown = readFields(bytes, (field, r) => {
    if (field === 2) inputs.push(readArg(r.bytes()));
    else if (field === 3) outputs.push(readArg(r.bytes()));
    else if (field === 4) attrs.push(readAttrDef(r.bytes()));
    else if (field === 20) controlOutputs.push(r.string());
    else if (field === 1 || field === 5 || field === 6) texts[field] = r.string();
    else if (field >= 16 && field <= 19) flags[field] = r.bool();
    else return false;
    return true;
  });
  return {
    name: texts[1] ?? '',
    inputs,
    outputs,
    attrs,
    controlOutputs,
    summary: texts[5] ?? '',
    description: texts[6] ?? '',
    isAggregate: flags[16] ?? false,
    isStateful: flags[17] ?? false,
    isCommutative: flags[18] ?? false,
    allowsUninitializedInput: flags[19] ?? false,
    unknown,
  };
}
function writeArg(m: MessageWriter, arg: ArgMessage): void {
  m.text(1, arg.name).text(2, arg.description);
  if (arg.type) m.int(3, arg.type.number);
  m.text(4, arg.typeAttr).text(5, arg.numberAttr).text(6, arg.typeListAttr).flag(16, arg.isRef).raw(arg.unknown);
}
function readArg(bytes: Uint8Array): ArgMessage {
  const texts: Record<number, string> = {};
  let type: DType | null = null;
  let isRef = false;
  const unknown = readFields(bytes, (field, r) => {
    if (field === 3) type = asDtype(r.int32());
    else if (field === 16) isRef = r.bool();
    else if (field <= 6) texts[field] = r.string();
    else return false;
    return true;
  });
  const [name, description, typeAttr, numberAttr, typeListAttr] = [1, 2, 4, 5, 6].map((field) => texts[field] ?? '');
  return { name, description, type, typeAttr, numberAttr, typeListAttr, isRef, unknown };
}
function writeAttrDef(m: MessageWriter, attr: AttrDefMessage): void {
  const { default: fallback, allowed } = attr;
  m.text(1, attr.name).text(2, attr.type);
  if (fallback) m.message(3, () => writeAttr(m, fallback));
  m.text(4, attr.description);
  if (attr.minimum !== null) m.flag(5, true).int(6, attr.minimum);
  if (allowed) m.message(7, () => writeAttr(m, allowed));
  m.raw(attr.unknown);
}
function readAttrDef(bytes: Uint8Array): AttrDefMessage {
  const texts: Record<number, string> = {};
  const attrs: Record<number, Attr> = {};
  let hasMinimum = false;
  let minimum = 0n;
  const unknown = readFields(bytes, (field, r) => {
    if (field === 1 || field === 2 || field === 4) texts[field] = r.string();
    else if (field === 3 || field === 7) attrs[field] = readAttr(r.bytes());
    else if (field === 5) hasMinimum = r.bool();
    else if (field === 6) minimum = BigInt(r.int64());
    else return false;
    return true;
  });
  return {
    name: texts[1] ?? '',
    type: texts[2] ?? '',
    default: attrs[3] ?? null,
    description: texts[4] ?? '',
    minimum: hasMinimum ? minimum : null,
    allowed: attrs[7] ?? null,
    unknown,
  };
}

/** The op definitions in an OpList: those of the program that wrote a graph. @throws ValueError  for other bytes */
export function readOpList(bytes: Uint8Array): OpDefMessage[] {
  const ops: OpDefMessage[] = [];
  readFields(bytes, (field, r) => field === 1 && ops.push(readSignature(r.bytes())) > 0);
  return ops;
}
export function writeOpList(ops: readonly OpDefMessage[]): Uint8Array {
  const m = new MessageWriter();
  for (const op of ops) m.message(1, () => writeSignature(m, op));
  return m.w.finish();
}
