/** Attention: what of a memory a query looks at. After TensorFlow 1.15's seq2seq. */
import { isCallable, isList } from '../../base/border';
import { type DType, type DTypeLike, asDtype, int32, float32 } from '../../base/dtype';
import { TypeError_, ValueError } from '../../base/errors';
import { TensorShape } from '../../base/shape';
import { type Args, bound, constructorOf } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import type { Redefinable } from '../../calls/types';
import { assertPositive } from '../../control/checks';
import { reflected } from '../../graph/algebra';
import { inScope } from '../../graph/apply';
import { type NotText, type TensorLike, convertToTensor, toTensor } from '../../graph/constant';
import { type Tensor, getDefaultGraph, pythonType } from '../../graph/graph';
import { Dense } from '../../layers/dense';
import { sequenceMask } from '../../nn/sequence-mask';
import { argmax } from '../../ops/arg';
import { concat } from '../../ops/concat';
import { ones } from '../../ops/fill';
import { oneHot } from '../../ops/one-hot';
import { reshape } from '../../ops/reshape';
import { softmax } from '../../ops/softmax';
import { where } from '../../ops/where';
import { element, onesLike, shapeOf } from '../../ops/words';
import type { ZeroNames } from '../../rnn/cell';
import { type BatchSize, zeroStates } from '../../rnn/state';
import { wholeNumbers } from '../../rnn/steps';
import { variableScope } from '../../variables/scope';
import { bahdanauScore, luongScore } from './attention-scores';
import { type Attended, AttentionMechanism, type QueryNames } from './mechanism';

/** Makes weights that add up to 1 of scores: `tf.nn.softmax`, or a function like it. */
export type ProbabilityFn = (score: Tensor) => Tensor;
/** Makes other keys and values of those of a memory. */
export type KeyValueFn = (keys: Tensor, values: Tensor) => readonly [keys: Tensor, values: Tensor];

