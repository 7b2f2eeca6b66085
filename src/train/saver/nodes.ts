/** The nodes of a saver, those of TensorFlow: what saves, what restores, and the placeholder for the file's name. */
import { withDependencies } from '../../ops/control';
import { ValueError } from '../../base/errors';
import { int32, string } from '../../base/dtype';
import { toNDArray } from '../../base/to-ndarray';
import { waitingFor } from '../../control/framework';
import { grouped } from '../../control/group';
import { CHECKPOINT_FORMAT, type SaverMessage } from '../../format/messages';
import { apply, applyOp, inScope } from '../../graph/apply';
import { constantNode } from '../../graph/constant';
import { mergeDevices } from '../../graph/device-spec';
import { type Operation, type Tensor, getDefaultGraph } from '../../graph/graph';
import type { NDArray } from '../../base/ndarray';
import { TensorShape } from '../../base/shape';
import { type SaveableObject, type VarList, saveablesIn } from './saveables';

/** The names of a saver's nodes, and how many checkpoints it keeps. */
export type SaverDef = Omit<SaverMessage, 'unknown'>;
/** What the nodes depend on. */
export interface NodeOptions {
  /** Whether what has another shape is restored, too. */
  readonly reshape: boolean;
  /** Whether each device has a file of its own. */
  readonly sharded: boolean;
  /** How many checkpoints stay; 0 for all. */
  readonly maxToKeep: number;
  /** After how many hours one is kept for good. */
  readonly keepCheckpointEveryNHours: number;
  /** A prefix of the nodes' names. */
  readonly name: string | null;
  /** Has no effect: one node restores all. */
  readonly restoreSequentially: boolean;
  /** What is restored where nothing else is said. */
  readonly filename: string | null;
  /** 1 or 2. */
  readonly version: number;
}
const onCpu0 = (device: string): string => mergeDevices([device, '/device:CPU:0']);
const texts = (values: readonly string[]): NDArray => toNDArray([...values], string, [values.length]);
const specsOf = (saveables: readonly SaveableObject[]) => saveables.flatMap(({ specs }) => specs);

class SaverNodes {
  constructor(private readonly options: NodeOptions) {}

  private save(filename: Tensor, saveables: readonly SaveableObject[]): Tensor {
    const specs = specsOf(saveables);
    const names = texts(specs.map(({ name }) => name));
    const slices = texts(specs.map(({ sliceSpec }) => sliceSpec));
    const inputs = [filename, names, slices, specs.map((spec) => spec.tensor())];
    const op = this.isV1 ? applyOp('SaveSlices', inputs, {}, 'save') : applyOp('SaveV2', inputs);
    return withDependencies([op], filename);
  }
  private get isV1(): boolean {
    return this.options.version === CHECKPOINT_FORMAT.V1;
  }
  private saveSharded(filename: Tensor, devices: readonly Shard[]): Tensor {
    const graph = getDefaultGraph();
    const base = this.isV1
      ? filename
      : apply('StringJoin', [[filename, `_temp_${crypto.randomUUID().replaceAll('-', '')}/part`]]);
    const count = constantNode(toNDArray(devices.length, int32), 'num_shards');
    const names: Tensor[] = [];
    const saves = devices.map(([device, saveables], shard) =>
      graph.device(this.isV1 ? device : onCpu0(device), () => {
        names.push(apply('ShardedFilename', [base, shard, count]));
        return this.save(names[shard], saveables);
      }),
    );
    return waitingFor(saves, () => {
      if (this.isV1) return apply('ShardedFilespec', [filename, count]);
      return graph.device(onCpu0(devices[devices.length - 1][0]), () => {
        const merged = applyOp('MergeV2Checkpoints', [names, filename], { delete_old_dirs: true });
        return waitingFor([merged], () => apply('Identity', [filename]));
      });
    });
  }
  private restore(filename: Tensor, saveables: readonly SaveableObject[], name: string): Operation {
    const specs = specsOf(saveables);
    const restored = getDefaultGraph().device('/cpu:0', () =>
      applyOp('RestoreV2', [filename, texts(specs.map((s) => s.name)), texts(specs.map((s) => s.sliceSpec))], {
        dtypes: specs.map(({ dtype }) => dtype),
      }),
    ).outputs;
    let at = 0;
    const assigned = saveables.map((saveable) => {
      const shapes = this.options.reshape ? saveable.specs.map((spec) => shapeOf(spec.tensor())) : null;
      return saveable.restore(restored.slice(at, (at += saveable.specs.length)), shapes);
    });
    return grouped(assigned, name);
  }
  build(saveables: readonly SaveableObject[]): SaverDef {
    const { name, filename, sharded, maxToKeep, keepCheckpointEveryNHours, version } = this.options;
    const scalar = TensorShape.scalar();
    return inScope(
      name,
      'save',
      saveables.map(({ op }) => op),
      () => {
        const given = apply('PlaceholderWithDefault', [filename || 'model'], { shape: scalar }, 'filename');
        // The name is what older programs look for.
        const path = apply('PlaceholderWithDefault', [given], { shape: scalar }, 'Const');
        const shards = sharded ? byDevice(saveables) : null;
        const saved = shards ? this.saveSharded(path, shards) : this.save(path, saveables);
        const restored = shards
          ? grouped(
              shards.map(([device, own]) =>
                getDefaultGraph().device(device, () => this.restore(path, own, 'restore_shard')),
              ),
              'restore_all',
            )
          : this.restore(path, saveables, 'restore_all');
        return {
          filenameTensorName: path.name,
          saveTensorName: saved.name,
          restoreOpName: restored.name,
          maxToKeep,
          sharded,
          keepCheckpointEveryNHours,
          version,
        };
      },
    );
  }
}
function shapeOf(tensor: Tensor): TensorShape | Tensor {
  return tensor.shape.isFullyDefined() ? tensor.shape : apply('Shape', [tensor]);
}
type Shard = readonly [device: string, saveables: SaveableObject[]];
function byDevice(saveables: readonly SaveableObject[]): Shard[] {
  const found = new Map<string, SaveableObject[]>();
  for (const saveable of saveables) {
    const devices = new Set(saveable.specs.map((spec) => mergeDevices([spec.tensor().device])));
    if (devices.size !== 1)
      throw new ValueError(`All tensors of a saveable object must be on the same device: ${saveable.name}`);
    const [device] = devices;
    const known = found.get(device);
    if (known) known.push(saveable);
    else found.set(device, [saveable]);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Adds the nodes to the default graph, and says what they are called. */
export function addSaverNodes(varList: VarList, options: NodeOptions): SaverDef {
  return new SaverNodes(options).build(saveablesIn(varList));
}
