/** Every table of host and stateful kernels. Written by `npm run op-table` from the files beside it. */
import type { HostTable, StatefulTable, VariantTable } from '../kernel';
import { ACTIVATION_KERNELS } from './activation';
import { BATCH_NORM_KERNELS } from './batch-norm';
import { BESSEL_KERNELS } from './bessel';
import { BIAS_KERNELS } from './bias';
import { BITWISE_KERNELS } from './bitwise';
import { BLOCKS_KERNELS } from './blocks';
import { CAST_KERNELS } from './cast';
import { CHECKPOINT_KERNELS, SHARD_KERNELS } from './checkpoint';
import { CLIP_KERNELS } from './clip';
import { COMPARE_KERNELS } from './compare';
import { CONCAT_KERNELS } from './concat';
import { CONSTANT_KERNELS } from './constants';
import { CALL_KERNELS, CONTROL_KERNELS } from './control';
import { CONV_KERNELS } from './conv';
import { DATA_FLOW_KERNELS } from './data-flow';
import { ELEMENTWISE_KERNELS } from './elementwise';
import { FUSED_KERNELS } from './fused';
import { GATHER_KERNELS } from './gather';
import { IDENTITY_KERNELS, PASSING_KERNELS } from './identity';
import { INCOMPLETE_KERNELS } from './incomplete';
import { LOGGING_KERNELS, PRINTING_KERNELS } from './logging';
import { LOSS_KERNELS } from './loss';
import { LRN_KERNELS } from './lrn';
import { MATMUL_KERNELS } from './matmul';
import { MATRIX_KERNELS } from './matrix';
import { NUMERICS_KERNELS } from './numerics';
import { ONE_HOT_KERNELS } from './one-hot';
import { PAD_KERNELS } from './pad';
import { PLACE_KERNELS } from './place';
import { POOL_KERNELS } from './pool';
import { RANDOM_KERNELS } from './random';
import { REDUCE_KERNELS } from './reduce';
import { RUNNING_KERNELS } from './running';
import { SCATTER_KERNELS } from './scatter';
import { SEARCHSORTED_KERNELS } from './searchsorted';
import { SEGMENT_KERNELS } from './segment';
import { SELECT_KERNELS } from './select';
import { SHAPE_KERNELS } from './shape';
import { SLICE_KERNELS } from './slice';
import { SOFTMAX_KERNELS } from './softmax';
import { SPECIAL_KERNELS } from './special';
import { STACKS_KERNELS } from './stacks';
import { STATE_KERNELS } from './state';
import { STRINGS_KERNELS } from './strings';
import { SUMMARY_KERNELS } from './summary';
import { TENSOR_ARRAY_KERNELS } from './tensor-array';
import { TENSOR_LIST_KERNELS } from './tensor-list';
import { TENSOR_LIST_ROW_KERNELS } from './tensor-list-rows';
import { TILE_KERNELS } from './tile';
import { TOP_K_KERNELS } from './top-k';
import { TRAINING_KERNELS } from './training';
import { TRANSPOSE_KERNELS } from './transpose';
import { UNARY_KERNELS } from './unary';
import { VARIANT_KERNELS } from './variant-math';
import { WHERE_KERNELS } from './where';

export const HOST_TABLES: readonly HostTable[] = [
  ACTIVATION_KERNELS,
  BATCH_NORM_KERNELS,
  BESSEL_KERNELS,
  BIAS_KERNELS,
  BITWISE_KERNELS,
  BLOCKS_KERNELS,
  CAST_KERNELS,
  SHARD_KERNELS,
  CLIP_KERNELS,
  COMPARE_KERNELS,
  CONCAT_KERNELS,
  CONSTANT_KERNELS,
  CALL_KERNELS,
  CONV_KERNELS,
  DATA_FLOW_KERNELS,
  ELEMENTWISE_KERNELS,
  FUSED_KERNELS,
  GATHER_KERNELS,
  IDENTITY_KERNELS,
  INCOMPLETE_KERNELS,
  LOGGING_KERNELS,
  LOSS_KERNELS,
  LRN_KERNELS,
  MATMUL_KERNELS,
  MATRIX_KERNELS,
  NUMERICS_KERNELS,
  ONE_HOT_KERNELS,
  PAD_KERNELS,
  PLACE_KERNELS,
  POOL_KERNELS,
  RANDOM_KERNELS,
  REDUCE_KERNELS,
  RUNNING_KERNELS,
  SCATTER_KERNELS,
  SEARCHSORTED_KERNELS,
  SEGMENT_KERNELS,
  SELECT_KERNELS,
  SHAPE_KERNELS,
  SLICE_KERNELS,
  SOFTMAX_KERNELS,
  SPECIAL_KERNELS,
  STRINGS_KERNELS,
  SUMMARY_KERNELS,
  TILE_KERNELS,
  TOP_K_KERNELS,
  TRANSPOSE_KERNELS,
  UNARY_KERNELS,
  WHERE_KERNELS,
];

export const STATEFUL_TABLES: readonly StatefulTable[] = [
  CHECKPOINT_KERNELS,
  CONTROL_KERNELS,
  PASSING_KERNELS,
  PRINTING_KERNELS,
  STACKS_KERNELS,
  STATE_KERNELS,
  TENSOR_ARRAY_KERNELS,
  TENSOR_LIST_KERNELS,
  TENSOR_LIST_ROW_KERNELS,
  TRAINING_KERNELS,
];

export const VARIANT_TABLES: readonly VariantTable[] = [VARIANT_KERNELS];
