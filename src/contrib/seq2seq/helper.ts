/** What says which inputs a decoder takes, and when it is over. After TensorFlow 1.15's seq2seq. */
import type { ByName } from '../../base/by-name';
import { type DType, type DTypeLike, asDtype, int32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { TensorShape } from '../../base/shape';
import { type Args, constructorOf } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import type { Redefinable } from '../../calls/types';
import { inScope } from '../../graph/apply';
import type { Tensor } from '../../graph/graph';
import { flatten } from '../../flow/structure';
import { sizeOf } from '../../ops/words';
import type { BatchSize } from '../../rnn/state';

/** What a decoder begins with: which rows are over before the first step, and its inputs. */
export type HelperStart<X = Tensor> = readonly [finished: Tensor, inputs: X];
/** What comes after a step: which rows are over, the inputs of the next step, and its state. */
export type HelperNext<X = Tensor> = readonly [finished: Tensor, nextInputs: X, nextState: unknown];

/** What `initialize` takes: the scope of its nodes, or that by its name. */
export type OneName = string | null | ({ readonly name?: string | null } & ByName);
/** What `sample` takes, by name. */
export interface SampleNames<O> {
  /** How many steps were made before; a scalar of int32. */
  readonly time: Tensor;
  /** What the cell gave. */
  readonly outputs: O;
  /** The cell's state after the step. */
  readonly state: unknown;
  /** The scope of its nodes. */
  readonly name?: string | null;
}
/** What `nextInputs` takes, by name. */
export interface NextNames<O> extends SampleNames<O> {
  /** What `sample` gave. */
  readonly sampleIds: Tensor;
}

/**
 * What helpers are derived from: `sample` takes something of what a cell gave, and `nextInputs` makes of it what the
 * cell takes next.
 *
 *     class Echo extends tf.contrib.seq2seq.Helper {
 *       readonly batchSize = 1;
 *       readonly sampleIdsShape = new tf.TensorShape([]);
 *       readonly sampleIdsDtype = tf.int32;
 *       override initialize(): [tf.Tensor, tf.Tensor] {
 *         return [tf.constant([false]), tf.ones([1, 2])];
 *       }
 *       override sample(time: tf.Tensor, outputs: tf.Tensor): tf.Tensor {
 *         return tf.argmax(outputs, 1, { outputType: tf.int32 });
 *       }
 *       override nextInputs(time: tf.Tensor, outputs: tf.Tensor, state: unknown): tf.contrib.seq2seq.HelperNext {
 *         return [tf.fill([1], time.greaterEqual(2)), outputs, state];
 *       }
 *     }
 *     const cell = new tf.nn.rnnCell.GRUCell(2);
 *     const decoder = new tf.contrib.seq2seq.BasicDecoder(cell, new Echo(), cell.zeroState(1, tf.float32));
 *     tf.contrib.seq2seq.dynamicDecode(decoder)[2]   // [3]
 *
 * `Helper<O, X>` takes outputs `O` of a cell and makes inputs `X`.
 */
export abstract class Helper<O = never, X = unknown> {
  /** How many rows there are. */
  abstract get batchSize(): BatchSize;
  /** The shape of a row's sample. */
  abstract get sampleIdsShape(): TensorShape;
  /** The dtype of samples. */
  abstract get sampleIdsDtype(): DType;
  /**
   * What the first step takes.
   *
   * @param name  the scope of its nodes
   * @returns  which rows are over already, and the inputs
   */
  abstract initialize(name?: string | null): HelperStart<X>;
  /**
   * Takes something of what a cell gave.
   *
   * @param time     how many steps were made before; a scalar of int32
   * @param outputs  what the cell gave
   * @param state    the cell's state after the step
   * @param name     the scope of its nodes
   * @returns  a sample for each row
   */
  abstract sample(time: Tensor, outputs: O, state: unknown, name?: string | null): Tensor;
  /**
   * What the next step takes.
   *
   * @param time       how many steps were made before; a scalar of int32
   * @param outputs    what the cell gave
   * @param state      the cell's state after the step
   * @param sampleIds  what `sample` gave
   * @param name       the scope of its nodes
   * @returns  which rows are over, the next inputs, and the state to go on with
   */
  abstract nextInputs(time: Tensor, outputs: O, state: unknown, sampleIds: Tensor, name?: string | null): HelperNext<X>;
}

/** What a function takes that samples. */
export interface CustomSample<O = Tensor, S = unknown> {
  /** How many steps were made before; a scalar of int32. */
  readonly time: Tensor;
  /** What the cell gave. */
  readonly outputs: O;
  /** The cell's state after the step. */
  readonly state: S;
}
/** What a function takes that makes the next inputs. */
export interface CustomNext<O = Tensor, S = unknown> extends CustomSample<O, S> {
  /** What the function that samples gave. */
  readonly sampleIds: Tensor;
}
type Taken<O, X> = [
  initializeFn: () => HelperStart<X>,
  sampleFn: (named: CustomSample<O>) => Tensor,
  nextInputsFn: (named: CustomNext<O>) => HelperNext<X>,
  sampleIdsShape?: readonly number[] | TensorShape,
  sampleIdsDtype?: DTypeLike,
];
const CUSTOM = constructorOf<Taken<unknown, unknown>>('contrib.seq2seq.CustomHelper');
/**
 * A helper of three functions. They take what `sample` and `nextInputs` of a helper take, by name.
 *
 *     const helper = new tf.contrib.seq2seq.CustomHelper(
 *       () => [tf.constant([false]), tf.ones([1, 2])],
 *       ({ outputs }) => tf.argmax(outputs, 1, { outputType: tf.int32 }),
 *       ({ time, outputs, state }) => [tf.fill([1], time.greaterEqual(2)), outputs, state],
 *     );
 *     const cell = new tf.nn.rnnCell.GRUCell(2);
 *     const decoder = new tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zeroState(1, tf.float32));
 *     tf.contrib.seq2seq.dynamicDecode(decoder)[2]   // [3]
 */
export class CustomHelper<O = Tensor, X = Tensor> extends Helper<O, X> {
  private readonly taken: Taken<O, X>;
  private rows: Tensor | null = null;
  /** The shape of a row's sample. */
  readonly sampleIdsShape: TensorShape;
  /** The dtype of samples. */
  readonly sampleIdsDtype: DType;
  /**
   * Makes the helper.
   *
   * @param initializeFn    gives which rows are over before the first step, and its inputs
   * @param sampleFn        takes `{ time, outputs, state }`, and gives a sample for each row
   * @param nextInputsFn    takes these and `sampleIds`; gives which rows are over, the next inputs and the next state
   * @param sampleIdsShape  the shape of a row's sample; a scalar where not given
   * @param sampleIdsDtype  the dtype of samples; int32 where not given
   */
  constructor(...given: Args<'contrib.seq2seq.CustomHelper', Taken<O, X>>) {
    super();
    this.taken = CUSTOM.take<Taken<O, X>>(given);
    const [, , , shape = [], dtype = int32] = this.taken;
    this.sampleIdsShape = TensorShape.of(shape);
    this.sampleIdsDtype = asDtype(dtype);
  }
  /** How many rows there are. @throws ValueError  before `initialize` */
  override get batchSize(): Tensor {
    if (this.rows) return this.rows;
    throw new ValueError('batch_size accessed before initialize was called');
  }
  /** What the first step takes. */
  override initialize(name?: OneName): HelperStart<X>;
  override initialize(name?: string | null): HelperStart<X> {
    return inScope(name, `${this.constructor.name}Initialize`, [], () => {
      const [initializeFn] = this.taken;
      const [finished, inputs] = initializeFn();
      this.rows ??= sizeOf(finished);
      return [finished, inputs];
    });
  }
  /** A sample for each row. */
  override sample<_ = never>(...named: Redefinable<SampleNames<O>, _>): Tensor;
  override sample(time: Tensor, outputs: O, state: unknown, name?: string | null): Tensor;
  override sample(time: Tensor, outputs: O, state: unknown, name?: string | null): Tensor {
    return this.scoped('Sample', name, [time, outputs, state], ([, sampleFn]) => sampleFn({ time, outputs, state }));
  }
  /** What the next step takes. */
  override nextInputs<_ = never>(...named: Redefinable<NextNames<O>, _>): HelperNext<X>;
  override nextInputs(time: Tensor, outputs: O, state: unknown, sampleIds: Tensor, name?: string | null): HelperNext<X>;
  override nextInputs(
    time: Tensor,
    outputs: O,
    state: unknown,
    sampleIds: Tensor,
    name?: string | null,
  ): HelperNext<X> {
    return this.scoped('NextInputs', name, [time, outputs, state], ([, , nextInputsFn]) =>
      nextInputsFn({ time, outputs, state, sampleIds }),
    );
  }
  private scoped<R>(
    what: string,
    name: string | null | undefined,
    values: unknown[],
    body: (taken: Taken<O, X>) => R,
  ): R {
    return inScope(name, `${this.constructor.name}${what}`, flatten(values), () => body(this.taken));
  }
}
bindMethods(CustomHelper, {
  initialize: 'contrib.seq2seq.CustomHelper.initialize',
  sample: 'contrib.seq2seq.CustomHelper.sample',
  nextInputs: 'contrib.seq2seq.CustomHelper.next_inputs',
});
