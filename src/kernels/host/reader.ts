/** Readers: what takes names out of a queue, and gives the records of what they name, to whoever asks first. */
import { asTexts } from '../../base/elements';
import { string } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { textToBytes } from '../../base/bytes';
import { KernelError, Later, type Value, invalid } from '../kernel';
import { type FileAccess, Kind, type Place, type Resource } from '../resources';
import { release } from '../value';
import type { Element, Queue } from './queue';
import { standIn } from './waiting';

const messages = () => require('../../format/messages') as typeof import('../../format/messages');
const texts = () => require('../../format/text-format') as typeof import('../../format/text-format');

export interface Entry {
  readonly key: string;
  readonly value: string;
  /** No other follows. */
  readonly isLast?: boolean;
}
/** What a name stands for, while it is read. */
export interface Work {
  /** The next record; null where there is none. @throws KernelError  where it cannot be read */
  next(): Entry | null;
  close(): void;
}
export interface ReaderFacts {
  readonly place: Place;
  /** The op type without its version and the name of the node, as messages have them. */
  readonly title: string;
  /** Begins with what a name stands for. @throws KernelError  where that cannot be read */
  readonly open: (name: string, fileAt: FileAccess) => Work;
  /** Whether what it has done so far can be kept, and gone on with. */
  readonly keepsState: boolean;
}
/** What somebody wants of a reader, and may have to wait for. */
interface Reading {
  readonly queue: Queue;
  readonly most: number;
  readonly fileAt: FileAccess;
  readonly found: Entry[];
  readonly later: Later<readonly Entry[]>;
}
/** A name that was asked for, and what came. */
interface Asked {
  readonly by: Reading;
  readonly later: Later<Element>;
  came: { readonly element: Element } | { readonly error: unknown } | null;
}

export class Reader implements Resource {
  readonly wasMade = true;
  private readonly line: Reading[] = [];
  private asked: Asked | null = null;
  private name = '';
  private work: Work | null = null;
  private started = 0;
  private finished = 0;
  private given = 0;
  constructor(readonly facts: ReaderFacts) {}
  get kind(): Kind<Reader> {
    return READER;
  }
  get place(): Place {
    return this.facts.place;
  }
  get recordsProduced(): number {
    return this.given;
  }
  get workUnitsCompleted(): number {
    return this.finished;
  }

  // --- reading --------------------------------------------------------------------------------------------------

  /** Up to so many records, of no more names than one gives. Whoever comes later waits. */
  read(queue: Queue, most: number, fileAt: FileAccess): Later<readonly Entry[]> {
    const { place } = queue;
    const later = new Later<readonly Entry[]>(`an element of the queue '${place.name}', to read what it names`);
    const reading: Reading = { queue, most, fileAt, found: [], later };
    standIn(this.line, reading, () => {
      const { asked } = this;
      if (asked?.by !== reading || asked.came) return;
      this.asked = null;
      asked.later.cancel(new KernelError('Cancelled', 'Dequeue operation was cancelled'));
      this.serve();
    });
    this.serve();
    return later;
  }
  private serve(): void {
    for (let first = this.line[0]; first; first = this.line[0]) {
      let isWhole = false;
      let failed: { readonly error: unknown } | null = null;
      try {
        isWhole = this.goOn(first);
      } catch (error) {
        failed = { error };
      }
      if (!isWhole && !failed) return;
      this.line.shift();
      if (failed) first.later.fail(failed.error);
      else first.later.settle(first.found);
    }
  }
  /** Reads for somebody as far as it can be done now; false where a name has to be waited for. */
  private goOn(reading: Reading): boolean {
    const { found, most } = reading;
    while (found.length !== most) {
      if (this.started === this.finished) {
        const came = this.ask(reading);
        if (!came) return false;
        this.asked = null;
        if ('error' in came) {
          if (found.length && came.error instanceof KernelError && came.error.code === 'OutOfRange') return true;
          throw came.error;
        }
        this.name = nameIn(came.element);
        this.work = this.facts.open(this.name, reading.fileAt);
        this.started++;
      }
      // What was begun in another session, or before a state was restored, is begun again.
      this.work ??= this.facts.open(this.name, reading.fileAt);
      const entry = this.work.next();
      if (entry) {
        found.push(entry);
        this.given++;
      }
      if (entry && !entry.isLast) continue;
      this.end();
      this.finished = this.started;
      if (found.length) return true;
    }
    return true;
  }
  /** The next name, which may still have to come: null. */
  private ask(by: Reading): Asked['came'] {
    if (this.asked) return this.asked.came;
    const asked: Asked = { by, later: by.queue.dequeue(1, false, ([element]) => element), came: null };
    this.asked = asked;
    let isHere = true;
    const told = (came: Asked['came']): void => {
      asked.came = came;
      if (!isHere && this.asked === asked) this.serve();
    };
    asked.later.when(
      (element) => told({ element }),
      (error) => told({ error }),
    );
    isHere = false;
    return asked.came;
  }
  private end(): void {
    this.work?.close();
    this.work = null;
  }

