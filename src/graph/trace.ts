/** Where in the user's script a node was made. Captured cheaply, formatted only when someone asks. */
import * as path from 'path';

/** The package's own folder: frames below it are not the user's. */
const LIBRARY = path.dirname(__dirname) + path.sep;
const DEPTH = 20;

export interface Location { readonly file: string; readonly line: number; readonly column: number }

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
    this.found ??= parse(this.holder.stack ?? '');
    return this.found;
  }
  /** The user's line that made the node, as `tutorial.ts:12:9`, or null. */
  get line(): string | null { return this.frames.length ? showLocation(this.frames[0]) : null; }
}

function parse(stack: string): Location[] {
  const frames: Location[] = [];
  for (const line of stack.split('\n')) {
    const match = /\(?((?:file:\/\/)?(?:[A-Za-z]:)?[^():]+):(\d+):(\d+)\)?$/.exec(line);
    if (!match) continue;
    const file = match[1].replace(/^\s*at (async )?/, '').replace(/^file:\/\//, '');
    if (file.startsWith(LIBRARY) || file.startsWith('node:') || file.includes(`${path.sep}node_modules${path.sep}`)) continue;
    frames.push({ file, line: Number(match[2]), column: Number(match[3]) });
  }
  return frames;
}

/** `tutorial.ts:12:9`, relative to the working directory where the file is below it. */
export function showLocation({ file, line, column }: Location): string {
  const relative = path.relative(process.cwd(), file);
  return `${relative.startsWith('..') ? file : relative}:${line}:${column}`;
}
