/** Values that come from a server, as a run gives them; what it is told of a session. */
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { GRAPH_OPTIONS } from '../format/config-messages';
import * as M from '../format/master';
import type { MessageOf } from '../format/message';
import { fromPlain } from '../format/plain';
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
    graphOptions: graphOptionsMessage(config.givenGraphOptions ?? {}),
  });
}
/** How a server may rewrite the graph; what is said to sessions of this process alone is none of it. */
function graphOptionsMessage(given: object): MessageOf<typeof GRAPH_OPTIONS.fields> | null {
  const own = Object.entries(given).filter(([key]) => Object.hasOwn(GRAPH_OPTIONS.fields, key));
  return own.length ? GRAPH_OPTIONS.make(fromPlain(GRAPH_OPTIONS, Object.fromEntries(own))) : null;
}
