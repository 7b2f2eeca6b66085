/** Where in the user's script a node was made. Captured cheaply, formatted only when someone asks. */
import { path, workingFolder } from '../base/platform';
import { type Location, userFrames } from '../base/stack';

/** A layer makes its variables some fifty calls below the line of the script. */
const DEPTH = 72;

/** A captured stack. */
export class Trace {
  private readonly holder: { stack?: string } = {};
  private found: readonly Location[] | null = null;
  constructor(skip: (...args: never[]) => unknown) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = DEPTH;
    Error.captureStackTrace(this.holder, skip as (...args: unknown[]) => unknown);
    Error.stackTraceLimit = limit;
  }
  /** The user's frames, innermost first (through source maps where the runner installs them). */
  get frames(): readonly Location[] {
    if (!this.found) {
      this.found = userFrames(this.holder);
      this.holder.stack = undefined;
    }
    return this.found;
  }
  /** The user's line that made the node, as `tutorial.ts:12:9`, or null. */
  get line(): string | null {
    return this.frames.length ? showLocation(this.frames[0]) : null;
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
