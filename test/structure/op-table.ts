/**
 * What there is of each op type: its gradient, kernels by device, and the recording that its values are held against.
 * `npm run op-table` writes docs/ops.md, and contract.test.ts fails where that is not what the code says.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import '../../src';
import { DIFFERENTIABLE, NOT_DIFFERENTIABLE } from '../../src/graph/generated/op-defs';
import { definitionOf, gradOf, newerOps, registeredOps, typesWithRows } from '../../src/graph/opdef';
import { loadHostKernels } from '../../src/kernels/devices';
import { hostKernel, statefulKernel } from '../../src/kernels/registry';
import { FIXTURES, type JsonRow, fixture } from '../recorded';
import { devices, isServed } from '../sweep';
import { ELSEWHERE } from './elsewhere';

const ROOT = path.join(__dirname, '..', '..');
export const TABLE = path.join(ROOT, 'docs', 'ops.md');

/** Types that TensorFlow 1.15 differentiates, and those that it says have no gradient. */
export const WITH_GRADIENT: ReadonlySet<string> = new Set(DIFFERENTIABLE.split(' '));
const WITHOUT: ReadonlySet<string> = new Set(NOT_DIFFERENTIABLE.split(' '));

interface Fact {
  readonly type: string;
  readonly gradient: 'function' | 'none' | 'absent' | 'beyond 1.15' | 'missing';
  readonly host: boolean;
  readonly portable: boolean;
  readonly native: boolean;
  readonly recorded: string;
}

function rowsByType(): Map<string, { stems: Set<string>; rows: JsonRow[] }> {
  const found = new Map<string, { stems: Set<string>; rows: JsonRow[] }>();
  const entry = (op: string): { stems: Set<string>; rows: JsonRow[] } => {
    const known = found.get(op) ?? { stems: new Set(), rows: [] };
    found.set(op, known);
    return known;
  };
  for (const file of readdirSync(FIXTURES))
    for (const row of fixture(file.replace('.json', '')).rows) {
      entry(row.op).stems.add(`ops/${file}`);
      entry(row.op).rows.push(row);
    }
  const updates = readFileSync(path.join(FIXTURES, '..', 'updates.json'), 'utf8');
  for (const { op } of (JSON.parse(updates) as { rows: { op: string }[] }).rows) entry(op).stems.add('updates.json');
  return found;
}
function gradientOf(type: string): Fact['gradient'] {
  if (gradOf(type)) return WITH_GRADIENT.has(type) ? 'function' : 'beyond 1.15';
  return WITH_GRADIENT.has(type) ? 'missing' : WITHOUT.has(type) ? 'none' : 'absent';
}

/** One fact per type, in the order of the alphabet: per type of 1.15 with a row where not told which. */
export function facts(types = typesWithRows()): Fact[] {
  loadHostKernels();
  const rows = rowsByType();
  const there = new Set(devices().map(({ device }) => device));
  const onFile = nativeOnFile();
  return types.sort().map((type) => {
    const recorded = rows.get(type);
    const served = (kind: 'portable' | 'native'): boolean =>
      there.has(kind)
        ? (recorded?.rows.some((row) => isServed(row, kind)) ?? false)
        : (onFile[kind].has(type) ?? false);
    return {
      type,
      gradient: gradientOf(type),
      // What calls a function runs as its body.
      host: !!(hostKernel(type) ?? statefulKernel(type) ?? definitionOf(type).row.calls),
      portable: served('portable'),
      native: served('native'),
      recorded: recorded ? [...recorded.stems].sort()[0] : (ELSEWHERE[type] ?? ''),
    };
  });
}
/** Where a device is not there, what the table says of it stays. */
function nativeOnFile(): Record<'portable' | 'native', Set<string>> {
  const text = existsSync(TABLE) ? readFileSync(TABLE, 'utf8') : '';
  const cells = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const marked = (column: number): Set<string> =>
    new Set(cells.filter((row) => row[column] === 'yes').map((row) => row[1].replaceAll('`', '')));
  return { portable: marked(4), native: marked(5) };
}

const HEAD = ['| Type | Gradient | Host | Portable | Native | Recorded in |', '|---|---|---|---|---|---|'];
export function opTable(): string {
  const all = facts();
  const share = (count: number, of: number): string => `${count} of ${of} (${Math.round((100 * count) / of)} %)`;
  const count = (has: (fact: Fact) => boolean): string => share(all.filter(has).length, all.length);
  const defined = registeredOps();
  const yes = (is: boolean): string => (is ? 'yes' : '');
  const row = (f: Fact): string => {
    const kernels = [f.host, f.portable, f.native].map(yes).join(' | ');
    return `| \`${f.type}\` | ${f.gradient} | ${kernels} | ${f.recorded} |`;
  };
  return [
    '# Op types',
    '',
    'Written by `npm run op-table`; a test fails where the code says otherwise. TensorFlow 1.15 defines all these',
    'types and more: a node of any can be made, and is run where a device has a kernel; those below have a row here,',
    'which gives them shapes and gradients too. *none*: gradients stop there; *absent*: asking is an error, in',
    'TensorFlow as well. A device has a kernel of its own for at least one recorded row; the rest is left to the host.',
    '',
    `- types with a row: ${share(all.length, defined.length)}`,
    `- gradients of TensorFlow's: ${share(all.filter((f) => f.gradient === 'function').length, WITH_GRADIENT.size)}`,
    `- with a host kernel: ${count((f) => f.host)}`,
    `- with a portable kernel: ${count((f) => f.portable)}`,
    `- with a native kernel: ${count((f) => f.native)}`,
    '',
    ...HEAD,
    ...all.map(row),
    '',
    '## Of newer TensorFlows',
    '',
    'Types that 1.15 does not have, and that 2.21 writes in programs of 1.x: they come in with graphs.',
    '',
    ...HEAD,
    ...facts(newerOps()).map(row),
    '',
  ].join('\n');
}

if (require.main === module) writeFileSync(TABLE, opTable());
