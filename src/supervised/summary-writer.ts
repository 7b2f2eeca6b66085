/** The class of event files, by its name of before TensorFlow 1.0. */
import { sayOnce } from '../program/old-names';
import { FileWriter } from '../summary/file-writer';

/**
 * Writes summaries and graphs into an event file.
 *
 *     const writer = new tf.train.SummaryWriter(`${folder}/logs`, sess.graph);
 *     writer.getLogdir().endsWith('logs')   // true
 *
 * @deprecated  `tf.summary.FileWriter` since TensorFlow 1.0; it takes the same arguments
 */
export class SummaryWriter extends FileWriter {
  /**
   * Makes the folder where it is missing; the file is made with the first event.
   *
   * @param given  what `tf.summary.FileWriter` takes
   * @throws TypeError  for a folder or suffix that is no text
   */
  constructor(...given: ConstructorParameters<typeof FileWriter>) {
    sayOnce('train.SummaryWriter', 'summary.FileWriter');
    super(...given);
  }
}
