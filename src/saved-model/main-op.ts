/** `tf.savedModel.mainOp`: operations for the `mainOp` of a model. */
import { bound } from '../calls/bind';
import { waitingFor } from '../control/framework';
import { grouped } from '../control/group';
import { getDefaultGraph, type Operation } from '../graph/graph';
import { globalVariablesInitializer, localVariablesInitializer, tablesInitializer } from '../variables/collections';

const initializers = (): Operation =>
  grouped([globalVariablesInitializer(), localVariablesInitializer(), tablesInitializer()]);
/**
 * An operation that initializes all variables, local ones and tables.
 *
 *     tf.savedModel.mainOp.mainOp().type   // 'NoOp'
 *
 * @returns  an operation
 * @throws TypeError  for arguments
 */
export const mainOp = bound('saved_model.main_op.main_op', initializers);
/**
 * The same, and then an operation that restores variables.
 *
 *     const w = new tf.Variable(1);
 *     const restore = new tf.train.Saver().asSaverDef()!.restoreOpName;
 *     tf.savedModel.mainOpWithRestore(restore).type   // 'NoOp'
 *
 * @param restoreOpName  an operation, or the name of one in the default graph
 * @returns  an operation
 * @throws KeyError  if there is none of that name
 */
export const mainOpWithRestore = bound(
  'saved_model.main_op_with_restore',
  (restoreOpName: string | Operation): Operation =>
    waitingFor([initializers()], () =>
      grouped([
        typeof restoreOpName === 'string' ? getDefaultGraph().getOperationByName(restoreOpName) : restoreOpName,
      ]),
    ),
);
