/** The messages of config-proto.ts, and `tf.RunOptions`, as bytes and as text. */
import { known } from '../base/keys';
import { MESSAGE, type MessageObject, UNKNOWN } from '../calls/settings';
import { CONFIG, GPU_OPTIONS, GRAPH_OPTIONS, OPTIMIZER_OPTIONS, RUN_OPTIONS } from '../format/config-messages';
import type { Described } from '../format/field';
import { bytesGiven } from '../format/given';
import type { Given, Message, Fields as Table } from '../format/message';
import { fromPlain, toPlain } from '../format/plain';
import * as text from '../format/text-format';

const TABLES: Readonly<Record<string, Message>> = Object.fromEntries(
  [CONFIG, GPU_OPTIONS, GRAPH_OPTIONS, OPTIMIZER_OPTIONS, RUN_OPTIONS].map((table) => [table.name, table as Message]),
);
const tableOf = (object: MessageObject): Message => known(TABLES[object[MESSAGE]], object[MESSAGE]);
const isMessage = (value: unknown): value is MessageObject =>
  typeof value === 'object' && value !== null && MESSAGE in value;

/** Of messages inside, those are there that say something. */
function givenOf(object: MessageObject, table: Described): Given<Table> {
  const given: Record<string, unknown> = {};
  const plain: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    if (isMessage(value)) {
      const inner = tableOf(value);
      const made = givenOf(value, inner);
      if (inner.write(made).length) given[key] = made;
    } else if (Object.hasOwn(table.fields, key)) plain[key] = value;
  }
  return { ...fromPlain(table, plain), ...given, unknown: object[UNKNOWN] };
}
export function bytesOf(object: MessageObject): Uint8Array<ArrayBuffer> {
  const table = tableOf(object);
  return table.write(givenOf(object, table));
}
export function textOf(object: MessageObject): string {
  return text.textOf(tableOf(object), bytesOf(object));
}
export function read<M extends MessageObject>(object: M, bytes: Uint8Array | string): M {
  const table = tableOf(object);
  put(object, toPlain(table, table.read(bytesGiven(bytes, table.name))));
  return object;
}
export function readText<M extends MessageObject>(object: M, given: string): M {
  return read(object, text.bytesOf(tableOf(object), given));
}
function put(object: MessageObject, { unknown, ...plain }: Record<string, unknown>): void {
  if (unknown instanceof Uint8Array) object[UNKNOWN] = unknown;
  for (const [key, value] of Object.entries(plain)) {
    const there: unknown = Reflect.get(object, key);
    if (isMessage(there)) put(there, value as Record<string, unknown>);
    else Reflect.set(object, key, value);
  }
}
