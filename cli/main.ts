#!/usr/bin/env node
/** The command `tfjs-session`. */
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { doctorCommand, exerciseCommand, modelCommand, serveCommand, sweepCommand, trainCommand } from './commands';
import { installNativeCommand } from './install-native';
import { fitted } from './text';
import { UsageError, oneLine } from './usage';

const { version, description } = require('tfjs-session/package.json') as { version: string; description: string };

const USAGE = 2;
const FAILURE = 1;
/** What a shell reports of a program that wrote into a closed pipe. */
const BROKEN_PIPE = 141;

const ENVIRONMENT = `
Environment:
  TFJS_SESSION_QUIET=1      say nothing unasked on stderr: neither the device nor advice
  TFJS_SESSION_DEVICE       native or portable, instead of the fastest that is there
  TFJS_SESSION_THREADS      threads of the portable device, instead of as many as there are processors

Pages about everything: ${resolve(require.resolve('tfjs-session/package.json'), '..', 'docs')}
`;

const program = new Command('tfjs-session')
  .description(description)
  .version(version)
  .exitOverride()
  // The help wraps at narrow terminals, too.
  .configureHelp({ minWidthToWrap: 20 })
  .addHelpText('afterAll', ({ command }) => (command.parent ? '' : fitted(ENVIRONMENT, process.stdout)))
  .configureOutput({ outputError: (text, write) => write(`${fitted(withCure(oneLine(text)), process.stderr)}\n`) });
for (const command of [
  trainCommand(),
  sweepCommand(),
  exerciseCommand(),
  doctorCommand(),
  installNativeCommand(),
  serveCommand(),
  modelCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
  for (const part of command.commands) part.copyInheritedSettings(program);
}

// `tfjs-session train | head` has its lines and is content.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(BROKEN_PIPE);
    throw error;
  });
}

program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
});

/** Commander names the cure for a wrong value and for most slips of the pen; for the rest there is the help. */
function withCure(line: string): string {
  return /Did you mean|is invalid/.test(line) ? line : `${line.replace(/\.$/, '')}. See --help.`;
}

/** The exit code for what a command threw, which is said here unless commander has said it. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  process.stderr.write(
    `${fitted(`error: ${error instanceof Error ? error.message : String(error)}`, process.stderr)}\n`,
  );
  return error instanceof UsageError ? USAGE : FAILURE;
}
