/**
 * Writes the two lists of tables, src/ops/tables.ts and src/kernels/host/index.ts, from the files beside them: a table
 * of rows is an exported constant that `satisfies Rows`, one of kernels is a `HostTable`, a
 * `StatefulTable` or a `VariantTable`. `npm run
 * op-table` writes them; test/structure/tables.test.ts fails where the folders say otherwise.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const SRC = path.join(__dirname, '..', '..', 'src');
export const OP_TABLES = path.join(SRC, 'ops', 'tables.ts');
export const KERNEL_TABLES = path.join(SRC, 'kernels', 'host', 'index.ts');

interface Table {
  readonly name: string;
  readonly stem: string;
  readonly type: string;
}
const PATTERNS = [
  // The constant nearest before the words.
  /^export const (?<name>\w+) = \{(?:(?!^export const )[\s\S])*?\} satisfies (?<type>Rows);$/gm,
  /^export const (?<name>\w+_KERNELS): (?<type>HostTable|StatefulTable|VariantTable) =/gm,
];
function tablesIn(folder: string): Table[] {
  const stems = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
  return stems.sort().flatMap((stem) => {
    const text = readFileSync(path.join(folder, `${stem}.ts`), 'utf8');
    return PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)]).map(
      ({ groups }): Table => ({ stem, name: groups!.name, type: groups!.type }),
    );
  });
}
const WRITTEN = 'Written by `npm run op-table` from the files beside it.';
function imports(tables: readonly Table[]): string[] {
  const stems = [...new Set(tables.map(({ stem }) => stem))];
  const names = (of: string): string =>
    tables
      .flatMap(({ stem, name }) => (stem === of ? [name] : []))
      .sort()
      .join(', ');
  return stems.map((stem) => `import { ${names(stem)} } from './${stem}';`);
}
function list(name: string, type: string, tables: readonly Table[]): string[] {
  const opening = `export const ${name}: readonly ${type}[] = [`;
  if (tables.length === 1) return ['', `${opening}${tables[0].name}];`];
  return ['', opening, ...tables.map((table) => `  ${table.name},`), '];'];
}
export function opTables(): string {
  const tables = tablesIn(path.dirname(OP_TABLES));
  return [
    `/** Every table of rows, for registerOps. ${WRITTEN} */`,
    "import type { Rows } from '../graph/opdef';",
    ...imports(tables),
    ...list('OP_TABLES', 'Rows', tables),
    '',
  ].join('\n');
}
export function kernelTables(): string {
  const tables = tablesIn(path.dirname(KERNEL_TABLES));
  const of = (type: string): Table[] => tables.filter((table) => table.type === type);
  return [
    `/** Every table of host and stateful kernels. ${WRITTEN} */`,
    "import type { HostTable, StatefulTable, VariantTable } from '../kernel';",
    ...imports(tables),
    ...list('HOST_TABLES', 'HostTable', of('HostTable')),
    ...list('STATEFUL_TABLES', 'StatefulTable', of('StatefulTable')),
    ...list('VARIANT_TABLES', 'VariantTable', of('VariantTable')),
    '',
  ].join('\n');
}

if (require.main === module) {
  writeFileSync(OP_TABLES, opTables());
  writeFileSync(KERNEL_TABLES, kernelTables());
}
