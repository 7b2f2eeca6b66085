/**
 * What the page does once it is open: draws the curves with uPlot, opens and zooms the graph. Without it the tables and
 * all scopes are there.
 */
export const SCRIPT = `
document.documentElement.classList.add('js');
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

for (const host of document.querySelectorAll('.chart')) {
  const { steps, values, name, stroke, percent } = JSON.parse(host.querySelector('script').textContent);
  const shown = (value) => value == null ? '–' : percent ? (100 * value).toFixed(2) + ' %' : value.toPrecision(4);
  const axis = {
    stroke: () => color('muted'),
    grid: { stroke: () => color('grid'), width: 1 },
    ticks: { stroke: () => color('line'), width: 1 },
  };
  const mark = (tick) => percent ? +(100 * tick).toFixed(4) + ' %' : String(+tick.toPrecision(6));
  const size = () => ({ width: Math.max(240, host.clientWidth), height: 250 });
  const plot = new uPlot({
    ...size(),
    scales: { x: { time: false } },
    axes: [axis, { ...axis, size: 56, values: (u, ticks) => ticks.map(mark) }],
    series: [
      { label: 'Step', value: (u, value) => value == null ? '–' : value.toLocaleString('en') },
      {
        label: name,
        stroke: () => color(stroke),
        width: 1.8,
        spanGaps: true,
        points: { show: steps.length < 60, size: 5, fill: () => color(stroke) },
        value: (u, value) => shown(value),
      },
    ],
  }, [steps, values], host);
  new ResizeObserver(() => { if (size().width !== plot.width) plot.setSize(size()); }).observe(host);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
}

const views = [...document.querySelectorAll('.view')];
const about = document.getElementById('about');
let open = null;
const scales = new Map();
const canvasOf = (view) => view.querySelector('.canvas');
const widthOf = (view) => canvasOf(view).querySelector('svg').viewBox.baseVal.width;
const fit = (view) => Math.min(1, Math.max(0.45, (canvasOf(view).clientWidth - 4) / widthOf(view)));
function zoom(view, scale, at) {
  const canvas = canvasOf(view);
  const svg = canvas.querySelector('svg');
  const before = scales.get(view) || 1;
  const after = Math.min(4, Math.max(0.15, scale));
  const point = at || { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 };
  const [x, y] = [(canvas.scrollLeft + point.x) / before, (canvas.scrollTop + point.y) / before];
  scales.set(view, after);
  svg.setAttribute('width', svg.viewBox.baseVal.width * after);
  svg.setAttribute('height', svg.viewBox.baseVal.height * after);
  canvas.scrollTo(x * after - point.x, y * after - point.y);
}
function show(view, focus) {
  for (const other of views) other.classList.toggle('open', other === view);
  open = view;
  if (!scales.has(view)) {
    zoom(view, fit(view));
    const canvas = canvasOf(view);
    canvas.scrollTo((canvas.scrollWidth - canvas.clientWidth) / 2, 0);
  }
  if (focus) canvasOf(view).focus({ preventScroll: true });
}
if (views.length) {
  const named = () => views.find((view) => '#' + view.id === location.hash);
  // Not by the hash alone, which would scroll the page.
  const follow = (event, link) => {
    event.preventDefault();
    history.pushState(null, '', link.getAttribute('href'));
    show(named(), true);
  };
  show(named() || views[0]);
  addEventListener('hashchange', () => { if (named()) show(named(), true); });
  document.querySelector('.tools').hidden = false;
  for (const button of document.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', () => {
      zoom(open, button.dataset.zoom === 'fit' ? fit(open) : (scales.get(open) || 1) * button.dataset.zoom);
    });
  }
  for (const view of views) {
    const canvas = canvasOf(view);
    canvas.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      zoom(view, scales.get(view) * Math.exp(-event.deltaY / 300), at);
    }, { passive: false });
    // A mouse drags; fingers scroll by themselves.
    let dragged = 0;
    canvas.addEventListener('pointerdown', (event) => {
      dragged = 0;
      if (event.pointerType === 'mouse' && event.button === 0) canvas.dataset.drag = '';
    });
    canvas.addEventListener('dragstart', (event) => event.preventDefault());
    addEventListener('pointermove', (event) => {
      if (!('drag' in canvas.dataset)) return;
      dragged += Math.abs(event.movementX) + Math.abs(event.movementY);
      canvas.scrollBy(-event.movementX, -event.movementY);
    });
    addEventListener('pointerup', () => delete canvas.dataset.drag);
    canvas.addEventListener('click', (event) => {
      if (dragged > 4) return event.preventDefault();
      const link = event.target.closest('a[href]');
      if (!link) return;
      follow(event, link);
    });
    for (const link of view.querySelectorAll('.path a')) {
      link.addEventListener('click', (event) => follow(event, link));
    }
    const light = (event) => {
      const node = event.target.closest('.node');
      const touches = ({ from, to }) => !!node && (from === node.dataset.key || to === node.dataset.key);
      for (const edge of view.querySelectorAll('.edge')) edge.classList.toggle('lit', touches(edge.dataset));
      if (node) about.textContent = node.dataset.about;
    };
    canvas.addEventListener('pointerover', light);
    canvas.addEventListener('focusin', light);
  }
  addEventListener('popstate', () => show(named() || views[0]));
}
`;
