/**
 * Each line of the table of differences is needed: without it an op gives something else on the native device than on
 * the host, step by step or as a part of a whole graph.
 */
import * as differences from '../../src/kernels/native/differences';
import { testOn } from '../devices';
import { casesOf } from './cases';
import { FORMS } from './forms';
import { breaches, waysOf } from './law';

/** Without these lines the process would end, or wait for ever: test/hostile tries their ops in one of its own. */
const ENDS = /ends the process|or ends it$/;
/** Step by step and in a whole graph: kernels-in-graphs.test.ts shows it. */
const IN_GRAPHS = /^(is|behind its pool is) oneDNN's/;
/** What is left out of a whole graph for what stands before it: chains.test.ts shows it. */
const IN_CHAINS = /a constant of zeros/;
/** Which order that is the clock says. */
const BY_THE_CLOCK = /in any order/;
/** Another order is another rounding: bits.test.ts shows it. */
const IN_BITS = /begins with the first whose memory/;
/** Among 70,001 elements: LAW=all shows it. */
const AMONG_MANY = /many bounds/;
const tried = differences.DIFFERENCES.filter(
  ({ says }) =>
    !ENDS.test(says) &&
    !IN_GRAPHS.test(says) &&
    !IN_CHAINS.test(says) &&
    !BY_THE_CLOCK.test(says) &&
    !IN_BITS.test(says) &&
    !AMONG_MANY.test(says),
);

afterEach(() => jest.restoreAllMocks());
for (const line of tried)
  testOn('native', `${line.types}: ${line.says}`, () => {
    const { differencesOf } = differences;
    jest
      .spyOn(differences, 'differencesOf')
      .mockImplementation((...asked) => differencesOf(...asked).filter((l) => l !== line));
    const types = line.types.split(' ').filter((type) => FORMS[type]);
    const isNeeded = (type: string): boolean =>
      [5, 1300].some((n) => waysOf('native').some((way) => breaches(casesOf(type, n, true), [way]).length > 0));
    expect(types.some(isNeeded)).toBe(true);
  });
