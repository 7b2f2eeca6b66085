/**
 * Writes the lists of tables, src/ops/tables.ts, src/kernels/host/index.ts and src/kernels/portable/index.ts, from
 * the files beside them: a table of rows is an exported constant that `satisfies Rows`, one of kernels a `HostTable`,
 * a `StatefulTable`, a `VariantTable` or `Recipes`. The lists name the op types of each, so that a file is not read
 * before one of them is asked for. `npm run op-table` writes them; test/structure/tables.test.ts fails where the
 * folders say otherwise.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const SRC = path.join(__dirname, '..', '..', 'src');
export const OP_TABLES = path.join(SRC, 'ops', 'tables.ts');
export const KERNEL_TABLES = path.join(SRC, 'kernels', 'host', 'index.ts');
export const RECIPE_TABLES = path.join(SRC, 'kernels', 'portable', 'index.ts');

interface Table {
  readonly name: string;
  readonly stem: string;
  readonly type: string;
  /** The op types that it has rows for. */
  readonly keys: readonly string[];
}
const PATTERNS = [
  // The constant nearest before the words.
  /^export const (?<name>\w+) = \{(?:(?!^export const )[\s\S])*?\} satisfies (?<type>Rows);$/gm,
  /^export const (?<name>\w+_KERNELS): (?<type>HostTable|StatefulTable|VariantTable) =/gm,
  /^export const (?<name>\w+_RECIPES): (?<type>Recipes) =/gm,
];
function tablesIn(folder: string): Table[] {
  const stems = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
  return stems.sort().flatMap((stem) => {
    const text = readFileSync(path.join(folder, `${stem}.ts`), 'utf8');
    const found = PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)]);
    if (!found.length) return [];
    const module = require(path.join(folder, stem)) as Readonly<Record<string, object>>;
    return found.map(({ groups }): Table => {
      const { name, type } = groups as { name: string; type: string };
      return { stem, name, type, keys: Object.keys(module[name]) };
    });
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
  const owners = new Map<string, string>();
  for (const { keys, name: table } of tables)
    for (const key of keys) {
      if (owners.has(key)) throw new Error(`${key} has a row in ${owners.get(key)}, and one in ${table}.`);
      owners.set(key, table);
    }
  return ['', `export const ${name}: readonly LateTable<${type}>[] = [`, ...tables.flatMap(entry), '];'];
}
const COLUMNS = 120;
/** One entry, as the formatter leaves it. */
function entry({ keys, name }: Table): string[] {
  const short = `  { keys: '${keys.join(' ')}', table: () => ${name} },`;
  if (short.length <= COLUMNS) return [short];
  const long = `    keys: '${keys.join(' ')}',`;
  const lines = long.length <= COLUMNS ? [long] : [`    keys: \`${wrapped(keys).join('\n      ')}\`,`];
  return ['  {', ...lines, `    table: () => ${name},`, '  },'];
}
function wrapped(words: readonly string[]): string[] {
  const lines = [''];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last.length + word.length > COLUMNS - 20) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
export function opTables(): string {
  const tables = tablesIn(path.dirname(OP_TABLES));
  return [
    `/** Every table of rows, for registerOps. ${WRITTEN} */`,
    "import type { LateTable } from '../base/late';",
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
    "import type { LateTable } from '../../base/late';",
    "import type { HostTable, StatefulTable, VariantTable } from '../kernel';",
    ...imports(tables),
    ...list('HOST_TABLES', 'HostTable', of('HostTable')),
    ...list('STATEFUL_TABLES', 'StatefulTable', of('StatefulTable')),
    ...list('VARIANT_TABLES', 'VariantTable', of('VariantTable')),
    '',
  ].join('\n');
}
export function recipeTables(): string {
  const tables = tablesIn(path.dirname(RECIPE_TABLES));
  return [
    `/** Every table of portable recipes. ${WRITTEN} */`,
    "import type { LateTable } from '../../base/late';",
    ...imports(tables.filter(({ stem }) => stem < 'recipe')),
    "import type { Recipes } from './recipe';",
    ...imports(tables.filter(({ stem }) => stem > 'recipe')),
    ...list('RECIPE_TABLES', 'Recipes', tables),
    '',
  ].join('\n');
}

if (require.main === module) {
  writeFileSync(OP_TABLES, opTables());
  writeFileSync(KERNEL_TABLES, kernelTables());
  writeFileSync(RECIPE_TABLES, recipeTables());
}
