/** Summary nodes: each gives a message with values under their tags, which an event file keeps. */
import { float32, string } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { bytesToText } from '../base/bytes';
import { orNone } from '../base/none';
import { preview } from '../base/preview';
import { bound } from '../calls/bind';
import { SUMMARY_METADATA } from '../format/event-messages';
import { checkGiven } from '../format/given';
import type { MetadataGiven } from '../format/summary';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type ScalarTensor, Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';

/** What a summary node fetches as: a message, as a string of bytes. */
export type SummaryTensor = ScalarTensor<string>;
type Collections = readonly string[];

/** Letters, digits and `-/._` stay; what names of nodes cannot have becomes `_`. */
function cleanTag(name: string): string {
  if (typeof name !== 'string') throw new TypeError_(`a summary's name is a string, not ${preview(name)}.`);
  return name.replace(/[^-/\p{L}\p{N}_.]/gu, '_').replace(/^\/+/, '');
}
/** Makes a node in a scope of its own, whose name is the tag, and adds it to collections. */
function inSummaryScope(
  name: string,
  family: string | null | undefined,
  values: readonly unknown[],
  collections: Collections | null | undefined,
  node: (tag: string, scope: string) => Tensor,
): SummaryTensor {
  const within = family === null || family === undefined ? null : cleanTag(family);
  const own = cleanTag(name);
  return inScope(within === null ? own : `${within}/${own}`, 'Summary', values, (scope) => {
    const path = scope.replace(/\/+$/, '');
    return collected(node(within === null ? path : `${within}/${path}`, scope), collections ?? [GraphKeys.SUMMARIES]);
  });
}
function collected(summary: Tensor, collections: Collections): SummaryTensor {
  if (!Array.isArray(collections) || !collections.every((key) => typeof key === 'string'))
    throw new TypeError_(`collections is a list of names, not ${preview(collections)}.`);
  for (const key of collections) getDefaultGraph().addToCollection(key, summary);
  return summary;
}

/**
 * A number under a tag, for a curve in TensorBoard.
 *
 *     const summary = tf.summary.scalar('loss', 0.5);
 *     String(tf.Summary.fromString(sess.run(summary)))   // 'value {\n  tag: "loss"\n  simple_value: 0.5\n}\n'
 *
 * @param name         the name of the node and, with its scopes, the tag
 * @param tensor       real numbers, a scalar
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param family       comes before the tag: tags of one family stand together
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for what is no real number; the run throws InvalidArgumentError for what is no scalar
 */
export const scalar = bound(
  'summary.scalar',
  (name: string, tensor: TensorLike, collections?: Collections, family?: string): SummaryTensor =>
    inSummaryScope(name, family, [tensor], collections, (tag, scope) =>
      apply('ScalarSummary', [tag, tensor], {}, scope),
    ),
);
/**
 * The numbers of a tensor as a histogram.
 *
 *     const { histo } = tf.Summary.fromString(sess.run(tf.summary.histogram('w', [1, 1, 3]))).value[0];
 *     histo.sumSquares   // 11
 *
 * @param name         the name of the node and, with its scopes, the tag
 * @param values       real numbers, any shape
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param family       comes before the tag
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for what is no real number; the run throws InvalidArgumentError for NaN and infinities
 */
export const histogram = bound(
  'summary.histogram',
  (name: string, values: TensorLike, collections?: Collections, family?: string): SummaryTensor =>
    inSummaryScope(name, family, [values], collections, (tag, scope) =>
      apply('HistogramSummary', [tag, values], {}, scope),
    ),
);
/**
 * Pictures, as PNG files. Numbers that are no bytes are scaled: the largest of a picture is 255, or, where some are
 * negative, 0 is 127.
 *
 *     const summary = tf.summary.image('digits', tf.zeros([2, 28, 28, 1]));
 *     tf.Summary.fromString(sess.run(summary)).value.map(({ tag }) => tag)   // ['digits/image/0', 'digits/image/1']
 *
 * @param name         the name of the node and, with its scopes, the beginning of the tags
 * @param tensor       uint8 or floats, [batch, height, width, channels] with 1, 3 or 4 channels
 * @param maxOutputs   how many pictures of the batch; 3 where not given
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param family       comes before the tag
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for other dtypes; the run throws InvalidArgumentError for other shapes
 */
export const image = bound(
  'summary.image',
  (name: string, tensor: TensorLike, maxOutputs?: number, collections?: Collections, family?: string): SummaryTensor =>
    inSummaryScope(name, family, [tensor], collections, (tag, scope) =>
      apply('ImageSummary', [tag, tensor], { max_images: maxOutputs }, scope),
    ),
);
/**
 * Sounds, as WAV files of 16 bits.
 *
 *     const summary = tf.summary.audio('tone', tf.zeros([1, 100]), 8000, 1);
 *     tf.Summary.fromString(sess.run(summary)).value[0].audio.lengthFrames   // 100
 *
 * @param name         the name of the node and, with its scopes, the beginning of the tags
 * @param tensor       float32 from -1 to 1, [batch, frames] or [batch, frames, channels]
 * @param sampleRate   frames in a second, a scalar
 * @param maxOutputs   how many sounds of the batch; 3 where not given
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param family       comes before the tag
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for other dtypes; the run throws InvalidArgumentError for other shapes
 */
