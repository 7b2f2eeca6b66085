/**
 * The plans of a session. A signature, which is what is fetched and fed, has one plan for feeds of any shapes, and one
 * for each of the shapes that came often. The least recently used go where there are too many.
 */
import type { Graph, Operation, Tensor } from '../graph/graph';
import { Making, inOne } from './in-parts';
import {
  type Plan,
  type PlanHost,
  type PlanRequest,
  type Signature,
  disposePlan,
  makePlan,
  mayBeOne,
  planning,
} from './plan';
import { Contest, type PlanChoice, RuledChoice, type Tuner, settled } from './tuner';

/** Runs with the same feed shapes after which a plan is made for just these shapes. */
const OFTEN = 3;
/** Signatures of a session; plans for shapes, and shapes that are counted, of a signature. */
const MOST = { signatures: 256, shapes: 8, counted: 64 };
/** Plans of more steps than this are made for shapes over several runs, a part in each. */
const LARGE = 10_000;
/** A plan for shapes gives way to one for others once it was not used for so many runs. */
const IDLE = 200;

export interface CacheOptions {
  /** False: the clock may decide which of two plans is used. */
  readonly deterministic: boolean;
  /** Whether plans are made for shapes at all. */
  readonly byShapes: boolean;
  /** Whether the device may take parts of a graph as one: 'ifFaster' where the rule says so. */
  readonly wholeGraph: 'always' | 'ifFaster' | 'never';
}
/** How full a session's cache is, and how often something had to give way. */
export interface PlanCacheStats {
  /** How many sets of fetches and feeds it knows. */
  readonly signatures: number;
  /** How many plans it keeps. */
  readonly plans: number;
  /** How many plans it gave up for others. */
  readonly dropped: number;
}
interface Shaped {
  readonly tuner: Tuner;
  used: number;
}
interface Entry {
  readonly signature: Signature;
  readonly general: Plan;
  /** The same for shapes for which a plan is to become one, or is not to, where `general` is the other way. */
  other: Plan | null;
  readonly counts: Map<string, number>;
  readonly shaped: Map<string, Shaped>;
  /** Plans for shapes that are not done yet. */
  readonly making: Map<string, Making<Plan>>;
  used: number;
  isDropped: boolean;
}
type Shapes = readonly (readonly number[])[];
/** What the same fetches ran with last: a loop asks for the same again and again. */
interface Recent {
  readonly feeds: readonly Tensor[];
  readonly entry: Entry;
  shapes: Shapes;
  general: Plan;
  shaped: Shaped | null;
}
/** What is fetched: the same object for the same fetches, as far as it can be had. */
interface Asked {
  readonly tensors: readonly Tensor[];
  readonly targets: readonly Operation[];
}

export class PlanCache {
  private readonly entries = new Map<string, Entry>();
  private recent = new WeakMap<Asked, Recent>();
  private edits = -1;
  private runs = 0;
  private dropped = 0;
  /** @param made  hears of the first plan of each signature, and the shapes that it was made at */
  constructor(
    private readonly graph: Graph,
    private readonly host: PlanHost,
    private readonly options: CacheOptions,
    private readonly made: (plan: Plan, shapes: Shapes) => void,
  ) {}

  /**
   * The plans for a run. Nodes that were added to the graph are none of theirs; edges that changed make all of them
   * old.
   *
   * @param values  what is fed, in the order of `feeds`
   * @param asItIs  whether it is to be the plan for feeds of any shapes, which no pass rewrites
   */
  planFor(
    asked: Asked,
    feeds: readonly Tensor[],
    values: readonly { readonly shape: readonly number[] }[],
    asItIs = false,
  ): PlanChoice {
    if (this.edits !== this.graph.edits) {
      this.clear();
      this.edits = this.graph.edits;
    }
    this.runs++;
    let recent = this.recent.get(asked);
    if (!recent || recent.entry.isDropped || !sameElements(recent.feeds, feeds)) {
      const signature = { fetches: asked.tensors, targets: asked.targets, feeds };
      const shapes = values.map(shapeOf);
      const { entry, isNew } = this.entryOf(signature, shapes);
      recent = { feeds, entry, shapes: isNew ? shapes : [], general: entry.general, shaped: null };
      this.recent.set(asked, recent);
    }
    const { entry } = recent;
    entry.used = this.runs;
    if (!this.options.byShapes || asItIs) return settled(entry.general);
    if (!recent.shaped || !haveShapes(values, recent.shapes)) {
      if (!haveShapes(values, recent.shapes)) {
        recent.shapes = values.map(shapeOf);
        recent.general = this.generalOf(entry, recent.shapes);
      }
      recent.shaped = this.shapedOf(entry, recent.general.asOne, recent.shapes);
      if (!recent.shaped) return settled(recent.general);
    }
    recent.shaped.used = this.runs;
    return recent.shaped.tuner;
  }
  stats(): PlanCacheStats {
    let plans = this.entries.size;
    for (const { shaped } of this.entries.values()) plans += shaped.size;
    return { signatures: this.entries.size, plans, dropped: this.dropped };
  }
  clear(): void {
    for (const entry of this.entries.values()) dispose(entry);
    this.entries.clear();
    this.recent = new WeakMap();
  }

