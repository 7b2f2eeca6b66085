/** Values that come from a server, as a run gives them; what it is told of a session. */
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import * as M from '../format/master';
import type { SettledConfig } from '../session/config';

/** As a run gives it: scalars plain. */
export function valueOf(array: NDArray): Scalar | NDArray {
  return array.shape.length === 0 && !array.dtype.isComplex ? array.item() : array;
}
/** What a server is told of a session's configuration. */
export function configMessage(config: SettledConfig): ReturnType<typeof M.CONFIG.make> {
  return M.CONFIG.make({
    isolateSessionState: config.isolateSessionState ?? false,
    deviceFilters: config.deviceFilters?.map(String) ?? [],
    allowSoftPlacement: config.allowSoftPlacement ?? false,
    logDevicePlacement: config.logDevicePlacement ?? false,
  });
}
