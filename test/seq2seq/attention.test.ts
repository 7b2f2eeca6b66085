/** Attention beside TensorFlow 1.15: nodes, also of gradients, values in runs 1, 4 and 40, and what errors say. */
import { samePrograms } from '../programs';
import { ATTENTION_ERRORS } from './attention-errors';
import { ATTENTION } from './attention-programs';

samePrograms('attention', { ...ATTENTION, ...ATTENTION_ERRORS }, [0, 3, 39]);
