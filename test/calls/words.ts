/** Calls that TypeScript would not let through. */
/** A call that the types refuse, as JavaScript makes it. */
export function call(f: unknown, ...args: unknown[]): unknown {
  return (f as (...args: unknown[]) => unknown)(...args);
}
export function create(type: unknown, ...args: unknown[]): unknown {
  return new (type as new (...args: unknown[]) => unknown)(...args);
}
