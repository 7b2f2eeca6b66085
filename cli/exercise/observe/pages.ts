/** The page that `--report` asks for: of the last session that can tell of a trained model. */
import type * as tf from '../../../src';
import type { ReportOutcome } from '../record';

export class Pages {
  /** The pages of closed sessions, whose variables are gone. */
  private readonly closed = new Map<tf.Session, ReportOutcome>();
  /** @param make  writes the page about a session */
  constructor(private readonly make: (session: tf.Session) => ReportOutcome) {}

  beforeClose(session: tf.Session): void {
    if (!this.closed.has(session)) this.closed.set(session, this.page(session));
  }
  last(sessions: readonly tf.Session[]): ReportOutcome {
    let outcome: ReportOutcome | null = null;
    for (const session of [...sessions].reverse()) {
      const found = this.closed.get(session) ?? this.page(session);
      if ('path' in found) return found;
      outcome ??= found;
    }
    return outcome ?? { why: 'the program ran nothing in a session' };
  }
  private page(session: tf.Session): ReportOutcome {
    try {
      return this.make(session);
    } catch (error) {
      return { why: `it could not be made: ${String(error).split('\n')[0]}` };
    }
  }
}
