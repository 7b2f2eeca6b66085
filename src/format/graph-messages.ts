/** The messages that graphs consist of, for their text: tensorflow/core/framework/*.proto of 1.15 and 2.21. */
import { type Fields, inner, inners, many, mapOf, maybe, maybeWord, one, word, words } from './field';
import { FULL_TYPE } from './full-type';
import { Message } from './message';
import { DATA_TYPE, META_GRAPH_DEF, META_INFO_DEF, TENSOR_SHAPE, VERSION_DEF } from './messages';

/** Messages that stand in each other, and are only read and written as text: their types say no more. */
const plain =
  (message: () => object): (() => Message) =>
  () =>
    message() as Message;

function asMessage(message: object): Message {
  return message as Message;
}

// --- resource_handle.proto, tensor.proto ------------------------------------------------------------------------

export const DTYPE_AND_SHAPE = new Message('ResourceHandleProto.DtypeAndShape', {
  dtype: word(DATA_TYPE, 1),
  shape: inner(() => TENSOR_SHAPE, 2),
});
export const RESOURCE_HANDLE = new Message('ResourceHandleProto', {
  device: one('string', 1),
  container: one('string', 2),
  name: one('string', 3),
  hashCode: one('ulong', 4),
  maybeTypeName: one('string', 5),
  dtypesAndShapes: inners(() => DTYPE_AND_SHAPE, 6),
});
export const VARIANT: Message = asMessage(
  new Message('VariantTensorDataProto', {
    typeName: one('string', 1),
    metadata: one('bytes', 2),
    tensors: inners(
      plain(() => TENSOR_PROTO),
      3,
    ),
  }),
);
export const TENSOR_PROTO = new Message('TensorProto', {
  dtype: word(DATA_TYPE, 1),
  tensorShape: inner(() => TENSOR_SHAPE, 2),
  versionNumber: one('int32', 3),
  tensorContent: one('bytes', 4),
  floatVal: many('float', 5),
  doubleVal: many('double', 6),
  intVal: many('int32', 7),
  stringVal: many('bytes', 8),
  scomplexVal: many('float', 9),
  int64Val: many('long', 10),
  boolVal: many('bool', 11),
  dcomplexVal: many('double', 12),
  halfVal: many('int32', 13),
  resourceHandleVal: inners(() => RESOURCE_HANDLE, 14),
  variantVal: inners(
    plain(() => VARIANT),
    15,
  ),
  uint32Val: many('uint32', 16),
  uint64Val: many('ulong', 17),
} satisfies Fields);

// --- attr_value.proto, node_def.proto ---------------------------------------------------------------------------

const attrValue = plain(() => ATTR_VALUE);
export const NAME_ATTR_LIST = new Message('NameAttrList', { name: one('string', 1), attr: mapOf(attrValue, 2) });
export const ATTR_LIST = new Message('AttrValue.ListValue', {
  s: many('bytes', 2),
  i: many('long', 3),
  f: many('float', 4),
  b: many('bool', 5),
  type: words(DATA_TYPE, 6),
  shape: inners(() => TENSOR_SHAPE, 7),
  tensor: inners(
    plain(() => TENSOR_PROTO),
    8,
  ),
  func: inners(
    plain(() => NAME_ATTR_LIST),
    9,
  ),
});
export const ATTR_VALUE = new Message('AttrValue', {
  list: inner(
    plain(() => ATTR_LIST),
    1,
  ),
  s: maybe('bytes', 2),
  i: maybe('long', 3),
  f: maybe('float', 4),
  b: maybe('bool', 5),
  type: maybeWord(DATA_TYPE, 6),
  shape: inner(() => TENSOR_SHAPE, 7),
  tensor: inner(
    plain(() => TENSOR_PROTO),
    8,
  ),
  placeholder: maybe('string', 9),
  func: inner(
    plain(() => NAME_ATTR_LIST),
    10,
  ),
});
export const DEBUG_INFO = new Message('NodeDef.ExperimentalDebugInfo', {
  originalNodeNames: many('string', 1),
  originalFuncNames: many('string', 2),
});
export const NODE_DEF = new Message('NodeDef', {
  name: one('string', 1),
  op: one('string', 2),
  input: many('string', 3),
  device: one('string', 4),
  attr: mapOf(attrValue, 5),
  experimentalDebugInfo: inner(() => DEBUG_INFO, 6),
  experimentalType: inner(() => FULL_TYPE, 7),
});

// --- op_def.proto, function.proto, graph.proto ------------------------------------------------------------------

