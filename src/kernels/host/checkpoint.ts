/** Checkpoints are files: written and read on the host. The formats are loaded with the first of them. */
import { asTexts } from '../../base/elements';
import { type DType, string } from '../../base/dtype';
import { elementsOf } from '../../base/ndarray';
import { cShape } from '../../base/shape';
import { giveBack } from '../../base/platform';
import { naming } from '../../base/thrown';
import type { TensorSource } from '../../format/checkpoint-source';
import type { Part } from '../../format/tensor-slice';
import {
  type HostTable,
  type HostTensor,
  KernelError,
  type KernelNode,
  type StatefulKernel,
  type StatefulTable,
  Value,
  attr,
  host,
  invalid,
} from '../kernel';
import { type Wanted, restoredOnDevice, saveFromDevice } from './checkpoint-on-device';
import { onFiles } from './on-files';

const formats = () => require('../../format/checkpoint') as typeof import('../../format/checkpoint');

const textsOf = (value: Value): readonly string[] => asTexts(value.read());
const textOf = (value: Value): string => {
  if (value.size !== 1) invalid(`a name of a file should be a scalar, got ${cShape(value.shape)}`);
  return textsOf(value)[0];
};
/** A specification of a part that TensorFlow's words say what is wrong with. */
function partFrom(spec: string): Part {
  const { SliceError, parsePart } = formats();
  try {
    return parsePart(spec);
  } catch (error) {
    throw error instanceof SliceError ? new KernelError('InvalidArgument', error.message) : error;
  }
}

interface Writer {
  add(name: string, dtype: DType, shape: readonly number[], data: ReturnType<Value['read']>): void;
  addSlice(name: string, part: Part, dtype: DType, data: ReturnType<Value['read']>): void;
  finish(): void;
  drop(): void;
}
function writeAll(
  writer: Writer,
  names: readonly string[],
  specs: readonly string[] | null,
  values: readonly Value[],
): void {
  try {
    values.forEach((value, i) => {
      const spec = specs?.[i] ?? '';
      const part = spec ? partFrom(spec) : null;
      if (part && cShape(part.sizes) !== cShape(value.shape))
        invalid(
          `Slice in shape_and_slice specification does not match the shape of the tensor to  save: ${spec}, tensor: ` +
            cShape(value.shape),
        );
      reading(value, (data) =>
        part
          ? writer.addSlice(names[i], part, value.dtype.baseDtype, data)
          : writer.add(names[i], value.dtype.baseDtype, value.shape, data),
      );
    });
    writer.finish();
  } catch (error) {
    writer.drop();
    throw error;
  }
}
/**
 * A value's elements, where they lie; what must be brought from a device for this goes again, so that one at a time is
 * here.
 */
function reading(value: Value, use: (data: ReturnType<Value['read']>) => void): void {
  const here = value.data !== null;
  const there = here || value.handle === null ? null : value.home?.view?.(value);
  if (there) return use(there);
  const data = value.read();
  use(data);
  if (here || value.handle === null) return;
  value.data = null;
  if (!Array.isArray(data)) giveBack(data);
}
function checkLists(names: Value, specs: Value | null, count: number): void {
  const lists = [
    ['tensor_names', names],
    ['shape_and_slices', specs],
  ] as const;
  for (const [what, list] of lists)
    if (list && list.size !== count)
      invalid(`${what} and tensors have different number of elements: ${list.size} vs. ${count}`);
}
const save =
  (version: 1 | 2, sliced: boolean): StatefulKernel =>
  ([filename, names, ...rest], node, run) => {
    const specs = sliced ? rest[0] : null;
    const values = sliced ? rest.slice(1) : rest;
    checkLists(names, specs, values.length);
    onFiles(() => {
      const path = run.resources.fileAt(textOf(filename));
      if (version === 2 && specs && saveFromDevice(path, [names, specs, ...values], node, run)) return;
      const writer = version === 2 ? formats().writeV2(path) : formats().writeV1(path);
      writeAll(writer, textsOf(names), specs && textsOf(specs), values);
    });
    return [];
  };

