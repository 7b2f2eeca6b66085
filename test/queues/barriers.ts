/** What record/staging.py does with barriers and with what lives for a run, in TypeScript: program by program. */
import * as tf from '../../src';
import type { AttrValues } from '../../src/format/attr';
import type { Programs, Run } from './run';

const { float32, int32 } = tf;
const shapesOf = (tensors: readonly tf.Tensor[]): string[] => tensors.map(({ shape }) => shape.toString());
const SCALAR = tf.TensorShape.scalar();
const PAIR = new tf.TensorShape([2]);

/** A barrier of these components, and the nodes around it. */
class Barrier {
  readonly handle: tf.Tensor;
  readonly sizes: tf.Tensor[];
  constructor(
    private readonly run: Run,
    private readonly types: tf.DType[],
    shapes: tf.TensorShape[],
  ) {
    [this.handle] = run.op('Barrier', [], { component_types: types, shapes }, 'b').outputs;
    this.sizes = ['Ready', 'Incomplete'].map((kind) => run.op(`Barrier${kind}Size`, [this.handle]).outputs[0]);
  }
  put(keys: string[], component_index: number, values: tf.TensorLike = keys.map(({ length }) => length)): void {
    this.run.now(this.run.op('BarrierInsertMany', [this.handle, keys, values], { component_index }));
  }
  /** Its outputs as Python groups them. */
  take(n: number, more: AttrValues = {}): [tf.Tensor, tf.Tensor, tf.Tensor[]] {
    const attrs = { component_types: this.types, ...more };
    const [indices, keys, ...values] = this.run.op('BarrierTakeMany', [this.handle, n], attrs).outputs;
    return [indices, keys, values];
  }
  close(cancel = false): void {
    this.run.now(this.run.op('BarrierClose', [this.handle], { cancel_pending_enqueues: cancel }));
  }
}
const SMALL = { allow_small_batch: true };
const ints = (values: number[][]): tf.Tensor => tf.constant(values, int32);

