/** Every table of rows, for registerOps. Written by `npm run op-table` from the files beside it. */
import type { Rows } from '../graph/opdef';
import { ACTIVATION } from './activation';
import { ADD_N } from './add-n';
import { ARG } from './arg';
import { BATCH_NORM } from './batch-norm';
import { BESSEL } from './bessel';
import { BIAS } from './bias';
import { BITWISE } from './bitwise';
import { BLOCKS } from './blocks';
import { BROADCAST } from './broadcast';
import { CAST } from './cast';
import { CHECKPOINT } from './checkpoint';
import { CLIP } from './clip';
import { COMPARE } from './compare';
import { CONCAT } from './concat';
import { CONSTANTS } from './constants';
import { CONTROL } from './control';
import { CONV } from './conv';
import { CROSS_ENTROPY } from './cross-entropy';
import { DATA_FLOW } from './data-flow';
import { DERIVATIVES } from './derivatives';
import { DIVISION } from './division';
import { ELEMENTWISE } from './elementwise';
import { FILL } from './fill';
import { FUNCTIONAL } from './functional';
import { FUSED } from './fused';
import { GATHER } from './gather';
import { IDENTITY } from './identity';
import { INCOMPLETE } from './incomplete';
import { LOGGING } from './logging';
import { LOSS } from './loss';
import { LRN } from './lrn';
import { MATMUL } from './matmul';
import { MATRIX } from './matrix';
import { NUMERICS } from './numerics';
import { ONE_HOT } from './one-hot';
import { PAD } from './pad';
import { POOL } from './pool';
import { RANDOM } from './random';
import { RANGE } from './range';
import { REDUCE } from './reduce';
import { RESHAPE } from './reshape';
import { RESOURCE } from './resource';
import { RUNNING } from './running';
import { SCATTER } from './scatter';
import { SEARCHSORTED } from './searchsorted';
import { SEGMENT } from './segment';
import { SELECT } from './select';
import { SHAPE } from './shape';
import { SLICE } from './slice';
import { SOFTMAX } from './softmax';
import { SPECIAL } from './special';
import { SPLIT } from './split';
import { STACK } from './stack';
import { STACKS } from './stacks';
import { STATE } from './state';
import { STRIDED_SLICE } from './strided-slice';
import { STRINGS } from './strings';
import { SUMMARY } from './summary';
import { TENSOR_ARRAY } from './tensor-array';
import { TENSOR_LIST } from './tensor-list';
import { TILE } from './tile';
import { TOP_K } from './top-k';
import { TRAINING } from './training';
import { TRANSPOSE } from './transpose';
import { UNARY } from './unary';
import { WHERE } from './where';

export const OP_TABLES: readonly Rows[] = [
  ACTIVATION,
  ADD_N,
  ARG,
  BATCH_NORM,
  BESSEL,
  BIAS,
  BITWISE,
  BLOCKS,
  BROADCAST,
  CAST,
  CHECKPOINT,
  CLIP,
  COMPARE,
  CONCAT,
  CONSTANTS,
  CONTROL,
  CONV,
  CROSS_ENTROPY,
  DATA_FLOW,
  DERIVATIVES,
  DIVISION,
  ELEMENTWISE,
  FILL,
  FUNCTIONAL,
  FUSED,
  GATHER,
  IDENTITY,
  INCOMPLETE,
  LOGGING,
  LOSS,
  LRN,
  MATMUL,
  MATRIX,
  NUMERICS,
  ONE_HOT,
  PAD,
  POOL,
  RANDOM,
  RANGE,
  REDUCE,
  RESHAPE,
  RESOURCE,
  RUNNING,
  SCATTER,
  SEARCHSORTED,
  SEGMENT,
  SELECT,
  SHAPE,
  SLICE,
  SOFTMAX,
  SPECIAL,
  SPLIT,
  STACK,
  STACKS,
  STATE,
  STRIDED_SLICE,
  STRINGS,
  SUMMARY,
  TENSOR_ARRAY,
  TENSOR_LIST,
  TILE,
  TOP_K,
  TRAINING,
  TRANSPOSE,
  UNARY,
  WHERE,
];
