/** The page about a sweep: one file with parallel coordinates, a line for each run, and the table. */
import { headOf } from '../../src/examples/report/head';
import { Markup, html } from '../../src/examples/report/html';
import { STYLE } from '../../src/examples/report/style';
import type { Value } from './points';
import type { Run } from './record';
import { type Goal, columnsOf, shown } from './standing';

export interface SweepPage {
  readonly title: string;
  readonly made: Date;
  readonly goal: Goal;
  /** The best first. */
  readonly runs: readonly Run[];
  readonly failed: number;
}
const ALLOWED = "style-src 'unsafe-inline'; img-src data:";
const [HEIGHT, TOP, BOTTOM, APART, SIDE] = [320, 46, 24, 150, 70];
/** Marks beside an axis of words; more would touch. */
const MOST_WORDS = 14;
/** Where the values of an axis are so far apart, it counts orders of magnitude. */
const ORDERS = 50;
/** Lines that are drawn; of more, the best ones. */
const MOST_LINES = 500;

const OWN_STYLE = `
.lines path { fill: none; stroke: var(--edge); stroke-width: 1.5; opacity: .55; }
.lines path:hover { stroke: var(--bad); stroke-width: 3; opacity: 1; }
.lines path.best { stroke: var(--accent); stroke-width: 3; opacity: 1; }
.axis line { stroke: var(--muted); } .axis text { fill: var(--text); font-size: 12px; }
.axis text { paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.axis .name { font-weight: 600; font-size: 13px; } .axis .mark { fill: var(--muted); }
.runs td, .runs th { text-align: right; } .runs tr.best td { font-weight: 600; }
.coordinates { overflow-x: auto; }
.coordinates svg { display: block; margin: 0 auto; }
`;

interface Axis {
  readonly name: string;
  readonly x: number;
  /** From 0 at the bottom to 1 at the top; null for what has no place. */
  at(value: Value | undefined): number | null;
  readonly marks: readonly (readonly [place: number, text: string])[];
}
function axisOf(name: string, x: number, values: readonly (Value | undefined)[]): Axis {
  const there = values.filter(
    (value) => value !== undefined && !(typeof value === 'number' && !Number.isFinite(value)),
  );
  const numbers = there.filter((value): value is number => typeof value === 'number');
  if (numbers.length < there.length || !there.length) {
    const words = [...new Set(there.map(String))];
    const place = (i: number): number => (words.length < 2 ? 0.5 : i / (words.length - 1));
    const every = Math.ceil(words.length / MOST_WORDS);
    return {
      name,
      x,
      at: (value) =>
        value === undefined || !words.includes(String(value)) ? null : place(words.indexOf(String(value))),
      marks: words.map((word, i) => [place(i), word] as const).filter((_, i) => i % every === 0),
    };
  }
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const byOrders = low > 0 && high / low >= ORDERS;
  const scale = byOrders ? Math.log : (value: number): number => value;
  const share = (value: number): number =>
    high === low ? 0.5 : (scale(value) - scale(low)) / (scale(high) - scale(low));
  const few = [...new Set(numbers)].sort((a, b) => a - b);
  const even = [0, 0.25, 0.5, 0.75, 1].map((s) => (byOrders ? low * (high / low) ** s : low + s * (high - low)));
  return {
    name,
    x,
    at: (value) => (typeof value === 'number' && Number.isFinite(value) ? share(value) : null),
    marks: apart(
      (few.length <= 6 ? few : high === low ? [low] : even).map((value) => [share(value), shown(value)] as const),
    ),
  };
}
/** Marks that do not lie upon each other. */
function apart(marks: readonly (readonly [number, string])[]): (readonly [number, string])[] {
  const kept: (readonly [number, string])[] = [];
  for (const mark of marks) if (!kept.length || mark[0] - kept[kept.length - 1][0] > 0.06) kept.push(mark);
  return kept;
}

