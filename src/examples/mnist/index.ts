/** The MNIST digits, and data sets in their format, in batches. */
export { DataSet, type Labels, type NextBatchOptions } from './data-set';
export { type Datasets, type ReadDataSetsOptions, readDataSets } from './read';
