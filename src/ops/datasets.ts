/** Datasets, as a graph has them: variants that say what an iterator is to go through. */
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { scalarShape, withRank } from '../graph/shape-fn';

/** @param scalars  the inputs that are numbers: all that stand behind the datasets where none are named */
const made = (...scalars: readonly number[]): OpRow => ({
  effect: 'reads',
  shape(c: ShapeContext) {
    for (const index of scalars) withRank(c, index, 0);
    return scalarShape(c);
  },
});
/** Of what stands behind the tensors that a function takes in, nothing is looked at. */
const PLAIN = made();

const FILES = made(1, 2);
/** Results of a whole dataset. */
const RESULTS: OpRow = { effect: 'waits', shape: (c) => [...c.attr('output_shapes', 'list(shape)')] };

export const DATASETS = {
  BatchDataset: made(1),
  BatchDatasetV2: made(1, 2),
  CacheDataset: made(1),
  ConcatenateDataset: PLAIN,
  DatasetToSingleElement: RESULTS,
  ExperimentalParallelInterleaveDataset: PLAIN,
  ExperimentalScanDataset: PLAIN,
  ExperimentalTakeWhileDataset: PLAIN,
  FilterDataset: PLAIN,
  FixedLengthRecordDataset: made(1, 2, 3, 4),
  FixedLengthRecordDatasetV2: made(1, 2, 3, 4, 5),
  FlatMapDataset: PLAIN,
  InterleaveDataset: PLAIN,
  MapAndBatchDataset: PLAIN,
  MapDataset: PLAIN,
  ModelDataset: PLAIN,
  OptimizeDataset: PLAIN,
  PaddedBatchDataset: made(1),
  PaddedBatchDatasetV2: made(1),
  ParallelInterleaveDataset: PLAIN,
  ParallelInterleaveDatasetV2: PLAIN,
  ParallelMapDataset: PLAIN,
  PrefetchDataset: made(1),
  RangeDataset: made(0, 1, 2),
  ReduceDataset: RESULTS,
  RepeatDataset: made(1),
  ScanDataset: PLAIN,
  ShardDataset: made(1, 2),
  ShuffleAndRepeatDataset: made(1, 2, 3, 4),
  ShuffleDataset: made(1, 2, 3),
  SkipDataset: made(1),
  TakeDataset: made(1),
  TakeWhileDataset: PLAIN,
  TFRecordDataset: FILES,
  TensorDataset: PLAIN,
  TensorSliceDataset: PLAIN,
  TextLineDataset: FILES,
  UnbatchDataset: PLAIN,
  WindowDataset: made(1, 2, 3, 4),
  ZipDataset: PLAIN,
} satisfies Rows;
