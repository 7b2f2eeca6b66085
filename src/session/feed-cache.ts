/** The feed cache: device copies of arrays that cannot have changed since they were last fed or fetched. */
import { NDArray, type Snapshot, elementsOf, holdUnseen, isUnseen, lend, snapshotOf } from '../base/ndarray';
import type { Device, Value } from '../kernels/kernel';
import { feedToRunValue } from './feed';
import type { Plan } from '../plan/plan';

/** Fetched arrays that are smaller than this are copied faster than they are looked after. */
const LEAST_BYTES = 1 << 16;
/** How long: bytes on the device, and rounds, which are runs with something to keep, since it was last fed. */
interface Limits {
  readonly bytes: number;
  readonly rounds: number;
}
const CONSTANTS: Limits = { bytes: 2 ** 29, rounds: Infinity };
/** Memory that is soon free again is still in the processor's caches when the next run takes it. */
const FETCHED: Limits = { bytes: 2 ** 26, rounds: 2 };

interface Entry {
  readonly value: Value;
  readonly bytes: number;
  round: number;
}

/** The least recently used go where there are too many. */
class Shelf {
  private readonly entries = new Map<Snapshot, Entry>();
  private bytes = 0;
  private round = 0;
  // Node calls it between two turns of the event loop, so never while a training loop runs: the limit holds without.
  private readonly collected = new FinalizationRegistry<Snapshot>((snapshot) => this.drop(snapshot));
  constructor(private readonly limits: Limits) {}

  find(snapshot: Snapshot): Value | null {
    const entry = this.entries.get(snapshot);
    if (!entry) return null;
    entry.round = this.round;
    this.entries.delete(snapshot);
    this.entries.set(snapshot, entry);
    return entry.value;
  }
  /** A run is over that has something to keep. */
  startRound(): void {
    this.round++;
    for (const [snapshot, { round }] of this.entries)
      if (!snapshot.current || this.round - round >= this.limits.rounds) this.drop(snapshot);
  }
  /** Takes over one reference to the value. */
  add(array: NDArray, snapshot: Snapshot, value: Value, bytes: number): void {
    for (const oldest of this.entries.keys()) {
      if (this.bytes + bytes <= this.limits.bytes) break;
      this.drop(oldest);
    }
    this.entries.set(snapshot, { value, bytes, round: this.round });
    this.bytes += bytes;
    this.collected.register(array, snapshot);
  }
  fits(bytes: number): boolean {
    return bytes <= this.limits.bytes;
  }
  clear(): void {
    for (const snapshot of [...this.entries.keys()]) this.drop(snapshot);
  }
  private drop(snapshot: Snapshot): void {
    const entry = this.entries.get(snapshot);
    if (!entry) return;
    this.entries.delete(snapshot);
    this.bytes -= entry.bytes;
    entry.value.release();
  }
}

/** A session's own. */
export class FeedCache {
  private readonly constants: Shelf;
  private readonly fetched: Shelf;
  /** Arrays that were fed once: what is never fed again is not kept. */
  private readonly fedOnce = new WeakSet<Snapshot>();
  private readonly sharesMemory: boolean;
  constructor(device: Device) {
    this.constants = new Shelf(CONSTANTS);
    this.fetched = new Shelf(FETCHED);
    this.sharesMemory = device.forwardsInput !== undefined;
  }

  /** The value of a feed, with one reference for the run: that of its last feed or fetch, where there still is one. */
  valueOf(array: NDArray): Value {
    const snapshot = snapshotOf(array);
    if (!snapshot) return feedToRunValue(array);
    let value = this.fetched.find(snapshot) ?? this.constants.find(snapshot);
    if (!value) {
      value = feedToRunValue(array);
      if (this.sharesMemory) lend(array);
      if (!this.fedOnce.has(snapshot)) {
        this.fedOnce.add(snapshot);
        return value;
      }
      const bytes = bytesOf(value);
      if (!this.constants.fits(bytes)) return value;
      this.constants.startRound();
      this.constants.add(array, snapshot, value, bytes);
    }
    return value.retain();
  }
  /**
   * Keeps what was fetched on the device until its array's elements are asked for: it may be the next run's feed.
   * @param feeds  what the run of the plan was fed
   */
  keepFetched(results: readonly unknown[], values: readonly Value[], plan: Plan, feeds: readonly NDArray[]): void {
    let started = false;
    for (let i = 0; i < values.length; i++) {
      const [array, value] = [results[i], values[i]];
      // What a variable or a plan holds stays theirs: with one more reference it would no longer be updated in place.
      if (
        value.handle === null ||
        value.refs > 1 ||
        value.base ||
        !(array instanceof NDArray) ||
        value.data !== elementsOf(array)
      )
        continue;
      const bytes = bytesOf(value);
      if (bytes < LEAST_BYTES || !this.fetched.fits(bytes)) continue;
      const snapshot = holdUnseen(array);
      if (plan.fetchAliases[i] && !feeds.every(isUnseen)) continue;
      if (!started) this.fetched.startRound();
      started = true;
      this.fetched.add(array, snapshot, value.retain(), bytes);
    }
  }
  dispose(): void {
    this.constants.clear();
    this.fetched.clear();
  }
}
function bytesOf(value: Value): number {
  return value.size * value.dtype.size;
}
