/** Rows of the surface test for SavedModels. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../src';
import type { Row } from './surface-rows';

/** What a body gives of a model that triples, in a folder that goes again. */
function tripled<R>(sess: tf.Session, body: (model: string, x: tf.Tensor, y: tf.Tensor) => R): R {
  const folder = mkdtempSync(path.join(tmpdir(), 'surface-'));
  try {
    const x = tf.placeholder(tf.float32, [], { name: 'x' });
    const y = tf.multiply(x, new tf.Variable(3), { name: 'y' });
    sess.run(tf.globalVariablesInitializer());
    return body(path.join(folder, 'model'), x, y);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
/** What a saved model makes of 2. */
function again(model: string): unknown {
  using sess = new tf.Session({ graph: new tf.Graph() });
  tf.savedModel.load(sess, ['serve'], model);
  return sess.run('y:0', { 'x:0': 2 });
}
const text = (): tf.Tensor => tf.constant(['a'], { name: 'examples' });
export function savedModelRows(): Readonly<Record<string, Row>> {
  const { savedModel } = tf;
  const built = (sess: tf.Session): unknown =>
    tripled(sess, (model) => {
      const builder = new savedModel.Builder(model);
      builder.addMetaGraphAndVariables(sess, ['serve']);
      builder.save();
      return again(model);
    });
  const saved = (sess: tf.Session): unknown =>
    tripled(sess, (model, x, y) => {
      savedModel.simpleSave(sess, model, { x }, { y });
      return again(model);
    });
  const isOne = ([sess, model]: [tf.Session, string]): unknown => [
    savedModel.maybeSavedModelDirectory(model),
    savedModel.containsSavedModel(model),
    sess.graph === tf.getDefaultGraph(),
  ];
  const words = Object.entries({
    ...savedModel.constants,
    ...savedModel.signatureConstants,
    ...savedModel.tagConstants,
  }).map(([name, word]): [string, Row] => [`tf.savedModel.${name}`, [() => word, WORDS[name]]]);
  const of = (examples: tf.Tensor, x: tf.Tensor) => savedModel.regressionSignatureDef(examples, x);
  return {
    ...Object.fromEntries(words),
    'tf.savedModel.constants': [() => savedModel.constants.ASSETS_KEY, 'saved_model_assets'],
    'tf.savedModel.signatureConstants': [() => savedModel.signatureConstants.PREDICT_INPUTS, 'inputs'],
    'tf.savedModel.tagConstants': [() => savedModel.tagConstants.SERVING, 'serve'],
    'tf.savedModel.Builder': [built, 6],
    'tf.savedModel.builder.SavedModelBuilder': [built, 6],
    'tf.savedModel.load': [saved, 6],
    'tf.savedModel.simpleSave': [saved, 6],
    'tf.savedModel.maybeSavedModelDirectory': [
      (sess) => tripled(sess, (model) => isOne([sess, model])),
      [false, false, true],
    ],
    'tf.savedModel.containsSavedModel': [
      (sess) =>
        tripled(sess, (model, x, y) => {
          savedModel.simpleSave(sess, model, { x }, { y });
          return isOne([sess, model]);
        }),
      [true, true, true],
    ],
    'tf.savedModel.mainOp.mainOp': [() => savedModel.mainOp.mainOp().name, 'group_deps'],
    'tf.savedModel.mainOpWithRestore': [
      () => savedModel.mainOpWithRestore(tf.noOp({ name: 'restore' })).controlInputs.map(({ name }) => name),
      ['group_deps', 'restore'],
    ],
    'tf.savedModel.buildTensorInfo': [() => savedModel.buildTensorInfo(text()).name, 'examples:0'],
    'tf.savedModel.getTensorFromTensorInfo': [
      () => savedModel.getTensorFromTensorInfo(savedModel.buildTensorInfo(text())),
      ['a'],
    ],
    'tf.savedModel.buildSignatureDef': [
      () =>
        savedModel.buildSignatureDef({ x: savedModel.buildTensorInfo(text()) }, null, 'mine').inputs.get('x')?.dtype,
      7,
    ],
    'tf.savedModel.predictSignatureDef': [
      () =>
        savedModel
          .predictSignatureDef({ inputs: text() }, { outputs: tf.zeros([2], { name: 'y' }) })
          .outputs.get('outputs')?.name,
      'y:0',
    ],
    'tf.savedModel.regressionSignatureDef': [() => of(text(), tf.zeros([1])).methodName, 'tensorflow/serving/regress'],
    'tf.savedModel.classificationSignatureDef': [
      () => [...savedModel.classificationSignatureDef(text(), text(), tf.zeros([1, 2])).outputs.keys()],
      ['classes', 'scores'],
    ],
    'tf.savedModel.isValidSignature': [() => savedModel.isValidSignature(of(text(), tf.zeros([1]))), true],
  };
}
const WORDS: Readonly<Record<string, unknown>> = {
  ASSETS_DIRECTORY: 'assets',
  ASSETS_KEY: 'saved_model_assets',
  LEGACY_INIT_OP_KEY: 'legacy_init_op',
  MAIN_OP_KEY: 'saved_model_main_op',
  SAVED_MODEL_FILENAME_PB: 'saved_model.pb',
  SAVED_MODEL_FILENAME_PBTXT: 'saved_model.pbtxt',
  SAVED_MODEL_SCHEMA_VERSION: 1,
  VARIABLES_DIRECTORY: 'variables',
  VARIABLES_FILENAME: 'variables',
  DEFAULT_SERVING_SIGNATURE_DEF_KEY: 'serving_default',
  CLASSIFY_INPUTS: 'inputs',
  CLASSIFY_METHOD_NAME: 'tensorflow/serving/classify',
  CLASSIFY_OUTPUT_CLASSES: 'classes',
  CLASSIFY_OUTPUT_SCORES: 'scores',
  PREDICT_INPUTS: 'inputs',
  PREDICT_METHOD_NAME: 'tensorflow/serving/predict',
  PREDICT_OUTPUTS: 'outputs',
  REGRESS_INPUTS: 'inputs',
  REGRESS_METHOD_NAME: 'tensorflow/serving/regress',
  REGRESS_OUTPUTS: 'outputs',
  SERVING: 'serve',
  TRAINING: 'train',
  GPU: 'gpu',
  TPU: 'tpu',
};
