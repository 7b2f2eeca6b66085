/** Computations on several machines: which there are, and what runs where. */
export { type ClusterDef, type ClusterLike, ClusterSpec, type JobDef, type TaskAddresses } from './cluster-spec';
export {
  type ParameterServerStrategy,
  type ReplicaDeviceOptions,
  replicaDeviceSetter,
} from './replica-device-setter';
export type { ServerDef } from './server-def';
