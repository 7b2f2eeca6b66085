/** Every table of rows, for registerOps. Written by `npm run op-table` from the files beside it. */
import type { LateTable } from '../base/late';
import type { Rows } from '../graph/opdef';
import { ACCUMULATORS } from './accumulators';
import { ACTIVATION } from './activation';
import { ADD_N } from './add-n';
import { ARG } from './arg';
import { BARRIERS } from './barriers';
import { BATCH_NORM } from './batch-norm';
import { BATCHES } from './batches';
import { BEAMS } from './beams';
import { BESSEL } from './bessel';
import { BIAS } from './bias';
import { BITWISE } from './bitwise';
import { BLOCKS } from './blocks';
import { BROADCAST } from './broadcast';
import { CANDIDATES } from './candidates';
import { CAST } from './cast';
import { CHECKPOINT } from './checkpoint';
import { CLIP } from './clip';
import { COMPARE } from './compare';
import { COMPLEX } from './complex';
import { CONCAT } from './concat';
import { CONSTANTS } from './constants';
import { CONTROL } from './control';
import { CONV } from './conv';
import { CONV3D } from './conv3d';
import { COUNTS } from './counts';
import { CROSS_ENTROPY } from './cross-entropy';
import { CTC } from './ctc';
import { DATA_FLOW } from './data-flow';
import { DATASETS } from './datasets';
import { DECOMPOSITIONS } from './decompositions';
import { DEPTHWISE } from './depthwise';
import { DERIVATIVES } from './derivatives';
import { DIAGONALS } from './diagonals';
import { DIVISION } from './division';
import { ELEMENTWISE } from './elementwise';
import { FILES } from './files';
import { FILL } from './fill';
import { FUNCTIONAL } from './functional';
import { FUSED } from './fused';
import { GAMMA } from './gamma';
import { GATHER } from './gather';
import { HOST_FUNCTION } from './host-function';
import { IDENTITY } from './identity';
import { INCOMPLETE } from './incomplete';
import { INPLACE } from './inplace';
import { ITERATORS } from './iterators';
import { LOGGING } from './logging';
import { LOOKUP } from './lookup';
import { LOSS } from './loss';
import { LRN } from './lrn';
import { MATMUL } from './matmul';
import { MATRIX } from './matrix';
import { MUTEX } from './mutex';
import { NUMERICS } from './numerics';
import { ONE_HOT } from './one-hot';
import { PAD } from './pad';
import { PARSING } from './parsing';
import { POOL } from './pool';
import { POOL3D } from './pool3d';
import { QUANTILES } from './quantiles';
import { QUEUES } from './queues';
import { RANDOM } from './random';
import { RANGE } from './range';
import { READERS } from './readers';
import { RECURRENT } from './recurrent';
import { REDUCE } from './reduce';
import { REMAPPING } from './remapping';
import { RESHAPE } from './reshape';
import { RESIZE_OPS } from './resize';
import { RESOURCE } from './resource';
import { RUNNING } from './running';
import { SCATTER } from './scatter';
import { SEARCHSORTED } from './searchsorted';
import { SEGMENT } from './segment';
import { SEGMENT_GRADS } from './segment-grads';
import { SELECT } from './select';
import { SERIALIZED } from './serialized';
import { SESSION_TENSOR } from './session-tensor';
import { SETS } from './sets';
import { SHAPE } from './shape';
import { SLICE } from './slice';
import { SOFTMAX } from './softmax';
import { SPARSE } from './sparse';
import { SPARSE_CROSS } from './sparse-cross';
import { SPARSE_DENSE } from './sparse-dense';
import { SPARSE_MAPS } from './sparse-maps';
import { SPARSE_PAIRS } from './sparse-pairs';
import { SPARSE_PARTS } from './sparse-parts';
import { SPARSE_REDUCE } from './sparse-reduce';
import { SPARSE_SEGMENT } from './sparse-segment';
import { SPECIAL } from './special';
import { SPLIT } from './split';
import { STACK } from './stack';
import { STACKS } from './stacks';
import { STAGING } from './staging';
import { STATE } from './state';
import { STATELESS } from './stateless';
import { STRIDED_SLICE } from './strided-slice';
import { STRINGS } from './strings';
import { SUMMARY } from './summary';
import { TENSOR_ARRAY } from './tensor-array';
import { TENSOR_LIST } from './tensor-list';
import { TEXTS } from './texts';
import { TILE } from './tile';
import { TOP_K } from './top-k';
import { TRAINING } from './training';
import { TRANSPOSE } from './transpose';
import { TRIDIAGONAL } from './tridiagonal';
import { UNARY } from './unary';
import { WHERE } from './where';