/** What the mechanisms here are made of. */
export interface MechanismParts {
  readonly numUnits: number;
  readonly memory: TensorLike;
  /** How many places each row has. */
  readonly lengths?: NotText;
  /** The score of places behind a row's end; -Infinity where not given. */
  readonly maskValue?: TensorLike;
  /** float32 where not given. */
  readonly dtype?: DTypeLike;
  readonly customKeyValueFn?: KeyValueFn | null;
  readonly hasQueryLayer: boolean;
  readonly name: string;
}
/** What `customKeyValueFn` gave. */
function pairOf(made: unknown): readonly [keys: Tensor, values: Tensor] {
  const fix = '\n  fix: customKeyValueFn gives [keys, values].';
  if (!isList(made)) throw new TypeError_(`cannot unpack non-iterable ${pythonType(made)} object${fix}`);
  if (made.length !== 2)
    throw new ValueError(
      made.length > 2
        ? `too many values to unpack (expected 2)${fix}`
        : `not enough values to unpack (expected 2, got ${made.length})${fix}`,
    );
  const [keys, values] = made.map((each) => convertToTensor(each as TensorLike));
  return [keys, values];
}
function layerOf(units: number, name: string, dtype: DTypeLike): Dense {
  return new Dense({ units, name, useBias: false, dtype });
}
/** What they have in common: keys made of the memory by a layer, and a mask of what lies behind a row's end. */
export abstract class BaseAttention extends AttentionMechanism {
  /** Makes keys of the memory. */
  readonly memoryLayer: Dense;
  /** What queries are compared with, [batch, places, units]. */
  readonly keys: Tensor;
  /** What is looked at, [batch, places, size]. */
  readonly values: Tensor;
  readonly batchSize: BatchSize;
  readonly alignmentsSize: number | Tensor;
  private readonly lengths: NotText | null;
  private readonly maskValue: TensorLike;
  /** Makes what is compared with keys of a query, or null. */
  readonly queryLayer: Dense | null;
  protected readonly numUnits: number;
  constructor({ numUnits, memory, name, hasQueryLayer, customKeyValueFn, ...given }: MechanismParts) {
    super();
    const { lengths, maskValue = Number.NEGATIVE_INFINITY, dtype = float32 } = given;
    this.numUnits = numUnits;
    this.queryLayer = hasQueryLayer ? layerOf(numUnits, 'query_layer', dtype) : null;
    this.memoryLayer = layerOf(numUnits, 'memory_layer', dtype);
    this.lengths = lengths === undefined ? null : wholeNumbers(lengths);
    this.maskValue = maskValue;
    const made = inScope(name, 'BaseAttentionMechanismInit', [memory], () => {
      let values = memoryOf(memory, this.lengths);
      let keys = this.memoryLayer.apply(values);
      if (customKeyValueFn) [keys, values] = pairOf(customKeyValueFn(keys, values));
      return { keys, values, batchSize: sizeIn(keys, 0), alignmentsSize: sizeIn(keys, 1) };
    });
    this.keys = made.keys;
    this.values = made.values;
    this.batchSize = made.batchSize;
    this.alignmentsSize = made.alignmentsSize;
  }
  override get dtype(): DType | null {
    return this.memoryLayer.dtype;
  }
  override get stateSize(): number | Tensor {
    return this.alignmentsSize;
  }
  /**
   * Alignments before the first query: zeros.
   *
   * @param batchSize  how many rows
   * @param dtype      their dtype
   * @returns  [batch, places]
   */
  override initialAlignments<_ = never>(...named: Redefinable<ZeroNames, _>): Tensor;
  override initialAlignments(batchSize: BatchSize, dtype: DTypeLike): Tensor;
  override initialAlignments(batchSize: BatchSize, dtype: DTypeLike): Tensor {
    return toTensor(zeroStates(this.alignmentsSize, batchSize, asDtype(dtype)));
  }
  /**
   * What is kept before the first query: the alignments then.
   *
   * @param batchSize  how many rows
   * @param dtype      its dtype
   * @returns  [batch, places]
   */
  override initialState<_ = never>(...named: Redefinable<ZeroNames, _>): Tensor;
  override initialState(batchSize: BatchSize, dtype: DTypeLike): Tensor;
  override initialState(batchSize: BatchSize, dtype: DTypeLike): Tensor {
    return this.initialAlignments(batchSize, dtype);
  }
  /**
   * How much a query looks at each place. Python calls the mechanism itself.
   *
   * @param query  [batch, size]
   * @param state  what the query before gave
   * @returns  alignments [batch, places], and what is kept
   */
  override apply<_ = never>(...named: Redefinable<QueryNames, _>): Attended;
  override apply(query: Tensor, state: Tensor): Attended;
  override apply(query: Tensor, state: Tensor): Attended {
    const alignments = this.weighed(this.masked(this.score(query)), state);
    return [alignments, alignments];
  }
  /** How well a query and each key fit. */
  protected abstract score(query: Tensor): Tensor;
  /** What scores come to. */
  protected abstract weighed(score: Tensor, before: Tensor): Tensor;
  /** Scores, with another value behind the ends of rows. */
  private masked(score: Tensor): Tensor {
    const { lengths } = this;
    if (lengths === null) return score;
    const message = 'All values in memory_sequence_length must be greater than zero.';
    const mask = getDefaultGraph().controlDependencies([assertPositive(lengths, { message })], () =>
      sequenceMask(lengths, element(shapeOf(score), 1)),
    );
    return where(mask, score, reflected(this.maskValue, 'mul', onesLike(score)));
  }
}
/** A size, as far as it is known. */
export function sizeIn(x: Tensor, axis: number): number | Tensor {
  return x.shape.at(axis) || element(shapeOf(x), axis);
}
/** A memory, with zeros behind the ends of rows. */
function memoryOf(given: TensorLike, lengths: TensorLike | null): Tensor {
  const memory = convertToTensor(given, null, 'memory');
  const ends = lengths === null ? null : convertToTensor(lengths, null, 'memory_sequence_length');
  const { shape } = memory;
  if (!shape.dims || !new TensorShape(shape.dims.slice(2)).isFullyDefined())
    throw new ValueError(`Expected memory ${memory.name} to have fully defined inner dims, but saw shape: ${shape}`);
  if (!ends) return memory;
  const mask = sequenceMask(ends, element(shapeOf(memory), 1), memory.dtype);
  const more = ones(shape.dims.length - 2, int32);
  return memory.mul(reshape(mask, concat([shapeOf(mask), more], 0)));
}
/** Whether a probability function may be called. */
function probabilityOf(given: ProbabilityFn | undefined): ProbabilityFn {
  if (given === undefined) return (score) => softmax(score);
  if (!isCallable(given)) throw new TypeError_(`probability_fn must be callable, saw type: ${pythonType(given)}`);
  return given;
}
/** What both of the soft ones have in common: a function makes weights of scores. */
abstract class SoftAttention extends BaseAttention {
  private readonly probabilityFn: ProbabilityFn;
  constructor({ probabilityFn, ...parts }: MechanismParts & { readonly probabilityFn?: ProbabilityFn }) {
    const weigh = probabilityOf(probabilityFn);
    super(parts);
    this.probabilityFn = weigh;
  }
  protected override weighed(score: Tensor): Tensor {
    return this.probabilityFn(score);
  }
}

type LuongTaken = [
  numUnits: number,
  memory: TensorLike,
  memorySequenceLength?: NotText,
  scale?: boolean,
  probabilityFn?: ProbabilityFn,
  scoreMaskValue?: TensorLike,
  dtype?: DTypeLike,
  customKeyValueFn?: KeyValueFn,
  name?: string,
];
const LUONG = constructorOf<LuongTaken>('contrib.seq2seq.LuongAttention');
/**
 * Attention by products of queries and keys (Luong et al. 2015); scaled by a variable where asked for.
 *
 *     const memory = tf.placeholder(tf.float32, [null, 7, 5]);
 *     const attention = new tf.contrib.seq2seq.LuongAttention(4, memory);
 *     const cell = new tf.contrib.seq2seq.AttentionWrapper(new tf.nn.rnnCell.GRUCell(4), attention);
 *     attention.keys.shape   // (?, 7, 4)
 */
