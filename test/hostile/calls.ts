/**
 * Hostile calls: operands and attributes that nobody means, after the public advisories on TensorFlow's kernels. Some
 * are drawn from an op's definition alone; others are a right call of test/law with something put wrong. All from
 * seeds.
 */
import * as tf from '../../src';
import { type DType, type Data, zerosOf } from '../../src/base/dtype';
import { TensorShape } from '../../src/base/shape';
import { type AttrDef, type AttrValue, type OpDef, definitionOf } from '../../src/graph/opdef';
import { hostKernel } from '../../src/kernels/registry';
import { type Case, casesOf } from '../law/cases';

export interface Operand {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Data;
}
export interface Call {
  readonly type: string;
  readonly inputs: readonly (Operand | readonly Operand[])[];
  readonly attrs: Readonly<Record<string, AttrValue>>;
}
/** Numbers in [0, 1) from a seed. */
export type Random = () => number;
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const one = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)];

/** What a native kernel can be given, and what it is given as bits where the host has no kernel. */
export const CROSSING: readonly DType[] = [tf.float32, tf.float64, tf.int32, tf.int64, tf.bool, tf.uint8, tf.string];
const AS_BITS: readonly DType[] = [
  ...[tf.complex64, tf.complex128, tf.float16, tf.bfloat16],
  ...[tf.int8, tf.int16, tf.uint16, tf.uint32, tf.uint64],
];
const given = (type: string): readonly DType[] => (hostKernel(type) ? CROSSING : [...CROSSING, ...AS_BITS]);
const WHOLE = [0n, 0n, 1n, 1n, 2n, 3n, -1n, -2n, 5n, 7n, 100n, 46341n, 65536n, 2n ** 31n - 1n, -(2n ** 31n)];
const WIDE = [2n ** 32n, 2n ** 33n + 1n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 63n) + 1n];
const FRACTIONS = [0, 1, -1, 0.5, NaN, Infinity, -Infinity, 1e30, -1e30, 1e-40, 2147483648, 3];
const TEXTS = ['', 'a', 'ab,c', 'ä', '\0', '%', '1', '-1', '{"a":1}', 'x'.repeat(700), '(', '日本'];
const SIZES = [0, 0, 1, 1, 2, 3, 4, 7];

/** Elements that no kernel expects. */
function hostile(random: Random, dtype: DType, n: number): Data {
  if (dtype === tf.string) return Array.from({ length: n }, () => one(random, TEXTS));
  const data = zerosOf(dtype, n);
  // Small numbers reach further than large ones, which the first check refuses.
  const wild = random() < 0.5;
  for (let i = 0; i < data.length; i++)
    if (data instanceof BigInt64Array || data instanceof BigUint64Array)
      data[i] = one(random, wild ? [...WHOLE, ...WIDE] : WHOLE.slice(0, 9));
    else if (dtype.isInteger || dtype === tf.bool)
      (data as Int32Array)[i] =
        Number(BigInt.asIntN(32, one(random, wild ? WHOLE : WHOLE.slice(0, 9)))) & (dtype === tf.bool ? 1 : -1);
    else (data as Float32Array)[i] = one(random, FRACTIONS);
  return data;
}
function shape(random: Random): number[] {
  return Array.from({ length: one(random, [0, 1, 1, 2, 2, 3, 4, 5]) }, () => one(random, SIZES));
}
const count = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);
function operand(random: Random, dtype: DType, dims = shape(random)): Operand {
  return { dtype, shape: dims, data: hostile(random, dtype, count(dims)) };
}

// --- from the definition --------------------------------------------------------------------------------------

/** A value for an attribute; undefined leaves it to the default, or to what is inferred from the inputs. */
function attribute(
  random: Random,
  { kind, allowed, allowedStrings, minimum, ...attr }: AttrDef,
  dtypes: readonly DType[],
): AttrValue | undefined {
  if (attr.default !== undefined && random() < 0.4) return attr.default;
  const types = dtypes.filter((t) => !allowed || allowed.includes(t));
  const list = <T>(value: () => T): T[] => Array.from({ length: one(random, [0, 1, 2, 3, 4, 4, 5]) }, value);
  const int = (): number => Number(one(random, random() < 0.5 ? [...WHOLE, 2n ** 40n] : WHOLE.slice(0, 9)));
  const dims = (): TensorShape => new TensorShape(one(random, [[], [0], [2], [2, 3], [46341, 46341], [null, 2], null]));
  const text = (): string => one(random, allowedStrings ?? TEXTS);
  switch (kind) {
    case 'int':
      return Math.max(int(), minimum ?? -Infinity);
    case 'list(int)':
      return list(int);
    case 'float':
      return one(random, FRACTIONS);
    case 'list(float)':
      return list(() => one(random, FRACTIONS));
    case 'bool':
      return random() < 0.5;
    case 'list(bool)':
      return list(() => random() < 0.5);
    case 'string':
      return text();
    case 'list(string)':
      return list(text);
    case 'type':
      return types.length ? one(random, types) : undefined;
    case 'list(type)':
      return list(() => one(random, types));
    case 'shape':
      return dims();
    case 'list(shape)':
      return list(dims);
    default:
      return attr.default;
  }
}
/** A call drawn from an op's definition; null where it takes or gives what a native kernel cannot. */
export function drawn(type: string, random: Random): Call | null {
  const def = definitionOf(type);
  const attrs: Record<string, AttrValue> = {};
  const dtypes = given(type);
  for (const attr of def.attrs) {
    const value = attribute(random, attr, dtypes);
    if (value !== undefined) attrs[attr.name] = value;
    if (attr.kind === 'type' && !dtypes.includes(value as DType)) return null;
    // Numbers of operands are few.
    if (
      def.inputs.some((arg) => arg.numberAttr === attr.name) ||
      def.outputs.some((arg) => arg.numberAttr === attr.name)
    )
      attrs[attr.name] = Math.max(attr.minimum ?? 0, Math.floor(random() * 4));
  }
  const typesOf = (args: OpDef['inputs']): DType[][] =>
    args.map((arg) => {
      if (arg.typeListAttr) return (attrs[arg.typeListAttr] ?? []) as DType[];
      const dtype = arg.dtype ?? (attrs[arg.typeAttr!] as DType);
      return Array.from({ length: arg.numberAttr ? Number(attrs[arg.numberAttr]) : 1 }, () => dtype);
    });
  const [ins, outs] = [typesOf(def.inputs), typesOf(def.outputs)];
  if ([...ins.flat(), ...outs.flat()].some((t) => !dtypes.includes(t)) || !outs.flat().length) return null;
  // Operands of one shape get past more checks than such of many.
  const common = shape(random);
  const alike = random() < 0.5;
  const inputs = def.inputs.map((arg, i) => {
    const made = ins[i].map((t) => operand(random, t, alike && random() < 0.8 ? common : undefined));
    return arg.typeListAttr || arg.numberAttr ? made : made[0];
  });
  return { type, inputs, attrs };
}

