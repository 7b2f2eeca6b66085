/** First and second derivatives of all that branches, goes round or recurs, beside differences of values. */
import { devices } from '../devices';
import { checkRow } from './numeric';
import { FLOW } from './numeric-flow';
import { NET_ROWS } from './numeric-nets';

describe.each(devices())('on $title', (mode) => {
  test.each(Object.entries({ ...FLOW, ...NET_ROWS }))('%s', (_, row) => checkRow(row, mode));
});
