/** A run that failed, in the words of its question. */
import { PIXELS } from '../sizes';
import type { RunRecord } from '../record';
import { type Case, type Verdict, cross, symptom } from './verdict';

const READ_IT = 'Read the first line of the message: it names the node, its line and what did not fit.';

/** What an error says of its cure. */
export function cureOf(message: string): string | undefined {
  return (
    /fix: ([^\n]*)/.exec(message)?.[1] ??
    /likely cause: ([^\n]*)/.exec(message)?.[1] ??
    /in TypeScript: ([^\n]*)/.exec(message)?.[1] ??
    /did you mean[^\n]*/.exec(message)?.[0]
  );
}

/** Whether labels went to the pictures and pictures to the labels, as far as it can be seen by how many they are. */
function isSwapped({ parts, runs }: Case, run: RunRecord): boolean {
  const sizes = [parts.pictures, parts.labels].map((id) => runs.fed(run, id)?.shape.reduce((a, b) => a * b, 1));
  return sizes.every((n) => n !== undefined) && sizes[0]! % PIXELS !== 0 && sizes[1]! % PIXELS === 0;
}

export function runError(c: Case, run: RunRecord): Verdict {
  const { parts } = c;
  const { name, message, at } = run.error!;
  const [line] = message.split('\n');
  const lacking = run.feeds.length < 2 && /placeholder|feed/i.test(line) && parts.labels !== null;
  const [, given, wanted] =
    /Cannot feed value of shape \(([\d, ]*)\) for Tensor '.*', which has shape '(.*)'/.exec(line) ?? [];
  const flat = /^(\d+),$/.exec(given ?? '')?.[1];
  const swapped = (given !== undefined && run.feeds.length === 2) || isSwapped(c, run);
  const cure = /the value fed is undefined/.test(message)
    ? /likely cause: ([^\n]*)/.exec(message)?.[1]
    : lacking
      ? 'The run needs both: pictures for [X.name] and labels for [Y.name].'
      : /shape \(\d+,\) for Tensor '.*', which has shape '\(\?, 10\)'/.test(line)
        ? 'Each label is one digit: `oneHot: true`, where the digits are read, makes ten numbers of each.'
        : flat !== undefined && /28|784/.test(wanted)
          ? `All pictures are one row, ${PIXELS} numbers for each: ${flat} pictures are slice(0, ${flat} * ${PIXELS}).`
          : swapped
            ? 'Pictures go to X, labels to Y: look at what stands behind [X.name] and [Y.name].'
            : cureOf(message);
  return symptom(cross(`${name}: ${line}`, run.at ?? at, cure ?? READ_IT));
}
/** The runs that one line of the program makes. */
export function isSameLine(a: RunRecord, b: RunRecord): boolean {
  return a.at !== null && a.at.file === b.at?.file && a.at.line === b.at.line;
}
