/** Classes of messages by the tables of their fields: `new tf.SummaryMetadata({ displayName: 'loss' })`. */
import { bytesGiven, checkGiven } from './given';
import type { Fields, Given, Message, MessageOf } from './message';

const textFormat = () => require('./text-format') as typeof import('./text-format');

/** What every message can do. */
export interface ProtocolMessage {
  /** Bytes, as a file has them. */
  serializeToString(): Uint8Array<ArrayBuffer>;
  /** Text, as Python prints it. */
  toString(): string;
}
/** A class whose objects are messages. */
export interface MessageClass<F extends Fields> {
  /** @param given  its fields */
  new (given?: Given<F>): MessageOf<F> & ProtocolMessage;
  /** From bytes. @throws ValueError  if they are no such message */
  fromString<M>(this: new (given: Given<F>) => M, bytes: Uint8Array | string): M;
  /** From text, as `toString` gives it. @throws ValueError  that names the line, if it is no such message */
  fromText<M>(this: new (given: Given<F>) => M, text: string): M;
}
/** A class that makes messages of a table. */
export function messageClass<F extends Fields>(table: Message<F>): MessageClass<F> {
  const made = class {
    constructor(given: Given<F> = {}) {
      checkGiven(table, given);
      Object.assign(this, table.make(given));
    }
    serializeToString(): Uint8Array<ArrayBuffer> {
      return table.write(Object.assign(table.make(), this));
    }
    toString(): string {
      return textFormat().textOf(table, this.serializeToString());
    }
    static fromString<M>(this: new (given: Given<F>) => M, bytes: Uint8Array | string): M {
      return new this(table.read(bytesGiven(bytes, table.name)));
    }
    static fromText<M>(this: new (given: Given<F>) => M, text: string): M {
      return new this(table.read(textFormat().bytesOf(table, text)));
    }
  };
  return made as unknown as MessageClass<F>;
}
