/** Summaries of whole collections. */
import { bool, string } from '../base/dtype';
import { bound } from '../calls/bind';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { convertToTensor } from '../graph/constant';
import { apply } from '../graph/apply';
import { float32 } from '../base/dtype';
import { reduceMean } from '../ops/reduce';
import { cast } from '../ops/cast';
import { castTo } from '../ops/words';
import { type SummaryTensor, histogram, scalar } from '../summary/nodes';
import type { Variable } from '../variables/variable';

type Summed = Tensor | Variable;
/** Makes a summary of a tensor, or none. */
export type Summarizer = (tensor: Tensor) => SummaryTensor | null;
const tensorOf = (each: Summed): Tensor => convertToTensor(each);
const nameOf = (each: Summed): string => each.op.name;

/**
 * A summary of a tensor: a curve of a scalar, a histogram of others.
 *
 *     tf.contrib.layers.summarizeTensor(tf.constant(1, { name: 'loss' })).op.type   // 'ScalarSummary'
 *
 * @param tensor  a tensor or a variable
 * @param tag     its tag; `NAME_summary` where not given
 * @returns  a summary; null of texts and truth values
 */
export const summarizeTensor = bound('contrib.layers.summarize_tensor', (tensor: Summed, tag?: string) =>
  summarized(tensor, tag),
);
function summarized(tensor: Summed, tag?: string): SummaryTensor | null {
  const { baseDtype } = tensor.dtype;
  if (baseDtype === string || baseDtype === bool) return null;
  const name = tag ?? `${nameOf(tensor)}_summary`;
  return tensor.shape.rank === 0 ? scalar(name, tensorOf(tensor)) : histogram(name, tensorOf(tensor));
}
/**
 * A histogram of what an activation gives, and of a ReLU the share of zeros.
 *
 *     tf.contrib.layers.summarizeActivation(tf.nn.relu([1, -1], { name: 'relu' })).op.type   // 'HistogramSummary'
 *
 * @param op  a tensor
 * @returns  a summary
 */
export const summarizeActivation = bound('contrib.layers.summarize_activation', activation);
function activation(op: Tensor): SummaryTensor {
  const share = (compare: string, limit: number, tag: string): void => {
    const [x] = op.op.inputs;
    const isSo = apply(compare, [x, cast(limit, x.dtype)]);
    scalar(`${op.op.name}/${tag}`, reduceMean(castTo(isSo, float32, 'ToFloat')));
  };
  if (['Relu', 'Softplus', 'Relu6'].includes(op.op.type)) share('Less', 0, 'zeros');
  if (op.op.type === 'Relu6') share('Greater', 6, 'sixes');
  return histogram(`${op.op.name}/activation`, op);
}
/**
 * Summaries of tensors.
 *
 *     tf.contrib.layers.summarizeTensors([tf.constant(1), tf.constant([1, 2])]).length   // 2
 *
 * @param tensors     tensors or variables
 * @param summarizer  makes each; `summarizeTensor` where not given
 * @returns  summaries; null where there is none
 */
export const summarizeTensors = bound(
  'contrib.layers.summarize_tensors',
  (tensors: readonly Summed[], summarizer?: Summarizer) => allOf(tensors, summarizer),
);
function allOf(tensors: readonly Summed[], summarizer: (tensor: never) => SummaryTensor | null = summarized) {
  return tensors.map((each) => summarizer(each as never));
}
/**
 * Summaries of what is in a collection.
 *
 *     new tf.Variable([1, 2]);
 *     tf.contrib.layers.summarizeCollection(tf.GraphKeys.GLOBAL_VARIABLES).length   // 1
 *
 * @param collection  a collection
 * @param nameFilter  a pattern that names begin with
 * @param summarizer  makes each; `summarizeTensor` where not given
 * @returns  summaries; null where there is none
 */
export const summarizeCollection = bound(
  'contrib.layers.summarize_collection',
  (collection: string, nameFilter?: string, summarizer?: Summarizer) => collected(collection, nameFilter, summarizer),
);
function collected(collection: string, filter?: string, summarizer?: (tensor: never) => SummaryTensor | null) {
  const pattern = filter === undefined ? null : new RegExp(`^(?:${filter})`);
  const all = getDefaultGraph().getCollection<Summed>(collection);
  return allOf(pattern ? all.filter((each) => pattern.test(nameOf(each))) : all, summarizer);
}
/**
 * Summaries of the collection ACTIVATIONS.
 *
 *     tf.addToCollection(tf.GraphKeys.ACTIVATIONS, tf.nn.relu([1, -1]));
 *     tf.contrib.layers.summarizeActivations().length   // 1
 *
 * @param nameFilter  a pattern that names begin with
 * @param summarizer  makes each; `summarizeActivation` where not given
 * @returns  summaries
 */
export const summarizeActivations = bound(
  'contrib.layers.summarize_activations',
  (nameFilter?: string, summarizer: Summarizer = activation) =>
    collected(GraphKeys.ACTIVATIONS, nameFilter, summarizer),
);
