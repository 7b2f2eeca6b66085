/** Public functions make TensorFlow's nodes, but for those that docs/from-python.md lists: recorded from 1.15.5. */
import { readFileSync } from 'node:fs';
import { LEVELS, setVerbosity, verbosity } from '../../src/base/logging';
import { MARKS, PAGE, RECORDED, difference, functionOf, nodeList, nodesOf } from './nodes';

// tf.einsum warns of sums over more than two inputs.
const before = verbosity();
beforeAll(() => setVerbosity(LEVELS.ERROR));
afterAll(() => setVerbosity(before));

const page = readFileSync(PAGE, 'utf8');
const section = page.slice(page.indexOf(MARKS[0]), page.indexOf(MARKS[1]) + MARKS[1].length);

test('docs/from-python.md lists what differs: `npm run node-list` writes it', () => {
  expect(section).toBe(nodeList());
  expect(section).not.toContain('not known');
});
const listed = new Set([...section.matchAll(/^\| `([\w.]+)\(/gm)].map(([, name]) => name));
describe.each(Object.keys(RECORDED).filter((call) => !listed.has(functionOf(call))))('%s', (call) => {
  test('makes the nodes that Python makes, and its gradient', () => {
    expect(nodesOf(call, RECORDED[call])).toEqual(RECORDED[call].nodes);
  });
});
test('a function that is listed still differs', () => {
  const same = [...listed].filter((name) =>
    Object.entries(RECORDED).every(([call, recorded]) => functionOf(call) !== name || !difference(call, recorded)),
  );
  expect(same).toEqual([]);
});
