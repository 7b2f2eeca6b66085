/** Changing the dtype, by value or by bits, in plain TypeScript. */
import {
  type DType,
  type Data,
  bfloat16,
  bool,
  float16,
  float32,
  int64,
  isBig,
  uint64,
  zerosOf,
} from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import {
  type HostTable,
  type HostTensor,
  type KernelNode,
  KernelError,
  attr,
  host,
  invalid,
  registerHostKernels,
} from '../kernel';
import { narrow, widen } from './loops';

function isShort(dtype: DType): boolean {
  return dtype === float16 || dtype === bfloat16;
}

/** Elements of one dtype as another, as C casts: towards zero; a float that an integer cannot hold becomes its smallest value. */
function convert(data: Data, from: DType, to: DType, n: number): Data {
  const out = zerosOf(to, n);
  const [stepIn, stepOut] = [from.isComplex ? 2 : 1, to.isComplex ? 2 : 1];
  if (isBig(out)) {
    const bits = to === int64 ? BigInt.asIntN : BigInt.asUintN;
    for (let i = 0; i < n; i++) {
      const x = data[i * stepIn] as number | bigint;
      out[i] =
        typeof x === 'bigint'
          ? bits(64, x)
          : Number.isFinite(x) && Math.abs(x) < 2 ** 63
            ? BigInt(Math.trunc(x))
            : to === uint64
              ? 0n
              : -(2n ** 63n);
    }
    return out;
  }
  const target = out as Float64Array;
  if (from.isComplex && to.isComplex) {
    target.set(data as Float64Array);
    return out;
  }
  if (to === bool)
    for (let i = 0; i < n; i++) {
      const x = data[i * stepIn];
      // biome-ignore lint/suspicious/noDoubleEquals: of 64-bit integers too
      target[i] = x == 0 && (stepIn === 1 || data[2 * i + 1] == 0) ? 0 : 1;
    }
  else if (isBig(data))
    for (let i = 0; i < n; i++) target[i * stepOut] = Number(to.isInteger ? BigInt.asIntN(32, data[i]) : data[i]);
  else if (stepIn === 1 && stepOut === 1) {
    if (to.isInteger && from.isFloating) truncate(data as Float64Array, target, to);
    else target.set(data as Float64Array);
  } else for (let i = 0; i < n; i++) target[i * stepOut] = data[i * stepIn] as number;
  return out;
}
/** Through int32, whose overflow gives the smallest integer; shorter types take its lower bits. */
function truncate(x: Float64Array, out: Float64Array, to: DType): void {
  if (to.name === 'uint32') {
    for (let i = 0; i < x.length; i++) out[i] = Math.trunc(x[i]);
    return;
  }
  for (let i = 0; i < x.length; i++) {
    const v = x[i];
    out[i] = v > -2147483649 && v < 2147483648 ? v | 0 : -2147483648;
  }
}

function cast([x]: readonly HostTensor[], node: KernelNode): HostTensor {
  const to = attr<DType>(node, 'DstT').baseDtype;
  if (x.dtype === to) return x;
  if (x.dtype.kind === 'string' || to.kind === 'string')
    throw new KernelError('Unimplemented', `Cast ${x.dtype.cName} to ${to.cName} is not supported`);
  const from = isShort(x.dtype) ? widen(x) : x;
  const n = sizeOf(x.shape);
  if (isShort(to)) return narrow(host(float32, x.shape, convert(from.data, from.dtype, float32, n)), to);
  return host(to, x.shape, convert(from.data, from.dtype, to, n));
}

function bitcast([x]: readonly HostTensor[], node: KernelNode): HostTensor {
  const to = attr<DType>(node, 'type').baseDtype;
  const { dtype, shape } = x;
  let out = shape;
  if (dtype.size > to.size) out = [...shape, dtype.size / to.size];
  else if (dtype.size < to.size) {
    const ratio = to.size / dtype.size;
    if (shape[shape.length - 1] !== ratio) {
      invalid(`Cannot bitcast from ${dtype.cName} to ${to.cName}: shape ${cShape(shape)}`);
    }
    out = shape.slice(0, -1);
  }
  const source = x.data as Uint8Array;
  // A copy: the bytes may not lie where a wider element could start.
  const bytes = source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength);
  return host(to, out, new (to.array as unknown as new (buffer: ArrayBufferLike) => Data)(bytes));
}

export const CAST_KERNELS: HostTable = { Cast: { run: cast, cost: 1.5 }, Bitcast: { run: bitcast, cost: 0.5 } };
registerHostKernels(CAST_KERNELS);
