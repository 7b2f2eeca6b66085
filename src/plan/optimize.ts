/** The passes, in order. Each can be switched off by its name. */
import { type Folder, foldConstants } from './passes/fold';
import { fuse } from './passes/fuse';
import type { Device } from '../kernels/kernel';
import type { PrunedGraph } from './node';
import { mergeCommonSubexpressions } from './passes/common';
import { removeIdleControls } from './passes/controls';
import { hoistInvariants } from './passes/invariants';
import { removeIdentities, removeNeutralOperands, removeShapeNoops } from './passes/identities';
import { removeDead } from './rewrite';
import { simplifyTransposes } from './passes/transpose';
import { freeConstants, removeDeadBranches } from './passes/ways';
import { Facts } from './facts';
import { type InParts, atOnce } from './in-parts';

/** What passes ask of a device. */
type Target = Pick<Device, 'fuses'> & Folder;
type Pass = (pruned: PrunedGraph, facts: Facts, target: Target | null, asOne: boolean) => number;

const PASSES = {
  idleControls: removeIdleControls,
  deadBranches: removeDeadBranches,
  constantFolding: foldConstants,
  identityRemoval: removeIdentities,
  shapeNoops: removeShapeNoops,
  arithmetic: removeNeutralOperands,
  transposes: simplifyTransposes,
  freeConstants,
  loopInvariants: hoistInvariants,
  commonSubexpressions: mergeCommonSubexpressions,
  fusion: fuse,
} as const satisfies Record<string, Pass>;

/** Rounds of folding at most: each settles what the one before made known, and two of them are seldom needed. */
const ROUNDS = 4;

export type PassName = keyof typeof PASSES;
export const PASS_NAMES = Object.keys(PASSES).filter((name): name is PassName => name in PASSES);
/**
 * Passes to leave out: `{ constantFolding: false }`. All run where nothing is said; `false` alone leaves out all.
 * `wholeGraph: false` keeps a plan step by step that the device could take as one.
 */
export type GraphOptions = false | { readonly [name in PassName | 'wholeGraph']?: boolean };
/** How often each pass found something, and the steps before and after. */
export interface OptimizeReport {
  /** What each rewrite did. */
  readonly passes: Readonly<Partial<Record<PassName, number>>>;
  /** How many nodes there were. */
  readonly before: number;
  /** How many are left. */
  readonly after: number;
  /** What is known of shapes and values. */
  readonly facts: Facts;
  /** Why passes did not run, or no further: the shapes of the feeds do not fit. Null where nothing was in the way. */
  readonly fault: string | null;
}

/**
 * Rewrites a pruned graph for feeds of known shapes, in place, for a device where one is given. Never changes a fetched
 * value beyond rounding, an op with effects, or a random sequence.
 */
export function optimize(...given: Parameters<typeof optimizing>): OptimizeReport | null {
  return atOnce(optimizing(...given));
}
/** The same pass by pass. */
export function* optimizing(
  pruned: PrunedGraph,
  feedShapes: readonly (readonly number[])[],
  options: GraphOptions = {},
  target: Target | null = null,
  asOne = false,
): InParts<OptimizeReport | null> {
  if (options === false) return null;
  let facts = new Facts(pruned, feedShapes);
  const before = pruned.nodes.length;
  if (facts.fault !== null) return { passes: {}, before, after: before, facts, fault: facts.fault };
  let fault: string | null = null;
  const passes: Partial<Record<PassName, number>> = {};
  for (const name of PASS_NAMES) {
    if (options[name] === false) continue;
    yield;
    let found = PASSES[name](pruned, facts, target, asOne);
    passes[name] = found;
    // A folded value settles shapes, and those settle values: folding goes on until nothing new is known.
    for (let round = 1; name === 'constantFolding' && found > 0 && round < ROUNDS; round++) {
      yield;
      removeDead(pruned, facts);
      const more = new Facts(pruned, feedShapes);
      fault = more.fault;
      if (fault !== null) break;
      facts = more;
      found = foldConstants(pruned, facts, target, asOne);
      passes[name] += found;
      // What was folded may be the predicate of a Switch.
      if (options.deadBranches === false) continue;
      const ways = removeDeadBranches(pruned, facts);
      passes.deadBranches! += ways;
      found += ways;
    }
  }
  removeDead(pruned, facts);
  return { passes, before, after: pruned.nodes.length, facts, fault };
}

/** What the passes did to the plan of a run. */
export interface Optimizations {
  /** How often each pass found something; 0 where it found nothing, absent where it is switched off. */
  readonly passes: OptimizeReport['passes'];
  /** Nodes before and after. */
  readonly before: number;
  /** What was left of the nodes. */
  readonly after: number;
  /** Why passes did not run, or no further: the shapes of the feeds do not fit, as the run will say. Else null. */
  readonly fault: string | null;
  /** Why the device did not take a part of the plan as one, in its words, where it was asked to. Else null. */
  readonly refusal: string | null;
  /** As a table. */
  toString(): string;
}
export function optimizationsOf(
  { passes, before, after, fault }: OptimizeReport,
  refusal: string | null = null,
): Optimizations {
  const found = Object.entries(passes)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`);
  return {
    passes,
    before,
    after,
    fault,
    refusal,
    toString: () =>
      `${before} nodes, ${after} after the passes${found.length ? `: ${found.join(', ')}` : ''}` +
      (fault === null ? '' : `; stopped by ${fault}`) +
      (refusal === null ? '' : `; the device does not take a part as one: ${refusal}`),
  };
}
