/** Branches and loops of a meta graph: the fields of tensorflow/core/protobuf/control_flow.proto. */
import { inner, inners, many, one } from './field';
import { Message, type MessageOf } from './message';

export const VALUE_ENTRY = new Message('ExternalValuesEntry', { key: one('string', 1), value: one('string', 2) });
export const VALUES_DEF = new Message('ValuesDef', {
  values: many('string', 1),
  /** A map: what is read inside in the place of what lies outside. */
  externalValues: inners(() => VALUE_ENTRY, 2),
});
/** Contexts inside are ControlFlowContextDefs, as bytes: messages in messages of their own kind. */
export const COND_CONTEXT_DEF = new Message('CondContextDef', {
  contextName: one('string', 1),
  predName: one('string', 2),
  pivotName: one('string', 3),
  branch: one('int32', 4),
  valuesDef: inner(() => VALUES_DEF, 5),
  nestedContexts: many('bytes', 6),
});
export const WHILE_CONTEXT_DEF = new Message('WhileContextDef', {
  contextName: one('string', 1),
  parallelIterations: one('int32', 2),
  backProp: one('bool', 3),
  swapMemory: one('bool', 4),
  pivotName: one('string', 5),
  pivotForPredName: one('string', 6),
  pivotForBodyName: one('string', 7),
  loopExitNames: many('string', 8),
  valuesDef: inner(() => VALUES_DEF, 9),
  loopEnterNames: many('string', 10),
  maximumIterationsName: one('string', 11),
  nestedContexts: many('bytes', 12),
});
export const CONTROL_FLOW_CONTEXT_DEF = new Message('ControlFlowContextDef', {
  condCtxt: inner(() => COND_CONTEXT_DEF, 1),
  whileCtxt: inner(() => WHILE_CONTEXT_DEF, 2),
});
export type ValuesMessage = MessageOf<typeof VALUES_DEF.fields>;
export type CondMessage = MessageOf<typeof COND_CONTEXT_DEF.fields>;
export type WhileMessage = MessageOf<typeof WHILE_CONTEXT_DEF.fields>;
