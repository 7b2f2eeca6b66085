/**
 * Messages as plain objects, as programs set them: what is left out has its default, a map is an object by its keys.
 */
import { type Described, type Field, type Fields, type Given, type MessageOf, insideOf } from './field';
import { checkGiven, checkObject } from './given';

/** A map is written as a list of entries where its values are no messages. */
const isEntry = ({ name }: Described): boolean => name.endsWith('Entry');
const isEmpty = (value: object): boolean => !Object.keys(value).length;

/**
 * A message, ready to be written.
 *
 * @throws ValueError, TypeError  for a field that there is not, or of another kind
 */
export function fromPlain<F extends Fields>(table: Described<F>, plain: object): Given<F> {
  const made: Record<string, unknown> = {};
  checkObject(table, plain);
  for (const [key, value] of Object.entries(plain)) {
    const field: Field | undefined = table.fields[key];
    made[key] = field?.message && typeof value === 'object' && value ? inside(field, value) : value;
  }
  checkGiven(table, made);
  return made as Given<F>;
}
function inside(field: Field, value: object): unknown {
  const table = insideOf(field);
  if (field.rule === 'map') return new Map(Object.entries(value).map(([key, each]) => [key, fromPlain(table, each)]));
  if (isEntry(table) && !Array.isArray(value)) {
    const isText = table.fields['key'].kind === 'string';
    return Object.entries(value).map(([key, each]: [string, unknown]) => ({
      key: isText ? key : Number(key),
      value: each,
    }));
  }
  if (field.rule === 'many') return Array.isArray(value) ? value.map((each: object) => fromPlain(table, each)) : value;
  return isEmpty(value) ? null : fromPlain(table, value);
}

/** What a message says; fields that its table does not know are in `unknown`. */
export function toPlain<F extends Fields>(table: Described<F>, message: MessageOf<F>): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [key, field] of Object.entries<Field>(table.fields)) {
    const value = (message as Readonly<Record<string, unknown>>)[key];
    if (value !== null) made[key] = field.message ? outside(field, value) : value;
  }
  if (message.unknown.length) made['unknown'] = message.unknown;
  return made;
}
function outside(field: Field, value: unknown): unknown {
  const table = insideOf(field);
  const plain = (each: unknown): unknown => toPlain(table, each as MessageOf<Fields>);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, each]: [string, unknown]) => [key, plain(each)]));
  if (!Array.isArray(value)) return plain(value);
  return isEntry(table)
    ? Object.fromEntries(value.map(({ key, value: each }: { key: string; value: unknown }) => [key, each]))
    : value.map(plain);
}
