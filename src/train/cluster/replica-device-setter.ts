/** On which task of a cluster nodes are asked for: variables on parameter servers, the rest on a worker. */
import { TypeError_ } from '../../base/errors';
import { preview } from '../../base/preview';
import { warn } from '../../base/platform';
import { boundOptions } from '../../calls/bind';
import { type DeviceFunction, DeviceSpec, type PlacedNode } from '../../graph/device-spec';
import { type ClusterLike, ClusterSpec } from './cluster-spec';

/** Chooses the task of a parameter server for a node. */
export type ParameterServerStrategy = (op: PlacedNode) => number;
/** What `tf.train.replicaDeviceSetter` takes. */
export interface ReplicaDeviceOptions {
  /** The device of variables; '/job:ps' where not given. */
  readonly psDevice?: string | null;
  /** The device of everything else; '/job:worker' where not given. */
  readonly workerDevice?: string | null;
  /** Whether what inner blocks leave open is filled; true where not given. */
  readonly mergeDevices?: boolean | null;
  /** The cluster, which says how many parameter servers there are. */
  readonly cluster?: ClusterLike | null;
  /** The op types that go to parameter servers: variables, tables and their kin where not given. */
  readonly psOps?: readonly string[] | null;
  /** Which parameter server takes a node: one after the other where not given. */
  readonly psStrategy?: ParameterServerStrategy | null;
}
/** What keeps state, in TensorFlow's list. */
const STATEFUL = [
  'Variable',
  'VariableV2',
  'AutoReloadVariable',
  'MutableHashTable',
  'MutableHashTableV2',
  'MutableHashTableOfTensors',
  'MutableHashTableOfTensorsV2',
  'MutableDenseHashTable',
  'MutableDenseHashTableV2',
  'VarHandleOp',
  'BoostedTreesEnsembleResourceHandleOp',
  'BoostedTreesQuantileStreamResourceHandleOp',
  'ResourceConditionalAccumulator',
];

/**
 * What `tf.device` takes so that variables go to the parameter servers of a cluster, and all else to the workers.
 *
 *     const cluster = { ps: ['ps0:2222', 'ps1:2222'], worker: ['worker0:2222'] };
 *     tf.device(tf.train.replicaDeviceSetter({ cluster }), () => {
 *       const a = new tf.Variable(1);
 *       const b = new tf.Variable(2);
 *       return [a.op.device, b.op.device, a.add(b).op.device];
 *     })   // ['/job:ps/task:0', '/job:ps/task:1', '/job:worker']
 *
 * @param psTasks       how many parameter servers there are; 0 where not given
 * @param psDevice      the device of variables; '/job:ps' where not given
 * @param workerDevice  the device of everything else; '/job:worker' where not given
 * @param mergeDevices  whether what inner blocks leave open is filled; true where not given
 * @param cluster       says how many parameter servers there are
 * @param psOps         the op types that go there: variables, tables and their kin where not given
 * @param psStrategy    which of them takes a node: one after the other where not given
 * @returns  a function for `tf.device`; null, which asks for nothing, where there are no parameter servers
 * @throws TypeError  for a cluster or a strategy that is none
 */
export const replicaDeviceSetter = boundOptions(
  'train.replica_device_setter',
  1,
  function replicaDeviceSetter(psTasks: number | null = 0, options: ReplicaDeviceOptions = {}): DeviceFunction | null {
    const { psDevice = '/job:ps', workerDevice = '/job:worker', mergeDevices = true, psOps, psStrategy } = options;
    const servers = serversOf(psTasks ?? 0, options.cluster, psDevice ?? '');
    if (!servers) return null;
    if (!mergeDevices) warn('DEPRECATION: It is recommended to set merge_devices=true in replica_device_setter');
    let next = 0;
    const strategy = psStrategy ?? (() => next++ % servers);
    if (typeof strategy !== 'function')
      throw new TypeError_(`ps_strategy must be callable\n  it is ${preview(strategy)}.`);
    const onServers = new Set(psOps ?? STATEFUL);
    return (op: PlacedNode | undefined) => {
      if (typeof op?.device !== 'string')
        throw new TypeError_(
          'What replica_device_setter() gives takes an operation.' +
            '\n  fix: tf.device(setter, () => …), which calls it for each operation that is made inside.',
        );
      if (!mergeDevices && op.device) return op.device;
      const inside = DeviceSpec.fromString(op.device);
      if (!psDevice || !onServers.has(op.type)) return DeviceSpec.fromString(workerDevice ?? '').makeMergedSpec(inside);
      let server = DeviceSpec.fromString(psDevice);
      if (server.job && (!inside.job || inside.job === server.job)) server = server.replace({ task: strategy(op) });
      return server.makeMergedSpec(inside);
    };
  },
);
function serversOf(psTasks: number, cluster: ClusterLike | null | undefined, psDevice: string): number {
  if (cluster === null || cluster === undefined) return psTasks;
  const spec = new ClusterSpec(cluster);
  const { job } = DeviceSpec.fromString(psDevice);
  return job !== null && spec.jobs.includes(job) ? spec.numTasks(job) : 0;
}
