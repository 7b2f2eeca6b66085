/**
 * Names of the standard collections.
 *
 *     tf.GraphKeys.TRAINABLE_VARIABLES   // 'trainable_variables'
 */
export const GraphKeys = {
  /** The variables that a session shares, to which `tf.Variable` adds. */
  GLOBAL_VARIABLES: 'variables',
  /** TensorFlow's older name for GLOBAL_VARIABLES. */
  VARIABLES: 'variables',
  /** The variables of this process alone. */
  LOCAL_VARIABLES: 'local_variables',
  /** The variables of metrics. */
  METRIC_VARIABLES: 'metric_variables',
  /** The variables of a model that is to be used for inference. */
  MODEL_VARIABLES: 'model_variables',
  /** The variables that optimizers change. */
  TRAINABLE_VARIABLES: 'trainable_variables',
  /** The variables whose averages are kept. */
  MOVING_AVERAGE_VARIABLES: 'moving_average_variables',
  /** The summaries of a graph. */
  SUMMARIES: 'summaries',
  /** What fills queues. */
  QUEUE_RUNNERS: 'queue_runners',
  /** The operations that fill lookup tables. */
  TABLE_INITIALIZERS: 'table_initializer',
  /** The files that belong to a model. */
  ASSET_FILEPATHS: 'asset_filepaths',
  /** The penalties of regularizers, to which `tf.getVariable` adds. */
  REGULARIZATION_LOSSES: 'regularization_losses',
  /** The variables put together from parts. */
  CONCATENATED_VARIABLES: 'concatenated_variables',
  /** What saves variables. */
  SAVERS: 'savers',
  /** The weights of layers. */
  WEIGHTS: 'weights',
  /** The biases of layers. */
  BIASES: 'biases',
  /** The activations of layers. */
  ACTIVATIONS: 'activations',
  /** The operations to run with each step, as of batch normalization. */
  UPDATE_OPS: 'update_ops',
  /** The losses of a graph. */
  LOSSES: 'losses',
  /** What is saved beside variables. */
  SAVEABLE_OBJECTS: 'saveable_objects',
  /** The resources that a session shares. */
  RESOURCES: 'resources',
  /** The resources of this process alone. */
  LOCAL_RESOURCES: 'local_resources',
  /** The operation that initializes a graph. */
  INIT_OP: 'init_op',
  /** The operation that initializes what is local. */
  LOCAL_INIT_OP: 'local_init_op',
  /** The operation that says whether a graph is ready. */
  READY_OP: 'ready_op',
  /** The operation that says whether local variables may be initialized. */
  READY_FOR_LOCAL_INIT_OP: 'ready_for_local_init_op',
  /** The operation that gives all summaries. */
  SUMMARY_OP: 'summary_op',
  /** The counter of steps. */
  GLOBAL_STEP: 'global_step',
  /** The operation of a training step. */
  TRAIN_OP: 'train_op',
  /** The contexts of conditions. */
  COND_CONTEXT: 'cond_context',
  /** The contexts of loops. */
  WHILE_CONTEXT: 'while_context',
  /** The counter of steps of an evaluation. */
  EVAL_STEP: 'eval_step',
} as const;
