/**
 * Writes a checkpoint of version 2: a bundle of files `PREFIX.index` and `PREFIX.data-00000-of-00001`. All are written
 * aside; `publish` gives them their names such that at every moment the prefix names one whole checkpoint, the old
 * one or the new one.
 */
import type { DType, Data } from '../base/dtype';
import { sorted } from '../base/keys';
import { FailedPreconditionError, InvalidArgumentError } from '../base/errors';
import { writeNumbers, writeTexts } from './bundle-data';
import { maskCrc } from './crc32c';
import * as files from './files';
import type { Given, MessageOf } from './message';
import { BUNDLE_ENTRY, BUNDLE_HEADER, type BundleEntry, SHAPE_DIM, TENSOR_SHAPE, VERSION_DEF } from './messages';
import { TableWriter } from './table';
import { type Part, latin1, sliceKey, sliceMessage } from './tensor-slice';

const VERSION = VERSION_DEF.make({ producer: 1 });

export function shardName(prefix: string, shard: number, shards: number): string {
  const five = (n: number): string => String(n).padStart(5, '0');
  return `${prefix}.data-${five(shard)}-of-${five(shards)}`;
}
export const indexName = (prefix: string): string => `${prefix}.index`;

/** Entries by key, one character per byte. */
export type Entries = Map<string, Given<typeof BUNDLE_ENTRY.fields>>;
type ReadonlyEntries = ReadonlyMap<string, Given<typeof BUNDLE_ENTRY.fields>>;

export function shapeMessage(shape: readonly number[]): MessageOf<typeof TENSOR_SHAPE.fields> {
  return TENSOR_SHAPE.make({ dim: shape.map((size) => SHAPE_DIM.make({ size })) });
}

/** One shard of a checkpoint while it is written. */
export class BundleWriter {
  private readonly output: files.Output;
  private readonly entries: Entries = new Map();
  private offset = 0;
  constructor(private readonly prefix: string) {
    makeRoom(prefix);
    this.output = new files.Output(files.asideOf(shardName(prefix, 0, 1)));
  }
  /** @throws InvalidArgumentError  for a name that was there before */
  add(name: string, dtype: DType, shape: readonly number[], data: Data): void {
    this.addKey(latin1(name), name, dtype, shape, data);
  }
  private addKey(key: string, name: string, dtype: DType, shape: readonly number[], data: Data): void {
    if (this.entries.has(key)) throw new InvalidArgumentError(null, `Adding duplicate key: ${name}`);
    const { size, crc } = Array.isArray(data) ? writeTexts(data, this.output) : writeNumbers(data, this.output);
    this.entries.set(key, {
      dtype: dtype.number,
      shape: shapeMessage(shape),
      offset: this.offset,
      size,
      crc32c: maskCrc(crc),
    });
    this.offset += size;
  }
  /** A part of a tensor. */
  addSlice(name: string, part: Part, dtype: DType, data: Data): void {
    const key = latin1(name);
    const whole = this.entries.get(key);
    if (whole && !whole.slices?.length) throw new InvalidArgumentError(null, `Adding duplicate key: ${name}`);
    this.entries.set(key, {
      dtype: dtype.number,
      shape: shapeMessage(part.shape),
      slices: [...(whole?.slices ?? []), sliceMessage(part.slice)],
    });
    this.addKey(sliceKey(name, part.slice), name, dtype, part.sizes, data);
  }
  finish(): void {
    this.output.close();
    publish(this.prefix, [this.output.path], this.entries);
  }
  drop(): void {
    this.output.drop();
  }
}

function makeRoom(prefix: string): void {
  files.makeFolder(files.dirname(prefix));
  files.removeLeft(prefix);
}
/** A checkpoint that somebody else writes, aside: its files get their names as those of a writer do. */
export function adoptBundle(
  prefix: string,
  write: (aside: string) => void,
  read: (prefix: string) => { readonly entries: ReadonlyEntries },
): void {
  makeRoom(prefix);
  const aside = files.asideOf(prefix);
  try {
    write(aside);
    publish(prefix, [shardName(aside, 0, 1)], read(aside).entries);
  } finally {
    files.removeAside(aside);
  }
}

