/** Loops in a graph of TensorFlow's that look at the clock in each iteration: nobody can end its call from outside. */
import { float64 } from '../../base/dtype';
import { errorOf } from '../../base/thrown';
import type { AttrBytes } from '../../format/graphdef';
import type { GraphLoop, GraphNode } from '../compiled';

const OVER = 'time_is_up';
const T: AttrBytes = { kind: 'type', value: float64 };
/** The nodes, with loops whose conditions wait for an assertion that there is time left. */
export function withTimeLimit(nodes: readonly GraphNode[], loops: readonly GraphLoop[]): GraphNode[] {
  const limits = new Map(loops.map(({ cond, until }, i) => [cond, { name: `${OVER}_${i}`, until }]));
  return nodes.flatMap((node): GraphNode[] => {
    const limit = limits.get(node.name);
    if (!limit) return [node];
    const { name, until } = limit;
    // It is in the iteration of what it waits for.
    const [pred] = node.input;
    const data: AttrBytes = { kind: 'list(type)', value: [float64] };
    return [
      { name: `${name}_now`, op: 'Timestamp', input: [`^${pred.replace(/:.*/, '')}`], attr: {} },
      { name: `${name}_not`, op: 'Less', input: [`${name}_now`, until], attr: { T } },
      {
        name,
        op: 'Assert',
        input: [`${name}_not`, `${name}_now`],
        attr: { T: data, summarize: { kind: 'int', value: 1 } },
      },
      { ...node, input: [...node.input, `^${name}`] },
    ];
  });
}
/** Whether a call ended because its time was up. */
export function isOverTime(error: unknown): boolean {
  return errorOf(error).message.includes(`{{node ${OVER}`);
}
