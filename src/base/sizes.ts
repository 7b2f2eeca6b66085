/** Arithmetic of shapes whose sizes are all known, as lists of numbers. */

/** Number of elements of a known shape. */
export function sizeOf(shape: readonly number[]): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i];
  return n;
}
/** Row-major strides in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let i = shape.length - 1, s = 1; i >= 0; i--) {
    strides[i] = s;
    s *= shape[i];
  }
  return strides;
}
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
/** NumPy's broadcast of two known shapes, or null where they do not fit. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] | null {
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let i = 0; i < rank; i++) {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    out[i] = x === 1 ? y : x;
  }
  return out;
}
/**
 * The axes over which the gradient of a broadcast must be summed, for each operand: those it lacked or had as 1.
 * null where the shapes do not fit.
 */
export function broadcastGradientAxes(a: readonly number[], b: readonly number[]): [number[], number[]] | null {
  if (sameShape(a, b)) return [[], []];
  const rank = Math.max(a.length, b.length);
  const axes: [number[], number[]] = [[], []];
  for (let i = 0; i < rank; i++) {
    const x = a[i - rank + a.length] ?? 1;
    const y = b[i - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    // A dimension that is 1 in both counts for both: TensorFlow's own choice.
    if (x === 1) axes[0].push(i);
    if (y === 1) axes[1].push(i);
  }
  return axes;
}
