/** The kernels that there are, by op type: rows of tables that are read when the first of theirs is asked for. */
import { type DType, resource, variant } from '../base/dtype';
import { LateRows, type LateTable } from '../base/late';
import type {
  HostKernel,
  HostKernelRow,
  HostTable,
  StatefulKernel,
  StatefulRow,
  StatefulTable,
  VariantTable,
} from './kernel';

const HOST = new LateRows<HostTable, HostKernelRow>((table, type) => checked(rowIn(table, type)));
const STATEFUL = new LateRows<StatefulTable, StatefulRow>(statefulIn);
const OF_VARIANTS = new LateRows<VariantTable, StatefulRow>(statefulIn);

export function registerHostKernels(table: LateTable<HostTable>): void {
  HOST.add(table);
}
type Rows<Row> = Readonly<Record<string, Row | undefined>>;
/** The row whose kernel may be given any inputs: it asks the check first. */
export function checked(row: HostKernelRow): HostKernelRow {
  const { check, run, wide } = row;
  if (!check || row.checksItself) return row;
  return {
    ...row,
    run(inputs, node) {
      check(inputs, node);
      return run(inputs, node);
    },
    wide: wide && checked(wide),
  };
}
/** The row of a type as it stands in a table: its kernel relies on its check. */
export function rowIn(table: Rows<HostKernel | HostKernelRow>, type: string): HostKernelRow {
  const row = table[type];
  if (!row) throw new Error(`The table has no kernel for ${type}.`);
  return typeof row === 'function' ? { run: row } : row;
}
export function registerStatefulKernels(table: LateTable<StatefulTable>): void {
  STATEFUL.add(table);
}
/** Kernels of ops whose inputs are variants, or handles. */
export function registerVariantKernels(table: LateTable<VariantTable>): void {
  OF_VARIANTS.add(table);
}
function statefulIn(table: Rows<StatefulKernel | StatefulRow>, type: string): StatefulRow | undefined {
  const row = table[type];
  return typeof row === 'function' ? { make: () => row } : row;
}
/** The row of a type, with a kernel that checks its inputs. */
export function hostKernel(type: string): HostKernelRow | undefined {
  return HOST.get(type);
}
/** @param input  the dtype of its first input */
export function statefulKernel(type: string, input?: DType): StatefulRow | undefined {
  return STATEFUL.get(type) ?? (input === variant || input === resource ? OF_VARIANTS.get(type) : undefined);
}
