/** The lists of tables are what stands in the folders. */
import { KERNEL_TABLES, OP_TABLES, kernelTables, opTables } from './tables';
import { textOf } from './files';

test('src/ops/tables.ts and src/kernels/host/index.ts list every table: `npm run op-table` writes them', () => {
  expect(textOf(OP_TABLES)).toBe(opTables());
  expect(textOf(KERNEL_TABLES)).toBe(kernelTables());
});
