/**
 * WebAssembly, written instruction by instruction: the few instructions that our own kernels need, and the module
 * around them. Numbers are those of the WebAssembly 3.0 specification, appendix "Index of Instructions".
 */

// The parts of the WebAssembly namespace that are used; Node's type package has them from version 22 on.
export interface WasmInstance {
  readonly exports: object;
}
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}
/** A compiled module. */
export type WasmModule = object;
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => WasmModule;
  Instance: new (module: WasmModule, imports: object) => WasmInstance;
  validate(bytes: Uint8Array): boolean;
  Memory: new (sizes: { readonly initial: number; readonly maximum?: number; readonly shared?: boolean }) => WasmMemory;
};
export const wasm = WebAssembly;
/** A function of a module, which takes and gives numbers. */
export type WasmFunction = (...args: readonly number[]) => void;
function isFunction(value: unknown): value is WasmFunction {
  return typeof value === 'function';
}
/** Puts a module over a memory, and gives what finds its functions by name. */
export function functionsOf(module: WasmModule, memory: WasmMemory): (name: string) => WasmFunction {
  const instance = new wasm.Instance(module, { env: { memory } });
  return (name) => {
    const found: unknown = Reflect.get(instance.exports, name);
    if (!isFunction(found)) throw new Error(`The module has no function '${name}'.`);
    return found;
  };
}

export type Code = readonly number[];
/** The type of a parameter or a local. */
export type Type = 'i32' | 'f32' | 'v128';
const TYPES: Readonly<Record<Type, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/** LEB128, unsigned and signed. */
function unsigned(n: number): number[] {
  return n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...unsigned(n >>> 7)];
}
function signed(n: number): number[] {
  return n >= -64 && n < 64 ? [n & 0x7f] : [(n & 0x7f) | 0x80, ...signed(n >> 7)];
}

export const i32 = {
  of: (n: number): Code => [0x41, ...signed(n)],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  sub: (a: Code, b: Code): Code => [...a, ...b, 0x6b],
  mul: (a: Code, b: Code): Code => [...a, ...b, 0x6c],
  equal: (a: Code, b: Code): Code => [...a, ...b, 0x46],
  load: (from: Code, offset = 0): Code => [...from, 0x28, ...at(offset)],
  loadByte: (from: Code): Code => [...from, 0x2d, 0, 0],
  storeByte: (to: Code, x: Code): Code => [...to, ...x, 0x3a, 0, 0],
  ofFloat: (x: Code): Code => [...x, 0xa8],
  and: (a: Code, b: Code): Code => [...a, ...b, 0x71],
  shiftRight: (x: Code, bits: number): Code => [...x, ...i32.of(bits), 0x76],
  shiftLeft: (x: Code, bits: number): Code => [...x, ...i32.of(bits), 0x74],
  /** The smaller one of two that are no addresses. */
  min: (a: Code, b: Code): Code => [...a, ...b, ...a, ...b, 0x48, 0x1b],
};
const simd = (instruction: number, ...operands: readonly Code[]): Code => [
  ...operands.flat(),
  0xfd,
  ...unsigned(instruction),
];
/** The immediate of loads and stores: alignment (of 4 bytes, as a power of 2) and offset. */
const at = (offset: number): Code => [2, ...unsigned(offset)];
const ZEROS: Code = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
export const v128 = {
  zero: ZEROS,
  /** Four floats of one. */
  splat: (x: Code): Code => simd(0x13, x),
  loadSplat: (from: Code): Code => [...simd(0x09, from), ...at(0)],
  /** Four floats of one of these. */
  spread: (x: Code, lane: number): Code => v128.splat([...simd(0x1f, x), lane]),
  /** As four integers: shifted to the right with their sign, the difference, and as floats. */
  shiftRight: (x: Code, bits: number): Code => simd(0xac, x, i32.of(bits)),
  subInt: (a: Code, b: Code): Code => simd(0xb1, a, b),
  addInt: (a: Code, b: Code): Code => simd(0xae, a, b),
  /** The products, of 64 bits, of the first two of four unsigned integers, and of the last two. */
  productsLow: (a: Code, b: Code): Code => simd(0xde, a, b),
  productsHigh: (a: Code, b: Code): Code => simd(0xdf, a, b),
  /** Four words of eight: of the first vector 0 to 3, of the second 4 to 7. */
  words: (a: Code, b: Code, places: readonly number[]): Code => [
    ...simd(0x0d, a, b),
    ...places.flatMap((i) => [0, 1, 2, 3].map((byte) => 4 * i + byte)),
  ],
  splatInt: (n: number | Code): Code => simd(0x11, typeof n === 'number' ? i32.of(n) : n),
  toFloat: (x: Code): Code => simd(0xfa, x),
  /** The bits of each of four, so many places to the left. */
  shiftLeft: (x: Code, bits: number): Code => simd(0xab, x, i32.of(bits)),
  /** The first `count` (1, 2 or 4) floats; the others are 0. */
  load: (count: number, from: Code, offset = 0): Code => [
    ...simd({ 1: 0x5c, 2: 0x5d, 4: 0x00 }[count]!, from),
    ...at(offset),
  ],
  store: (count: number, to: Code, x: Code, offset = 0): Code => [
    ...simd({ 1: 0x5a, 2: 0x5b, 4: 0x0b }[count]!, to, x),
    ...at(offset),
    ...(count < 4 ? [0] : []),
  ],
  add: (a: Code, b: Code): Code => simd(0xe4, a, b),
  sub: (a: Code, b: Code): Code => simd(0xe5, a, b),
  mul: (a: Code, b: Code): Code => simd(0xe6, a, b),
  div: (a: Code, b: Code): Code => simd(0xe7, a, b),
  sqrt: (x: Code): Code => simd(0xe3, x),
  abs: (x: Code): Code => simd(0xe0, x),
  neg: (x: Code): Code => simd(0xe1, x),
  floor: (x: Code): Code => simd(0x68, x),
  ceil: (x: Code): Code => simd(0x67, x),
  /** a b + c, rounded once; of relaxed SIMD, which not every engine has. */
  multiplyAdd: (a: Code, b: Code, c: Code): Code => simd(0x105, a, b, c),
  /** Halves to the even neighbour; -0.3 to -0. */
  nearest: (x: Code): Code => simd(0x6a, x),
  /** All bits set where it holds, none where it does not (or one is NaN). */
  less: (a: Code, b: Code): Code => simd(0x43, a, b),
  lessEqual: (a: Code, b: Code): Code => simd(0x45, a, b),
  equal: (a: Code, b: Code): Code => simd(0x41, a, b),
  /** Holds where one is NaN. */
  unequal: (a: Code, b: Code): Code => simd(0x42, a, b),
  and: (a: Code, b: Code): Code => simd(0x4e, a, b),
  or: (a: Code, b: Code): Code => simd(0x50, a, b),
  xor: (a: Code, b: Code): Code => simd(0x51, a, b),
  /** a where the bits of the mask are set, b elsewhere. */
  select: (a: Code, b: Code, mask: Code): Code => simd(0x52, a, b, mask),
  /** b where it is the smaller one, else a, also where one is NaN. */
  smaller: (a: Code, b: Code): Code => simd(0xea, a, b),
  /** NaN where one of the two is. */
  min: (a: Code, b: Code): Code => simd(0xe8, a, b),
  max: (a: Code, b: Code): Code => simd(0xe9, a, b),
};
export const f32 = {
  of: (x: number): Code => [0x43, ...new Uint8Array(Float32Array.of(x).buffer)],
  load: (from: Code): Code => [...from, 0x2a, ...at(0)],
  store: (to: Code, x: Code, offset: number): Code => [...to, ...x, 0x38, ...at(offset)],
  ofInt: (x: Code): Code => [...x, 0xb2],
};

