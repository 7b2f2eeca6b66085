/** What the library tells of its own work, by level: nothing below warnings, unless a program asks for more. */
import { warn } from './platform';

/** Python's numbers of levels. */
export const LEVELS = { DEBUG: 10, INFO: 20, WARN: 30, ERROR: 40, FATAL: 50 } as const;
export type Level = keyof typeof LEVELS;

let least: number = LEVELS.WARN;
/** The level from which on lines are written. */
export function verbosity(): number {
  return least;
}
export function setVerbosity(level: number): void {
  least = level;
}
const TOLD = new Set<string>();
/** Warns once in a process of what `about` names: what is allowed, and hardly meant. */
export function tellOnce(about: string, line: string): void {
  if (TOLD.has(about)) return;
  TOLD.add(about);
  tell('WARN', line);
}
/** Writes a line as TensorFlow does, `INFO:tensorflow:Graph was finalized.`, where its level is asked for. */
export function tell(level: Level, line: string): void {
  if (LEVELS[level] >= least) warn(`${level === 'WARN' ? 'WARNING' : level}:tensorflow:${line}`);
}
