/** What an observed program did, as plain data: the whole graph, every run of a session, and how it ended. */

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
/** A tensor: the node's number, and which of its outputs. */
export type Edge = readonly [node: number, output: number];
/** Dimensions, null for an unknown one; null for an unknown rank. */
export type Dims = readonly (number | null)[] | null;

export interface NodeRecord {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly Edge[];
  readonly controls: readonly number[];
  /** Small attributes: numbers, strings, booleans. */
  readonly attrs: Readonly<Record<string, number | string | boolean>>;
  readonly outputs: readonly { readonly dtype: string; readonly shape: Dims; readonly ref: boolean }[];
  /** Whether it is a local variable: the counts of a metric. */
  readonly isLocal: boolean;
  readonly at: Place | null;
  /** The node that this one is part of the gradient of. */
  readonly gradientOf: number | null;
  /** The elements of output 0 where they are known and few. */
  readonly value: readonly number[] | null;
}

export interface VariableRecord {
  readonly node: number;
  readonly trainable: boolean;
  readonly shape: Dims;
  /** The value that its initializer gave it, in figures; null where it never got one. */
  readonly initial: Spread | null;
}
export interface Spread {
  readonly least: number;
  readonly most: number;
  readonly finite: boolean;
}

export interface FeedRecord {
  readonly tensor: Edge;
  readonly shape: readonly number[];
  /** Equal for equal data: of up to 4,096 elements spread over all. */
  readonly hash: number;
  readonly least: number;
  readonly most: number;
}
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly at: Place | null;
  /** The node's type, where a node failed. */
  readonly op: string | null;
  /** Below whose heading in the file it stands, where the file could not be read. */
  readonly question?: number;
}

/** What was printed: lines, figures with a fraction (or NaN) in them, and numbers of any kind. */
export interface Printed {
  readonly lines: number;
  readonly figures: number;
  readonly numbers: number;
  /** The last of the figures, as they were printed. */
  readonly shown: readonly string[];
  /** The word `undefined`. */
  readonly undefineds: number;
}
export const NOTHING_PRINTED: Printed = { lines: 0, figures: 0, numbers: 0, shown: [], undefineds: 0 };

export interface RunRecord {
  readonly session: number;
  readonly fetches: readonly Edge[];
  readonly targets: readonly number[];
  readonly feeds: readonly FeedRecord[];
  /** How many nodes the graph had. */
  readonly nodes: number;
  /** Values of the fetches that are single numbers. */
  readonly values: readonly (number | null)[];
  readonly at: Place | null;
  readonly error: Failure | null;
  /** What the program printed since the run before. */
  readonly printed: Printed;
  /** Not run: `--quick` answered it with what the last step gave. */
  readonly skipped: boolean;
  /** Milliseconds since the program started. */
  readonly time: number;
}

/** Where the first NaN or infinity came from: the training was run again with every value looked at. */
export interface NonFiniteRecord {
  /** The training step, from 0. */
  readonly step: number;
  readonly node: number | null;
  readonly op: string;
  readonly at: Place | null;
  /** The node, its operands with their ranges, and the row of the batch, a line each. */
  readonly found: readonly string[];
  readonly cause: string | null;
}

export interface SetRecord {
  readonly name: 'train' | 'validation' | 'test';
  readonly examples: number;
  /** The hash of all its pictures, then of its beginnings as large as another set; none where not asked for. */
  readonly beginnings?: readonly number[];
}
/** One call of `nextBatch`: which set it drew from, and the hashes of its two arrays. */
export interface BatchRecord {
  readonly set: SetRecord['name'];
  readonly images: number;
  readonly labels: number;
}

/** One small batch through the finished graph: what the parts come to, and what they should. */
export interface Sample {
  /** The true cross entropy of the pictures, from the fetched logits, and the share of right answers. */
  readonly meanCrossEntropy: number;
  readonly share: number;
  readonly cost: number | null;
  readonly accuracy: number | null;
}
/**
 * The finished graph in a session of our own: what the parts compute, not how they are spelled. Several samples, with
 * other shares of right answers: a formula that is wrong may come to the right figure once, but not in all.
 */
export interface Probe {
  /** Of each sample. */
  readonly pictures: number;
  readonly samples: readonly Sample[];
  /** What comes out for a picture hangs on its place in the batch: its row has pixels of others. */
  readonly mixed: boolean;
  /** The cost of pictures 10,000 times as bright: not finite where a log meets a zero. */
  readonly brightCost: number | null;
}

/** The page about the training: where it is, or why there is none. */
export type ReportOutcome = { readonly path: string } | { readonly why: string };

export type Ending =
  | { readonly how: 'done' }
  | { readonly how: 'exit'; readonly code: number }
  | { readonly how: 'threw'; readonly failure: Failure }
  | { readonly how: 'syntax'; readonly failure: Failure }
  /** With `--quick`: so many rounds of a loop have shown its fault. */
  | { readonly how: 'early'; readonly rounds: number; readonly at: Place | null }
  | { readonly how: 'time'; readonly seconds: number; readonly at: Place | null }
  | { readonly how: 'killed'; readonly signal: string };

export interface ProgramRecord {
  readonly file: string;
  readonly nodes: readonly NodeRecord[];
  readonly variables: readonly VariableRecord[];
  readonly sessions: number;
  readonly runs: readonly RunRecord[];
  /** Behind the last run. */
  readonly printedLast: Printed;
  /** Training steps that `--quick` left out. */
  readonly skippedSteps: number;
  /** Training steps in the middle of very many, whose runs were not kept. */
  readonly forgottenSteps: number;
  readonly sets: readonly SetRecord[];
  readonly batches: readonly BatchRecord[];
  /** Of the first steps whose pictures are of a set: how many were fed labels that are not theirs. */
  readonly mislabelled: number;
  /** Where pictures of a set were measured with labels that are not theirs. */
  readonly mismeasured: Place | null;
  /** Where a step of training began while the one before it was not done: nobody waited for it. */
  readonly overlapping: Place | null;
  /** Why no gradient reaches a parameter, by the parameter's node. */
  readonly cuts: Readonly<Record<number, string>>;
  readonly probe: Probe | null;
  readonly nonFinite: NonFiniteRecord | null;
  readonly ending: Ending;
  /** Null where nobody asked for one. */
  readonly report: ReportOutcome | null;
}

/** A program of which nothing could be seen. */
export function emptyRecord(file: string, ending: Ending): ProgramRecord {
  return {
    file,
    nodes: [],
    variables: [],
    sessions: 0,
    runs: [],
    printedLast: NOTHING_PRINTED,
    skippedSteps: 0,
    forgottenSteps: 0,
    sets: [],
    batches: [],
    mislabelled: 0,
    mismeasured: null,
    overlapping: null,
    cuts: {},
    probe: null,
    nonFinite: null,
    ending,
    report: null,
  };
}
