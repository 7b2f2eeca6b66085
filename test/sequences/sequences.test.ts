/** What is made of sequences and their labels beside TensorFlow 1.15: nodes, values in runs 1, 4 and 40, and errors. */
import { samePrograms } from '../programs';
import { FIELDS } from './crf-programs';
import { ALIGNED } from './ctc-programs';

samePrograms('sequences', { ...ALIGNED, ...FIELDS }, [0, 3, 39]);
