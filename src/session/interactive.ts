/** `tf.InteractiveSession`. */
import { dropDefaultRunner, pushDefaultRunner } from '../graph/runner';
import type { Args } from '../calls/bind';
import type { Opened } from './config';
import { Session } from './session';

/** A session that is the default one from its making until it is closed. */
export class InteractiveSession extends Session {
  constructor(...given: Args<'Session', Opened>) {
    super(...given);
    pushDefaultRunner(this);
  }
  override close(): void {
    dropDefaultRunner(this);
    super.close();
  }
}
