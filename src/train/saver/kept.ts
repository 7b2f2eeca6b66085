/** Which checkpoints a saver keeps, and which of them go. */
import type { CheckpointTime } from './arguments';
import type { SaverDef } from './nodes';
import { getCheckpointMtimes, removeCheckpoint, removeRecorded } from './state';

const seconds = (): number => Date.now() / 1000;

export class KeptCheckpoints {
  private kept: CheckpointTime[] = [];
  private outdated: CheckpointTime[] = [];
  /** Those that are its own: the others are what it was told. */
  private readonly written = new Set<string>();
  /** From then on a checkpoint that goes out of the list is kept. */
  private keepFrom = 0;
  /** From now on. */
  begin({ keepCheckpointEveryNHours }: SaverDef): void {
    this.keepFrom = seconds() + keepCheckpointEveryNHours * 3600;
  }
  /** The oldest first. */
  get paths(): string[] {
    return this.kept.map(([path]) => path);
  }
  set(kept: readonly CheckpointTime[]): void {
    this.kept = kept.map(([path, time]) => [path, time]);
  }
  /** Those of before; without those whose files are gone. */
  recover(paths: readonly string[]): void {
    this.kept = paths.flatMap((path) => getCheckpointMtimes([path]).map((time): CheckpointTime => [path, time]));
  }
  record(path: string, { maxToKeep }: SaverDef): void {
    if (!maxToKeep) return;
    this.written.add(path);
    this.kept = this.kept.filter(([known]) => known !== path);
    this.kept.push([path, seconds()]);
    if (this.kept.length > maxToKeep) this.outdated.push(...this.kept.splice(0, 1));
  }
  /** @param folder  where it saves */
  removeOutdated({ keepCheckpointEveryNHours, version }: SaverDef, folder: string, suffix: string): void {
    const [oldest] = this.outdated.splice(0, 1);
    if (!oldest) return;
    const [path, time] = oldest;
    const isOwn = this.written.delete(path);
    if (time > this.keepFrom) this.keepFrom += keepCheckpointEveryNHours * 3600;
    else if (isOwn) removeCheckpoint(path, version, suffix);
    else removeRecorded(path, folder, version, suffix);
  }
}
