/** The portable device: tfjs-core's wasm kernels called raw, without its engine, tape or promises. */
import { numbersIn } from '../../base/nested';
import { asNumbers } from '../../base/elements';
import { type DType, bool, float32, int32 } from '../../base/dtype';
import { LateRows } from '../../base/late';
import { isTypedArray } from '../../base/to-ndarray';
import { type Device, type DeviceKernel, KernelError, type KernelNode, Value, hasMany } from '../kernel';
import { fuses } from './fused';
import { Kernels } from './kernels';
import { compileGraph } from './graph-program';
import { type Grounds, type Lowered, isLowered, stepKernel } from './lowered';
import { multiplier } from './matmul';
import { Scratch } from './scratch';
import { type Own, formulas } from './formulas';
import { type Info, type Recipe, type RecipeRow, type Recipes, type Tools, infoOf } from './recipe';
import { RECIPE_TABLES } from './index';
import { drawer } from './draws';
import { updater } from './training';
import { type BackendWasm, type WasmKernel, startWasm, wasmKernels } from './wasm';

const crosses = (dtype: DType): boolean => dtype === float32 || dtype === int32 || dtype === bool;
/** A program, and an op in it. */
const WHOLE = { call: 4000, op: 150, has: (type: string): boolean => rowOf(type)?.lower !== undefined };
/** A wasm kernel call: 0.5 µs with one operand, 1.7 with two, which tfjs broadcasts. */
const OVERHEAD = 1500;
/**
 * Products, each with its sum, in a second: over whole steps of two convolutions, 1,024 units and Adam, on one core
 * (`npm run bench -- --only conv`).
 */
const SLOW = {
  products: 15e9,
  instead: 'the native device is two to four times as fast: npx tfjs-session install-native',
};
const RECIPES = new LateRows<Recipes, Recipe | RecipeRow>((table, type) => table[type]);
for (const table of RECIPE_TABLES) RECIPES.add(table);
type Crossing = 'float32' | 'int32' | 'bool';
function crossing(dtype: DType): Crossing {
  if (dtype === float32) return 'float32';
  if (dtype === int32) return 'int32';
  if (dtype === bool) return 'bool';
  throw new KernelError('Unimplemented', `${dtype.name} is left to the host`);
}
/** Elements as tfjs takes them; an array of another realm is copied. */
function elementsOf({ data, dtype }: Value): Float32Array | Int32Array | Uint8Array {
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array) return data;
  const numbers = asNumbers(data);
  return dtype === float32
    ? new Float32Array(numbers)
    : dtype === int32
      ? new Int32Array(numbers)
      : new Uint8Array(numbers);
}
const BY_NAME: Readonly<Record<string, DType>> = { float32, int32, bool };

export function openPortable(): Device {
  const { backend, heap } = startWasm();
  const kernels = wasmKernels();
  let opened: Grounds | null = null;
  /** What is computed with, once something is computed. */
  const grounds = (): Grounds =>
    (opened ??= { device, backend, kernels: new Kernels(heap), scratch: new Scratch(heap) });
  const ours = (): Kernels => grounds().kernels;
  const own: Own = {
    multiply: multiplier(backend, ours),
    ...formulas(backend, ours),
  };
  const kernel = ({ lower, recipe, mayBeEmpty }: RecipeRow, node: KernelNode): DeviceKernel => {
    const byRecipe = recipe ? kernelOf(recipe, node, device, backend, kernels, own) : refuse;
    return lower ? loweredKernel({ lower, mayBeEmpty }, node, grounds, byRecipe) : byRecipe;
  };
  const upload = (value: Value): void => {
    if (value.handle !== null) return;
    const [shape, dtype] = [value.shape.slice(), crossing(value.dtype)];
    value.home = device;
    value.handle = { dataId: backend.write(elementsOf(value), shape, dtype), shape, dtype } satisfies Info;
  };
  const device: Device = {
    kind: 'portable',
    overhead: OVERHEAD,
    slow: SLOW,
    kernelFor(node, inputTypes, constant = () => null) {
      const row = rowOf(node.type);
      if (!row || !inputTypes.every(crosses) || !node.outputTypes.every(crosses)) return null;
      if (!inputTypes.includes(float32) && !node.outputTypes.includes(float32)) return null;
      const { serves, calls = 1 } = row;
      if (serves && !serves(node, constant)) return null;
      const made = kernel(row, node);
      return calls === 1 ? made : Object.assign(made, { overhead: calls * OVERHEAD });
    },
    drawsFor: ({ type, outputTypes }) =>
      type === 'RandomUniform' && outputTypes[0] === float32 ? (draws ??= drawer(device, backend, heap)) : null,
    updateFor: (node, states) => update(node, states),
    fuses,
    takes(node, inputTypes, look) {
      const { lower, ...row } = rowOf(node.type) ?? {};
      return lower !== undefined && isLowered({ lower, ...row }, node, inputTypes, look, ours());
    },
    compile: (nodes, edges) => compileGraph(nodes, edges, (type) => rowOf(type)?.lower ?? null, grounds()),
    whole: WHOLE,
    read(value) {
      const data = backend.readSync(infoOf(value).dataId);
      if (!isTypedArray(data)) throw new KernelError('Internal', 'no numbers came back');
      return (value.data = data);
    },
    upload,
    free(value) {
      backend.disposeData(infoOf(value).dataId);
      value.handle = null;
    },
    reshape(value, shape) {
      const { dataId, dtype } = infoOf(value);
      backend.incRef(dataId);
      return { dataId, dtype, shape: shape.slice() } satisfies Info;
    },
    room: (dtype, shape) =>
      dtype === float32 ? Value.at(device, dtype, shape, backend.makeOutput(shape.slice(), 'float32')) : null,
    view(value) {
      const address = backend.getMemoryOffset(infoOf(value).dataId) >>> 0;
      return value.dtype === float32 ? new Float32Array(heap.memory.buffer, address, value.size) : null;
    },
    tensorsAlive: () => backend.numDataIds(),
    threads: heap.team,
  };
  const update = updater(device, backend, heap);
  let draws: DeviceKernel | null = null;
  return device;
}

