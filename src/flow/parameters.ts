/** The names of a function's parameters, as it was written: the arguments of a function of the graph have them. */

export interface Parameters {
  readonly names: readonly string[];
  /** Whether it takes any number of further ones. */
  readonly rest: boolean;
  /** Whether one has a value where it is not given. */
  readonly defaults: boolean;
}
const WRITTEN = /^(?:async\s*)?(?:(?:function\b\s*)?[\w$]*\s*\(([^)]*)\)|([\w$]+)\s*=>)/;

/** Parameters that are taken apart have the names `arg0`, `arg1`, … */
export function parametersOf(fn: (...args: never[]) => unknown): Parameters {
  const [, list, one] = WRITTEN.exec(Function.prototype.toString.call(fn)) ?? [];
  const written = (list ?? one ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean);
  const rest = written[written.length - 1]?.startsWith('...') ?? false;
  const plain = rest ? written.slice(0, -1) : written;
  return {
    names: plain.map((name, i) => (/^[A-Za-z]\w*$/.test(name) ? name : `arg${i}`)),
    rest,
    defaults: plain.some((name) => /^[\w$]+\s*=/.test(name)),
  };
}
