/** Files that programs read, each with what reads it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tf from '../../../src';
import { bytesOf } from '../../../src/format/bundle-data';
import { run } from '../../../cli/saved-model/run';
import { show } from '../../../cli/saved-model/show';
import type { Seal } from './mutations';

/** Takes what is read, piece by piece. */
export type Seen = (piece: string) => void;
export interface Reading {
  readonly how: string;
  /** Whether errors name the file: bytes that a program reads itself have no name. */
  readonly isNamed: boolean;
  read(seen: Seen): void;
}
export interface Subject {
  readonly name: string;
  /** What is changed. */
  readonly file: string;
  readonly seal: Seal;
  /** Checksums protect it: it is read as it was, or not at all; records up to where it is damaged. */
  readonly guarded: 'whole' | 'records' | null;
  readonly readings: readonly Reading[];
}

const text = (data: tf.NDArray['data']): string =>
  createHash('sha1')
    .update(Array.isArray(data) ? JSON.stringify(data) : bytesOf(data))
    .digest('base64');
export const shown = (name: string, { dtype, shape, data }: tf.NDArray): string =>
  `${name} ${dtype.name} [${shape.join()}] ${text(data)}`;
export const reading = (how: string, read: Reading['read'], isNamed = true): Reading => ({ how, isNamed, read });
const CONFIG = { device: 'portable', advice: false } as const;
/** In a graph of its own. */
export function inGraph<T>(body: (graph: tf.Graph) => T): T {
  const graph = new tf.Graph();
  return graph.asDefault(() => body(graph));
}
export const opened = (graph: tf.Graph): tf.Session => new tf.Session('', { graph, config: CONFIG });

// --- checkpoints ----------------------------------------------------------------------------------------------

/** What reads a checkpoint without a graph. */
export function checkpointReadings(prefix: string): Reading[] {
  return [
    reading('NewCheckpointReader', (seen) => {
      const reader = tf.train.NewCheckpointReader(prefix);
      try {
        for (const name of Object.keys(reader.getVariableToShapeMap())) seen(shown(name, reader.getTensor(name)));
        reader.debugString();
      } finally {
        reader.close();
      }
    }),
    reading('listVariables', (seen) => {
      for (const [name, shape] of tf.train.listVariables(prefix)) seen(`${name} [${shape.join()}]`);
    }),
    reading('loadVariable', (seen) => {
      const reader = tf.train.loadCheckpoint(prefix);
      const names = Object.keys(reader.getVariableToShapeMap());
      reader.close();
      for (const name of names.slice(0, 3)) seen(shown(name, tf.train.loadVariable(prefix, `${name}:0`)));
    }),
  ];
}
type Shapes = readonly (readonly [name: string, dtype: tf.DType, shape: readonly number[]])[];
/** Variables as a checkpoint has them, each with a value that is none of the file's. */
function variables(shapes: Shapes): tf.Variable[] {
  return shapes.map(([name, dtype, shape]) =>
    tf.getVariable(name, { shape, dtype, initializer: tf.zerosInitializer() }),
  );
}
export function shapesIn(prefix: string): Shapes {
  const reader = tf.train.NewCheckpointReader(prefix);
  const dtypes = reader.getVariableToDtypeMap();
  const shapes = Object.entries(reader.getVariableToShapeMap()).map(
    ([name, shape]) => [name, dtypes[name], shape] as const,
  );
  reader.close();
  return shapes;
}
function valuesOf(sess: tf.Session, all: readonly tf.Variable[], seen: Seen): void {
  const values = sess.run([...all]) as unknown[];
  values.forEach((value, i) =>
    seen(`${all[i].name} ${value instanceof tf.NDArray ? text(value.data) : JSON.stringify(value, numbers)}`),
  );
}
const numbers = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
/** What reads it into a session. */
export function restoreReadings(prefix: string, shapes: Shapes): Reading[] {
  const graph = new tf.Graph();
  const { saver, all } = graph.asDefault(() => {
    const all = variables(shapes);
    return { all, saver: new tf.train.Saver(all) };
  });
  const sess = opened(graph);
  const begun = (how: (all: tf.Variable[]) => void) => (seen: Seen) =>
    inGraph((graph) => {
      const all = variables(shapes);
      how(all);
      using sess = opened(graph);
      sess.run(tf.globalVariablesInitializer());
      valuesOf(sess, all, seen);
    });
  return [
    reading('Saver.restore', (seen) => {
      saver.restore(sess, prefix);
      valuesOf(sess, all, seen);
    }),
    reading(
      'initFromCheckpoint',
      begun(() => tf.train.initFromCheckpoint(prefix, { '/': '/' })),
    ),
    reading(
      'warmStart',
      begun(() => tf.train.warmStart(prefix)),
    ),
  ];
}
export function stateReadings(folder: string): Reading[] {
  return [
    reading('getCheckpointState', () => void tf.train.getCheckpointState(folder)),
    reading('latestCheckpoint', () => void tf.train.latestCheckpoint(folder)),
    reading('loadCheckpoint of a folder', () => tf.train.loadCheckpoint(folder).close()),
  ];
}

