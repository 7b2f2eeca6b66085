/** Things that belong to one graph and live as long as it: variable stores, scopes, constants made once. */

import type { Versions } from '../format/graphdef';

/** What something is kept under. Two keys are two things, whatever they are called. */
export class Key<T> {
  /** Ties the key to the type of what is kept under it. */
  declare private readonly kept: T;
  constructor(readonly name: string) {}
}

export class Owned {
  private readonly values = new Map<Key<unknown>, unknown>();

  /** What is kept under the key; made where there is nothing yet. */
  get<T>(key: Key<T>, make: () => T): T {
    // Only a Key<T> ever stores under itself, so what comes back is a T.
    if (this.values.has(key)) return this.values.get(key) as T;
    const value = make();
    this.values.set(key, value);
    return value;
  }
}

/** Which programs can read a graph: what was imported says that too. */
interface Readable {
  /** null where nothing was imported: as this library writes it. */
  versions: Versions | null;
}
const READABLE = new Key<Readable>('versions');
export function readableOf(graph: { own<T>(key: Key<T>, make: () => T): T }): Readable {
  return graph.own(READABLE, () => ({ versions: null }));
}
