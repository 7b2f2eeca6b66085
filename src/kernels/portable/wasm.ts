/** Starts the wasm backend synchronously, so that `sess.run` is synchronous on every machine. */
import { type TensorInfo, getKernelsForBackend } from '@tensorflow/tfjs-core';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { load, packageFolder, path, readFile, withoutErrorListeners } from '../../base/platform';
import { asDtype } from '../../base/dtype';
import { ADDRESSES, checkedSize, exhausted } from '../../base/room';
import { KernelError } from '../kernel';
import { type WasmInstance, type WasmMemory, type WasmModule, wasm } from '../../base/assembler';
import { shareable } from './shared-memory';
import { Team, usualThreads } from './team';

export { BackendWasm };

interface TfjsModule {
  cwrap(name: string, returns: string | null, args: readonly string[]): unknown;
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly HEAPU8: Uint8Array;
  tfjs?: unknown;
}
type Factory = (module: object) => Promise<unknown>;

/** The memory that tfjs's tensors are in. Addresses are bytes. */
export interface Heap {
  /** The WebAssembly.Memory itself, for modules of our own. */
  readonly memory: WasmMemory;
  malloc(bytes: number): number;
  free(address: number): void;
  zero(address: number, bytes: number): void;
  /** What makes calls of our own modules, on several threads. */
  readonly team: Team;
}

/** The backend, with its kernels set up, and its heap. Compiles and instantiates in place: about 60 ms. */
export function startWasm(): { backend: BackendWasm; heap: Heap } {
  const folder = path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'wasm-out');
  // As the package does it: the plain factory over the SIMD binary, which exports a superset.
  const factory = load(path.join(folder, 'tfjs-backend-wasm.js')) as Factory | { default: Factory };
  const binary = readFile(path.join(folder, 'tfjs-backend-wasm-simd.wasm'));
  let found: WasmMemory | undefined;
  const module = {
    instantiateWasm(imports: object, done: (instance: WasmInstance, module: WasmModule) => void): object {
      const { module: compiled, instance } = started(binary, imports);
      found = Object.values(instance.exports).find((e): e is WasmMemory => e instanceof wasm.Memory);
      done(instance, compiled);
      return instance.exports;
    },
  } as unknown as TfjsModule;
  // Emscripten's modules swallow a script's own errors.
  withoutErrorListeners(() => void (typeof factory === 'function' ? factory : factory.default)(module));
  // The bridge that the package's own asynchronous start makes.
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  const backend = new BackendWasm(module as unknown as ConstructorParameters<typeof BackendWasm>[0]);
  // Its addresses have 32 bits: a larger size would wrap around, and what is written there would be another's.
  const malloc = module._malloc;
  module._malloc = (bytes) => (bytes < ADDRESSES ? malloc(bytes) : 0);
  const makeOutput = backend.makeOutput.bind(backend);
  backend.makeOutput = (shape, dtype, ...rest) => {
    const size = checkedSize(shape);
    const type = asDtype(dtype).cName;
    if (size * 4 >= ADDRESSES) throw exhausted(type, shape);
    const output = makeOutput(shape, dtype, ...rest);
    const { memoryOffset } = backend.dataIdMap.get(output.dataId);
    if (!size || memoryOffset) return output;
    backend.disposeData(output.dataId, true);
    throw exhausted(type, shape);
  };
  for (const kernel of getKernelsForBackend('wasm')) kernel.setupFunc?.(backend);
  leaveRoom(module);
  const memory = found!;
  const allocate = (bytes: number): number => {
    // Addresses come as signed numbers, and are beyond 2 GB in a large heap.
    const address = module._malloc(bytes) >>> 0;
    if (!address)
      throw new KernelError('ResourceExhausted', `OOM when allocating ${bytes} bytes in the WebAssembly heap`);
    return address;
  };
  const heap: Heap = {
    memory,
    malloc: allocate,
    free: (address) => module._free(address),
    team: new Team(memory, allocate),
    zero: (address, bytes) => void module.HEAPU8.fill(0, address, address + bytes),
  };
  return { backend, heap };
}

/** tfjs's module, on a memory that threads share where there may be any, and this machine has such memory. */
function started(binary: Uint8Array, imports: object): { module: WasmModule; instance: WasmInstance } {
  const mayShare = usualThreads() > 1 && typeof SharedArrayBuffer === 'function';
  const shared = mayShare ? shareable(binary) : null;
  const open = (bytes: Uint8Array): { module: WasmModule; instance: WasmInstance } => {
    const module = new wasm.Module(bytes);
    return { module, instance: new wasm.Instance(module, imports) };
  };
  if (!shared) return open(binary);
  try {
    return open(shared);
  } catch {
    return open(binary);
  }
}

/** Room for what is small, in bytes. */
const SMALL = 1 << 20;
/**
 * The heap puts what is small where it fits best: without a small gap into the memory of a large tensor that has gone,
 * in which the next one of that size then has no room.
 */
function leaveRoom({ _malloc, _free }: TfjsModule): void {
  const gap = _malloc(SMALL);
  // Keeps the gap apart from what is free behind it.
  _malloc(1);
  _free(gap);
}

/** One of tfjs's kernels. */
export type WasmKernel = (args: {
  inputs: Readonly<Record<string, TensorInfo>> | readonly TensorInfo[];
  attrs: object;
  backend: BackendWasm;
}) => TensorInfo | TensorInfo[];
/** The wasm backend's kernels by name. */
export function wasmKernels(): Map<string, WasmKernel> {
  // What tfjs says of their arguments is what the least of them take: some take lists.
  return new Map(getKernelsForBackend('wasm').map((k) => [k.kernelName, k.kernelFunc as WasmKernel]));
}
export type { TensorInfo };
