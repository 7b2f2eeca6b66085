/**
 * Files of events: what a program shows of itself while it runs. What is added waits in memory, so that training is not
 * held up, and goes to the file after some time, when much has come, and when the file is closed or the process ends.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { EVENT } from './event-messages';
import { exists, fileError, isFolder, join, makeFolders } from './files';
import type { Given } from './message';
import { frame } from './records';

/** More bytes than this do not wait for their time. */
const MUCH = 1 << 20;
const VERSION = 'brain.Event:2';
const open = new Set<EventFile>();
const atExit = (): void => {
  for (const file of open) file.flushQuietly();
};

/** Appends events to a new file of a folder. */
export class EventFile {
  /** Where it is written; it is made with the first event. */
  path: string | null = null;
  private file: number | null = null;
  private waiting: Uint8Array[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | null = null;
  /** What the file system said when nobody had called. */
  private failure: unknown = null;
  /**
   * @param seconds  how long an event may wait in memory
   * @param prefix   begins its name
   */
  constructor(
    readonly folder: string,
    private readonly suffix: string,
    private readonly seconds: number,
    private readonly prefix = 'events',
  ) {
    if (!isFolder(folder)) makeFolders(folder);
  }
  add(event: Given<typeof EVENT.fields>): void {
    const isFirst = this.begin();
    this.put(event);
    // The first one is there at once, for whoever looks.
    if (isFirst) this.flush();
    else if (this.bytes > MUCH) this.flush();
    else this.later();
  }
  /** Makes the file where there is none yet; whether it did. */
  begin(): boolean {
    const isNew = this.path === null && !this.waiting.length;
    if (isNew) this.start();
    return isNew;
  }
  private put(event: Given<typeof EVENT.fields>): void {
    const record = frame(EVENT.write(event));
    this.waiting.push(record);
    this.bytes += record.length;
  }
  private start(): void {
    const seconds = Math.floor(Date.now() / 1000);
    const name = `${this.prefix}.out.tfevents.${String(seconds).padStart(10, '0')}.${hostname()}`;
    const path = join(this.folder, name);
    // Two files of one second stand side by side.
    let number = 0;
    let free = `${path}${this.suffix}`;
    while (exists(free)) free = `${path}.${process.pid}.${number++}${this.suffix}`;
    const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_WRONLY } = constants;
    try {
      this.file = openSync(free, O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o666);
    } catch (error) {
      throw fileError(free, error);
    }
    this.path = free;
    if (!open.size) process.on('exit', atExit);
    open.add(this);
    this.put({ wallTime: seconds, fileVersion: VERSION });
  }
  private later(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => this.flushQuietly(), Math.min(this.seconds * 1000, 2 ** 31 - 1));
    // A process that has nothing else to do ends, and flushes then.
    this.timer.unref();
  }
  /** Writes what waits. @throws what the file system says */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const { failure } = this;
    this.failure = null;
    if (failure !== null) throw failure;
    if (this.file === null || !this.waiting.length) return;
    const all = Buffer.concat(this.waiting);
    this.waiting = [];
    this.bytes = 0;
    try {
      for (let at = 0; at < all.length; ) at += writeSync(this.file, all, at, all.length - at);
    } catch (error) {
      throw fileError(this.path ?? this.folder, error);
    }
  }
  /** The same where there is nobody to tell: the next call of the program's own throws what went wrong. */
  flushQuietly(): void {
    try {
      this.flush();
    } catch (error) {
      this.failure = error;
    }
  }
  close(): void {
    try {
      this.flush();
    } finally {
      if (this.file !== null) closeSync(this.file);
      this.file = null;
      this.path = null;
      open.delete(this);
      if (!open.size) process.off('exit', atExit);
    }
  }
}
