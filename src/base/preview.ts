/** Values in error messages: what they are, and how they begin. None of this fails, whatever the value is. */

/** Whether a value is a proxy whose target was taken away: all that is asked of one throws, `instanceof` too. */
export function isRevoked(value: unknown): boolean {
  try {
    Array.isArray(value);
    return false;
  } catch {
    return true;
  }
}
/** `instanceof`, of such a proxy too. */
export function isA<T>(value: unknown, type: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}
/** What a function gives; where it fails, because getters, traps or conversions of a value do, something else. */
function orElse<R>(read: () => R, other: (error: unknown) => R): R {
  try {
    return read();
  } catch (error) {
    return other(error);
  }
}
/** A value's type, as Python names it. */
export function describe(value: unknown): string {
  return value === null || value === undefined
    ? 'NoneType'
    : typeof value === 'object'
      ? typeNameOf(value)
      : typeof value === 'string'
        ? 'str'
        : typeof value === 'boolean'
          ? 'bool'
          : typeof value === 'number'
            ? Number.isInteger(value)
              ? 'int'
              : 'float'
            : typeof value;
}
function typeNameOf(value: object): string {
  if (isRevoked(value)) return 'revoked Proxy';
  const nameOf = ({ constructor }: { readonly constructor?: { readonly name?: unknown } }): unknown =>
    constructor?.name;
  const name = orElse(
    () => nameOf(value),
    () => 'object',
  );
  return typeof name === 'string' && name !== '' ? name : 'object';
}
/** The name of a function, or what stands for one. */
export function functionName(f: object): string {
  const name = orElse(
    () => Reflect.get(f, 'name'),
    () => '',
  );
  return typeof name === 'string' ? name : '';
}
/** Any value as text, those too that JavaScript makes none of: objects without methods. Of lists in lists a part. */
export function textOf(value: unknown): string {
  return orElse(
    () => (isLong(value) || (Array.isArray(value) && value.some(Array.isArray)) ? preview(value) : String(value)),
    () => `<${describe(value)}>`,
  );
}
const LONG = 1000;
/** A list or an array that is longer than anybody reads. */
export function isLong(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > LONG
    : ArrayBuffer.isView(value) && 'length' in value && Number(value.length) > LONG;
}
/** The beginning of a value as Python would print it. */
export function preview(value: unknown): string {
  const most = 60;
  const show = (x: unknown, room: number): string => {
    if (typeof x === 'string') return `'${x.length > most ? x.slice(0, most) : x}'`;
    if (x === null || x === undefined) return 'None';
    if (typeof x === 'boolean') return x ? 'True' : 'False';
    if (typeof x === 'number' && !Number.isFinite(x)) return x > 0 ? 'inf' : x < 0 ? '-inf' : 'nan';
    if (isRevoked(x)) return '<revoked Proxy>';
    if (!Array.isArray(x))
      return typeof x === 'object'
        ? ArrayBuffer.isView(x) || !isLiteral(x)
          ? `<${describe(x)}>`
          : orElse(
              () => asJson(x),
              () => '{…}',
            )
        : textOf(x);
    let text = '[';
    for (let i = 0; i < x.length && text.length < room; i++) {
      const element = orElse<unknown>(
        () => x[i],
        () => null,
      );
      text += `${i ? ', ' : ''}${show(element, room - text.length)}`;
    }
    return `${text}]`;
  };
  const text = show(value, most);
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}
function isLiteral(x: object): boolean {
  return orElse(
    () => Object.getPrototypeOf(x) === Object.prototype,
    () => false,
  );
}
/** An object as JSON, one that contains itself too; of lists, how they begin. */
function asJson(x: object): string {
  const seen = new Set<unknown>();
  return JSON.stringify(x, (_, v: unknown) => {
    if (typeof v === 'bigint' || typeof v === 'symbol') return textOf(v);
    if (typeof v !== 'object' || v === null) return v;
    if (seen.has(v) || isRevoked(v)) return '…';
    seen.add(v);
    return Array.isArray(v) && v.length > SHOWN ? v.slice(0, SHOWN) : v;
  });
}
/** As many elements of a list fill the room that there is. */
const SHOWN = 64;
