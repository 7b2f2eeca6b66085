/** `tf.savedModel.simpleSave`: a graph for serving, in one call. */
import { bound } from '../calls/bind';
import type { Operation, Tensor } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { Runner } from '../train/saver/arguments';
import { Builder } from './builder';
import { DEFAULT_SERVING_SIGNATURE_DEF_KEY } from './signature-constants';
import { predict, type Tensors } from './signature-def-utils';
import { SERVING } from './tag-constants';

/**
 * Writes the session's graph as a SavedModel with one signature, for serving: the usual case of
 * `tf.savedModel.Builder`. Files in the collection `tf.GraphKeys.ASSET_FILEPATHS` go along.
 *
 *     const x = tf.placeholder(tf.float32, [null], { name: 'x' });
 *     tf.savedModel.simpleSave(sess, `${folder}/model`, { x }, { y: tf.square(x) });
 *     tf.savedModel.maybeSavedModelDirectory(`${folder}/model`)   // true
 *
 * @param session       a session in which the variables have values
 * @param exportDir     a folder that is empty, or not there yet
 * @param inputs        tensors that are fed, by the names that callers use
 * @param outputs       tensors that are fetched, by name
 * @param legacyInitOp  an operation that is run after a load
 * @throws AssertionError  if something is in the folder
 * @throws ValueError      where inputs or outputs are empty
 */
export const simpleSave = bound('saved_model.simple_save', saved);
function saved(session: Runner, exportDir: string, inputs: Tensors, outputs: Tensors, legacyInitOp?: Operation): void {
  const builder = new Builder(exportDir);
  builder.addMetaGraphAndVariables(session, [SERVING], {
    signatureDefMap: { [DEFAULT_SERVING_SIGNATURE_DEF_KEY]: predict(inputs, outputs) },
    assetsCollection: session.graph.getCollection<Tensor>(GraphKeys.ASSET_FILEPATHS),
    mainOp: legacyInitOp,
    clearDevices: true,
  });
  builder.save();
}
