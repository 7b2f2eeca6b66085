/** `tf.InteractiveSession`. */
import { dropDefaultRunner, pushDefaultRunner } from '../graph/runner';
import type { SessionOptions } from './config';
import { Session } from './session';

/** A session that is the default one from its making until it is closed. */
export class InteractiveSession extends Session {
  constructor(target = '', options: SessionOptions = {}) {
    super(target, options);
    pushDefaultRunner(this);
  }
  override close(): void {
    dropDefaultRunner(this);
    super.close();
  }
}
