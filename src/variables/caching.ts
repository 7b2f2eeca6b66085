/** Where what is read of a variable is kept. */
import { isCallable } from '../base/border';
import { TypeError_ } from '../base/errors';
import { functionName } from '../base/preview';
import type { Graph } from '../graph/graph';

/** A device string, or what makes one of the device that the node has already (as `(op) => op.device`). */
export type CachingDevice = string | ((op: { readonly device: string }) => string);

/** Runs `body`; the node that it makes is on that device. */
export function readOn<R>(graph: Graph, device: CachingDevice, body: () => R): R {
  if (typeof device === 'function' && !isCallable(device))
    throw new TypeError_(
      `caching_device is a device or a function of an operation, not the class ${functionName(device)}.`,
    );
  const name = isCallable(device) ? device({ device: '' }) : device;
  return name || typeof device === 'string' ? graph.device(name, body) : body();
}
