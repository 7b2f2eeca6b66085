/** Writes a checkpoint of version 1: one table, packed with snappy, of the slices of tensors. */
import { type DType, type Data, bfloat16, uint32, uint64 } from '../base/dtype';
import { sorted } from '../base/keys';
import { InvalidArgumentError, UnimplementedError } from '../base/errors';
import * as files from './files';
import { SAVED_SLICE_META, SAVED_TENSOR_SLICES, SAVED_TENSOR_SLICE_META, TENSOR_SLICE, VERSION_DEF } from './messages';
import type { MessageOf } from './message';
import { shapeMessage } from './bundle-writer';
import { encodeElements } from './slices-data';
import { TableWriter } from './table';
import { type Part, partOf, showSlice, sliceKey, sliceMessage } from './tensor-slice';

/** What 1.15 does not save so either. */
const NOT_SAVED: readonly DType[] = [bfloat16, uint32, uint64];

export class SlicesWriter {
  private readonly metas = new Map<string, MessageOf<typeof SAVED_SLICE_META.fields>>();
  private readonly slices = new Map<string, Uint8Array>();
  constructor(private readonly path: string) {
    files.removeLeft(path);
  }
  add(name: string, dtype: DType, shape: readonly number[], data: Data): void {
    this.addSlice(
      name,
      partOf(
        shape,
        shape.map(() => null),
      ),
      dtype,
      data,
    );
  }
  addSlice(name: string, part: Part, dtype: DType, data: Data): void {
    if (NOT_SAVED.includes(dtype) || dtype.kind === 'opaque')
      throw new UnimplementedError(null, `Saving data type ${dtype.cName} not yet supported`);
    const key = sliceKey(name, part.slice);
    const known = this.metas.get(name);
    const shape = shapeMessage(part.shape);
    if (known && String(known.shape?.dim.map(({ size }) => size)) !== String(part.shape))
      throw new InvalidArgumentError(
        null,
        `Mismatching shapes: existing tensor = ${known.shape?.dim.map(({ size }) => size)}, trying to add name ` +
          `${name}, shape = ${part.shape}`,
      );
    if (known && known.type !== dtype.number) throw new InvalidArgumentError(null, `Mismatching types: ${name}`);
    if (this.slices.has(key))
      throw new InvalidArgumentError(
        null,
        `Overlapping slices: existing slice = ${showSlice(part.slice)}, new slice = ${showSlice(part.slice)}`,
      );
    const slice = TENSOR_SLICE.make(sliceMessage(part.slice));
    this.metas.set(name, {
      ...(known ?? SAVED_SLICE_META.make({ name, shape, type: dtype.number })),
      slice: [...(known?.slice ?? []), slice],
    });
    const saved = { name, slice, data: encodeElements(dtype, data), unknown: new Uint8Array(0) };
    this.slices.set(key, SAVED_TENSOR_SLICES.write({ data: saved }));
  }
  finish(): void {
    const output = new files.Output(files.asideOf(this.path));
    try {
      const table = new TableWriter((bytes) => output.write(bytes), true);
      const meta = SAVED_TENSOR_SLICE_META.make({
        tensor: [...this.metas.values()],
        versions: VERSION_DEF.make({ producer: 1 }),
      });
      table.add('', SAVED_TENSOR_SLICES.write({ meta }));
      for (const [key, slice] of sorted(this.slices)) table.add(key, slice);
      table.finish();
      output.close();
      files.rename(output.path, this.path);
    } catch (error) {
      output.drop();
      throw error;
    }
  }
  drop(): void {
    this.slices.clear();
  }
}
