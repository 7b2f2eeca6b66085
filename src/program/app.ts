/**
 * `tf.app`: how a program starts.
 *
 * @module
 */
import { commandLine, leave, write } from '../base/platform';
import { ValueError } from '../base/errors';
import { bound } from '../calls/bind';
import { help, parse } from './flag-values';

export * as flags from './app-flags';

/**
 * Reads the flags of the command line and calls the program's main function, with what is no flag. `--help` shows the
 * flags, and ends the program; so does a flag that cannot be read, with an error. A main function that is `async` is
 * waited for.
 *
 *     tf.app.run((args) => args.length > 0, ['program'])   // undefined
 *
 * @param main  takes the program's name and the arguments that are no flags, as Python's `main(_)`
 * @param argv  the program's name and its arguments; the command line where not given
 * @throws TypeError  for a call without a main function; what the main function throws goes on
 */
export const run = bound('app.run', (main: (argv: string[]) => unknown, argv?: readonly string[]): void => {
  const [program = '', ...args] = argv ?? ['', ...commandLine()];
  if (args.some((arg) => /^--?(help|helpshort|helpfull)$/.test(arg))) {
    write('stdout', help());
    leave(0);
  }
  let rest: string[];
  try {
    rest = parse(args);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    write('stderr', `FATAL Flags parsing error:\n  ${error.message}\nPass --help to see help on flags.\n`);
    leave(1);
  }
  const done = main([program, ...rest]);
  // An error of a promise that nobody waits for ends the program, as Node does it.
  void done;
});