export const audio = bound(
  'summary.audio',
  (
    name: string,
    tensor: TensorLike,
    sampleRate: TensorLike,
    maxOutputs?: number,
    collections?: Collections,
    family?: string,
  ): SummaryTensor =>
    inSummaryScope(name, family, [tensor], collections, (tag, scope) =>
      apply(
        'AudioSummaryV2',
        [tag, tensor, convertToTensor(sampleRate, float32, 'sample_rate')],
        { max_outputs: maxOutputs },
        scope,
      ),
    ),
);
/**
 * Any tensor, as it is, for a plugin of TensorBoard.
 *
 *     const summary = tf.summary.tensorSummary('t', [[1, 2]]);
 *     tf.Summary.fromString(sess.run(summary)).value[0].tensor   // [[1, 2]]
 *
 * @param name                the name of the node and, with its scopes, the tag
 * @param tensor              any dtype and shape
 * @param summaryDescription  what it is, in Markdown
 * @param collections         where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param summaryMetadata     who shows it: `{ pluginData: { pluginName: 'text' } }`
 * @param family              comes before the tag
 * @param displayName         its name in TensorBoard
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws ValueError  for unknown fields of the metadata
 */
export const tensorSummary = bound('summary.tensor_summary', ofTensor);
function ofTensor(
  name: string,
  tensor: TensorLike,
  summaryDescription?: string,
  collections?: Collections,
  summaryMetadata?: MetadataGiven,
  family?: string,
  displayName?: string,
): SummaryTensor {
  const metadata = { ...summaryMetadata };
  if (summaryDescription !== undefined) Object.assign(metadata, { summaryDescription });
  if (displayName !== undefined) Object.assign(metadata, { displayName });
  checkGiven(SUMMARY_METADATA, metadata);
  const bytes = SUMMARY_METADATA.write(metadata as Parameters<typeof SUMMARY_METADATA.write>[0]);
  return inSummaryScope(name, family, [tensor], collections, (tag, scope) =>
    apply('TensorSummaryV2', [tag, tensor, bytesToText(bytes)], {}, scope),
  );
}
/**
 * Texts, which TensorBoard shows as Markdown; a matrix becomes a table.
 *
 *     const summary = tf.summary.text('said', tf.constant('**well** done'));
 *     tf.Summary.fromString(sess.run(summary)).value[0].metadata.pluginData.pluginName   // 'text'
 *
 * @param name         the name of the node and, with its scopes, the tag
 * @param tensor       strings, any shape
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws ValueError  for what is no string
 */
export const text = bound(
  'summary.text',
  (name: string, tensor: TensorLike, collections?: Collections): SummaryTensor => {
    const given = convertToTensor(tensor);
    if (given.dtype.baseDtype !== string)
      throw new ValueError(
        `Expected tensor ${given.name} to have dtype string, got ${given.dtype}` +
          '\n  fix: tf.summary.scalar and tf.summary.histogram take numbers.',
      );
    return ofTensor(name, given, undefined, collections, { pluginData: { pluginName: 'text' } });
  },
);
/**
 * The values of several summaries in one.
 *
 *     const both = tf.summary.merge([tf.summary.scalar('a', 1), tf.summary.scalar('b', 2)]);
 *     tf.Summary.fromString(sess.run(both)).value.length   // 2
 *
 * @param inputs       serialized summaries
 * @param collections  where the node is added; nowhere where not given
 * @param name         the name of the node
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws ValueError  for an empty list; the run throws InvalidArgumentError where two have one tag
 */
export const merge = bound('summary.merge', merged);
function merged(inputs: readonly TensorLike[], collections?: Collections, name?: string): SummaryTensor {
  const own = name === undefined ? undefined : cleanTag(name);
  return inScope(own, 'Merge', inputs, () => collected(apply('MergeSummary', [inputs], {}, own), collections ?? []));
}
/**
 * All summaries of the default graph in one; null where there are none.
 *
 *     tf.summary.mergeAll()   // null
 *     tf.summary.scalar('a', 1);
 *     tf.summary.mergeAll().name   // 'Merge/MergeSummary:0'
 *
 * @param key    the collection that they are in; `summaries` where not given
 * @param scope  only those whose names begin with this
 * @param name   the name of the node
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for arguments that it does not take; the run throws InvalidArgumentError where two have one tag
 */
export const mergeAll = bound(
  'summary.merge_all',
  (key: string = GraphKeys.SUMMARIES, scope?: string, name?: string): SummaryTensor => {
    const summaries = getDefaultGraph().getCollection<Tensor>(key, scope);
    const all = summaries.length ? merged(summaries, undefined, name) : null;
    return orNone(all, Tensor.prototype, `tf.summary.mergeAll() is null where there is no summary in '${key}'.`);
  },
);
