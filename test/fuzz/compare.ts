/** Runs a program here, in every way there is, and says how that differs from what it must give. */
import * as tf from '../../src';
import type { DType } from '../../src/base/dtype';
import type { NDArray } from '../../src/base/ndarray';
import { fromJson } from '../recorded';
import { isForeign } from './foreign';
import { asArray } from './maker';
import { type Built, type JsonDims, type JsonValue, type Program, build, refsOf } from './program';
import type { Said, SaidError } from './judge';

/** What a run gives: arrays, or an error's class and first line. */
export type Outcome = readonly NDArray[] | SaidError;
type Config = Pick<NonNullable<tf.SessionConfig>, 'device' | 'placement' | 'graphOptions'>;
export interface Way {
  readonly title: string;
  readonly config: Config;
  readonly runs: number;
}
export function waysOn(device: string, many: boolean): Way[] {
  const way = (title: string, config: Omit<Config, 'device'>, runs = 4): Way => ({
    title: `${device} ${title}`,
    config: { device, ...config },
    runs,
  });
  return [
    way('host', { placement: 'host' }),
    way('device', { placement: 'device', graphOptions: { wholeGraph: false } }),
    ...(many
      ? [way('compiled', { placement: 'auto', graphOptions: { wholeGraph: true } }, 26)]
      : [way('auto', { placement: 'auto' })]),
  ];
}
export const PLAIN: Config = { device: 'portable', placement: 'host', graphOptions: false };

export const saidOf = (error: unknown): SaidError => ({
  type: (error as Error).name,
  message: String((error as Error).message).split('\n')[0],
});
/** The last of some runs. */
function outcomeOf(
  fetches: readonly tf.Tensor[],
  feeds: Built['feeds'],
  config: Config,
  runs: number,
): Outcome | string {
  const sess = new tf.Session('', { config: { ...config, advice: false } });
  const before = sess.device.tensorsAlive();
  let outcome: Outcome = [];
  try {
    for (let k = 0; k < runs; k++) {
      try {
        outcome = (sess.run([...fetches], feeds) as unknown[]).map((v, i) => asArray(v, fetches[i]));
      } catch (error) {
        if (isForeign(error)) return `an error that is not ours: ${(error as Error).stack}`;
        outcome = saidOf(error);
      }
    }
  } finally {
    sess.close();
  }
  const left = sess.device.tensorsAlive() - before;
  return left ? `${left} tensors are left` : outcome;
}
export function isError(x: Outcome): x is SaidError {
  return !Array.isArray(x);
}
const RELATIVE: Readonly<Record<string, number>> = { float32: 2e-4, float64: 1e-8 };
function near(got: NDArray, want: NDArray): number {
  const relative = RELATIVE[want.dtype.name];
  const [a, b] = [got.data as ArrayLike<unknown>, want.data as ArrayLike<unknown>];
  let largest = 0;
  if (relative) for (const v of b as Float64Array) if (Number.isFinite(v)) largest = Math.max(largest, Math.abs(v));
  for (let i = 0; i < b.length; i++) {
    if (relative === undefined ? a[i] === b[i] : Object.is(a[i], b[i])) continue;
    const [x, y] = [Number(a[i]), Number(b[i])];
    if (relative && (x === y || Math.abs(x - y) <= relative * Math.max(largest, 1e-2))) continue;
    return i;
  }
  return -1;
}
export function difference(got: Outcome, want: Outcome, names: readonly string[]): string | null {
  if (isError(got) || isError(want)) {
    const say = (x: Outcome): string => (isError(x) ? `${x.type}: ${x.message}` : 'values');
    return isError(got) && isError(want) && got.type === want.type && sameWords(got.message, want.message)
      ? null
      : `gives ${say(got)}, not ${say(want)}`;
  }
  for (const [k, w] of want.entries()) {
    const g = got[k];
    if (g.dtype !== w.dtype || String(g.shape) !== String(w.shape))
      return `${names[k]} is ${g.dtype.name}[${g.shape}], not ${w.dtype.name}[${w.shape}]`;
    const at = near(g, w);
    if (at >= 0) return `${names[k]}[${at}] is ${g.data[at]}, not ${w.data[at]}`;
  }
  return null;
}
/** The same sentence, but for Python's way of writing bytes. */
export function sameWords(a: string, b: string): boolean {
  const plain = (s: string): string =>
    s
      .replace(/\s*\[\[.*$/, '')
      .replace(/\bb'([^']*)'/g, '$1')
      .trim();
  return plain(a) === plain(b);
}

/** What is wrong with a program here; null where nothing is. `said`: what real TensorFlow makes of it. */
export function faultOf(program: Program, ways: readonly Way[], said: Said | null): string | null {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const built = build(program);
    if (built.refused && isForeign(built.refused.error))
      return `an error that is not ours: ${built.refused.error.stack}`;
    const first = said && !said.unable ? graphDifference(program, built, said) : null;
    if (first) return first;
    const fetches = built.ops.flatMap((op) => [...op.outputs]);
    const plain = outcomeOf(fetches, built.feeds, PLAIN, 1);
    if (typeof plain === 'string') return `plain host: ${plain}`;
    const gradients = built.gradients.filter((g) => g !== null);
    const plainGrads = isError(plain) ? plain : outcomeOf(gradients, built.feeds, PLAIN, 1);
    if (typeof plainGrads === 'string') return `plain host: ${plainGrads}`;
    if (said && !said.unable) {
      const fault = valuesDifference(plain, plainGrads, said, fetches, gradients);
      if (fault) return `against TensorFlow: ${fault}`;
    }
    const read = new Set(program.nodes.slice(0, built.ops.length).flatMap((n) => refsOf(n).map(String)));
    const last = built.ops.flatMap((op, n) => op.outputs.filter((_, k) => !read.has(String([n, k]))));
    const want = isError(plain)
      ? plain
      : isError(plainGrads)
        ? plainGrads
        : [...last.map((t) => plain[fetches.indexOf(t)]), ...plainGrads];
    for (const { title, config, runs } of ways) {
      const got = outcomeOf([...last, ...gradients], built.feeds, config, runs);
      const fault =
        typeof got === 'string'
          ? got
          : difference(
              got,
              want,
              [...last, ...gradients].map((t) => t.name),
            );
      if (fault) return `${title}: ${fault}`;
    }
    return null;
  });
}
const dims = (d: readonly (number | null)[] | null | undefined): string =>
  d === undefined ? 'nothing' : d ? `[${d.map((x) => x ?? '?')}]` : '<unknown>';
