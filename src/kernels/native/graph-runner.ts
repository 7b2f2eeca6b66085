/** TensorFlow's own session over a graph that we write: a whole part of a plan in one call through the addon. */
import { asDtype } from '../../base/dtype';
import { inTemporaryFolder } from '../../base/platform';
import { type NodeBytes, encodeSavedModel } from '../../format/graphdef';
import type { CompiledKernel, GraphInput, GraphNode } from '../compiled';
import { Value } from '../kernel';
import { idOf } from './call';
import type { NativeDevice } from './call';
import { written } from './whole-graph';

const PREFIX = 'tfjs-session-graph-';

/**
 * Loads a graph without variables. `inputs` and `outputs` are tensor names.
 * @throws Error  if TensorFlow does not take the graph
 */
export function loadGraph(
  device: NativeDevice,
  nodes: readonly GraphNode[],
  inputs: readonly string[],
  outputs: readonly string[],
  version?: number,
): CompiledKernel {
  const { addon } = device;
  const model = inTemporaryFolder(PREFIX, 'saved_model.pb', encodeSavedModel(written(nodes), version), (folder) =>
    addon.loadSavedModel(folder, 'serve'),
  );
  const [fed, fetched] = [inputs.join(','), outputs.join(',')];
  const ids = new Array<number>(inputs.length);
  return {
    run(values) {
      for (let i = 0; i < values.length; i++) {
        device.upload(values[i]);
        ids[i] = idOf(values[i]);
      }
      return addon
        .runSavedModel(model, ids, fed, fetched)
        .map((info) => Value.at(device, asDtype(info.dtype), info.shape, info.id));
    },
    dispose: () => addon.deleteSavedModel(model),
  };
}
/** The node of what comes into a graph. */
export function placeholder({ name, dtype, shape }: GraphInput): NodeBytes {
  const attr = { dtype: { kind: 'type', value: dtype }, shape: { kind: 'shape', value: shape } } as const;
  return { name, op: 'Placeholder', input: [], attr };
}
