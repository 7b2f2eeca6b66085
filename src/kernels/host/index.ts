/** Every table of host and stateful kernels. Written by `npm run op-table` from the files beside it. */
import type { LateTable } from '../../base/late';
import type { HostTable, StatefulTable, VariantTable } from '../kernel';
import { ACCUMULATOR_KERNELS } from './accumulators';
import { ACTIVATION_KERNELS } from './activation';
import { BARRIER_KERNELS } from './barriers';
import { BATCH_NORM_KERNELS } from './batch-norm';
import { BATCHES_KERNELS } from './batches';
import { BEAMS_KERNELS } from './beams';
import { BESSEL_KERNELS } from './bessel';
import { BIAS_KERNELS } from './bias';
import { BITWISE_KERNELS } from './bitwise';
import { BLOCKS_KERNELS } from './blocks';
import { CANDIDATES_KERNELS } from './candidates';
import { CAST_KERNELS } from './cast';
import { CHECKPOINT_KERNELS, SHARD_KERNELS } from './checkpoint';
import { CLIP_KERNELS } from './clip';
import { COMPARE_KERNELS } from './compare';
import { COMPLEX_PARTS_KERNELS } from './complex-parts';
import { CONCAT_KERNELS } from './concat';
import { CONSTANT_KERNELS } from './constants';
import { CALL_KERNELS, CONTROL_KERNELS } from './control';
import { CONV_KERNELS } from './conv';
import { CONV3D_KERNELS } from './conv3d';
import { COUNTS_KERNELS } from './counts';
import { CTC_KERNELS } from './ctc';
import { DATA_FLOW_KERNELS } from './data-flow';
import { DATASET_KERNELS } from './datasets';
import { DECOMPOSITION_KERNELS } from './decompositions';
import { DEPTHWISE_KERNELS } from './depthwise';
import { DIAGONALS_KERNELS } from './diagonals';
import { ELEMENTWISE_KERNELS } from './elementwise';
import { EUCLIDEAN_KERNELS } from './euclidean';
import { FILE_KERNELS } from './files';
import { FUSED_KERNELS } from './fused';
import { GAMMA_KERNELS } from './gamma';
import { GATHER_KERNELS } from './gather';
import { HOST_FUNCTION_KERNELS } from './host-function';
import { IDENTITY_KERNELS, PASSING_KERNELS } from './identity';
import { INCOMPLETE_KERNELS } from './incomplete';
import { INPLACE_KERNELS } from './inplace';
import { ITERATOR_KERNELS } from './iterators';
import { LOGGING_KERNELS, PRINTING_KERNELS } from './logging';
import { LOOKUP_KERNELS } from './lookup';
import { LOSS_KERNELS } from './loss';
import { LRN_KERNELS } from './lrn';
import { MATMUL_KERNELS } from './matmul';
import { MATRIX_KERNELS } from './matrix';
import { MUTEX_KERNELS } from './mutex';
import { NUMERICS_KERNELS } from './numerics';
import { ONE_HOT_KERNELS } from './one-hot';
import { PAD_KERNELS } from './pad';
import { PARSE_EXAMPLE_KERNELS } from './parse-example';
import { PARSE_SEQUENCE_KERNELS } from './parse-sequence';
import { PARSING_KERNELS } from './parsing';
import { PLACE_KERNELS } from './place';
import { POOL_KERNELS } from './pool';
import { POOL3D_KERNELS } from './pool3d';
import { QUANTILES_KERNELS } from './quantiles';
import { QUEUE_KERNELS } from './queues';
import { RANDOM_KERNELS } from './random';
import { READER_KERNELS } from './readers';
import { RECURRENT_KERNELS } from './recurrent';
import { RECURRENT_UNITS_KERNELS } from './recurrent-units';
import { REDUCE_KERNELS } from './reduce';
import { REMAPPING_KERNELS } from './remapping';
import { RESIZE_KERNELS } from './resize';
import { RUNNING_KERNELS } from './running';
import { SCATTER_KERNELS } from './scatter';
import { SEARCHSORTED_KERNELS } from './searchsorted';
import { SEGMENT_KERNELS } from './segment';
import { SEGMENT_GRAD_KERNELS } from './segment-grads';
import { SELECT_KERNELS } from './select';
import { SERIALIZED_KERNELS } from './serialized';
import { SESSION_TENSOR_KERNELS } from './session-tensor';
import { SETS_KERNELS } from './sets';
import { SHAPE_KERNELS } from './shape';
import { SLICE_KERNELS } from './slice';
import { SOFTMAX_KERNELS } from './softmax';
import { SPARSE_KERNELS } from './sparse';
import { SPARSE_CROSS_KERNELS } from './sparse-cross';
import { SPARSE_DENSE_KERNELS } from './sparse-dense';
import { SPARSE_FILL_KERNELS } from './sparse-fill';
import { SPARSE_MAP_KERNELS } from './sparse-maps';
import { SPARSE_PAIRS_KERNELS } from './sparse-pairs';
import { SPARSE_PARTS_KERNELS } from './sparse-parts';
import { SPARSE_REDUCE_KERNELS } from './sparse-reduce';
import { SPARSE_SEGMENT_KERNELS } from './sparse-segment';
import { SPECIAL_KERNELS } from './special';
import { STACKS_KERNELS } from './stacks';
import { STAGING_KERNELS } from './staging';
import { STATE_KERNELS } from './state';
import { STATELESS_KERNELS } from './stateless';
import { STRINGS_KERNELS } from './strings';
import { SUMMARY_KERNELS } from './summary';
import { TEMPORARY_KERNELS } from './temporaries';
import { TENSOR_ARRAY_KERNELS } from './tensor-array';
import { TENSOR_LIST_KERNELS } from './tensor-list';
import { TENSOR_LIST_ROW_KERNELS } from './tensor-list-rows';
import { TEXT_FORMS_KERNELS } from './text-forms';
import { TEXTS_KERNELS } from './texts';
import { TILE_KERNELS } from './tile';
import { TOP_K_KERNELS } from './top-k';
import { TRAINING_KERNELS } from './training';
import { TRANSPOSE_KERNELS } from './transpose';
import { TRIDIAGONAL_KERNELS } from './tridiagonal';
import { UNARY_KERNELS } from './unary';
import { VARIANT_KERNELS } from './variant-math';
import { WHERE_KERNELS } from './where';

