/** The cards at the top of the page: figures, each with the set and the step that it is of. */
import { type Markup, html } from './html';
import type { Evaluation } from './evaluation';

/** What a line of the page says. */
export type Figure = string | number | boolean | null;
/** A figure on a card, with what it is of: a set, a step. */
export interface ReportCard {
  /** The figure. */
  readonly value: Figure;
  /** What it is of: a set, a step. */
  readonly of: string;
}

/** Cost and accuracy at one step of a training. */
export interface HistoryPoint {
  /** The number of the step. */
  readonly step: number;
  /** The cost at that step. */
  readonly cost: number;
  /** From 0 to 1; may be known at some steps only. */
  readonly accuracy?: number | null;
}

/** What the cards are about. */
export interface Results {
  readonly history: readonly HistoryPoint[];
  readonly evaluation: Evaluation;
  readonly figures: Readonly<Record<string, Figure | ReportCard>>;
  /** What the pictures are called. */
  readonly set: string;
  /** What a cost of the history is of. */
  readonly costOf: string;
  /** What an accuracy of the history is of. */
  readonly accuracyOf: string;
}

export function cards({ history, evaluation, set, costOf, figures }: Results): readonly Markup[] {
  const last = history.filter(({ cost }) => Number.isFinite(cost)).at(-1);
  const steps = stepsOf(history);
  const evaluated = evaluatedOn({ set, history });
  const { correct, count: pictures } = evaluation;
  return [
    tile('Accuracy', percent(correct / pictures), evaluated),
    tile('Mistakes', count(pictures - correct), `of ${count(pictures)}; ${evaluated}`),
    ...(last ? [tile('Last cost', short(last.cost), `${costOf}, step ${count(last.step)}`)] : []),
    ...(history.length ? [tile('Steps', count(steps))] : []),
    ...Object.entries(figures).map(([name, value]) => card(name, value)),
  ];
}

const stepsOf = (history: readonly HistoryPoint[]): number =>
  history.length ? history[history.length - 1].step + 1 : 0;
/** `test set, after 20,000 steps` */
export function evaluatedOn({ set, history }: Pick<Results, 'set' | 'history'>): string {
  const steps = stepsOf(history);
  return `${set}${steps ? `, after ${count(steps)} steps` : ''}`;
}
const tile = (name: string, value: string, of = ''): Markup => html`
<div><dt>${name}</dt><dd>${value}</dd>${of ? html`<dd class="of">${of}</dd>` : null}</div>`;
const card = (name: string, given: Figure | ReportCard): Markup =>
  typeof given === 'object' && given !== null ? tile(name, figure(given.value), given.of) : tile(name, figure(given));

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
export const count = (value: number): string => value.toLocaleString('en');
export const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
export const figure = (value: Figure): string =>
  typeof value === 'number' ? (Number.isInteger(value) ? count(value) : short(value)) : String(value ?? 'none');
