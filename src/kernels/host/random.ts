/**
 * Random ops. They run on the host on every device: TensorFlow's generator in plain TypeScript, whose stream each
 * node of a session keeps, so the numbers equal TensorFlow's whatever device does the rest.
 */
import { numbersIn } from '../../base/nested';
import { asFloats, asOrdered } from '../../base/elements';
import { slots, copyRun } from '../../base/box';
import { bitsOfFloats, floatsOfBits, isHalf } from '../../base/half';
import { type DType, type Data, bfloat16, float16, float32, float64, int32, int64 } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { exactInt } from '../../format/attr';
import {
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  KernelError,
  type KernelNode,
  PerNode,
  type Sized,
  host,
  hostZeros,
  invalid,
  numbers,
} from '../kernel';
import {
  RandomState,
  type Source,
  multinomial,
  randomShuffle,
  randomStandardNormal,
  randomUniform,
  randomUniformInt,
  truncatedNormal,
} from './random-fill';

type Floats = Float32Array | Float64Array;

/** The node's stream in this session: it starts at the seeds and goes on from run to run. */
export const STREAMS = new PerNode(
  (node) => new RandomState(exactInt(node.attrs, 'seed'), exactInt(node.attrs, 'seed2')),
);
/** The shape that a random op is asked for, a vector `of` integers. */
export function shapeFrom(shape: HostTensor, of = '{int32,int64}'): number[] {
  if (shape.shape.length !== 1) return invalid(`shape must be a vector of ${of}, got shape ${cShape(shape.shape)}`);
  const dims = numbers(shape);
  dims.forEach((n, i) => {
    if (n < 0) invalid(`Dimension ${n} must be >= 0`, `dimension ${i} of the shape is ${n}`);
  });
  return dims;
}
function outputFor(
  dtype: DType,
  allowed: readonly DType[],
  shape: HostTensor,
  node: KernelNode,
): HostTensor & { data: Data } {
  if (!allowed.includes(dtype))
    throw new KernelError(
      'Unimplemented',
      `${node.type} makes ${allowed.map((d) => d.name).join(' and ')}, not ${dtype.name}`,
    );
  return hostZeros(dtype, shapeFrom(shape));
}

/** Binary digits of a uniform 16-bit number. */
export const DIGITS: ReadonlyMap<DType, number> = new Map([
  [float16, 10],
  [bfloat16, 7],
]);
function floats(fill: (state: RandomState, out: Floats, digits?: number) => void): HostKernel {
  return ([shape], node) => {
    const dtype = node.outputTypes[0];
    const out = outputFor(dtype, [float32, float64, float16, bfloat16], shape, node);
    if (!out.data.length) return out;
    if (!isHalf(dtype)) fill(STREAMS.of(node), asFloats(out.data));
    else {
      // Drawn in 32 bits, and rounded.
      const drawn = new Float32Array(out.data.length);
      fill(STREAMS.of(node), drawn, DIGITS.get(dtype));
      out.data = bitsOfFloats(drawn, dtype);
    }
    return out;
  };
}

function integers([shape, minval, maxval]: readonly HostTensor[], node: KernelNode): HostTensor {
  for (const [name, t] of [
    ['minval', minval],
    ['maxval', maxval],
  ] as const) {
    if (t.shape.length !== 0) return invalid(`${name} must be 0-D, got shape ${cShape(t.shape)}`);
  }
  const out = outputFor(node.outputTypes[0], [int32, int64], shape, node);
  if (out.data.length === 0) return out;
  const [low, high] = [asOrdered(minval.data)[0], asOrdered(maxval.data)[0]];
  if (!(low < high)) return invalid(`Need minval < maxval, got ${low} >= ${high}`);
  randomUniformInt(STREAMS.of(node), low, high, out.data);
  return out;
}

function shuffle([value]: readonly HostTensor[], node: KernelNode): HostTensor {
  const rows = value.shape[0] ?? 0;
  const row = rows ? sizeOf(value.shape.slice(1)) * slots(value) : 0;
  if (rows <= 1 || row === 0) return value;
  const out = hostZeros(value.dtype, value.shape);
  randomShuffle(STREAMS.of(node), rows).forEach((from, to) => copyRun(value.data, from * row, out.data, to * row, row));
  return out;
}

/** What Multinomial draws from the stream that `source` gives. */
export function drawClasses(logits: HostTensor, count: HostTensor, dtype: DType, source: () => Source): HostTensor {
  if (logits.shape.length !== 2) return invalid(`logits should be a matrix, got shape ${cShape(logits.shape)}`);
  if (count.shape.length !== 0) return invalid(`num_samples should be a scalar, got shape ${cShape(count.shape)}`);
  const samples = Number(count.data[0]);
  if (samples < 0) return invalid(`num_samples should be nonnegative, got ${samples}`);
  const [batch, classes] = logits.shape;
  if (batch && samples && classes <= 0) return invalid(`num_classes should be positive, got ${classes}`);
  const out = hostZeros(dtype, [batch, samples]);
  if (out.data.length === 0) return out;
  const scores = isHalf(logits.dtype)
    ? floatsOfBits(logits.data, logits.dtype)
    : logits.dtype.isFloating
      ? asFloats(logits.data)
      : Float64Array.from(numbersIn(logits));
  multinomial(source(), scores, batch, classes, samples, out.data);
  return host(out.dtype, out.shape, out.data);
}

/** Nanoseconds for a number that is not brought to a device. */
const EACH = 1.6;
/** What is asked for is small where the host does not know it. */
export const costOf = ([{ data, dtype }]: readonly Sized[]): number =>
  data && (dtype === int32 || dtype === int64) ? numbersIn({ data }).reduce((size, n) => size * n, EACH) : EACH;

/** A kernel that draws from its node's stream, which a run that fails leaves as it was. */
export function drawing(run: HostKernel): HostKernelRow {
  return {
    cost: costOf,
    run(inputs, node) {
      STREAMS.of(node).begin();
      return run(inputs, node);
    },
    only: true,
    putBack: (node) => STREAMS.of(node).putBack(),
  };
}
export const RANDOM_KERNELS: HostTable = {
  RandomUniform: drawing(floats(randomUniform)),
  RandomStandardNormal: drawing(floats(randomStandardNormal)),
  TruncatedNormal: drawing(floats(truncatedNormal)),
  RandomUniformInt: drawing(integers),
  RandomShuffle: drawing(shuffle),
  Multinomial: drawing(([logits, count], node) =>
    drawClasses(logits, count, node.outputTypes[0], () => STREAMS.of(node)),
  ),
};
