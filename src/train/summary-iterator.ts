/** Reading event files. */
import { DataLossError, ValueError } from '../base/errors';
import { bound } from '../calls/bind';
import { Event } from '../format/summary';

const records = () => require('../format/records') as typeof import('../format/records');

/**
 * The events of a file, one after the other.
 *
 *     const writer = new tf.summary.FileWriter(`${folder}/logs`);
 *     writer.addSummary(new tf.Summary({ value: [{ tag: 'loss', simpleValue: 0.5 }] }), 7);
 *     const { path } = writer;
 *     writer.close();
 *     [...tf.train.summaryIterator(path)].map(({ step }) => step)   // [0, 7]
 *
 * @param path  an event file
 * @returns  each a `tf.Event`
 * @throws NotFoundError  if there is no such file, DataLossError where it is cut or damaged
 */
export const summaryIterator = bound('train.summary_iterator', (path: string): Generator<Event, void, undefined> => {
  return eventsIn(path);
});
function* eventsIn(path: string): Generator<Event, void, undefined> {
  let count = 0;
  for (const record of records().recordsIn(path)) yield eventOf(record, path, count++);
}
function eventOf(record: Uint8Array, path: string, index: number): Event {
  try {
    return Event.fromString(record);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const said = error.message.replace(/^Error parsing message\s*/, '');
    throw new DataLossError(null, `${path}: record ${index} is no event: ${said}`);
  }
}
