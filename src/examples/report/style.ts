/** The looks of the page. Colors are variables, so that light and dark differ in one place. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --text: #1c2330; --muted: #5a6475; --line: #dfe3ea; --grid: #eceff4;
  --accent: #1d5fd6; --second: #0c8a6a; --bad: #c2410c; --right: 37, 99, 235; --wrong: 234, 88, 12;
  --scope: #e8effc; --scope-line: #9db8ea; --training: #fdf0e4; --training-line: #e8bd92; --op: #fff; --edge: #98a2b3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11151c; --card: #191f29; --text: #e6eaf1; --muted: #a0abbd; --line: #2d3644; --grid: #242c38;
    --accent: #7daaff; --second: #4fd1a5; --bad: #ffa06b; --right: 96, 150, 255; --wrong: 255, 130, 60;
    --scope: #1f2c45; --scope-line: #3f5f9a; --training: #38291b; --training-line: #7d5a35; --op: #191f29;
    --edge: #5f6b7d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
main, header, footer { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.6rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 0 0 .6rem; }
h3 { font-size: 1rem; margin: 0 0 .3rem; font-weight: 600; }
p { margin: .3rem 0 .8rem; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; }
.muted, footer, figcaption { color: var(--muted); }
footer { padding-bottom: 2rem; font-size: .85rem; }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem;
  margin: 1rem 0; min-width: 0;
}
.pair {
  display: grid; gap: 1rem; margin: 1rem 0;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr));
}
.pair .card { margin: 0; }
.tiles { display: grid; gap: .6rem; grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)); margin: 1rem 0 0; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .6rem .9rem; }
.tiles dt { color: var(--muted); font-size: .85rem; }
.tiles dd { margin: 0; font-size: 1.2rem; font-weight: 600; overflow-wrap: anywhere; }
.tiles dd.of { color: var(--muted); font-size: .78rem; font-weight: 400; line-height: 1.3; }
figure { margin: 0; } figcaption, td { overflow-wrap: anywhere; }
.digits li, .weights li { min-width: 0; }
.chart { overflow: hidden; min-height: 15rem; }
.uplot { color: var(--text); }
.u-legend { font-size: .85rem; } .u-legend th, .u-legend td { border: 0; }
.scroll { overflow: auto; max-width: 100%; max-height: 32rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .2rem .5rem; text-align: left; border-bottom: 1px solid var(--grid); font-weight: 400; }
thead th { color: var(--muted); position: sticky; top: 0; background: var(--card); }
caption { text-align: left; color: var(--muted); padding-bottom: .3rem; }
summary { cursor: pointer; color: var(--accent); margin-top: .6rem; }
.confusion { width: 100%; }
.confusion th, .confusion td {
  text-align: center; padding: .52rem .2rem; border: 1px solid var(--card); white-space: nowrap;
}
.confusion th { max-width: 7em; overflow: hidden; text-overflow: ellipsis; }
.confusion thead th { position: static; }
.confusion td.right { background: rgba(var(--right), calc(.08 + .42 * var(--share))); }
.confusion td.wrong { background: rgba(var(--wrong), calc(.12 + .88 * min(1, 8 * var(--share)))); }
.confusion td.none { color: var(--muted); opacity: .55; }
.digits, .weights {
  display: grid; gap: .6rem; grid-template-columns: repeat(auto-fill, minmax(5rem, 1fr));
  list-style: none; margin: 0; padding: 0;
}
.weights { grid-template-columns: repeat(auto-fill, minmax(4rem, 1fr)); gap: .45rem; }
.digits img, .weights img { width: 100%; height: auto; display: block; image-rendering: pixelated; border-radius: 6px; }
.digits img { background: #000; }
.weights img { border: 1px solid var(--line); }
.digits figcaption, .weights figcaption { font-size: .8rem; line-height: 1.3; padding-top: .2rem; }
.weights figcaption { text-align: center; font-size: .72rem; padding: 0; }
.digits b { color: var(--text); } .digits b.said { color: var(--bad); }
.canvas {
  overflow: auto; max-height: min(54rem, 85vh); border: 1px solid var(--line); border-radius: 8px;
  background: var(--page); cursor: grab;
}
.canvas svg { display: block; margin: 0 auto; }
.js .view { display: none; } .js .view.open { display: block; }
.path { padding: .3rem 0; overflow-wrap: anywhere; }
.tools { display: flex; gap: .4rem; align-items: center; flex-wrap: wrap; font-size: .85rem; color: var(--muted); }
.tools[hidden] { display: none; }
button {
  font: inherit; min-width: 2.3rem; padding: .2rem .7rem; border-radius: 6px;
  border: 1px solid var(--line); background: var(--card); color: var(--text); cursor: pointer;
}
.about { min-height: 3em; margin-top: .5rem; font-size: .9rem; overflow-wrap: anywhere; color: var(--muted); }
.node text { font: 12.5px system-ui, sans-serif; fill: var(--text); text-anchor: middle; }
.node .size { fill: var(--muted); font-size: 11px; }
.node rect { fill: var(--op); stroke: var(--edge); }
.node.scope rect { fill: var(--scope); stroke: var(--scope-line); }
.node.training rect { fill: var(--training); stroke: var(--training-line); }
.node.outer { opacity: .62; } .node.outer rect { stroke-dasharray: 4 3; }
.node:hover rect, .node:focus rect { stroke: var(--accent); stroke-width: 2; }
.node:focus { outline: none; }
.edge { fill: none; stroke: var(--edge); stroke-width: 1.1; opacity: .75; }
.edge.aside { opacity: .32; }
.edge.control { stroke-dasharray: 3 4; }
.edge.lit { stroke: var(--accent); stroke-width: 2.2; opacity: 1; }
@media (max-width: 30rem) {
  .card { padding: .8rem .7rem; } main, header, footer { padding-left: .6rem; padding-right: .6rem; }
  .confusion { table-layout: fixed; font-size: .58rem; letter-spacing: -.03em; }
  .confusion th, .confusion td { padding: .5rem 0; }
  .confusion th:first-child { width: 2rem; }
  .confusion th:last-child { width: 1.8rem; }
  .confusion.named thead th span { writing-mode: vertical-rl; max-height: 8em; overflow: hidden; }
  .digits { grid-template-columns: repeat(4, 1fr); gap: .4rem; }
  .digits figcaption { font-size: .7rem; }
  .weights { grid-template-columns: repeat(6, 1fr); }
}
@media print { .tools, .about { display: none; } .card { break-inside: avoid; } }
`;
