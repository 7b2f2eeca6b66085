/** `tensorflow.python.framework.device`. @module */
export { DeviceSpec } from '../graph/device-spec';
