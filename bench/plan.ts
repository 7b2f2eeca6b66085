/** What is measured: workloads with their variants, and who runs them. A new workload is a row here, a file in workloads/, and a function in each rival. */
import * as path from 'node:path';

export type Params = Readonly<Record<string, number>>;
/** Rows, inner and columns of a matrix product. */
export type Product = readonly [m: number, k: number, n: number];

export interface Variant {
  readonly label: string;
  readonly params: Params;
  /** The step's large matrix products: what they cost alone is the limit. */
  readonly products?: readonly Product[];
  /** One step is this many of a smaller thing; its cost is printed too. */
  readonly per?: { readonly unit: string; readonly count: number };
  /** Left out of `--quick`. */
  readonly slow?: boolean;
}
export interface Workload {
  /** The file in workloads/ and the function in each rival. */
  readonly name: string;
  readonly title: string;
  readonly variants: readonly Variant[];
  /** Every step is a new process, from its start to its first result. */
  readonly startUp?: boolean;
}

const dense = (hidden: number, batch: number): Variant => ({
  label: `784-${hidden}-10, batch ${batch}`, params: { hidden, batch },
  products: [[batch, 784, hidden], [784, batch, hidden]],
  slow: batch !== 100,
});
const nodes = (n: number): Variant => ({ label: `${n.toLocaleString('en')} nodes`, params: { nodes: n }, per: { unit: 'node', count: n }, slow: n > 1000 });

export const WORKLOADS: readonly Workload[] = [
  { name: 'dense', title: 'Tutorial step', variants: [dense(100, 100), dense(512, 100), dense(100, 32), dense(512, 32), dense(100, 512), dense(512, 512)] },
  { name: 'softmax', title: 'Softmax regression step', variants: [{ label: '784-10, batch 100', params: { batch: 100 }, products: [[100, 784, 10], [784, 100, 10]] }] },
  { name: 'conv', title: 'Convolutional MNIST step', variants: [{ label: '5×5×32, 5×5×64, 1024, batch 50', params: { batch: 50 } }] },
  { name: 'lstm', title: 'Unrolled LSTM step', variants: [{ label: '50 × 32 units, batch 32', params: { steps: 50, units: 32, batch: 32 } }] },
  { name: 'chain', title: 'Chain of scalar ops', variants: [{ label: '1,000 ops', params: { ops: 1000 }, per: { unit: 'op', count: 1000 } }] },
  { name: 'build', title: 'Building a graph', variants: [1000, 10_000, 100_000].map(nodes) },
  { name: 'first-run', title: 'First run of a graph', variants: [1000, 10_000, 100_000].map(nodes) },
  { name: 'start-up', title: 'Start to first step', startUp: true, variants: [{ label: '784-100-10, batch 100', params: { hidden: 100, batch: 100 } }] },
];

/** A program that runs workloads. */
export interface Runner {
  readonly id: string;
  /** `{name}` stands for the version of that name. */
  readonly title: string;
  /** Ours are what the others are compared with; a limit is what no step can undercut. */
  readonly role: 'ours' | 'rival' | 'limit';
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Workloads that it has; all where not given. */
  readonly runs?: readonly string[];
}

const here = (file: string): string => path.join(__dirname, file);
const typescript = (file: string): string[] => [process.execPath, '--require', require.resolve('ts-node/register/transpile-only'), here(file)];
const TRAINING = ['dense', 'softmax', 'conv', 'lstm', 'chain', 'start-up'];

export function runners(pythons: readonly string[]): Runner[] {
  const ours = (device: string): Runner => ({ id: device, title: `tfjs-session, ${device}`, role: 'ours', command: typescript('ours.ts'), env: { TFJS_SESSION_DEVICE: device } });
  const limit = (device: string): Runner => ({ id: `limit-${device}`, title: `its matrix products alone, ${device}`, role: 'limit', command: typescript('limit.ts'), env: { TFJS_SESSION_DEVICE: device } });
  const eager = (backend: string, title: string): Runner => ({ id: backend, title, role: 'rival', command: [...typescript('rivals/tfjs-eager.ts'), backend], runs: TRAINING });
  const python = (id: string, title: string, file: string, runs?: readonly string[]): Runner[] =>
    pythons.map((program, i) => ({ id: i ? `${id}-${i + 1}` : id, title, role: 'rival', command: [program, here(file)], runs, env: { TF_CPP_MIN_LOG_LEVEL: '3', PYTHONWARNINGS: 'ignore' } }));
  return [
    ours('native'), ours('portable'),
    ...python('tensorflow', 'Python TensorFlow {TensorFlow} Session', 'rivals/tf_session.py'),
    eager('tfjs-node', 'tfjs-node {tfjs} eager'),
    eager('tfjs-wasm', 'tfjs-wasm {tfjs} eager'),
    ...python('torch', 'PyTorch {PyTorch} eager', 'rivals/torch_eager.py', TRAINING),
    limit('native'), limit('portable'),
  ];
}