export const BARRIERS: Programs = {
  async barrier(run) {
    const b = new Barrier(run, [float32, int32], [SCALAR, PAIR]);
    const [indices, keys, values] = b.take(1);
    run.say(shapesOf([b.handle, b.sizes[0], indices, keys, ...values]));
    run.now(b.sizes);
    b.put(['x', 'y', 'z'], 0, [1, 2, 3]);
    run.now(b.sizes);
    b.put(['z', 'w'], 1, ints([[5, 6], [7, 8]])); // biome-ignore format: a table
    run.now(b.sizes);
    run.now(b.take(0));
    run.now(b.take(1));
    const got = run.wait(b.take(2));
    b.put(['y', 'x'], 1, ints([[1, 2], [3, 4]])); // biome-ignore format: a table
    await got();
    b.put(['w', 'v', 'w'], 0, [1, 2, 3]);
    run.now(b.sizes);
  },
  barrier_closed(run) {
    const b = new Barrier(run, [float32, float32], [SCALAR, SCALAR]);
    b.put(['a', 'bb', 'ccc'], 0);
    b.put(['bb'], 1);
    b.close();
    b.close();
    b.put(['d'], 0);
    b.put(['a', 'e'], 1);
    run.now(b.sizes);
    run.now(b.take(4));
    run.now(b.take(5, SMALL));
    b.put(['ccc'], 1);
    run.now(b.take(2));
    run.now(b.take(1, SMALL));
    run.now(b.sizes);
    b.put(['a'], 1);
  },
  barrier_cancelled(run) {
    const b = new Barrier(run, [float32, float32], [SCALAR, SCALAR]);
    b.put(['a', 'bb', 'ccc'], 0);
    b.put(['bb', 'a'], 1);
    b.close();
    b.close(true);
    b.close(true);
    run.now(b.sizes);
    b.put(['ccc'], 1);
    run.now(b.take(3));
    run.now(b.take(3, SMALL));
    run.now(b.take(1));
  },
  barriers_refused(run) {
    const make = (name: string | null, more: AttrValues): tf.Tensor =>
      run.op('Barrier', [], { component_types: [float32], ...more }, name).outputs[0];
    const size = (b: tf.Tensor, kind = 'Ready'): void => run.now(run.op(`Barrier${kind}Size`, [b]).outputs[0]);
    const put = (b: tf.Tensor, keys: tf.TensorLike, values: tf.TensorLike, component_index = 0): tf.Operation =>
      run.op('BarrierInsertMany', [b, keys, values], { component_index });
    size(make('p', { shapes: [new tf.TensorShape([null])] }));
    size(make('q', {}));
    size(make('r', { shapes: [SCALAR], capacity: 3 }));
    const b = make('b', { shapes: [SCALAR] });
    run.now(put(b, ['a'], [1], 1));
    run.now(put(b, ['a'], tf.constant([1], int32)));
    const take = (n: tf.TensorLike, dtype: tf.DType, more: AttrValues = {}): void =>
      run.now([...run.op('BarrierTakeMany', [b, n], { component_types: [dtype], ...more }).outputs]);
    take(1, int32);
    take(1, float32, { timeout_ms: 4 });
    take([1], float32);
    run.now(put(b, ['a'], tf.zeros([1, 0])));
    run.now(put(b, ['a'], tf.zeros([1, 2])));
    size(b, 'Incomplete');
    run.build(() => put(b, ['a', 'b'], [1]));
    run.build(() => put(b, 'a', [1]));
    const shared = (component_types: tf.DType[], shapes: tf.TensorShape[]): tf.Tensor =>
      make(null, { component_types, shapes, shared_name: 's' });
    size(shared([float32, int32], [SCALAR, SCALAR]));
    size(shared([float32], [SCALAR]));
    size(shared([float32, int32], [SCALAR, PAIR]));
    const c = shared([float32, int32], [SCALAR, SCALAR]);
    run.now(put(c, ['k'], [1]));
    run.now(put(c, ['k'], [2]));
    size(shared([float32, int32], [SCALAR, SCALAR]), 'Incomplete');
  },
  stack_by_reference(run) {
    const [h] = run.op('Stack', [], { elem_type: float32, stack_name: 'foo' }).outputs;
    const push = (x: tf.TensorLike): tf.Tensor => run.op('StackPush', [h, x]).outputs[0];
    const pop = (after: tf.Tensor | tf.Operation, elem_type = float32 as tf.DType): tf.Tensor =>
      tf.controlDependencies([after], () => run.op('StackPop', [h], { elem_type }).outputs[0]);
    const first = tf.controlDependencies([push([4, 5])], () => push(6));
    const one = pop(first);
    const two = pop(one);
    const three = pop(two);
    run.say(shapesOf([h, first, one]));
    run.now([one, two]);
    run.now([one, two]);
    run.now(three);
    const close = tf.controlDependencies([two], () => run.op('StackClose', [h]));
    run.now(close);
    run.now(pop(close));
    run.now(pop(first, int32));
  },
  stack_by_reference_in_a_loop(run) {
    const [h] = run.op('Stack', [], { elem_type: float32, stack_name: 'foo' }).outputs;
    const put = (x: tf.Tensor): tf.Tensor => {
      const pushed = run.op('StackPush', [h, tf.cast(x, float32).mul(2)]).outputs[0];
      return tf.controlDependencies([pushed], () => tf.add(x, 1));
    };
    const n = tf.whileLoop((x: tf.Tensor) => x.less(10), put, [tf.constant(0, int32)]);
    const [, y] = tf.whileLoop(
      (x: tf.Tensor) => x.greater(0),
      (x: tf.Tensor, y: tf.Tensor) => [
        x.sub(1),
        y.mul(0.5).add(run.op('StackPop', [h], { elem_type: float32 }).outputs[0]),
      ],
      [n as tf.Tensor, tf.constant(0)],
      { shapeInvariants: [(n as tf.Tensor).shape, tf.TensorShape.unknown()] },
    );
    run.now(y);
    run.now(y);
  },
  variable_of_a_run(run) {
    const made = (attrs: AttrValues): tf.Tensor => run.op('TemporaryVariable', [], attrs).outputs[0];
    const foo = { shape: [1, 2], dtype: float32, var_name: 'foo' };
    const destroyed = (ref: tf.Tensor, var_name: string): tf.Tensor =>
      run.op('DestroyTemporaryVariable', [ref], { var_name }).outputs[0];
    const assign = (ref: tf.Tensor, value: tf.TensorLike, type = 'Assign'): tf.Tensor =>
      run.op(type, [ref, value], type === 'Assign' ? { validate_shape: true, use_locking: true } : {}).outputs[0];
    const v = made(foo);
    const a = assign(v, [[4, 5]]);
    const b = assign(a, [[6, 7]], 'AssignAdd');
    const final = destroyed(b, 'foo');
    run.say(shapesOf([v, final]));
    run.now(final);
    run.now(final);
    run.now(tf.identity(b));
    run.now(destroyed(b, 'bad'));
    const w = assign(made(foo), [[1, 1]]);
    run.now(tf.add(a, w));
    const twice = destroyed(v, 'foo');
    run.now(tf.add(final, twice));
    const u = made({ shape: [2], dtype: int32 });
    run.now(destroyed(assign(u, [1, 2]), u.op.name));
    run.now(destroyed(a, ''));
  },
};
