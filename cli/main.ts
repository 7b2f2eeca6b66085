#!/usr/bin/env node
/** The command `tfjs-session`. */
import { Command, CommanderError } from 'commander';
import { doctorCommand, exerciseCommand, trainCommand } from './commands';
import { installNativeCommand } from './install-native';
import { UsageError, oneLine } from './usage';

const { version, description } = require('tfjs-session/package.json') as { version: string; description: string };

const USAGE = 2;
const FAILURE = 1;
/** What a shell reports of a program that wrote into a closed pipe. */
const BROKEN_PIPE = 141;

const program = new Command('tfjs-session')
  .description(description)
  .version(version)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(`${withCure(oneLine(text))}\n`) });
for (const command of [trainCommand(), exerciseCommand(), doctorCommand(), installNativeCommand()]) {
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
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof UsageError ? USAGE : FAILURE;
}
