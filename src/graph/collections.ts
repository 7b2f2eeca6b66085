/** Named lists that travel with a graph: its variables, losses, summaries. */

export interface Collections {
  addToCollection(name: string, value: unknown): void;
  addToCollections(names: string | readonly string[], value: unknown): void;
  /** A copy of a collection; with a scope, the items whose name matches it from the start (a regular expression). */
  getCollection<T = unknown>(name: string, scope?: string | null): T[];
  /** The collection itself: what is pushed to it stays. */
  getCollectionRef(name: string): unknown[];
  getAllCollectionKeys(): string[];
  clearCollection(name: string): void;
}

export class CollectionStore implements Collections {
  private readonly lists = new Map<string, unknown[]>();

  addToCollection(name: string, value: unknown): void {
    this.getCollectionRef(name).push(value);
  }
  addToCollections(names: string | readonly string[], value: unknown): void {
    for (const name of new Set(typeof names === 'string' ? [names] : names)) this.addToCollection(name, value);
  }
  getCollection<T = unknown>(name: string, scope?: string | null): T[] {
    const items = (this.lists.get(name) ?? []) as T[];
    if (!scope) return [...items];
    const pattern = new RegExp(`^(?:${scope})`);
    return items.filter((item) => pattern.test((item as { name?: string }).name ?? ''));
  }
  getCollectionRef(name: string): unknown[] {
    let items = this.lists.get(name);
    if (!items) this.lists.set(name, (items = []));
    return items;
  }
  getAllCollectionKeys(): string[] {
    return [...this.lists.keys()];
  }
  clearCollection(name: string): void {
    this.lists.delete(name);
  }
}
