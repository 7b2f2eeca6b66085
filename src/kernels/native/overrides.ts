/** The short list of ops that the addon cannot run as they stand. Training ops, which change variables, are in update.ts. */
import type { DeviceKernel, KernelNode } from '../kernel';
import type { NativeDevice } from './call';

export const overrides: Readonly<Record<string, (device: NativeDevice, node: KernelNode) => DeviceKernel>> = {};
