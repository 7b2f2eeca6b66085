/** Summaries and events for their text, in which tensors are messages too. */
import { EVENT, SUMMARY_VALUE } from './event-messages';
import { inner, inners } from './field';
import { TENSOR_PROTO } from './graph-messages';
import { Message } from './message';

const VALUE_TEXT = new Message('Summary.Value', { ...SUMMARY_VALUE.fields, tensor: inner(() => TENSOR_PROTO, 8) });
export const SUMMARY_TEXT = new Message('Summary', { value: inners(() => VALUE_TEXT, 1) });
export const EVENT_TEXT = new Message('Event', { ...EVENT.fields, summary: inner(() => SUMMARY_TEXT, 5) });
