/** Named lists that travel with a graph: its variables, losses, summaries. */
import { errorOf, memberOf } from '../base/thrown';
import { checkList, checkText } from '../base/border';
import { ValueError } from '../base/errors';
import { Key } from './own';

export interface Collections {
  addToCollection(name: string, value: unknown): void;
  addToCollection(named: { readonly name: string; readonly value: unknown }): void;
  addToCollections(names: string | readonly string[], value: unknown): void;
  addToCollections(named: { readonly names: string | readonly string[]; readonly value: unknown }): void;
  /** The collection itself: what is pushed to it stays. */
  getCollectionRef(name: string | { readonly name: string }): unknown[];
  getAllCollectionKeys(): string[];
  clearCollection(name: string | { readonly name: string }): void;
}

export class CollectionStore {
  private readonly lists = new Map<string, unknown[]>();

  addToCollection(name: string, value: unknown): void {
    this.getCollectionRef(name).push(value);
  }
  addToCollections(names: string | readonly string[], value: unknown): void {
    if (typeof names !== 'string') checkList(names, 'The names of collections');
    for (const name of new Set(typeof names === 'string' ? [names] : names)) this.addToCollection(name, value);
  }
  getCollection<T = unknown>(name: string, scope?: string | null): T[] {
    const items = (this.lists.get(name) ?? []) as T[];
    if (scope === null || scope === undefined || scope === '') return [...items];
    checkText(scope, 'The scope of a collection');
    const pattern = scopePattern(scope);
    return items.filter((item) => pattern.test(String(memberOf(item, 'name') ?? '')));
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
/** What matches at the start of names. @throws ValueError  for a scope that is no regular expression */
export function scopePattern(scope: string): RegExp {
  try {
    const pattern = new RegExp(`^(?:${scope})`);
    // One that is too large is found out by the first use.
    pattern.test('');
    return pattern;
  } catch (error) {
    throw new ValueError(
      `'${scope}' is no regular expression: ${errorOf(error).message}` +
        '\n  fix: a scope is matched from the start of names; a \\ before a sign takes it as it is.',
    );
  }
}

const COLLECTIONS = new Key<CollectionStore>('collections');
/** The collections of a graph. */
export function collectionsOf(graph: { own<T>(key: Key<T>, make: () => T): T }): CollectionStore {
  return graph.own(COLLECTIONS, () => new CollectionStore());
}
