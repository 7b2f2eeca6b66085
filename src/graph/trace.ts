/** Where in the user's script a node was made. Captured cheaply, formatted only when someone asks. */
import { path, workingFolder } from '../base/platform';
import { type Location, userFrames } from '../base/stack';

/** A layer makes its variables some fifty calls below the line of the script. */
const DEPTH = 72;

/** What is being built around a node, and how it was called. */
let around: Trace | null = null;

/** A captured stack. */
export class Trace {
  private readonly holder: { stack?: string } = {};
  private found: readonly Location[] | null = null;
  private readonly outer = around;
  constructor(skip: (...args: never[]) => unknown) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = DEPTH;
    Error.captureStackTrace(this.holder, skip as (...args: unknown[]) => unknown);
    Error.stackTraceLimit = limit;
  }
  /**
   * The user's frames, innermost first (through source maps where the runner installs them); of a node that is made too
   * far below them, those of what it was built in.
   */
  get frames(): readonly Location[] {
    if (!this.found) {
      const own = userFrames(this.holder);
      this.found = own.length || !this.outer ? own : this.outer.frames;
      this.holder.stack = undefined;
    }
    return this.found;
  }
  /** The user's line that made the node, as `tutorial.ts:12:9`, or null. */
  get line(): string | null {
    return this.frames.length ? showLocation(this.frames[0]) : null;
  }
}

/** Builds what may go far down, as cells in cells in a loop: what is made there has at least the line of this call. */
export function tracedFrom<R>(build: () => R): R {
  const outer = around;
  around = new Trace(tracedFrom);
  try {
    return build();
  } finally {
    around = outer;
  }
}

/** A node as TensorFlow shows it below a message: `[[node w (defined at tutorial.ts:12:9) ]]`. */
export function nodeFrame({ name, trace: { line } }: { readonly name: string; readonly trace: Trace }): string {
  return `\t [[node ${name}${line ? ` (defined at ${line})` : ''} ]]`;
}
/** `tutorial.ts:12:9`, relative to the working directory where the file is below it. */
export function showLocation({ file, line, column }: Location): string {
  const relative = path.relative(workingFolder(), file);
  return `${relative.startsWith('..') ? file : relative}:${line}:${column}`;
}
/** What errors say of a node that is not made. */
export function wouldBeAdded(name: string, type: string, caller: (...args: never[]) => unknown): string {
  return `'${name}' (op type: ${type}) would be added at ${new Trace(caller).line ?? 'an unknown line'}`;
}
