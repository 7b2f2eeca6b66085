/** Ops that TensorFlow 1.15 does not have, as 2.21 runs them. */
import { sweep } from '../sweep';

sweep('newer');
