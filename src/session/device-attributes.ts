/** What devices are, as sessions tell of them. */
import { LOCAL_DEVICE } from '../graph/device-spec';

/** A device, as `sess.listDevices()` tells of it. */
export interface DeviceAttributes {
  /** `/job:localhost/replica:0/task:0/device:CPU:0` */
  readonly name: string;
  /** `CPU` or `GPU` */
  readonly deviceType: string;
  /** What TensorFlow says of its memory, in bytes: of a CPU nothing that limits it. */
  readonly memoryLimitBytes: number;
  /** Another one each time that its process starts. */
  readonly incarnation: bigint;
  /** In TensorFlow's form: `_DeviceAttributes(name, type, memory, incarnation)`. */
  toString(): string;
}
export function deviceAttributes(
  name: string,
  deviceType: string,
  memoryLimitBytes: number,
  incarnation: bigint,
): DeviceAttributes {
  const toString = (): string => `_DeviceAttributes(${[name, deviceType, memoryLimitBytes, incarnation].join(', ')})`;
  return { name, deviceType, memoryLimitBytes, incarnation, toString };
}
/** What TensorFlow says of its own CPU. */
export const CPU_MEMORY = 256 * 2 ** 20;
const INCARNATION = crypto.getRandomValues(new BigUint64Array(1))[0];
/** The one device of this process, whatever its kernels. */
export function localDevice(): DeviceAttributes {
  return deviceAttributes(LOCAL_DEVICE, 'CPU', CPU_MEMORY, INCARNATION);
}
