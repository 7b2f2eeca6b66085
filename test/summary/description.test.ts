/** Messages of events as classes, and what an old summary node says of its value. */
import * as tf from '../../src';
import { described } from '../program-rows';

const of = (description: string): tf.summary.SummaryDescription =>
  tf.summary.getSummaryDescription(described(description).node[0]);

test.each([
  ['{"typeHint": "x"}', 'type_hint: "x"\n'],
  ['{"type_hint":"y"}', 'type_hint: "y"\n'],
  ['{}', ''],
])('%s is %j', (text, said) => {
  expect(String(of(text))).toBe(said);
});
test.each([
  ['', 'Failed to load JSON: '],
  ['nope', 'Failed to load JSON: '],
  ['{"foo":1}', 'Protocol message SummaryDescription has no "foo" field.'],
  ['{"typeHint":1}', '1 has type int, but expected one of: bytes, unicode'],
  ['[1]', 'a description is an object of fields, not [1]'],
])('%j is refused', (text, said) => {
  expect(() => of(text)).toThrow(said);
});
test('of operations too, and of no other type', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => tf.importGraphDef(described('{"typeHint": "z"}'), { inputMap: {}, name: '' }));
  expect(tf.summary.getSummaryDescription(graph.getOperationByName('a')).typeHint).toBe('z');
  const scalar = tf.summary.scalar('s', 1).op;
  expect(() => tf.summary.getSummaryDescription(scalar)).toThrow("Can't get_summary_description on ScalarSummary");
});
test('messages go into bytes and text and come back', () => {
  const histo = new tf.HistogramProto({ min: 1, bucketLimit: [1, 2], bucket: [3, 4] });
  expect(tf.HistogramProto.fromString(histo.serializeToString())).toEqual(histo);
  expect(String(histo)).toBe('min: 1.0\nbucket_limit: 1.0\nbucket_limit: 2.0\nbucket: 3.0\nbucket: 4.0\n');
  const event = new tf.Event({ logMessage: new tf.LogMessage({ level: tf.LogMessage.WARN, message: 'hot' }) });
  const back = tf.Event.fromString(event.serializeToString());
  expect(back.logMessage).toEqual(event.logMessage);
  expect(back.logMessage).toBeInstanceOf(tf.LogMessage);
});
test.each([
  [() => new tf.HistogramProto({ min: 'a' as never }), 'expected one of: int, long, float'],
  [() => new tf.SummaryMetadata({ name: 'a' } as never), 'Protocol message SummaryMetadata has no "name" field.'],
  [() => tf.LogMessage.fromString(Uint8Array.of(8)), 'Error parsing message'],
])('%s is refused', (call, said) => {
  expect(call).toThrow(said);
});
