/** Random numbers whose seeds are inputs, on the host: TensorFlow's, to the last bit. */
import { asFloats, asLongs, asNumbers, asOrdered } from '../../base/elements';
import { bitsOfFloats, isHalf } from '../../base/half';
import { type Data, int32, isBig, uint64 } from '../../base/dtype';
import { BLOCK, Philox } from '../../base/philox';
import { cShape } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  host,
  hostZeros,
  invalid,
} from '../kernel';
import { DIGITS, costOf, drawClasses, shapeFrom } from './random';
import { type Source, randomStandardNormal, randomUniform, randomUniformInt, truncatedNormal } from './random-fill';

/** Of the generators: Philox, and the one that a kernel chooses. */
const PHILOX = 1;
const CHOSEN = 3;
/** The key by which seeds are mixed. */
const SCRAMBLED = 0x02461e293ec8f720n;

const joined = (low: number, high: number): bigint => BigInt(low) | (BigInt(high) << 32n);

/** The key and the counter that two seeds stand for, so that each of their bits counts. */
function keyAndCounter([seed]: readonly HostTensor[]): HostTensor[] {
  const [low, high] = [...asOrdered(seed.data)].map((x) => BigInt.asUintN(64, BigInt(x)));
  const mixed = new Uint32Array(4);
  Philox.at(SCRAMBLED, low, high).fill(mixed);
  return [
    host(uint64, [1], BigUint64Array.of(joined(mixed[0], mixed[1]))),
    host(uint64, [2], BigUint64Array.of(0n, joined(mixed[2], mixed[3]))),
  ];
}
const philox = (): HostTensor => host(int32, [], Int32Array.of(PHILOX));
/** Input `at` is a pair of seeds. */
const checkSeed =
  (at = 0) =>
  (inputs: readonly Checked[]): void => {
    const { shape } = inputs[at];
    if (shape.length !== 1 || shape[0] !== 2) invalid(`seed must have shape [2], not ${cShape(shape)}`);
  };

function checkPlace([, key, counter, alg]: readonly Checked[]): void {
  if (alg.shape.length) invalid(`algorithm must be of shape [], not ${cShape(alg.shape)}`);
  if (key.shape.length !== 1 || key.shape[0] !== 1)
    invalid(`key must have shape [1], not ${cShape(key.shape)}. (Note that batched keys are not supported yet.)`);
  const generator = Number(alg.data?.[0] ?? CHOSEN);
  const { shape } = counter;
  // TensorFlow lets a counter of one word pass where it chooses the generator, and reads what lies behind it.
  const least = generator === CHOSEN && shape.length !== 1 ? 1 : 2;
  if (shape.length !== 1 || shape[0] < least)
    invalid(
      `counter must be a vector with length at least ${least}; got shape: ${cShape(shape)}. ` +
        '(Note that batched counters are not supported yet.)',
    );
}
/** The last two inputs are one number each. */
function checkBounds(inputs: readonly Checked[]): void {
  ['minval', 'maxval'].forEach((name, i) => {
    const { shape } = inputs[inputs.length - 2 + i];
    if (shape.length) invalid(`${name} must be 0-D, got shape ${cShape(shape)}`);
  });
}
type Made = HostTensor & { data: Data };
/** How inputs name the place in a stream where a result begins. */
interface From {
  check(inputs: readonly Checked[]): void;
  readonly elements?: readonly number[];
  stream(inputs: readonly HostTensor[]): Philox;
}
/** By key and counter, as TensorFlow 2's clients do. */
const PLACE: From = {
  check: checkPlace,
  elements: [3],
  stream([, key, counter, alg]) {
    const generator = Number(alg.data[0]);
    if (generator !== PHILOX && generator !== CHOSEN) invalid(`Unsupported algorithm id: ${generator}`);
    return streamAt(key, counter);
  },
};
/** By the two seeds themselves. */
const SEEDS: From = { check: checkSeed(1), stream: ([, seed]) => streamOf(seed) };

