/**
 * A worker owns what outlives runs: variables, queues and tables. A session makes one for itself; sessions that are
 * given the same one see the same variables.
 */
import { worded } from '../base/border';
import { TypeError_ } from '../base/errors';
import { DEFAULT, type FileAccess, Resources } from '../kernels/resources';

/** What was not closed goes with its last session. */
const DROPPED = new FinalizationRegistry<Resources>((resources) => resources.reset());

export class Worker {
  readonly resources: Resources;
  /**
   * @param files      where ops may read and write; anywhere where not given
   * @param stepBytes  of memory that a run may hold; what there is where not given
   */
  constructor(files?: FileAccess, stepBytes?: number) {
    this.resources = new Resources(files, stepBytes);
    DROPPED.register(this, this.resources);
  }
  /** Drops what is in these containers; in the one of what names none where none are named. */
  reset(containers: readonly string[] = []): void {
    this.resources.reset(containers.length ? containers : [DEFAULT]);
  }
  /** Drops all that there is. */
  dispose(): void {
    this.resources.reset();
  }
}

/** @throws TypeError  for what is none */
export function checkWorker(given: unknown): void {
  if (!(given instanceof Worker)) throw new TypeError_(`worker must be a Worker, not ${worded(given)}.`);
}
