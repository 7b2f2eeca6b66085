/** The last steps of a session, kept so that they can be run again with every value looked at. */
import { memberOf } from '../src/base/thrown';
import { isTypedArray } from '../src/base/typed-array';
import * as tf from '../src';

/** The variables are kept every so many steps, and the steps since. */
const EVERY = 100;

export type FeedPairs = readonly (readonly [unknown, unknown])[];
interface Kept {
  readonly step: number;
  readonly fetches: unknown;
  readonly feeds: FeedPairs;
}
export interface NonFinite {
  /** The step that made the first value that is no number. */
  readonly step: number;
  readonly error: tf.NumericsError;
}

export class LastRuns {
  private variables: readonly tf.Variable[] = [];
  private values: readonly unknown[] | null = null;
  private runs: Kept[] = [];
  /** Arrays that are fed again and again, with new numbers in them: only copies of those keep. */
  private readonly refilled = new WeakSet<object>();
  constructor(private readonly session: tf.Session) {}

  /** The first step that is kept. */
  get from(): number {
    return this.runs[0]?.step ?? 0;
  }

  /**
   * Before a run that changes variables.
   * @returns  what spoilt the variables, where they hold a NaN or an infinity by now and did not when they were last
   *           kept
   */
  before(step: number, fetches: unknown, feeds: FeedPairs): NonFinite | null {
    const found = this.values === null || this.runs.length >= EVERY ? this.keep() : null;
    const last = this.runs[this.runs.length - 1]?.feeds;
    const lasting = feeds.map(([key, value], i): readonly [unknown, unknown] => {
      if (!ArrayBuffer.isView(value)) return [key, value];
      if (last?.[i]?.[1] === value) this.refilled.add(value);
      return [key, this.refilled.has(value) && isTypedArray(value) ? value.slice() : value];
    });
    this.runs.push({ step, fetches, feeds: lasting });
    return found;
  }
  private keep(): NonFinite | null {
    const variables = this.session.graph.getCollection<tf.Variable>(tf.GraphKeys.GLOBAL_VARIABLES);
    let values: readonly unknown[] | null = null;
    try {
      values = this.session.run([...variables]);
    } catch (error) {
      // The run itself will say which have no value yet.
      if (!(error instanceof tf.errors.FailedPreconditionError)) throw error;
    }
    const found = values?.some(isSpoilt) && !this.values?.some(isSpoilt) ? this.find() : null;
    [this.variables, this.values, this.runs] = [variables, values, []];
    return found;
  }
  /**
   * Where the first NaN or infinity came from: in the runs that are kept, or in `last`, which changes nothing. Null if
   * it does not come again.
   */
  find(last?: Kept): NonFinite | null {
    const { values } = this;
    if (!values) return null;
    using session = new tf.Session('', {
      graph: this.session.graph,
      config: { device: this.session.device.kind, checkNumerics: true, advice: false },
    });
    this.variables.forEach((v, i) => v.load(values[i] as number, session));
    for (const { step, fetches, feeds } of last ? [...this.runs, last] : this.runs) {
      try {
        session.run(fetches as tf.Tensor, feeds as [tf.Tensor, number][]);
      } catch (error) {
        if (!(error instanceof tf.NumericsError)) throw error;
        return { step, error };
      }
    }
    return null;
  }
}

function isSpoilt(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  const data = memberOf(value, 'data');
  return data instanceof Float32Array || data instanceof Float64Array ? data.some((x) => !Number.isFinite(x)) : false;
}
