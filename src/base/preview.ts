/** Values in error messages: what they are, and how they begin. */

/** A value's type, as Python names it. */
export function describe(value: unknown): string {
  return value === null || value === undefined
    ? 'NoneType'
    : typeof value === 'object'
      ? (value.constructor?.name ?? 'object')
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
/** The beginning of a value as Python would print it. */
export function preview(value: unknown): string {
  const most = 60;
  const show = (x: unknown, room: number): string => {
    if (typeof x === 'string') return `'${x}'`;
    if (x === null || x === undefined) return 'None';
    if (typeof x === 'boolean') return x ? 'True' : 'False';
    if (typeof x === 'number' && !Number.isFinite(x)) return x > 0 ? 'inf' : x < 0 ? '-inf' : 'nan';
    if (!Array.isArray(x))
      return typeof x === 'object'
        ? ArrayBuffer.isView(x) || Object.getPrototypeOf(x) !== Object.prototype
          ? `<${describe(x)}>`
          : asJson(x)
        : String(x);
    let text = '[';
    for (let i = 0; i < x.length && text.length < room; i++)
      text += `${i ? ', ' : ''}${show(x[i], room - text.length)}`;
    return `${text}]`;
  };
  const text = show(value, most);
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}
/** An object as JSON, one that contains itself too. */
function asJson(x: object): string {
  const seen = new Set<unknown>();
  return JSON.stringify(x, (_, v: unknown) => {
    if (typeof v === 'bigint') return `${v}`;
    if (typeof v !== 'object' || v === null) return v;
    if (seen.has(v)) return '…';
    seen.add(v);
    return v;
  });
}
