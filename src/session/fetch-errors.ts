/** What is said of fetches that are none. */
import { TypeError_ } from '../base/errors';
import { ofNull } from '../base/inconvertible';
import { nearestName } from '../base/nearest';
import { preview, textOf } from '../base/preview';
import { type Graph, getDefaultGraph, pythonType } from '../graph/graph';
import { inAnotherGraph } from '../graph/reset';

function shownOf(fetch: unknown): string {
  if (typeof fetch === 'function') return `<function ${fetch.name || '<lambda>'}>`;
  return typeof fetch === 'object' ? textOf(fetch) : preview(fetch);
}
/** @param at  where it stands among the fetches, as `[1].cost` */
export function badType(fetch: unknown, at: string): Error {
  const place = at && `\n  it is fetches${at}`;
  if (fetch === null || fetch === undefined) {
    return new TypeError_(
      'Fetch argument None has invalid type <class ' +
        `'NoneType'>${place || '\n  the fetch'}${place ? ', and' : ''} is ${textOf(fetch)}` +
        `\n  likely cause: ${
          fetch === null
            ? ofNull(
                'a gradient that is null because no path leads to it (tf.explainGradient(y, x) says where ' +
                  'it breaks), tf.summary.mergeAll() where no summary was made, or a variable overwritten ' +
                  'by the result of an earlier run.',
              )
            : 'a misspelled property, a function that returns nothing, or a variable overwritten by the ' +
              'result of an earlier run.'
        }`,
    );
  }
  const type = pythonType(fetch);
  const cause =
    typeof fetch === 'function'
      ? '\n  fix: call it, and fetch what it returns.'
      : typeof Reflect.get(Object(fetch), 'minimize') === 'function'
        ? '\n  fix: fetch what its minimize returns: const step = optimizer.minimize(loss); sess.run(step).'
        : typeof fetch === 'number' || Reflect.get(Object(fetch), 'dtype')
          ? '\n  likely cause: const loss = sess.run(loss) put the value in the place of the tensor; ' +
            'give the value another name.'
          : fetch instanceof Promise
            ? '\n  fix: it is a promise: await it; a function that makes nodes is not async.'
            : '';
  return new TypeError_(
    `Fetch argument ${shownOf(fetch)} has invalid type <class '${type}'>, must be a string or Tensor. ` +
      `(Can not convert a ${type} into a Tensor or Operation.)${place}${cause}`,
  );
}
/** The nearest name in the graph. */
export function didYouMean(name: unknown, graph: Graph): string {
  if (typeof name !== 'string') return '';
  const elsewhere = inAnotherGraph(name.replace(/:\d+$/, ''), graph, getDefaultGraph());
  if (elsewhere) return elsewhere;
  const nearest = nearestName(
    name.replace(/:\d+$/, ''),
    graph.getOperations().map((op) => op.name),
  );
  const lines = nearest ? [`did you mean '${nearest}${name.includes(':') ? ':0' : ''}'?`] : [];
  if (!nearest) {
    const ends = graph.getOperations().filter((op) => op.outputs.some((t) => !t.consumers().length));
    const shown = ends.slice(-3).map((op) => `'${op.name}'`);
    if (shown.length) lines.push(`nodes that nothing reads, which are often what is fetched: ${shown.join(', ')}`);
  }
  if (/^[A-Za-z_$][\w$]*$/.test(name))
    lines.push(
      'the name of a variable of TypeScript is no name of a node; a node has the name of its op, or that of ' +
        `{ name: '${name}' }.`,
      `fix: fetch the tensor itself: sess.run(${name}).`,
    );
  return lines.map((line) => `\n  ${line}`).join('');
}