export class LuongAttention extends SoftAttention {
  private readonly scale: boolean;
  /**
   * Makes the mechanism.
   *
   * @param numUnits              the size of queries and keys
   * @param memory                what is looked at, [batch, places, size]
   * @param memorySequenceLength  how many places each row has, [batch]
   * @param scale                 whether scores are multiplied by a variable
   * @param probabilityFn         makes weights of scores; softmax where not given
   * @param scoreMaskValue        the score of places behind a row's end; -Infinity where not given
   * @param dtype                 of the layer that makes keys; float32 where not given
   * @param customKeyValueFn      makes other keys and values of these
   * @param name                  the scope of its nodes
   * @throws ValueError  for a memory whose sizes behind the first two are not known
   */
  constructor(...given: Args<'contrib.seq2seq.LuongAttention', LuongTaken>) {
    const [numUnits, memory, lengths, scale, probabilityFn, maskValue, dtype, customKeyValueFn, name] =
      LUONG.take(given);
    super({
      ...{ numUnits, memory, lengths, probabilityFn, maskValue, dtype, customKeyValueFn },
      hasQueryLayer: false,
      name: name ?? 'LuongAttention',
    });
    this.scale = scale ?? false;
  }
  protected override score(query: Tensor): Tensor {
    return variableScope(null, 'luong_attention', [query], () => luongScore(query, this.keys, this.scale));
  }
}
bindMethods(BaseAttention, {
  apply: 'contrib.seq2seq.AttentionMechanism.apply',
  initialAlignments: 'contrib.seq2seq.LuongAttention.initial_alignments',
  initialState: 'contrib.seq2seq.LuongAttention.initial_state',
});

type BahdanauTaken = [
  numUnits: number,
  memory: TensorLike,
  memorySequenceLength?: NotText,
  normalize?: boolean,
  probabilityFn?: ProbabilityFn,
  scoreMaskValue?: TensorLike,
  dtype?: DTypeLike,
  customKeyValueFn?: KeyValueFn,
  name?: string,
];
const BAHDANAU = constructorOf<BahdanauTaken>('contrib.seq2seq.BahdanauAttention');
/**
 * Attention by a small net of queries and keys (Bahdanau et al. 2015); with normal weights where asked for (Salimans
 * and Kingma 2016).
 *
 *     const memory = tf.placeholder(tf.float32, [null, 7, 5]);
 *     const attention = new tf.contrib.seq2seq.BahdanauAttention(4, memory, { normalize: true });
 *     const cell = new tf.contrib.seq2seq.AttentionWrapper(new tf.nn.rnnCell.GRUCell(6), attention);
 *     attention.alignmentsSize   // 7
 */
export class BahdanauAttention extends SoftAttention {
  private readonly normalize: boolean;
  /**
   * Makes the mechanism.
   *
   * @param numUnits              the size of what queries and keys are made into
   * @param memory                what is looked at, [batch, places, size]
   * @param memorySequenceLength  how many places each row has, [batch]
   * @param normalize             whether the net's weights are a direction and a length
   * @param probabilityFn         makes weights of scores; softmax where not given
   * @param scoreMaskValue        the score of places behind a row's end; -Infinity where not given
   * @param dtype                 of its layers; float32 where not given
   * @param customKeyValueFn      makes other keys and values of these
   * @param name                  the scope of its nodes
   * @throws ValueError  for a memory whose sizes behind the first two are not known
   */
  constructor(...given: Args<'contrib.seq2seq.BahdanauAttention', BahdanauTaken>) {
    const [numUnits, memory, lengths, normalize, probabilityFn, maskValue, dtype, customKeyValueFn, name] =
      BAHDANAU.take(given);
    super({
      ...{ numUnits, memory, lengths, probabilityFn, maskValue, dtype, customKeyValueFn },
      hasQueryLayer: true,
      name: name ?? 'BahdanauAttention',
    });
    this.normalize = normalize ?? false;
  }
  protected override score(query: Tensor): Tensor {
    return variableScope(null, 'bahdanau_attention', [query], () => {
      const processed = this.queryLayer!.apply(query);
      return bahdanauScore(processed, this.keys, this.numUnits, this.normalize, query.dtype);
    });
  }
}

/**
 * 1 in the place of each row's largest value, 0 elsewhere: a probability function that looks at one place.
 *
 *     tf.contrib.seq2seq.hardmax([[1, 3, 2]])   // [[0, 1, 0]]
 *
 * @param logits  floats, [batch, places]
 * @returns  the same dtype and shape
 * @throws TypeError  for text
 */
export const hardmax = bound(
  'contrib.seq2seq.hardmax',
  (given: TensorLike, name?: string): Tensor =>
    inScope(name, 'Hardmax', [given], () => {
      const logits = convertToTensor(given, null, 'logits');
      const depth = logits.shape.at(-1) ?? element(shapeOf(logits), -1);
      return oneHot(argmax(logits, -1), depth, { dtype: logits.dtype });
    }),
);
