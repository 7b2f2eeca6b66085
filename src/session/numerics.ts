/**
 * `config.checkNumerics`: looks at what every node makes, stops at the first one that makes a NaN or an infinity out of
 * numbers, says which numbers, and keeps them. Optimizer updates count as nodes; theirs are undone.
 */
import { type Data, bfloat16, float16, zerosOf } from '../base/dtype';
import { InternalError, InvalidArgumentError } from '../base/errors';
import { bfloatToNumber, halfToNumber } from '../base/half';
import { NDArray } from '../base/ndarray';
import { cShape } from '../base/shape';
import { type Operation, inputNames } from '../graph/graph';
import { ABSENT, Later, type Run, Value } from '../kernels/kernel';
import { placeOf } from '../kernels/resources';
import { release } from '../kernels/value';
import { REFERENCE, VariableState } from '../kernels/variable';
import type { RunObserver } from './running';
import type { Plan, Step } from '../plan/plan';

/** What a failed step had, and what it made of it when it was done again. */
export interface Replay {
  /** By tensor name; a variable that an update changes is there with its value before. */
  readonly inputs: Readonly<Record<string, NDArray>>;
  readonly outputs: Readonly<Record<string, NDArray>>;
}

/** What a run had that came to a NaN or an infinity. Copies: it stays good when the session goes on or is closed. */
interface Findings {
  /** The tensors and operations that the run was asked for, by name. */
  readonly fetches: readonly string[];
  readonly feeds: Readonly<Record<string, NDArray>>;
  /** Every variable as it is now: before the failing node. */
  readonly variables: Readonly<Record<string, NDArray>>;
  /** Does the failing node again, on copies of its inputs. */
  replay(): Replay;
}
/** The first NaN or infinity of a run. */
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
  get feeds(): Findings['feeds'] {
    return this.#findings.feeds;
  }
  get variables(): Findings['variables'] {
    return this.#findings.variables;
  }
  replay(): Replay {
    return this.#findings.replay();
  }
}

/** Minimum, maximum and counts of a float tensor. */
interface Range {
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number /** The first element that is no number, or -1. */;
  readonly at: number;
}

