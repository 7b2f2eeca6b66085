/** Sums, maxima and softmax of the entries of sparse tensors. */
import { sweep } from '../sweep';

// The gradient of SparseSoftmax has a SparseDenseCwiseAdd, whose own TensorFlow has not.
sweep('sparse-reduce', { firstOrderOnly: ['SparseSoftmax'] });
