/** Tries a server as a session would: connects, lists its devices, runs steps and looks at what they give. */
import { errorOf } from '../../src/base/thrown';
import * as tf from '../../src';
import { CONNECT } from '../../src/distributed/channel';
import type { Problem } from './findings';
import { summary } from './probe';

/** How long a server may take for anything, and to be there at all. */
const WITHIN_MS = 10_000;
const CONNECT_WITHIN_MS = 3000;
const STEPS = 50;
const WARM_UP = 5;
/** Elements of what is sent there and back: 4 MB. */
const ELEMENTS = 2 ** 20;

/** What is found of a server; what `--json` prints. */
export interface ServerFindings {
  readonly target: string;
  readonly devices: readonly { readonly name: string; readonly type: string }[];
  /** The median time of a step with a product of two small matrices; null where none was run. */
  readonly microsecondsPerStep: number | null;
  /** For 4 MB there and back. */
  readonly megabytesPerSecond: number | null;
  readonly problems: readonly Problem[];
}

export function examineServer(target: string): ServerFindings {
  const found = { target, devices: [], microsecondsPerStep: null, megabytesPerSecond: null };
  CONNECT.withinMs = CONNECT_WITHIN_MS;
  const graph = new tf.Graph();
  let session: tf.Session | null = null;
  try {
    // Variables of others are not touched.
    const config = { isolateSessionState: true, operationTimeoutInMs: WITHIN_MS, advice: false, lint: false };
    const opened = (session = new tf.Session(target, { graph, config }));
    const devices = opened.listDevices().map(({ name, deviceType }) => ({ name, type: deviceType }));
    const problems: Problem[] = [];
    const figures = graph.asDefault(() => measured(opened, problems));
    return { ...found, devices, ...figures, problems };
  } catch (error) {
    return { ...found, problems: [problemOf(errorOf(error))] };
  } finally {
    session?.close();
  }
}
function measured(
  session: tf.Session,
  problems: Problem[],
): Pick<ServerFindings, 'microsecondsPerStep' | 'megabytesPerSecond'> {
  const x = tf.placeholder(tf.float32, [2, 2]);
  const step = session.makeCallable(tf.matmul(x, x), [x]);
  const large = tf.placeholder(tf.float32, [ELEMENTS]);
  const back = session.makeCallable(tf.identity(large), [large]);
  const times = Array.from({ length: WARM_UP + STEPS }, (_, i) => {
    const start = performance.now();
    const product = step(Float32Array.of(1, 2, 3, i)).data;
    if (product[3] !== 6 + i * i && !problems.length) problems.push(WRONG);
    return performance.now() - start;
  });
  const sent = Float32Array.from({ length: ELEMENTS }, (_, i) => i % 1000);
  back(sent);
  const start = performance.now();
  const got = back(sent).data;
  const seconds = (performance.now() - start) / 1000;
  if (!problems.length && sent.some((each, i) => got[i] !== each)) problems.push(WRONG);
  const megabytes = (2 * sent.byteLength) / 2 ** 20;
  const { microsecondsPerStep } = summary(times.slice(WARM_UP));
  return { microsecondsPerStep, megabytesPerSecond: Math.round(megabytes / seconds) };
}
const WRONG = { what: 'The server gives wrong numbers', cure: 'Start it again, and tell who keeps it' };

/** Errors of a session have their cure behind the sentence. */
function problemOf({ message }: Error): Problem {
  const [what, ...cures] = message.split(/\n\s*(?:fix|likely cause): /);
  const cure = cures.join(' ') || 'Ask who started the server what it says on its terminal';
  const line = (text: string): string =>
    text
      .trim()
      .replace(/\s*\n\s*/g, ' ')
      .replace(/\.$/, '');
  return { what: line(what), cure: line(`${cure[0].toUpperCase()}${cure.slice(1)}`) };
}
/** The findings as lines for a person. */
export function describeServer({ target, devices, problems, ...found }: ServerFindings): string {
  const { microsecondsPerStep, megabytesPerSecond } = found;
  const lines = [
    `Server   ${target}`,
    ...devices.map(({ name, type }, i) => `${i ? '         ' : 'Devices  '}${name} (${type})`),
    ...(microsecondsPerStep === null ? [] : [`Step     ${microsecondsPerStep} µs for a product of two small matrices`]),
    ...(megabytesPerSecond === null ? [] : [`Tensors  ${megabytesPerSecond} MB/s, there and back`]),
  ];
  const said = problems.length ? problems.flatMap(({ what, cure }) => [`${what}.`, `  ${cure}.`]) : ['It works.'];
  return [...lines, '', ...said, ''].join('\n');
}
