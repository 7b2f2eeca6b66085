/**
 * `config.checkNumerics`: looks at what every node makes, stops at the first one that makes a NaN or an infinity out of
 * numbers, says which numbers, and keeps them. Optimizer updates count as nodes; theirs are undone.
 */
import { known } from '../base/keys';
import { NDArray } from '../base/ndarray';
import { cShape } from '../base/shape';
import { type Range, floatsIn, comesFrom, kind, rangeOf, show } from '../advice/nonfinite';
import { GROWN, causeOf } from '../advice/causes';
import { whereIs } from '../advice/explain';
import { isPlaceholder } from '../advice/roles';
import { type Operation, inputNames } from '../graph/graph';
import { DEAD, type Run, type Value } from '../kernels/kernel';
import { VariableState } from '../kernels/variable';
import type { Plan, Step } from '../plan/plan';
import type { LoopPlace } from '../plan/step';
import { NumericsError, type Replay, replayOf, variableAt, variablesOf } from './numerics-error';
import type { RunObserver } from './running';

/** A value with numbers in it that may not be any. */
const isFloat = (value: Value): boolean => value !== DEAD && !value.payload && value.dtype.isFloating;

export class NumericsCheck implements RunObserver {
  /** Variables that the current step may change, with their values before it: held, so that it writes to copies. */
  private held: { readonly state: VariableState; readonly value: Value }[] = [];
  /** The loops that the current step is in. */
  private loops: readonly LoopPlace[] = [];
  /** What is fed, as it comes. */
  private readonly feeds: (NDArray | null)[];
  constructor(
    private readonly plan: Plan,
    feeds: readonly (NDArray | null)[],
    private readonly context: Run,
    private readonly next: RunObserver | null,
  ) {
    this.feeds = [...feeds];
    feeds.forEach((array, i) => {
      if (array) this.feed(i, array);
    });
  }
  /** A feed has come. @throws NumericsError  if it holds what is no number */
  feed(i: number, array: NDArray): void {
    this.feeds[i] = array;
    const t = this.plan.request.feeds[i];
    if (!t.dtype.isFloating) return;
    const range = rangeOf(floatsIn(array.data, array));
    if (!range.nan) return;
    throw this.error(
      t.op,
      `${t.name} : Tensor had ${kind(range)} values`,
      [
        `  the value fed for '${t.name}' holds them: ${cShape(array.shape)}, ${show(range)}`,
        ...this.row(range.at, array.shape),
        '  fix: look at how this batch was made.',
      ],
      () => ({ inputs: {}, outputs: { [t.name]: array } }),
    );
  }

