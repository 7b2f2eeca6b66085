/** Every table of rows, for registerOps. A new file joins it here. */
import type { Rows } from '../graph/opdef';
import { ACTIVATION } from './activation';
import { BIAS } from './bias';
import { CAST } from './cast';
import { CLIP } from './clip';
import { COMPARE } from './compare';
import { CONCAT } from './concat';
import { CONSTANTS } from './constants';
import { CONTROL } from './control';
import { CONV } from './conv';
import { DATA_FLOW } from './data-flow';
import { ELEMENTWISE } from './elementwise';
import { FUSED } from './fused';
import { GATHER } from './gather';
import { IDENTITY } from './identity';
import { LOGGING } from './logging';
import { LOSS } from './loss';
import { MATMUL } from './matmul';
import { NUMERICS } from './numerics';
import { ONE_HOT } from './one-hot';
import { PAD } from './pad';
import { POOL } from './pool';
import { RANDOM } from './random';
import { REDUCE } from './reduce';
import { RESOURCE } from './resource';
import { SCATTER } from './scatter';
import { SEGMENT } from './segment';
import { SELECT } from './select';
import { SHAPE } from './shape';
import { SLICE } from './slice';
import { SOFTMAX } from './softmax';
import { SPECIAL } from './special';
import { STATE } from './state';
import { TILE } from './tile';
import { TOP_K } from './top-k';
import { TRAINING } from './training';
import { TRANSPOSE } from './transpose';
import { UNARY } from './unary';
import { WHERE } from './where';

export const OP_TABLES: readonly Rows[] = [
  ACTIVATION,
  BIAS,
  CAST,
  CLIP,
  COMPARE,
  CONCAT,
  CONSTANTS,
  CONTROL,
  CONV,
  DATA_FLOW,
  ELEMENTWISE,
  FUSED,
  GATHER,
  IDENTITY,
  LOGGING,
  LOSS,
  MATMUL,
  NUMERICS,
  ONE_HOT,
  PAD,
  POOL,
  RANDOM,
  REDUCE,
  RESOURCE,
  SCATTER,
  SEGMENT,
  SELECT,
  SHAPE,
  SLICE,
  SOFTMAX,
  SPECIAL,
  STATE,
  TILE,
  TOP_K,
  TRAINING,
  TRANSPOSE,
  UNARY,
  WHERE,
];
