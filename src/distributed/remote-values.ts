/** What comes from a server, as a run gives it: values, and what it took; what it is told of a session. */
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { RUN_METADATA } from '../format/run-messages';
import * as M from '../format/master';
import type { Graph } from '../graph/graph';
import type { SettledConfig } from '../session/config';
import type { StepStats } from '../session/metadata';
import { stepStatsFrom } from '../session/run-metadata';

/** As a run gives it: scalars plain. */
export function valueOf(array: NDArray): Scalar | NDArray {
  return array.shape.length === 0 && !array.dtype.isComplex ? array.item() : array;
}
export function statsOf(metadata: Uint8Array, graph: Graph, device: string): StepStats | null {
  if (!metadata.length) return null;
  const { stepStats } = RUN_METADATA.read(metadata);
  return stepStats && stepStatsFrom(stepStats, graph, device);
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
