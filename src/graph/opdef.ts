/**
 * What an op type is: TensorFlow's definition of it (generated/op-defs.ts, in the notation of signature.ts), and a row
 * in a table of src/ops, which says what a definition cannot.
 *
 *     export const MATMUL = { MatMul: { shape: matmulShape, grad: matmulGrad } } satisfies Rows;
 *
 * A row is facts (definition.ts) and functions. Nodes know the facts; the functions speak of nodes, and are found here.
 */
import { checkText } from '../base/border';
import { ValueError } from '../base/errors';
import { LateRows, type LateTable } from '../base/late';
import type { AttrReader } from './attr-reader';
import { OpDef, type OpFacts } from './definition';
import { NEWER_DEFS, type NewerType } from './generated/newer-op-defs';
import { OP_DEFS, type OpType } from './generated/op-defs';
import type { IndexedSlices } from './indexed-slices';
import type { Tensor } from './operation';
import type { HandleFn, PartialFn, PlanContext, PlanValueFn, PutFn, ShapeFn, ValueFn, ValuesFn } from './shape-context';

export { type Effect, OpDef } from './definition';
export type { NewerType, OpType };
export type { ShapeContext, ShapeFn, ValueContext, ValueFn } from './shape-context';
export type { AttrKind, AttrValue } from '../format/attr';
export type { AttrReader } from './attr-reader';
export type { ArgDef, AttrDef } from './signature';

/** A gradient: a tensor, sparse rows of one, or null where there is none. */
export type Grad = Tensor | IndexedSlices | null;
/** What a gradient sees of a node: an Operation is one, and so is what a tape has recorded. */
export interface GradContext extends AttrReader {
  readonly type: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}
/** Gradients of an op's inputs from those of its outputs (zeros are filled in for outputs without one). */
export type GradFn = (op: GradContext, grads: Tensor[]) => Grad | readonly Grad[];
/** What a definition cannot say of an op type. */
export interface OpRow extends OpFacts {
  /** Without one the output shapes are unknown. */
  readonly shape?: ShapeFn;
  /** The shapes that a result takes memory for, where the static ones say less than a run could know: see `grows`. */
  readonly room?: ShapeFn;
  /** Absent: gradients stop silently where TensorFlow says that there is none, elsewhere asking is an error. */
  readonly grad?: GradFn;
  /** The value of output 0 where it can be known at build time. */
  readonly value?: ValueFn;
  /** As `value`, of all outputs. */
  readonly values?: ValuesFn;
  /** An output seen as a shape, known in part: as `value`, for shape arithmetic. */
  readonly partial?: PartialFn;
  /**
   * The inputs that are read as shapes where an output is. Of what else goes into it a size below -1 is an unknown one;
   * without these it is an error.
   */
  readonly shapesRead?: (inputs: number) => readonly number[];
  /** What output 0 leads to, where it is a resource handle. */
  readonly handle?: HandleFn;
  /** Of what fills a stack or an array of a step: the shape of each element. */
  readonly puts?: PutFn;
  /** Of the same, where each is a whole input: its value. */
  readonly putValue?: PlanValueFn;
  /** As `value`, where more is known in a plan than TensorFlow says of the graph. */
  readonly planValue?: PlanValueFn;
  /** Of what has an effect: whether it is known that it will have none. */
  readonly isIdle?: (c: PlanContext) => boolean;
}
/** Rows by op type; `{ … } satisfies Rows` holds the names against the definitions. */
export type Rows = { readonly [T in OpType | OwnType]?: OpRow };

/** One of TensorFlow's op types, with its row. What a graph's library defines is an OpDef and has none. */
class RegisteredOp extends OpDef {
  constructor(
    type: string,
    definition: string,
    override readonly row: OpRow,
  ) {
    super(type, definition, row);
  }
}

const ROWS = new LateRows<Rows, OpRow>((table, type) => table[type as OpType]);
const PARSED = new Map<string, OpDef>();
const NO_ROW: OpRow = {};
let definitions: ReadonlyMap<string, string> | null = null;

