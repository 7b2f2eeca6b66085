/**
 * Writes docs/conformance.md from what TensorFlow's own tests gave on our server and on TensorFlow's.
 *
 *     npm run conformance -- RESULTS EXPECTED
 *
 * RESULTS is a folder of .jsonl files, one for each file of tests, with a line for each test that was run; EXPECTED is
 * one gzipped .jsonl file with what the same tests gave on TensorFlow 1.15.5's server.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Row {
  readonly kind?: string;
  readonly module: string;
  readonly test: string;
  readonly outcome: string;
  readonly runs: number;
  readonly emsg?: string;
}
interface Counts {
  theirs: number;
  ours: number;
}
const [RESULTS, EXPECTED] = process.argv.slice(2);
const PAGE = join(__dirname, '..', '..', 'docs', 'conformance.md');

const linesOf = (text: string): Row[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);

function results(): Row[] {
  return readdirSync(RESULTS)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => {
      const rows = linesOf(readFileSync(join(RESULTS, name), 'utf8'));
      const { module } = rows[0];
      return rows.filter(({ kind }) => kind === 'result').map((row) => ({ ...row, module }));
    });
}
/** Why it failed, in a few words. */
function reason({ outcome, emsg = '' }: Row): string {
  const type = /No kernel for op type '(\w+)' on the \w+ device with inputs \(([^)]*)\)/.exec(emsg);
  if (type) {
    const odd = /complex64|complex128|int16|float16|bfloat16|uint\d+/.exec(type[2])?.[0];
    return odd ? `no kernel for \`${type[1]}\` of ${odd}` : `no kernel for \`${type[1]}\``;
  }
  const unknown = /Op type not registered '(\w+)'/.exec(emsg)?.[1];
  if (unknown) return `\`${unknown}\` is not registered`;
  if (outcome === 'hang') return 'it took longer than its time limit';
  return emsg.trim().split('\n')[0].slice(0, 100) || 'it says nothing';
}

function rowOf(name: string, { theirs, ours }: Counts): string {
  return `| \`${name}\` | ${theirs} | ${ours === theirs ? ours : `**${ours}**`} |`;
}

const expected = new Map(
  linesOf(gunzipSync(readFileSync(EXPECTED)).toString()).map((row) => [`${row.module} ${row.test}`, row]),
);
const modules = new Map<string, Counts>();
const reasons = new Map<string, number>();
for (const row of results()) {
  const theirs = expected.get(`${row.module} ${row.test}`);
  if (!theirs?.runs || theirs.outcome !== 'pass') continue;
  const counts = modules.get(row.module) ?? { theirs: 0, ours: 0 };
  modules.set(row.module, counts);
  counts.theirs++;
  if (row.outcome === 'pass') counts.ours++;
  else reasons.set(reason(row), (reasons.get(reason(row)) ?? 0) + 1);
}
const all = [...modules.values()];
const sum = (key: 'theirs' | 'ours'): number => all.reduce((total, counts) => total + counts[key], 0);
const ranked = [...reasons].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
const table = [...modules].sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  PAGE,
  `# TensorFlow's own tests as the judge

TensorFlow 1.15's Python tests, each session of theirs opened on \`tfjs-session serve\`
([server.md](server.md)): those of a sample that run a session, and pass on TensorFlow 1.15.5's own server. Written by
\`npm run conformance\`.

**${sum('ours')} of ${sum('theirs')} pass.**

| why the others do not | tests |
| --- | --- |
${ranked.map(([why, n]) => `| ${why.replace(/\|/g, '\\|')} | ${n} |`).join('\n')}

| file of tests | pass on TensorFlow's server | pass here |
| --- | --- | --- |
${table.map(([name, counts]) => rowOf(name, counts)).join('\n')}
`,
);