const yOf = (place: number): number => TOP + (1 - place) * (HEIGHT - TOP - BOTTOM);
const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function coordinates(runs: readonly Run[], { metric }: Goal): Markup {
  const { params, metrics } = columnsOf(runs);
  // The metric that counts is the last axis: all lines lead to it.
  const names = [...params, ...metrics.filter((name) => name !== metric), metric];
  const valueOf = (run: Run, i: number): Value | undefined =>
    i < params.length ? run.params[names[i]] : run.metrics[names[i]];
  const axes = names.map((name, i) =>
    axisOf(
      name,
      SIDE + i * APART,
      runs.map((run) => valueOf(run, i)),
    ),
  );
  const width = 2 * SIDE + (axes.length - 1) * APART;
  const line = (run: Run): string => {
    let pen = 'M';
    return axes
      .map((axis, i) => {
        const place = axis.at(valueOf(run, i));
        if (place === null) {
          pen = 'M';
          return '';
        }
        const part = `${pen}${axis.x},${yOf(place).toFixed(1)}`;
        pen = 'L';
        return part;
      })
      .join('');
  };
  const told = (run: Run): string => names.map((name, i) => `${name} ${shown(valueOf(run, i))}`).join(', ');
  const drawn = runs.slice(0, MOST_LINES);
  return html`
<div class="coordinates scroll" tabindex="0" role="region" aria-label="Parallel coordinates">
<svg width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img"
 aria-label="A line for each run; the best: ${told(runs[0])}">
<g class="lines">${drawn
    .map((run, i) => html`<path d="${line(run)}" class="${i === 0 ? 'best' : ''}"><title>${told(run)}</title></path>`)
    .reverse()}</g>
${axes.map(
  (axis) => html`<g class="axis"><line x1="${axis.x}" x2="${axis.x}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>
<text class="name" x="${axis.x}" y="20" text-anchor="middle">${cut(axis.name, 18)}</text>
${axis.marks.map(([place, text]) => markOf(axis.x + 6, yOf(place) + 4, cut(text, 14)))}</g>`,
)}</svg></div>`;
}

const markOf = (x: number, y: number, text: string): Markup =>
  html`<text class="mark" x="${x}" y="${y.toFixed(1)}">${text}</text>`;

function table(runs: readonly Run[]): Markup {
  const { params, metrics } = columnsOf(runs);
  const names = [...params, ...metrics, 'seconds'];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table of runs">
<table class="runs"><thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${runs.map(
    (
      run,
      i,
    ) => html`<tr class="${i === 0 ? 'best' : ''}">${params.map((name) => html`<td>${shown(run.params[name])}</td>`)}
${metrics.map((name) => html`<td>${shown(run.metrics[name])}</td>`)}<td>${run.seconds.toFixed(1)}</td></tr>`,
  )}</tbody></table></div>`;
}

export function sweepPage({ title, made, goal, runs, failed }: SweepPage): string {
  const at = made.toISOString();
  const best = runs[0];
  const tiles = [...Object.entries(best.metrics), ...Object.entries(best.params)];
  return html`<!DOCTYPE html>
<html lang="en">
${headOf({ title, allowed: ALLOWED, style: [new Markup(STYLE + OWN_STYLE)] })}
<body>
<a class="skip" href="#main">Skip to the runs</a>
<header>
<h1>${title}</h1>
<p class="muted">Made on <time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time> by tfjs-session:
${runs.length} runs${failed ? `, ${failed} more failed` : ''}. The best by ${goal.metric}, of which
${goal.more ? 'more' : 'less'} is better:</p>
<dl class="tiles">${tiles.map(([name, value]) => html`<div><dt>${name}</dt><dd>${shown(value)}</dd></div>`)}</dl>
</header>
<main id="main">
<section class="card" aria-labelledby="lines-title"><h2 id="lines-title">All runs</h2>
<p>A line is a run, the thick one the best; it says its values where the pointer is.</p>
${coordinates(runs, goal)}</section>
<section class="card" aria-labelledby="table-title"><h2 id="table-title">Table, the best first</h2>
${table(runs)}</section>
</main>
<footer><p>This page is one file and needs no network.</p></footer>
</body>
</html>
`.text;
}
