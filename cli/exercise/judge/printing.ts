/** Questions 9 and 10, what is printed of what was computed. */
import type { RunRecord } from '../record';
import { lastIndex } from './measured';
import { type Case, type Verdict, cross, symptom } from './verdict';

type Figures = { readonly accuracy: number | null; readonly cost: number | null };
/** What was measured on the two sets, and in which runs. */
interface Measurement {
  readonly c: Case;
  readonly found: { readonly train: Figures; readonly test: Figures; readonly inParts: boolean };
  readonly missing: readonly string[];
  readonly after: readonly RunRecord[];
}
const SETS = ['train', 'test'] as const;
/** Accuracy and cost of two sets. */
const WANTED = 4;
/** A last print before this part of a loop is one of its beginning. */
const EARLY = 10;
export const IN_ORDER =
  'A run of a list gives an array in its order: where the train step is the first, the second is the cost.';
/** So many times the same is no chance. */
const FEW = 3;

/** What was printed from the first of these runs on, which is noted with the run behind it. */
function printedBehind({ c: { record }, after: [first] }: Measurement) {
  const { runs, printedLast } = record;
  return [...runs.slice(runs.indexOf(first) + 1).map((run) => run.printed), printedLast];
}

export function unprinted(measurement: Measurement): Verdict | null {
  const { missing, after } = measurement;
  if (missing.length || !after.length) return null;
  // A cost out of hand has no fraction.
  const count = printedBehind(measurement).reduce((sum, { numbers }) => sum + numbers, 0);
  if (count >= WANTED) return null;
  const said = count
    ? `accuracy and cost of two sets are four numbers, and ${count} printed`
    : 'accuracy and cost are computed and never printed';
  return cross(said, after[0].at, 'Print what the runs give, both of both sets.');
}

/** Both sets are measured, and the cost that is printed for either is of the one. */
export function oneSetTwice(measurement: Measurement): Verdict | null {
  const { found, missing, after } = measurement;
  if (missing.length) return null;
  const printed = printedBehind(measurement).flatMap(({ shown }) => shown);
  const times = { train: 0, test: 0 };
  for (const set of SETS) times[set] = printed.filter((text) => isShown(text, found[set].cost ?? NaN)).length;
  const twice = SETS.find((set) => times[set] > 1);
  const never = SETS.find((set) => !times[set]);
  if (!twice || !never) return null;
  return cross(
    `the cost on the ${twice} set is printed twice, and the cost on the ${never} set never`,
    after[0].at,
    `Print for the ${never} set what its own run gave.`,
  );
}

/** Figures are printed, and not one of them is what a run gave. */
export function madeUp(measurement: Measurement): Verdict | null {
  const { found, missing, after } = measurement;
  if (missing.length || found.inParts) return null;
  const values = SETS.flatMap((set) => [found[set].accuracy ?? NaN, found[set].cost ?? NaN]);
  const printed = printedBehind(measurement).flatMap(({ shown }) => shown);
  if (!printed.length || printed.some((text) => values.some((value) => isShare(text, value)))) return null;
  return symptom(
    cross(
      `accuracy and cost are computed, and other figures are printed: ${printed.slice(0, WANTED).join(', ')}`,
      after[0].at,
      'Print what the runs give, both of both sets.',
    ),
  );
}
/** The runs of a loop, and the figures that were printed between them. */
function inLoop({ record: { runs } }: Case, steps: readonly RunRecord[]) {
  const during = runs.slice(runs.indexOf(steps[0]), runs.indexOf(steps[steps.length - 1]) + 1);
  return { during, shown: during.slice(1).flatMap(({ printed }) => printed.shown) };
}
/** A loop that says nothing of the cost, or too little. */
export function nothingPrinted(c: Case, steps: readonly RunRecord[]): Verdict | null {
  const { runs, printedLast } = c.record;
  const [{ at }] = steps;
  const during = inLoop(c, steps)
    .during.slice(1)
    .map((run) => run.printed);
  // What was printed behind the last step, in the loop and behind it, is noted with the run after it.
  const printed = [...during, runs[runs.indexOf(steps[steps.length - 1]) + 1]?.printed ?? printedLast];
  const now =
    'Print the step and the cost in every thousandth round: a cost that does not fall is the first sign of a mistake.';
  if (!printed.some(({ lines }) => lines > 0)) return cross('the loop prints nothing', at, now);
  if (!printed.some(({ figures }) => figures > 0) && printed.some(({ undefineds }) => undefineds > 0))
    return symptom(cross('the loop prints undefined in the place of the cost', at, IN_ORDER));
  if (!printed.some(({ figures }) => figures > 0))
    return symptom(cross('the loop prints whole numbers or words only, and never the cost', at, now));
  // All costs at once, in a list, show as much.
  if (printed.some(({ figures }) => figures > 1)) return null;
  if (!during.some(({ figures }) => figures > 0))
    return cross('the cost is printed when the last step is done, and never on the way', at, now);
  // A cost out of hand has no fraction.
  if (printed.filter(({ lines }) => lines > 0).length <= 1)
    return cross('the cost is printed once in the whole loop: one figure does not show whether it falls', at, now);
  const lastAt = lastIndex(printed, ({ lines }) => lines > 0);
  if (lastAt * EARLY >= printed.length) return null;
  return cross('the cost is printed in the first rounds only: that does not show whether it falls', at, now);
}
/** A loop whose figures are the accuracy, each of them, and none the cost. */
export function onlyAccuracy(c: Case, steps: readonly RunRecord[]): Verdict | null {
  const { during, shown } = inLoop(c, steps);
  const valuesOf = (wanted: (node: number) => boolean): readonly number[] => {
    const found = during.flatMap(({ fetches, values }) => values.filter((_, i) => wanted(fetches[i][0])));
    return [...new Set(found.filter((value) => value !== null))];
  };
  const accuracies = valuesOf((node) => node === c.parts.accuracy?.[0]);
  const costs = valuesOf((node) => c.parts.costs.has(node));
  const texts = [...new Set(shown)];
  const isAccuracy = (text: string): boolean => accuracies.some((value) => isShare(text, value));
  if (!texts.length || !texts.every(isAccuracy)) return null;
  if (texts.some((text) => costs.some((cost) => isShown(text, cost)))) return null;
  return cross(
    'the loop prints the accuracy, and never the cost',
    steps[0].at,
    'The cost is what a step makes smaller, and the first to show whether it does: print that, too.',
  );
}
/** A loop that prints one number again and again, which no run of it gave. */
export function sameNumber(c: Case, steps: readonly RunRecord[]): Verdict | null {
  const { during, shown } = inLoop(c, steps);
  const [text] = shown;
  if (shown.length < FEW || new Set(shown).size > 1) return null;
  const values = during.flatMap((run) => run.values).filter((value) => value !== null);
  if (!values.length || values.some((value) => isShare(text, value))) return null;
  const hint = 'Print the cost that the run of this round gave: its second value, where the train step is the first.';
  return symptom(cross(`the loop prints ${text} again and again, and no run of it gave that`, steps[0].at, hint));
}
/** Whether a text shows a number, which may be a share in per cent. */
const isShare = (text: string, value: number): boolean => isShown(text, value) || isShown(text, 100 * value);
/** Whether a text shows a cost, with as many digits as someone likes. */
function isShown(text: string, cost: number): boolean {
  const [, digits = '', exponent = 0] = /\.(\d+)(?:e(.+))?/.exec(text) ?? [];
  return Math.abs(Number(text) - cost) <= 0.505 * 10 ** (Number(exponent) - digits.length);
}
