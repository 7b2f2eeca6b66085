/** What a reading of a changed file may come to: what is there, or an error of ours that names the file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isForeign } from '../foreign';
import { Choices } from '../random';
import { allocations } from './allocations';
import { isFound } from './found';
import { mutated } from './mutations';
import { outsideOf } from './outside';
import type { Reading, Subject } from './subjects';

const MOST_SECONDS = 10;
/** What is asked for at once: four times the file, and what is asked for whatever is read. */
const MOST_TIMES = 4;
const ANYWAY = 1 << 20;
/** Of the process. */
const MOST_KILOBYTES = 200 << 10;

interface Known {
  readonly subject: Subject;
  readonly whole: Buffer;
  /** What each of its readings gives. */
  readonly pieces: ReadonlyMap<Reading, readonly string[] | null>;
}
export class Judge {
  private readonly known: Known[];
  /** @param root  the folder of all files */
  constructor(
    subjects: readonly Subject[],
    private readonly root: string,
  ) {
    this.known = subjects.map((subject) => ({
      subject,
      whole: readFileSync(subject.file),
      pieces: new Map(subject.readings.map((reading) => [reading, wholeOf(reading)])),
    }));
  }
  /** What of our own files cannot be read although nothing is changed. */
  get unread(): string[] {
    return this.known.flatMap(({ subject, pieces }) =>
      [...pieces].flatMap(([{ how }, read]) => (read || isFound(subject) ? [] : [`${subject.name}: ${how}`])),
    );
  }
  /** What is tried with a seed. */
  private chosen(seed: number) {
    const choices = new Choices(seed);
    const known = choices.of(this.known);
    const reading = choices.of(known.subject.readings);
    const mutation = mutated(
      known.whole,
      known.subject.seal,
      this.known.map(({ whole }) => whole),
      choices,
    );
    return {
      known,
      reading,
      mutation,
      title: `${known.subject.file.slice(this.root.length)} ${mutation.what}; ${reading.how}`,
    };
  }
  /** Reads a changed file. @returns  what is wrong with that; null for nothing */
  try(seed: number, at: (title: string) => void): string | null {
    const { known, reading, mutation, title } = this.chosen(seed);
    const { subject, whole, pieces } = known;
    at(title);
    writeFileSync(subject.file, mutation.bytes);
    try {
      const wanted = subject.guarded && !mutation.isSealed ? (pieces.get(reading) ?? null) : null;
      const fault = this.faultOf(subject, reading, wanted, Math.max(whole.length, mutation.bytes.length));
      return fault && `${title}\n  ${fault}`;
    } finally {
      writeFileSync(subject.file, whole);
    }
  }
  private faultOf(subject: Subject, reading: Reading, wanted: readonly string[] | null, size: number): string | null {
    const seen: string[] = [];
    const [before, from] = [process.resourceUsage(), process.memoryUsage.rss() / 1024];
    const read = (): unknown => thrownBy(() => reading.read((piece) => seen.push(piece)));
    const { result: thrown, outside, largest } = outsideOf(this.root, () => allocations(read));
    const after = process.resourceUsage();
    const seconds = (after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime) / 1e6;
    const more = after.maxRSS > before.maxRSS ? after.maxRSS - from : 0;
    if (outside.length) return `it touches ${outside.slice(0, 3).join(', ')}`;
    if (seconds > MOST_SECONDS) return `it takes ${seconds.toFixed(1)} s`;
    if (largest > MOST_TIMES * size + ANYWAY) return `it asks for ${largest} bytes, and the file has ${size}`;
    if (more > MOST_KILOBYTES) return `it takes ${Math.round(more / 1024)} MB, and the file has ${size}`;
    // Of records some may be gone: a checksum is of one alone.
    const isThere = (piece: string, i: number): boolean =>
      subject.guarded === 'records' ? wanted!.includes(piece) : piece === wanted![i];
    const other = wanted && seen.find((piece, i) => !isThere(piece, i));
    if (other) return `it gives ${other}, which was not there`;
    if (thrown !== null) return faultOfError(thrown, subject, reading);
    return wanted && subject.guarded === 'whole' && seen.length < wanted.length ? 'a part is missing' : null;
  }
}
function thrownBy(body: () => void): unknown {
  try {
    body();
    return null;
  } catch (error) {
    return error;
  }
}
function wholeOf(reading: Reading): string[] | null {
  const seen: string[] = [];
  return thrownBy(() => reading.read((piece) => seen.push(piece))) === null ? seen : null;
}
function faultOfError(error: unknown, { file }: Subject, { isNamed }: Reading): string | null {
  const { name, message, stack } = error as Error;
  if (isForeign(error)) return `it throws ${(stack ?? String(error)).split('\n').slice(0, 8).join('\n  ')}`;
  if (!isNamed || message.includes(dirname(file))) return null;
  return `it names no file: ${name}: ${message}`;
}
