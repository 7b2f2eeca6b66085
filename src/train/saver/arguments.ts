/** What a saver takes, in Python's order, and what is refused before anything is written. */
import { memberOf } from '../../base/thrown';
import { TypeError_ } from '../../base/errors';
import { isMap, checkText } from '../../base/border';
import { preview } from '../../base/preview';
import { constructorOf, isPlain, signature } from '../../calls/bind';
import type { Convertible } from '../../graph/constant';
import type { Operation, Tensor } from '../../graph/graph';
import type { Feeds, Runner as Computes } from '../../graph/runner';
import type { Variable } from '../../variables/variable';
import type { NodeOptions, SaverDef } from './nodes';
import type { VarList } from './saveables';

/** Makes the nodes of a saver in a way of its own. */
export interface SaverBuilder {
  /** Adds them to the default graph. */
  build(varList: VarList, options: NodeOptions): SaverDef;
}
export type Taken = [
  varList?: VarList,
  reshape?: boolean,
  sharded?: boolean,
  maxToKeep?: number,
  keepCheckpointEveryNHours?: number,
  name?: string,
  restoreSequentially?: boolean,
  saverDef?: SaverDef,
  builder?: SaverBuilder,
  deferBuild?: boolean,
  allowEmpty?: boolean,
  writeVersion?: number,
  padStepNumber?: boolean,
  saveRelativePaths?: boolean,
  filename?: string,
];
export const SAVER = constructorOf<Taken>('train.Saver');
export type Saved = [
  sess: Runner,
  savePath: string,
  globalStep?: number | bigint | Tensor | Variable | string,
  latestFilename?: string,
  metaGraphSuffix?: string,
  writeMetaGraph?: boolean,
  writeState?: boolean,
  stripDefaultAttrs?: boolean,
  saveDebugInfo?: null,
];
export const SAVE = signature<Saved>('train.Saver.save');
export const RESTORE = signature<[sess: Runner, savePath: string]>('train.Saver.restore');

/** A session: what a saver asks of one. */
export interface Runner extends Computes {
  run(fetch: Tensor | Operation | Convertible | string, feeds?: Feeds | null): unknown;
}
/** A checkpoint and when it was written, in seconds since 1970. */
export type CheckpointTime = readonly [path: string, time: number];
export const TO_PROTO = signature<[exportScope?: string]>('train.Saver.to_proto');
export const FROM_PROTO = signature<[saverDef: SaverDef, importScope?: string]>('train.Saver.from_proto');
export const SET_LAST = signature<[lastCheckpoints: readonly string[]]>('train.Saver.set_last_checkpoints');
export const SET_LAST_WITH_TIME = signature<[readonly CheckpointTime[]]>('train.Saver.set_last_checkpoints_with_time');
export const RECOVER = signature<[checkpointPaths: readonly string[]]>('train.Saver.recover_last_checkpoints');
export type Exported = [
  filename?: string,
  collectionList?: readonly string[],
  asText?: boolean,
  exportScope?: string,
  clearDevices?: boolean,
  clearExtraneousSavers?: boolean,
  stripDefaultAttrs?: boolean,
  saveDebugInfo?: null,
];
export const EXPORT = signature<Exported>('train.Saver.export_meta_graph');

/** One of settings that are all left out. */
export function isEmptyObject(x: unknown): boolean {
  return isPlain(x) && !Object.keys(x).length;
}
/** Whether a setting is null, which is Python's None, and not just left out. */
export function isNullIn(x: unknown, key: string): boolean {
  return memberOf(x, key) === null;
}
/** How many things there are to save. */
export function sizeOf(varList: VarList): number {
  if (Array.isArray(varList)) return varList.length;
  if (isMap(varList)) return varList.size;
  return typeof varList === 'object' && varList !== null && Object.getPrototypeOf(varList) === Object.prototype
    ? Object.keys(varList).length
    : 1;
}
/** @throws TypeError  for what is no path */
export function checkPath(path: unknown): asserts path is string {
  checkText(path, 'save_path');
  if (path.includes('\0')) throw new TypeError_(`embedded null byte in the path ${preview(path)}`);
}
/** Methods of a saver that have a net, and their signatures. */
export const NETTED = {
  toProto: 'train.Saver.to_proto',
  setLastCheckpoints: 'train.Saver.set_last_checkpoints',
  setLastCheckpointsWithTime: 'train.Saver.set_last_checkpoints_with_time',
  recoverLastCheckpoints: 'train.Saver.recover_last_checkpoints',
  exportMetaGraph: 'train.Saver.export_meta_graph',
} as const;