/** TensorFlow's definitions by type, told apart when the first is asked for. */
function definedOps(): ReadonlyMap<string, string> {
  if (definitions) return definitions;
  const found = new Map<string, string>();
  for (const line of OP_DEFS.trimEnd().split('\n')) {
    const end = line.indexOf(':');
    found.set(line.slice(0, end), line.slice(end + 1));
  }
  definitions = found;
  return found;
}

/** Adds what is known of op types beside their definitions, to be read when it is asked for. */
export function registerOps(tables: readonly LateTable<Rows>[]): void {
  for (const table of tables) ROWS.add(table);
}
/**
 * The definition of an op that the asking code names itself. That of a node is the node's `def`: what a type means is
 * for the node's graph to say, whose library may define it.
 */
export function opDef(type: OpType | OwnType): OpDef {
  return definitionOf(type);
}
/** TensorFlow's definition of an op type. @throws ValueError  where it has none */
export function definitionOf(type: string): OpDef {
  let def = PARSED.get(type);
  if (def) return def;
  checkText(type, 'The type of an operation');
  const definition = definedOps().get(type);
  if (isOwn(type)) return ownOp(type);
  if (definition === undefined)
    throw new ValueError(
      `Op type not registered '${type}'. Known are ${definedOps().size} types; see tf.registeredOps().`,
    );
  def = new RegisteredOp(type, definition, ROWS.get(type) ?? NO_ROW);
  PARSED.set(type, def);
  return def;
}
/**
 * Ops that TensorFlow 1.15 itself has not: what graphs of later versions call, what plans make of it, which is how a
 * condition is asked, and how often a For goes round; what only tf.contrib registers; what TensorFlow 2.21 writes in
 * programs of 1.x.
 */
const OWN_DEFS = {
  StatelessCase:
    'branch_index: int32, input: Tin -> output: Tout; Tin: list(type) >= 0; Tout: list(type) >= 0; ' +
    'branches: list(func) >= 1; output_shapes: list(shape) = []',
  GatherTree: 'step_ids: T, parent_ids: T, max_sequence_lengths: int32, end_token: T -> beams: T; T: {int32}',
  ToBool: 'input: T -> output: bool; T: type',
  ForCount: 'start: int32, limit: int32, delta: int32 -> count: int32',
  ...NEWER_DEFS,
} as const;
export type OwnType = keyof typeof OWN_DEFS;
function ownOp(type: OwnType): OpDef {
  let def = PARSED_OWN.get(type);
  if (!def)
    PARSED_OWN.set(type, (def = new RegisteredOp(type, OWN_DEFS[type], ROWS.get(type) ?? { shape: () => [[]] })));
  return def;
}
const PARSED_OWN = new Map<OwnType, OpDef>();

/** Whether TensorFlow has an op type of that name. */
export function isRegistered(type: string): type is OpType | OwnType {
  return definedOps().has(type) || isOwn(type);
}
function isOwn(type: string): type is OwnType {
  return Object.hasOwn(OWN_DEFS, type);
}
/** Whether a definition is one of TensorFlow's: kernels are known by type, and a function may be called anything. */
export function isOp(def: OpDef): boolean {
  return def instanceof RegisteredOp;
}
/** The row of a definition; an empty one for a type without one and for a function of a graph's library. */
export function rowOf(def: OpDef): OpRow {
  return def instanceof RegisteredOp ? def.row : NO_ROW;
}
/** The gradient function of an op type by name, which an override gives. */
export function gradOf(type: string): GradFn | undefined {
  return ROWS.get(type)?.grad;
}
/**
 * All op types that nodes can be made of.
 *
 *     tf.registeredOps().includes('MatMul')   // true
 *
 * @returns  their names
 */
export function registeredOps(): string[] {
  return [...definedOps().keys()];
}
/** The op types with a row: those that have shapes, gradients and kernels here. */
export function typesWithRows(): string[] {
  return ROWS.keys().filter((type) => definedOps().has(type));
}
/** The op types that newer TensorFlows have, and 1.15 has not, with a row here. */
export function newerOps(): string[] {
  return Object.keys(NEWER_DEFS);
}
