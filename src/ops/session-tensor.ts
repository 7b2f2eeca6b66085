/** Tensors that stay in a session from run to run, and are named by handles. */
import { type DTypeLike, asDtype } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { preview } from '../base/preview';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorOf } from '../graph/fetched';
import { type Operation, Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { noOutputs, scalarShape } from '../graph/shape-fn';
import type { TensorHandle } from '../graph/runner';
import { type Held, KeptTensor, deleting, reading } from '../graph/tensor-handle';
import type { NameOption } from './options';

export const SESSION_TENSOR = {
  GetSessionHandle: { givesHandle: true, shape: scalarShape },
  GetSessionTensor: { shape: () => [null] },
  DeleteSessionTensor: { shape: noOutputs },
} satisfies Rows;

/**
 * Keeps a tensor in the session, from the run that fetches this to later ones.
 *
 *     const sum = tf.constant([1, 2]).mul(10);
 *     const kept = sess.run(tf.getSessionHandle(sum));
 *     const [holder, again] = tf.getSessionTensor(kept.handle, tf.float32);
 *     sess.run(again.add(1), [[holder, kept.handle]])   // [11, 21]
 *     kept.delete();
 *
 * @param data  what to keep, of any dtype and shape
 * @returns  a scalar string, for which a run gives a `TensorHandle`; that may be fed for any tensor of data's dtype
 * @throws TypeError  for what is no tensor
 */
export const getSessionHandle = boundOptions(
  'get_session_handle',
  1,
  function getSessionHandle(data: Tensor, options: NameOption = {}): TensorOf<TensorHandle> {
    if (!(data instanceof Tensor))
      throw new TypeError_(`\`data\` must be of type Tensor.\n  it is ${preview(data)}.\n  fix: tf.constant(data).`);
    return data.graph.colocateWith(data.op, () => apply('GetSessionHandle', [data], {}, options.name));
  },
);
/**
 * What reads a tensor that the session keeps.
 *
 *     const kept = sess.run(tf.getSessionHandle(tf.constant(3)));
 *     const [holder, three] = tf.getSessionTensor(kept.handle, tf.float32);
 *     sess.run(three, { [holder.name]: kept.handle })   // 3
 *
 * @param handle  the handle of one that is kept: it says on which device
 * @param dtype   the type of the tensor
 * @returns  a string placeholder for the handle, and the tensor whose handle is fed there, of unknown shape
 * @throws InvalidArgumentError  in a run, for a handle that names nothing, or not any more
 */
export const getSessionTensor = boundOptions(
  'get_session_tensor',
  2,
  (handle: string | TensorHandle, dtype: DTypeLike, options: NameOption = {}): Held<Tensor> =>
    reading(textOfHandle(handle), asDtype(dtype), options.name),
);
/**
 * What deletes a tensor that the session keeps.
 *
 *     const kept = sess.run(tf.getSessionHandle(tf.constant(3)));
 *     const [holder, forget] = tf.deleteSessionTensor(kept.handle);
 *     sess.run(forget, { [holder.name]: kept.handle })   // null
 *
 * @param handle  the handle of one that is kept: it says on which device
 * @returns  a string placeholder for the handle, and the operation that deletes what it names
 * @throws InvalidArgumentError  in a run, for a handle that names nothing, or not any more
 */
export const deleteSessionTensor = boundOptions(
  'delete_session_tensor',
  1,
  (handle: string | TensorHandle, options: NameOption = {}): Held<Operation> =>
    deleting(textOfHandle(handle), options.name),
);
function textOfHandle(handle: string | TensorHandle): string {
  if (handle instanceof KeptTensor) return handle.handle;
  if (typeof handle === 'string') return handle;
  throw new TypeError_(
    `The handle must be a string, got ${preview(handle)}.\n  fix: sess.run(tf.getSessionHandle(x)).handle.`,
  );
}