  beforeStep(step: Step, inputs: readonly Value[]): void {
    this.finish();
    this.next?.beforeStep?.(step, inputs);
    if (step.where !== 'state') return;
    for (const { payload } of inputs) {
      if (!(payload instanceof VariableState) || this.held.some((h) => h.state === payload)) continue;
      const value = payload.read();
      if (value) this.held.push({ state: payload, value });
    }
  }
  onStep(
    step: Step,
    inputs: readonly Value[],
    outputs: readonly Value[],
    nanoseconds: number,
    loops: readonly LoopPlace[],
  ): void {
    this.next?.onStep?.(step, inputs, outputs, nanoseconds, loops);
    this.loops = loops;
    const made = outputs.map((v) => (isFloat(v) ? this.range(v) : null));
    const bad = made.findIndex((r) => r && r.at >= 0);
    const range = bad < 0 ? null : made[bad];
    const changed = !range ? this.held.filter(({ state, value }) => this.spoilt(state, value)) : [];
    if (!range && !changed.length) return;
    const before = inputs.map((v) => (isFloat(v) ? this.range(v) : null));
    const [anyNaN, anyInfinite] = [before.some((r) => r?.nan), before.some((r) => r && r.infinite > r.nan)];
    // What comes out of an array, a list or a variable was put into it.
    const isKept = inputs.some(({ payload }) => payload !== null);
    if (range) {
      const known = this.held.find((h) => this.range(h.value).nan);
      if (range.nan && known) throw this.variableError(step, known.state);
      const read = inputs.findIndex((_, i) => before[i]?.nan && step.deref?.[i]);
      const source = read < 0 ? null : variableAt(step, read, this.context.resources);
      if (source) throw this.variableError(step, source);
      if (range.nan ? !anyNaN : !anyNaN && !anyInfinite && !isKept)
        throw this.nodeError(step, inputs, before, `${step.op.name}:${bad}`, range, outputs[bad]);
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
  /** Before the next step, and after the run, however it ended. */
  finish(): void {
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
        `  likely cause: ${causeOf(step.op.type, range)}`,
      ],
      this.replay(step, inputs),
    );
  }
  private updateError(
    step: Step,
    inputs: readonly Value[],
    before: readonly (Range | null)[],
    state: VariableState,
  ): NumericsError {
    const after = known(state.read(), `a value of ${state.name}`);
    const range = this.range(after);
    after.release();
    const replay = this.replay(step, inputs);
    const lines = this.operands(step, inputs, before);
    // As it was before this node: assign takes over a reference of its own.
    for (const held of this.held) held.state.assign(held.value.retain());
    return this.error(
      step.op,
      `${state.name} : Tensor had ${kind(range)} values`,
      [
        `  the update '${step.op.name}' (op type: ${step.op.type}) is the first that makes them out of numbers; the ` +
          'variable is left as it was:',
        ...lines,
        `  makes of '${state.name}' ${cShape(after.shape)}, ${show(range)}`,
        `  likely cause: ${GROWN}`,
      ],
      replay,
    );
  }
  private variableError({ op }: Step, state: VariableState): NumericsError {
    const value = known(state.read(), `a value of ${state.name}`);
    try {
      const range = this.range(value);
      return this.error(
        op,
        `${state.name} : Tensor had ${kind(range)} values`,
        [
          `  the variable '${state.name}' held them before this run: ${cShape(value.shape)}, ${show(range)}`,
          '  fix: an earlier run made them; start again with config.checkNumerics from the first step on, or look at ' +
            'what was assigned to it.',
        ],
        () => ({ inputs: {}, outputs: {} }),
      );
    } finally {
      value.release();
    }
  }
  private operands(step: Step, inputs: readonly Value[], before: readonly (Range | null)[]): string[] {
    const names = inputNames(step.op);
    return inputs.map((value, i) => {
      const t = step.op.inputs[i];
      const held = this.held.find((h) => h.state === value.payload);
      const range = held && isFloat(held.value) ? this.range(held.value) : before[i];
      const made = t?.op.trace.line ? `, made at ${t.op.trace.line}` : '';
      const shown = range ? `, ${show(range)}` : '';
      return `  ${names[i] ?? `input[${i}]`}: ${t?.name ?? '?'} ${cShape((held?.value ?? value).shape)}${shown}${made}`;
    });
  }
  /** The row of the batch that the first bad element belongs to, where rows of the output are rows of a feed. */
  private row(at: number, shape: readonly number[], inputs: readonly Value[] = [], step: Step | null = null): string[] {
    const rows = shape[0];
    const feed = this.plan.request.feeds.findIndex(
      (t, i) => isPlaceholder(t.op) && this.feeds[i]?.shape[0] === rows && rows > 1,
    );
    if (at < 0 || feed < 0) return [];
    const size = shape.reduce((a, b) => a * b, 1) / rows;
    const row = Math.floor(at / size);
    const there = inputs.flatMap((value, i) => {
      if (
        !step ||
        !isFloat(value) ||
        value.shape[0] !== rows ||
        !comesFrom(step.op.inputs[i]?.op ?? step.op, this.plan.request.feeds[feed].op)
      )
        return [];
      const width = value.size / rows;
      return [`${inputNames(step.op)[i]} ${show(rangeOf(this.data(value), row * width, (row + 1) * width))}`];
    });
    return [
      `  in row ${row} of the batch (fed for '${this.plan.request.feeds[feed].name}')` +
        (there.length ? `, where ${there.join('; ')}` : ''),
    ];
  }
  private error(op: Operation, first: string, lines: readonly string[], replay: () => Replay): NumericsError {
    const message = [
      first,
      ...whereIs(op, this.loops),
      ...lines,
      '  error.replay() gives the values; error.feeds and error.variables what the run had.',
    ].join('\n');
    const feeds = Object.fromEntries(
      this.plan.request.feeds.flatMap((t, i) => {
        const fed = this.feeds[i];
        return fed ? [[t.name, new NDArray(fed.dtype, fed.shape, fed.data.slice())]] : [];
      }),
    );
    return new NumericsError(op, message, {
      fetches: [...this.plan.request.fetches.map((t) => t.name), ...this.plan.request.targets.map((o) => o.name)],
      feeds,
      variables: variablesOf(this.context.resources),
      loops: this.loops,
      replay,
    });
  }

  private replay(step: Step, inputs: readonly Value[]): () => Replay {
    const before = (v: Value): Value | undefined => this.held.find((h) => h.state === v.payload)?.value;
    return replayOf(step, inputs, before, this.context);
  }

  private data(value: Value): ArrayLike<number> {
    return floatsIn(value.read(), value);
  }
  private range(value: Value): Range {
    return rangeOf(this.data(value));
  }
}
