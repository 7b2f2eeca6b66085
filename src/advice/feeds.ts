/** What is said of feeds: keys that are no tensor's, placeholders without a value, batches of different lengths. */
import { entryOf } from '../base/keys';
import type { NDArray } from '../base/ndarray';
import { isA } from '../base/preview';
import { nearestName } from '../base/nearest';
import { type Graph, type Operation, Tensor, getDefaultGraph } from '../graph/graph';
import { inAnotherGraph, resetLine } from '../graph/reset';
import type { Plan } from '../plan/plan';
import { isPlaceholder } from './roles';

/** What helps someone whose feed key is no tensor of the session's graph: lines that follow the message. */
export function explainFeedKey(key: unknown, graph: Graph): string {
  if (isA(key, Tensor))
    return (
      (key.op.trace.line ? `\n  it was made at ${key.op.trace.line}, in another graph than this session runs` : '') +
      `${resetLine('it', key.graph)}\n  fix: open the session on that graph, or build both in one.`
    );
  if (typeof key === 'string' && /^feeds?_?(dict)?$/i.test(key))
    return '\n  fix: the feeds themselves come second, sess.run(y, {[X.name]: value}); or by name, {feedDict: …}.';
  if (typeof key !== 'string') return '\n  fix: feeds are {[X.name]: value}, pairs as [[X, value]], or a Map.';
  if (/^Tensor\(|^<tf\.Variable/.test(key))
    return '\n  fix: a tensor cannot be an object key; write {[X.name]: value}, or pairs: [[X, value]].';
  const elsewhere = inAnotherGraph(key.replace(/:\d+$/, ''), graph, getDefaultGraph());
  if (elsewhere) return elsewhere;
  const placeholders = graph
    .getOperations()
    .filter((op) => op.inputs.length === 0 && isPlaceholder(op))
    .map((op) => op.name);
  const near = nearestName(key.replace(/:\d+$/, ''), placeholders);
  const there = placeholders.length
    ? `\n  placeholders of this graph: ${placeholders
        .slice(0, 8)
        .map((name) => `'${name}:0'`)
        .join(', ')}${placeholders.length > 8 ? ', …' : ''}`
    : '';
  return (
    `${near ? `\n  did you mean '${near}:0'?` : there}\n  fix: feed by the tensor's own name: {[X.name]: value}; ` +
    "{X: value} is the name 'X', whatever the variable holds."
  );
}

/** Which fetch needs the placeholder and by what way, what was fed, and the nearest name among it. */
export function unfed(op: Operation, plan: Plan): string[] {
  const lines: string[] = [];
  const way = pathTo(op, plan);
  if (way)
    lines.push(`  needed by: ${way[way.length - 1].name}${way.length > 2 ? ` (${shorten(way).join(' -> ')})` : ''}`);
  lines.push(
    `  fed: ${plan.request.feeds.length ? plan.request.feeds.map((t) => `'${t.name}'`).join(', ') : 'nothing'}`,
  );
  const twin = plan.request.feeds.find(
    (t) => t.op.type === op.type && new RegExp(`^${escape(t.op.name.replace(/_\d+$/, ''))}(_\\d+)?$`).test(op.name),
  );
  const near = nearestName(
    op.name,
    plan.request.feeds.map((t) => t.op.name),
  );
  if (twin)
    lines.push(
      `  likely cause: '${twin.op.name}' was fed, made at ${twin.op.trace.line ?? 'another line'}; '${op.name}' is ` +
        'another placeholder of that name, made when the building code ran again.',
    );
  else if (near && !isRead(near, plan)) lines.push(`  did you mean to feed '${op.name}' where '${near}' was fed?`);
  lines.push(`  fix: feed it: sess.run(fetches, {'${op.name}:0': value}).`);
  return lines;
}
/** Whether a step of the plan reads the placeholder of that name itself. */
function isRead(name: string, plan: Plan): boolean {
  return plan.steps.some((step) => step.op.inputs.some((t) => t.op.name === name));
}
function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
function shorten(way: readonly Operation[]): string[] {
  const names = way.map((op) => op.name);
  return names.length <= 6 ? names : [...names.slice(0, 3), '…', ...names.slice(-2)];
}
/** The shortest way from a node to a fetch or target of the plan. */
function pathTo(op: Operation, plan: Plan): Operation[] | null {
  const ends = new Set([...plan.request.fetches.map((t) => t.op), ...plan.request.targets]);
  const next = new Map<Operation, Operation[]>();
  for (const step of plan.steps)
    for (const from of [...step.op.inputs.map((t) => t.op), ...step.op.controlInputs])
      next.set(from, [...(next.get(from) ?? []), step.op]);
  const from = new Map<Operation, Operation | null>([[op, null]]);
  for (const at of from.keys()) {
    if (ends.has(at)) {
      const way: Operation[] = [];
      for (let o: Operation | null = at; o; o = entryOf(from, o)) way.unshift(o);
      return way;
    }
    for (const to of next.get(at) ?? []) if (!from.has(to)) from.set(to, at);
  }
  return null;
}

/** Placeholders of open length that were fed different numbers of rows, where the message is about these numbers. */
export function rowsApart({ request }: Plan, fed: readonly NDArray[], message: string): string[] | null {
  const said = [...message.split('\n')[0].matchAll(/\[(\d+)[,\]]/g)].map(([, rows]) => Number(rows));
  const open = request.feeds
    .map((t, i) => ({ name: t.op.name, dims: t.shape.dims, rows: fed[i]?.shape[0] }))
    .filter(({ dims, rows }) => dims?.[0] === null && rows !== undefined && said.includes(rows));
  if (new Set(open.map(({ rows }) => rows)).size < 2) return null;
  const [first, ...rest] = open;
  const others = rest.map(({ name, rows }) => `${name} ${rows}`).join(', ');
  return [
    `  likely cause: ${first.name} was fed ${first.rows} ${first.rows === 1 ? 'row' : 'rows'}, ${others}.`,
    '  fix: feed as many rows of one as of the other: a batch is the same rows of pictures and of labels.',
  ];
}
