/** TensorFlow's own session over a graph that we write: a whole part of a plan in one call through the addon. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asDtype } from '../../base/dtype';
import { type NodeBytes, encodeSavedModel } from '../../format/graphdef';
import { type CompiledKernel, Value } from '../kernel';
import type { NativeDevice } from './call';

/**
 * Loads a graph without variables. `inputs` and `outputs` are tensor names.
 * @throws Error  if TensorFlow does not take the graph
 */
export function loadGraph(device: NativeDevice, nodes: readonly NodeBytes[], inputs: readonly string[], outputs: readonly string[]): CompiledKernel {
  const { addon } = device;
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-session-'));
  let model: number;
  try {
    writeFileSync(join(folder, 'saved_model.pb'), encodeSavedModel(nodes));
    model = addon.loadSavedModel(folder, 'serve');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const [fed, fetched] = [inputs.join(','), outputs.join(',')];
  const ids = new Array<number>(inputs.length);
  return {
    run(values) {
      for (let i = 0; i < values.length; i++) {
        device.upload(values[i]);
        ids[i] = values[i].handle as number;
      }
      return addon.runSavedModel(model, ids, fed, fetched).map((info) => new Value(asDtype(info.dtype), info.shape, null, info.id));
    },
    dispose: () => addon.deleteSavedModel(model),
  };
}
