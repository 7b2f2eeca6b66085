/**
 * `tensorflow.python.client.device_lib`.
 *
 * @module
 */
import { bound } from '../calls/bind';
import type { SessionConfig } from '../session/config';
import { type DeviceAttributes, localDevice } from '../session/device-attributes';

/**
 * The devices of this process.
 *
 *     tf.python.client.deviceLib.listLocalDevices().map(({ deviceType }) => deviceType)   // ['CPU']
 *
 * @param sessionConfig  has no effect: there is one device, whatever a session is told
 * @returns  a list of one: a CPU, whose name is that of `sess.listDevices()`
 * @throws TypeError  for arguments that it does not take
 */
export const listLocalDevices = bound(
  'python.client.device_lib.list_local_devices',
  (_sessionConfig: SessionConfig | null = null): DeviceAttributes[] => [localDevice()],
);
