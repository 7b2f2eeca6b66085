/** The layers of ARCHITECTURE.md, held by the import lines themselves. Type imports count. */
import * as path from 'node:path';
import { ROOT, files, show, textOf } from './files';

const LAYERS: readonly (readonly string[])[] = [
  ['base'],
  ['calls'],
  ['format', 'graph'],
  ['kernels', 'ops'],
  ['plan', 'variables', 'control', 'flow', 'queues'],
  ['session', 'advice', 'gradients'],
  ['nn', 'math', 'linalg', 'bitwise', 'sets', 'strings', 'debugging', 'dtypes', 'errors', 'manip', 'train', 'keras'],
  ['layers', 'lookup', 'losses', 'metrics', 'summary', 'rnn', 'input', 'program', 'saved-model'],
  ['debug', 'distributed', 'examples', 'supervised', 'contrib'],
  ['profiler', 'python'],
  ['surface'],
  ['index.ts', 'cli'],
];
/**
 * The side that runs graphs and the side that builds them do not know each other; advice is asked, and runs nothing.
 */
const STRANGERS: readonly (readonly [string, string])[] = [
  ['kernels', 'ops'],
  ['ops', 'kernels'],
  ['session', 'ops'],
  ['plan', 'ops'],
  ['advice', 'session'],
];

function importsOf(file: string): string[] {
  const text = textOf(file).replace(/\/\*[\s\S]*?\*\//g, '');
  const found = [...text.matchAll(/(?:from|import|require\(|import\()\s*'(\.[^']*)'/g)].map((m) =>
    path.resolve(path.dirname(file), m[1]),
  );
  return found.map((f) => (all.has(`${f}.ts`) ? `${f}.ts` : path.join(f, 'index.ts'))).filter((f) => all.has(f));
}
const all = new Set([...files(path.join(ROOT, 'src')), ...files(path.join(ROOT, 'cli'))]);
const edges = new Map([...all].map((f) => [f, importsOf(f)]));
const folderOf = (file: string): string => {
  const [top, next] = path.relative(ROOT, file).split(path.sep);
  return top === 'cli' ? 'cli' : next;
};
const layerOf = (file: string): number => LAYERS.findIndex((folders) => folders.includes(folderOf(file)));

test('every source folder has a layer, and every layer has folders', () => {
  expect([...all].filter((f) => layerOf(f) < 0).map(show)).toEqual([]);
  const there = new Set([...all].map(folderOf));
  expect(LAYERS.flat().filter((folder) => !there.has(folder))).toEqual([]);
});
test('imports run downward', () => {
  const upward = [...edges].flatMap(([from, tos]) =>
    tos.filter((to) => layerOf(to) > layerOf(from)).map((to) => `${show(from)} -> ${show(to)}`),
  );
  expect(upward).toEqual([]);
});
test('kernels and ops, sessions and ops, advice and sessions do not import each other', () => {
  const wrong = [...edges].flatMap(([from, tos]) =>
    tos
      .filter((to) => STRANGERS.some(([a, b]) => folderOf(from) === a && folderOf(to) === b))
      .map((to) => `${show(from)} -> ${show(to)}`),
  );
  expect(wrong).toEqual([]);
});
test('no two folders import each other', () => {
  const ways = new Map<string, string>();
  for (const [from, tos] of edges)
    for (const to of tos) ways.set(`${folderOf(from)} ${folderOf(to)}`, `${show(from)} -> ${show(to)}`);
  const mutual = [...ways].filter(([way]) => {
    const [from, to] = way.split(' ');
    return from !== to && ways.has(`${to} ${from}`);
  });
  expect(mutual.map(([, example]) => example)).toEqual([]);
});
test('no cycles', () => {
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...way.slice(way.indexOf(file)), file].map(show).join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const to of edges.get(file)!) visit(to, [...way, file]);
    state.set(file, 'done');
  };
  for (const file of all) visit(file, []);
  expect(cycles).toEqual([]);
});
