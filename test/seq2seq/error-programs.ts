/** Decoders that cannot be built, as test/fixtures/record/seq2seq.py has them. */
import * as tf from '../../src';
import { C, type Programs, S, decoder, ph } from './words';

const helper = (): tf.contrib.seq2seq.TrainingHelper => new S.TrainingHelper(ph([2, 3, 2]), [3, 2]);
const vectors = [[0.5]];

export const ERRORS: Programs = {
  'e no decoder': () => S.dynamicDecode(3 as never),
  'e steps at most of rank one': () => S.dynamicDecode(decoder(helper()), { maximumIterations: [3] }),
  'e no helper': () => new S.BasicDecoder(new C.GRUCell(2), 3 as never, null as never),
  'e no cell': () => new S.BasicDecoder(3 as never, helper() as never, null as never),
  'e no layer': () => decoder(helper(), undefined, 3 as never),
  'e lengths of rank two': () => new S.TrainingHelper(ph([2, 3, 2]), [[3, 2]]),
  'e start of rank two': () => new S.GreedyEmbeddingHelper((ids: tf.Tensor) => ids, [[1]], 0),
  'e end of rank one': () => new S.GreedyEmbeddingHelper((ids: tf.Tensor) => ids, [1], [0]),
  'e chance of rank two': () => new S.ScheduledOutputTrainingHelper(ph([2, 3, 2]), [3, 2], vectors),
  'e chances of rank two': () =>
    new S.ScheduledEmbeddingTrainingHelper(ph([2, 3, 2]), [3, 2], (ids: tf.Tensor) => ids, vectors),
  'e rows asked too early': () => new S.CustomHelper(null as never, null as never, null as never).batchSize,
  'e rows of a scalar': () => S.tileBatch(tf.constant(1), 2),
  'e mask of a vector': () => tf.sequenceMask([1, 2], [3, 4]),
};
