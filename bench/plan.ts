/**
 * What is measured: workloads with their variants. A new workload is a row here, a file in workloads/, and a function
 * in each rival.
 */

import { type Work, convolution, layer, matmul } from './work';

export type Params = Readonly<Record<string, number>>;

/** What a step of ours should cost at most: so many times what another runner's costs, or so many microseconds. */
export interface Goal {
  readonly runner: string;
  readonly atMost: number;
  /** The other runner, or each of that kind; microseconds where there is none. */
  readonly of?: string;
}
export interface Variant {
  readonly label: string;
  readonly params: Params;
  /** The step's large kernels: what they cost alone is the limit. */
  readonly limit?: readonly Work[];
  /** One step is this many of a smaller thing; its cost is printed too. */
  readonly per?: { readonly unit: string; readonly count: number };
  readonly goals?: readonly Goal[];
  /** Left out of `--quick`. */
  readonly slow?: boolean;
}
export interface Workload {
  /** The file in workloads/ and the function in each rival. */
  readonly name: string;
  readonly title: string;
  readonly variants: readonly Variant[];
  /**
   * Each round is a new process. 'fresh': it does its step once, and times it, since that is how often a program does
   * it.
   * 'start-up': the time is from the start of the process to its first result.
   */
  readonly each?: 'fresh' | 'start-up';
  /** Sessions over grpc://: only runners that talk to servers have it. */
  readonly isServed?: boolean;
  /** Steps of every runner before measuring: of a loop as long as a program's, the first thousands are few. */
  readonly settled?: number;
  /** It is no step: only what the devices' kernels take alone is measured. */
  readonly isLimit?: boolean;
}

const goal = (runner: string, atMost: number, of?: string): Goal => ({ runner, atMost, of });
const dense = (hidden: number, batch: number, goals?: readonly Goal[], adam = 0): Variant => ({
  label: `784-${hidden}-10, batch ${batch}${adam ? ', Adam' : ''}`,
  params: { hidden, batch, adam },
  limit: layer(batch, 784, hidden, true),
  goals,
  slow: hidden !== 100 || batch !== 100 || adam > 0,
});
/** Of the tutorial's 20,000 steps: Node's code for HTTP/2 is compiled to its end after some two thousand. */
const SETTLED_SERVED = 3000;
const nodes = (n: number, ...goals: Goal[]): Variant => ({
  label: `${n.toLocaleString('en')} nodes`,
  params: { nodes: n },
  per: { unit: 'node', count: n },
  goals,
  slow: n > 1000,
});

