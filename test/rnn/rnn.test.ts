/** Recurrent nets beside TensorFlow 1.15: nodes, also of gradients, values in runs 1, 4 and 40, and what errors say. */
import { samePrograms } from '../programs';
import { CELLS } from './cell-programs';
import { ERRORS } from './error-programs';
import { NETS } from './net-programs';

samePrograms('rnn', { ...CELLS, ...NETS, ...ERRORS }, [0, 3, 39]);