/** Restores tensors; what is checked and how it is said depends on the version that is read. */
function restoreAll(
  source: Opened,
  { names, specs, dtypes }: Wanted,
  onDevice: ReadonlyMap<number, Value> = new Map(),
): Value[] {
  return names.map((name, i) => {
    const there = onDevice.get(i);
    if (there) return there;
    const found = source.find(name);
    if (found) checkDtype(source.version, name, dtypes[i], found.dtype);
    const part = specs[i] ? partFrom(specs[i]) : null;
    if (found && part && cShape(part.shape) !== cShape(found.shape))
      invalid(
        `tensor_name = ${name}; shape in shape_and_slice spec ${cShape(part.shape)} does not match the shape stored ` +
          `in checkpoint: ${cShape(found.shape)}`,
      );
    const array = part ? source.readSlice(name, part) : source.read(name);
    return new Value(array.dtype, array.shape, elementsOf(array));
  });
}
function checkDtype(version: 1 | 2, name: string, wanted: DType, found: DType): void {
  if (wanted.baseDtype === found) return;
  invalid(
    version === 2
      ? `tensor_name = ${name}; expected dtype ${wanted.cName} does not equal original dtype ${found.cName}`
      : `Expected to restore a tensor of type ${wanted.cName}, got a tensor of type ${found.cName} instead: ` +
          `tensor_name = ${name}`,
  );
}
type Opened = TensorSource & { readonly version: 1 | 2 };
function restoring(path: string, open: (path: string) => Opened, use: (source: Opened) => Value[]): Value[] {
  return onFiles(() => {
    const source = open(path);
    try {
      return naming(path, () => use(source));
    } finally {
      source.close();
    }
  });
}
const restoreV2: StatefulKernel = ([prefix, names, specs], node, run) => {
  checkLists(names, specs, node.outputTypes.length);
  const path = run.resources.fileAt(textOf(prefix));
  const wanted = { names: textsOf(names), specs: textsOf(specs), dtypes: node.outputTypes };
  return restoring(path, formats().openCheckpoint, (source) =>
    restoreAll(source, wanted, restoredOnDevice(path, source, wanted, node, run)),
  );
};
const restoreV1 =
  (sliced: boolean): StatefulKernel =>
  ([pattern, name, spec], node: KernelNode, { resources }) =>
    restoring(resources.fileAt(textOf(pattern)), formats().openV1, (source) =>
      restoreAll(source, { names: textsOf(name), specs: sliced ? textsOf(spec) : [''], dtypes: node.outputTypes }),
    );

const merge: StatefulKernel = ([prefixes, destination], node, { resources }) => {
  const at = (path: string): string => resources.fileAt(path);
  onFiles(() => formats().merge(textsOf(prefixes).map(at), at(textOf(destination)), attr(node, 'delete_old_dirs')));
  return [];
};

export const CHECKPOINT_KERNELS: StatefulTable = {
  SaveV2: save(2, true),
  SaveSlices: save(1, true),
  Save: save(1, false),
  RestoreV2: restoreV2,
  Restore: restoreV1(false),
  RestoreSlice: restoreV1(true),
  MergeV2Checkpoints: merge,
};

const five = (n: number): string => String(n).padStart(5, '0');
function checkScalars(inputs: readonly HostTensor[], ...names: readonly string[]): void {
  names.forEach((name, i) => {
    const { shape } = inputs[i];
    if (shape.length) invalid(`${name} must be a scalar, got shape ${cShape(shape)}`);
  });
}
export const SHARD_KERNELS: HostTable = {
  ShardedFilename: {
    only: true,
    run(inputs) {
      checkScalars(inputs, 'basename', 'shard', 'num_shards');
      const [base, shard, count] = inputs;
      return host(string, [], [`${base.data[0]}-${five(Number(shard.data[0]))}-of-${five(Number(count.data[0]))}`]);
    },
  },
  ShardedFilespec: {
    only: true,
    run(inputs) {
      checkScalars(inputs, 'basename', 'num_shards');
      const [base, count] = inputs;
      return host(string, [], [`${base.data[0]}-?????-of-${five(Number(count.data[0]))}`]);
    },
  },
};
