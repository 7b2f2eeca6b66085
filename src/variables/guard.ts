/**
 * Initial values that depend on other variables: they read those through `initializedValue`, so that one initializer
 * can run for all, in any order.
 */
import { ValueError } from '../base/errors';
import { initScope } from '../control/framework';
import { condTensor } from '../flow/cond';
import type { Operation, Tensor } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { VariableNodes } from './nodes';

/** The variable's value where it has one, else its initial value. */
export function initializedValue(nodes: VariableNodes): Tensor {
  const { initialValue } = nodes;
  return initScope(() =>
    condTensor(
      nodes.isInitialized(),
      () => nodes.readValue(),
      () => initialValue,
    ),
  );
}

/** @throws ValueError  for an initial value that was made in a branch or a loop: it may never be computed */
export function checkOutside({ op }: Tensor, scope: string): void {
  if (op.context === null) return;
  throw new ValueError(
    `Initializer for variable ${scope} is from inside a control-flow construct, such as a loop or conditional. When ` +
      'creating a variable inside a loop or conditional, use a lambda as the initializer.' +
      `${op.trace.line ? `\n  it was made at ${op.trace.line}` : ''}` +
      '\n  fix: new tf.Variable(() => …), or make the value outside.',
  );
}

const READS_BY_ITSELF: ReadonlySet<string> = new Set([
  'IsVariableInitialized',
  'VarIsInitializedOp',
  'ReadVariableOp',
  'If',
]);
const HOLDERS: ReadonlySet<string> = new Set(['Variable', 'VariableV2', 'VarHandleOp']);

/** What an initializer should assign: the initial value, with other variables read through `initializedValue`. */
export function guarded(scope: string, initial: Tensor): Tensor {
  const order = above(initial.op);
  if (!order) return initial;
  const copies = new Map<Operation, Operation>();
  const copyOf = (t: Tensor): Tensor => (copies.get(t.op) ?? t.op).outputs[t.valueIndex];
  for (const op of order) {
    if (HOLDERS.has(op.type)) {
      const value = initializedValueOf(op);
      if (value) copies.set(op, value.op);
    } else if (op.inputs.some((t) => copies.has(t.op))) {
      const type = op.type === 'RefSwitch' ? 'Switch' : op.type;
      const name = `${op.name}_${scope}`.replaceAll(':', '_');
      copies.set(
        op,
        op.graph.createOp(
          type,
          op.inputs.map(copyOf),
          op.outputs.map((t) => (type === op.type ? t.dtype : t.dtype.baseDtype)),
          { ...op.nodeDef.attr },
          name,
        ),
      );
    }
  }
  return copyOf(initial);
}
/**
 * The nodes that `from` depends on, inputs first; null where no variable is among them, or where they go in circles.
 */
function above(from: Operation): Operation[] | null {
  const order: Operation[] = [];
  const state = new Map<Operation, 'open' | 'done'>();
  const stack: [Operation, number][] = [[from, 0]];
  let depends = false;
  while (stack.length) {
    const top = stack[stack.length - 1];
    const [op, next] = top;
    if (next === 0) {
      if (state.get(op) === 'done') {
        stack.pop();
        continue;
      }
      state.set(op, 'open');
      if (op.type === 'VariableV2' || op.type === 'Variable') depends = true;
    }
    const input = READS_BY_ITSELF.has(op.type) ? undefined : op.inputs[next];
    if (input) {
      top[1]++;
      if (state.get(input.op) === 'open') return null;
      if (!state.has(input.op)) stack.push([input.op, 0]);
    } else {
      state.set(op, 'done');
      order.push(op);
      stack.pop();
    }
  }
  return depends ? order : null;
}
function initializedValueOf(holder: Operation): Tensor | null {
  const { graph } = holder;
  for (const key of [GraphKeys.GLOBAL_VARIABLES, GraphKeys.LOCAL_VARIABLES]) {
    for (const variable of graph.getCollection<{ readonly name?: string; initializedValue?(): Tensor }>(key)) {
      if (variable.name === `${holder.name}:0` || variable.name === holder.name)
        return variable.initializedValue?.() ?? null;
    }
  }
  return null;
}
