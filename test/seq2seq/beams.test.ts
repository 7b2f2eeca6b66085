/** Beam search beside TensorFlow 1.15: its op, nodes, values in runs 1, 4 and 40, and what errors say. */
import { samePrograms } from '../programs';
import { BEAMS, BEAM_ERRORS } from './beam-programs';

samePrograms('beams', { ...BEAMS, ...BEAM_ERRORS }, [0, 3, 39]);
