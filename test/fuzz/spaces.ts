/** Whether it is a namespace of `tf`, or another plain object: one that answers misses has an object above it. */
export function isSpace(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const above = Object.getPrototypeOf(value) as object | null;
  if (above === Object.prototype) return true;
  return above !== null && Object.getPrototypeOf(above) === Object.prototype && !Object.hasOwn(above, 'constructor');
}