export const HOST_TABLES: readonly LateTable<HostTable>[] = [
  {
    keys: `Relu ReluGrad Relu6 Relu6Grad LeakyRelu LeakyReluGrad Elu EluGrad Selu SeluGrad Softplus SoftplusGrad
      Softsign SoftsignGrad`,
    table: () => ACTIVATION_KERNELS,
  },
  {
    keys: `FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 FusedBatchNormGrad FusedBatchNormGradV2
      FusedBatchNormGradV3`,
    table: () => BATCH_NORM_KERNELS,
  },
  { keys: 'SpaceToBatchND BatchToSpaceND SpaceToBatch BatchToSpace', table: () => BATCHES_KERNELS },
  { keys: 'GatherTree', table: () => BEAMS_KERNELS },
  { keys: 'BesselI0e BesselI1e', table: () => BESSEL_KERNELS },
  { keys: 'BiasAdd BiasAddV1 BiasAddGrad', table: () => BIAS_KERNELS },
  {
    keys: 'CompareAndBitpack BitwiseAnd BitwiseOr BitwiseXor LeftShift RightShift Invert',
    table: () => BITWISE_KERNELS,
  },
  { keys: 'SpaceToDepth DepthToSpace', table: () => BLOCKS_KERNELS },
  {
    keys: `UniformCandidateSampler LogUniformCandidateSampler LearnedUnigramCandidateSampler
      FixedUnigramCandidateSampler AllCandidateSampler ComputeAccidentalHits`,
    table: () => CANDIDATES_KERNELS,
  },
  { keys: 'Cast Bitcast', table: () => CAST_KERNELS },
  { keys: 'ShardedFilename ShardedFilespec', table: () => SHARD_KERNELS },
  { keys: 'ClipByValue', table: () => CLIP_KERNELS },
  {
    keys: 'Less LessEqual Greater GreaterEqual Equal NotEqual LogicalAnd LogicalOr LogicalNot ApproximateEqual',
    table: () => COMPARE_KERNELS,
  },
  { keys: 'Complex Real Imag Angle ComplexAbs', table: () => COMPLEX_PARTS_KERNELS },
  { keys: 'ConcatV2 Concat ConcatOffset Pack ParallelConcat Unpack Split SplitV', table: () => CONCAT_KERNELS },
  { keys: 'Const Placeholder Fill Range LinSpace', table: () => CONSTANT_KERNELS },
  { keys: 'ToBool ForCount', table: () => CALL_KERNELS },
  { keys: 'Conv2D Conv2DBackpropInput Conv2DBackpropFilter _FusedConv2D', table: () => CONV_KERNELS },
  { keys: 'Conv3D Conv3DBackpropInputV2 Conv3DBackpropFilterV2', table: () => CONV3D_KERNELS },
  { keys: 'DenseBincount SparseBincount RaggedBincount', table: () => COUNTS_KERNELS },
  { keys: 'CTCLoss CTCGreedyDecoder CTCBeamSearchDecoder EditDistance', table: () => CTC_KERNELS },
  { keys: 'DynamicStitch ParallelDynamicStitch DynamicPartition ListDiff', table: () => DATA_FLOW_KERNELS },
  {
    keys: 'MatrixInverse MatrixDeterminant LogMatrixDeterminant MatrixSolve MatrixTriangularSolve Cholesky Qr',
    table: () => DECOMPOSITION_KERNELS,
  },
  {
    keys: 'DepthwiseConv2dNative DepthwiseConv2dNativeBackpropInput DepthwiseConv2dNativeBackpropFilter',
    table: () => DEPTHWISE_KERNELS,
  },
  { keys: 'MatrixDiagV3 MatrixDiagPartV3 MatrixSetDiagV3', table: () => DIAGONALS_KERNELS },
  {
    keys: `RealDiv Div TruncateDiv FloorDiv Mod TruncateMod FloorMod Add AddV2 Sub Mul MulNoNan DivNoNan Pow
      Maximum Minimum SquaredDifference Xdivy Xlogy Xlog1py Atan2 TanhGrad SigmoidGrad SqrtGrad RsqrtGrad
      ReciprocalGrad InvGrad AddN AccumulateNV2 BroadcastGradientArgs`,
    table: () => ELEMENTWISE_KERNELS,
  },
  { keys: 'EuclideanNorm', table: () => EUCLIDEAN_KERNELS },
  { keys: '_FusedMatMul', table: () => FUSED_KERNELS },
  { keys: 'RandomGamma RandomPoissonV2 RandomGammaGrad', table: () => GAMMA_KERNELS },
  { keys: 'GatherV2 Gather GatherNd', table: () => GATHER_KERNELS },
  { keys: 'ZerosLike OnesLike', table: () => IDENTITY_KERNELS },
  { keys: 'Igamma Igammac IgammaGradA Betainc', table: () => INCOMPLETE_KERNELS },
  { keys: 'InplaceUpdate InplaceAdd InplaceSub DeepCopy Empty', table: () => INPLACE_KERNELS },
  { keys: 'StringFormat', table: () => LOGGING_KERNELS },
  { keys: 'L2Loss', table: () => LOSS_KERNELS },
  { keys: 'LRN LRNGrad', table: () => LRN_KERNELS },
  { keys: 'MatMul BatchMatMul BatchMatMulV2', table: () => MATMUL_KERNELS },
  { keys: 'MatrixDiag MatrixDiagPart MatrixSetDiag MatrixBandPart Diag DiagPart Cross', table: () => MATRIX_KERNELS },
  { keys: 'CheckNumerics', table: () => NUMERICS_KERNELS },
  { keys: 'OneHot', table: () => ONE_HOT_KERNELS },
  { keys: 'Pad PadV2 MirrorPad MirrorPadGrad', table: () => PAD_KERNELS },
  { keys: 'ParseExampleV2 ParseExample ParseSingleExample', table: () => PARSE_EXAMPLE_KERNELS },
  { keys: 'ParseSingleSequenceExample', table: () => PARSE_SEQUENCE_KERNELS },
  { keys: 'DecodeRaw DecodePaddedRaw DecodeCSV', table: () => PARSING_KERNELS },
  { keys: 'ArgMax ArgMin', table: () => PLACE_KERNELS },
  { keys: 'MaxPool MaxPoolGrad MaxPoolGradGrad AvgPool AvgPoolGrad', table: () => POOL_KERNELS },
  { keys: 'MaxPool3D MaxPool3DGrad MaxPool3DGradGrad AvgPool3D AvgPool3DGrad', table: () => POOL3D_KERNELS },
  { keys: 'Erfinv Ndtri', table: () => QUANTILES_KERNELS },
  {
    keys: 'RandomUniform RandomStandardNormal TruncatedNormal RandomUniformInt RandomShuffle Multinomial',
    table: () => RANDOM_KERNELS,
  },
  {
    keys: 'LSTMBlockCell LSTMBlockCellGrad BlockLSTM BlockLSTMGrad BlockLSTMV2 BlockLSTMGradV2',
    table: () => RECURRENT_KERNELS,
  },
  { keys: 'GRUBlockCell GRUBlockCellGrad', table: () => RECURRENT_UNITS_KERNELS },
  { keys: 'Sum Mean Prod Max Min All Any', table: () => REDUCE_KERNELS },
  {
    keys: `ResizeBilinear ResizeBilinearGrad ResizeBicubic ResizeBicubicGrad ResizeNearestNeighbor
      ResizeNearestNeighborGrad`,
    table: () => RESIZE_KERNELS,
  },
  { keys: 'Cumsum Cumprod', table: () => RUNNING_KERNELS },
  {
    keys: 'ScatterNd ScatterNdNonAliasingAdd TensorScatterUpdate TensorScatterAdd TensorScatterSub',
    table: () => SCATTER_KERNELS,
  },
  { keys: 'LowerBound UpperBound', table: () => SEARCHSORTED_KERNELS },
  {
    keys: `UnsortedSegmentSum UnsortedSegmentProd UnsortedSegmentMax UnsortedSegmentMin Bincount SegmentSum
      SegmentMean SegmentProd SegmentMax SegmentMin`,
    table: () => SEGMENT_KERNELS,
  },
  {
    keys: `SparseSegmentSumGrad SparseSegmentMeanGrad SparseSegmentSqrtNGrad SparseSegmentSumGradV2
      SparseSegmentMeanGradV2 SparseSegmentSqrtNGradV2`,
    table: () => SEGMENT_GRAD_KERNELS,
  },
  { keys: 'Select SelectV2', table: () => SELECT_KERNELS },
  { keys: 'SerializeTensor ParseTensor', table: () => SERIALIZED_KERNELS },
  {
    keys: 'SetSize DenseToDenseSetOperation DenseToSparseSetOperation SparseToSparseSetOperation',
    table: () => SETS_KERNELS,
  },
  {
    keys: 'Shape ShapeN Size Rank Reshape ExpandDims Squeeze EnsureShape BroadcastTo BroadcastArgs InvertPermutation',
    table: () => SHAPE_KERNELS,
  },
  { keys: 'Slice StridedSlice StridedSliceGrad', table: () => SLICE_KERNELS },
  {
    keys: 'Softmax LogSoftmax SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits',
    table: () => SOFTMAX_KERNELS,
  },
  { keys: 'SparseToDense SparseReshape SparseConcat SparseTensorDenseAdd', table: () => SPARSE_KERNELS },
  { keys: 'SparseCross', table: () => SPARSE_CROSS_KERNELS },
  {
    keys: 'SparseTensorDenseMatMul SparseDenseCwiseAdd SparseDenseCwiseMul SparseDenseCwiseDiv',
    table: () => SPARSE_DENSE_KERNELS,
  },
  { keys: 'SparseFillEmptyRows SparseFillEmptyRowsGrad', table: () => SPARSE_FILL_KERNELS },
  { keys: 'SparseAdd SparseAddGrad SparseSparseMaximum SparseSparseMinimum', table: () => SPARSE_PAIRS_KERNELS },
  { keys: 'SparseReorder SparseSlice SparseSliceGrad SparseSplit', table: () => SPARSE_PARTS_KERNELS },
  {
    keys: 'SparseReduceSum SparseReduceSumSparse SparseReduceMax SparseReduceMaxSparse SparseSoftmax',
    table: () => SPARSE_REDUCE_KERNELS,
  },
  {
    keys: `SparseSegmentSum SparseSegmentSumWithNumSegments SparseSegmentMean SparseSegmentSqrtN
      SparseSegmentMeanWithNumSegments SparseSegmentSqrtNWithNumSegments`,
    table: () => SPARSE_SEGMENT_KERNELS,
  },
  { keys: 'Polygamma Zeta', table: () => SPECIAL_KERNELS },
  {
    keys: `StatelessRandomUniform StatelessRandomNormal StatelessTruncatedNormal StatelessRandomUniformInt
      StatelessMultinomial StatelessRandomGetKeyCounter StatelessRandomGetKeyCounterAlg
      StatelessRandomGetAlg StatelessRandomUniformV2 StatelessRandomNormalV2 StatelessTruncatedNormalV2
      StatelessRandomUniformFullIntV2 StatelessRandomUniformIntV2`,
    table: () => STATELESS_KERNELS,
  },
  { keys: 'StringToNumber StringSplit StringJoin', table: () => STRINGS_KERNELS },
  {
    keys: 'ScalarSummary HistogramSummary ImageSummary AudioSummaryV2 TensorSummary TensorSummaryV2 MergeSummary',
    table: () => SUMMARY_KERNELS,
  },
  { keys: 'AsString EncodeBase64 DecodeBase64', table: () => TEXT_FORMS_KERNELS },
  {
    keys: `StringLower StringUpper StringStrip StringLength Substr StringToHashBucket StringToHashBucketFast
      StringToHashBucketStrong ReduceJoin StringSplitV2`,
    table: () => TEXTS_KERNELS,
  },
  { keys: 'Tile', table: () => TILE_KERNELS },
  { keys: 'TopK TopKV2 NthElement InTopK InTopKV2', table: () => TOP_K_KERNELS },
  { keys: 'Transpose ConjugateTranspose ReverseV2 ReverseSequence Roll', table: () => TRANSPOSE_KERNELS },
  { keys: 'TridiagonalSolve', table: () => TRIDIAGONAL_KERNELS },
  {
    keys: `Neg Abs Sign Square Sqrt Rsqrt Reciprocal Inv Exp Expm1 Log Log1p Sigmoid Sin Cos Tan Asin Acos Atan
      Sinh Cosh Tanh Asinh Acosh Atanh Erf Erfc Lgamma Digamma Floor Ceil Rint Round IsNan IsInf IsFinite
      Conj`,
    table: () => UNARY_KERNELS,
  },
  { keys: 'Where Unique UniqueWithCounts', table: () => WHERE_KERNELS },
];

