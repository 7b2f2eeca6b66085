/**
 * How many of 715 public scripts have all their names of what stands around a graph. The scripts themselves are not on
 * file, but in how many each name stands is: so at most as many lack one as the uses of what is absent add up to.
 */
import * as tf from '../src';
import { camel, ours } from '../src/surface/names';
import { SCRIPTS, USES } from './uses';

const { train } = tf;
/** What has the names that scripts ask objects for. */
const objectsOf = (sess: tf.Session): Readonly<Record<string, object>> => ({
  ConfigProto: new tf.ConfigProto({ gpuOptions: {}, graphOptions: {} }),
  Coordinator: train.Coordinator.prototype,
  DataSet: tf.examples.tutorials.mnist.inputData.readDataSets().test,
  ExponentialMovingAverage: train.ExponentialMovingAverage.prototype,
  FileWriter: tf.summary.FileWriter.prototype,
  Graph: new tf.Graph(),
  Operation: tf.constant(1).op,
  Optimizer: train.Optimizer.prototype,
  Queue: tf.QueueBase.prototype,
  QueueRunner: train.QueueRunner.prototype,
  Reader: tf.ReaderBase.prototype,
  RecordWriter: tf.pythonIo.TFRecordWriter.prototype,
  RunMetadata: new tf.RunMetadata(),
  Saver: train.Saver.prototype,
  Session: sess,
  Supervisor: new train.Supervisor({ graph: new tf.Graph() }),
  Tensor: tf.constant(1),
  Variable: new tf.Variable(1),
  VariableScope: tf.getVariableScope(),
});
const MONITORED = ['Session.should_stop'];

function isHere(name: string, objects: Readonly<Record<string, object>>): boolean {
  if (MONITORED.includes(name.slice(1))) return camel('should_stop') in train.MonitoredSession.prototype;
  const steps = name.split('.');
  const last = steps.pop() ?? '';
  const isOfObject = name.startsWith('.');
  const start = isOfObject ? objects[steps.at(-1) ?? ''] : tf;
  let at: unknown = start;
  for (const step of [...(isOfObject ? [] : steps.map((each) => ours(each))), camel(last)]) {
    if (typeof at !== 'function' && (typeof at !== 'object' || at === null)) return false;
    if (!(step in at)) return false;
    at = Reflect.get(at, step);
  }
  return at !== undefined;
}

test('at least 85 % of the scripts have all their names', () => {
  using sess = new tf.Session('', { config: { device: 'portable' } });
  const objects = objectsOf(sess);
  const absent = Object.values(USES)
    .flatMap((list) => list.trim().split(/,\s+/))
    .filter((use) => !isHere(use.split(' ')[0], objects));
  const scripts = absent.reduce((sum, use) => sum + Number(use.split(' ')[1]), 0);
  expect({ absent, share: scripts / SCRIPTS <= 0.15 }).toEqual({ absent, share: true });
});