function rowOf(type: string): RecipeRow | null {
  const row = RECIPES.get(type);
  return typeof row === 'function' ? { recipe: row } : (row ?? null);
}
/** Some kernels of wasm divide by the number of elements; the host does these. */
function refuseEmpty(inputs: readonly Value[], mayBe: readonly number[] = []): void {
  for (let i = 0; i < inputs.length; i++)
    if (inputs[i].shape.includes(0) && !mayBe.includes(i))
      throw new KernelError('Unimplemented', 'empty tensors are left to the host');
}
/** By calls of our own kernels where they serve, and else by a recipe. */
function loweredKernel(
  { lower, mayBeEmpty }: Lowered,
  node: KernelNode,
  grounds: () => Grounds,
  byRecipe: DeviceKernel,
): DeviceKernel {
  let lowered: ReturnType<typeof stepKernel> | null = null;
  return (inputs) => {
    refuseEmpty(inputs, mayBeEmpty);
    lowered ??= stepKernel(lower, node, grounds());
    return lowered(inputs) ?? byRecipe(inputs, node);
  };
}
const refuse: DeviceKernel = (_, node) => {
  throw new KernelError('Unimplemented', `wasm has no '${node.type}' of these shapes`);
};
function kernelOf(
  recipe: Recipe,
  node: KernelNode,
  device: Device,
  backend: BackendWasm,
  kernels: ReadonlyMap<string, WasmKernel>,
  own: Own,
): DeviceKernel {
  let made: Info[] = [];
  /** What is freed after the recipe, unless the recipe gives it. */
  const keep = (out: Info): Info => {
    made.push(out);
    return out;
  };
  let values: readonly Value[] = [];
  const tools: Tools = {
    node,
    call(kernel, inputs, attrs = {}) {
      const fn = kernels.get(kernel);
      if (!fn) throw new KernelError('Unimplemented', `tfjs has no wasm kernel '${kernel}'`);
      const out = fn({ inputs, attrs, backend });
      if (hasMany(out)) throw new KernelError('Internal', `the wasm kernel '${kernel}' gave several tensors`);
      return keep(out);
    },
    reshape(x, shape) {
      backend.incRef(x.dataId);
      return keep({ dataId: x.dataId, shape: shape.slice(), dtype: x.dtype });
    },
    multiply: (...args) => keep(own.multiply(...args)),
    formula: (...args) => keep(own.formula(...args)),
    refuseNonFinite(...inputs) {
      if (!inputs.every(own.isFinite))
        throw new KernelError('Unimplemented', `NaN and infinities of '${node.type}' are left to the host`);
    },
    refuseSubnormal(...inputs) {
      if (!inputs.every(own.isNormal))
        throw new KernelError('Unimplemented', `the smallest numbers of '${node.type}' are left to the host`);
    },
    numbers: (index) => numbersIn({ data: values[index].read() }),
  };
  return (inputs) => {
    refuseEmpty(inputs);
    values = inputs;
    made = [];
    let kept: readonly Info[] = [];
    try {
      const infos = inputs.map((v) => {
        device.upload(v);
        return infoOf(v);
      });
      const result = recipe(infos, tools);
      kept = hasMany<Info>(result) ? result : [result];
      // A recipe may return an input as it is; the output then shares its memory.
      for (const info of kept) if (!made.includes(info)) backend.incRef(info.dataId);
      return kept.map((info) => Value.at(device, BY_NAME[info.dtype], info.shape, info));
    } finally {
      for (const info of made) if (!kept.includes(info)) backend.disposeData(info.dataId);
      values = [];
    }
  };
}
