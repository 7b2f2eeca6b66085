/** The first NaN or infinity of a run, as an error: with what the run had, and what the failing node did. */
import { InternalError, InvalidArgumentError } from '../base/errors';
import { zerosOf } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import type { Operation } from '../graph/graph';
import { Later, type Run, Value } from '../kernels/kernel';
import { release } from '../kernels/value';
import { DEFAULT, type Resources, placeOf } from '../kernels/resources';
import { REFERENCE, VariableState } from '../kernels/variable';
import type { LoopPlace, Step } from '../plan/step';

/** What a failed step had, and what it made of it when it was done again. */
export interface Replay {
  /** By tensor name; a variable that an update changes is there with its value before. */
  readonly inputs: Readonly<Record<string, NDArray>>;
  /** By tensor name. */
  readonly outputs: Readonly<Record<string, NDArray>>;
}

/** What a run had that came to a NaN or an infinity. Copies: it stays good when the session goes on or is closed. */
export interface Findings {
  /** The tensors and operations that the run was asked for, by name. */
  readonly fetches: readonly string[];
  readonly feeds: Readonly<Record<string, NDArray>>;
  /** Every variable as it is now: before the failing node. */
  readonly variables: Readonly<Record<string, NDArray>>;
  /** The loops that the failing node is in with their iterations, the outermost first. */
  readonly loops: readonly LoopPlace[];
  /** Does the failing node again, on copies of its inputs. */
  replay(): Replay;
}
/**
 * The first NaN or infinity of a run, where `config.checkNumerics` asks for it.
 *
 *     const checked = new tf.Session('', { config: { checkNumerics: true } });
 *     checked.run(tf.log([-1]))   // throws InvalidArgumentError: Tensor had NaN values
 *     checked.close();
 */
export class NumericsError extends InvalidArgumentError implements Findings {
  readonly #findings: Findings;
  constructor(op: Operation, message: string, findings: Findings) {
    super(op, message);
    this.#findings = findings;
  }
  // Behind getters: an uncaught error prints what is said of the numbers, and not all of them.
  get fetches(): Findings['fetches'] {
    return this.#findings.fetches;
  }
  /** What the run was fed. */
  get feeds(): Findings['feeds'] {
    return this.#findings.feeds;
  }
  get variables(): Findings['variables'] {
    return this.#findings.variables;
  }
  get loops(): Findings['loops'] {
    return this.#findings.loops;
  }
  replay(): Replay {
    return this.#findings.replay();
  }
}

/**
 * Does a step again, on copies of what it had.
 *
 * @param before  what a variable held before the step, for those that it may have changed
 */
export function replayOf(
  step: Step,
  inputs: readonly Value[],
  before: (value: Value) => Value | undefined,
  context: Run,
): () => Replay {
  const names = inputs.map((_, i) => step.op.inputs[i]?.name ?? `${i}`);
  const copies = inputs.map((v) => copied(before(v) ?? v));
  const kinds = inputs.map((v) => (v.payload instanceof VariableState ? v.payload.kind : null));
  return () => {
    const values = copies.map((c) => new Value(c.dtype, c.shape, c.data.slice()));
    const states = values.map((v, i) =>
      kinds[i] ? new VariableState({ container: DEFAULT, name: names[i] }, v.dtype, kinds[i]) : null,
    );
    states.forEach((state, i) => state?.assign(values[i]));
    const edges = values.map((v, i) => (states[i] ? new Value(v.dtype, v.shape, null, null, states[i]) : v));
    const outputs: Record<string, NDArray> = {};
    const made = step.again()(edges, context);
    if (made instanceof Promise || made instanceof Later)
      throw new InternalError(step.op, `'${step.op.name}' waits: it cannot be done again`);
    made.forEach((v, i) => {
      if (!v.payload) outputs[`${step.op.name}:${i}`] = copied(v);
    });
    states.forEach((state, i) => {
      const now = state?.read();
      if (now) {
        outputs[names[i]] = copied(now);
        now.release();
      }
    });
    made.forEach(release);
    states.forEach((state, i) => (state ? state.dispose() : values[i].release()));
    return {
      inputs: Object.fromEntries(copies.map((c, i) => [names[i], new NDArray(c.dtype, c.shape, c.data.slice())])),
      outputs,
    };
  };
}
/** A copy of a value; zeros for a variable. */
function copied(value: Value): NDArray {
  return new NDArray(
    value.dtype,
    value.shape,
    value.payload ? zerosOf(value.dtype.baseDtype, value.size) : value.read().slice(),
  );
}

/** The variable that an input reads through a reference; null where it came into a function as an argument. */
export function variableAt(step: Step, input: number, resources: Resources): VariableState | null {
  let op = step.op.inputs[input]?.op ?? step.op;
  while (op.inputs.length) op = op.inputs[0].op;
  return resources.find(REFERENCE, placeOf(op.name, op.nodeDef.attr));
}
/** Copies of all variables that have a value, by name. */
export function variablesOf(resources: Resources): Record<string, NDArray> {
  const variables: Record<string, NDArray> = {};
  for (const state of resources.all()) {
    if (!(state instanceof VariableState)) continue;
    const value = state.read();
    if (!value) continue;
    variables[state.name] = copied(value);
    value.release();
  }
  return variables;
}
