/** In which order jest takes suites: as it always does, but the longest first, so that no worker waits at the end. */
const { sep } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** Those of a minute and more, the longest first. Without times of an earlier run jest goes by the size of files. */
const LONGEST = [
  'exercise/check',
  'reference/reference',
  'docs/docstrings',
  'types/programs',
  'ops/values',
  'rnn/rnn',
  'distributed/remote',
];
const ENDS = LONGEST.map((name) => `${sep}test${sep}${name.replace('/', sep)}.test.ts`);
const place = ({ path }) => {
  const at = ENDS.findIndex((end) => path.endsWith(end));
  return at < 0 ? ENDS.length : at;
};

module.exports = class extends Sequencer {
  static longest = LONGEST;

  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
};
