/**
 * The border to TensorFlow's C++: loads the native addon of `@tensorflow/tfjs-node` without that package's JavaScript
 * (which fails on Node 23 and later), and gives it a type. `any` ends here.
 */
import type { NumericArray } from '../../base/dtype';
import { errorOf } from '../../base/thrown';
import { envDefault, load } from '../../base/platform';
import { processors } from '../../base/platform-threads';
import { damageOf } from '../../format/whole';
import { INSTALL_COMMAND, type LocatedAddon, type MissingAddon, type Tried, candidates } from './addon-places';
import { explainLoadError } from './load-errors';

/** One attribute of an op. `type` is one of `TF_ATTR_*`, which also decides what `value` may be. */
export interface OpAttr {
  readonly name: string;
  readonly type: number;
  /** TF_ATTR_TYPE takes a dtype's number, TF_ATTR_SHAPE a list of sizes. Int lists are cut to 32 bits. */
  readonly value: boolean | number | string | readonly number[] | readonly boolean[];
}

/** A tensor that lives in the addon. Its id is good until `deleteTensor`. */
export interface TensorInfo {
  readonly id: number;
  readonly dtype: number;
  readonly shape: number[];
}

/** What can be put into a tensor: int64 as pairs of 32-bit words, bool as bytes, a string as its bytes. */
export type AddonInput = NumericArray | readonly Uint8Array[];

/** What comes out: complex64 as interleaved float32, int64 as BigInt64Array, a string as its bytes. */
export type AddonOutput = Float32Array | Int32Array | BigInt64Array | Uint8Array | Uint8Array[];

/**
 * The addon's functions, as `binding/tfjs_binding.cc` defines them. All are synchronous; all throw a
 * plain Error, its message cut to 500 bytes, which for an op is `Invalid TF_Status: <code>\nMessage: …`.
 */
export interface Addon {
  /**
   * Where `data` happens to lie on a 64-byte boundary (one array in five) the tensor shares its memory, and so does
   * a variable that is assigned the tensor, for as long as it keeps that value: do not write to `data` afterwards.
   */
  createTensor(shape: readonly number[], dtype: number, data: AddonInput): number;
  deleteTensor(id: number): void;
  /** A copy of the tensor's values. Reads float32, int32, int64, bool, string, complex64 and resource. */
  tensorDataSync(id: number): AddonOutput;
  /** Lists of inputs are written out one by one, and need their `N` and `T` among the attributes. */
  executeOp(type: string, attrs: readonly OpAttr[], inputs: readonly number[], outputs: number): TensorInfo[];
  /** `tags` are joined by commas. */
  loadSavedModel(directory: string, tags: string): number;
  /** `feeds` and `fetches` are tensor names (`X:0`) joined by commas. */
  runSavedModel(model: number, inputs: readonly number[], feeds: string, fetches: string): TensorInfo[];
  deleteSavedModel(model: number): void;
  getNumOfSavedModels(): number;
  getNumOfTensors(): number;
  isUsingGpuDevice(): boolean;

  readonly TF_Version: string;

  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_COMPLEX64: number;
  readonly TF_STRING: number;
  readonly TF_RESOURCE: number;
  readonly TF_UINT8: number;

  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

export interface OpenAddon extends LocatedAddon {
  readonly addon: Addon;
}

/** Thrown by `loadAddon`; `tried` has the places and reasons one by one. */
export class AddonError extends Error {
  override readonly name = 'AddonError';

  constructor(readonly tried: readonly Tried[]) {
    const places = tried.map(({ path, why, cure }) => `  ${path}: ${why}\n    ${cure}`);
    super(['The native addon is not available. Looked for it at', ...places].join('\n'));
  }
}

let outcome: OpenAddon | MissingAddon | undefined;

/** Loads the addon, or says why not. The answer, either way, is kept for the life of the process. */
export function openAddon(): OpenAddon | MissingAddon {
  return (outcome ??= open());
}

/** @throws AddonError  naming each place that was tried, what was wrong there, and the cure */
export function loadAddon(): Addon {
  const opened = openAddon();
  if ('addon' in opened) return opened.addon;
  throw new AddonError(opened.tried);
}

function open(): OpenAddon | MissingAddon {
  // TensorFlow's start-up lines are for its developers. A level that the user has set stands.
  envDefault('TF_CPP_MIN_LOG_LEVEL', '2');
  // Most steps are short chains: handing their nodes from thread to thread costs more than it gains. The gradients of a
  // loop are not: weights' gradients are summed while the loop goes on. Kernels keep their own threads.
  envDefault('TF_NUM_INTEROP_THREADS', processors() > 1 ? '2' : '1');
  const { found, tried } = candidates();
  const failed: Tried[] = [];
  for (const { path, source } of found) {
    const damage = damageOf(path);
    if (damage) {
      failed.push({ path, why: damage, cure: `Run \`${INSTALL_COMMAND} --force\`` });
      continue;
    }
    try {
      return { path, source, addon: inThisRealm(load(path) as Addon) };
    } catch (error) {
      failed.push({ path, ...explainLoadError(errorOf(error).message) });
    }
  }
  return { tried: [...failed, ...tried] };
}

/**
 * The addon makes its arrays in Node's main realm. Code in another one (a jest test, `node:vm`) would find
 * that they are no `Float32Array` or `Array` of its own; there, and only there, they are made anew.
 */
function inThisRealm(addon: Addon): Addon {
  if (Object.getPrototypeOf(addon) === Object.prototype) return addon;
  const infos = (list: TensorInfo[]) => Array.from(list, ({ id, dtype, shape }) => ({ id, dtype, shape: [...shape] }));
  const own: Partial<Addon> = {
    tensorDataSync: (id) => ownArray(addon.tensorDataSync(id)),
    executeOp: (...args) => infos(addon.executeOp(...args)),
    runSavedModel: (...args) => infos(addon.runSavedModel(...args)),
  };
  return Object.create(addon, Object.getOwnPropertyDescriptors(own));
}

function ownArray(data: AddonOutput): AddonOutput {
  if (Array.isArray(data)) return Array.from(data, (bytes) => new Uint8Array(bytes));
  switch (data.constructor.name) {
    case 'Float32Array':
      return new Float32Array(data.buffer);
    case 'Int32Array':
      return new Int32Array(data.buffer);
    case 'BigInt64Array':
      return new BigInt64Array(data.buffer);
    default:
      return new Uint8Array(data.buffer);
  }
}
