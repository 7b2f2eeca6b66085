/** What a run took as TensorFlow's message, which TensorBoard draws into the graph. */
import { asDtype } from '../base/dtype';
import { RUN_METADATA } from '../format/event-messages';
import { LOCAL_DEVICE } from '../graph/device-spec';
import type { NodeStats, RunMetadata, StepStats } from '../session/metadata';

/** Bytes of a RunMetadata message. */
export function runMetadataBytes({ stepStats }: RunMetadata): Uint8Array {
  return RUN_METADATA.write({ stepStats: stepStats && messageOf(stepStats) });
}
function messageOf({ nodes }: StepStats) {
  const started = Date.now() * 1000;
  const first = nodes[0]?.startMicros ?? 0;
  const nodeStats = nodes.map((node) => statsOf(node, started + node.startMicros - first));
  return { devStats: [{ device: LOCAL_DEVICE, nodeStats, unknown: NONE }], unknown: NONE };
}
const NONE = new Uint8Array(0);
function statsOf({ nodeName, op, micros, inputs, outputs }: NodeStats, start: number) {
  const took = Math.max(1, Math.round(micros));
  return {
    nodeName,
    allStartMicros: Math.round(start),
    opStartRelMicros: 0,
    opEndRelMicros: took,
    allEndRelMicros: took,
    timelineLabel: `${nodeName} = ${op}(${inputs.map((name) => name.replace(/:0$/, '')).join(', ')})`,
    scheduledMicros: Math.round(start),
    threadId: 0,
    output: outputs.map(({ dtype, shape }, slot) => ({
      slot,
      tensorDescription: {
        dtype: asDtype(dtype).number,
        shape: { dim: shape.map((size) => ({ size, name: '', unknown: NONE })), unknownRank: false, unknown: NONE },
        unknown: NONE,
      },
      unknown: NONE,
    })),
    unknown: NONE,
  };
}
