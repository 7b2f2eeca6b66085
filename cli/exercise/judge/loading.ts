/** Question 1, the loading code. */
import { type Case, type Verdict, notYet, tick } from './verdict';

const GIVEN = 'The loading code is given in the starter: keep it, and read what mnist.train and mnist.test hold.';

export function judgeLoading({ record, parts, runs }: Case): Verdict {
  if (record.sets.length) {
    const sizes = record.sets.map(
      (s) => `${s.examples.toLocaleString('en')} to ${s.name === 'validation' ? 'validate' : s.name}`,
    );
    return tick(`read the digits: ${[...new Set(sizes)].join(', ')}`);
  }
  if (parts.pictures !== null && record.runs.some((run) => runs.fed(run, parts.pictures)))
    return tick('fed pictures from a source of its own');
  return notYet(GIVEN);
}
