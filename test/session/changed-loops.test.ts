/** Loops with one thing changed: each way to run them ends, and in the same. */
import * as tf from '../../src';
import { stream } from '../recorded';
import { isLong } from '../all';
import { LAST_RUN } from '../long';
import { devices, open } from '../sweep';
import type { RunObserver } from '../../src/session/running';
import { type RawNode, buildRaw } from './raw-graph';
import { outcome, rows } from './recorded-loops';

test('graphs with an edge, a name or a type changed give one value or error, in whatever way they run', () => {
  const seen = new Map<string, number>();
  for (let seed = 0; seed < (isLong ? 1000 : 300); seed++) {
    const numbers = stream(`hostile ${seed}`, 1000);
    let drawn = 0;
    const draw = (): number => numbers[drawn++ % numbers.length];
    const row = [...rows.right, ...rows.random][draw() % (rows.right.length + rows.random.length)];
    const graph = new tf.Graph();
    const nodes = changed(row.nodes, draw);
    let found: unknown;
    try {
      buildRaw(nodes, graph);
      const sess = open(graph, devices()[0]);
      const run = (observer?: RunObserver): unknown => {
        if (row.init) sess.run(row.init);
        // A loop without end says no more in a quarter of a second than in a tenth of that.
        return outcome(sess, row, row.runs[0].feeds, isLate(found) ? 25 : 250, observer);
      };
      found = run();
      // Who watches sees every step, and so the run goes by tokens.
      const expectSame = (again: unknown): void => {
        // How far a loop without end comes in its time is the machine's business.
        if (!isLate(found) && !isLate(again)) expect({ seed, found: again }).toEqual({ seed, found });
      };
      expectSame(run({}));
      const more = Array.isArray(found) && typeof found[0] === 'string' ? 4 : LAST_RUN;
      for (let i = 3; i <= more; i++) expectSame(run());
      expectSame(run({}));
      sess.close();
    } catch (error) {
      // What does not even build, or is asked for a tensor that it no longer has.
      if (!(error instanceof tf.errors.OpError || ['ValueError', 'TypeError'].includes((error as Error).name)))
        throw new Error(`seed ${seed}`, { cause: error });
      found = ['not built'];
    }
    const [kind, text] = Array.isArray(found) && typeof found[0] === 'string' ? found : ['a value'];
    // What is internal is so to TensorFlow, too.
    if (kind === 'InternalError') expect(text).toMatch(/has already been set|Mismatched parent frames/);
    seen.set(String(kind), (seen.get(String(kind)) ?? 0) + 1);
  }
  expect(seen.get('a value')).toBeGreaterThan(20);
  expect(seen.get('InvalidArgumentError')).toBeGreaterThan(20);
});

function isLate(found: unknown): boolean {
  return Array.isArray(found) && found[0] === 'DeadlineExceededError';
}
/** One change: an input from elsewhere, another frame, an op that does something else, a node that waits. */
function changed(nodes: readonly RawNode[], draw: () => number): RawNode[] {
  const pick = <T>(list: readonly T[]): T => list[draw() % list.length];
  const moved: Readonly<Record<string, readonly string[]>> = {
    Exit: ['Identity', 'NextIteration'],
    NextIteration: ['Identity', 'Exit'],
    Identity: ['NextIteration', 'Exit'],
  };
  const out = nodes.map((node): RawNode => [...node]);
  for (let tries = 0; tries < 50; tries++) {
    const at = draw() % out.length;
    const [name, type, inputs, attrs] = out[at];
    const kind = draw() % 4;
    if (kind === 0 && inputs.length) {
      const [other] = pick(nodes);
      const i = draw() % inputs.length;
      const from = inputs[i].startsWith('^') ? `^${other}` : draw() % 4 ? other : `${other}:1`;
      out[at] = [name, type, inputs.map((input, k) => (k === i ? from : input)), attrs];
    } else if (kind === 1 && type === 'Enter')
      out[at] = [
        name,
        type,
        inputs,
        { ...attrs, frame_name: pick(['f', 'frame1', 'other']), is_constant: !(draw() % 2) },
      ];
    else if (kind === 2 && moved[type]) out[at] = [name, pick(moved[type]), inputs, attrs];
    else if (kind === 3) out[at] = [name, type, [...inputs, `^${pick(nodes)[0]}`], attrs];
    else continue;
    return out;
  }
  return out;
}
