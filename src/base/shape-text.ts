/** How C++ and Python print the sizes of a shape. */

/** `[2,3]`, as C++ prints a shape. */
export function cShape(dims: readonly (number | null)[]): string {
  return `[${dims.map((d) => d ?? '?').join(',')}]`;
}
/** `(2, 3)`, `(2,)`, as Python prints a shape. */
export function pythonTuple(dims: readonly (number | null)[]): string {
  return dims.length === 1 ? `(${dims[0] ?? '?'},)` : `(${dims.map((d) => d ?? '?').join(', ')})`;
}
