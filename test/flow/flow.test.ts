/** Branches and loops beside TensorFlow 1.15: their nodes, values in runs 1 to 4 and 40, and what errors say. */
import { samePrograms } from '../programs';
import { ARRAYS } from './array-programs';
import { BRANCHES } from './branch-programs';
import { CASES } from './case-programs';
import { ERRORS } from './error-programs';
import { GRADIENTS } from './gradient-programs';
import { LOOPS } from './loop-programs';
import { WAITING } from './waiting-programs';

const RUNS = [0, 1, 2, 3, 39];
samePrograms('flow', { ...BRANCHES, ...CASES, ...LOOPS, ...WAITING, ...GRADIENTS, ...ARRAYS, ...ERRORS }, RUNS);
