/** Puts the page together: one file, which asks nothing of the network. */
import { readFileSync } from 'node:fs';
import type { Graph } from '../../graph/graph';
import { type Figure, type Results, cards, count, evaluatedOn, figure, percent, short } from './cards';
import { graphSection } from './graph-view';
import { headOf } from './head';
import { Markup, type Part, html, json } from './html';
import type { Pictures, WeightPictures } from './pictures';
import { SCRIPT } from './script';
import { STYLE } from './style';

export interface Page extends Results {
  readonly title: string;
  readonly made: Date;
  readonly classNames: readonly string[];
  readonly pictures: Pictures;
  readonly weights: WeightPictures | null;
  /** What the weights are called, or why there are no pictures of them. */
  readonly weightsName: string;
  readonly graph: Graph | null;
  readonly hyperparameters: Readonly<Record<string, Figure>>;
}

const MOST_MISTAKES = 24;
const MOST_ROWS = 100;
const ALLOWED = "img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

const distFile = (name: string): string => readFileSync(require.resolve(`uplot/dist/${name}`), 'utf8');
/** Text for a script or style element, as it is. */
const inline = (text: string): Markup => new Markup(text.replace(/<\/(script|style)/gi, '<\\/$1'));

export function pageOf(page: Page): string {
  const { title, graph } = page;
  const at = page.made.toISOString();
  return html`<!DOCTYPE html>
<html lang="en">
${headOf({ title, allowed: ALLOWED, style: [inline(distFile('uPlot.min.css')), inline(STYLE)] })}
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<h1>${title}</h1>
<p class="muted">Made on <time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time> by tfjs-session.</p>
<dl class="tiles">
${cards(page)}
</dl>
</header>
<main id="main">
<div class="pair">${curves(page)}</div>
<div class="pair">
${section('confusion', 'Confusion matrix', confusionTable(page))}
${section('mistakes', 'Worst mistakes', mistakes(page))}
</div>
${section('weights', 'First-layer weights', weights(page))}
${graph ? section('graph', 'The graph', graphSection(graph)) : null}
${section('hyperparameters', 'Hyperparameters', hyperparameters(page))}
</main>
<footer><p>Curves by uPlot, © 2022 Leon Sorokin, MIT license. This page is one file and needs no network.</p></footer>
<script>${inline(distFile('uPlot.iife.min.js'))}</script>
<script>${inline(SCRIPT)}</script>
</body>
</html>
`.text;
}

const section = (id: string, title: string, body: Part): Markup => html`
<section class="card" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`;
const rowOf = (name: string, value: string): Markup => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;

// --- curves -----------------------------------------------------------------------------------------

function curves({ history, costOf, accuracyOf }: Page): Part {
  if (history.length === 0) return section('cost', 'Cost', html`<p>No steps were recorded.</p>`);
  const measured = history.filter(({ accuracy }) => accuracy !== undefined && accuracy !== null);
  return [
    curve(
      'cost',
      'Cost',
      costOf,
      'accent',
      history.map(({ step, cost }) => [step, cost] as const),
      short,
    ),
    measured.length
      ? curve(
          'accuracy',
          'Accuracy',
          accuracyOf,
          'second',
          measured.map(({ step, accuracy }) => [step, accuracy!] as const),
          percent,
        )
      : null,
  ];
}

function curve(
  id: string,
  title: string,
  of: string,
  stroke: string,
  points: readonly (readonly [step: number, value: number])[],
  show: (value: number) => string,
): Markup {
  const finite = points.filter(([, value]) => Number.isFinite(value));
  const broken = points.length - finite.length;
  const [first, last] = [finite[0], finite[finite.length - 1]];
  const unlike = broken ? `; ${broken} values are not finite` : '';
  const summary =
    finite.length === 0
      ? `${title}, ${of}: no finite value.`
      : `${title}, ${of}: from ${show(first[1])} at step ${count(first[0])} ` +
        `to ${show(last[1])} at step ${count(last[0])}${unlike}.`;
  const data = {
    steps: points.map(([step]) => step),
    values: points.map(([, value]) => (Number.isFinite(value) ? value : null)),
    name: title,
    stroke,
    percent: show === percent,
  };
  const every = Math.ceil(points.length / MOST_ROWS);
  const rows = points.filter((_, i) => i % every === 0 || i === points.length - 1);
  return section(
    id,
    title,
    html`
<figure><div class="chart" role="img" aria-label="Curve. ${summary}">
<script type="application/json">${json(data)}</script></div>
<figcaption>${summary}</figcaption></figure>
<details><summary>${title} as a table</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Table of ${id}">
<table><thead><tr><th scope="col">Step</th><th scope="col">${title}</th></tr></thead>
<tbody>${rows.map(([step, value]) => rowOf(count(step), show(value)))}</tbody></table></div></details>`,
  );
}

