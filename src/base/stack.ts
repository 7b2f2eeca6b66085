/** Stacks as someone reads them who is stuck: from the line of the script on, without the library's own frames. */
import { SOURCES, fileOfUrl, makesSourceMaps, path } from './platform';

export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The function that the line is in, as V8 calls it; '<anonymous>' for one without a name. */
  readonly function: string;
}

/** Frames that are captured: the way through the library is long, and it is left out afterwards. */
const DEPTH = 72;

/** Folders whose files are the package's own: what runs, and what source maps say it came from. */
export function packageFolders(running: string): readonly string[] {
  const above = path.dirname(running);
  const folders =
    path.basename(above) === 'dist' ? [running, path.join(path.dirname(above), path.basename(running))] : [running];
  return folders.map((folder) => folder + path.sep);
}
const OWN = packageFolders(SOURCES);
function isOwn(file: string): boolean {
  return OWN.some((folder) => file.startsWith(folder));
}
/** Neither the package's, nor Node's, nor another package's. */
function isUsers(file: string): boolean {
  return !isOwn(file) && path.isAbsolute(file) && !file.includes(`${path.sep}node_modules${path.sep}`);
}

/** What was captured, and not yet made a text of. */
export interface Captured {
  readonly stack?: string;
}
/**
 * The text of a captured stack. Where a runner of TypeScript makes it, which looks each frame up in a source map, it is
 * given those alone that are wanted. Node's own source maps it makes itself.
 *
 * @param wanted  picks frames by their files, as they run
 */
function textOf(captured: Captured, wanted: (files: readonly string[]) => readonly number[]): string {
  const { prepareStackTrace: runners } = Error;
  if (typeof runners !== 'function' || makesSourceMaps()) return captured.stack ?? '';
  Error.prepareStackTrace = (error, frames) => {
    const files = frames.map((frame) => fileOf(frame.getScriptNameOrSourceURL() ?? ''));
    return runners(
      error,
      wanted(files).map((i) => frames[i]),
    );
  };
  try {
    return String(captured.stack ?? '');
  } finally {
    Error.prepareStackTrace = runners;
  }
}
function fileOf(name: string): string {
  return name.startsWith('file://') ? fileOfUrl(name) : name;
}
/** The user's frames of a captured stack, innermost first. */
export function userFrames(captured: Captured): Location[] {
  return userLocations(textOf(captured, (files) => files.flatMap((file, i) => (isUsers(file) ? [i] : []))));
}

/** Where a line of a stack points to, or null. */
export function locationOf(frame: string): Location | null {
  const match = /^\s*at (?:async )?(?:(.*?) \((.+):(\d+):(\d+)\)|(.+):(\d+):(\d+))$/.exec(frame);
  if (!match) return null;
  const [file, line, column] = match[2] === undefined ? match.slice(5) : match.slice(2);
  return { file: fileOf(file), line: Number(line), column: Number(column), function: match[1] || '<anonymous>' };
}
/** The user's frames of a stack, innermost first. */
function userLocations(stack: string): Location[] {
  return stack.split('\n').flatMap((frame) => {
    const at = locationOf(frame);
    return at && isUsers(at.file) ? [at] : [];
  });
}
/** Whether it was the package's own code, and no function that a program gave it, that an error came up in. */
export function beganInside({ stack }: Error): boolean {
  const first = String(stack)
    .split('\n')
    .map(locationOf)
    .find((at) => at && !at.file.startsWith('node:'));
  return first ? isOwn(first.file) : false;
}

/**
 * Lets an error's stack begin at the line of the script, which source maps, test runners and Node print beside the
 * message. A larger `--stack-trace-limit` than Node's own shows the library's frames too. The stack is made when
 * someone asks for it, with the message as it is then.
 */
export function startAtScript(error: Error): void {
  const limit = Error.stackTraceLimit;
  const holder: { stack?: string } = {};
  Error.stackTraceLimit = Math.max(limit, DEPTH);
  Error.captureStackTrace(holder, error.constructor);
  Error.stackTraceLimit = limit;
  // Node shows the line that makes an uncaught error. It forgets which, unless the property goes first.
  delete error.stack;
  let frames: string | null = null;
  const stack = (): string => {
    frames ??= shorten(
      textOf(holder, (files) => shown(files, limit))
        .split('\n')
        .slice(1),
      limit,
    ).join('\n');
    return `${error.name}: ${error.message}${frames && `\n${frames}`}`;
  };
  Object.defineProperty(error, 'stack', {
    configurable: true,
    enumerable: false,
    get: stack,
    set: (value: string) => {
      Object.defineProperty(error, 'stack', { value, writable: true, configurable: true, enumerable: false });
    },
  });
}
function shorten(frames: readonly string[], limit: number): readonly string[] {
  const files = frames.map((frame) => locationOf(frame)?.file ?? '');
  return shown(files, limit)
    .slice(0, limit)
    .map((i) => frames[i]);
}
/** Which frames of these files are shown: from the user's first one on, without the package's own. */
function shown(files: readonly string[], limit: number): readonly number[] {
  const first = files.findIndex(isUsers);
  const all = files.map((_, i) => i);
  return first < 0 || limit > 10 ? all : all.filter((i) => i >= first && !isOwn(files[i]));
}
