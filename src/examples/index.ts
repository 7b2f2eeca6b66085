/** `tf.examples`: data sets under the names that TensorFlow's users know, and the report of a training. */
import { readDataSets } from './mnist';
import { report } from './report/report';

export const examples = { tutorials: { mnist: { inputData: { readDataSets } } }, report } as const;