  /** A new one's general plan is made for feeds of these shapes. */
  private entryOf(signature: Signature, shapes: Shapes): { readonly entry: Entry; readonly isNew: boolean } {
    const key = keyOf(signature);
    const known = this.entries.get(key);
    if (known) return { entry: known, isNew: false };
    const general = makePlan({ ...signature, asOne: this.becomesOne, firstShapes: shapes }, this.host);
    const entry: Entry = {
      signature,
      general,
      other: null,
      counts: new Map(),
      shaped: new Map(),
      making: new Map(),
      used: this.runs,
      isDropped: false,
    };
    if (this.entries.size >= MOST.signatures) {
      const [oldest, least] = leastUsed(this.entries);
      dispose(least);
      this.entries.delete(oldest);
      this.dropped++;
    }
    this.entries.set(key, entry);
    this.made(general, shapes);
    return { entry, isNew: true };
  }
  /** Whether plans become one after some runs: all of them, none, or those that would be faster for their feeds. */
  private get becomesOne(): boolean | 'ask' {
    const { deterministic, wholeGraph, byShapes } = this.options;
    if (!deterministic || !byShapes || wholeGraph === 'never' || !this.host.device.compile) return false;
    return wholeGraph === 'always' || 'ask';
  }
  /** The plan for feeds of any shapes that rounds as the one for these shapes will. */
  private generalOf(entry: Entry, shapes: Shapes): Plan {
    const { general, signature } = entry;
    const asOne = this.becomesOne === 'ask' ? mayBeOne(general, shapes, this.host) : general.asOne;
    if (general.asOne === asOne) return general;
    return (entry.other ??= makePlan({ ...signature, asOne }, this.host));
  }
  /** The plans for feeds of just these shapes; null while they have not come often. */
  private shapedOf(entry: Entry, asOne: boolean, shapes: Shapes): Shaped | null {
    const key = shapes.map((shape) => `${shape};`).join('');
    const known = entry.shaped.get(key);
    if (known) return known;
    const request = { ...entry.signature, shapes, asOne };
    let making = entry.making.get(key);
    if (!making) {
      const count = (entry.counts.get(key) ?? 0) + 1;
      entry.counts.delete(key);
      entry.counts.set(key, count);
      if (entry.counts.size > MOST.counted) entry.counts.delete(entry.counts.keys().next().value!);
      if (count < OFTEN || !this.hasRoom(entry)) return null;
      entry.counts.delete(key);
      making = this.making(request, entry);
      entry.making.set(key, making);
    }
    const steps = making.next();
    if (!steps) return null;
    entry.making.delete(key);
    const shaped: Shaped = { tuner: this.tunerOf(request, steps, entry), used: this.runs };
    entry.shaped.set(key, shaped);
    return shaped;
  }
  /** A plan in the making: a large one in parts. */
  private making(request: PlanRequest, { general }: Entry): Making<Plan> {
    const work = planning(request, this.host);
    return new Making(general.steps.length > LARGE ? work : inOne(work));
  }
  private hasRoom({ shaped }: Entry): boolean {
    if (shaped.size < MOST.shapes) return true;
    const [oldest, least] = leastUsed(shaped);
    if (this.runs - least.used < IDLE) return false;
    least.tuner.dispose();
    shaped.delete(oldest);
    this.dropped++;
    return true;
  }
  private tunerOf(request: PlanRequest, steps: Plan, entry: Entry): Tuner {
    const { deterministic, wholeGraph } = this.options;
    if (wholeGraph === 'never' || !this.host.device.compile || (deterministic && !request.asOne))
      return new RuledChoice(steps, null);
    const compile = deterministic && wholeGraph === 'ifFaster' ? 'ifFaster' : 'always';
    const asOne: PlanRequest = { ...request, compile };
    return deterministic
      ? new RuledChoice(steps, (timed) => this.making({ ...asOne, timed }, entry))
      : new Contest(steps, () => makePlan(asOne, this.host));
  }
}

function dispose(entry: Entry): void {
  entry.isDropped = true;
  disposePlan(entry.general);
  if (entry.other) disposePlan(entry.other);
  for (const { tuner } of entry.shaped.values()) tuner.dispose();
  for (const making of entry.making.values()) making.drop();
}
function leastUsed<K, V extends { readonly used: number }>(entries: ReadonlyMap<K, V>): readonly [K, V] {
  return [...entries].reduce((least, entry) => (entry[1].used < least[1].used ? entry : least));
}
function shapeOf({ shape }: { readonly shape: readonly number[] }): readonly number[] {
  return shape;
}
function haveShapes(values: readonly { readonly shape: readonly number[] }[], shapes: Shapes): boolean {
  if (values.length !== shapes.length) return false;
  for (let i = 0; i < values.length; i++) if (!sameElements(values[i].shape, shapes[i])) return false;
  return true;
}
function sameElements(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
/** Nodes of a graph have numbers of their own, so a signature is a list of numbers. */
function keyOf({ fetches, targets, feeds }: Signature): string {
  const tensors = (list: readonly Tensor[]): string => list.map((t) => `${t.op.id}:${t.valueIndex}`).join();
  const operations = (list: readonly Operation[]): string => list.map((op) => op.id).join();
  return `${tensors(fetches)};${operations(targets)};${tensors(feeds)}`;
}
