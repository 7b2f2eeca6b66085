/** TensorFlow's messages about saved things: the numbers of their fields, from the .proto files of 1.15. */
import { inner, inners, many, mapOf, maybe, one, word, words } from './field';
import { Message, type MessageOf } from './message';

const TYPES =
  'INVALID FLOAT DOUBLE INT32 UINT8 INT16 INT8 STRING COMPLEX64 INT64 BOOL QINT8 QUINT8 QINT32 BFLOAT16 QINT16 ' +
  'QUINT16 UINT16 COMPLEX128 HALF RESOURCE VARIANT UINT32 UINT64';
/** tensorflow/core/framework/types.proto: `DT_FLOAT`, and `DT_FLOAT_REF` a hundred above it. */
export const DATA_TYPE: Readonly<Record<string, number>> = Object.fromEntries(
  TYPES.split(' ').flatMap((name, i) => [[`DT_${name}`, i], ...(i ? [[`DT_${name}_REF`, 100 + i]] : [])]),
);
/** tensorflow/core/framework/versions.proto */
export const VERSION_DEF = new Message('VersionDef', {
  producer: one('int32', 1),
  minConsumer: one('int32', 2),
  badConsumers: many('int32', 3),
});

/** tensorflow/core/lib/core/error_codes.proto */
const CODE = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;
/** tensorflow/core/protobuf/queue_runner.proto */
export const QUEUE_RUNNER_DEF = new Message('QueueRunnerDef', {
  queueName: one('string', 1),
  enqueueOpName: many('string', 2),
  closeOpName: one('string', 3),
  cancelOpName: one('string', 4),
  queueClosedExceptionTypes: words(CODE, 5),
});

/** tensorflow/core/framework/reader_base.proto */
export const READER_BASE_STATE = new Message('ReaderBaseState', {
  workStarted: one('int64', 1),
  workFinished: one('int64', 2),
  numRecordsProduced: one('int64', 3),
  currentWork: one('string', 4),
});

// --- tensorflow/core/protobuf/saver.proto, tensorflow/python/training/checkpoint_state.proto -------------------

export const CHECKPOINT_FORMAT = { LEGACY: 0, V1: 1, V2: 2 } as const;
export const SAVER_DEF = new Message('SaverDef', {
  filenameTensorName: one('string', 1),
  saveTensorName: one('string', 2),
  restoreOpName: one('string', 3),
  maxToKeep: one('int32', 4),
  sharded: one('bool', 5),
  keepCheckpointEveryNHours: one('float', 6),
  version: word(CHECKPOINT_FORMAT, 7),
});
/** The names of a saver's nodes: TensorFlow's SaverDef. */
export type SaverMessage = MessageOf<typeof SAVER_DEF.fields>;
export const CHECKPOINT_STATE = new Message('CheckpointState', {
  modelCheckpointPath: one('string', 1),
  allModelCheckpointPaths: many('string', 2),
  allModelCheckpointTimestamps: many('double', 3),
  lastPreservedTimestamp: one('double', 4),
});
export type CheckpointStateMessage = MessageOf<typeof CHECKPOINT_STATE.fields>;

// --- tensorflow/core/framework/{tensor_shape,tensor_slice}.proto ------------------------------------------------

export const SHAPE_DIM = new Message('TensorShapeProto.Dim', {
  /** How many there are; -1 where that is not known. */
  size: one('int64', 1),
  /** What it is called, if anything. */
  name: one('string', 2),
});
export const TENSOR_SHAPE = new Message('TensorShapeProto', {
  /** The dimensions. */
  dim: inners(() => SHAPE_DIM, 2),
  /** Whether not even their number is known. */
  unknownRank: one('bool', 3),
});
/** `length` is missing where the slice takes the whole dimension. */
export const SLICE_EXTENT = new Message('TensorSliceProto.Extent', {
  start: one('int64', 1),
  length: maybe('int64', 2),
});
export const TENSOR_SLICE = new Message('TensorSliceProto', { extent: inners(() => SLICE_EXTENT, 1) });

// --- tensorflow/core/protobuf/tensor_bundle.proto ---------------------------------------------------------------

export const ENDIANNESS = { LITTLE: 0, BIG: 1 } as const;
export const BUNDLE_HEADER = new Message('BundleHeaderProto', {
  numShards: one('int32', 1),
  endianness: word(ENDIANNESS, 2),
  version: inner(() => VERSION_DEF, 3),
});
export const BUNDLE_ENTRY = new Message('BundleEntryProto', {
  /** A number of types.proto. */
  dtype: word(DATA_TYPE, 1),
  shape: inner(() => TENSOR_SHAPE, 2),
  shardId: one('int32', 3),
  offset: one('int64', 4),
  size: one('int64', 5),
  /** Masked, of the entry's bytes. */
  crc32c: one('fixed32', 6),
  /** The parts that a partitioned tensor was saved in: each has an entry of its own. */
  slices: inners(() => TENSOR_SLICE, 7),
});
export type BundleEntry = MessageOf<typeof BUNDLE_ENTRY.fields>;

// --- tensorflow/core/util/saved_tensor_slice.proto --------------------------------------------------------------

