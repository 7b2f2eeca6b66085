/**
 * TensorFlow's notation for what an op takes, gives and is told, parsed.
 *
 *     a: T, b: T -> product: T; transpose_a: bool = false; transpose_b: bool = false; T: {half, float, double}
 *
 * Edges come first: `x: T` (a type attribute), `x: float` (a fixed type), `x: N * T` (a list of N), `x: Tlist` (a list
 * with a type each), `x: Ref(T)` (a reference). Then, after semicolons, the attributes: `name: kind`, optionally `=
 * default`; kinds are int, float, bool, string, type, shape, tensor, func, `list(…)`, `{float, int32}` for a type from
 * a set (`numbertype`, `realnumbertype` and `quantizedtype` are names of sets), or `{'SAME', 'VALID'}` for a string
 * from one; `name: int >= 2`, `name: list(int) >= 4`. Last the flags: stateful, commutative, aggregate, uninitialized.
 */
import { type DType, asDtype } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { toNDArray } from '../base/to-ndarray';
import { TensorShape } from '../base/shape';
import { type AttrKind, type AttrValue, toLong } from '../format/attr';

export interface ArgDef {
  readonly name: string;
  /** A fixed type, or null where an attribute gives it. */
  readonly dtype: DType | null;
  readonly typeAttr: string | null;
  readonly numberAttr: string | null;
  readonly typeListAttr: string | null;
  readonly isRef: boolean;
}
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

/** A parsed definition. */
export class Signature {
  readonly inputs: readonly ArgDef[];
  readonly outputs: readonly ArgDef[];
  readonly attrs: readonly AttrDef[];
  /** TensorFlow's flag: equal nodes may give other values, or do something. */
  readonly isStateful: boolean;
  /** The first two inputs may change places. */
  readonly isCommutative: boolean;
  readonly isAggregate: boolean;
  /** Takes a variable that has no value yet. */
  readonly allowsUninitializedInput: boolean;
  constructor(text: string) {
    const [edges, ...parts] = text.split(';').map((s) => s.trim());
    const attrs = parts.filter((part) => part.includes(':'));
    const flags = new Set(parts.filter((part) => !part.includes(':')));
    const [ins, outs] = edges.split('->');
    const lists = new Map(attrs.map((attr) => [nameOf(attr), /^\w+: list\(/.test(attr)]));
    this.inputs = parseArgs(ins, lists);
    this.outputs = parseArgs(outs, lists);
    const inferred = new Set(this.inputs.flatMap((a) => [a.typeAttr, a.numberAttr, a.typeListAttr]));
    this.attrs = attrs.map((attr) => parseAttr(attr, inferred));
    this.isStateful = flags.has('stateful');
    this.isCommutative = flags.has('commutative');
    this.isAggregate = flags.has('aggregate');
    this.allowsUninitializedInput = flags.has('uninitialized');
  }
  attr(name: string): AttrDef | undefined {
    return this.attrs.find((a) => a.name === name);
  }
}
function nameOf(text: string): string {
  return text.slice(0, text.indexOf(':'));
}

/** `lists`: the attributes, and whether each is a list: an edge whose type is one of these has that type. */
function parseArgs(text: string, lists: ReadonlyMap<string, boolean>): ArgDef[] {
  return text
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean)
    .map((edge) => {
      const [name, spec] = edge.split(':').map((s) => s.trim());
      const ref = /^Ref\((.*)\)$/.exec(spec);
      const [, number, type] = /^(?:(\w+)\s*\*\s*)?(\w+)$/.exec(ref ? ref[1] : spec)!;
      const isList = lists.get(type);
      return {
        name,
        isRef: !!ref,
        numberAttr: number ?? null,
        dtype: isList === undefined ? asDtype(type) : null,
        typeAttr: isList === false ? type : null,
        typeListAttr: isList === true ? type : null,
      };
    });
}

const REAL = 'float, double, int32, uint8, int16, int8, int64, bfloat16, uint16, half, uint32, uint64';
/** TensorFlow's words for sets of types, in the order in which its errors name them. */
const TYPE_SETS: Readonly<Record<string, string>> = {
  realnumbertype: REAL,
  numbertype:
    'float, double, int32, uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, uint16, ' +
    'complex128, half, uint32, uint64',
  quantizedtype: 'qint8, quint8, qint32, qint16, quint16',
};
const ATTR = /^(\w+): (list\()?(\{[^}]*\}|\w+)\)?(?: >= (-?\d+))?(?: = ([^]*))?$/;

function parseAttr(text: string, inferred: ReadonlySet<string | null>): AttrDef {
  const [, name, list, spec, minimum, fallback] = ATTR.exec(text)!;
  const set = /^\{(.*)\}$/.exec(spec)?.[1] ?? TYPE_SETS[spec];
  const strings = set?.includes("'") ? set.split(', ').map(unquoted) : null;
  const one = set === undefined ? spec : strings ? 'string' : 'type';
  const kind = (list ? `list(${one})` : one) as AttrKind;
  return {
    name,
    kind,
    allowedStrings: strings,
    allowed: set !== undefined && !strings ? set.split(', ').map(asDtype) : null,
    minimum: minimum === undefined ? null : Number(minimum),
    default: fallback === undefined ? undefined : parseDefault(kind, fallback),
    inferred: inferred.has(name),
  };
}
function parseDefault(kind: string, text: string): AttrValue {
  const list = /^list\((\w+)\)$/.exec(kind);
  if (list) return listed(text).map((each) => parseDefault(list[1], each)) as AttrValue;
  switch (kind) {
    case 'type':
      return asDtype(text);
    case 'bool':
      return text === 'true';
    case 'string':
      return unquoted(text).replaceAll('\\n', '\n').replaceAll('\\t', '\t');
    case 'shape':
      return new TensorShape(text === '<unknown>' ? null : listed(text).map((d) => (d === '?' ? null : Number(d))));
    case 'tensor':
      return parseTensor(text);
    case 'int':
      return toLong(BigInt(text));
    default:
      return /^-?inf$/.test(text) ? (text === 'inf' ? Infinity : -Infinity) : Number(text);
  }
}
/** `uint8[4](255, 0, 0, 255)` */
function parseTensor(text: string): NDArray {
  const [, type, shape, values] = /^(\w+)(\[.*\])\((.*)\)$/.exec(text)!;
  return toNDArray(listed(`[${values}]`).map(Number), asDtype(type), listed(shape).map(Number));
}
/** The parts of `[a, [b, c], 'd']`. */
function listed(text: string): string[] {
  return text.slice(1, -1).match(/'[^']*'|\w*\[[^\]]*\](?:\([^)]*\))?|[^\s,]+/g) ?? [];
}
function unquoted(text: string): string {
  return text.slice(1, -1);
}
