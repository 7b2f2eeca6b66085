/** `tf.TensorArray`: tensors by number, which loops write and read. After TensorFlow 1.15's tensor_array_ops. */
import { type DType, type Untold, int64 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { apply, applyOp, graphOf, inGraphOf } from '../graph/apply';
import type { ArrayTensor } from '../graph/fetched';
import { type TensorLike, constantValue, convertToTensor } from '../graph/constant';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { castTo, element, range, scoped, shapeOf } from '../ops/words';
import { type Common, type Made, makeArray } from './make-array';
import { FLOW, type Flowing } from './structure';

const TENSOR_ARRAY = constructorOf<Made>('TensorArray');
const GRAD = signature<[source: string, flow?: Tensor, name?: string]>('TensorArray.grad');
const READ = signature<[index: TensorLike, name?: string]>('TensorArray.read');
const WRITE = signature<[index: TensorLike, value: TensorLike, name?: string]>('TensorArray.write');
const STACK = signature<[name?: string]>('TensorArray.stack');
const CONCAT = signature<[name?: string]>('TensorArray.concat');
const SIZE = signature<[name?: string]>('TensorArray.size');
const CLOSE = signature<[name?: string]>('TensorArray.close');
const GATHER = signature<[indices: TensorLike, name?: string]>('TensorArray.gather');
const UNSTACK = signature<[value: TensorLike, name?: string]>('TensorArray.unstack');
const SCATTER = signature<[indices: TensorLike, value: TensorLike, name?: string]>('TensorArray.scatter');
const SPLIT = signature<[value: TensorLike, lengths: TensorLike, name?: string]>('TensorArray.split');
/** The same array at its next use. */
class Another {
  readonly #own = true;
  constructor(
    readonly common: Common,
    readonly flow: Tensor,
  ) {}
  static is(given: unknown): given is Another {
    return typeof given === 'object' && given !== null && #own in given && given.#own;
  }
}

/**
 * Tensors by number, each written once, in loops as well: a write gives the array as it is afterwards.
 *
 *     const squares = tf.whileLoop(
 *       (i, all) => tf.less(i, 3),
 *       (i, all) => [i.add(1), all.write(i, tf.square(tf.toFloat(i)))],
 *       [tf.constant(0, tf.int32), new tf.TensorArray(tf.float32, 3)],
 *     )[1];
 *     squares.stack()   // [0, 1, 4]
 */
export class TensorArray implements Flowing {
  private readonly common: Common;
  /** What says in which order the array is used. */
  readonly flow: Tensor;
  /**
   * Makes an array.
   *
   * @param dtype                       the dtype of its elements
   * @param size                        how many there are; int32
   * @param dynamicSize                 whether a write behind the last one makes it longer
   * @param clearAfterRead              whether an element is gone when it was read; true where not given
   * @param tensorArrayName             what errors call it
   * @param handle                      that of an array that is there already, in the place of a size
   * @param flow                        with a handle: that of its last use
   * @param inferShape                  whether all elements have one shape; true where not given
   * @param elementShape                what is known of the elements' shape
   * @param colocateWithFirstWriteCall  whether it is placed with what is first written
   */
  constructor(...given: Args<'TensorArray', Made>) {
    const [another]: readonly unknown[] = given;
    if (Another.is(another)) {
      // Python makes an object in a scope, which stays empty.
      getDefaultGraph().uniqueName('TensorArray');
      [this.common, this.flow] = [another.common, another.flow];
      return;
    }
    const made = makeArray(TENSOR_ARRAY.take(given));
    [this.common, this.flow] = [made.common, made.flow];
  }
  /** The dtype of its elements. */
  get dtype(): DType {
    return this.common.dtype;
  }
  /** What leads to it. */
  get handle(): Tensor {
    return this.common.handle;
  }
  /** What is known of the elements' shape. */
  get elementShape(): TensorShape {
    return this.common.elementShape;
  }
  /** Whether it grows. */
  get dynamicSize(): boolean {
    return this.common.dynamicSize;
  }
  get [FLOW](): { readonly tensor: Tensor; after(flow: Tensor): TensorArray } {
    return { tensor: this.flow, after: (flow) => this.after(flow) };
  }
  private after(flow: Tensor): TensorArray {
    const another = new Another(this.common, flow);
    return Reflect.construct(TensorArray, [another]);
  }
  private within<R>(body: (graph: Graph) => R): R {
    return inGraphOf([this.flow], body);
  }
  /** The same array, behind an Identity. */
  identity(): TensorArray {
    return this.within(() => this.after(apply('Identity', [this.flow])));
  }
  /**
   * The array of its gradients that belongs to a call of `tf.gradients`.
   *
   * @param source  what tells the calls apart
   * @param flow    behind which it is made
   */
  grad(...given: Args<'TensorArray.grad', [source: string, flow?: Tensor, name?: string]>): TensorArray {
    const [source, flow = this.flow, name] = GRAD.take(given);
    return this.within((graph) =>
      graph.nameScope(name || 'TensorArrayGrad', () =>
        graph.colocateWith(this.handle, () => {
          const [handle] = applyOp('TensorArrayGradV3', [this.handle, flow], { source }, name).outputs;
          const behind = graph.controlDependencies([handle], () => apply('Identity', [flow], {}, 'gradient_flow'));
          const made = new TensorArray(this.dtype, { handle, flow: behind, colocateWithFirstWriteCall: false });
          made.common.elementShape = this.elementShape;
          return made;
        }),
      ),
    );
  }
  /** An element. @param index  int32; where it was not written, and its shape is known, it is zeros */
  read(...given: Args<'TensorArray.read', [index: TensorLike, name?: string]>): Tensor {
    const [index, name] = READ.take(given);
    return this.within(() => {
      const value = apply('TensorArrayReadV3', [this.handle, index, this.flow], { dtype: this.dtype }, name);
      value.setShape(this.elementShape);
      return value;
    });
  }
  /** Sets an element. @returns  the array as it is afterwards */
  write(...given: Args<'TensorArray.write', [index: TensorLike, value: TensorLike, name?: string]>): TensorArray {
    const [index, value, name] = WRITE.take(given);
    return this.inScope(name, 'TensorArrayWrite', () => {
      const x = this.checked(value);
      this.mergeShape(x.shape);
      return this.writing(x, () => apply('TensorArrayWriteV3', [this.handle, index, x, this.flow], {}, name));
    });
  }
  /** All elements as one tensor: the first dimension numbers them. */
  stack(...given: Args<'TensorArray.stack', [name?: string]>): ArrayTensor<Untold> {
    const [name] = STACK.take(given);
    return this.within((graph) =>
      graph.colocateWith(this.handle, () =>
        graph.nameScope(name || 'TensorArrayStack', () => this.gather(range(0, this.size()), name)),
      ),
    );
  }
  /** Some elements as one tensor. @param indices  a vector of int32 */
  gather(...given: Args<'TensorArray.gather', [indices: TensorLike, name?: string]>): ArrayTensor<Untold> {
    const [indices, name] = GATHER.take(given);
    return this.within(() => {
      const { dtype, elementShape } = this;
      const attrs = { dtype, element_shape: elementShape };
      const value = apply('TensorArrayGatherV3', [this.handle, indices, this.flow], attrs, name);
      if (elementShape.dims) value.setShape(new TensorShape([null, ...elementShape.dims]));
      return value;
    });
  }
  /** All elements one behind the other, along their first dimension. */
  concat(...given: Args<'TensorArray.concat', [name?: string]>): ArrayTensor<Untold> {
    const [name] = CONCAT.take(given);
    return this.within(() => {
      const dims = this.elementShape.dims?.slice(1);
      const attrs = { dtype: this.dtype, element_shape_except0: new TensorShape(dims ?? null) };
      const value = apply('TensorArrayConcatV3', [this.handle, this.flow], attrs, name);
      if (dims) value.setShape(new TensorShape([null, ...dims]));
      return value;
    });
  }
  /** Sets all elements: row i of `value` becomes element i. @returns  the array as it is afterwards */
  unstack(...given: Args<'TensorArray.unstack', [value: TensorLike, name?: string]>): TensorArray {
    const [value, name] = UNSTACK.take(given);
    return this.inScope(name, 'TensorArrayUnstack', () => {
      const x = convertToTensor(value, this.dtype, 'value');
      const count = element(shapeOf(x), 0);
      return this.scatter(range(0, count), x, name);
    });
  }
  /** Sets some elements: row i of `value` becomes element `indices[i]`. @returns  the array as it is afterwards */
  scatter(...given: Args<'TensorArray.scatter', [indices: TensorLike, value: TensorLike, name?: string]>): TensorArray {
    const [indices, value, name] = SCATTER.take(given);
    return this.inScope(name, 'TensorArrayScatter', () => {
      const x = this.checked(value);
      this.mergeShape(x.shape.dims ? new TensorShape(x.shape.dims.slice(1)) : x.shape);
      return this.writing(x, () => apply('TensorArrayScatterV3', [this.handle, indices, x, this.flow], {}, name));
    });
  }
  /** Sets all elements to parts of a tensor, of so many rows each. @returns  the array as it is afterwards */
  split(...given: Args<'TensorArray.split', [value: TensorLike, lengths: TensorLike, name?: string]>): TensorArray {
    const [value, lengths, name] = SPLIT.take(given);
    return this.inScope(name, 'TensorArraySplit', () => {
      const x = convertToTensor(value, this.dtype, 'value');
      return this.writing(x, () => {
        const sizes = scoped('Cast', (scope) => castTo(convertToTensor(lengths, null, 'x'), int64, scope));
        const known = constantValue(sizes);
        if (x.shape.dims && known && known.rank > 0 && new Set<unknown>(known.data).size === 1)
          this.mergeShape(new TensorShape([Number(known.data[0]), ...x.shape.dims.slice(1)]));
        return apply('TensorArraySplitV3', [this.handle, x, sizes, this.flow], {}, name);
      });
    });
  }
  /** How many elements it has. */
  size(...given: Args<'TensorArray.size', [name?: string]>): Tensor {
    const [name] = SIZE.take(given);
    return this.within(() => apply('TensorArraySizeV3', [this.handle, this.flow], {}, name));
  }
  /** Gives its memory back before the run is over. */
  close(...given: Args<'TensorArray.close', [name?: string]>): Operation {
    const [name] = CLOSE.take(given);
    return this.within(() => applyOp('TensorArrayCloseV3', [this.handle], {}, name));
  }

  private inScope(name: string | null | undefined, fallback: string, body: () => TensorArray): TensorArray {
    return this.within(() => scoped(name || fallback, body));
  }
  private checked(value: TensorLike): Tensor {
    const x = convertToTensor(value, null, 'value');
    if (x.dtype.baseDtype === this.dtype) return x;
    throw new TypeError_(
      `Value dtype (${x.dtype.baseDtype.name}) does not match the array's (${this.dtype.name}).` +
        `\n  fix: tf.cast(x, tf.${this.dtype.name}), or { dtype: tf.${x.dtype.baseDtype.name} } ` +
        'where the array was asked for (tf.mapFn has it, too).',
    );
  }
  private mergeShape(shape: TensorShape): void {
    if (!shape.isCompatibleWith(this.elementShape))
      throw new ValueError(`Inconsistent shapes: saw ${shape} but expected ${this.elementShape} `);
    if (this.common.inferShape) this.common.elementShape = this.elementShape.mergeWith(shape);
  }
  private writing(value: Tensor, write: () => Tensor): TensorArray {
    const { beside } = this.common;
    if (!beside) return this.after(write());
    beside.first ??= value;
    return this.after(graphOf([this.flow]).colocateWith(beside.first, write));
  }
}
bindMethods(TensorArray, { identity: 'TensorArray.identity' });