export const OP_TABLES: readonly LateTable<Rows>[] = [
  {
    keys: `ConditionalAccumulator ResourceConditionalAccumulator AccumulatorNumAccumulated
      ResourceAccumulatorNumAccumulated AccumulatorSetGlobalStep ResourceAccumulatorSetGlobalStep
      AccumulatorApplyGradient ResourceAccumulatorApplyGradient AccumulatorTakeGradient
      ResourceAccumulatorTakeGradient SparseConditionalAccumulator SparseAccumulatorApplyGradient
      SparseAccumulatorTakeGradient`,
    table: () => ACCUMULATORS,
  },
  {
    keys: `Relu ReluGrad Relu6 Relu6Grad LeakyRelu LeakyReluGrad Elu EluGrad Selu SeluGrad Softplus SoftplusGrad
      Softsign SoftsignGrad`,
    table: () => ACTIVATION,
  },
  { keys: 'AddN AccumulateNV2', table: () => ADD_N },
  { keys: 'ArgMax ArgMin', table: () => ARG },
  {
    keys: 'Barrier BarrierInsertMany BarrierTakeMany BarrierClose BarrierReadySize BarrierIncompleteSize',
    table: () => BARRIERS,
  },
  {
    keys: `FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 FusedBatchNormGrad FusedBatchNormGradV2
      FusedBatchNormGradV3`,
    table: () => BATCH_NORM,
  },
  { keys: 'SpaceToBatchND BatchToSpaceND SpaceToBatch BatchToSpace', table: () => BATCHES },
  { keys: 'GatherTree', table: () => BEAMS },
  { keys: 'BesselI0e BesselI1e', table: () => BESSEL },
  { keys: 'BiasAdd BiasAddGrad BiasAddV1', table: () => BIAS },
  { keys: 'BitwiseAnd BitwiseOr BitwiseXor LeftShift RightShift Invert CompareAndBitpack', table: () => BITWISE },
  { keys: 'SpaceToDepth DepthToSpace', table: () => BLOCKS },
  { keys: 'BroadcastTo BroadcastArgs BroadcastGradientArgs', table: () => BROADCAST },
  {
    keys: `UniformCandidateSampler LogUniformCandidateSampler LearnedUnigramCandidateSampler
      FixedUnigramCandidateSampler AllCandidateSampler ComputeAccidentalHits`,
    table: () => CANDIDATES,
  },
  { keys: 'Cast Bitcast', table: () => CAST },
  {
    keys: 'SaveV2 SaveSlices Save RestoreV2 Restore RestoreSlice MergeV2Checkpoints ShardedFilename ShardedFilespec',
    table: () => CHECKPOINT,
  },
  { keys: 'ClipByValue', table: () => CLIP },
  {
    keys: 'Less LessEqual Greater GreaterEqual Equal NotEqual ApproximateEqual LogicalAnd LogicalOr LogicalNot',
    table: () => COMPARE,
  },
  { keys: 'Complex Real Imag Angle ComplexAbs', table: () => COMPLEX },
  { keys: 'ConcatV2 Concat ConcatOffset', table: () => CONCAT },
  { keys: 'Const Placeholder', table: () => CONSTANTS },
  {
    keys: `NoOp Switch RefSwitch Merge RefMerge Enter RefEnter Exit RefExit NextIteration RefNextIteration
      ControlTrigger LoopCond`,
    table: () => CONTROL,
  },
  { keys: 'Conv2D Conv2DBackpropInput Conv2DBackpropFilter', table: () => CONV },
  { keys: 'Conv3D Conv3DBackpropInputV2 Conv3DBackpropFilterV2', table: () => CONV3D },
  { keys: 'DenseBincount SparseBincount RaggedBincount', table: () => COUNTS },
  { keys: 'SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits', table: () => CROSS_ENTROPY },
  { keys: 'CTCLoss CTCGreedyDecoder CTCBeamSearchDecoder EditDistance', table: () => CTC },
  { keys: 'DynamicStitch ParallelDynamicStitch DynamicPartition ListDiff', table: () => DATA_FLOW },
  {
    keys: `BatchDataset BatchDatasetV2 CacheDataset ConcatenateDataset DatasetToSingleElement
      ExperimentalParallelInterleaveDataset ExperimentalScanDataset ExperimentalTakeWhileDataset
      FilterDataset FixedLengthRecordDataset FixedLengthRecordDatasetV2 FlatMapDataset InterleaveDataset
      MapAndBatchDataset MapDataset ModelDataset OptimizeDataset PaddedBatchDataset PaddedBatchDatasetV2
      ParallelInterleaveDataset ParallelInterleaveDatasetV2 ParallelMapDataset PrefetchDataset RangeDataset
      ReduceDataset RepeatDataset ScanDataset ShardDataset ShuffleAndRepeatDataset ShuffleDataset
      SkipDataset TakeDataset TakeWhileDataset TFRecordDataset TensorDataset TensorSliceDataset
      TextLineDataset UnbatchDataset WindowDataset ZipDataset`,
    table: () => DATASETS,
  },
  {
    keys: 'MatrixInverse MatrixDeterminant LogMatrixDeterminant MatrixSolve MatrixTriangularSolve Cholesky Qr',
    table: () => DECOMPOSITIONS,
  },
  {
    keys: 'DepthwiseConv2dNative DepthwiseConv2dNativeBackpropInput DepthwiseConv2dNativeBackpropFilter',
    table: () => DEPTHWISE,
  },
  { keys: 'TanhGrad SigmoidGrad SqrtGrad RsqrtGrad ReciprocalGrad InvGrad', table: () => DERIVATIVES },
  { keys: 'MatrixDiagV3 MatrixDiagPartV3 MatrixSetDiagV3', table: () => DIAGONALS },
  { keys: 'Div RealDiv FloorDiv TruncateDiv DivNoNan Mod FloorMod TruncateMod', table: () => DIVISION },
  {
    keys: 'Add AddV2 Sub Mul MulNoNan Pow Maximum Minimum SquaredDifference Xdivy Xlogy Xlog1py Atan2',
    table: () => ELEMENTWISE,
  },
  { keys: 'ReadFile WriteFile MatchingFiles', table: () => FILES },
  { keys: 'Fill', table: () => FILL },
  {
    keys: `PartitionedCall StatefulPartitionedCall RemoteCall If StatelessIf Case StatelessCase For
      SymbolicGradient While StatelessWhile`,
    table: () => FUNCTIONAL,
  },
  { keys: '_FusedMatMul _FusedConv2D', table: () => FUSED },
  { keys: 'RandomGamma RandomGammaGrad RandomPoissonV2', table: () => GAMMA },
  { keys: 'GatherV2 Gather GatherNd', table: () => GATHER },
  { keys: 'PyFunc PyFuncStateless', table: () => HOST_FUNCTION },
  {
    keys: `Identity IdentityN StopGradient Snapshot GuaranteeConst DebugGradientIdentity PreventGradient
      PlaceholderWithDefault ZerosLike OnesLike`,
    table: () => IDENTITY,
  },
  { keys: 'Igamma Igammac IgammaGradA Betainc', table: () => INCOMPLETE },
  { keys: 'InplaceUpdate InplaceAdd InplaceSub DeepCopy Empty', table: () => INPLACE },
  {
    keys: `Iterator IteratorV2 OneShotIterator AnonymousIterator AnonymousIteratorV2 MakeIterator DeleteIterator
      IteratorGetNext IteratorGetNextSync IteratorGetNextAsOptional IteratorToStringHandle
      IteratorFromStringHandle IteratorFromStringHandleV2`,
    table: () => ITERATORS,
  },
  { keys: 'Print PrintV2 Assert StringFormat', table: () => LOGGING },
  {
    keys: `HashTable HashTableV2 MutableHashTable MutableHashTableV2 MutableHashTableOfTensors
      MutableHashTableOfTensorsV2 MutableDenseHashTable MutableDenseHashTableV2 LookupTableFind
      LookupTableFindV2 LookupTableInsert LookupTableInsertV2 LookupTableRemoveV2 LookupTableSize
      LookupTableSizeV2 LookupTableExport LookupTableExportV2 LookupTableImport LookupTableImportV2
      InitializeTable InitializeTableV2 InitializeTableFromTextFile InitializeTableFromTextFileV2`,
    table: () => LOOKUP,
  },
  { keys: 'L2Loss', table: () => LOSS },
  { keys: 'LRN LRNGrad', table: () => LRN },
  { keys: 'MatMul BatchMatMul BatchMatMulV2', table: () => MATMUL },
  { keys: 'MatrixDiag MatrixDiagPart MatrixSetDiag MatrixBandPart Diag DiagPart Cross', table: () => MATRIX },
  { keys: 'MutexV2 MutexLock ConsumeMutexLock', table: () => MUTEX },
  { keys: 'CheckNumerics', table: () => NUMERICS },
  { keys: 'OneHot', table: () => ONE_HOT },
  { keys: 'Pad PadV2 MirrorPad MirrorPadGrad', table: () => PAD },
  {
    keys: `DecodeRaw DecodePaddedRaw DecodeCSV ParseExample ParseExampleV2 ParseSingleExample
      ParseSingleSequenceExample`,
    table: () => PARSING,
  },
  { keys: 'MaxPool MaxPoolGrad MaxPoolGradGrad AvgPool AvgPoolGrad', table: () => POOL },
  { keys: 'MaxPool3D MaxPool3DGrad MaxPool3DGradGrad AvgPool3D AvgPool3DGrad', table: () => POOL3D },
  { keys: 'Erfinv Ndtri', table: () => QUANTILES },
  {
    keys: `FIFOQueue FIFOQueueV2 PaddingFIFOQueue PaddingFIFOQueueV2 PriorityQueue PriorityQueueV2
      RandomShuffleQueue RandomShuffleQueueV2 QueueEnqueue QueueEnqueueV2 QueueEnqueueMany
      QueueEnqueueManyV2 QueueDequeue QueueDequeueV2 QueueDequeueMany QueueDequeueManyV2 QueueDequeueUpTo
      QueueDequeueUpToV2 QueueClose QueueCloseV2 QueueIsClosed QueueIsClosedV2 QueueSize QueueSizeV2`,
    table: () => QUEUES,
  },
  {
    keys: 'RandomStandardNormal RandomUniform TruncatedNormal RandomUniformInt RandomShuffle Multinomial',
    table: () => RANDOM,
  },
  { keys: 'Range LinSpace', table: () => RANGE },
  {
    keys: `FixedLengthRecordReader FixedLengthRecordReaderV2 IdentityReader IdentityReaderV2 LMDBReader
      TFRecordReader TFRecordReaderV2 TextLineReader TextLineReaderV2 WholeFileReader WholeFileReaderV2
      ReaderRead ReaderReadV2 ReaderReadUpTo ReaderReadUpToV2 ReaderNumRecordsProduced
      ReaderNumRecordsProducedV2 ReaderNumWorkUnitsCompleted ReaderNumWorkUnitsCompletedV2
      ReaderSerializeState ReaderSerializeStateV2 ReaderRestoreState ReaderRestoreStateV2 ReaderReset
      ReaderResetV2 FakeQueue`,
    table: () => READERS,
  },
  {
    keys: `GRUBlockCell GRUBlockCellGrad LSTMBlockCell LSTMBlockCellGrad BlockLSTM BlockLSTMV2 BlockLSTMGrad
      BlockLSTMGradV2`,
    table: () => RECURRENT,
  },
  { keys: 'Sum Mean Prod Max Min All Any EuclideanNorm', table: () => REDUCE },
  { keys: 'GenerateVocabRemapping LoadAndRemapMatrix', table: () => REMAPPING },
  { keys: 'Reshape ExpandDims Squeeze EnsureShape', table: () => RESHAPE },
  {
    keys: `ResizeBilinear ResizeBilinearGrad ResizeBicubic ResizeBicubicGrad ResizeNearestNeighbor
      ResizeNearestNeighborGrad`,
    table: () => RESIZE_OPS,
  },
  {
    keys: `VarHandleOp ReadVariableOp AssignVariableOp AssignAddVariableOp AssignSubVariableOp
      VarIsInitializedOp VariableShape DestroyResourceOp ResourceCountUpTo ResourceGather ResourceGatherNd
      ResourceStridedSliceAssign ResourceScatterUpdate ResourceScatterAdd ResourceScatterSub
      ResourceScatterMul ResourceScatterDiv ResourceScatterMin ResourceScatterMax ResourceScatterNdUpdate
      ResourceScatterNdAdd ResourceScatterNdSub`,
    table: () => RESOURCE,
  },
  { keys: 'Cumsum Cumprod', table: () => RUNNING },
  {
    keys: 'ScatterNd ScatterNdNonAliasingAdd TensorScatterUpdate TensorScatterAdd TensorScatterSub',
    table: () => SCATTER,
  },
  { keys: 'LowerBound UpperBound', table: () => SEARCHSORTED },
  {
    keys: `UnsortedSegmentSum UnsortedSegmentProd UnsortedSegmentMax UnsortedSegmentMin SegmentSum SegmentMean
      SegmentProd SegmentMax SegmentMin Bincount`,
    table: () => SEGMENT,
  },
  {
    keys: `SparseSegmentSumGrad SparseSegmentMeanGrad SparseSegmentSqrtNGrad SparseSegmentSumGradV2
      SparseSegmentMeanGradV2 SparseSegmentSqrtNGradV2`,
    table: () => SEGMENT_GRADS,
  },
  { keys: 'Select SelectV2', table: () => SELECT },
  { keys: 'SerializeTensor ParseTensor', table: () => SERIALIZED },
  { keys: 'GetSessionHandle GetSessionTensor DeleteSessionTensor', table: () => SESSION_TENSOR },
  { keys: 'SetSize DenseToDenseSetOperation DenseToSparseSetOperation SparseToSparseSetOperation', table: () => SETS },
  { keys: 'Shape ShapeN Size Rank InvertPermutation', table: () => SHAPE },
  { keys: 'Slice', table: () => SLICE },
  { keys: 'Softmax LogSoftmax', table: () => SOFTMAX },
  { keys: 'SparseReshape SparseConcat SparseTensorDenseAdd SparseToDense', table: () => SPARSE },
  { keys: 'SparseCross', table: () => SPARSE_CROSS },
  {
    keys: 'SparseTensorDenseMatMul SparseDenseCwiseAdd SparseDenseCwiseMul SparseDenseCwiseDiv',
    table: () => SPARSE_DENSE,
  },
  { keys: 'AddSparseToTensorsMap AddManySparseToTensorsMap TakeManySparseFromTensorsMap', table: () => SPARSE_MAPS },
  { keys: 'SparseAdd SparseAddGrad SparseSparseMaximum SparseSparseMinimum', table: () => SPARSE_PAIRS },
  {
    keys: 'SparseReorder SparseSlice SparseSliceGrad SparseSplit SparseFillEmptyRows SparseFillEmptyRowsGrad',
    table: () => SPARSE_PARTS,
  },
  {
    keys: 'SparseReduceSum SparseReduceSumSparse SparseReduceMax SparseReduceMaxSparse SparseSoftmax',
    table: () => SPARSE_REDUCE,
  },
  {
    keys: `SparseSegmentSum SparseSegmentMean SparseSegmentSqrtN SparseSegmentSumWithNumSegments
      SparseSegmentMeanWithNumSegments SparseSegmentSqrtNWithNumSegments`,
    table: () => SPARSE_SEGMENT,
  },
  { keys: 'Polygamma Zeta', table: () => SPECIAL },
  { keys: 'Split SplitV', table: () => SPLIT },
  { keys: 'Pack ParallelConcat Unpack', table: () => STACK },
  { keys: 'StackV2 StackPushV2 StackPopV2 StackCloseV2 Stack StackPush StackPop StackClose', table: () => STACKS },
  {
    keys: `Stage Unstage StagePeek StageSize StageClear MapStage MapUnstage MapUnstageNoKey MapPeek MapSize
      MapIncompleteSize MapClear OrderedMapStage OrderedMapUnstage OrderedMapUnstageNoKey OrderedMapPeek
      OrderedMapSize OrderedMapIncompleteSize OrderedMapClear`,
    table: () => STAGING,
  },
  {
    keys: `VariableV2 Variable TemporaryVariable DestroyTemporaryVariable IsVariableInitialized Assign AssignAdd
      AssignSub RefIdentity CountUpTo StridedSliceAssign ScatterUpdate ScatterAdd ScatterSub ScatterMul
      ScatterDiv ScatterMin ScatterMax ScatterNdUpdate ScatterNdAdd ScatterNdSub`,
    table: () => STATE,
  },
  {
    keys: `StatelessRandomUniform StatelessRandomNormal StatelessTruncatedNormal StatelessRandomUniformInt
      StatelessMultinomial StatelessRandomGetKeyCounter StatelessRandomGetKeyCounterAlg
      StatelessRandomGetAlg StatelessRandomUniformV2 StatelessRandomNormalV2 StatelessTruncatedNormalV2
      StatelessRandomUniformFullIntV2 StatelessRandomUniformIntV2`,
    table: () => STATELESS,
  },
  { keys: 'StridedSlice StridedSliceGrad', table: () => STRIDED_SLICE },
  { keys: 'StringToNumber StringSplit StringJoin', table: () => STRINGS },
  {
    keys: 'ScalarSummary HistogramSummary ImageSummary AudioSummaryV2 TensorSummary TensorSummaryV2 MergeSummary',
    table: () => SUMMARY,
  },
  {
    keys: `TensorArrayV3 TensorArrayGradV3 TensorArrayGradWithShape TensorArrayWriteV3 TensorArrayReadV3
      TensorArrayGatherV3 TensorArrayScatterV3 TensorArrayConcatV3 TensorArraySplitV3 TensorArraySizeV3
      TensorArrayCloseV3`,
    table: () => TENSOR_ARRAY,
  },
  {
    keys: `EmptyTensorList TensorListReserve TensorListPushBack TensorListPopBack TensorListGetItem
      TensorListSetItem TensorListStack TensorListFromTensor TensorListLength TensorListResize
      TensorListElementShape TensorListGather TensorListScatter TensorListScatterV2
      TensorListScatterIntoExistingList TensorListSplit TensorListConcat TensorListConcatV2
      TensorListConcatLists TensorListPushBackBatch OptionalNone OptionalFromValue OptionalHasValue
      OptionalGetValue`,
    table: () => TENSOR_LIST,
  },
  {
    keys: `StringLower StringUpper StringStrip StringLength Substr StringToHashBucket StringToHashBucketFast
      StringToHashBucketStrong ReduceJoin StringSplitV2 AsString EncodeBase64 DecodeBase64`,
    table: () => TEXTS,
  },
  { keys: 'Tile', table: () => TILE },
  { keys: 'TopK TopKV2 NthElement InTopK InTopKV2', table: () => TOP_K },
  {
    keys: `ApplyGradientDescent ResourceApplyGradientDescent ApplyMomentum ResourceApplyMomentum
      SparseApplyMomentum ResourceSparseApplyMomentum ApplyAdam ResourceApplyAdam
      ResourceApplyKerasMomentum ResourceSparseApplyKerasMomentum ApplyAdaMax ResourceApplyAdaMax
      ApplyAddSign ResourceApplyAddSign ApplyPowerSign ResourceApplyPowerSign ResourceApplyAdamWithAmsgrad
      ApplyAdagradV2 ResourceApplyAdagradV2 SparseApplyAdagradV2 ResourceSparseApplyAdagradV2 ApplyAdagrad
      ResourceApplyAdagrad SparseApplyAdagrad ResourceSparseApplyAdagrad ApplyRMSProp ResourceApplyRMSProp
      SparseApplyRMSProp ResourceSparseApplyRMSProp ApplyCenteredRMSProp ResourceApplyCenteredRMSProp
      SparseApplyCenteredRMSProp ResourceSparseApplyCenteredRMSProp ApplyAdadelta ResourceApplyAdadelta
      SparseApplyAdadelta ResourceSparseApplyAdadelta ApplyAdagradDA ResourceApplyAdagradDA
      SparseApplyAdagradDA ResourceSparseApplyAdagradDA ApplyFtrl ResourceApplyFtrl SparseApplyFtrl
      ResourceSparseApplyFtrl ApplyFtrlV2 ResourceApplyFtrlV2 SparseApplyFtrlV2 ResourceSparseApplyFtrlV2
      ApplyProximalGradientDescent ResourceApplyProximalGradientDescent SparseApplyProximalGradientDescent
      ResourceSparseApplyProximalGradientDescent ApplyProximalAdagrad ResourceApplyProximalAdagrad
      SparseApplyProximalAdagrad ResourceSparseApplyProximalAdagrad`,
    table: () => TRAINING,
  },
  { keys: 'Transpose ConjugateTranspose ReverseV2 ReverseSequence Roll', table: () => TRANSPOSE },
  { keys: 'TridiagonalSolve', table: () => TRIDIAGONAL },
  {
    keys: `Neg Abs Sign Square Sqrt Rsqrt Reciprocal Inv Exp Expm1 Log Log1p Sigmoid Sin Cos Tan Asin Acos Atan
      Sinh Cosh Tanh Asinh Acosh Atanh Erf Erfc Lgamma Digamma Floor Ceil Rint Round IsNan IsInf IsFinite
      Conj`,
    table: () => UNARY,
  },
  { keys: 'Where Unique UniqueWithCounts', table: () => WHERE },
];
