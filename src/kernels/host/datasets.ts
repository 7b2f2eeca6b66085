/** Datasets as nodes: each gives what it is made of, and nothing is computed before an iterator asks. */
import type { KernelNode, StatefulRow, StatefulTable, Surroundings, Value } from '../kernel';
import { type Dataset, asValue } from './dataset';
import { batchDataset } from './dataset-batch';
import { mapAndBatchDataset, mapDataset, parallelMapDataset } from './dataset-calls';
import { filterDataset, takeWhileDataset } from './dataset-tests';
import { fixedLengthRecordDataset, textLineDataset, tfRecordDataset } from './dataset-files';
import { paddedBatchDataset } from './dataset-padded';
import { reduceDataset, scanDataset, singleElement } from './dataset-states';
import { cacheDataset } from './dataset-cache';
import { flatMapDataset } from './dataset-flat';
import { interleaveDataset, olderInterleaveDataset, parallelInterleaveDataset } from './dataset-interleave';
import { shardDataset, unbatchDataset, windowDataset } from './dataset-pieces';
import { optimizeDataset } from './dataset-rewrites';
import { shuffleAndRepeatDataset, shuffleDataset } from './dataset-shuffle';
import { rangeDataset, sliceDataset, tensorDataset } from './dataset-sources';
import {
  concatenateDataset,
  modelDataset,
  prefetchDataset,
  repeatDataset,
  skipDataset,
  takeDataset,
  zipDataset,
} from './dataset-steps';

type Make = (inputs: readonly Value[], node: KernelNode, where: Surroundings) => Dataset;
const row = (make: Make): StatefulRow => ({
  make: (_, where) => (inputs, node) => [asValue(make(inputs, node, where))],
});
/** Under the name that it has today, and the one that it had in `tf.data.experimental`. */
const both = (name: string, make: Make): Readonly<Record<string, StatefulRow>> => ({
  [name]: row(make),
  [`Experimental${name}`]: row(make),
});

export const DATASET_KERNELS: StatefulTable = {
  BatchDataset: row(batchDataset),
  BatchDatasetV2: row(batchDataset),
  CacheDataset: row(cacheDataset),
  ...both('ParallelInterleaveDataset', olderInterleaveDataset),
  ...both('ScanDataset', scanDataset),
  ...both('TakeWhileDataset', takeWhileDataset),
  ConcatenateDataset: row(concatenateDataset),
  DatasetToSingleElement: singleElement,
  FilterDataset: row(filterDataset),
  FixedLengthRecordDataset: row(fixedLengthRecordDataset),
  FixedLengthRecordDatasetV2: row(fixedLengthRecordDataset),
  FlatMapDataset: row(flatMapDataset),
  InterleaveDataset: row(interleaveDataset),
  MapAndBatchDataset: row(mapAndBatchDataset),
  MapDataset: row(mapDataset),
  ModelDataset: row(modelDataset),
  OptimizeDataset: row(optimizeDataset),
  PaddedBatchDataset: row(paddedBatchDataset),
  PaddedBatchDatasetV2: row(paddedBatchDataset),
  ParallelInterleaveDatasetV2: row(parallelInterleaveDataset),
  ParallelMapDataset: row(parallelMapDataset),
  PrefetchDataset: row(prefetchDataset),
  RangeDataset: row(rangeDataset),
  ReduceDataset: reduceDataset,
  RepeatDataset: row(repeatDataset),
  ShardDataset: row(shardDataset),
  ShuffleAndRepeatDataset: row(shuffleAndRepeatDataset),
  ShuffleDataset: row(shuffleDataset),
  SkipDataset: row(skipDataset),
  TakeDataset: row(takeDataset),
  TFRecordDataset: row(tfRecordDataset),
  TensorDataset: row(tensorDataset),
  TensorSliceDataset: row(sliceDataset),
  TextLineDataset: row(textLineDataset),
  UnbatchDataset: row(unbatchDataset),
  WindowDataset: row(windowDataset),
  ZipDataset: row(zipDataset),
};
