/** Branches that are functions, and the node that calls one of them: If or Case. After TensorFlow 1.15's cond_v2. */
import { int32, int64 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { errorOf } from '../base/thrown';
import { type AttrValue, Func } from '../format/attr';
import { apply, applyOp } from '../graph/apply';
import { IndexedSlices, type Tensor, getDefaultGraph } from '../graph/graph';
import { castTo } from '../ops/words';
import { FuncGraph, functionName } from './func-graph';
import { assertSame, flatten, mapStructure, packAs, repr, withFlows } from './structure';

/** What the two differ in. */
export interface BranchKind {
  /** What users call. */
  readonly call: string;
  /** The type of the node. */
  type(bodies: readonly FuncGraph[]): string;
  /** What names the functions in the node. */
  functions(bodies: readonly FuncGraph[]): Readonly<Record<string, AttrValue>>;
  /** What errors call a branch. */
  branch(index: number): string;
  /** The same where it reads a tensor of another one. */
  reader(index: number): string;
}
const named = (body: FuncGraph): Func => new Func(body.define());
export const IF: BranchKind = {
  call: 'cond',
  type: (bodies) => (bodies.some((each) => each.isStateful) ? 'If' : 'StatelessIf'),
  functions: ([yes, no]) => ({ then_branch: named(yes), else_branch: named(no) }),
  branch: (i) => ['true_fn', 'false_fn'][i],
  reader: (i) => ['true_fn', 'false_fn'][i],
};
export const CASE: BranchKind = {
  call: 'switch_case',
  type: () => 'Case',
  functions: (bodies) => ({ branches: bodies.map(named) }),
  branch: (i) => `branches[${i}]`,
  reader: (i) => `branch ${i}`,
};

/** Builds the functions of branches. @throws ValueError  where one reads a tensor of another one */
export function branchBodies(
  kind: BranchKind,
  names: readonly string[],
  fns: readonly (() => unknown)[],
  selector: Tensor,
): FuncGraph[] {
  const bodies = fns.map((fn, i) => new FuncGraph(names[i]).build(fn, { stands: selector }));
  bodies.forEach((body, i) => {
    for (const { name, graph } of body.externalCaptures) {
      const other = bodies.findIndex((each) => each.graph === graph);
      if (other >= 0)
        throw new ValueError(`Tensor ${name} in ${kind.reader(other)} is accessed from ${kind.reader(i)}.`);
    }
  });
  return bodies;
}
/** Names for the functions of branches. */
export function branchNames(scope: string, whats: readonly string[]): string[] {
  return whats.map((what) => functionName(scope, what));
}

/** What a node says of the results of its functions. */
export function resultAttrs(bodies: readonly FuncGraph[]): Readonly<Record<string, AttrValue>> {
  return {
    Tout: bodies[0].outputs.map(({ dtype }) => dtype.baseDtype),
    output_shapes: bodies[0].outputs.map(({ shape }, i) =>
      bodies.slice(1).reduce((all, { outputs }) => all.mostSpecificCompatibleShape(outputs[i].shape), shape),
    ),
  };
}
/**
 * Adds the node that calls one of several functions.
 *
 * @param given  what each of them takes from outside
 * @returns  what they return, in its structure
 */
export function callBranch(
  kind: BranchKind,
  selector: Tensor,
  bodies: readonly FuncGraph[],
  given: readonly (readonly Tensor[])[],
  name?: string,
): unknown {
  sameIndices(kind, bodies);
  checkSameOutputs(kind, bodies);
  const inputs = sameInputs(bodies, given);
  const waits = bodies.flatMap((body) => [...body.waits]);
  const graph = getDefaultGraph();
  const op = graph.controlDependencies(waits, () => {
    const attrs = { ...resultAttrs(bodies), ...kind.functions(bodies), _lower_using_switch_merge: true };
    return applyOp(kind.type(bodies), [selector, inputs], attrs, name);
  });
  // Not the outputs themselves: what fetches one of them should not run what the others need.
  const outputs = op.outputs.map((t) => apply('Identity', [t]));
  graph.flow.preventFetching(op);
  const { returned } = bodies[0];
  return packAs(returned, withFlows(flatten(returned), outputs));
}
/** Gives all functions the same arguments. @returns  what is given for these */
function sameInputs(bodies: readonly FuncGraph[], given: readonly (readonly Tensor[])[]): Tensor[] {
  const inputs = [...new Set(given.flat())];
  bodies.forEach((body, i) => {
    const own = new Map(given[i].map((t, at) => [t, body.inputs[at]]));
    body.inputs = inputs.map((t) => own.get(t) ?? body.argument(t.dtype, t.shape));
    body.resetCaptures(inputs);
  });
  return inputs;
}
/** @throws TypeError  where branches return other things than the first one */
export function checkSameOutputs(kind: BranchKind, bodies: readonly FuncGraph[]): void {
  const [first] = bodies;
  if (!first.outputs.length)
    throw new ValueError(
      `The branches of tf.${kind.call} must return at least one tensor.` +
        '\n  likely cause: () => { … } without return. A branch that only does something returns its operation.',
    );
  bodies.slice(1).forEach((body, i) => {
    const differ = (detail: string): TypeError_ =>
      new TypeError_(
        `${kind.branch(0)} and ${kind.branch(i + 1)} arguments to tf.${kind.call} must have the same number, type, ` +
          `and overall structure of return values.\n\n${kind.branch(0)} output: ${repr(first.returned)}\n` +
          `${kind.branch(i + 1)} output: ${repr(body.returned)}\n\nError details:\n${detail}`,
      );
    try {
      assertSame(first.returned, body.returned);
    } catch (error) {
      throw differ(errorOf(error).message);
    }
    first.outputs.forEach((t, at) => {
      const other = body.outputs[at];
      if (t.dtype.baseDtype !== other.dtype.baseDtype) throw differ(`${t} and ${other} have different types`);
    });
  });
}
/** Rows whose indices are int32 in one branch and int64 in another are int64 in all. */
function sameIndices(kind: BranchKind, bodies: readonly FuncGraph[]): void {
  const rows = bodies.map(({ returned }) => flatten(returned, false).map((x) => x instanceof IndexedSlices));
  if (rows.some((row) => row.length !== rows[0].length)) return;
  rows[0].forEach((_, i) => {
    if (new Set(rows.map((row) => row[i])).size > 1)
      throw new TypeError_(
        `Cannot reconcile tf.${kind.call} ${i}-th outputs:\n  branches returned: ` +
          repr(bodies.map(({ returned }) => flatten(returned, false)[i])),
      );
  });
  if (!rows[0].includes(true)) return;
  for (const body of bodies) {
    let at = 0;
    body.returned = body.graph.asDefault(() =>
      mapStructure(
        body.returned,
        (leaf) => {
          const others = bodies.map((each) => flatten(each.returned, false)[at]);
          at++;
          const mixed = others.some((x) => x instanceof IndexedSlices && x.indices.dtype !== int32);
          if (!(leaf instanceof IndexedSlices) || !mixed || leaf.indices.dtype === int64) return leaf;
          return new IndexedSlices(leaf.values, castTo(leaf.indices, int64), leaf.denseShape ?? undefined);
        },
        false,
      ),
    );
  }
  for (const body of bodies) body.takeReturned();
}
