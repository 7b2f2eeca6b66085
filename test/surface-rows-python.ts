/** Rows of the surface test for modules that programs import from inside TensorFlow, and of its first tutorial. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../src';
import type { Row } from './surface-rows';

const MODEL = tf.examples.tutorials.mnist.mnist;
const { deviceLib } = tf.python.client;
const { tensorShape } = tf.python.framework;
const { fileIo } = tf.python.lib.io;
/** What a body gives that may write into a folder. */
function inFolder<R>(body: (at: (name: string) => string) => R): R {
  const folder = mkdtempSync(path.join(tmpdir(), 'surface-'));
  try {
    return body((name) => path.join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const written = (name: string): string => {
  writeFileSync(name, 'one\ntwo\n');
  return name;
};
const after = <T>(_: unknown, value: T): T => value;
export function pythonRows(): Readonly<Record<string, Row>> {
  return {
    'tf.python.client.deviceLib.listLocalDevices': [
      () => deviceLib.listLocalDevices().map(({ name }) => name),
      ['/job:localhost/replica:0/task:0/device:CPU:0'],
    ],
    'tf.python.framework.tensorShape.scalar': [() => tensorShape.scalar().asList(), []],
    'tf.python.framework.tensorShape.vector': [() => tensorShape.vector(3).asList(), [3]],
    'tf.python.framework.tensorShape.matrix': [() => tensorShape.matrix(2, null).asList(), [2, null]],
    'tf.python.lib.io.fileIo.readFileToString': [
      () => inFolder((at) => fileIo.readFileToString(written(at('a')))),
      'one\ntwo\n',
    ],
    'tf.python.lib.io.fileIo.writeStringToFile': [
      () =>
        inFolder((at) =>
          after(fileIo.writeStringToFile(at('a'), 'b'), fileIo.readFileToString(at('a'), { binaryMode: true }).length),
        ),
      1,
    ],
    'tf.python.pywrapTensorflow.EventsWriter': [
      () =>
        inFolder((at) => {
          const writer = new tf.python.pywrapTensorflow.EventsWriter(at('logs'));
          writer.WriteEvent(new tf.Event({ step: 3 }));
          const path = writer.FileName();
          writer.Close();
          return [...tf.train.summaryIterator(path)].map(({ step }) => step);
        }),
      [0, 3],
    ],
    'tf.examples.tutorials.mnist.mnist.NUM_CLASSES': [() => MODEL.NUM_CLASSES, 10],
    'tf.examples.tutorials.mnist.mnist.IMAGE_SIZE': [() => MODEL.IMAGE_SIZE, 28],
    'tf.examples.tutorials.mnist.mnist.IMAGE_PIXELS': [() => MODEL.IMAGE_PIXELS, 784],
    'tf.examples.tutorials.mnist.mnist.inference': [() => tf.shape(MODEL.inference(tf.ones([2, 784]), 4, 4)), [2, 10]],
    'tf.examples.tutorials.mnist.mnist.loss': [() => MODEL.loss([[0, 0]], [1]), Math.LN2],
    'tf.examples.tutorials.mnist.mnist.training': [
      (sess) => {
        const train = MODEL.training(MODEL.loss(MODEL.inference(tf.ones([1, 784]), 4, 4), [3]), 0.01);
        sess.run(tf.globalVariablesInitializer());
        sess.run(train);
        return sess.run(tf.globalVariables().slice(-1)[0]);
      },
      1,
    ],
    'tf.examples.tutorials.mnist.mnist.evaluation': [
      () =>
        MODEL.evaluation(
          [
            [0.1, 0.9],
            [0.8, 0.2],
          ],
          [1, 1],
        ),
      1,
    ],
  };
}
