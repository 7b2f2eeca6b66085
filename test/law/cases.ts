/** The cases of the law sweep, made from forms.ts for every dtype that an op takes. */
import * as tf from '../../src';
import { type DType, asDtype } from '../../src/base/dtype';
import type { NDArray } from '../../src/base/ndarray';
import { type ArgDef, type AttrValue, definitionOf } from '../../src/graph/opdef';
import { fromJson } from '../recorded';
import type { Form, Operand } from './form';
import { FORMS } from './forms';
import { operand } from './operands';

/** The dtypes that are tried where an op takes them. */
const SWEPT = [
  'float32',
  'float64',
  'int32',
  'int64',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'bool',
  'float16',
  'bfloat16',
  'complex64',
  'string',
];

export interface Case {
  readonly type: string;
  readonly title: string;
  readonly inputs: readonly (Fed | readonly Fed[])[];
  readonly attrs: Readonly<Record<string, AttrValue>>;
  readonly rounding: Rounding;
  readonly outputs?: number;
}
/** What an op may leave open. */
export interface Rounding {
  /** Sums and products of sums, whose order is free: their error is one of the largest result. */
  readonly sums: boolean;
  /** An error that does not shrink with the result, of the dtype's precision. */
  readonly nearZero: boolean;
  /** Whether NaN and infinities may have NaN beside them. */
  readonly spreads: boolean;
  /** Whether a zero is 0 or -0. */
  readonly zeros: boolean;
}
export interface Fed {
  readonly array: NDArray;
  readonly constant: boolean;
}

/**
 * The cases of an op type: every form for every dtype. `others` false keeps to float32 (or the first dtype there
 * is).
 */
export function casesOf(type: string, n: number, others: boolean): Case[] {
  const def = definitionOf(type);
  const forms = FORMS[type]?.(n) ?? [];
  const cases: Case[] = [];
  forms.forEach((form, index) => {
    const main = mainAttr(form, def.inputs);
    const attr = main === null ? null : def.attr(main)!;
    const types = SWEPT.map((name) => asDtype(name)).filter(
      (t) =>
        (!form.floats || t.isFloating) &&
        (!attr || (attr.allowed?.includes(t) ?? true)) &&
        !(t.kind === 'string' && /Scatter(Add|Sub)/.test(type)),
    );
    for (const dtype of main === null ? [null] : others ? types : types.slice(0, 1))
      for (const more of moreAttrs(type, dtype)) cases.push(caseOf(type, form, index, main, dtype, more));
  });
  return cases;
}
function caseOf(
  type: string,
  form: Form,
  index: number,
  main: string | null,
  dtype: DType | null,
  more: Readonly<Record<string, AttrValue>>,
): Case {
  const def = definitionOf(type);
  const typeOf = (arg: ArgDef): DType => {
    if (arg.dtype) return arg.dtype;
    if (arg.typeAttr === main) return dtype!;
    const { allowed, default: fallback } = def.attr(arg.typeAttr!)!;
    return (fallback as DType | undefined) ?? (allowed?.includes(tf.int32) === false ? allowed[0] : tf.int32);
  };
  let count = 0;
  const one = (o: Operand, t: DType): Fed =>
    'pool' in o
      ? { array: operand(t, o.shape, o.pool, count++, index), constant: false }
      : { array: fromJson({ dtype: t.name, shape: [...o.shape], data: [...o.values] }), constant: !o.fed };
  const inputs = form.inputs.map((o, i) => {
    const arg = def.inputs[i];
    const t = typeOf(arg);
    return Array.isArray(o) ? (o as readonly Operand[]).map((each) => one(each, t)) : one(o as Operand, t);
  });
  const flat = inputs.flat() as Fed[];
  const attrs = Object.entries({ ...form.attrs, ...more });
  const words = [...flat.map((f) => `${f.array.dtype.name}[${f.array.shape}]${f.constant ? `=${f.array.data}` : ''}`)];
  return {
    type,
    title: `${index}: ${words.join(' ')} ${attrs.map(([k, v]) => `${k}=${String(v)}`).join(' ')}`,
    inputs,
    attrs: { ...form.attrs, ...more },
    outputs: form.outputs,
    rounding: {
      sums:
        /Softmax/.test(type) || form.inputs.flat().some((o) => 'pool' in o && o.pool !== 'any' && o.pool !== 'divisor'),
      spreads: /^Conv2DBackprop|^Depthwise/.test(type),
      nearZero: /^(Elu|Selu)$/.test(type),
      zeros: /^Relu6?$/.test(type),
    },
  };
}
/** The type attribute that is swept: the one of the first drawn operand. */
function mainAttr(form: Form, args: readonly ArgDef[]): string | null {
  const at = form.inputs.findIndex((o) => [o].flat().some((each) => 'pool' in (each as Operand)));
  return at < 0 ? null : args[at].typeAttr;
}
/** Casts go to every type; a Bitcast to one of the same size. */
function moreAttrs(type: string, dtype: DType | null): readonly Readonly<Record<string, AttrValue>>[] {
  if (type === 'Cast')
    return SWEPT.filter((t) => (t === 'string') === (dtype!.kind === 'string')).map((t) => ({ DstT: asDtype(t) }));
  if (type === 'Bitcast')
    return ['int32', 'int64', 'int16', 'uint8', 'float32']
      .filter((t) => asDtype(t).size === dtype!.size)
      .map((t) => ({ type: asDtype(t) }));
  return [{}];
}
