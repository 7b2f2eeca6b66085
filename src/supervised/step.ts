/** How hooks read the counter of steps. */
import { RuntimeError } from '../base/errors';
import { Tensor, getDefaultGraph } from '../graph/graph';
import { getGlobalStep } from '../train/global-step';
import type { Session } from '../session/session';

const CACHE = 'global_step_read_op_cache';

/** A node that gives the value of the step counter, made once for a graph. @throws RuntimeError  without a counter */
export function stepRead(hook: string): Tensor {
  const graph = getDefaultGraph();
  const known = graph.getCollection<Tensor>(CACHE);
  if (known.length > 1)
    throw new RuntimeError(`There are multiple items in collection ${CACHE}. There should be only one.`);
  if (known.length) return known[0];
  const step = getGlobalStep(graph);
  if (step === null)
    throw new RuntimeError(
      `Global step should be created to use ${hook}.` +
        '\n  fix: const step = tf.train.getOrCreateGlobalStep(), and minimize(loss, step).',
    );
  return graph.nameScope(null, () =>
    graph.nameScope(`${step.op.name}/`, () => {
      const read = (step instanceof Tensor ? step : (step.initializedValue() as Tensor)).add(0);
      graph.addToCollection(CACHE, read);
      return read;
    }),
  );
}
/** What it gives now. */
export function stepNow(session: Session, read: Tensor): number {
  return Number(session.run(read));
}