const checkpoint = (label: string, read: number): Variant => ({
  label,
  params: { megabytes: 200, read },
  goals: [goal('native', 1.5, 'tensorflow'), goal('portable', 1.5, 'tensorflow')],
  slow: true,
});

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'roofline',
    title: 'What the machine can do',
    isLimit: true,
    variants: [
      {
        label: 'product of 1,024³',
        params: {},
        limit: [matmul(1024, 1024, 1024)],
        per: { unit: 'million multiply-adds', count: 1024 ** 3 / 1e6 },
      },
    ],
  },
  {
    name: 'dense',
    title: 'Tutorial step',
    variants: [
      dense(100, 100, [
        goal('native', 0.6, 'tensorflow'),
        goal('native', 1, 'torch'),
        goal('native', 0.18, 'tfjs-node'),
        goal('native', 1.3, 'limit-native'),
        goal('portable', 0.45, 'tfjs-wasm'),
        goal('portable', 1.2, 'native'),
      ]),
      dense(100, 100, [goal('native', 0.65, 'tensorflow')], 1),
      dense(512, 100, [
        goal('native', 0.75, 'tensorflow'),
        goal('native', 1, 'torch'),
        goal('portable', 1.8, 'native'),
      ]),
      dense(100, 32),
      dense(512, 32),
      dense(100, 512),
      dense(512, 512),
    ],
  },
  {
    name: 'softmax',
    title: 'Softmax regression step',
    variants: [
      {
        label: '784-10, batch 100',
        params: { batch: 100 },
        limit: layer(100, 784, 10, true),
        goals: [goal('portable', 0.35, 'tfjs-wasm')],
      },
    ],
  },
  {
    name: 'conv',
    title: 'Convolutional MNIST step',
    variants: [
      {
        label: '5×5×32, 5×5×64, 1024, batch 50',
        params: { batch: 50 },
        slow: true,
        limit: [...convolution(50, 28, 1, 32, true), ...convolution(50, 14, 32, 64), ...layer(50, 3136, 1024)],
        goals: [goal('native', 1, 'tensorflow'), goal('portable', 2.5, 'native')],
      },
    ],
  },
  {
    name: 'lstm',
    title: 'Unrolled LSTM step',
    variants: [
      {
        label: '50 × 32 units, batch 32',
        params: { steps: 50, units: 32, batch: 32 },
        goals: [goal('portable', 3, 'native')],
      },
    ],
  },
  {
    name: 'chain',
    title: 'Chain of scalar ops',
    variants: [
      {
        label: '1,000 ops',
        params: { ops: 1000 },
        per: { unit: 'op', count: 1000 },
        goals: [goal('native', 1, 'tensorflow'), goal('portable', 2000)],
      },
    ],
  },
  {
    name: 'rnn',
    title: 'dynamicRnn step',
    variants: [
      {
        label: '50 steps, 128 units, batch 64',
        params: { steps: 50, units: 128, batch: 64 },
        goals: [goal('native', 1, 'tensorflow'), goal('portable', 3, 'native')],
      },
    ],
  },
  {
    name: 'while',
    title: 'whileLoop over scalars',
    variants: [
      {
        label: '100,000 iterations',
        params: { iterations: 100_000 },
        per: { unit: 'op', count: 400_000 },
        goals: [goal('native', 0.7, 'tensorflow'), goal('portable', 400_000)],
        slow: true,
      },
    ],
  },
  {
    name: 'served-step',
    title: 'Tutorial step from Python on a server',
    isServed: true,
    settled: SETTLED_SERVED,
    variants: [
      {
        label: '784-100-10, batch 100',
        params: { hidden: 100, batch: 100 },
        goals: [goal('served-native', 1.1, 'served-tensorflow')],
      },
    ],
  },
  {
    name: 'served-tensor',
    title: 'A tensor to a server and back',
    isServed: true,
    variants: [
      {
        label: '64 MB',
        params: { megabytes: 64 },
        goals: [goal('served-native', 1.2, 'served-tensorflow')],
        slow: true,
      },
    ],
  },
  {
    name: 'client-step',
    title: "Tutorial step on TensorFlow's server",
    isServed: true,
    settled: SETTLED_SERVED,
    variants: [
      {
        label: '784-100-10, batch 100',
        params: { hidden: 100, batch: 100, adam: 0 },
        goals: [goal('client-node', 1, 'client-python')],
      },
    ],
  },
  {
    name: 'build',
    title: 'Building a graph',
    each: 'fresh',
    variants: [
      nodes(1000),
      nodes(10_000, goal('native', 0.2, 'tensorflow'), goal('portable', 0.2, 'tensorflow')),
      nodes(100_000),
    ],
  },
  {
    name: 'binding',
    title: "The tutorial's graph, 20 times",
    each: 'fresh',
    variants: [
      { label: 'built', params: { alone: 0 } },
      { label: 'its arguments bound', params: { alone: 1 } },
    ],
  },
  {
    name: 'first-run',
    title: 'First run of a graph',
    each: 'fresh',
    variants: [nodes(1000), nodes(10_000), nodes(100_000, goal('native', 2e6), goal('portable', 2e6))],
  },
  {
    name: 'import',
    title: 'Import of a GraphDef',
    each: 'fresh',
    variants: [nodes(50_000, goal('native', 0.5, 'tensorflow'), goal('portable', 0.5, 'tensorflow'))],
  },
  {
    name: 'checkpoint',
    title: 'Checkpoint of 200 MB',
    each: 'fresh',
    variants: [checkpoint('written', 0), checkpoint('read', 1)],
  },
  {
    name: 'summaries',
    title: 'Merged summaries of every step',
    each: 'fresh',
    variants: [
      {
        label: '500 steps of 784-100-10, batch 100',
        params: { hidden: 100, batch: 100, steps: 500 },
        per: { unit: 'step', count: 500 },
        goals: [goal('native', 1.2, 'tensorflow')],
        slow: true,
      },
    ],
  },
  {
    name: 'start-up',
    title: 'Start to first step',
    each: 'start-up',
    variants: [
      {
        label: '784-100-10, batch 100',
        params: { hidden: 100, batch: 100 },
        goals: [goal('native', 0.5, 'tensorflow'), goal('portable', 0.5, 'tensorflow')],
      },
    ],
  },
];
