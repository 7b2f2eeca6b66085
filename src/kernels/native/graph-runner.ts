/** TensorFlow's own session over a graph that we write: a whole part of a plan in one call through the addon. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asDtype } from '../../base/dtype';
import { type NodeBytes, encodeSavedModel } from '../../format/graphdef';
import { type CompiledKernel, Value } from '../kernel';
import type { NativeDevice } from './call';
import { expanded } from './guard';

const PREFIX = 'tfjs-session-graph-';
/** A folder is there for the time that TensorFlow needs to read it. */
const LEFT_AFTER = 60 * 60 * 1000;
let swept = false;

/** Takes away, once per process, the folders of processes that were killed while TensorFlow read theirs. */
function removeLeftFolders(): void {
  if (swept) return;
  swept = true;
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    try {
      if (Date.now() - statSync(folder).mtimeMs > LEFT_AFTER) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or gone already.
    }
  }
}

/**
 * Loads a graph without variables. `inputs` and `outputs` are tensor names.
 * @throws Error  if TensorFlow does not take the graph
 */
export function loadGraph(
  device: NativeDevice,
  nodes: readonly NodeBytes[],
  inputs: readonly string[],
  outputs: readonly string[],
): CompiledKernel {
  const { addon } = device;
  removeLeftFolders();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  let model: number;
  try {
    writeFileSync(join(folder, 'saved_model.pb'), encodeSavedModel(expanded(nodes)));
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
      return addon
        .runSavedModel(model, ids, fed, fetched)
        .map((info) => Value.at(device, asDtype(info.dtype), info.shape, info.id));
    },
    dispose: () => addon.deleteSavedModel(model),
  };
}
