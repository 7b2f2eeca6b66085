/** tf.contrib.legacySeq2seq beside TensorFlow 1.15: nodes, also of gradients, values in runs 1, 4 and 40, errors. */
import { samePrograms } from '../programs';
import { LEGACY } from './legacy-programs';

samePrograms('legacy-seq2seq', LEGACY, [0, 3, 39]);
