/**
 * Tables in files of their own, which are read when the first row of theirs is asked for: a program that multiplies
 * matrices need not load convolutions. That an import waits until it is used is the build's business
 * (build/late-imports.js).
 */

/** A table that is still to be read, and the keys of its rows, between spaces. */
export interface LateTable<Table extends object> {
  readonly keys: string;
  readonly table: () => Table;
}

/** Rows by key, from many tables. */
export class LateRows<Table extends object, Row> {
  private readonly tables = new Map<string, () => Table>();
  private readonly read = new Map<string, Row>();
  /** @param rowIn  the row of a key in its table */
  constructor(private readonly rowIn: (table: Table, key: string) => Row | undefined) {}

  /** A later table of the same key takes its place. */
  add({ keys, table }: LateTable<Table>): void {
    for (const key of keys.split(/\s+/)) {
      this.tables.set(key, table);
      this.read.delete(key);
    }
  }
  get(key: string): Row | undefined {
    let row = this.read.get(key);
    if (row !== undefined) return row;
    const table = this.tables.get(key);
    if (!table) return undefined;
    row = this.rowIn(table(), key);
    if (row === undefined) throw new Error(`The table that should have a row for ${key} has none.`);
    this.read.set(key, row);
    return row;
  }
  has(key: string): boolean {
    return this.tables.has(key);
  }
  keys(): readonly string[] {
    return [...this.tables.keys()];
  }
}
