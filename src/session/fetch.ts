/** Fetches: any nesting of tensors, operations, variables and names, and the same nesting of results. */
import { isRevoked, textOf } from '../base/preview';
import { checkHoles } from '../base/border';
import { step } from '../base/room';
import { KeyError, TypeError_, ValueError } from '../base/errors';
import type { Scalar } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import { type Named, type NamedTuple, namedTuple, namesOf } from '../base/named-tuple';
import { type Graph, IndexedSlices, Operation, type ScalarTensor, Tensor } from '../graph/graph';
import { type Convertible, isConvertible } from '../graph/constant';
import { rowOf } from '../graph/opdef';
import type { Fetched, FetchedAs, TensorHandle } from '../graph/runner';
import { SparseTensor } from '../graph/sparse-tensor';
import { resetLine } from '../graph/reset';
import { badType, didYouMean } from './fetch-errors';

export type { Fetched } from '../graph/runner';
/** What a run gives for `IndexedSlices`. */
export interface FetchedSlices {
  /** The rows. */
  readonly values: Fetched;
  /** The place of each row. */
  readonly indices: Fetched;
  /** The shape of the whole, where it is known. */
  readonly denseShape: Fetched | null;
}
/** What a run gives for a `SparseTensor`: TensorFlow's SparseTensorValue. */
export type FetchedSparse = Readonly<Record<'indices' | 'values' | 'denseShape', NDArray>>;
/** What a run may be asked for: tensors, operations, variables, their names, and lists and objects of these. */
export type Fetches =
  | Tensor
  | Operation
  | IndexedSlices
  | SparseTensor
  | Convertible
  | string
  | readonly Fetches[]
  | { readonly [key: string]: Fetches };
/** What `run` returns for a structure of fetches. */
export type FetchResult<F> = [Fetches] extends [F] // any, or whatever can be fetched: nothing is known
  ? unknown
  : F extends Operation
    ? null
    : F extends IndexedSlices
      ? FetchedSlices
      : F extends SparseTensor
        ? FetchedSparse
        : F extends Tensor | Convertible
          ? FetchedAs<F>
          : F extends string
            ? Fetched | null
            : F extends Named<infer N>
              ? NamedTuple<N, { [I in keyof N]: I extends keyof F ? FetchResult<F[I]> : never }>
              : F extends object
                ? { -readonly [K in keyof F]: FetchResult<F[K]> }
                : never;
export type { ScalarTensor };

/** A structure of fetches taken apart: what to compute, and how to put the results together. */
export interface FetchPlan {
  readonly tensors: readonly Tensor[];
  readonly targets: readonly Operation[];
  build(values: readonly (Scalar | NDArray)[]): unknown;
}

/** Structures of fetches that are remembered, and those that begin with the same fetch. */
const MOST_KNOWN = { first: 1024, each: 8 };
/** What a session was asked for lately: a loop asks for the same in every step, in a new array. */
export class FetchPlans {
  private readonly known = new Map<
    unknown,
    { readonly fetches: readonly unknown[]; readonly list: boolean; readonly plan: FetchPlan }[]
  >();
  constructor(
    private readonly graph: Graph,
    private readonly handleOf: HandleOf,
  ) {}

