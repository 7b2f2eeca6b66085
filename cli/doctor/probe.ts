/** Tries a device: whether it works, and how long a training step takes on it. */
import { errorOf } from '../../src/base/thrown';
import { spawnSync } from 'node:child_process';
import * as tf from '../../src';
import { openAddon } from '../../src/kernels/native/addon';
import { INSTALL_COMMAND, locateAddon, type Tried } from '../../src/kernels/native/addon-places';
import { LEARNING_RATES, type DeviceName } from '../flags';
import { buildModel } from '../model';
import { type Probe, type Problem, withoutStop } from './findings';

const REINSTALL = 'Install the package again: `npm install tfjs-session`';

/** Tries a device with this same command, started as this process was. */
export function probeInChild(kind: DeviceName): Probe {
  const args = [...process.execArgv, process.argv[1], 'doctor', '--probe', kind];
  const child = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, TFJS_SESSION_QUIET: '1' },
  });
  if (child.status === 0) return JSON.parse(child.stdout) as Probe;

  const ending = child.signal ?? child.error?.message ?? `exit code ${child.status}`;
  const said = child.stderr.trim().split('\n').at(-1);
  const located = locateAddon();
  const place = kind === 'native' && 'path' in located ? ` with ${located.path}` : '';
  const what = `The ${kind} device ends its process (${ending})${place}${said ? `: ${said}` : ''}`;
  const newer =
    "TensorFlow's binary may want a newer CPU (AVX). Build against one made for this CPU: " +
    `\`${INSTALL_COMMAND} --force --from <dir>\`, or set TFJS_SESSION_DEVICE=portable`;
  const cure = kind === 'native' ? newer : REINSTALL;
  return { works: false, problems: [{ what, cure }] };
}

/** Opens the device in this process and times the tutorial's training step on it. */
export function tryDevice(kind: DeviceName): Probe {
  const opened = kind === 'native' ? openAddon() : null;
  if (opened && !('addon' in opened)) return { works: false, problems: opened.tried.map(asProblem) };
  try {
    const timed = timeStep(kind);
    if (!opened) return { works: true, ...timed };
    return {
      works: true,
      ...timed,
      addon: { path: opened.path, source: opened.source, tensorflow: opened.addon.TF_Version },
    };
  } catch (error) {
    const what = `The ${kind} device fails: ${withoutStop(errorOf(error).message)}`;
    return {
      works: false,
      problems: [{ what, cure: kind === 'native' ? `Run \`${INSTALL_COMMAND} --force\`` : REINSTALL }],
    };
  }
}

function asProblem({ path, why, cure }: Tried): Problem {
  return { what: `No native addon from ${path}: ${why}`, cure };
}

const BATCH = 100;
const WARM_UP = 30;
const SECONDS = 0.5;

/** The median of such times, and whether they tell of the neighbours: in milliseconds. */
export function summary(times: readonly number[]): { microsecondsPerStep: number; disturbed: boolean } {
  const sorted = [...times].sort((a, b) => a - b);
  const [fast, median] = [sorted[Math.floor(sorted.length / 10)], sorted[sorted.length >> 1]];
  return { microsecondsPerStep: Math.round(1000 * median), disturbed: median > DISTURBED * fast };
}
const DISTURBED = 1.6;

/** What the portable device computes with. */
type Computing = { readonly threads?: number; readonly fused?: boolean };
function timeStep(device: DeviceName): ReturnType<typeof summary> & Computing {
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
  const { threads } = sess.device;
  const computing = threads && { threads: threads.size, fused: threads.isFused === true };
  sess.close();
  return { ...summary(times.slice(WARM_UP)), ...computing };
}
