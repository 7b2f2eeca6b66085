/** The graph as drawings that open one another: one per name scope, as SVG, with a table of all nodes behind them. */
import { entryOf } from '../../base/keys';
import type { Graph, Operation } from '../../graph/graph';
import { type Markup, html } from './html';
import { layout } from './layout';
import { type Edge, type Item, Scope, type View, keyOf, viewsOf } from './scopes';

const HEIGHT = 34;
const LETTER = 7.2;
const LONGEST = 26;
/** Scopes that builders of training make, which are drawn apart from the model. */
const TRAINING =
  /^(gradients|GradientDescent|Momentum|Adam|Adagrad|Adadelta|Adamax|RMSProp|Ftrl|train|init|save)(_\d+)?$/;
const MOST_ROWS = 3000;

export function graphSection(graph: Graph): Markup {
  const views = viewsOf(graph);
  const operations = graph.getOperations();
  if (operations.length === 0) return html`<p>The graph has no nodes.</p>`;
  return html`
<p>${operations.length} nodes in ${views.length - 1} name scopes. Boxes with a number hold that many nodes:
click one, or press Enter on it, to open it. Full lines are tensors, dashed ones only order.</p>
<div class="tools" hidden>
  <button type="button" data-zoom="0.8" aria-label="Zoom out">−</button>
  <button type="button" data-zoom="1.25" aria-label="Zoom in">+</button>
  <button type="button" data-zoom="fit">Fit</button>
  <span>Ctrl + wheel zooms, dragging moves.</span>
</div>
${views.map(viewOf)}
<p id="about" class="about" role="status" aria-live="polite">Point at a node, or move to it with the Tab key,
to read about it here.</p>
<details><summary>All nodes as a table</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Table of nodes"><table>
<thead><tr><th scope="col">Node</th><th scope="col">Op</th><th scope="col">Outputs</th>
<th scope="col">Inputs</th></tr></thead>
<tbody>${operations.slice(0, MOST_ROWS).map(
    (op) => html`
<tr><th scope="row">${op.name}</th><td>${op.type}</td><td>${outputsOf(op)}</td><td>${inputsOf(op)}</td></tr>`,
  )}</tbody></table>
${operations.length > MOST_ROWS ? html`<p>The first ${MOST_ROWS} of ${operations.length}.</p>` : null}</div></details>`;
}

function viewOf({ scope, inside, outside, edges }: View): Markup {
  const items = [...inside, ...outside];
  const number = new Map(items.map((item, i) => [item, i]));
  const boxes = items.map((item) => ({
    width: Math.max(
      56,
      24 + LETTER * (labelOf(item, scope).length + (item instanceof Scope ? String(item.size).length + 2 : 0)),
    ),
    height: HEIGHT,
  }));
  const placed = layout(
    boxes,
    edges.map(({ from, to }) => [entryOf(number, from), entryOf(number, to)] as const),
  );
  const [width, height] = [Math.ceil(placed.width), Math.ceil(placed.height)];
  const title = scope.parent ? scope.path : 'the whole graph';
  return html`
<section class="view" id="scope-${scope.id}" aria-label="${title}">
<nav class="path" aria-label="Open scope">${scope.chain.map(
    (step, i, { length }) =>
      html`${i ? ' / ' : null}${
        i === length - 1
          ? html`<span aria-current="location">${step.name || 'graph'}</span>`
          : html`<a href="#scope-${step.id}">${step.name || 'graph'}</a>`
      }`,
  )}</nav>
<div class="canvas" tabindex="0" role="region" aria-label="Drawing of ${title}, scrollable">
<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group"
aria-label="${title}: ${inside.length} boxes, ${edges.length} edges">
<g aria-hidden="true">${edges.map((edge, i) => lineOf(edge, placed.ways[i]))}</g>
${items.map((item, i) => {
  const { width: w } = boxes[i];
  return boxOf(item, scope, i >= inside.length, { x: placed.x[i] - w / 2, y: placed.y[i] - HEIGHT / 2, width: w });
})}
</svg></div></section>`;
}

function lineOf(edge: Edge, way: readonly (readonly [number, number])[]): Markup {
  const ends = html`data-from="${keyOf(edge.from)}" data-to="${keyOf(edge.to)}"`;
  return html`<path class="${classOf(edge)}" ${ends} d="${pathOf(way)}"/>`;
}

function boxOf(item: Item, scope: Scope, outer: boolean, at: { x: number; y: number; width: number }): Markup {
  const label = labelOf(item, scope);
  const size = item instanceof Scope ? html` <tspan class="size">(${item.size})</tspan>` : null;
  const text = html`<text x="${at.width / 2}" y="${HEIGHT / 2}" dy=".35em">${label}${size}</text>`;
  const kind = `${item instanceof Scope ? 'scope' : 'op'}${isTraining(item) ? ' training' : ''}`;
  const rounding = item instanceof Scope ? 6 : HEIGHT / 2;
  const rect = html`<rect width="${round(at.width)}" height="${HEIGHT}" rx="${rounding}"/>`;
  const about = aboutOf(item);
  const attributes = html`class="node ${kind}${outer ? ' outer' : ''}" data-key="${keyOf(item)}"
data-about="${about}" aria-label="${outer ? 'outside: ' : ''}${about}"
transform="translate(${round(at.x)} ${round(at.y)})"`;
  return item instanceof Scope
    ? html`<a href="#scope-${item.id}" ${attributes}>${rect}${text}<title>${about}</title></a>`
    : html`<g tabindex="0" role="img" ${attributes}>${rect}${text}<title>${about}</title></g>`;
}

function aboutOf(item: Item): string {
  if (item instanceof Scope) return `${item.path}, a scope of ${item.size} nodes`;
  const inputs = inputsOf(item);
  return `${item.name}, op ${item.type}, ${outputsOf(item) || 'no outputs'}${inputs ? `, reads ${inputs}` : ''}`;
}

/** The name within the open scope, the middle of a long one left out. A node named as the scope stands in brackets. */
function labelOf(item: Item, scope: Scope): string {
  const full = item instanceof Scope ? item.path : item.name;
  const near =
    full === scope.path
      ? `[${scope.name}]`
      : scope.path && full.startsWith(`${scope.path}/`)
        ? full.slice(scope.path.length + 1)
        : full;
  return near.length <= LONGEST ? near : `${near.slice(0, LONGEST / 2 - 1)}…${near.slice(1 - LONGEST / 2)}`;
}

const outputsOf = (op: Operation): string =>
  op.outputs.map((output) => `${output.dtype.name} ${output.shape}`).join(', ');
const inputsOf = (op: Operation): string =>
  [...op.inputs.map((input) => input.name), ...op.controlInputs.map((control) => `^${control.name}`)].join(', ');
const isTraining = (item: Item): boolean => TRAINING.test(item.name);
/** What joins training to the model is faint: it comes from nearly everywhere. */
const classOf = ({ from, to, tensors }: Edge): string =>
  `edge${tensors ? '' : ' control'}${isTraining(from) !== isTraining(to) ? ' aside' : ''}`;
const round = (value: number): number => Math.round(value * 10) / 10;

/** A curve that leaves and reaches each point upright. */
function pathOf(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], i) => {
      if (i === 0) return `M${round(x)} ${round(y)}`;
      const [fromX, fromY] = points[i - 1];
      const middle = (fromY + y) / 2;
      return `C${round(fromX)} ${round(middle)} ${round(x)} ${round(middle)} ${round(x)} ${round(y)}`;
    })
    .join('');
}
