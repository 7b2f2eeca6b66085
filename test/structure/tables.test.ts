/** The lists of tables, and of the types in them, are what stands in the folders: `npm run op-table` writes them. */
import { KERNEL_TABLES, OP_TABLES, RECIPE_TABLES, kernelTables, opTables, recipeTables } from './tables';
import { textOf } from './files';

test('the lists in src/ops, src/kernels/host and src/kernels/portable have every table with its types', () => {
  expect(textOf(OP_TABLES)).toBe(opTables());
  expect(textOf(KERNEL_TABLES)).toBe(kernelTables());
  expect(textOf(RECIPE_TABLES)).toBe(recipeTables());
});