function streamAt(key: HostTensor, counter: HostTensor): Philox {
  const [low, high] = asLongs(counter.data);
  return Philox.at(asLongs(key.data)[0], low, high);
}
function streamOf(seed: HostTensor): Philox {
  const [key, counter] = keyAndCounter([seed]);
  return streamAt(key, counter);
}
const from = (stream: Philox): Source => ({ reserve: () => stream });

type Fill = (source: Source, out: Made, inputs: readonly HostTensor[]) => void;
/** A kernel that fills its result from the place in a stream that its inputs name. */
function drawing(place: From, fill: Fill, checkMore?: From['check']): HostKernelRow {
  const run: HostKernel = (inputs, node: KernelNode) => {
    const out: Made = hostZeros(node.outputTypes[0], shapeFrom(inputs[0]));
    if (out.data.length) fill(from(place.stream(inputs)), out, inputs);
    return out;
  };
  const check: From['check'] = (inputs) => {
    place.check(inputs);
    checkMore?.(inputs);
  };
  return { run, check, elements: place.elements, only: true, cost: costOf };
}
type Floats = Float32Array | Float64Array;
/** 16-bit floats are drawn in 32 bits, and rounded. */
function floats(place: From, fill: (source: Source, out: Floats, digits?: number) => void): HostKernelRow {
  return drawing(place, (source, out) => {
    if (!isHalf(out.dtype)) return fill(source, asFloats(out.data));
    const wide = new Float32Array(out.data.length);
    fill(source, wide, DIGITS.get(out.dtype));
    out.data = bitsOfFloats(wide, out.dtype);
  });
}
/** Every integer of the type is as likely as any other. */
function anyInteger(source: Source, { data }: HostTensor): void {
  const words = new Uint32Array(Math.ceil((data.length * (isBig(data) ? 2 : 1)) / BLOCK) * BLOCK);
  source.reserve(words.length / BLOCK).fill(words);
  if (isBig(data)) {
    const pairs = new BigUint64Array(words.buffer);
    for (let i = 0; i < data.length; i++) data[i] = pairs[i];
  } else {
    const numbers = asNumbers(data);
    for (let i = 0; i < data.length; i++) numbers[i] = words[i];
  }
}
function between(source: Source, { data }: HostTensor, inputs: readonly HostTensor[]): void {
  const [low, high] = inputs.slice(-2).map((t) => asOrdered(t.data)[0]);
  if (!(low < high)) invalid(`Need minval < maxval, got ${low} >= ${high}`);
  randomUniformInt(source, low, high, data);
}

const draw: HostKernel = ([logits, count, seed], node) =>
  drawClasses(logits, count, node.outputTypes[0], () => from(streamOf(seed)));

export const STATELESS_KERNELS: HostTable = {
  StatelessRandomUniform: floats(SEEDS, randomUniform),
  StatelessRandomNormal: floats(SEEDS, randomStandardNormal),
  StatelessTruncatedNormal: floats(SEEDS, truncatedNormal),
  StatelessRandomUniformInt: drawing(SEEDS, between, checkBounds),
  StatelessMultinomial: { run: draw, check: checkSeed(2), only: true },
  StatelessRandomGetKeyCounter: { run: keyAndCounter, check: checkSeed(), only: true },
  StatelessRandomGetKeyCounterAlg: {
    run: (inputs) => [...keyAndCounter(inputs), philox()],
    check: checkSeed(),
    only: true,
  },
  StatelessRandomGetAlg: { run: philox, only: true },
  StatelessRandomUniformV2: floats(PLACE, randomUniform),
  StatelessRandomNormalV2: floats(PLACE, randomStandardNormal),
  StatelessTruncatedNormalV2: floats(PLACE, truncatedNormal),
  StatelessRandomUniformFullIntV2: drawing(PLACE, anyInteger),
  StatelessRandomUniformIntV2: drawing(PLACE, between, checkBounds),
};
