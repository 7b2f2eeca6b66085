/** `tf.TensorArray`: tensors by number, which loops write and read. After TensorFlow 1.15's tensor_array_ops. */
import type { DType, Untold } from '../base/dtype';
import { NotImplementedError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { apply, applyOp, inGraphOf } from '../graph/apply';
import type { ArrayTensor } from '../graph/fetched';
import type { TensorLike } from '../graph/constant';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { type ArrayNodes, HANDLES, type Used } from './array-nodes';
import { LISTS } from './list-nodes';
import { type Common, type Made, makeArray } from './make-array';
import { FLOW, type Flowing } from './structure';
import { controlFlowV2Enabled } from './version';

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
/** What TensorFlow says where an array that is no list comes to loops or branches of functions. */
const older = (): Error =>
  new NotImplementedError(
    'Attempting to build a graph-mode TF2-style TensorArray from either an eager-mode TensorArray or a TF1-style ' +
      'TensorArray.  This is not currently supported.  You may be attempting to capture a TensorArray inside a ' +
      'tf.function or tf.data map function. Instead, construct a new TensorArray inside the function.',
  );
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
      getDefaultGraph().uniqueName(another.common.handle ? 'TensorArray' : 'TensorArrayV2');
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
  /** What leads to it; null where it is a list, as it is where loops are functions. */
  get handle(): Tensor | null {
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
    if (this.handle && controlFlowV2Enabled()) throw older();
    const another = new Another(this.common, flow);
    return Reflect.construct(TensorArray, [another]);
  }
  private within<R>(body: (graph: Graph) => R): R {
    return inGraphOf([this.flow], body);
  }
  private get nodes(): ArrayNodes {
    return this.common.handle ? HANDLES : LISTS;
  }
  private get used(): Used<TensorArray> {
    return { common: this.common, flow: this.flow, after: (flow) => this.after(flow) };
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
    const own = this.handle;
    if (!own) throw new NotImplementedError('An array that is a list has no array of gradients.');
    return this.within((graph) =>
      graph.nameScope(name || 'TensorArrayGrad', () =>
        graph.colocateWith(own, () => {
          const [handle] = applyOp('TensorArrayGradV3', [own, flow], { source }, name).outputs;
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
    return this.within(() => this.nodes.read(this.used, index, name));
  }
  /** Sets an element. @returns  the array as it is afterwards */
  write(...given: Args<'TensorArray.write', [index: TensorLike, value: TensorLike, name?: string]>): TensorArray {
    const [index, value, name] = WRITE.take(given);
    return this.within(() => this.nodes.write(this.used, index, value, name));
  }
  /** All elements as one tensor: the first dimension numbers them. */
  stack(...given: Args<'TensorArray.stack', [name?: string]>): ArrayTensor<Untold> {
    const [name] = STACK.take(given);
    return this.within(() => this.nodes.stack(this.used, name));
  }
  /** Some elements as one tensor. @param indices  a vector of int32 */
  gather(...given: Args<'TensorArray.gather', [indices: TensorLike, name?: string]>): ArrayTensor<Untold> {
    const [indices, name] = GATHER.take(given);
    return this.within(() => this.nodes.gather(this.used, indices, name));
  }
  /** All elements one behind the other, along their first dimension. */
  concat(...given: Args<'TensorArray.concat', [name?: string]>): ArrayTensor<Untold> {
    const [name] = CONCAT.take(given);
    return this.within(() => this.nodes.concat(this.used, name));
  }
  /** Sets all elements: row i of `value` becomes element i. @returns  the array as it is afterwards */
  unstack(...given: Args<'TensorArray.unstack', [value: TensorLike, name?: string]>): TensorArray {
    const [value, name] = UNSTACK.take(given);
    return this.within(() => this.nodes.unstack(this.used, value, name));
  }
  /** Sets some elements: row i of `value` becomes element `indices[i]`. @returns  the array as it is afterwards */
  scatter(...given: Args<'TensorArray.scatter', [indices: TensorLike, value: TensorLike, name?: string]>): TensorArray {
    const [indices, value, name] = SCATTER.take(given);
    return this.within(() => this.nodes.scatter(this.used, indices, value, name));
  }
  /** Sets all elements to parts of a tensor, of so many rows each. @returns  the array as it is afterwards */
  split(...given: Args<'TensorArray.split', [value: TensorLike, lengths: TensorLike, name?: string]>): TensorArray {
    const [value, lengths, name] = SPLIT.take(given);
    return this.within(() => this.nodes.split(this.used, value, lengths, name));
  }
  /** How many elements it has. */
  size(...given: Args<'TensorArray.size', [name?: string]>): Tensor {
    const [name] = SIZE.take(given);
    return this.within(() => this.nodes.size(this.used, name));
  }
  /** Gives its memory back before the run is over. */
  close(...given: Args<'TensorArray.close', [name?: string]>): Operation {
    const [name] = CLOSE.take(given);
    return this.within(() => this.nodes.close(this.used, name));
  }
}
bindMethods(TensorArray, { identity: 'TensorArray.identity' });
