/**
 * Graphs with loops, branches, tensor arrays and functions in which parts are missing, wrong, or lead elsewhere. What
 * comes of one is a value or an error of ours, and it comes soon: each run has a time limit.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { toNDArray } from '../../src/base/to-ndarray';
import type { FunctionMessage } from '../../src/format/function-def';
import type { NodeMessage } from '../../src/format/node-def';
import { Attr, Func } from '../../src/format/attr';
import { ARRAYS } from '../flow/array-programs';
import { BRANCHES } from '../flow/branch-programs';
import { CASES } from '../flow/case-programs';
import { GRADIENTS } from '../flow/gradient-programs';
import { LOOPS } from '../flow/loop-programs';
import { isForeign } from './foreign';
import { Choices } from './random';

type Library = NonNullable<tf.GraphDef['library']>;
const PROGRAMS = Object.entries({ ...LOOPS, ...BRANCHES, ...CASES, ...ARRAYS, ...GRADIENTS });
const FUNCTIONS = path.join(__dirname, '..', 'fixtures', 'functions.json');

let sources: readonly (readonly [name: string, make: () => tf.GraphDef])[] | null = null;
/** Graphs that are right: programs of ours, and what TensorFlow wrote of functions. */
function sound(): typeof sources & object {
  if (sources) return sources;
  const recorded = JSON.parse(readFileSync(FUNCTIONS, 'utf8')) as Record<string, Record<string, { graph: string }>>;
  const functions = Object.values(recorded).flatMap((rows) => Object.entries(rows));
  return (sources = [
    ...PROGRAMS.map(([name, program]) => {
      const make = (): tf.GraphDef => {
        const graph = new tf.Graph();
        graph.asDefault(program);
        return graph.asGraphDef();
      };
      return [name, make] as const;
    }),
    ...functions.map(([name, { graph }]) => {
      return [name, () => tf.GraphDef.fromString(new Uint8Array(Buffer.from(graph, 'base64')))] as const;
    }),
  ]);
}

/** Nodes of a graph, or of a function's body. */
type Nodes = NodeMessage[];
const WIRES = ['Enter', 'Exit', 'NextIteration', 'Switch', 'Merge', 'LoopCond', 'Identity', 'NoOp'];
const NUMBERS = [-1, 0, 1, 3, 2 ** 31 - 1, 2 ** 40];