export const STATEFUL_TABLES: readonly LateTable<StatefulTable>[] = [
  {
    keys: `ConditionalAccumulator ResourceConditionalAccumulator SparseConditionalAccumulator
      AccumulatorNumAccumulated ResourceAccumulatorNumAccumulated AccumulatorSetGlobalStep
      ResourceAccumulatorSetGlobalStep AccumulatorApplyGradient ResourceAccumulatorApplyGradient
      AccumulatorTakeGradient ResourceAccumulatorTakeGradient SparseAccumulatorApplyGradient
      SparseAccumulatorTakeGradient`,
    table: () => ACCUMULATOR_KERNELS,
  },
  {
    keys: 'Barrier BarrierInsertMany BarrierTakeMany BarrierClose BarrierReadySize BarrierIncompleteSize',
    table: () => BARRIER_KERNELS,
  },
  { keys: 'SaveV2 SaveSlices Save RestoreV2 Restore RestoreSlice MergeV2Checkpoints', table: () => CHECKPOINT_KERNELS },
  {
    keys: `NoOp Switch RefSwitch Merge RefMerge Enter RefEnter Exit RefExit NextIteration RefNextIteration
      LoopCond ControlTrigger`,
    table: () => CONTROL_KERNELS,
  },
  {
    keys: `BatchDataset BatchDatasetV2 CacheDataset ParallelInterleaveDataset
      ExperimentalParallelInterleaveDataset ScanDataset ExperimentalScanDataset TakeWhileDataset
      ExperimentalTakeWhileDataset ConcatenateDataset DatasetToSingleElement FilterDataset
      FixedLengthRecordDataset FixedLengthRecordDatasetV2 FlatMapDataset InterleaveDataset
      MapAndBatchDataset MapDataset ModelDataset OptimizeDataset PaddedBatchDataset PaddedBatchDatasetV2
      ParallelInterleaveDatasetV2 ParallelMapDataset PrefetchDataset RangeDataset ReduceDataset
      RepeatDataset ShardDataset ShuffleAndRepeatDataset ShuffleDataset SkipDataset TakeDataset
      TFRecordDataset TensorDataset TensorSliceDataset TextLineDataset UnbatchDataset WindowDataset
      ZipDataset`,
    table: () => DATASET_KERNELS,
  },
  { keys: 'ReadFile WriteFile MatchingFiles', table: () => FILE_KERNELS },
  { keys: 'PyFunc PyFuncStateless', table: () => HOST_FUNCTION_KERNELS },
  {
    keys: `Identity IdentityN StopGradient PreventGradient Snapshot GuaranteeConst DebugGradientIdentity
      PlaceholderWithDefault`,
    table: () => PASSING_KERNELS,
  },
  {
    keys: `Iterator IteratorV2 OneShotIterator AnonymousIterator AnonymousIteratorV2 MakeIterator DeleteIterator
      IteratorGetNext IteratorGetNextSync IteratorGetNextAsOptional IteratorToStringHandle
      IteratorFromStringHandle IteratorFromStringHandleV2`,
    table: () => ITERATOR_KERNELS,
  },
  { keys: 'Print PrintV2 Assert', table: () => PRINTING_KERNELS },
  {
    keys: `HashTable HashTableV2 MutableHashTable MutableHashTableV2 MutableHashTableOfTensors
      MutableHashTableOfTensorsV2 MutableDenseHashTable MutableDenseHashTableV2 LookupTableFind
      LookupTableFindV2 LookupTableInsert LookupTableInsertV2 LookupTableRemoveV2 LookupTableSize
      LookupTableSizeV2 LookupTableExport LookupTableExportV2 LookupTableImport LookupTableImportV2
      InitializeTable InitializeTableV2 InitializeTableFromTextFile InitializeTableFromTextFileV2`,
    table: () => LOOKUP_KERNELS,
  },
  { keys: 'MutexV2 MutexLock ConsumeMutexLock', table: () => MUTEX_KERNELS },
  {
    keys: `FIFOQueue FIFOQueueV2 PaddingFIFOQueue PaddingFIFOQueueV2 RandomShuffleQueue RandomShuffleQueueV2
      PriorityQueue PriorityQueueV2 QueueEnqueue QueueEnqueueV2 QueueEnqueueMany QueueEnqueueManyV2
      QueueDequeue QueueDequeueV2 QueueDequeueMany QueueDequeueManyV2 QueueDequeueUpTo QueueDequeueUpToV2
      QueueClose QueueCloseV2 QueueSize QueueSizeV2 QueueIsClosed QueueIsClosedV2`,
    table: () => QUEUE_KERNELS,
  },
  {
    keys: `FixedLengthRecordReader FixedLengthRecordReaderV2 IdentityReader IdentityReaderV2 TFRecordReader
      TFRecordReaderV2 TextLineReader TextLineReaderV2 WholeFileReader WholeFileReaderV2 LMDBReader
      ReaderRead ReaderReadV2 ReaderReadUpTo ReaderReadUpToV2 ReaderNumRecordsProduced
      ReaderNumRecordsProducedV2 ReaderNumWorkUnitsCompleted ReaderNumWorkUnitsCompletedV2
      ReaderSerializeState ReaderSerializeStateV2 ReaderRestoreState ReaderRestoreStateV2 ReaderReset
      ReaderResetV2 FakeQueue`,
    table: () => READER_KERNELS,
  },
  { keys: 'GenerateVocabRemapping LoadAndRemapMatrix', table: () => REMAPPING_KERNELS },
  { keys: 'GetSessionHandle GetSessionTensor DeleteSessionTensor', table: () => SESSION_TENSOR_KERNELS },
  {
    keys: 'AddSparseToTensorsMap AddManySparseToTensorsMap TakeManySparseFromTensorsMap',
    table: () => SPARSE_MAP_KERNELS,
  },
  {
    keys: 'StackV2 StackPushV2 StackPopV2 StackCloseV2 Stack StackPush StackPop StackClose',
    table: () => STACKS_KERNELS,
  },
  {
    keys: `Stage Unstage StagePeek StageSize StageClear MapStage OrderedMapStage MapUnstage OrderedMapUnstage
      MapUnstageNoKey OrderedMapUnstageNoKey MapPeek OrderedMapPeek MapSize OrderedMapSize
      MapIncompleteSize OrderedMapIncompleteSize MapClear OrderedMapClear`,
    table: () => STAGING_KERNELS,
  },
  {
    keys: `VariableV2 Variable VarHandleOp Assign AssignVariableOp AssignAdd AssignAddVariableOp AssignSub
      AssignSubVariableOp CountUpTo ResourceCountUpTo IsVariableInitialized VarIsInitializedOp RefIdentity
      ReadVariableOp VariableShape DestroyResourceOp ResourceGather ResourceGatherNd ScatterUpdate
      ResourceScatterUpdate ScatterAdd ResourceScatterAdd ScatterSub ResourceScatterSub ScatterMul
      ResourceScatterMul ScatterDiv ResourceScatterDiv ScatterMin ResourceScatterMin ScatterMax
      ResourceScatterMax StridedSliceAssign ResourceStridedSliceAssign ScatterNdUpdate
      ResourceScatterNdUpdate ScatterNdAdd ResourceScatterNdAdd ScatterNdSub ResourceScatterNdSub`,
    table: () => STATE_KERNELS,
  },
  { keys: 'TemporaryVariable DestroyTemporaryVariable', table: () => TEMPORARY_KERNELS },
  {
    keys: `TensorArrayV3 TensorArrayGradV3 TensorArrayGradWithShape TensorArrayWriteV3 TensorArrayReadV3
      TensorArrayGatherV3 TensorArrayScatterV3 TensorArrayConcatV3 TensorArraySplitV3 TensorArraySizeV3
      TensorArrayCloseV3`,
    table: () => TENSOR_ARRAY_KERNELS,
  },
  {
    keys: `EmptyTensorList TensorListReserve TensorListPushBack TensorListPopBack TensorListGetItem
      TensorListSetItem TensorListStack TensorListFromTensor TensorListLength TensorListResize
      TensorListElementShape OptionalNone OptionalFromValue OptionalHasValue OptionalGetValue`,
    table: () => TENSOR_LIST_KERNELS,
  },
  {
    keys: `TensorListGather TensorListScatter TensorListScatterV2 TensorListScatterIntoExistingList
      TensorListSplit TensorListConcat TensorListConcatV2 TensorListConcatLists TensorListPushBackBatch`,
    table: () => TENSOR_LIST_ROW_KERNELS,
  },
  {
    keys: `ApplyGradientDescent ResourceApplyGradientDescent ApplyMomentum SparseApplyMomentum
      ResourceApplyMomentum ResourceSparseApplyMomentum ApplyAdam ResourceApplyAdam
      ResourceApplyAdamWithAmsgrad ResourceApplyKerasMomentum ResourceSparseApplyKerasMomentum ApplyAdaMax
      ResourceApplyAdaMax ApplyAddSign ResourceApplyAddSign ApplyPowerSign ResourceApplyPowerSign
      ApplyAdagrad SparseApplyAdagrad ResourceApplyAdagrad ResourceSparseApplyAdagrad ApplyAdagradV2
      SparseApplyAdagradV2 ResourceApplyAdagradV2 ResourceSparseApplyAdagradV2 ApplyRMSProp
      SparseApplyRMSProp ResourceApplyRMSProp ResourceSparseApplyRMSProp ApplyCenteredRMSProp
      SparseApplyCenteredRMSProp ResourceApplyCenteredRMSProp ResourceSparseApplyCenteredRMSProp
      ApplyAdadelta SparseApplyAdadelta ResourceApplyAdadelta ResourceSparseApplyAdadelta ApplyAdagradDA
      SparseApplyAdagradDA ResourceApplyAdagradDA ResourceSparseApplyAdagradDA ApplyFtrl SparseApplyFtrl
      ResourceApplyFtrl ResourceSparseApplyFtrl ApplyFtrlV2 SparseApplyFtrlV2 ResourceApplyFtrlV2
      ResourceSparseApplyFtrlV2 ApplyProximalGradientDescent SparseApplyProximalGradientDescent
      ResourceApplyProximalGradientDescent ResourceSparseApplyProximalGradientDescent ApplyProximalAdagrad
      SparseApplyProximalAdagrad ResourceApplyProximalAdagrad ResourceSparseApplyProximalAdagrad`,
    table: () => TRAINING_KERNELS,
  },
];

export const VARIANT_TABLES: readonly LateTable<VariantTable>[] = [
  { keys: 'AddN ZerosLike Pack Unpack Gather GatherV2', table: () => VARIANT_KERNELS },
];
