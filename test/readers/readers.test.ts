/**
 * Readers, queues of names and batches, beside what TensorFlow 1.15 was recorded to say of the same programs
 * (record/readers.py).
 */
import { besideRecorded } from '../queues/recorded';
import { BATCHING } from './batching';
import { FILES } from './files';
import { PRODUCING } from './producing';
import { READING } from './reading';
import { Run, settled } from './run';
import { SPARSE } from './sparse';

const PROGRAMS = { ...READING, ...FILES, ...PRODUCING, ...BATCHING, ...SPARSE };
besideRecorded('readers.json', PROGRAMS, (session) => new Run(session), settled);