export const SAVED_SLICE_META = new Message('SavedSliceMeta', {
  name: one('string', 1),
  shape: inner(() => TENSOR_SHAPE, 2),
  type: word(DATA_TYPE, 3),
  slice: inners(() => TENSOR_SLICE, 4),
});
export const SAVED_TENSOR_SLICE_META = new Message('SavedTensorSliceMeta', {
  tensor: inners(() => SAVED_SLICE_META, 1),
  versions: inner(() => VERSION_DEF, 2),
});
/** `data` is a TensorProto, which tensor-proto.ts reads. */
export const SAVED_SLICE = new Message('SavedSlice', {
  name: one('string', 1),
  slice: inner(() => TENSOR_SLICE, 2),
  data: maybe('bytes', 3),
});
export const SAVED_TENSOR_SLICES = new Message('SavedTensorSlices', {
  meta: inner(() => SAVED_TENSOR_SLICE_META, 1),
  data: inner(() => SAVED_SLICE, 2),
});

// --- tensorflow/core/framework/variable.proto -------------------------------------------------------------------

export const SAVE_SLICE_INFO_DEF = new Message('SaveSliceInfoDef', {
  fullName: one('string', 1),
  fullShape: many('int64', 2),
  varOffset: many('int64', 3),
  varShape: many('int64', 4),
});
export const VARIABLE_DEF = new Message('VariableDef', {
  variableName: one('string', 1),
  initializerName: one('string', 2),
  snapshotName: one('string', 3),
  saveSliceInfoDef: inner(() => SAVE_SLICE_INFO_DEF, 4),
  isResource: one('bool', 5),
  initialValueName: one('string', 6),
  trainable: one('bool', 7),
  synchronization: word(
    {
      VARIABLE_SYNCHRONIZATION_AUTO: 0,
      VARIABLE_SYNCHRONIZATION_NONE: 1,
      VARIABLE_SYNCHRONIZATION_ON_WRITE: 2,
      VARIABLE_SYNCHRONIZATION_ON_READ: 3,
    },
    8,
  ),
  aggregation: word(
    {
      VARIABLE_AGGREGATION_NONE: 0,
      VARIABLE_AGGREGATION_SUM: 1,
      VARIABLE_AGGREGATION_MEAN: 2,
      VARIABLE_AGGREGATION_ONLY_FIRST_REPLICA: 3,
    },
    9,
  ),
});

// --- tensorflow/core/protobuf/meta_graph.proto ------------------------------------------------------------------

export const ANY = new Message('Any', { typeUrl: one('string', 1), value: one('bytes', 2) });
export const TENSOR_INFO_COO = new Message('TensorInfo.CooSparse', {
  valuesTensorName: one('string', 1),
  indicesTensorName: one('string', 2),
  denseShapeTensorName: one('string', 3),
});
export const TENSOR_INFO = new Message('TensorInfo', {
  name: maybe('string', 1),
  dtype: word(DATA_TYPE, 2),
  tensorShape: inner(() => TENSOR_SHAPE, 3),
  cooSparse: inner(() => TENSOR_INFO_COO, 4),
});
export const SIGNATURE_DEF = new Message('SignatureDef', {
  inputs: mapOf(() => TENSOR_INFO, 1),
  outputs: mapOf(() => TENSOR_INFO, 2),
  methodName: one('string', 3),
});
export const ASSET_FILE_DEF = new Message('AssetFileDef', {
  tensorInfo: inner(() => TENSOR_INFO, 1),
  filename: one('string', 2),
});
/** What may be asked of a graph: tensors by name. */
export type SignatureMessage = MessageOf<typeof SIGNATURE_DEF.fields>;
/** A file that belongs to a graph. */
export type AssetFileMessage = MessageOf<typeof ASSET_FILE_DEF.fields>;
export const NODE_LIST = new Message('CollectionDef.NodeList', { value: many('string', 1) });
export const BYTES_LIST = new Message('CollectionDef.BytesList', { value: many('bytes', 1) });
export const INT64_LIST = new Message('CollectionDef.Int64List', { value: many('long', 1) });
export const FLOAT_LIST = new Message('CollectionDef.FloatList', { value: many('float', 1) });
export const ANY_LIST = new Message('CollectionDef.AnyList', { value: inners(() => ANY, 1) });
export const COLLECTION_DEF = new Message('CollectionDef', {
  nodeList: inner(() => NODE_LIST, 1),
  bytesList: inner(() => BYTES_LIST, 2),
  int64List: inner(() => INT64_LIST, 3),
  floatList: inner(() => FLOAT_LIST, 4),
  anyList: inner(() => ANY_LIST, 5),
});
/** A collection: TensorFlow's CollectionDef. */
export type CollectionMessage = MessageOf<typeof COLLECTION_DEF.fields>;
/** The ops of the list are OpDefs, and the graph is a GraphDef: graphdef.ts and function-def.ts read them. */
export const META_INFO_DEF = new Message('MetaGraphDef.MetaInfoDef', {
  metaGraphVersion: one('string', 1),
  strippedOpList: maybe('bytes', 2),
  anyInfo: inner(() => ANY, 3),
  tags: many('string', 4),
  tensorflowVersion: one('string', 5),
  tensorflowGitVersion: one('string', 6),
  strippedDefaultAttrs: one('bool', 7),
});
export const META_GRAPH_DEF = new Message('MetaGraphDef', {
  metaInfoDef: inner(() => META_INFO_DEF, 1),
  graphDef: maybe('bytes', 2),
  saverDef: inner(() => SAVER_DEF, 3),
  collectionDef: mapOf(() => COLLECTION_DEF, 4),
  signatureDef: mapOf(() => SIGNATURE_DEF, 5),
  assetFileDef: inners(() => ASSET_FILE_DEF, 6),
});

// --- tensorflow/core/protobuf/saved_model.proto -----------------------------------------------------------------

/** The meta graphs are MetaGraphDefs. */
export const SAVED_MODEL = new Message('SavedModel', {
  savedModelSchemaVersion: one('int64', 1),
  metaGraphs: many('bytes', 2),
});
