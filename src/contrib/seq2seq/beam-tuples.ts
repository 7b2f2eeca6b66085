/** What a beam search gives in a step and in the end, and its state. After TensorFlow 1.15's seq2seq. */
import { type NamedTuple, namedParts, namedTuple } from '../../base/named-tuple';
import type { Tensor } from '../../graph/graph';
import { tupleClass } from '../../calls/tuple-class';

/** Makes tuples of their parts, by place and by name, with and without `new`. */
interface TupleClass<P extends readonly unknown[], T, Parts> {
  new (...parts: P): T;
  new (parts: Parts): T;
  (...parts: P): T;
  (parts: Parts): T;
}

/** The names of what a step gives. */
export const OUTPUT_NAMES = ['scores', 'predictedIds', 'parentIds'] as const;
type Outputs = readonly [scores: Tensor, predictedIds: Tensor, parentIds: Tensor];
/** What a step of a `BeamSearchDecoder` gives: how good each beam is, what it wrote, and which beam it goes on from. */
export type BeamSearchDecoderOutput = NamedTuple<typeof OUTPUT_NAMES, Outputs>;
/** The same by name. */
export interface BeamOutputParts {
  /** How good each beam is, [batch, beams]. */
  readonly scores: Tensor;
  /** What each beam wrote, int32. */
  readonly predictedIds: Tensor;
  /** Which beam of the step before it goes on from, int32. */
  readonly parentIds: Tensor;
}
/**
 * What a step of a `BeamSearchDecoder` gives: a list of three, with names.
 *
 *     const ids = tf.constant([[2, 1]], tf.int32);
 *     const output = tf.contrib.seq2seq.BeamSearchDecoderOutput(tf.constant([[-0.5, -1]]), ids, tf.zerosLike(ids));
 *     output.predictedIds   // [[2, 1]]
 *
 * @param scores        how good each beam is, [batch, beams]
 * @param predictedIds  what each beam wrote
 * @param parentIds     which beam of the step before it goes on from
 * @returns  a list of the three, which has their names
 */
export const BeamSearchDecoderOutput: TupleClass<Outputs, BeamSearchDecoderOutput, BeamOutputParts> = tupleClass(
  'contrib.seq2seq.BeamSearchDecoderOutput',
  (parts) => namedTuple(OUTPUT_NAMES, parts),
);

/** The names of what a search gives in the end. */
export const FINAL_NAMES = ['predictedIds', 'beamSearchDecoderOutput'] as const;
type Finals = readonly [predictedIds: Tensor, beamSearchDecoderOutput: BeamSearchDecoderOutput];
/** What a beam search gives in the end: what each beam wrote, the best one first, and what the steps gave. */
export type FinalBeamSearchDecoderOutput = NamedTuple<typeof FINAL_NAMES, Finals>;
/** The same by name. */
export interface FinalBeamParts {
  /** What each beam wrote, [batch, time, beams]. */
  readonly predictedIds: Tensor;
  /** What the steps gave. */
  readonly beamSearchDecoderOutput: BeamSearchDecoderOutput;
}
/**
 * What a beam search gives in the end: a list of two, with names.
 *
 *     const ids = tf.constant([[[2, 1]]], tf.int32);
 *     const steps = tf.contrib.seq2seq.BeamSearchDecoderOutput(tf.ones([1, 1, 2]), ids, tf.zerosLike(ids));
 *     tf.contrib.seq2seq.FinalBeamSearchDecoderOutput(ids, steps).predictedIds   // [[[2, 1]]]
 *
 * @param predictedIds             what each beam wrote, the best one first
 * @param beamSearchDecoderOutput  what the steps gave
 * @returns  a list of the two, which has their names
 */
export const FinalBeamSearchDecoderOutput: TupleClass<Finals, FinalBeamSearchDecoderOutput, FinalBeamParts> =
  tupleClass('contrib.seq2seq.FinalBeamSearchDecoderOutput', (parts) => namedTuple(FINAL_NAMES, parts));

/** The names of the parts of the state. */
export const STATE_NAMES = ['cellState', 'logProbs', 'finished', 'lengths', 'accumulatedAttentionProbs'] as const;
type States<S> = readonly [
  cellState: S,
  logProbs: Tensor,
  finished: Tensor,
  lengths: Tensor,
  accumulatedAttentionProbs: Tensor | readonly [],
];
/** The state of a beam search. */
export type BeamSearchDecoderState<S = unknown> = NamedTuple<typeof STATE_NAMES, States<S>>;
/** The same by name. */
export interface BeamStateParts<S = unknown> {
  /** The state of the cell, [batch, beams, …]. */
  readonly cellState: S;
  /** The logarithm of how likely each beam is, [batch, beams]. */
  readonly logProbs: Tensor;
  /** Which beams are over, bool. */
  readonly finished: Tensor;
  /** How many steps each beam has, int64. */
  readonly lengths: Tensor;
  /** How much each beam looked at each place, for the coverage penalty; otherwise an empty list. */
  readonly accumulatedAttentionProbs: Tensor | readonly [];
}
interface StateClass {
  new <S = unknown>(...parts: States<S>): BeamSearchDecoderState<S>;
  new <S = unknown>(parts: BeamStateParts<S>): BeamSearchDecoderState<S>;
  <S = unknown>(...parts: States<S>): BeamSearchDecoderState<S>;
  <S = unknown>(parts: BeamStateParts<S>): BeamSearchDecoderState<S>;
}
/**
 * The state of a beam search: a list of five, with names.
 *
 *     const zeros = tf.zeros([1, 2]);
 *     const over = tf.constant([[false, true]]);
 *     const state = tf.contrib.seq2seq.BeamSearchDecoderState(tf.ones([1, 2, 3]), zeros, over, tf.toInt64(zeros), []);
 *     state.finished   // [[false, true]]
 *
 * @param cellState                  the state of the cell, [batch, beams, …]
 * @param logProbs                   the logarithm of how likely each beam is
 * @param finished                   which beams are over
 * @param lengths                    how many steps each beam has
 * @param accumulatedAttentionProbs  how much each beam looked at each place; an empty list where nobody asks
 * @returns  a list of the five, which has their names
 */
export const BeamSearchDecoderState: StateClass = tupleClass('contrib.seq2seq.BeamSearchDecoderState', (parts) =>
  namedTuple(STATE_NAMES, parts),
);
/** The same, for what builds nodes. */
export function beamState<S>(...parts: States<S>): BeamSearchDecoderState<S> {
  return namedParts(STATE_NAMES, parts);
}
