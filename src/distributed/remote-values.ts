/** What comes from a server, as a run gives it: values, and what it took; what it is told of a session. */
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { RUN_METADATA } from '../format/event-messages';
import * as M from '../format/master';
import type { Graph } from '../graph/graph';
import type { SettledConfig } from '../session/config';
import type { StepStats } from '../session/metadata';

/** As a run gives it: scalars plain. */
export function valueOf(array: NDArray): Scalar | NDArray {
  return array.shape.length === 0 && !array.dtype.isComplex ? array.item() : array;
}
export function statsOf(metadata: Uint8Array, graph: Graph, device: string): StepStats | null {
  const { stepStats } = RUN_METADATA.read(metadata);
  const nodes = (stepStats?.devStats ?? []).flatMap(({ nodeStats }) =>
    nodeStats.map((node) => {
      const op = graph.findOperation(node.nodeName);
      return {
        nodeName: node.nodeName,
        op: op?.type ?? '',
        where: 'device' as const,
        startMicros: node.allStartMicros,
        micros: node.allEndRelMicros,
        inputs: op?.inputs.map((t) => t.name) ?? [],
        outputs: [],
        line: op?.trace.line ?? null,
        loops: [],
      };
    }),
  );
  if (!nodes.length) return null;
  const startMicros = Math.min(...nodes.map((node) => node.startMicros));
  const micros = Math.max(...nodes.map((node) => node.startMicros + node.micros)) - startMicros;
  return { device, nodes, startMicros, micros };
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
