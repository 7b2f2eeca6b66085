/** The order of a function's effects is that of its program, after TensorFlow's AutomaticControlDependencies. */
import { resource } from '../base/dtype';
import type { Graph, Operation, Tensor } from '../graph/graph';

/** These run in any order: a variable's first value is made with them. */
const IN_ANY_ORDER: ReadonlySet<string> = new Set([
  'RandomUniform',
  'RandomUniformInt',
  'RandomStandardNormal',
  'ParameterizedTruncatedNormal',
  'TruncatedNormal',
  'RandomShuffle',
  'Multinomial',
  'RandomGamma',
  'RandomGammaGrad',
  'RandomPoisson',
  'RandomPoissonV2',
]);
function acts({ def, type }: Operation): boolean {
  return def.row.calls === 'function' || (def.isStateful && !IN_ANY_ORDER.has(type));
}
/** Lets what acts on one thing, or on none that is known, run one after the other, and all of it before the results. */
export function keepOrder(graph: Graph, results: readonly Tensor[]): void {
  const last = new Map<Tensor | null, Operation>();
  const must: Operation[] = [];
  for (const op of graph.getOperations()) {
    if (op.context?.loop) continue;
    if (acts(op)) must.push(op);
    const handles = new Set(op.inputs.filter(({ dtype }) => dtype === resource));
    const before = new Set<Operation>();
    for (const handle of handles) {
      const other = last.get(handle);
      if (other && other.context === op.context) before.add(other);
      last.set(handle, op);
    }
    if (acts(op) && !handles.size && op.context === null) {
      const other = last.get(null);
      if (other) before.add(other);
      last.set(null, op);
    }
    waitFor(op, [...before]);
  }
  for (const { op } of results)
    waitFor(
      op,
      must.filter(({ context }) => context === op.context),
    );
}
function waitFor(op: Operation, others: readonly Operation[]): void {
  const more = others.filter((other) => other !== op && !op.controlInputs.includes(other));
  if (more.length) op.setControlInputs([...op.controlInputs, ...more]);
}
