/**
 * Queues, accumulators and queue runners, beside what TensorFlow 1.15 was recorded to say of the same programs
 * (record/queues.py).
 */
import { KINDS } from './kinds';
import { QUEUES } from './programs';
import { besideRecorded } from './recorded';
import { Run } from './run';
import { SHARED_WORK } from './shared-work';

besideRecorded('queues.json', { ...QUEUES, ...KINDS, ...SHARED_WORK }, (session) => new Run(session));