/** A parameter or local of a function. */
export interface Local {
  readonly get: Code;
  set(x: Code): Code;
}

/** A function: its parameters by name, and what its body says with them. */
export class Function_ {
  private readonly types: Type[];
  private readonly body: number[] = [];
  private readonly count: number;
  constructor(
    readonly name: string,
    params: readonly Type[],
  ) {
    this.types = [...params];
    this.count = params.length;
  }
  param(index: number): Local {
    return { get: [0x20, ...unsigned(index)], set: (x) => [...x, 0x21, ...unsigned(index)] };
  }
  local(type: Type): Local {
    return this.param(this.types.push(type) - 1);
  }
  emit(...code: readonly Code[]): void {
    for (const part of code) this.body.push(...part);
  }
  /** Runs `body` as often as the local says, once at least, and leaves it at 0. */
  repeat(times: Local, body: () => void): void {
    this.emit([0x03, 0x40]);
    body();
    this.emit(times.set(i32.sub(times.get, i32.of(1))), times.get, [0x0d, 0, 0x0b]);
  }
  /** Runs `body` until the local is 0, not at all where it is. */
  loop(left: Local, body: () => void): void {
    this.when(left.get, () => {
      this.emit([0x03, 0x40]);
      body();
      this.emit(left.get, [0x0d, 0, 0x0b]);
    });
  }
  /** Runs `body` where the condition is not 0. */
  when(condition: Code, body: () => void): void {
    this.emit(condition, [0x04, 0x40]);
    body();
    this.emit([0x0b]);
  }
  signature(): Code {
    return [0x60, ...vector(this.types.slice(0, this.count).map((t) => [TYPES[t]])), 0];
  }
  code(): Code {
    const locals = vector(this.types.slice(this.count).map((t) => [1, TYPES[t]]));
    const all = [...locals, ...this.body, 0x0b];
    return [...unsigned(all.length), ...all];
  }
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}
function text(s: string): Code {
  return vector([...s].map((c) => [c.charCodeAt(0)]));
}
function section(id: number, items: readonly Code[]): Code {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}
/** A call of the function that stands in this place of its module. */
export const callOf = (place: number, ...args: readonly Code[]): Code => [...args.flat(), 0x10, ...unsigned(place)];
/** Pages of 64 kB that an address of 32 bits reaches. */
const MOST_PAGES = 65536;
/** A module of functions without results, on the memory that is imported as `env.memory`, shared or not. */
export function assemble(functions: readonly Function_[], isShared = false): Uint8Array {
  const limits = isShared ? [3, 0, ...unsigned(MOST_PAGES)] : [0, 0];
  return Uint8Array.from([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(
      1,
      functions.map((f) => f.signature()),
    ),
    ...section(2, [[...text('env'), ...text('memory'), 2, ...limits]]),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map((f, i) => [...text(f.name), 0, ...unsigned(i)]),
    ),
    ...section(
      10,
      functions.map((f) => f.code()),
    ),
  ]);
}
