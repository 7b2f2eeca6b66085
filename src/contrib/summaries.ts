/** Summaries of whole collections. */
import { callWith, checkList, checkText, isCallable, worded } from '../base/border';
import { bool, string } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { isA } from '../base/preview';
import { bound } from '../calls/bind';
import { scopePattern } from '../graph/collections';
import { Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { convertToTensor } from '../graph/constant';
import { apply } from '../graph/apply';
import { float32 } from '../base/dtype';
import { reduceMean } from '../ops/reduce';
import { cast } from '../ops/cast';
import { castTo } from '../ops/words';
import { type SummaryTensor, histogram, scalar } from '../summary/nodes';
import { Variable } from '../variables/variable';

type Summed = Tensor | Variable;
/** Makes a summary of a tensor, or none. */
export type Summarizer = (tensor: Tensor) => SummaryTensor | null;
const tensorOf = (each: Summed): Tensor => convertToTensor(each);
const nameOf = (each: Summed): string => checkSummed(each).op.name;
function checkSummed<T extends Summed>(given: T): T {
  if (isA(given, Tensor) || isA(given, Variable)) return given;
  throw new TypeError_(`Summaries are made of tensors and variables, not of ${worded(given)}.`);
}

/**
 * A summary of a tensor: a curve of a scalar, a histogram of others.
 *
 *     tf.contrib.layers.summarizeTensor(tf.constant(1, { name: 'loss' })).op.type   // 'ScalarSummary'
 *
 * @param tensor  a tensor or a variable
 * @param tag     its tag; `NAME_summary` where not given
 * @returns  a summary; null of texts and truth values
 * @throws TypeError  for what is neither a tensor nor a variable, and for complex numbers
 */
export const summarizeTensor = bound('contrib.layers.summarize_tensor', (tensor: Summed, tag?: string) =>
  summarized(tensor, tag),
);
function summarized(tensor: Summed, tag?: string): SummaryTensor | null {
  const { baseDtype } = checkSummed(tensor).dtype;
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
 * @throws TypeError  for what is no tensor of real numbers
 */
export const summarizeActivation = bound('contrib.layers.summarize_activation', activation);
function activation(op: Tensor): SummaryTensor {
  checkSummed(op);
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
 * @throws TypeError  for what is no list of tensors and variables
 */
export const summarizeTensors = bound(
  'contrib.layers.summarize_tensors',
  (tensors: readonly Summed[], summarizer?: Summarizer) => allOf(tensors, summarizer),
);
function summaryIn(made: unknown): SummaryTensor | null {
  if (made === null || made === undefined) return null;
  if (isSummary(made)) return made;
  throw new TypeError_(`A summarizer gives a summary or null, not ${worded(made)}.`);
}
const isSummary = (x: unknown): x is SummaryTensor => isA(x, Tensor) && x.dtype === string;
function allOf(tensors: readonly Summed[], summarizer: (tensor: never) => SummaryTensor | null = summarized) {
  checkList(tensors, 'What is summarized');
  if (!isCallable(summarizer)) throw new TypeError_(`A summarizer must be a function, not ${worded(summarizer)}.`);
  return tensors.map((each) => summaryIn(callWith(summarizer, [each])));
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
 * @throws ValueError  for a filter that is no regular expression
 * @throws TypeError   if there is something else in the collection than tensors and variables
 */
export const summarizeCollection = bound(
  'contrib.layers.summarize_collection',
  (collection: string, nameFilter?: string, summarizer?: Summarizer) => collected(collection, nameFilter, summarizer),
);
function collected(collection: string, filter?: string, summarizer?: (tensor: never) => SummaryTensor | null) {
  if (filter !== undefined) checkText(filter, 'The filter of names');
  const pattern = filter === undefined ? null : scopePattern(filter);
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
 * @throws ValueError  for a filter that is no regular expression
 * @throws TypeError   if there is something else in the collection than tensors
 */
export const summarizeActivations = bound(
  'contrib.layers.summarize_activations',
  (nameFilter?: string, summarizer: Summarizer = activation) =>
    collected(GraphKeys.ACTIVATIONS, nameFilter, summarizer),
);
