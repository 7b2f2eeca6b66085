/**
 * What an executor of tokens needs to know of a plan, as arrays by number: who reads each slot, who waits for each
 * step, how much each step waits for. Made from a layout when it is first run this way.
 */
import { append } from '../base/room';
import type { Layout, LayoutFrame } from '../plan/step';

/** Where a step's outputs go. */
export enum Route {
  /** They stay where the step ran. */
  Here,
  /** As Here; the step runs as soon as one of its inputs is there. */
  Merge,
  /** As Here, where there is nothing to go; the step runs even if what it waits for did not. */
  Trigger,
  /** To the first iteration of a loop. */
  Enter,
  /** To every iteration of a loop. */
  Invariant,
  /** To where the loop was entered from. */
  Exit,
  Next,
}
const ROUTES = { enter: Route.Enter, exit: Route.Exit, nextIteration: Route.Next } as const;

export interface Tokens {
  readonly routes: Uint8Array;
  /** The steps that read a slot, one entry for each edge. */
  readonly readers: readonly (readonly number[])[];
  /** The steps that wait for a step. */
  readonly waiters: readonly (readonly number[])[];
  /** For each step how many tokens it waits for; a Merge for those of its control edges and for one value. */
  readonly pending: Int32Array;
  /** For each slot how often it is read, or fetched. */
  readonly reads: Int32Array;
  readonly frames: readonly FrameTokens[];
  /** Steps that wait for nothing at all. */
  readonly starts: readonly number[];
}
export interface FrameTokens extends LayoutFrame {
  readonly number: number;
  /** The steps that run in it. */
  readonly steps: readonly number[];
  /** The slots that are filled in it. */
  readonly slots: readonly number[];
  /** How many steps bring values into it. */
  readonly enters: number;
  /** Slots of a loop that are fetched, and as which fetch. */
  readonly fetches: ReadonlyMap<number, number>;
}

const KNOWN = new WeakMap<LayoutFrame, Tokens>();
/** The tokens of a layout. A copy of one with other kernels has the same. */
export function tokensOf(layout: Layout): Tokens {
  const [root] = layout.frames;
  let tokens = KNOWN.get(root);
  if (!tokens) KNOWN.set(root, (tokens = tokensFor(layout)));
  return tokens;
}

function tokensFor(layout: Layout): Tokens {
  const { steps, slots, feedCount, constants, fetchSlots } = layout;
  const readers = Array.from({ length: slots }, (): number[] => []);
  const waiters = steps.map((): number[] => []);
  const isConstant = (slot: number): boolean => slot >= feedCount && slot < feedCount + constants.length;
  const pending = Int32Array.from(steps, ({ inputs, controls, merges }, i) => {
    for (const slot of inputs) readers[slot].push(i);
    for (const step of controls) waiters[step].push(i);
    const values = inputs.filter((slot) => !isConstant(slot)).length;
    return controls.length + (merges && inputs.length > 0 ? Number(values === inputs.length) : values);
  });
  const reads = Int32Array.from(readers, ({ length }) => length);
  for (const slot of fetchSlots) reads[slot]++;
  return {
    routes: Uint8Array.from(steps, ({ merges, inputs, leads }) => {
      if (!leads) return merges ? (inputs.length > 0 ? Route.Merge : Route.Trigger) : Route.Here;
      return leads.isInvariant ? Route.Invariant : ROUTES[leads.by];
    }),
    readers,
    waiters,
    pending,
    reads,
    frames: framesFor(layout),
    starts: [...pending.keys()].filter((i) => pending[i] === 0),
  };
}
function framesFor({ steps, feedCount, fetchSlots, frames }: Layout): FrameTokens[] {
  const found = frames.map((frame, number) => ({
    ...frame,
    number,
    steps: [] as number[],
    slots: [] as number[],
    enters: 0,
    fetches: new Map<number, number>(),
  }));
  for (let slot = 0; slot < feedCount; slot++) found[0].slots.push(slot);
  steps.forEach(({ frame, leads, outputs }, i) => {
    found[frame].steps.push(i);
    append(found[leads ? leads.to : frame].slots, outputs);
    if (leads?.by === 'enter') found[leads.to].enters++;
  });
  for (const frame of found.slice(1)) {
    const own = new Set(frame.slots);
    fetchSlots.forEach((slot, i) => {
      if (own.has(slot)) frame.fetches.set(slot, i);
    });
  }
  return found;
}