  /** The same of what is not asked for again in the same words. */
  once(fetches: unknown): FetchPlan {
    return planFetches(fetches, this.graph, this.handleOf);
  }
  of(fetches: unknown): FetchPlan {
    const list = Array.isArray(fetches);
    if (list && namesOf(fetches)) return this.once(fetches);
    const first: unknown = list ? fetches[0] : fetches;
    const alike = this.known.get(first);
    if (alike) {
      for (const each of alike)
        if (each.list === list && (!list || sameElements(each.fetches, fetches))) return each.plan;
    }
    const plan = this.once(fetches);
    // What is no node may read as another one the next time.
    if (list ? !fetches.length || !fetches.every(isNode) : !isNode(fetches)) return plan;
    const entry = { fetches: list ? [...fetches] : [], list, plan };
    if (!alike && this.known.size < MOST_KNOWN.first) this.known.set(first, [entry]);
    else if (alike && alike.length < MOST_KNOWN.each) alike.push(entry);
    return plan;
  }
}
function isNode(fetch: unknown): boolean {
  return fetch instanceof Tensor || fetch instanceof Operation || typeof fetch === 'string';
}
export function sameElements(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Makes the object of a handle that a run gave for a tensor. */
export type HandleOf = (handle: string, tensor: Tensor) => TensorHandle;

export function planFetches(fetches: unknown, graph: Graph, handleOf?: HandleOf): FetchPlan {
  const tensors: Tensor[] = [];
  const targets: Operation[] = [];
  const index = new Map<Tensor, number>();
  const want = (t: Tensor): number => {
    let i = index.get(t);
    if (i === undefined) {
      i = tensors.length;
      tensors.push(t);
      index.set(t, i);
    }
    return i;
  };
  type Build = (values: readonly (Scalar | NDArray)[]) => unknown;
  const walk = { parts: 0 };
  const visit = (fetch: unknown, at = '', depth = 0): Build => {
    step(walk, depth);
    if (isRevoked(fetch)) throw new TypeError_(`Fetch argument ${textOf(fetch)} has nothing to read: fetch a tensor.`);
    checkHoles(fetch);
    if (Array.isArray(fetch)) {
      const parts = fetch.map((f: unknown, i) => visit(f, `${at}[${i}]`, depth + 1));
      const all = (values: readonly (Scalar | NDArray)[]): unknown[] => parts.map((build) => build(values));
      const names = namesOf(fetch);
      return names ? (values) => namedTuple(names, all(values)) : all;
    }
    if (fetch instanceof IndexedSlices || fetch instanceof SparseTensor) {
      const [v, i, d] = [fetch.values, fetch.indices, fetch.denseShape].map((t) => (t ? visit(t) : () => null));
      return (values) => ({ values: v(values), indices: i(values), denseShape: d(values) });
    }
    if (fetch instanceof Tensor || fetch instanceof Operation || typeof fetch === 'string' || isConvertible(fetch)) {
      const element = resolve(isConvertible(fetch) ? fetch.asTensor(true) : fetch, graph);
      if (!graph.flow.isFetchable(element instanceof Tensor ? element.op : element)) throw notFetchable(element);
      if (element instanceof Operation) {
        if (!targets.includes(element)) targets.push(element);
        return () => null;
      }
      const at = want(element);
      if (handleOf && rowOf(element.op.def).givesHandle) return (values) => handleOf(String(values[at]), element);
      return (values) => values[at];
    }
    if (
      typeof fetch === 'object' &&
      fetch !== null &&
      (Object.getPrototypeOf(fetch) === Object.prototype || Object.getPrototypeOf(fetch) === null)
    ) {
      const parts = Object.entries(fetch).map(([key, f]) => [key, visit(f, `${at}.${key}`, depth + 1)] as const);
      return (values) => Object.fromEntries(parts.map(([key, build]) => [key, build(values)]));
    }
    throw badType(fetch, at);
  };
  const build = visit(fetches);
  return { tensors, targets, build };
}

/** TensorFlow's words: what lies in a loop or a branch has no value of its own when the run is over. */
function notFetchable(element: Tensor | Operation): Error {
  const { name, trace } = element instanceof Tensor ? element.op : element;
  return new ValueError(
    `Operation '${name}' has been marked as not fetchable. Typically this happens when it is defined in another ` +
      'function or code block. Use return values,explicit Python locals or TensorFlow collections to access it.' +
      `${trace.line ? `\n  it was made at ${trace.line}, inside of a loop or a branch` : ''}` +
      '\n  fix: return it from the function of the branch or the loop, and fetch what tf.cond or tf.whileLoop returns.',
  );
}

function resolve(fetch: Tensor | Operation | string, graph: Graph): Tensor | Operation {
  try {
    return graph.asGraphElement(fetch);
  } catch (error) {
    const shown = typeof fetch === 'string' ? `'${fetch}'` : fetch instanceof Tensor ? fetch.repr() : `${fetch}`;
    if (error instanceof KeyError)
      throw new ValueError(
        `Fetch argument ${shown} cannot be interpreted as a Tensor. ("${error.message}")${didYouMean(fetch, graph)}`,
      );
    if (error instanceof ValueError) {
      const line = typeof fetch === 'string' ? null : (fetch instanceof Tensor ? fetch.op : fetch).trace.line;
      const made = line ? `\n  it was made at ${line}, in another graph than this session runs` : '';
      const cure =
        typeof fetch === 'string'
          ? didYouMean(fetch, graph)
          : `${resetLine('it', fetch.graph)}\n  fix: open the session on that graph: new tf.Session('', {graph}).`;
      throw new ValueError(
        `Fetch argument ${shown} cannot be interpreted as a Tensor. (${error.message})${made}${cure}`,
      );
    }
    throw error;
  }
}