class Change extends Choices {
  /** What was done. */
  readonly words: string[] = [];
  private readonly functions: readonly string[];
  constructor(seed: number, library: Library | null) {
    super(seed);
    this.functions = library ? library.functions.map(({ signature }) => signature.name) : [];
  }
  private did(words: string): void {
    this.words.push(words);
  }
  /** One node or edge of a list changed. */
  nodes(list: Nodes): void {
    const wires = list.flatMap(({ op }, i) =>
      WIRES.includes(op) || /While|If|Case|For|Call|Array|Stack/.test(op) ? [i] : [],
    );
    const at = wires.length && this.chance(0.7) ? this.of(wires) : this.int(0, list.length - 1);
    const node = list[at];
    // Mostly one that might stand in its place: what does not fit is refused before anything runs.
    const alike = list.filter(
      ({ op, attr }) => op === node.op || (attr['T'] && attr['T'].value === node.attr['T']?.value),
    );
    const other = this.of(this.chance(0.8) && alike.length ? alike : list).name;
    const put = (more: Partial<NodeMessage>): void => {
      list[at] = { ...node, ...more };
    };
    const kind = this.of([0, 1, 2, 2, 2, 2, 3, 4, 4, 5, 5, 6, 7, 7, 7]);
    if (kind === 0) {
      list.splice(at, 1);
      this.did(`without ${node.name}`);
    } else if (kind === 1 && node.input.length) {
      const i = this.int(0, node.input.length - 1);
      put({ input: node.input.filter((_, k) => k !== i) });
      this.did(`${node.name} without its input ${i}`);
    } else if (kind <= 3 && node.input.length) {
      const i = this.int(0, node.input.length - 1);
      const odd = [`${other}:1`, `^${other}`, node.name, `${other}:7`, 'nobody', ''];
      const from = this.chance(0.7) ? other : this.of(odd);
      put({ input: node.input.map((each, k) => (k === i ? from : each)) });
      this.did(`${node.name} reads ${from} for ${node.input[i]}`);
    } else if (kind === 4) {
      const op = this.of(WIRES);
      put({ op });
      this.did(`${node.name} is ${op}, not ${node.op}`);
    } else if (kind === 5) {
      put({ input: [...node.input, this.of([`^${other}`, `^${other}`, other])] });
      this.did(`${node.name} reads ${other} too`);
    } else if (kind === 6) {
      put({ name: other });
      this.did(`${node.name} is named ${other}`);
    } else this.attr(node, put);
  }
  private attr(node: NodeMessage, put: (more: Partial<NodeMessage>) => void): void {
    const keys = Object.keys(node.attr);
    if (!keys.length) return;
    const key = this.of(keys);
    const { [key]: attr, ...rest } = node.attr;
    if (this.chance(0.2)) {
      put({ attr: rest });
      this.did(`${node.name} without ${key}`);
      return;
    }
    const changed = this.attrOf(attr);
    put({ attr: { ...rest, [key]: changed } });
    this.did(`${node.name}: ${key} is ${String(changed.value instanceof Func ? changed.value.name : changed.value)}`);
  }
  private attrOf({ kind, value }: Attr): Attr {
    const type = this.of([tf.float32, tf.int32, tf.bool, tf.string, tf.resource, tf.variant]);
    if (this.chance(0.1)) return new Attr('int', this.of(NUMBERS));
    if (Array.isArray(value)) {
      const list = value as readonly unknown[];
      const form = this.int(0, 2);
      const now = form === 0 ? list.slice(1) : form === 1 ? [...list, ...list.slice(-1)] : [...list].reverse();
      return new Attr(kind, now as Attr['value']);
    }
    if (value instanceof Func) return new Attr('func', new Func(this.functionName(value.name), value.attrs));
    if (kind === 'type') return new Attr(kind, type);
    if (kind === 'bool') return new Attr(kind, !value);
    if (kind === 'int') return new Attr(kind, this.of(NUMBERS));
    if (kind === 'string') return new Attr(kind, this.of(['', 'while/while_context', 'other', `${String(value)}_1`]));
    if (kind === 'shape') return new Attr(kind, new tf.TensorShape(this.of([null, [], [2], [null, 3], [0]])));
    return new Attr('type', type);
  }
  private functionName(but: string): string {
    return this.functions.length && this.chance(0.8) ? this.of(this.functions) : `${but}_of_nobody`;
  }
  /** A function's signature, results or body. */
  fn(fn: FunctionMessage): FunctionMessage {
    const { signature, ret } = fn;
    const kind = this.int(0, 5);
    const edge = this.of(['inputs', 'outputs'] as const);
    const list = signature[edge];
    if (kind === 0 && list.length) {
      this.did(`${signature.name} without the last of its ${edge}`);
      return { ...fn, signature: { ...signature, [edge]: list.slice(0, -1) } };
    }
    if (kind === 1 && list.length) {
      this.did(`${signature.name} with one more of its ${edge}`);
      return { ...fn, signature: { ...signature, [edge]: [...list, { ...list[0], name: 'more' }] } };
    }
    if (kind === 2 && Object.keys(ret).length) {
      const key = this.of(Object.keys(ret));
      const from = this.of(['nobody:y:0', '', ret[key].replace(/:.*/, ':no:3'), signature.inputs[0]?.name ?? 'x']);
      this.did(`${signature.name} returns ${from} for ${key}`);
      return { ...fn, ret: { ...ret, [key]: from } };
    }
    const nodes = [...fn.nodes];
    if (nodes.length && this.chance(0.3)) {
      const at = this.int(0, nodes.length - 1);
      nodes[at] = { ...nodes[at], op: this.functionName(signature.name) };
      this.did(`${signature.name}: ${nodes[at].name} calls ${nodes[at].op}`);
    } else if (nodes.length) this.nodes(nodes);
    return { ...fn, nodes };
  }
}