export const ARG_DEF = new Message('OpDef.ArgDef', {
  name: one('string', 1),
  description: one('string', 2),
  type: word(DATA_TYPE, 3),
  typeAttr: one('string', 4),
  numberAttr: one('string', 5),
  typeListAttr: one('string', 6),
  handleData: inners(() => DTYPE_AND_SHAPE, 7),
  isRef: one('bool', 16),
  experimentalFullType: inner(() => FULL_TYPE, 17),
});
export const ATTR_DEF = new Message('OpDef.AttrDef', {
  name: one('string', 1),
  type: one('string', 2),
  defaultValue: inner(attrValue, 3),
  description: one('string', 4),
  hasMinimum: one('bool', 5),
  minimum: one('long', 6),
  allowedValues: inner(attrValue, 7),
});
export const DEPRECATION = new Message('OpDeprecation', { version: one('int32', 1), explanation: one('string', 2) });
export const OP_DEF = new Message('OpDef', {
  name: one('string', 1),
  inputArg: inners(() => ARG_DEF, 2),
  outputArg: inners(() => ARG_DEF, 3),
  attr: inners(
    plain(() => ATTR_DEF),
    4,
  ),
  summary: one('string', 5),
  description: one('string', 6),
  deprecation: inner(() => DEPRECATION, 8),
  isAggregate: one('bool', 16),
  isStateful: one('bool', 17),
  isCommutative: one('bool', 18),
  allowsUninitializedInput: one('bool', 19),
  controlOutput: many('string', 20),
  isDistributedCommunication: one('bool', 21),
});
export const OP_LIST = new Message('OpList', {
  op: inners(
    plain(() => OP_DEF),
    1,
  ),
});
export const TEXT_ENTRY = new Message('Entry', { key: maybe('string', 1), value: maybe('string', 2) });
const ARG_ATTRS = new Message('FunctionDef.ArgAttrs', { attr: mapOf(attrValue, 1) });
const ARG_ATTR_ENTRY = new Message('Entry', { key: maybe('uint32', 1), value: inner(() => ARG_ATTRS, 2) });
const ID_ENTRY = new Message('Entry', { key: maybe('uint32', 1), value: maybe('uint32', 2) });
export const FUNCTION_DEF = new Message('FunctionDef', {
  signature: inner(
    plain(() => OP_DEF),
    1,
  ),
  nodeDef: inners(
    plain(() => NODE_DEF),
    3,
  ),
  // Maps of texts print as messages with a key and a value.
  ret: inners(() => TEXT_ENTRY, 4),
  attr: mapOf(attrValue, 5),
  controlRet: inners(() => TEXT_ENTRY, 6),
  argAttr: inners(() => ARG_ATTR_ENTRY, 7),
  resourceArgUniqueId: inners(() => ID_ENTRY, 8),
});
export const GRADIENT_DEF = new Message('GradientDef', {
  functionName: one('string', 1),
  gradientFunc: one('string', 2),
});
const REGISTERED_GRADIENT = new Message('RegisteredGradient', {
  gradientFunc: one('string', 1),
  registeredOpType: one('string', 2),
});
export const LIBRARY = new Message('FunctionDefLibrary', {
  function: inners(
    plain(() => FUNCTION_DEF),
    1,
  ),
  gradient: inners(() => GRADIENT_DEF, 2),
  registeredGradients: inners(() => REGISTERED_GRADIENT, 3),
});
export const GRAPH_DEF = new Message('GraphDef', {
  node: inners(
    plain(() => NODE_DEF),
    1,
  ),
  library: inner(
    plain(() => LIBRARY),
    2,
  ),
  version: one('int32', 3),
  versions: inner(() => VERSION_DEF, 4),
});

const META_INFO_TEXT = new Message('MetaGraphDef.MetaInfoDef', {
  ...META_INFO_DEF.fields,
  strippedOpList: inner(
    plain(() => OP_LIST),
    2,
  ),
});
/** The same meta graph, with what its table for bytes leaves to others. */
export const META_GRAPH_TEXT = new Message('MetaGraphDef', {
  ...META_GRAPH_DEF.fields,
  metaInfoDef: inner(() => META_INFO_TEXT, 1),
  graphDef: inner(
    plain(() => GRAPH_DEF),
    2,
  ),
});
export const SAVED_MODEL_TEXT = new Message('SavedModel', {
  savedModelSchemaVersion: one('int64', 1),
  metaGraphs: inners(
    plain(() => META_GRAPH_TEXT),
    2,
  ),
});