/** Something that TensorFlow knows of a shape is not known here, or known to be another. */
function isWeaker(got: readonly (number | null)[] | null | undefined, want: JsonDims): boolean {
  return want !== null && (got?.length !== want.length || want.some((d, i) => d !== null && d !== got[i]));
}
/** What TensorFlow refuses, and programs need not be refused here: gradients that 1.15 lacks or cannot make. */
const KNOWN = [/^Input 'y' of 'Sub' Op has type int64/];

/** Refusals, static shapes, and the nodes of gradients. */
function graphDifference({ nodes }: Program, { ops, refused, gradients }: Built, said: Said): string | null {
  for (const [n, shapes] of said.static.entries()) {
    if (n >= ops.length) break;
    for (const [k, want] of shapes.entries()) {
      const got = ops[n].outputs[k]?.shape.dims;
      if (isWeaker(got, want))
        return `n${n}:${k} (${ops[n].type}) has the static shape ${dims(got)}, not ${dims(want)}`;
    }
  }
  const [mine, theirs] = [
    refused && { at: refused.at, ...saidOf(refused.error) },
    said.refused && { at: said.refused.at, ...said.refused.error },
  ];
  if (!mine && KNOWN.some((known) => known.test(theirs?.message ?? ''))) return null;
  if (mine || theirs) {
    const say = (r: typeof mine): string => (r ? `refused at n${r.at}: ${r.type}: ${r.message}` : 'not refused');
    if (mine?.at !== theirs?.at || mine?.type !== theirs?.type || !sameWords(mine!.message, theirs!.message))
      return `${say(mine)}; by TensorFlow ${say(theirs)}`;
  }
  if (!said.nodes || refused) return null;
  const graph = ops[0].graph;
  const made = graph.getOperations().slice(nodes.length);
  for (let i = 0; i < Math.max(made.length, said.nodes.length); i++) {
    const [op, want] = [made[i], said.nodes[i]];
    const inputs = op?.inputs.map((t) => (t.valueIndex ? t.name : t.op.name));
    if (op?.name !== want?.[0] || op.type !== want[1] || String(inputs) !== String(want[2]))
      return (
        `gradient node ${i} is ${op?.name} (${op?.type}: ${inputs}), ` + `not ${want?.[0]} (${want?.[1]}: ${want?.[2]})`
      );
    for (const [k, shape] of want[3].entries()) {
      const got = op.outputs[k].shape.dims;
      if (isWeaker(got, shape))
        return `${op.name}:${k} (${op.type}) has the static shape ${dims(got)}, not ${dims(shape)}`;
    }
  }
  const names = gradients.map((g) => g?.name ?? null);
  return String(names) === String(said.gradients) ? null : `gradients are ${names}, not ${said.gradients}`;
}
function valuesDifference(
  plain: Outcome,
  grads: Outcome,
  said: Said,
  fetches: readonly tf.Tensor[],
  gradients: readonly tf.Tensor[],
): string | null {
  const all = (json: readonly JsonValue[] | undefined, error: Said['runs'], types: readonly DType[]): Outcome =>
    json
      ? json.map((j, i) => (types[i].name === j.dtype ? fromJson(j) : fromJson({ ...j, dtype: types[i].name })))
      : error!.error;
  const values = difference(
    plain,
    all(
      said.values,
      said.runs,
      fetches.map((t) => t.dtype),
    ),
    fetches.map((t) => t.name),
  );
  if (values || !said.values) return values;
  return difference(
    grads,
    all(
      said.grads,
      said.runs,
      gradients.map((t) => t.dtype),
    ),
    gradients.map((t) => t.name),
  );
}
