/** The table of docs/values.md: `npm run value-table` writes it, values.test.ts fails where it is not the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { CHOICES, type Choice } from '../../src/kernels/values';

export const PAGE = path.join(__dirname, '..', '..', 'docs', 'values.md');
const HEAD =
  "| Ops | Where | TensorFlow 1.15 | Here | TensorFlow 2's kernels, and what the native device does instead |";
const DONE = {
  host: 'the host computes it',
  parts: 'several of its nodes do',
  fits: 'the host does where that may be',
};

function row({ ops, dtypes, where, tensorflow, here, native = [] }: Choice): string {
  const what = [ops.join(', ') || 'every op', ...(dtypes ? [`(${dtypes.join(', ')})`] : [])].join(' ');
  const lines = native.map(({ types, says, inGraphs, instead }) => {
    const whose = types && types !== ops.join(' ') ? `${types.split(' ').join(', ')} ` : '';
    const done = instead === 'host' ? DONE.host : typeof instead === 'function' ? DONE.parts : DONE.fits;
    return `${whose}${says}${inGraphs ? ', in a whole graph' : ''}: ${done}`;
  });
  return `| ${what} | ${where} | ${tensorflow} | ${here} | ${lines.join('; ')} |`;
}
/** The page with the table in its place. */
export function withTable(page: string): string {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith('| Ops |'));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return [...lines.slice(0, start), HEAD, '|---|---|---|---|---|', ...CHOICES.map(row), ...lines.slice(end)].join('\n');
}

if (require.main === module) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8')));
