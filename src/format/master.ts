/**
 * The messages of TensorFlow's MasterService: tensorflow/core/protobuf/master.proto of 1.15 and what it names. Graphs,
 * tensors and what a run took stay bytes here: they have readers of their own.
 */
import { CONFIG, RUN_OPTIONS } from './config-messages';
import { inner, inners, many, maybe, one } from './field';
import { Message, type MessageOf } from './message';
import { type Parts, inside } from './parts';

export { CONFIG, RUN_OPTIONS };

export const NAMED_TENSOR = new Message('NamedTensorProto', { name: one('string', 1), tensor: one('bytes', 2) });

/** Named tensors as the field of a message that has them, whose tensors are parts. */
export function namedTensors(field: number, names: readonly string[], tensors: readonly Parts[]): Parts {
  return names.flatMap((name, i) => inside(field, [NAMED_TENSOR.write({ name }), ...inside(2, tensors[i])]));
}

export const CALLABLE_OPTIONS = new Message('CallableOptions', {
  feed: many('string', 1),
  fetch: many('string', 2),
  target: many('string', 3),
  runOptions: inner(() => RUN_OPTIONS, 4),
  /** TensorConnections, as their bytes. */
  tensorConnection: many('bytes', 5),
});

// --- device_attributes.proto -------------------------------------------------------------------------------------

export const DEVICE_ATTRIBUTES = new Message('DeviceAttributes', {
  name: one('string', 1),
  deviceType: one('string', 2),
  memoryLimit: one('int64', 4),
  incarnation: one('fixed64', 6),
  physicalDeviceDesc: one('string', 7),
});

// --- master.proto ------------------------------------------------------------------------------------------------

export const CREATE_SESSION = {
  request: new Message('CreateSessionRequest', {
    graphDef: one('bytes', 1),
    config: inner(() => CONFIG, 2),
    target: one('string', 3),
  }),
  response: new Message('CreateSessionResponse', { sessionHandle: one('string', 1), graphVersion: one('int64', 2) }),
};
export const EXTEND_SESSION = {
  request: new Message('ExtendSessionRequest', {
    sessionHandle: one('string', 1),
    graphDef: one('bytes', 2),
    currentGraphVersion: one('int64', 3),
  }),
  response: new Message('ExtendSessionResponse', { newGraphVersion: one('int64', 4) }),
};
export const RUN_STEP = {
  request: new Message('RunStepRequest', {
    sessionHandle: one('string', 1),
    feed: inners(() => NAMED_TENSOR, 2),
    fetch: many('string', 3),
    target: many('string', 4),
    options: inner(() => RUN_OPTIONS, 5),
    partialRunHandle: one('string', 6),
    storeErrorsInResponseBody: one('bool', 7),
    requestId: one('long', 8),
  }),
  response: new Message('RunStepResponse', {
    tensor: inners(() => NAMED_TENSOR, 1),
    metadata: one('bytes', 2),
    statusCode: one('int32', 3),
    statusErrorMessage: one('string', 4),
  }),
};
export const PARTIAL_RUN_SETUP = {
  request: new Message('PartialRunSetupRequest', {
    sessionHandle: one('string', 1),
    feed: many('string', 2),
    fetch: many('string', 3),
    target: many('string', 4),
    requestId: one('long', 5),
  }),
  response: new Message('PartialRunSetupResponse', { partialRunHandle: one('string', 1) }),
};
export const CLOSE_SESSION = {
  request: new Message('CloseSessionRequest', { sessionHandle: one('string', 1) }),
  response: new Message('CloseSessionResponse', {}),
};
export const RESET = {
  request: new Message('ResetRequest', { container: many('string', 1), deviceFilters: many('string', 2) }),
  response: new Message('ResetResponse', {}),
};
export const LIST_DEVICES = {
  request: new Message('ListDevicesRequest', { sessionHandle: maybe('string', 1) }),
  response: new Message('ListDevicesResponse', {
    localDevice: inners(() => DEVICE_ATTRIBUTES, 1),
    remoteDevice: inners(() => DEVICE_ATTRIBUTES, 2),
  }),
};
export const MAKE_CALLABLE = {
  request: new Message('MakeCallableRequest', {
    sessionHandle: one('string', 1),
    options: inner(() => CALLABLE_OPTIONS, 2),
    requestId: one('long', 3),
  }),
  response: new Message('MakeCallableResponse', { handle: one('int64', 1) }),
};
export const RUN_CALLABLE = {
  request: new Message('RunCallableRequest', {
    sessionHandle: one('string', 1),
    handle: one('int64', 2),
    feed: many('bytes', 3),
    requestId: one('long', 4),
  }),
  response: new Message('RunCallableResponse', { fetch: many('bytes', 1), metadata: one('bytes', 2) }),
};
export const RELEASE_CALLABLE = {
  request: new Message('ReleaseCallableRequest', { sessionHandle: one('string', 1), handle: one('int64', 2) }),
  response: new Message('ReleaseCallableResponse', {}),
};

export type Request<M extends { readonly request: { read(bytes: Uint8Array): unknown } }> = ReturnType<
  M['request']['read']
>;
export type RunOptionsMessage = MessageOf<typeof RUN_OPTIONS.fields>;
export type DeviceMessage = MessageOf<typeof DEVICE_ATTRIBUTES.fields>;
