/** Writes into docs/from-python.md which functions make other nodes than TensorFlow's: `npm run node-list`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { MARKS, PAGE, nodeList } from './nodes';

const page = readFileSync(PAGE, 'utf8');
const [from, to] = [page.indexOf(MARKS[0]), page.indexOf(MARKS[1]) + MARKS[1].length];
writeFileSync(PAGE, page.slice(0, from) + nodeList() + page.slice(to));
