/** Loops that call functions, as frames: Enter, Merge, Switch, NextIteration and Exit around their bodies. */
import { bool, int32 } from '../base/dtype';
import { InvalidArgumentError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import type { FunctionBody } from '../graph/function-body';
import type { OpType } from '../graph/opdef';
import { type Call, type Expanded, type Expander, checkArguments, funcOf, refused } from './expander';
import { constant, howOf, mergeOf, switchOf, truth } from './lower-words';
import { type PlanNode, type Source, newNode } from './node';
import { CALLED, variablesNeeded } from './uses';

/** Variables that the body gives back as they came: the same in every iteration, but for one that counts these. */
function invariantsOf({ args, results }: FunctionBody, kept: readonly number[]): boolean[] {
  const found = kept.map((i) => results[i].op === args[i]);
  if (found.length && !found.includes(false)) found[0] = false;
  return found;
}
export function lowerWhile(to: Expander, call: Call): Expanded {
  const { node } = call;
  const [condFunc, bodyFunc] = [funcOf(node, 'cond'), funcOf(node, 'body')];
  const condBody = to.bodyOf(call, condFunc, { part: 'cond' });
  const body = to.bodyOf(call, bodyFunc, { part: 'body' });
  if (condBody.results.length !== 1)
    throw refused(
      node,
      InvalidArgumentError,
      `Expected a single scalar return value from WhileOp cond, got ${condBody.results.length} tensors.`,
    );
  const given = call.args.map((s) => to.typeOf(s));
  for (const each of [condBody, body]) checkArguments(node, given, each);
  checkVariables(node, 'While', body);
  const how = howOf(call);
  const needed = how.reads && how.reads.size < given.length ? variablesNeeded(how.reads, condBody, body) : null;
  const kept = given.flatMap((_, i) => (needed?.has(i) === false ? [] : [i]));
  /** For each variable what there is for those that are kept. */
  const spread = <T>(of: readonly T[]): (T | null)[] => {
    const places = new Map(kept.map((i, at) => [i, of[at]]));
    return given.map((_, i) => places.get(i) ?? null);
  };
  // A loop without variables goes round with one that says nothing.
  const made = loop(to, call, {
    entering: kept.length
      ? kept.map((i) => call.args[i])
      : [constant(to, call, new NDArray(bool, [], Uint8Array.of(0)))],
    fixed: kept.length ? invariantsOf(body, kept) : [false],
    cond: (variables, gate) =>
      to.call({ ...call, args: spread(variables), gate }, condFunc, condBody, { ...how, reads: null }),
    body(variables, gate) {
      const round = to.call({ ...call, args: spread(variables), gate }, bodyFunc, body, {
        ...how,
        reads: new Set(kept),
      });
      return { ...round, outputs: kept.map((i) => round.outputs[i]) };
    },
  });
  return { ...made, outputs: spread(made.outputs) };
}
/** Counts iterations, and tells the body of each what a counter that goes by steps would show. */
export function lowerFor(to: Expander, call: Call): Expanded {
  const { node } = call;
  const { op } = node;
  const [start, limit, delta, ...inputs] = call.args;
  const func = funcOf(node, 'body');
  const body = to.bodyOf(call, func, { part: 'body' });
  checkVariables(node, 'For', body);
  const made = (type: OpType, of: Source[]): Source => {
    return { node: to.push(newNode(op, type, { attrs: { T: int32 }, inputs: of, outputTypes: [int32] })), index: 0 };
  };
  const counting = newNode(op, 'ForCount', { attrs: {}, inputs: [start, limit, delta], outputTypes: [int32] });
  const count = { node: to.push(counting), index: 0 };
  const zero = constant(to, call, new NDArray(int32, [], Int32Array.of(0)));
  const { outputs, ...rest } = loop(to, call, {
    entering: [zero, count, start, delta, ...inputs],
    fixed: [false, true, true, true, ...inputs.map(() => false)],
    cond([i, n]) {
      const less = newNode(op, 'Less', { attrs: { T: int32 }, inputs: [i, n], outputTypes: [bool] });
      return { outputs: [{ node: to.push(less), index: 0 }], done: [], effects: [] };
    },
    body([i, n, from, by, ...variables], gate) {
      const one = constant(to, { ...call, gate }, new NDArray(int32, [], Int32Array.of(1)));
      const args = [made('AddV2', [from, made('Mul', [i, by])]), ...variables];
      const given = to.call({ ...call, args, gate }, func, body, CALLED);
      return { ...given, outputs: [made('AddV2', [i, one]), n, from, by, ...given.outputs] };
    },
  });
  return { ...rest, outputs: outputs.slice(4) };
}
/** A loop's variables, those of them that stay as they are, and what makes its condition and its next iteration. */
interface Loop {
  readonly entering: readonly Source[];
  readonly fixed: readonly boolean[];
  readonly cond: (variables: readonly Source[], gate: readonly PlanNode[]) => Expanded;
  readonly body: (variables: readonly Source[], gate: readonly PlanNode[]) => Expanded;
}
function loop(to: Expander, { node }: Call, { entering, fixed, cond, body }: Loop): Expanded {
  const { op } = node;
  const parallel = node.attrs['parallel_iterations'];
  const enters = entering.map((s, i) => {
    const type = to.typeOf(s);
    const attrs = {
      T: type,
      frame_name: op.name,
      is_constant: fixed[i],
      parallel_iterations: typeof parallel === 'number' ? parallel : 10,
    };
    return to.push(newNode(op, 'Enter', { attrs, inputs: [s], outputTypes: [type] }));
  });
  const out = (from: PlanNode, index = 0): Source => ({ node: from, index });
  const merges = enters.map((enter, i) => (fixed[i] ? enter : mergeOf(to, node, [out(enter), out(enter)])));
  const first = fixed.indexOf(false);
  const variables = merges.map((merge) => out(merge));
  const asked = cond(variables, [merges[first]]);
  const [answer] = asked.outputs.filter((s) => s !== null);
  const inputs = [truth(to, node, answer)];
  const controls = [...asked.effects];
  const pred = to.push(newNode(op, 'LoopCond', { attrs: {}, inputs, outputTypes: [bool], controls }));
  const switches = merges.map((merge, i) => (fixed[i] ? merge : switchOf(to, node, out(merge), out(pred))));
  const pivot = to.identity(op, out(switches[first], 1));
  const carried = switches.map((each, i) => (fixed[i] ? out(to.identity(op, out(each), [pivot])) : out(each, 1)));
  const done = body(carried, [pivot]);
  merges.forEach((merge, i) => {
    if (fixed[i]) return;
    // An iteration is over when what it does is done: the next one then sees all of it.
    const from = done.outputs[i] ?? carried[i];
    const type = to.typeOf(from);
    const given = { attrs: { T: type }, inputs: [from], outputTypes: [type], controls: [...done.effects] };
    merge.inputs[1] = out(to.push(newNode(op, 'NextIteration', given)));
  });
  const exits = switches.map((each, i) => {
    if (fixed[i]) return null;
    const type = to.typeOf(out(each));
    return to.push(newNode(op, 'Exit', { attrs: { T: type }, inputs: [out(each)], outputTypes: [type] }));
  });
  const left = exits[first]!;
  return {
    outputs: exits.map((exit, i) => out(exit ?? to.identity(op, entering[i], [left]))),
    done: exits.filter((exit) => exit !== null),
    effects: asked.effects.length || done.effects.length ? [left] : [],
  };
}
function checkVariables(node: PlanNode, loop: 'While' | 'For', { results }: FunctionBody): void {
  const wanted = node.outputTypes;
  if (results.length !== wanted.length)
    throw refused(
      node,
      InvalidArgumentError,
      `${loop} loop body returned ${results.length} arguments. Expected: ${wanted.length}`,
    );
  const at = results.findIndex(({ dtype }, i) => dtype.baseDtype !== wanted[i]);
  if (at < 0) return;
  const [expected, came] = [wanted[at].cName, results[at].dtype.baseDtype.cName];
  throw refused(node, InvalidArgumentError, `Expects arg[${at}] to be ${expected} but ${came} is provided`);
}
