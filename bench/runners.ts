/** Who runs the workloads: ours, their rivals, and what no step can undercut. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import * as path from 'node:path';
import { PASS_NAMES } from '../src/plan/optimize';
import { BUILT_IN } from '../src/kernels/built-in';

/** A program that runs workloads. */
export interface Runner {
  readonly id: string;
  /** `{name}` stands for the version of that name. */
  readonly title: string;
  /** The title over a column. */
  readonly short: string;
  /** Ours are what the others are compared with; a limit is what no step can undercut. */
  readonly role: 'ours' | 'rival' | 'limit';
  readonly command: readonly string[];
  /** As its users start it, where that is something else. */
  readonly asStarted?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Workloads that it has; all but those of servers where not given. */
  readonly runs?: readonly string[];
  /** The one of ours that it is compared with; all where not given. */
  readonly against?: string;
  /**
   * Whose lack does not matter where another runner of this kind is there: one Python has TensorFlow, another PyTorch.
   */
  readonly kind?: string;
}

const compiled = (file: string): string[] => [process.execPath, path.join(OUTPUT, 'bench', file)];
/** Where `compile` puts the package and the benchmark: beneath node_modules, so that packages are found from there. */
export const OUTPUT = path.join(__dirname, '..', 'node_modules', '.cache', 'tfjs-session-bench');
const TRAINING = ['dense', 'softmax', 'conv', 'lstm', 'chain', 'start-up'];
const DEVICES = BUILT_IN.map(({ kind }) => kind);

function ours(device: string): Runner {
  return {
    id: device,
    title: `tfjs-session, ${device}`,
    short: device,
    role: 'ours',
    command: compiled('ours.js'),
    env: { TFJS_SESSION_DEVICE: device },
  };
}
/** The portable device on fewer threads than there are processors. */
function onThreads(count: number): Runner {
  const threads = count === 1 ? '1 thread' : `${count} threads`;
  return {
    ...ours('portable'),
    id: `portable-${count}`,
    title: `tfjs-session, portable, ${threads}`,
    short: `portable, ${threads}`,
    role: 'rival',
    runs: ['dense', 'softmax', 'conv', 'lstm'],
    env: { TFJS_SESSION_DEVICE: 'portable', TFJS_SESSION_THREADS: String(count) },
  };
}
function limit(device: string): Runner {
  return {
    ...ours(device),
    id: `limit-${device}`,
    title: `its large kernels alone, ${device}`,
    short: `limit, ${device}`,
    role: 'limit',
    command: compiled('limit.js'),
    against: device,
  };
}
const SERVED = ['served-step', 'served-tensor'];
const QUIET = { TF_CPP_MIN_LOG_LEVEL: '3', PYTHONWARNINGS: 'ignore' };
/** Sessions over grpc://: of Python's on our server and on TensorFlow's, of ours and of Python's on TensorFlow's. */
function served(python: string): Runner[] {
  const [session, server] = ['tf_session.py', 'server.py'].map((file) => path.join(__dirname, 'rivals', file));
  const serves = [process.execPath, path.join(__dirname, '..', 'dist', 'cli', 'main.js'), 'serve', '--port', '0'];
  const ofPython = (
    id: string,
    where: string,
    short: string,
    own: readonly string[],
    more: Partial<Runner>,
  ): Runner => ({
    id,
    title: `Python TensorFlow {TensorFlow} on ${where}`,
    short,
    role: 'rival',
    command: [python, session, ...own],
    env: QUIET,
    ...more,
  });
  const onItsOwn = (id: string, runs: readonly string[]): Runner =>
    ofPython(id, 'its own server', "Python, TensorFlow's server", ['tensorflow'], { kind: 'server', runs });
  return [
    ...DEVICES.map((device) =>
      ofPython(
        `served-${device}`,
        `our server, ${device}`,
        `Python, our server, ${device}`,
        [...serves, '--device', device],
        {
          role: 'ours',
          runs: SERVED,
        },
      ),
    ),
    onItsOwn('served-tensorflow', SERVED),
    {
      ...ofPython('client-node', '', "tfjs-session, TensorFlow's server", [], { role: 'ours', runs: ['client-step'] }),
      title: "tfjs-session on TensorFlow's server",
      command: [...compiled('client.js'), python, server],
    },
    onItsOwn('client-python', ['client-step']),
  ];
}
/** The first of these Pythons that has TensorFlow; the first where none has, which then says so. */
function withTensorFlow(pythons: readonly string[]): string | undefined {
  const asks = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("tensorflow") is None)';
  return pythons.find((program) => spawnSync(program, ['-c', asks]).status === 0) ?? pythons[0];
}
/** Ours, the rivals on this machine, and the limits. */
export function runners(pythons: readonly string[]): Runner[] {
  const eager = (backend: string): Runner => ({
    id: backend,
    title: `${backend} {tfjs} eager`,
    short: `${backend} eager`,
    role: 'rival',
    runs: TRAINING,
    command: [...compiled('rivals/tfjs-eager.js'), backend],
    asStarted: [
      process.execPath,
      '--require',
      require.resolve('ts-node/register/transpile-only'),
      path.join(__dirname, 'rivals', 'tfjs-eager.ts'),
      backend,
    ],
  });
  const python = (kind: string, title: string, short: string, file: string, runs?: readonly string[]): Runner[] =>
    pythons.map((program, i) => ({
      id: i ? `${kind}-${i + 1}` : kind,
      kind,
      title,
      short,
      role: 'rival',
      command: [program, path.join(__dirname, 'rivals', file)],
      runs,
      env: { TF_CPP_MIN_LOG_LEVEL: '3', PYTHONWARNINGS: 'ignore' },
    }));
  const first = withTensorFlow(pythons);
  return [
    ...DEVICES.map(ours),
    ...[1, 2].filter((threads) => threads < availableParallelism()).map(onThreads),
    ...python('tensorflow', 'Python TensorFlow {TensorFlow} Session', 'TensorFlow {TensorFlow}', 'tf_session.py'),
    eager('tfjs-node'),
    eager('tfjs-wasm'),
    ...python('torch', 'PyTorch {PyTorch} eager', 'PyTorch {PyTorch}', 'torch_eager.py', TRAINING),
    ...DEVICES.map(limit),
    ...(first === undefined ? [] : served(first)),
  ];
}
/** Ours as they are, and with one part after the other switched off. */
export function ablations(): Runner[] {
  return DEVICES.flatMap((device): Runner[] => {
    const without = (id: string, what: string, config: object): Runner => ({
      ...ours(device),
      id: `${device}-${id}`,
      title: `${device}, ${what}`,
      short: what,
      role: 'rival',
      against: device,
      env: { TFJS_SESSION_DEVICE: device, BENCH_CONFIG: JSON.stringify(config) },
    });
    return [
      ours(device),
      ...(device === 'native' ? [without('steps', 'step by step', { graphOptions: { wholeGraph: false } })] : []),
      ...PASS_NAMES.map((name) => without(name, `without ${name}`, { graphOptions: { [name]: false } })),
      // Without passes there is no plan for the shapes, and with it no whole graph.
      without('no-passes', 'without any of these', { graphOptions: false }),
      without('on-device', 'and every op on the device', { graphOptions: false, placement: 'device' }),
    ];
  });
}

/** A runner's title, with the versions that it told. */
export function titled(title: string, versions: Readonly<Record<string, string>> = {}): string {
  return title.replace(/ \{(\w+)\}/g, (_, name: string) => (versions[name] ? ` ${versions[name]}` : ''));
}