function rangeOf(data: ArrayLike<number>, from = 0, to = data.length): Range {
  let [min, max, zeros, nan, infinite, at] = [Infinity, -Infinity, 0, 0, 0, -1];
  for (let i = from; i < to; i++) {
    const v = data[i];
    if (v !== v || v === Infinity || v === -Infinity) {
      if (at < 0) at = i;
      if (v !== v) {
        nan++;
        continue;
      }
      infinite++;
    } else if (v === 0) zeros++;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return { min, max, zeros, nan, infinite, at };
}
function show({ min, max, zeros, nan, infinite }: Range): string {
  const counts = [
    zeros && `${zeros} ${zeros === 1 ? 'zero' : 'zeros'}`,
    nan && `${nan} NaN`,
    infinite && `${infinite} infinite`,
  ]
    .filter(Boolean)
    .join(', ');
  return `${min > max ? 'no numbers' : `${figure(min)} to ${figure(max)}`}${counts ? `, ${counts}` : ''}`;
}
function figure(x: number): string {
  return String(Number(x.toPrecision(4)));
}

/** What each op type does to get there. */
const CAUSES: Readonly<Record<string, string>> = {
  Log: 'the logarithm of 0 is -Infinity, of a negative number NaN. For a cross entropy use tf.nn.softmaxCrossEntropyWithLogits; else keep the argument up: tf.log(tf.maximum(x, 1e-7)).',
  Log1p: 'the logarithm of 0 is -Infinity, of a negative number NaN.',
  RealDiv: 'something is divided by 0: add a small number below, or divide with tf.divNoNan.',
  Div: 'something is divided by 0: add a small number below.',
  Reciprocal: 'something is divided by 0.',
  Inv: 'something is divided by 0.',
  Xdivy: 'something is divided by 0.',
  Exp: 'the argument is too large: float32 ends at exp(88.7).',
  Sqrt: 'the square root of a negative number is NaN.',
  Rsqrt: 'the square root of 0 stands below a fraction.',
  SqrtGrad: 'the slope of the square root at 0 is infinite: add a small number under the root.',
  RsqrtGrad: 'the slope is infinite at 0.',
  Pow: 'a negative base with a fractional exponent, 0 with a negative one, or a result that is too large.',
  Mean: 'the mean of nothing is NaN: an empty batch?',
  Max: 'the largest of nothing is -Infinity: an empty batch?',
  Min: 'the smallest of nothing is Infinity: an empty batch?',
};
const GROWN =
  'the numbers have grown too large for their type: a smaller learning rate, smaller initial weights, or inputs scaled to [0, 1].';

/** A value with numbers in it that may not be any. */
const isFloat = (value: Value): boolean => value !== ABSENT && !value.payload && value.dtype.isFloating;

export class NumericsCheck implements RunObserver {
  /** Variables that the current step may change, with their values before it, held so that the step writes to copies. */
  private held: { readonly state: VariableState; readonly value: Value }[] = [];
  constructor(
    private readonly plan: Plan,
    private readonly feeds: readonly NDArray[],
    private readonly context: Run,
    private readonly next: RunObserver | null,
  ) {
    plan.request.feeds.forEach((t, i) => {
      if (!t.dtype.isFloating) return;
      const range = this.rangeOf(feeds[i].data, feeds[i]);
      if (range.nan) {
        throw this.error(
          t.op,
          `${t.name} : Tensor had ${kind(range)} values`,
          [
            `  the value fed for '${t.name}' holds them: ${cShape(feeds[i].shape)}, ${show(range)}`,
            ...this.row(range.at, feeds[i].shape),
            '  fix: look at how this batch was made.',
          ],
          () => ({ inputs: {}, outputs: { [t.name]: feeds[i] } }),
        );
      }
    });
  }

  beforeStep(step: Step, inputs: readonly Value[]): void {
    this.release();
    this.next?.beforeStep?.(step, inputs);
    if (step.where !== 'state') return;
    for (const { payload } of inputs) {
      if (!(payload instanceof VariableState) || this.held.some((h) => h.state === payload)) continue;
      const value = payload.read();
      if (value) this.held.push({ state: payload, value });
    }
  }
  onStep(step: Step, inputs: readonly Value[], outputs: readonly Value[], nanoseconds: number): void {
    this.next?.onStep?.(step, inputs, outputs, nanoseconds);
    const made = outputs.map((v) => (isFloat(v) ? this.range(v) : null));
    const bad = made.findIndex((r) => r && r.at >= 0);
    const changed = bad < 0 ? this.held.filter(({ state, value }) => this.spoilt(state, value)) : [];
    if (bad < 0 && !changed.length) return;
    const before = inputs.map((v) => (isFloat(v) ? this.range(v) : null));
    const [anyNaN, anyInfinite] = [before.some((r) => r?.nan), before.some((r) => r && r.infinite > r.nan)];
    if (bad >= 0) {
      const known = this.held.find((h) => this.range(h.value).nan);
      if (made[bad]!.nan && known) throw this.variableError(step, known.state);
      const read = inputs.findIndex((_, i) => before[i]?.nan && step.deref?.[i]);
      if (read >= 0) throw this.variableError(step, this.variableAt(step, read));
      if (made[bad]!.nan ? !anyNaN : !anyNaN && !anyInfinite)
        throw this.nodeError(step, inputs, before, `${step.op.name}:${bad}`, made[bad]!, outputs[bad]);
      return;
    }
    if (!anyNaN && !anyInfinite) throw this.updateError(step, inputs, before, changed[0].state);
  }
  /** Whether a step has put something else than numbers into a variable of numbers. */
  private spoilt(state: VariableState, before: Value): boolean {
    const after = state.read();
    if (!after) return false;
    try {
      return after !== before && isFloat(after) && this.range(after).at >= 0 && this.range(before).at < 0;
    } finally {
      after.release();
    }
  }
  /** After the run, however it ended. */
  finish(): void {
    this.release();
  }
  private release(): void {
    for (const { value } of this.held) value.release();
    this.held = [];
  }

  // --- what is found ---------------------------------------------------------------------------------------

  private nodeError(
    step: Step,
    inputs: readonly Value[],
    before: readonly (Range | null)[],
    name: string,
    range: Range,
    value: Value,
  ): NumericsError {
    return this.error(
      step.op,
      `${name} : Tensor had ${kind(range)} values`,
      [
        `  '${step.op.name}' (op type: ${step.op.type}) is the first that makes them out of numbers:`,
        ...this.operands(step, inputs, before),
        `  makes ${cShape(value.shape)}, ${show(range)}`,
        ...this.row(range.at, value.shape, inputs, step),
        `  likely cause: ${CAUSES[step.op.type] ?? (range.infinite || /MatMul|Mul|Add|Sum|Square|L2Loss|Conv/.test(step.op.type) ? GROWN : 'the inputs above.')}`,
      ],
      this.replayOf(step, inputs),
    );
  }
  private updateError(
    step: Step,
    inputs: readonly Value[],
    before: readonly (Range | null)[],
    state: VariableState,
  ): NumericsError {
    const after = state.read()!;
    const range = this.range(after);
    after.release();
    const replay = this.replayOf(step, inputs);
    const lines = this.operands(step, inputs, before);
    // As it was before this node: assign takes over a reference of its own.
    for (const held of this.held) held.state.assign(held.value.retain());
    return this.error(
      step.op,
      `${state.name} : Tensor had ${kind(range)} values`,
      [
        `  the update '${step.op.name}' (op type: ${step.op.type}) is the first that makes them out of numbers; the variable is left as it was:`,
        ...lines,
        `  makes of '${state.name}' ${cShape(after.shape)}, ${show(range)}`,
        `  likely cause: ${GROWN}`,
      ],
      replay,
    );
  }
  private variableError({ op }: Step, state: VariableState): NumericsError {
    const value = state.read()!;
    try {
      const range = this.range(value);
      return this.error(
        op,
        `${state.name} : Tensor had ${kind(range)} values`,
        [
          `  the variable '${state.name}' held them before this run: ${cShape(value.shape)}, ${show(range)}`,
          '  fix: an earlier run made them; start again with config.checkNumerics from the first step on, or look at what was assigned to it.',
        ],
        () => ({ inputs: {}, outputs: {} }),
      );
    } finally {
      value.release();
    }
  }
  /** The variable that an input reads through a reference. */
  private variableAt(step: Step, input: number): VariableState {
    let { op } = step.op.inputs[input];
    while (op.inputs.length) op = op.inputs[0].op;
    return this.context.resources.find(REFERENCE, placeOf(op.name, op.nodeDef.attr))!;
  }
  private operands(step: Step, inputs: readonly Value[], before: readonly (Range | null)[]): string[] {
    const names = inputNames(step.op);
    return inputs.map((value, i) => {
      const t = step.op.inputs[i];
      const held = this.held.find((h) => h.state === value.payload);
      const range = held && isFloat(held.value) ? this.range(held.value) : before[i];
      return `  ${names[i]}: ${t?.name ?? '?'} ${cShape((held?.value ?? value).shape)}${range ? `, ${show(range)}` : ''}${t?.op.trace.line ? `, made at ${t.op.trace.line}` : ''}`;
    });
  }
  /** The row of the batch that the first bad element belongs to, where rows of the output are rows of a feed. */
  private row(at: number, shape: readonly number[], inputs: readonly Value[] = [], step: Step | null = null): string[] {
    const rows = shape[0];
    const feed = this.plan.request.feeds.findIndex(
      (t, i) =>
        t.op.type.startsWith('Placeholder') && this.feeds[i].rank > 0 && this.feeds[i].shape[0] === rows && rows > 1,
    );
    if (at < 0 || feed < 0) return [];
    const size = shape.reduce((a, b) => a * b, 1) / rows;
    const row = Math.floor(at / size);
    const there = inputs.flatMap((value, i) => {
      if (
        !isFloat(value) ||
        value.shape[0] !== rows ||
        !comesFrom(step!.op.inputs[i].op, this.plan.request.feeds[feed].op)
      )
        return [];
      const width = value.size / rows;
      return [`${inputNames(step!.op)[i]} ${show(rangeOf(this.data(value), row * width, (row + 1) * width))}`];
    });
    return [
      `  in row ${row} of the batch (fed for '${this.plan.request.feeds[feed].name}')${there.length ? `, where ${there.join('; ')}` : ''}`,
    ];
  }
  private error(op: Operation, first: string, lines: readonly string[], replay: () => Replay): NumericsError {
    const { line } = op.trace;
    const message = [
      first,
      `\t [[node ${op.name}${line ? ` (defined at ${line})` : ''} ]]`,
      ...lines,
      '  error.replay() gives the values; error.feeds and error.variables what the run had.',
    ].join('\n');
    const variables: Record<string, NDArray> = {};
    for (const r of this.context.resources.all()) {
      const value = r instanceof VariableState ? r.read() : null;
      if (!value) continue;
      variables[r.name] = this.copy(value);
      value.release();
    }
    const feeds = Object.fromEntries(
      this.plan.request.feeds.map((t, i) => [
        t.name,
        new NDArray(this.feeds[i].dtype, this.feeds[i].shape, this.feeds[i].data.slice()),
      ]),
    );
    return new NumericsError(op, message, {
      fetches: [...this.plan.request.fetches.map((t) => t.name), ...this.plan.request.targets.map((o) => o.name)],
      feeds,
      variables,
      replay,
    });
  }

  // --- doing it again --------------------------------------------------------------------------------------

  private replayOf(step: Step, inputs: readonly Value[]): () => Replay {
    const { context } = this;
    const names = inputs.map((_, i) => step.op.inputs[i]?.name ?? `${i}`);
    const copies = inputs.map((v) => this.copy(this.held.find((h) => h.state === v.payload)?.value ?? v));
    const kinds = inputs.map((v) => (v.payload instanceof VariableState ? v.payload.kind : null));
    return () => {
      const values = copies.map((c) => new Value(c.dtype, c.shape, c.data.slice()));
      const states = values.map((v, i) => (kinds[i] ? new VariableState(names[i], v.dtype, kinds[i]) : null));
      states.forEach((state, i) => state?.assign(values[i]));
      const edges = values.map((v, i) => (states[i] ? new Value(v.dtype, v.shape, null, null, states[i]) : v));
      const outputs: Record<string, NDArray> = {};
      const made = step.again()(edges, context);
      if (made instanceof Promise || made instanceof Later)
        throw new InternalError(step.op, `'${step.op.name}' waits: it cannot be done again`);
      made.forEach((v, i) => {
        if (!v.payload) outputs[`${step.op.name}:${i}`] = this.copy(v);
      });
      states.forEach((state, i) => {
        const now = state?.read();
        if (now) {
          outputs[names[i]] = this.copy(now);
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

  // --- values ----------------------------------------------------------------------------------------------

  private copy(value: Value): NDArray {
    return new NDArray(
      value.dtype,
      value.shape,
      value.payload ? zerosOf(value.dtype.baseDtype, value.size) : value.read().slice(),
    );
  }
  private data(value: Value): ArrayLike<number> {
    return asNumbers(value.read(), value);
  }
  private range(value: Value): Range {
    return rangeOf(this.data(value));
  }
  private rangeOf(data: Data, { dtype }: NDArray): Range {
    return rangeOf(asNumbers(data, { dtype }));
  }
}
function comesFrom(op: Operation, from: Operation): boolean {
  const seen = new Set([op]);
  for (const at of seen) for (const t of at.inputs) seen.add(t.op);
  return seen.has(from);
}
function asNumbers(data: Data, { dtype }: { readonly dtype: NDArray['dtype'] }): ArrayLike<number> {
  return dtype === float16
    ? Float32Array.from(data as Uint16Array, halfToNumber)
    : dtype === bfloat16
      ? Float32Array.from(data as Uint16Array, bfloatToNumber)
      : (data as Float32Array);
}
function kind({ nan, infinite }: Range): string {
  return nan && infinite ? 'Inf and NaN' : nan ? 'NaN' : 'Inf';
}
