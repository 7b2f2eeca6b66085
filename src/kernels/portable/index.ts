/** Every table of portable recipes. Written by `npm run op-table` from the files beside it. */
import type { LateTable } from '../../base/late';
import { ACTIVATION_RECIPES } from './activation';
import { BATCH_NORM_RECIPES } from './batch-norm';
import { BIAS_RECIPES } from './bias';
import { CONCAT_RECIPES } from './concat';
import { CONV_RECIPES } from './conv';
import { ELEMENTWISE_RECIPES } from './elementwise';
import { FUSED_RECIPES } from './fused';
import { GATHER_RECIPES } from './gather';
import { MATMUL_RECIPES } from './matmul';
import { POOL_RECIPES } from './pool';
import type { Recipes } from './recipe';
import { REDUCE_RECIPES } from './reduce';
import { SELECT_RECIPES } from './select';
import { SHAPE_RECIPES } from './shape';
import { SLICE_RECIPES } from './slice';
import { SOFTMAX_RECIPES } from './softmax';
import { TILE_RECIPES } from './tile';
import { TRANSPOSE_RECIPES } from './transpose';
import { UNARY_RECIPES } from './unary';

export const RECIPE_TABLES: readonly LateTable<Recipes>[] = [
  { keys: 'Relu Relu6 ReluGrad Relu6Grad LeakyRelu Elu EluGrad Selu Softplus', table: () => ACTIVATION_RECIPES },
  {
    keys: `FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 FusedBatchNormGrad FusedBatchNormGradV2
      FusedBatchNormGradV3`,
    table: () => BATCH_NORM_RECIPES,
  },
  { keys: 'BiasAdd BiasAddV1 BiasAddGrad', table: () => BIAS_RECIPES },
  { keys: 'ConcatV2 Concat Pack Unpack Split SplitV', table: () => CONCAT_RECIPES },
  { keys: 'Conv2D Conv2DBackpropInput Conv2DBackpropFilter', table: () => CONV_RECIPES },
  {
    keys: 'Add AddV2 Sub Mul RealDiv Div SquaredDifference AddN AccumulateNV2 TanhGrad SigmoidGrad',
    table: () => ELEMENTWISE_RECIPES,
  },
  { keys: '_FusedMatMul _FusedConv2D', table: () => FUSED_RECIPES },
  { keys: 'GatherV2 Gather', table: () => GATHER_RECIPES },
  { keys: 'MatMul BatchMatMul BatchMatMulV2', table: () => MATMUL_RECIPES },
  { keys: 'MaxPool AvgPool MaxPoolGrad AvgPoolGrad', table: () => POOL_RECIPES },
  { keys: 'Sum Mean', table: () => REDUCE_RECIPES },
  {
    keys: 'Less LessEqual Greater GreaterEqual Equal NotEqual LogicalAnd LogicalOr LogicalNot Cast Select SelectV2',
    table: () => SELECT_RECIPES,
  },
  { keys: 'Reshape ExpandDims Squeeze EnsureShape Fill ZerosLike OnesLike', table: () => SHAPE_RECIPES },
  { keys: 'Slice StridedSlice StridedSliceGrad', table: () => SLICE_RECIPES },
  {
    keys: 'Softmax LogSoftmax SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits',
    table: () => SOFTMAX_RECIPES,
  },
  { keys: 'Tile Pad PadV2 MirrorPad', table: () => TILE_RECIPES },
  { keys: 'Transpose', table: () => TRANSPOSE_RECIPES },
  { keys: 'Neg Abs Square Sqrt Sigmoid Tanh Floor Ceil Round Rint', table: () => UNARY_RECIPES },
];
