/** Cells of tf.contrib.rnn beside TensorFlow 1.15: nodes, also of gradients, values in runs 1, 4 and 40, and errors. */
import { samePrograms } from '../programs';
import { CONTRIB } from './contrib-programs';
import { FUSED } from './fused-programs';

samePrograms('contrib-cells', { ...CONTRIB, ...FUSED }, [0, 3, 39]);
