/** Locks, each held by one value at a time: it is free again when nothing holds that value any more. */
import { Later, type StatefulKernel, type StatefulTable, Value, invalid } from '../kernel';
import { Kind, type Place, type Resource, placeOf, resourceOf } from '../resources';
import type { Payload } from '../value';
import { cShape } from '../../base/shape';
import { amongOf, standIn, waiting } from './waiting';
import { carried } from './variants';

interface Waiting {
  readonly later: Later<Value[]>;
}
class Mutex implements Resource {
  readonly wasMade = true;
  private isHeld = false;
  private readonly line: Waiting[] = [];
  constructor(readonly place: Place) {}
  get kind(): Kind<Resource> {
    return MUTEX;
  }
  lock(): Later<Value[]> {
    const later = new Later<Value[]>(`the lock '${this.place.name}'`);
    standIn(this.line, { later }, () => this.serve());
    this.serve();
    return later;
  }
  free(): void {
    this.isHeld = false;
    this.serve();
  }
  private serve(): void {
    if (this.isHeld) return;
    const first = this.line.shift();
    if (!first) return;
    this.isHeld = true;
    first.later.settle([carried(new Lock(this))]);
  }
  dispose(): void {
    for (const { later } of this.line.splice(0)) later.cancel(new Error(`The lock '${this.place.name}' is gone`));
  }
  /** It stays when a handle of it is gone. */
  released(): void {}
}
const MUTEX = new Kind('N10tensorflow5MutexE', Mutex);

class Lock implements Payload {
  constructor(private readonly mutex: Mutex) {}
  released(): void {
    this.mutex.free();
  }
}

const make: StatefulKernel = (_, node, run) => {
  const place = placeOf(node.name, node.attrs);
  const mutex = amongOf(node, run).findOrMake(MUTEX, place, () => new Mutex(place));
  return [new Value(node.outputTypes[0], [], null, null, mutex)];
};

export const MUTEX_KERNELS: StatefulTable = {
  MutexV2: make,
  MutexLock: waiting(([handle]) => resourceOf(handle, MUTEX).lock()),
  ConsumeMutexLock: ([lock]) => {
    if (lock.shape.length) invalid(`Expected input to be a scalar, saw shape: ${cShape(lock.shape)}`);
    if (!(lock.payload instanceof Lock)) invalid('Expected input to contain a lock.');
    return [];
  },
};