export interface Wired {
  readonly title: string;
  readonly changes: readonly string[];
  readonly graphDef: tf.GraphDef;
}
/** The graph of a seed. */
export function wired(seed: number): Wired {
  const choice = new Choices(seed);
  const [title, make] = choice.of(sound());
  const graphDef = make();
  const change = new Change(choice.int(0, 2 ** 31 - 1), graphDef.library);
  const nodes = [...graphDef.nodes];
  const library = graphDef.library && { ...graphDef.library, functions: [...graphDef.library.functions] };
  for (let k = change.chance(0.6) ? 1 : change.int(2, 3); k > 0 && nodes.length; k--) {
    if (library?.functions.length && change.chance(0.6)) {
      const at = change.int(0, library.functions.length - 1);
      library.functions[at] = change.fn(library.functions[at]);
    } else change.nodes(nodes);
  }
  Object.assign(graphDef, { nodes, library });
  return { title, changes: change.words, graphDef };
}

const TIME = 300;
const VALUES: Readonly<Record<string, unknown>> = { bool: true, string: 'a', int32: 3, int64: 3 };
function feedsOf(graph: tf.Graph): (readonly [tf.Tensor, tf.NDArray])[] {
  return graph.getOperations().flatMap((op) => {
    if (op.type !== 'Placeholder') return [];
    const [x] = op.outputs;
    const shape = (x.shape.dims ?? []).map((d) => d ?? 2);
    const size = shape.reduce((a, b) => a * b, 1);
    if (size > 1000 || x.dtype === tf.resource || x.dtype === tf.variant) return [];
    const list = new Array<unknown>(size).fill(VALUES[x.dtype.name] ?? 1.5);
    return [[x, toNDArray(list, x.dtype, shape)] as const];
  });
}
/** What the graph of a seed does wrong on a device; null where nothing. It may kill the process, or never end. */
export function faultOfWiring(
  seed: number,
  device: string,
  found: (outcome: string) => void = () => {},
): string | null {
  const { title, changes, graphDef } = wired(seed);
  const graph = new tf.Graph();
  const attempt = (run: () => unknown): string | null => {
    try {
      run();
      found('value');
      return null;
    } catch (error) {
      found((error as Error).name);
      return isForeign(error) ? `${title}, ${changes.join('; ')}\n  ${(error as Error).stack}` : null;
    }
  };
  let isIn = false;
  const refused = attempt(() => {
    graph.asDefault(() => tf.importGraphDef(graphDef, { name: '' }));
    isIn = true;
  });
  if (!isIn) return refused;
  const sess = new tf.Session('', { graph, config: { device, advice: false, operationTimeoutInMs: TIME } });
  const before = sess.device.tensorsAlive();
  try {
    const ops = graph.getOperations();
    const assigns = ops.filter(({ type }) => /^Assign(VariableOp)?$/.test(type));
    const read = new Set(ops.flatMap((op) => op.inputs.map(({ op: from }) => from)));
    const last = ops.filter((op) => op.outputs.length && (!read.has(op) || op.type === 'Exit')).slice(-6);
    const fetches = last.flatMap((op) => op.outputs).filter(({ dtype }) => !/resource|variant/.test(dtype.name));
    const feeds = feedsOf(graph);
    const runs = [
      () => sess.run(assigns),
      () => sess.run(fetches, feeds),
      () => sess.run(fetches, feeds),
      ...last.map((op) => () => sess.run(op, feeds)),
    ];
    for (const run of runs) {
      const fault = attempt(run);
      if (fault) return fault;
    }
  } finally {
    sess.close();
  }
  const left = sess.device.tensorsAlive() - before;
  return left ? `${title}, ${changes.join('; ')}: ${left} tensors are left` : null;
}
