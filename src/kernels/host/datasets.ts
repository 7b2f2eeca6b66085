/** Datasets as nodes: each gives what it is made of, and nothing is computed before an iterator asks. */
import type { KernelNode, StatefulRow, StatefulTable, Surroundings, Value } from '../kernel';
import { type Dataset, asValue, datasetOf } from './dataset';
import { batchDataset } from './dataset-batch';
import { filterDataset, mapAndBatchDataset, mapDataset, parallelMapDataset } from './dataset-calls';
import { cacheDataset } from './dataset-cache';
import { flatMapDataset } from './dataset-flat';
import { interleaveDataset, parallelInterleaveDataset } from './dataset-interleave';
import { shardDataset, unbatchDataset, windowDataset } from './dataset-pieces';
import { optimizeDataset } from './dataset-rewrites';
import { shuffleAndRepeatDataset, shuffleDataset } from './dataset-shuffle';
import { rangeDataset, sliceDataset, tensorDataset } from './dataset-sources';
import {
  concatenateDataset,
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
const same = row(([input]) => datasetOf(input).retain());

export const DATASET_KERNELS: StatefulTable = {
  BatchDataset: row(batchDataset),
  BatchDatasetV2: row(batchDataset),
  CacheDataset: row(cacheDataset),
  ConcatenateDataset: row(concatenateDataset),
  FilterDataset: row(filterDataset),
  FlatMapDataset: row(flatMapDataset),
  InterleaveDataset: row(interleaveDataset),
  MapAndBatchDataset: row(mapAndBatchDataset),
  MapDataset: row(mapDataset),
  ModelDataset: same,
  OptimizeDataset: row(optimizeDataset),
  ParallelInterleaveDatasetV2: row(parallelInterleaveDataset),
  ParallelMapDataset: row(parallelMapDataset),
  PrefetchDataset: row(prefetchDataset),
  RangeDataset: row(rangeDataset),
  RepeatDataset: row(repeatDataset),
  ShardDataset: row(shardDataset),
  ShuffleAndRepeatDataset: row(shuffleAndRepeatDataset),
  ShuffleDataset: row(shuffleDataset),
  SkipDataset: row(skipDataset),
  TakeDataset: row(takeDataset),
  TensorDataset: row(tensorDataset),
  TensorSliceDataset: row(sliceDataset),
  UnbatchDataset: row(unbatchDataset),
  WindowDataset: row(windowDataset),
  ZipDataset: row(zipDataset),
};
