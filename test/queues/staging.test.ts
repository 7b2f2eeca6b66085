/**
 * Staging areas, barriers, stacks by reference and variables of a run, beside what TensorFlow 1.15 was recorded to say
 * of the same programs (record/staging.py).
 */
import { BARRIERS } from './barriers';
import { besideRecorded } from './recorded';
import { Run } from './run';
import { STAGING } from './staging';

besideRecorded('staging.json', { ...STAGING, ...BARRIERS }, (session) => new Run(session));
