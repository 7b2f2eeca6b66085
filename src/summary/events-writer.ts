/** TensorFlow's writer of events in C++, which programs with a logger of their own take from `pywrap_tensorflow`. */
import { TypeError_ } from '../base/errors';
import { preview } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { EventFile } from '../format/event-file';
import { basename, dirname } from '../format/files';
import { Event, messageOfEvent } from '../format/summary';

const WRITER = constructorOf<[filePrefix: string]>('python.pywrap_tensorflow.EventsWriter');
const WRITE_EVENT = signature<[event: Event]>('python.pywrap_tensorflow.EventsWriter.WriteEvent');
/** How long an event may wait, in seconds. */
const WAIT = 120;

/**
 * Writes events into a file by the beginning of its path, `PREFIX.out.tfevents.TIME.HOST`; `tf.summary.FileWriter`
 * does the same with less to write.
 *
 *     const writer = new tf.python.pywrapTensorflow.EventsWriter(`${folder}/logs/events`);
 *     const value = [{ tag: 'loss', simpleValue: 0.5 }];
 *     writer.WriteEvent(new tf.Event({ wallTime: 1, step: 2, summary: new tf.Summary({ value }) }));
 *     writer.Close();   // true
 */
export class EventsWriter {
  private file: EventFile | null = null;
  private readonly prefix: string;
  private suffix = '';
  /**
   * Makes no file yet.
   *
   * @param filePrefix  a path, to which the time and the machine's name are added
   * @throws TypeError  for what is no text
   */
  constructor(...given: Args<'python.pywrap_tensorflow.EventsWriter', [filePrefix: string]>) {
    const [prefix] = WRITER.take(given);
    if (typeof prefix !== 'string')
      throw new TypeError_(`file_prefix is the beginning of a path, not ${preview(prefix)}.`);
    this.prefix = prefix;
  }
  /** Makes the file, with a word at the end of its name; the one before is closed. */
  InitWithSuffix(suffix: string | { readonly suffix: string }): void;
  InitWithSuffix(suffix: string): void {
    this.file?.close();
    this.file = null;
    this.suffix = suffix;
    this.opened();
  }
  /** The file's path; it is made where there is none yet. */
  FileName(): string {
    return this.opened().path ?? '';
  }
  /**
   * Adds an event; the file is made with the first.
   *
   * @throws TypeError  for what is no `tf.Event`
   */
  WriteEvent(...given: Args<'python.pywrap_tensorflow.EventsWriter.WriteEvent', [event: Event]>): void {
    const [event] = WRITE_EVENT.take(given);
    if (!(event instanceof Event))
      throw new TypeError_(`Expected an event_pb2.Event proto,  but got ${preview(event)}`);
    this.opened().add(messageOfEvent(event));
  }
  /** Writes what waits; true. */
  Flush(): boolean {
    this.file?.flush();
    return true;
  }
  /** Writes what waits, and closes the file; true. What comes after goes into another one. */
  Close(): boolean {
    this.file?.close();
    this.file = null;
    return true;
  }
  private opened(): EventFile {
    this.file ??= new EventFile(dirname(this.prefix), this.suffix, WAIT, basename(this.prefix));
    this.file.begin();
    return this.file;
  }
}
bindMethods(EventsWriter, {
  InitWithSuffix: 'python.pywrap_tensorflow.EventsWriter.InitWithSuffix',
  FileName: 'python.pywrap_tensorflow.EventsWriter.FileName',
  Flush: 'python.pywrap_tensorflow.EventsWriter.Flush',
  Close: 'python.pywrap_tensorflow.EventsWriter.Close',
});
