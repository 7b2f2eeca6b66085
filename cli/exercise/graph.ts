/** Reads the graph of a record: who depends on whom, and by which way. */
import type { Dims, Edge, NodeRecord, Place, ProgramRecord } from './record';

/** Ops whose output tells only of their input's shape: no data goes through them. */
const SHAPES_ONLY = new Set(['Shape', 'ShapeN', 'Rank', 'Size', 'ZerosLike', 'OnesLike']);
const VARIABLES = new Set(['VariableV2', 'Variable', 'TemporaryVariable', 'VarHandleOp']);
const PLACEHOLDERS = new Set(['Placeholder', 'PlaceholderV2', 'PlaceholderWithDefault']);
/** Ops that hand on what they get. */
const PASSES = new Set([
  'Identity',
  'StopGradient',
  'Reshape',
  'Squeeze',
  'ExpandDims',
  'Snapshot',
  'PreventGradient',
  'CheckNumerics',
  'Print',
  'PrintV2',
]);

/** What hands a variable on, as the branches of tf.cond do, and writes nothing. */
const HANDS_ON = /^Ref(Switch|Merge|Select|Identity|Enter|Exit|NextIteration)$/;
/** An op of an optimizer that moves a parameter: what comes before the optimizer's name. */
export const APPLY = /^(Resource)?(Sparse)?Apply/;
/** Which input of an optimizer's op is the learning rate. */
const RATES: Readonly<Record<string, number>> = {
  GradientDescent: 1,
  Momentum: 2,
  Adagrad: 2,
  Adam: 5,
  RMSProp: 3,
  Adadelta: 3,
};

/** The graph of a record, with the questions that the judges ask of it. Nodes are named by number. */
export class GraphView {
  readonly nodes: readonly NodeRecord[];
  private readonly above = new Map<number, ReadonlySet<number>>();
  private readers_: number[][] | null = null;
  constructor(record: Pick<ProgramRecord, 'nodes'>) {
    this.nodes = record.nodes;
  }

  node(id: number): NodeRecord {
    return this.nodes[id];
  }
  op(id: number): string {
    return this.nodes[id].op;
  }
  at(id: number): Place | null {
    return this.nodes[id].at;
  }
  shape([id, output]: Edge): Dims {
    return this.nodes[id].outputs[output]?.shape ?? null;
  }
  dtype([id, output]: Edge): string {
    return this.nodes[id].outputs[output]?.dtype ?? '';
  }
  all(test: (node: NodeRecord, id: number) => boolean): number[] {
    return this.nodes.flatMap((node, id) => (test(node, id) ? [id] : []));
  }
  isVariable(id: number): boolean {
    return VARIABLES.has(this.op(id));
  }
  isPlaceholder(id: number): boolean {
    return PLACEHOLDERS.has(this.op(id));
  }
  /** Made by `tf.gradients` and its kin. */
  isGradient(id: number): boolean {
    return this.nodes[id].gradientOf !== null;
  }

  /** The nodes whose data reaches this one, itself included; what only its shape reaches does not count. */
  sources(id: number): ReadonlySet<number> {
    const known = this.above.get(id);
    if (known) return known;
    const found = new Set<number>([id]);
    for (const at of found) {
      if (SHAPES_ONLY.has(this.op(at))) continue;
      for (const [from] of this.nodes[at].inputs) found.add(from);
    }
    this.above.set(id, found);
    return found;
  }
  dependsOn(id: number, from: number | null): boolean {
    return from !== null && this.sources(id).has(from);
  }
  dependsOnAny(id: number, test: (from: number) => boolean): boolean {
    return [...this.sources(id)].some(test);
  }

  /** What must be computed for these: along data and control edges. */
  closure(ids: Iterable<number>): ReadonlySet<number> {
    const found = new Set(ids);
    for (const at of found) {
      for (const [from] of this.nodes[at].inputs) found.add(from);
      for (const from of this.nodes[at].controls) found.add(from);
    }
    return found;
  }

  /** The nodes that read one. */
  readers(id: number): readonly number[] {
    if (!this.readers_) {
      this.readers_ = this.nodes.map(() => []);
      this.nodes.forEach(({ inputs }, reader) => {
        for (const from of new Set(inputs.map(([n]) => n))) this.readers_![from].push(reader);
      });
    }
    return this.readers_[id];
  }

  /** The node behind identities, reshapes and stopped gradients. */
  behind(id: number): number {
    let at = id;
    while (PASSES.has(this.op(at)) && this.nodes[at].inputs.length) at = this.nodes[at].inputs[0][0];
    return at;
  }
  /** The variable that a tensor is a read of, or null. */
  variableBehind(id: number): number | null {
    let at = this.behind(id);
    if (
      (this.op(at) === 'ReadVariableOp' || this.op(at) === 'Cast' || this.op(at) === 'Transpose') &&
      this.nodes[at].inputs.length
    )
      at = this.behind(this.nodes[at].inputs[0][0]);
    if (this.op(at) === 'ReadVariableOp') at = this.nodes[at].inputs[0][0];
    return this.isVariable(at) ? at : null;
  }
  /**
   * The variable that a node writes to, or null: its first input is the variable itself, and it gives it back or gives
   * nothing.
   */
  written(id: number): number | null {
    const { inputs, outputs } = this.nodes[id];
    if (!inputs.length || !this.isVariable(inputs[0][0]) || HANDS_ON.test(this.op(id))) return null;
    return outputs.length === 0 || outputs[0].ref ? inputs[0][0] : null;
  }
  /**
   * The writes of a run, apart: those that learn (data decides what is written) and those that set. A metric counts
   * what it is shown, and learns nothing.
   */
  writes(ids: Iterable<number>): { learns: ReadonlySet<number>; sets: ReadonlySet<number> } {
    const learns = new Set<number>();
    const sets = new Set<number>();
    for (const id of this.closure(ids)) {
      const variable = this.written(id);
      if (variable === null || this.nodes[variable].isLocal) continue;
      const fromData = this.nodes[id].inputs
        .slice(1)
        .some(([from]) => this.dependsOnAny(from, (n) => this.isPlaceholder(n) || /Iterator/.test(this.op(n))));
      // Slots of an optimizer (beta powers, a global step) move without data.
      const moves =
        fromData ||
        /Apply|AssignAdd|AssignSub/.test(this.op(id)) ||
        this.nodes[id].inputs.slice(1).some(([from]) => this.dependsOn(from, variable));
      if (moves) learns.add(variable);
      else sets.add(variable);
    }
    return { learns, sets };
  }
  /** The node that gives an optimizer's op its learning rate, behind casts; null for other ops. */
  rateOf(id: number): number | null {
    const input = RATES[this.op(id).replace(APPLY, '')];
    if (input === undefined || !APPLY.test(this.op(id))) return null;
    return this.behind(this.nodes[id].inputs[input][0]);
  }
  /** A small constant, or null. */
  constant(id: number): readonly number[] | null {
    return this.nodes[id].value;
  }
  describe(id: number): string {
    return `'${this.nodes[id].name}'`;
  }
}

/** `[null, 784]`, as the student writes it. */
export function showDims(dims: Dims): string {
  return dims ? `[${dims.map((d) => d ?? 'null').join(', ')}]` : 'of unknown rank';
}
/** The product of all dimensions but the first; null if one is unknown. */
export function tail(dims: Dims): number | null {
  if (!dims || dims.length < 1) return null;
  return dims.slice(1).reduce<number | null>((product, d) => (product === null || d === null ? null : product * d), 1);
}
