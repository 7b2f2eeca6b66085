/** A helper that reads a sequence that is known, as training does. After TensorFlow 1.15's seq2seq. */
import { type DType, int32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { isA } from '../../base/preview';
import { TensorShape } from '../../base/shape';
import { type Args, constructorOf } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import type { Redefinable } from '../../calls/types';
import { inScope } from '../../graph/apply';
import { type TensorLike, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { condTensor } from '../../flow/cond';
import { flatten } from '../../flow/structure';
import { TensorArray } from '../../flow/tensor-array';
import { argmax } from '../../ops/arg';
import { cast } from '../../ops/cast';
import { equal } from '../../ops/compare';
import { reduceAll } from '../../ops/reduce';
import { getItem } from '../../ops/subscript';
import { element, shapeOf, sizeOf, zerosLike } from '../../ops/words';
import { swapped } from '../../rnn/dynamic';
import { wholeNumbers } from '../../rnn/steps';
import { Helper, type HelperNext, type HelperStart, type NextNames, type OneName, type SampleNames } from './helper';

/** A tensor by its rows. */
export function arrayOf(x: Tensor): TensorArray {
  const size = element(shapeOf(x), 0);
  return new TensorArray(x.dtype, { size, elementShape: x.shape.slice(1) }).unstack(x);
}

/** A sequence that is read, and its nodes. */
export class Read {
  readonly inputs: Tensor;
  readonly sequenceLength: Tensor;
  readonly batchSize: Tensor;
  readonly array: TensorArray;
  readonly zeroInputs: Tensor;
  constructor(inputs: TensorLike, lengths: TensorLike, timeMajor: boolean) {
    this.inputs = convertToTensor(inputs, null, 'inputs');
    const byTime = timeMajor ? this.inputs : swapped(this.inputs);
    this.array = arrayOf(byTime);
    const given = wholeNumbers(lengths);
    this.sequenceLength = convertToTensor(given, null, 'sequence_length');
    const { shape } = this.sequenceLength;
    if (shape.rank !== 1) throw new ValueError(`Expected sequence_length to be a vector, but received shape: ${shape}`);
    this.zeroInputs = zerosLike(getItem(byTime, [0, []]));
    this.batchSize = sizeOf(given);
  }
  /** In a scope of its own. */
  static named(inputs: TensorLike, lengths: TensorLike, timeMajor: boolean, name?: string | null): Read {
    return inScope(name, 'TrainingHelper', [inputs, lengths], () => new Read(inputs, lengths, timeMajor));
  }
}

/** What `sample` takes by name of a helper that looks at no state. */
export type Sampled = Omit<SampleNames<Tensor>, 'state'> & { readonly state?: unknown };
type Next = Omit<NextNames<Tensor>, 'sampleIds'> & { readonly sampleIds?: Tensor | null };
type Taken = [inputs: TensorLike, sequenceLength: TensorLike, timeMajor?: boolean, name?: string];
const TRAINING = constructorOf<Taken>('contrib.seq2seq.TrainingHelper');
/**
 * A helper that reads its inputs from a sequence, as training does: each step takes what should have been written
 * before it. Its samples are the largest outputs' places.
 *
 *     const helper = new tf.contrib.seq2seq.TrainingHelper(tf.ones([2, 5, 3]), [5, 4]);
 *     helper.initialize()[1]   // [[1, 1, 1], [1, 1, 1]]
 */
export class TrainingHelper extends Helper<Tensor, Tensor> {
  private readonly read: Read;
  /**
   * Makes the helper.
   *
   * @param inputs          [batch, time, size]
   * @param sequenceLength  how many steps each row has, [batch]
   * @param timeMajor       whether inputs are [time, batch, size]
   * @param name            the scope of its nodes
   * @throws ValueError  for lengths that are no vector
   */
  constructor(...given: Args<'contrib.seq2seq.TrainingHelper', Taken>);
  constructor(made: Read);
  constructor(...given: Args<'contrib.seq2seq.TrainingHelper', Taken> | [made: Read]) {
    super();
    const [made]: readonly unknown[] = given;
    if (isA(made, Read)) {
      this.read = made;
      return;
    }
    const [inputs, lengths, timeMajor = false, name] = TRAINING.take(given);
    this.read = Read.named(inputs, lengths, timeMajor, name);
  }
  /** The sequence. */
  get inputs(): Tensor {
    return this.read.inputs;
  }
  /** How many steps each row has. */
  get sequenceLength(): Tensor {
    return this.read.sequenceLength;
  }
  override get batchSize(): Tensor {
    return this.read.batchSize;
  }
  override get sampleIdsShape(): TensorShape {
    return new TensorShape([]);
  }
  override get sampleIdsDtype(): DType {
    return int32;
  }
  /** What the first step takes. */
  override initialize(name?: OneName): HelperStart;
  override initialize(name?: string | null): HelperStart {
    const { sequenceLength, zeroInputs, array } = this.read;
    return inScope(name, 'TrainingHelperInitialize', [sequenceLength], () => {
      const finished = equal(0, sequenceLength);
      const allFinished = reduceAll(finished);
      return [
        finished,
        condTensor(
          allFinished,
          () => zeroInputs,
          () => array.read(0),
        ),
      ];
    });
  }
  /** The places of the largest outputs. */
  override sample<_ = never>(...named: Redefinable<Sampled, _>): Tensor;
  override sample(time: Tensor, outputs: Tensor, state?: unknown, name?: string | null): Tensor;
  override sample(time: Tensor, outputs: Tensor, _state: unknown, name?: string | null): Tensor {
    return inScope(name, 'TrainingHelperSample', [time, outputs], () => cast(argmax(outputs, -1), int32));
  }
  /** What the next step takes: the sequence's next element; zeros where all rows are over. */
  override nextInputs<_ = never>(...named: Redefinable<Next, _>): HelperNext<Tensor>;
  override nextInputs(
    time: Tensor,
    outputs: Tensor,
    state: unknown,
    sampleIds?: Tensor | null,
    name?: string | null,
  ): HelperNext<Tensor>;
  override nextInputs(
    time: Tensor,
    outputs: Tensor,
    state: unknown,
    _sampleIds: unknown,
    name?: string | null,
  ): HelperNext<Tensor> {
    const { sequenceLength, zeroInputs, array } = this.read;
    return inScope(name, 'TrainingHelperNextInputs', [time, outputs, ...flatten(state)], () => {
      const nextTime = time.add(1);
      const finished = nextTime.greaterEqual(sequenceLength);
      const allFinished = reduceAll(finished);
      const next = condTensor(
        allFinished,
        () => zeroInputs,
        () => array.read(nextTime),
      );
      return [finished, next, state];
    });
  }
}
bindMethods(TrainingHelper, {
  initialize: 'contrib.seq2seq.TrainingHelper.initialize',
  sample: 'contrib.seq2seq.TrainingHelper.sample',
  nextInputs: 'contrib.seq2seq.TrainingHelper.next_inputs',
});