  // --- its state ------------------------------------------------------------------------------------------------

  reset(): void {
    this.end();
    [this.started, this.finished, this.given, this.name] = [0, 0, 0, ''];
  }
  /** What it has done so far. @throws Unimplemented  where that cannot be kept */
  get state(): Uint8Array {
    if (!this.facts.keepsState) throw new KernelError('Unimplemented', 'Reader SerializeState');
    return messages().READER_BASE_STATE.write({
      workStarted: this.started,
      workFinished: this.finished,
      numRecordsProduced: this.given,
      currentWork: this.name,
    });
  }
  /** Goes on from there. Where that cannot be, it begins anew. */
  restore(text: string): void {
    try {
      this.goOnFrom(text);
    } catch (error) {
      this.reset();
      throw error;
    }
  }
  private goOnFrom(text: string): void {
    const { title, keepsState } = this.facts;
    if (!keepsState) throw new KernelError('Unimplemented', 'Reader RestoreState');
    const { READER_BASE_STATE } = messages();
    const state = readState(title, text);
    this.end();
    const said = (): string => texts().textOf(READER_BASE_STATE, READER_BASE_STATE.write(state));
    if (Math.min(state.workStarted, state.workFinished, state.numRecordsProduced) < 0)
      invalid(`Unexpected negative value when restoring in ${title}: ${said()}`);
    if (state.workStarted > state.workFinished)
      invalid(`Inconsistent work started vs. finished when restoring in ${title}: ${said()}`);
    this.started = state.workStarted;
    this.finished = state.workFinished;
    this.given = state.numRecordsProduced;
    this.name = state.currentWork;
  }
  dispose(): void {
    for (const { later } of this.line.splice(0)) later.cancel(new KernelError('Cancelled', 'The reader is gone.'));
    this.end();
  }
  /** It stays when a handle of it is gone. */
  released(): void {}
}
export const READER = new Kind('N10tensorflow15ReaderInterfaceE', Reader);

function nameIn(element: Element): string {
  try {
    const [first] = element;
    if (element.length !== 1) invalid('Expected single component queue');
    if (first.dtype !== string) invalid('Expected queue with single string component');
    if (first.size !== 1) invalid('Expected to dequeue a one-element string tensor');
    return asTexts(first.read())[0];
  } finally {
    element.forEach((each: Value) => release(each));
  }
}
function readState(title: string, text: string): ReturnType<ReturnType<typeof messages>['READER_BASE_STATE']['read']> {
  try {
    return messages().READER_BASE_STATE.read(textToBytes(text));
  } catch (error) {
    if (error instanceof ValueError) return invalid(`Could not parse state for ${title}: ${escaped(text)}`);
    throw error;
  }
}
/** Bytes as C++ writes them in its source. */
function escaped(text: string): string {
  const known: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '"': '"', "'": "'", '\\': '\\' };
  return Array.from(textToBytes(text), (byte) => {
    const letter = String.fromCharCode(byte);
    if (known[letter]) return `\\${known[letter]}`;
    return byte < 32 || byte >= 127 ? `\\${byte.toString(8).padStart(3, '0')}` : letter;
  }).join('');
}
