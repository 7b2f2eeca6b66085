/** `tf.InteractiveSession`. */
import { dropDefaultRunner, pushDefaultRunner } from '../graph/runner';
import type { Args } from '../calls/bind';
import type { Opened } from './config';
import { bindMethods } from '../calls/methods';
import { Session } from './session';

/**
 * A session that is the default one from its making until it is closed.
 *
 *     const interactive = new tf.InteractiveSession();
 *     tf.constant([1, 2]).add(1).eval()   // [2, 3]
 *     interactive.close();
 */
export class InteractiveSession extends Session {
  /**
   * Opens the session and makes it the default one.
   *
   * @param target  a remote master, as `grpc://host:port`; '' for this process
   * @param graph   the graph to run, the default one where not given
   * @param config  the device, and how to run
   * @param worker  whose variables it sees: its own where none is given
   * @throws NotFoundError  for a target that is none
   */
  constructor(...given: Args<'Session', Opened>) {
    super(...given);
    pushDefaultRunner(this);
  }
  override close(): void {
    dropDefaultRunner(this);
    super.close();
  }
}
bindMethods(InteractiveSession, { close: 'InteractiveSession.close' });
