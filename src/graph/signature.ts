/**
 * TensorFlow's notation for what an op takes, gives and is told, parsed.
 *
 * Edges: `x: T` (a type attribute), `x: float` (a fixed type), `x: N * T` (a list of N), `x: Tlist` (a list with
 * a type each), `x: Ref(T)` (a reference). Attributes: `name: kind`, optionally `= default`; kinds are int,
 * float, bool, string, type, shape, tensor, func, `list(…)`, `{float, int32}` for a type from a set, or `{'SAME', 'VALID'}`
 * for a string from one; `name: int >= 2`, `name: list(int) >= 4`.
 */
import { type DType, asDtype } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';

export interface ArgDef {
  readonly name: string;
  /** A fixed type, or null where an attribute gives it. */
  readonly dtype: DType | null;
  readonly typeAttr: string | null;
  readonly numberAttr: string | null;
  readonly typeListAttr: string | null;
  readonly isRef: boolean;
}
export type AttrKind =
  | 'int'
  | 'float'
  | 'bool'
  | 'string'
  | 'type'
  | 'shape'
  | 'tensor'
  | 'func'
  | 'list(int)'
  | 'list(float)'
  | 'list(bool)'
  | 'list(string)'
  | 'list(type)'
  | 'list(shape)'
  | 'list(tensor)'
  | 'list(func)';
export type AttrValue =
  | number
  | bigint
  | boolean
  | string
  | DType
  | TensorShape
  | NDArray
  | readonly number[]
  | readonly boolean[]
  | readonly string[]
  | readonly DType[]
  | readonly TensorShape[]
  | readonly NDArray[]
  | readonly bigint[];
export interface AttrDef {
  readonly name: string;
  readonly kind: AttrKind;
  readonly default: AttrValue | undefined;
  readonly allowed: readonly DType[] | null;
  readonly allowedStrings: readonly string[] | null;
  readonly minimum: number | null;
  /** True where the type or number is found from the inputs. */
  readonly inferred: boolean;
}

/** A parsed signature. */
export class Signature {
  readonly inputs: readonly ArgDef[];
  readonly outputs: readonly ArgDef[];
  readonly attrs: readonly AttrDef[];
  constructor(sig: string, attrs: readonly string[]) {
    const [ins, outs = ''] = sig.split('->');
    const kinds = new Map(attrs.map((text) => text.split(':', 2).map((s) => s.trim()) as [string, string]));
    this.inputs = parseArgs(ins, kinds);
    this.outputs = parseArgs(outs, kinds);
    const inferred = new Set(this.inputs.flatMap((a) => [a.typeAttr, a.numberAttr, a.typeListAttr]));
    this.attrs = attrs.map((text) => parseAttr(text, inferred));
    const declared = new Set(this.attrs.map((a) => a.name));
    const implied = [...this.inputs, ...this.outputs].flatMap((a) => [
      a.typeAttr && `${a.typeAttr}: type`,
      a.numberAttr && `${a.numberAttr}: int`,
      a.typeListAttr && `${a.typeListAttr}: list(type)`,
    ]);
    for (const text of implied) {
      if (!text || declared.has(text.split(':')[0])) continue;
      declared.add(text.split(':')[0]);
      (this.attrs as AttrDef[]).push(parseAttr(text, inferred));
    }
  }
  attr(name: string): AttrDef | undefined {
    return this.attrs.find((a) => a.name === name);
  }
}

function parseArgs(text: string, kinds: ReadonlyMap<string, string>): ArgDef[] {
  return text
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean)
    .map((edge) => {
      const [name, spec] = edge.split(':').map((s) => s.trim());
      const ref = /^Ref\((.*)\)$/.exec(spec);
      const [, number, type] = /^(?:(\w+)\s*\*\s*)?(\w+)$/.exec(ref ? ref[1] : spec)!;
      const isAttr = /^[A-Z]/.test(type) || kinds.has(type);
      const isList =
        isAttr &&
        !number &&
        (/^list\(type\)/.test(kinds.get(type) ?? '') ||
          /list$|^T(out|in|arguments|cond|state|output_types)s$|^(Tinputs|Toutputs|Tcomponents|component_types|output_types)$/.test(
            type,
          ));
      return {
        name,
        isRef: !!ref,
        numberAttr: number ?? null,
        dtype: isAttr || isAttrName(type) ? null : asDtype(type),
        typeAttr: (isAttr || isAttrName(type)) && !isList ? type : null,
        typeListAttr: isList ? type : null,
      };
    });
}
/** Type attributes that TensorFlow spells in lower case. */
function isAttrName(type: string): boolean {
  return ['dtype', 'out_type', 'output_type', 'type', 'out_idx'].includes(type);
}

function parseAttr(text: string, inferred: ReadonlySet<string | null>): AttrDef {
  const [, name, spec, , fallback] = /^(\w+)\s*:\s*(\{[^}]*\}|[\w()]+(\s*>=\s*\d+)?)\s*(?:=\s*([^]*))?$/.exec(text)!;
  const set = /^\{(.*)\}$/.exec(spec);
  const strings = set?.[1].includes("'") ? set[1].split(',').map((s) => s.trim().slice(1, -1)) : null;
  const [kind, minimum] = set ? [strings ? 'string' : 'type', undefined] : spec.split('>=').map((s) => s.trim());
  return {
    name,
    kind: kind as AttrKind,
    allowedStrings: strings,
    allowed: set && !strings ? set[1].split(',').map((s) => asDtype(s.trim())) : null,
    minimum: minimum === undefined ? null : Number(minimum),
    default: fallback === undefined ? undefined : parseDefault(kind as AttrKind, fallback),
    inferred: inferred.has(name),
  };
}
function parseDefault(kind: AttrKind, text: string): AttrValue {
  const list = /^list\((\w+)\)$/.exec(kind);
  if (list) {
    const inner = text.replace(/^\[|\]$/g, '').trim();
    return (inner ? inner.split(',').map((s) => parseDefault(list[1] as AttrKind, s.trim())) : []) as AttrValue;
  }
  switch (kind) {
    case 'type':
      return asDtype(text);
    case 'bool':
      return text === 'true';
    case 'string':
    case 'func':
      return text.replace(/^['"]|['"]$/g, '');
    case 'shape':
      return new TensorShape(text === '<unknown>' ? null : JSON.parse(text));
    default:
      return Number(text);
  }
}