// --- what it got right and wrong ------------------------------------------------------------------------

function confusionTable(page: Page): Markup {
  const { classNames } = page;
  const { confusion } = page.evaluation;
  const cell = (value: number, label: number, prediction: number, row: number): Markup => {
    const kind = label === prediction ? 'right' : value ? 'wrong' : 'none';
    return html`<td class="${kind}" style="--share:${(value / Math.max(1, row)).toFixed(3)}">${value}</td>`;
  };
  return html`
<p class="muted">${evaluatedOn(page)}</p>
<p>Rows are what a picture shows, columns what the model said. The last column is the share of the row that is right,
in per cent.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix">
<table class="confusion${classNames.some((name) => name.length > 2) ? ' named' : ''}">
<thead><tr><th scope="col">Shows</th>${classNames.map((name) => html`<th scope="col"><span>${name}</span></th>`)}<th
 scope="col">Right</th></tr></thead>
<tbody>${confusion.map((row, label) => {
    const total = row.reduce((a, b) => a + b, 0);
    const share = total ? ((100 * row[label]) / total).toFixed(1) : '–';
    return html`
<tr><th scope="row">${classNames[label]}</th>
${row.map((value, prediction) => cell(value, label, prediction, total))}<td>${share}</td></tr>`;
  })}
</tbody></table></div>`;
}

function mistakes(page: Page): Markup {
  const { evaluation, classNames, pictures } = page;
  const all = evaluation.mistakes;
  if (all.length === 0) return html`<p>None: all ${count(evaluation.count)} pictures are right.</p>`;
  const sure = all[0].labelProbability !== null;
  const certainty = (value: number | null): string =>
    value === null ? '' : ` (${(100 * value).toFixed(value < 0.001 ? 3 : 1)} %)`;
  const shown = all.length > MOST_MISTAKES ? `${MOST_MISTAKES} of ${count(all.length)}` : count(all.length);
  const order = sure ? ', those first to whose true class the model gave the least probability' : '';
  return html`
<p>${shown} wrong pictures (${evaluatedOn(page)})${order}.</p>
<ul class="digits">${all
    .slice(0, MOST_MISTAKES)
    .map(({ index, label, prediction, labelProbability, predictionProbability: believed }) => {
      const [is, said] = [classNames[label], classNames[prediction]];
      const [sureOfIs, sureOfSaid] = [certainty(labelProbability), certainty(believed)];
      const alt = `Picture ${index}: shows ${is}${sureOfIs}, taken for ${said}${sureOfSaid}`;
      const sureness =
        believed === null ? null : html`<br>${(100 * believed).toFixed(1).replace('100.0', '100')} % sure`;
      return html`
<li><figure><img src="${pictures.uri(index)}" width="${pictures.width}" height="${pictures.height}" alt="${alt}">
<figcaption>is <b>${is}</b>, said <b class="said">${said}</b>${sureness}</figcaption></figure></li>`;
    })}
</ul>`;
}

function weights({ weights: drawn, weightsName }: Page): Markup {
  if (!drawn) return html`<p>${weightsName}</p>`;
  const { units, pictures } = drawn;
  const shown =
    pictures.length < units
      ? `the ${pictures.length} units of ${count(units)} with the largest weights`
      : `all ${units} units, the largest weights first`;
  return html`
<p>${weightsName}: ${shown}.
Blue pixels speak for a unit, orange ones against it.</p>
<ul class="weights">${pictures.map(
    ({ unit, low, high, uri }) => html`
<li><figure><img src="${uri}" alt="Weights of unit ${unit}, from ${short(low)} to ${short(high)}">
<figcaption aria-hidden="true">${unit}</figcaption></figure></li>`,
  )}
</ul>`;
}

function hyperparameters({ hyperparameters: given }: Page): Markup {
  const rows = Object.entries(given);
  if (rows.length === 0) return html`<p>None were given.</p>`;
  return html`<div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
<tbody>${rows.map(([name, value]) => rowOf(name, typeof value === 'number' ? String(value) : figure(value)))}</tbody>
</table></div>`;
}
