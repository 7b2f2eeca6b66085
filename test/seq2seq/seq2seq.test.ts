/** Decoders beside TensorFlow 1.15: nodes, also of gradients, values in runs 1, 4 and 40, and what errors say. */
import { samePrograms } from '../programs';
import { DECODERS } from './decoder-programs';
import { ERRORS } from './error-programs';

samePrograms('seq2seq', { ...DECODERS, ...ERRORS }, [0, 3, 39]);
