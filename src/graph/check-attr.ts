/** What is given as an attribute, checked against the op's definition. */
import { isRevoked, textOf } from '../base/preview';
import { isList, worded } from '../base/border';
import { DType } from '../base/dtype';
import { ResourceExhaustedError, TypeError_, ValueError } from '../base/errors';
import { asList } from '../base/nested';
import { append } from '../base/room';
import { type Dim, TensorShape } from '../base/shape';
import { type AttrKind, type AttrValue, type AttrValues, elementKind, isOfKind } from '../format/attr';
import { pythonRepr } from './python-names';
import type { ArgDef, AttrDef } from './signature';

interface Definition {
  readonly type: string;
}

/**
 * The value of an attribute, or its default, after TensorFlow's op_def_library.
 * @throws TypeError   if there is none, or it is of another kind or type
 * @throws ValueError  if it is none of those allowed
 */
export function checkAttr(def: Definition, attr: AttrDef, value: AttrValue | undefined): AttrValue {
  const settled = asKind(attr, value ?? attr.default);
  if (settled === undefined) throw new TypeError_(`No argument for attr ${attr.name} of '${def.type}' Op.`);
  if (settled instanceof DType && attr.allowed && !attr.allowed.includes(settled.baseDtype)) {
    throw new TypeError_(
      `Value passed to parameter '${attr.name}' has DataType ${settled.name} not in list of allowed ` +
        `values: ${attr.allowed.map((d) => d.name).join(', ')}`,
    );
  }
  if (typeof settled === 'string' && attr.allowedStrings && !attr.allowedStrings.includes(settled)) {
    throw new ValueError(
      `Attr '${attr.name}' of '${def.type}' Op passed string '${settled}' not in: ` +
        `"${attr.allowedStrings.join('", "')}".${asAllowed(settled, attr.allowedStrings)}`,
    );
  }
  if (attr.minimum !== null && !(attr.inferred && attr.kind === 'int')) {
    if (typeof settled === 'number' && settled < attr.minimum)
      throw new ValueError(
        `Attr '${attr.name}' of '${def.type}' Op passed ${settled} less than minimum ${attr.minimum}.`,
      );
    if (Array.isArray(settled) && settled.length < attr.minimum)
      throw new ValueError(
        `Attr '${attr.name}' of '${def.type}' Op passed list of length ${settled.length} less than minimum ` +
          `${attr.minimum}.`,
      );
  }
  return settled;
}
/** What Python's messages call the kinds. */
const EXPECTED: Partial<Record<AttrKind, string>> = { type: 'DataType', shape: 'TensorShape', tensor: 'TensorProto' };
/**
 * The value as its kind has it: floats in single precision, as the format keeps them; lists of numbers as shapes.
 * @throws TypeError  if it is of another kind
 */
function asKind({ name, kind }: AttrDef, value: unknown): AttrValue | undefined {
  if (value === undefined) return value;
  if (kind === 'float' && typeof value === 'number') return Math.fround(value);
  if (kind === 'int' || kind === 'list(int)') for (const v of asList(value)) mustBeInt64(v);
  if (isOfKind(value, kind)) return kind === 'list(float)' && isOfKind(value, kind) ? value.map(Math.fround) : value;
  if (kind === 'shape' && Array.isArray(value) && value.every(isSize)) return new TensorShape(value);
  if (kind.startsWith('list(') && !Array.isArray(value)) throw new TypeError_(`Expected list for attr ${name}`);
  const expected = EXPECTED[kind] ?? elementKind(kind) ?? kind;
  throw new TypeError_(`Expected ${expected} for argument '${name}' not ${show(value)}.`);
}
/** @throws ValueError  where a whole number has more than 64 bits, in protobuf's words */
function mustBeInt64(value: unknown): void {
  if (typeof value === 'number' && Number.isInteger(value) && !(value >= -(2 ** 63) && value < 2 ** 63))
    throw new ValueError(`Value out of range: ${BigInt(value)}`);
}
function isSize(x: unknown): x is Dim {
  return x === null || typeof x === 'number';
}
/** Lists in lists that texts show. */
const SHOWN = 4;
function show(value: unknown, depth = 0): string {
  return typeof value === 'string'
    ? pythonRepr(value)
    : isList(value)
      ? depth > SHOWN
        ? '[…]'
        : `[${value.map((each) => show(each, depth + 1)).join(', ')}]`
      : typeof value === 'object' && value !== null && !isRevoked(value) && !(value instanceof DType)
        ? worded(value)
        : textOf(value);
}
/** A type attribute that may not be settled yet. @throws TypeError  if it is no type */
export function typeIn(attrs: AttrValues, name: string | null): DType | undefined {
  const value = name === null ? undefined : attrs[name];
  if (value === undefined || value instanceof DType) return value;
  throw new TypeError_(`Expected DataType for argument '${name}' not ${show(value)}.`);
}
/** @throws TypeError  if it is no list of types */
export function typesIn(attrs: AttrValues, name: string): readonly DType[] {
  const value = attrs[name];
  if (isOfKind(value, 'list(type)')) return value;
  throw new TypeError_(`Expected list for attr ${name}`);
}
/** The line that helps where only the case of a word is wrong, or all is. */
function asAllowed(given: string, allowed: readonly string[]): string {
  const same = allowed.find((word) => word.toLowerCase() === given.toLowerCase());
  return same ? `\n  fix: in capitals: '${same}'.` : `\n  fix: one of ${allowed.map((w) => `'${w}'`).join(', ')}.`;
}

/** The types of a node's inputs or outputs, which its attributes give. @throws TypeError  if one is not given */
export function edgeTypes(type: string, args: readonly ArgDef[], attrs: AttrValues): DType[] {
  const types: DType[] = [];
  for (const arg of args) {
    if (arg.typeListAttr) append(types, typesIn(attrs, arg.typeListAttr));
    else {
      const dtype = (arg.dtype ?? typeIn(attrs, arg.typeAttr))?.baseDtype;
      if (!dtype) throw new TypeError_(`No argument for attr ${arg.typeAttr} of '${type}' Op.`);
      const count = arg.numberAttr ? Number(attrs[arg.numberAttr]) : 1;
      if (count > MOST_EDGES) throw tooMany(type, count);
      for (let i = 0; i < count; i++) types.push(arg.isRef ? dtype.ref : dtype);
    }
  }
  return types;
}
/** More than this are a mistake, which would take all memory there is. */
const MOST_EDGES = 1 << 20;
function tooMany(type: string, count: number): ResourceExhaustedError {
  return new ResourceExhaustedError(
    null,
    `'${type}' Op with ${count} outputs: a node has ${MOST_EDGES} at most.` +
      '\n  fix: take single elements with tf.gather or x.get(i), or parts with tf.slice.',
  );
}
