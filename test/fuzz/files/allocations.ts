/** How much memory is asked for at once, of arrays of bytes and numbers, and of lists. */

const KINDS = [
  'ArrayBuffer',
  'Uint8Array',
  'Int8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Array',
] as const;
let largest = 0;
const note = (bytes: unknown): void => {
  if (typeof bytes === 'number' && bytes > largest) largest = bytes;
};
/** Puts what tells of sizes in the place of the global classes. Before the library is loaded. */
export function watchAllocations(): void {
  const all = globalThis as unknown as Record<string, new (...args: unknown[]) => object>;
  for (const kind of KINDS) {
    const real = all[kind];
    const { BYTES_PER_ELEMENT } = real as unknown as { BYTES_PER_ELEMENT?: number };
    // What a place in a list takes.
    const width = BYTES_PER_ELEMENT ?? (kind === 'Array' ? 8 : 1);
    const proxy: typeof real = new Proxy(real, {
      construct(target, args, newTarget) {
        note(typeof args[0] === 'number' ? args[0] * width : 0);
        return Reflect.construct(target, args, newTarget === proxy ? target : newTarget) as object;
      },
    });
    all[kind] = proxy;
  }
  for (const name of ['alloc', 'allocUnsafe', 'allocUnsafeSlow'] as const) {
    const real = Buffer[name] as (size: number, ...rest: unknown[]) => Buffer;
    Object.assign(Buffer, {
      [name]: (size: number, ...rest: unknown[]) => {
        note(size);
        return real(size, ...rest);
      },
    });
  }
}
/** The result of a call, and the largest allocation in it. */
export function allocations<T>(body: () => T): { readonly result: T; readonly largest: number } {
  largest = 0;
  const result = body();
  return { result, largest };
}
