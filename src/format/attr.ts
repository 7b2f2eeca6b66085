/**
 * Attributes of nodes: plain values whose kind the op's definition says, and `{kind, value}` where no definition knows
 * the attribute (`_class`, `_output_shapes`, those of newer producers), so that it can be written as it was read.
 */
import { keysOf } from '../base/keys';
import { DType } from '../base/dtype';
import { InvalidArgumentError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';

/** What each kind is in JavaScript. An integer beyond 2^53 is a bigint, in a node and in a message. */
interface Scalars {
  int: number | bigint;
  float: number;
  bool: boolean;
  string: string;
  type: DType;
  shape: TensorShape;
  tensor: NDArray;
  func: Func;
}
type Scalar = keyof Scalars;
/** What kind of value an attribute has, as TensorFlow's definitions name it. */
export type AttrKind = Scalar | `list(${Scalar})`;
/** A value that is no list. */
export type AttrScalar = Scalars[Scalar];
/** The value of an attribute: a plain one or a list. */
export type AttrValue = AttrScalar | { [K in Scalar]: readonly Scalars[K][] }[Scalar];

/** What a reader gets for a kind: integers as numbers (`exactInt` is for those that may be larger). */
type Read<K> = K extends 'int'
  ? number
  : K extends Scalar
    ? Scalars[K]
    : K extends 'list(int)'
      ? readonly number[]
      : K extends `list(${infer E extends Scalar})`
        ? readonly Scalars[E][]
        : never;
/** What a value of a kind is, to the last digit. */
type Exact<K> = K extends Scalar
  ? Scalars[K]
  : K extends `list(${infer E extends Scalar})`
    ? readonly Scalars[E][]
    : never;
export type { Exact as AttrExactly, Read as AttrRead };

/** A function by name, with what it is told: the value of a `func` attribute. */
export class Func {
  constructor(
    readonly name: string,
    readonly attrs: Attrs = {},
  ) {}
}
/** An attribute with its kind. */
export class Attr {
  constructor(
    /**
     * `list`: a list that is empty, of elements that nothing names; `unset`: no value; `placeholder`, `unknown`: see
     * `value`.
     */
    readonly kind: AttrKind | 'list' | 'unset' | 'placeholder' | 'unknown',
    /**
     * For a placeholder, the name of the attribute of the function that gives the value; for what is well written and
     * not known here, what that is.
     */
    readonly value: AttrValue | null,
    /** The bytes of the AttrValue that it was read from. */
    readonly bytes: Uint8Array | null = null,
  ) {}
}
export type Attrs = Readonly<Record<string, AttrValue | Attr>>;
/** Attributes of a node of a plan: values alone. */
export type AttrValues = Readonly<Record<string, AttrValue>>;

/** An attribute's value, whether its kind stands beside it or in a definition. */
export function plain(attr: AttrValue | Attr): AttrValue {
  return attr instanceof Attr ? (attr.value ?? []) : attr;
}
export function plainAttrs(attrs: Attrs): Record<string, AttrValue> {
  const values: Record<string, AttrValue> = {};
  for (const name in attrs) values[name] = plain(attrs[name]);
  return values;
}
/** The same to be read only: without a copy, where there is nothing to take off. */
export function sharedAttrs(attrs: Attrs): Readonly<Record<string, AttrValue>> {
  return allPlain(attrs) ? attrs : plainAttrs(attrs);
}
function allPlain(attrs: Attrs): attrs is Readonly<Record<string, AttrValue>> {
  for (const name in attrs) if (attrs[name] instanceof Attr) return false;
  return true;
}

const IS: { readonly [K in Scalar]: (value: unknown) => value is Scalars[K] } = {
  int: (value): value is number | bigint => typeof value === 'bigint' || Number.isInteger(value),
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  type: (value) => value instanceof DType,
  shape: (value) => value instanceof TensorShape,
  tensor: (value) => value instanceof NDArray,
  func: (value) => value instanceof Func,
};
const SCALARS = keysOf(IS);
export function isScalarKind(kind: string): kind is Scalar {
  return Object.hasOwn(IS, kind);
}
/** The kind of a list's elements; null for what is no list. */
export function elementKind(kind: string): Scalar | null {
  const element = kind.startsWith('list(') ? kind.slice(5, -1) : '';
  return isScalarKind(element) ? element : null;
}
/** The elements of a list; none of what is no list. */
export function elementsOf(value: unknown): readonly AttrScalar[] {
  return Array.isArray(value) ? value.filter((x): x is AttrScalar => SCALARS.some((kind) => IS[kind](x))) : [];
}
/** A list as an attribute, whose elements are all of one kind. @throws InvalidArgumentError  if they are not */
export function listOf(values: readonly AttrScalar[]): AttrValue {
  for (const kind of SCALARS) if (isOfKind(values, `list(${kind})`)) return values;
  throw new InvalidArgumentError(null, 'A list of an attribute has elements of several kinds.');
}
/** Whether a value is of a kind. */
export function isOfKind<K extends AttrKind>(value: unknown, kind: K): value is Exact<K> {
  if (isScalarKind(kind)) return IS[kind](value);
  const element = elementKind(kind);
  return element !== null && Array.isArray(value) && value.every(IS[element]);
}
/** The kind that a value has by itself: a whole number is an int. An empty list has none. */
export function kindOf(value: AttrValue): Attr['kind'] {
  const of = (x: unknown): Scalar => SCALARS.find((kind) => IS[kind](x)) ?? 'string';
  if (!Array.isArray(value)) return of(value);
  if (!value.length) return 'list';
  const elements: readonly unknown[] = value;
  const kinds = new Set(elements.map(of));
  return `list(${kinds.size > 1 ? 'float' : [...kinds][0]})`;
}

/**
 * A value as a reader wants it.
 *
 * @param kind  the kind that it must be of, for a name that is of several kinds in several ops
 * @throws InvalidArgumentError  if it is of another kind, or an integer beyond 2^53
 */
export function read(name: string, value: AttrValue | undefined, kind?: AttrKind): AttrValue {
  if (value === undefined || (kind && !isOfKind(value, kind)))
    throw new InvalidArgumentError(null, `Attr '${name}' has no value${kind ? ` of type '${kind}'` : ''}.`);
  if (typeof value === 'bigint' || (Array.isArray(value) && typeof value[0] !== 'object' && value.some(isBig)))
    throw new InvalidArgumentError(null, `Attr '${name}' is beyond 2^53: ${String(value)}`);
  return value;
}
function isBig(value: unknown): boolean {
  return typeof value === 'bigint';
}
/** An int attribute to the last digit. */
export function exactInt(attrs: AttrValues, name: string): bigint {
  const value = attrs[name];
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  throw new InvalidArgumentError(null, `Attr '${name}' has no value of type 'int'.`);
}
/** 64 bits as a number where that is exact. */
export function toLong(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