// --- graphs ---------------------------------------------------------------------------------------------------

/** What reads a file of a graph, in bytes or in text. */
export function graphReadings(file: string): Reading[] {
  const parse = (): tf.GraphDef =>
    file.endsWith('.pbtxt')
      ? tf.GraphDef.fromText(readFileSync(file, 'utf8'))
      : tf.GraphDef.fromString(readFileSync(file));
  return [
    reading('importGraphDef', () => inGraph(() => void tf.importGraphDef(parse(), { name: '' })), false),
    reading('GraphDef as text', () => void parse().toString(), false),
  ];
}
export function metaGraphReadings(file: string): Reading[] {
  return [
    reading('importMetaGraph', () => inGraph(() => void tf.train.importMetaGraph(file))),
    reading('importMetaGraph in a scope', () =>
      inGraph(() => void tf.train.importMetaGraph(file, { clearDevices: true, importScope: 'in' })),
    ),
    reading('MetaGraphDef as text', () => void tf.MetaGraphDef.fromString(readFileSync(file)).toString(), false),
  ];
}

// --- SavedModels ----------------------------------------------------------------------------------------------

/** @param inputs  what is fed to its signature, as the command takes it */
export function modelReadings(folder: string, inputs: string): Reading[] {
  return [
    reading('load', (seen) =>
      inGraph((graph) => {
        using sess = opened(graph);
        tf.savedModel.load(sess, ['serve'], folder);
        valuesOf(sess, tf.globalVariables(), seen);
      }),
    ),
    reading('model show', () => show(folder, { all: true })),
    modelRun(folder, inputs),
  ];
}
export function modelRun(folder: string, inputs: string): Reading {
  return reading('model run', () =>
    run(folder, { signature: 'serving_default', inputs: [inputs], tagSet: 'serve', device: 'portable' }),
  );
}

// --- records and digits ---------------------------------------------------------------------------------------

export function eventReadings(file: string): Reading[] {
  return [
    reading('summaryIterator', (seen) => {
      for (const event of tf.train.summaryIterator(file))
        seen(Buffer.from(event.serializeToString()).toString('base64'));
    }),
  ];
}
export function recordReadings(file: string, compression: '' | 'GZIP' | 'ZLIB'): Reading[] {
  return [
    reading('tfRecordIterator', (seen) => {
      for (const record of tf.pythonIo.tfRecordIterator(file, compression))
        seen(Buffer.from(record).toString('base64'));
    }),
  ];
}
export function digitReadings(folder: string): Reading[] {
  const { readDataSets } = tf.examples.tutorials.mnist.inputData;
  return [
    reading('readDataSets', (seen) => {
      const { train, test } = readDataSets(folder, { validationSize: 0 });
      for (const set of [train, test]) seen(text(set.images) + text(set.labels as Uint8Array));
    }),
  ];
}
