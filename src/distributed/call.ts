/** A call to a server, as it goes to the thread that makes it, and what comes back. */
import { errorOf } from '../base/thrown';

const INTERNAL = 13;

export interface CallMessage {
  readonly id: number;
  readonly method: string;
  /** Its bytes behind the prefix, in memory that goes to the thread and comes back. */
  readonly frame: Uint8Array<ArrayBuffer>;
  /** 0: as long as it takes. */
  readonly timeoutInMs: number;
}
/** A status, and what came with it. */
export interface Answer {
  readonly id: number;
  readonly code: number;
  readonly message: string;
  readonly bytes: Uint8Array;
  /** The memory of the call, unless somebody may still read it. */
  readonly room: ArrayBuffer | null;
}
/** Why a server is waited for: there is no connection yet. */
export interface Waiting {
  readonly waiting: string;
}
/** A call that was sent, and its answer once that has come. */
export class Call {
  answer: Answer | null = null;
  private readonly listeners: ((answer: Answer) => void)[] = [];
  constructor(
    readonly id: number,
    readonly method: string,
    /** Takes what the answer says, before anybody hears of it. */
    private readonly reads: ((bytes: Uint8Array) => void) | null,
  ) {}
  /** Tells of the answer as it comes, or now where it has come. */
  when(listener: (answer: Answer) => void): void {
    if (this.answer) listener(this.answer);
    else this.listeners.push(listener);
  }
  settle(answer: Answer): void {
    this.answer = this.read(answer);
    for (const listener of this.listeners) listener(this.answer);
  }
  /** An answer that cannot be read is none. */
  private read(answer: Answer): Answer {
    if (answer.code) return answer;
    try {
      this.reads?.(answer.bytes);
      return answer;
    } catch (error) {
      return { ...answer, code: INTERNAL, message: unreadable(this.method, error) };
    }
  }
}
/** What is said of an answer that is no message, or not the one that was asked for. */
function unreadable(method: string, error: unknown): string {
  return (
    `The answer to ${method} cannot be read: ${errorOf(error).message}\n  fix: is it TensorFlow's server, or that of ` +
    'tfjs-session? npx tfjs-session doctor --server TARGET tries it.'
  );
}
