/**
 * The process that makes hostile calls, one after the other: each is written down before it is made, so that whoever
 * started this knows which one killed it. Its argument is a `Task` as JSON.
 */
import { writeSync } from 'node:fs';
import '../fuzz/elsewhere';
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import type { SessionConfig } from '../../src/session/config';
import { definitionOf, typesWithRows, registeredOps } from '../../src/graph/opdef';
import { type Call, type Operand, drawn, randomFrom, retold, rightCall, spoilt, wordsOf } from './calls';
import { KNOWN } from './known';

export interface Task {
  readonly seed: number;
  /** Calls of each op in a step of its own, and in parts that TensorFlow runs as a whole. */
  readonly alone: number;
  readonly compiled: number;
  /** Op types; all where not given. */
  readonly types?: readonly string[];
  /** Whether to begin with what is known to have killed. */
  readonly known?: boolean;
  /** Calls before this one were made. */
  readonly from: number;
}
/** The op types that the native device may be told, as far as their definitions say. */
function nativeTypes(): string[] {
  const rows = new Set(typesWithRows());
  return registeredOps().filter((type) => {
    const { isStateful, outputs, attrs } = definitionOf(type);
    return (rows.has(type) || !isStateful) && outputs.length > 0 && !attrs.some(({ kind }) => /func/.test(kind));
  });
}

interface Built {
  readonly sess: tf.Session;
  readonly fetches: readonly tf.Tensor[];
  readonly placeholders: readonly tf.Tensor[];
}
/** A graph with the op on placeholders of unknown shapes, and with something that reads its outputs. */
function build(call: Call, config: SessionConfig): Built {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const placeholders: tf.Tensor[] = [];
    const edge = ({ dtype }: Operand): tf.Tensor => {
      const x = tf.placeholder(dtype, null);
      placeholders.push(x);
      return x;
    };
    const edges = call.inputs.map((i) => (Array.isArray(i) ? i.map(edge) : edge(i as Operand)));
    const name = call.type.startsWith('_') ? call.type.slice(1) : undefined;
    const { outputs } = applyOp(call.type, edges, call.attrs, name);
    const fetches = outputs.flatMap((y) => [y, tf.size(tf.expandDims(y, 0))]);
    const sess = new tf.Session('', { graph, config: { device: 'native', advice: false, ...config } });
    return { sess, fetches, placeholders };
  });
}
function run({ sess, fetches, placeholders }: Built, call: Call): string {
  const operands = call.inputs.flat() as Operand[];
  try {
    sess.run(
      [...fetches],
      placeholders.map((x, i) => {
        const { dtype, shape, data } = operands[i];
        return [x, new tf.NDArray(dtype, shape, data)] as const;
      }),
    );
    return 'value';
  } catch (error) {
    if (!(error instanceof tf.errors.OpError)) throw error;
    return 'error';
  }
}
function isBuilt(call: Call, config: SessionConfig): Built | null {
  try {
    return build(call, config);
  } catch {
    return null; // Refused before it could do harm.
  }
}

const task = JSON.parse(process.argv[2]) as Task;
let index = 0;
const outcomes: Record<string, number> = { value: 0, error: 0, refused: 0, foreign: 0 };
/** Says a call, and makes it where it was not made before. */
function attempt(words: () => string, make: () => string): void {
  if (index++ < task.from) return;
  const said = words();
  writeSync(1, `${index - 1} ${said}\n`);
  // So that the tests can see a death.
  if (said.startsWith(`${process.env['TFJS_TEST_HOSTILE_ABORT']}(`)) process.abort();
  try {
    outcomes[make()]++;
  } catch (error) {
    outcomes.foreign++;
    writeSync(1, `foreign ${(error as Error).stack?.split('\n').slice(0, 4).join(' | ')}\n`);
  }
}
function hash(text: string): number {
  let h = 17;
  for (const c of text) h = (Math.imul(h, 31) + c.charCodeAt(0)) | 0;
  return h;
}
const ALONE = { placement: 'device', graphOptions: false } as const;
const COMPILED = { graphOptions: { wholeGraph: true } } as const;

/** Alone, and as a part of what TensorFlow runs as a whole. */
function attemptKnown(call: Call): void {
  for (const config of [ALONE, COMPILED])
    attempt(
      () => wordsOf(call),
      () => {
        const built = isBuilt(call, config);
        if (!built) return 'refused';
        try {
          return [1, 2, 3, 4].map(() => run(built, call))[3];
        } finally {
          built.sess.close();
        }
      },
    );
}
if (task.known) KNOWN.forEach(attemptKnown);
for (const type of task.types ?? nativeTypes()) {
  for (let i = 0; i < task.alone; i++) {
    const random = randomFrom(task.seed * 1000003 + hash(type) + i * 7919);
    const right = i % 3 === 2 ? null : rightCall(type, random);
    const call = right ? spoilt(i % 3 === 1 ? retold(right, random) : right, random, false) : drawn(type, random);
    if (!call) continue;
    attempt(
      () => wordsOf(call),
      () => {
        const built = isBuilt(call, ALONE);
        if (!built) return 'refused';
        try {
          return run(built, call);
        } finally {
          built.sess.close();
        }
      },
    );
  }
  for (let i = 0; i < task.compiled; i++) {
    const random = randomFrom(task.seed * 1000003 + hash(type) + i * 104729 + 1);
    const right = rightCall(type, random);
    if (!right) break;
    const [values, shapes] = [spoilt(right, random, true), spoilt(right, random, false)];
    const order = i % 2 ? [right, right, right, values] : [shapes, shapes, shapes, spoilt(shapes, random, true)];
    attempt(
      () => `compiled ${wordsOf(order[0])} then ${wordsOf(order[3])}`,
      () => {
        const built = isBuilt(right, COMPILED);
        if (!built) return 'refused';
        try {
          return order.map((call) => run(built, call))[3];
        } finally {
          built.sess.close();
        }
      },
    );
  }
}
writeSync(1, `done ${JSON.stringify(outcomes)}\n`);