// --- from a right call ----------------------------------------------------------------------------------------

/** A right call of an op, from the forms of the law sweep; null where there are none. */
export function rightCall(type: string, random: Random): Call | null {
  const cases = casesOf(type, one(random, [3, 8, 40]), true).filter(({ inputs }) =>
    inputs.flat().every((fed) => CROSSING.includes((fed as { array: Operand }).array.dtype)),
  );
  return cases.length ? callOf(one(random, cases)) : null;
}
function callOf({ type, inputs, attrs }: Case): Call {
  const plain = ({ array: { dtype, shape: dims, data } }: { array: Operand }): Operand => ({
    dtype,
    shape: dims,
    data,
  });
  return { type, attrs, inputs: inputs.map((i) => (Array.isArray(i) ? i.map(plain) : plain(i as { array: Operand }))) };
}
/** The same call with something wrong in its operands. `sameShapes` leaves their shapes as they are. */
export function spoilt(call: Call, random: Random, sameShapes: boolean): Call {
  const { length } = call.inputs.flat();
  const at = Math.floor(random() * length);
  const every = random() < 0.2;
  let i = 0;
  const change = (o: Operand): Operand => (every || i++ === at ? spoiltOperand(o, random, sameShapes) : o);
  return { ...call, inputs: call.inputs.map((o) => (Array.isArray(o) ? o.map(change) : change(o as Operand))) };
}
function spoiltOperand({ dtype, shape: dims, data }: Operand, random: Random, sameShapes: boolean): Operand {
  const way = sameShapes ? 0 : Math.floor(random() * 6);
  if (way < 2) {
    // Some of the elements, or all of them.
    const wrong = hostile(random, dtype, count(dims)) as unknown[];
    const share = one(random, [0.2, 1]);
    const mixed = dtype === tf.string ? [...(data as string[])] : (data as Float32Array).slice();
    for (let i = 0; i < wrong.length; i++) if (random() < share) (mixed as unknown[])[i] = wrong[i];
    return { dtype, shape: dims, data: mixed as Data };
  }
  const changed =
    way === 2
      ? dims.map(() => 0)
      : way === 3
        ? dims.map((d) => (random() < 0.5 ? one(random, SIZES) : d))
        : way === 4
          ? [...dims, one(random, SIZES)]
          : dims.slice(1);
  return operand(random, dtype, changed);
}
/** The same call with other attributes, as far as they are numbers. */
export function retold(call: Call, random: Random): Call {
  const attrs: Record<string, AttrValue> = { ...call.attrs };
  for (const attr of definitionOf(call.type).attrs) {
    if (attr.kind === 'type' || attr.kind === 'list(type)' || attr.inferred || random() < 0.5) continue;
    // Numbers of outputs are few: how many edges there may be is asked elsewhere.
    if (definitionOf(call.type).outputs.some((arg) => arg.numberAttr === attr.name)) continue;
    const value = attribute(random, attr, given(call.type));
    if (value !== undefined) attrs[attr.name] = value;
  }
  return { ...call, attrs };
}

// --- in words -------------------------------------------------------------------------------------------------

/** A call as someone reads it who wants to make it again. */
export function wordsOf({ type, inputs, attrs }: Call): string {
  const operandWords = ({ dtype, shape: dims, data }: Operand): string => {
    const shown = Array.from(data as ArrayLike<unknown>)
      .slice(0, 12)
      .map((v) =>
        typeof v === 'string' ? JSON.stringify(v.length > 20 ? `${v.slice(0, 20)}…${v.length}` : v) : String(v),
      );
    return `${dtype.name}[${dims}]{${shown.join(' ')}}`;
  };
  const ins = inputs.map((i) =>
    Array.isArray(i) ? `[${i.map(operandWords).join(', ')}]` : operandWords(i as Operand),
  );
  const told = Object.entries(attrs).map(([name, value]) => `${name}=${attrWords(value)}`);
  return `${type}(${[...ins, ...told].join(', ')})`;
}
function attrWords(value: AttrValue): string {
  if (Array.isArray(value)) return `[${value.map((v) => attrWords(v as AttrValue)).join(' ')}]`;
  if (value instanceof TensorShape) return `(${value.dims ?? '?'})`;
  if (typeof value === 'object' && 'isRef' in value) return (value as DType).name;
  return String(value);
}