function writeIndex(path: string, entries: ReadonlyEntries, numShards: number): void {
  const output = new files.Output(files.asideOf(path));
  try {
    const table = new TableWriter((bytes) => output.write(bytes));
    table.add('', BUNDLE_HEADER.write({ numShards, version: VERSION }));
    for (const [key, entry] of sorted(entries)) table.add(key, BUNDLE_ENTRY.write(entry));
    table.finish();
    output.close();
    files.rename(output.path, path);
  } catch (error) {
    output.drop();
    throw error;
  }
}

/** The data files beside a prefix, and into how many each says that they are cut. */
function shardsBeside(prefix: string): { readonly path: string; readonly of: number }[] {
  const folder = files.dirname(prefix);
  const start = files.basename(prefix);
  return files
    .namesLike(folder, new RegExp(`^${files.patternOf(start)}\\.data-\\d{5}-of-\\d{5}$`))
    .map((name) => ({ path: files.join(folder, name), of: Number(name.slice(-5)) }));
}

/**
 * Names the shards that were written aside, and the index. Where a checkpoint of that prefix is there, data get names
 * that it does not use first, and their own when the index no longer needs the old ones.
 */
export function publish(prefix: string, shards: readonly string[], entries: ReadonlyEntries): void {
  const before = files.exists(indexName(prefix)) ? shardsBeside(prefix) : [];
  const count = shards.length;
  const clash = before.some(({ of }) => of === count);
  const others = new Set(before.map(({ of }) => of));
  let spare = count;
  while (clash && others.has(spare)) spare++;
  shards.forEach((path, i) => files.rename(path, shardName(prefix, i, spare)));
  writeIndex(indexName(prefix), entries, spare);
  const own = shards.map((_, i) => shardName(prefix, i, count));
  if (spare !== count && own.every((path, i) => files.link(shardName(prefix, i, spare), path)))
    writeIndex(indexName(prefix), entries, count);
  else if (spare !== count) return;
  for (const { path } of shardsBeside(prefix))
    if (!own.some((o) => files.basename(o) === files.basename(path))) files.remove(path);
}

/**
 * Makes one checkpoint of several shards: entries are put together, data files are renamed.
 *
 * @throws NotFoundError  if a shard is missing, InvalidArgumentError if shards contradict each other
 */
export function mergeBundles(
  prefixes: readonly string[],
  destination: string,
  read: (prefix: string) => { readonly entries: ReadonlyMap<string, BundleEntry>; readonly numShards: number },
): void {
  const merged: Entries = new Map();
  const shards: string[] = [];
  for (const prefix of prefixes) {
    const { entries, numShards } = read(prefix);
    for (const [key, entry] of entries) {
      const known = merged.get(key);
      if (known && !(known.slices?.length && entry.slices.length))
        throw new InvalidArgumentError(
          null,
          `Duplicate tensor keyed by ${Buffer.from(key, 'latin1').toString()} encountered, when merging prefix: ` +
            prefix,
        );
      // Shards were numbered apart.
      if (known) merged.set(key, { ...known, slices: [...(known.slices ?? []), ...entry.slices] });
      else merged.set(key, entry.slices.length ? entry : { ...entry, shardId: entry.shardId + shards.length });
    }
    for (let i = 0; i < numShards; i++) shards.push(shardName(prefix, i, numShards));
  }
  const missing = shards.find((path) => !files.isFile(path));
  if (missing) throw new FailedPreconditionError(null, `${missing}; No such file or directory`);
  publish(destination, shards, merged);
  for (const prefix of prefixes) files.remove(indexName(prefix));
}
