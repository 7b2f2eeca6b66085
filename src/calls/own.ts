/** What of signatures is ours. */
const CLASS = 'name=None, dtype=None, _scope=None, _reuse=None';
const INITIALIZED = 'activation=None, use_bias=True, kernel_initializer=None, bias_initializer=...';
const PENALIZED = 'kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None';
const PEEPHOLES = 'use_peepholes=False, cell_clip=None';
const VARIATIONAL = 'variational_recurrent=False, input_size=None';
const REMEMBERED = 'forget_bias=1.0, state_is_tuple=True, activation=None, reuse=None, name=None, dtype=None';
const PROJECTED = 'num_proj=None, proj_clip=None';
const WEIGHED_LAST = 'trainable=None, constraint=None, use_resource=None, partitioner=None';
const SHARDS = 'num_unit_shards=None, num_proj_shards=None';
const KEPT = 'input_keep_prob=1.0, output_keep_prob=1.0, state_keep_prob=1.0';
const VISITOR = 'dropout_state_filter_visitor=None';
const KERNELS = 'kernel_initializer=None, bias_initializer=None';
const WEIGHED = 'normalizer_fn=None, normalizer_params=None, weights_initializer=..., weights_regularizer=None';
const BIASED = 'biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None';
const CONNECTED =
  `inputs, num_outputs, ${WEIGHED}, ${BIASED}, outputs_collections=None, trainable=True, scope=None` as const;
const WEIGHTS = `${INITIALIZED}, ${PENALIZED}, kernel_constraint=None, bias_constraint=None, trainable=True` as const;
const APART =
  'depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer=None, pointwise_initializer=None';
const APART_BIAS =
  'bias_initializer=..., depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None';
const APART_LIMITS =
  'activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None';
const SEPARATE = `${APART}, ${APART_BIAS}, ${APART_LIMITS}, trainable=True, ${CLASS}` as const;
const PICTURES = "padding='valid', data_format='channels_last'";
const AVERAGES = 'moving_mean_initializer=..., moving_variance_initializer=...';
const STARTS = `beta_initializer=..., gamma_initializer=..., ${AVERAGES}` as const;
const LIMITS = 'beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None';
const RENORMALIZED = 'renorm=False, renorm_clipping=None, renorm_momentum=0.99, fused=None';
const SCALED = 'axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True';
const NORMALIZED = `${SCALED}, ${STARTS}, ${LIMITS}, ${RENORMALIZED}` as const;
/**
 * What is taken otherwise than TensorFlow 1.15 takes it, and what TensorFlow does not have, in the notation of
 * generated/signatures.ts. Names of Python's that are missing from a line here are refused by name.
 */
export const OWN = {
  // What Python's decorators hide; what a `with` block holds is a function that comes last.
  'test.TestCase.session': 'graph=None, config=None, use_gpu=False, force_gpu=False',
  'test.TestCase.cached_session': 'graph=None, config=None, use_gpu=False, force_gpu=False',
  'test.TestCase.assertRaises': 'expected_exception, callable',
  'test.TestCase.assertRaisesRegexp': 'expected_exception, expected_regex, callable',
  'test.TestCase.assertNotAllClose': 'a, b, rtol=1e-06, atol=1e-06, msg=None',
  // TensorFlow before 1.0.
  batch_matmul: 'x, y, adj_x=False, adj_y=False, name=None',
  // Without those of absl's arguments that say in which module a flag is.
  'flags.DEFINE_string': 'name, default, help, required=False',
  'flags.DEFINE_boolean': 'name, default, help, required=False',
  'flags.DEFINE_bool': 'name, default, help, required=False',
  'flags.DEFINE_integer': 'name, default, help, lower_bound=None, upper_bound=None, required=False',
  'flags.DEFINE_float': 'name, default, help, lower_bound=None, upper_bound=None, required=False',
  'flags.DEFINE_list': 'name, default, help, required=False',
  'flags.DEFINE_enum': 'name, default, enum_values, help, required=False',
  'flags.mark_flag_as_required': 'flag_name',
  'app.run': 'main, argv=None',
  'gfile.Open.seek': 'offset, whence=0',
  // Python's **kwargs, by name.
  group: '*inputs, name=None',
  einsum: 'equation, *inputs, name=None',
  // The packaged digits where no folder is given.
  'examples.tutorials.mnist.input_data.read_data_sets':
    'train_dir=None, fake_data=False, one_hot=False, dtype=float32, reshape=True, validation_size=5000, seed=None, ' +
    'source_url=None',
  'examples.tutorials.mnist.mnist.inference': 'images, hidden1_units, hidden2_units',
  'examples.tutorials.mnist.mnist.loss': 'logits, labels',
  'examples.tutorials.mnist.mnist.training': 'loss, learning_rate',
  'examples.tutorials.mnist.mnist.evaluation': 'logits, labels',
  get_seed: 'op_seed=None',
  'Initializer.call': 'shape, dtype=None, partition_info=None',
  // A class of C++, whose methods say nothing of their arguments.
  'CheckpointReader.get_variable_to_shape_map': '',
  'CheckpointReader.get_variable_to_dtype_map': '',
  'CheckpointReader.has_tensor': 'tensor_str',
  'CheckpointReader.get_tensor': 'tensor_str',
  'CheckpointReader.debug_string': '',
  'CheckpointReader.close': '',
  'python.pywrap_tensorflow.EventsWriter': 'file_prefix',
  'python.pywrap_tensorflow.EventsWriter.InitWithSuffix': 'suffix',
  'python.pywrap_tensorflow.EventsWriter.FileName': '',
  'python.pywrap_tensorflow.EventsWriter.WriteEvent': 'event',
  'python.pywrap_tensorflow.EventsWriter.Flush': '',
  'python.pywrap_tensorflow.EventsWriter.Close': '',
  // Of modules that are not public.
  'python.client.device_lib.list_local_devices': 'session_config=None',
  'python.framework.tensor_shape.scalar': '',
  'python.framework.tensor_shape.vector': 'length',
  'python.framework.tensor_shape.matrix': 'rows, cols',
  'python.lib.io.file_io.read_file_to_string': 'filename, binary_mode=False',
  'python.lib.io.file_io.write_string_to_file': 'filename, file_content',
  // With what its graphs may touch.
  'train.Server':
    'server_or_cluster_def, job_name=None, task_index=None, protocol=None, config=None, start=True, \
allow_files=None, limits=None',
  'train.Server.create_local_server': 'config=None, start=True, allow_files=None, limits=None',
  // What goes on to others in Python, by name.
  'saved_model.load': 'sess, tags, export_dir, import_scope=None, clear_devices=False, input_map=None',
  'train.import_meta_graph': 'meta_graph_or_file, clear_devices=False, import_scope=None, input_map=None',
  // What TensorFlow does not have.
  'graph_util.convert_constants_to_variables': 'graph_def, filter=None',
  'examples.report':
    'path, history, images, labels, predictions=None, probabilities=None, title=None, session=None, ' +
    'image_shape=None, class_names=None, weights=None, graph=None, hyperparameters=None, figures=None, ' +
    'set=None, cost_of=None, accuracy_of=None',
  // Arrays have a few of NumPy's methods.
  'NDArray.to_array': '',
  'NDArray.item': 'offset=0',
  'NDArray.row': 'i',
  'NDArray.slice': 'begin=None, end=None',
  'NDArray.argmax': 'axis=None',
  'NDArray.mean': '',
  'NDArray.bytes': '',
  // Python's shape[begin:end].
  'TensorShape.slice': 'begin=None, end=None',
  'NDArray.reshape': 'shape',
  // One may be ended from outside.
  'Session.run_async': 'fetches, feed_dict=None, options=None, run_metadata=None, signal=None',
  // What a run took is drawn without arrows, and nothing is known of its memory.
  Timeline: 'step_stats, graph=None',
  'Timeline.generate_chrome_trace_format': 'show_dataflow=False, show_memory=False',
  // Named by what `get_session_handle` gives alone.
  'TensorHandle.eval': '',
  'TensorHandle.delete': '',
  'TensorHandle.get_raw_handle': '',
  // Messages of settings, by name alone.
  RunOptions: 'trace_level=0, observer=None, timeout_in_ms=0',
  explain_gradient: 'y, x, session=None, feeds=None',
  profile: 'stats',
  registered_ops: '',
  print: '*inputs, output_stream=stderr, summarize=3, sep=..., end=..., name=None',
  // There are no raw options here.
  'Session.make_callable': 'fetches, feed_list=None',
  // A worker is what a grpc:// target is to Python.
  Session: "target='', graph=None, config=None, worker=None",
  // The node's name, as all that makes one takes it.
  is_variable_initialized: 'variable, name=None',
  'Variable.count_up_to': 'limit, name=None',
  // A context manager.
  'train.Supervisor.managed_session': "master='', config=None, start_standard_services=True, close_summary_writer=True",
  // Named tuples.
  FixedLenFeature: 'shape, dtype, default_value=None',
  VarLenFeature: 'dtype',
  FixedLenSequenceFeature: 'shape, dtype, allow_missing=False, default_value=None',
  'train.VocabInfo':
    'new_vocab, new_vocab_size, num_oov_buckets, old_vocab, old_vocab_size=-1, backup_initializer=None, axis=0',
  'train.SessionRunArgs': 'fetches, feed_dict=None, options=None',
  'train.SessionRunValues': 'results, options, run_metadata',
  // What is made for each slice.
  'strided_slice.assign': 'val, name=None',
  // In Python only variables behind a handle have it.
  'Variable.is_initialized': 'name=None',
  // Python's take no use_locking, which the functions of tf do.
  'Variable.scatter_nd_update': 'indices, updates, use_locking=True, name=None',
  'Variable.scatter_nd_add': 'indices, updates, use_locking=True, name=None',
  'Variable.scatter_nd_sub': 'indices, updates, use_locking=True, name=None',
  // The dtype is an argument of the call in Python.
  'initializers.lecun_normal': 'seed=None, dtype=float32',
  'initializers.lecun_uniform': 'seed=None, dtype=float32',
  'initializers.he_normal': 'seed=None, dtype=float32',
  'initializers.he_uniform': 'seed=None, dtype=float32',
  // Made of another function, of which they give one argument.
  'contrib.layers.linear': CONNECTED,
  'contrib.layers.relu': CONNECTED,
  'contrib.layers.relu6': CONNECTED,
  'contrib.tensorboard.plugins.projector.visualize_embeddings': 'summary_writer, config',
  // Settings come by name, before the body.
  'contrib.framework.arg_scope': 'list_ops_or_scope',
  // Python's **kwargs of layers, by name.
  'layers.Layer': `trainable=True, ${CLASS}`,
  'layers.Layer.add_weight': `name, shape, dtype=None, initializer=None, regularizer=None, ${WEIGHED_LAST}`,
  'layers.Dense': `units, ${WEIGHTS}, ${CLASS}`,
  'layers.Conv1D': `filters, kernel_size, strides=1, ${PICTURES}, dilation_rate=1, ${WEIGHTS}, ${CLASS}`,
  'layers.Conv2D': `filters, kernel_size, strides=[1,1], ${PICTURES}, dilation_rate=[1,1], ${WEIGHTS}, ${CLASS}`,
  'layers.SeparableConv1D': `filters, kernel_size, strides=1, ${PICTURES}, dilation_rate=1, ${SEPARATE}`,
  'layers.SeparableConv2D': `filters, kernel_size, strides=[1,1], ${PICTURES}, dilation_rate=[1,1], ${SEPARATE}`,
  'layers.Conv2DTranspose': `filters, kernel_size, strides=[1,1], ${PICTURES}, ${WEIGHTS}, ${CLASS}`,
  'layers.AveragePooling1D': `pool_size, strides, ${PICTURES}, name=None, dtype=None`,
  'layers.AveragePooling2D': `pool_size, strides, ${PICTURES}, name=None, dtype=None`,
  'layers.MaxPooling1D': `pool_size, strides, ${PICTURES}, name=None, dtype=None`,
  'layers.Conv3D': `filters, kernel_size, strides=[1,1,1], ${PICTURES}, dilation_rate=[1,1,1], ${WEIGHTS}, ${CLASS}`,
  'layers.Conv3DTranspose': `filters, kernel_size, strides=[1,1,1], ${PICTURES}, ${WEIGHTS}, ${CLASS}`,
  'layers.MaxPooling3D': `pool_size, strides, ${PICTURES}, name=None, dtype=None`,
  'layers.AveragePooling3D': `pool_size, strides, ${PICTURES}, name=None, dtype=None`,
  'layers.MaxPooling2D': `pool_size, strides, ${PICTURES}, name=None, dtype=None`,
  'layers.Dropout': 'rate=0.5, noise_shape=None, seed=None, name=None, dtype=None',
  'layers.Flatten': 'data_format=None, name=None, dtype=None',
  // Python's **kwargs of cells, by name.
  'nn.rnn_cell.RNNCell': `trainable=True, ${CLASS}`,
  'contrib.rnn.LayerRNNCell': `trainable=True, ${CLASS}`,
  'contrib.rnn.NASCell': 'num_units, num_proj=None, use_bias=False, reuse=None, trainable=True, name=None, dtype=None',
  // Python calls the cell itself.
  'contrib.rnn.FusedRNNCell.apply': 'inputs, initial_state=None, dtype=None, sequence_length=None, scope=None',
  'nn.rnn_cell.RNNCell.apply': 'inputs, state, scope=None',
  'nn.rnn_cell.LSTMStateTuple': 'c, h',
  'contrib.seq2seq.BasicDecoderOutput': 'rnn_output, sample_id',
  'contrib.seq2seq.BeamSearchDecoderOutput': 'scores, predicted_ids, parent_ids',
  'contrib.seq2seq.BeamSearchDecoderState': 'cell_state, log_probs, finished, lengths, accumulated_attention_probs',
  'contrib.seq2seq.FinalBeamSearchDecoderOutput': 'predicted_ids, beam_search_decoder_output',
  'contrib.seq2seq.AttentionWrapperState':
    'cell_state, attention, time, alignments, alignment_history, attention_state',
  // What goes on to tf.cumsum in Python.
  'contrib.seq2seq.safe_cumprod': 'x, axis=0, exclusive=False, reverse=False, name=None',
  // Python's **kwargs, by name: what all helpers are given.
  'contrib.seq2seq.AttentionMechanism.apply': 'query, state',
  'contrib.seq2seq.TrainingHelper.sample': 'time, outputs, state=None, name=None',
  'contrib.seq2seq.TrainingHelper.next_inputs': 'time, outputs, state, sample_ids=None, name=None',
  'contrib.seq2seq.ScheduledEmbeddingTrainingHelper.sample': 'time, outputs, state=None, name=None',
  'contrib.seq2seq.ScheduledOutputTrainingHelper.sample': 'time, outputs, state=None, name=None',
  'contrib.seq2seq.dynamic_decode':
    'decoder, output_time_major=False, impute_finished=False, maximum_iterations=None, parallel_iterations=32, ' +
    'swap_memory=False, scope=None',
  'nn.rnn_cell.BasicRNNCell': 'num_units, activation=None, reuse=None, name=None, dtype=None',
  'nn.rnn_cell.GRUCell': `num_units, activation=None, reuse=None, ${KERNELS}, name=None, dtype=None`,
  'nn.rnn_cell.BasicLSTMCell': `num_units, ${REMEMBERED}`,
  'nn.rnn_cell.LSTMCell': `num_units, ${PEEPHOLES}, initializer=None, ${PROJECTED}, ${SHARDS}, ${REMEMBERED}`,
  'nn.rnn_cell.DropoutWrapper': `cell, ${KEPT}, ${VARIATIONAL}, dtype=None, seed=None, ${VISITOR}`,
  'nn.rnn_cell.ResidualWrapper': 'cell, residual_fn=None',
  'nn.rnn_cell.DeviceWrapper': 'cell, device',
  'layers.BatchNormalization': `${NORMALIZED}, trainable=True, virtual_batch_size=None, adjustment=None, ${CLASS}`,
} as const;

/** Arguments for which null is not the default: None says something there. */
export const NULLS: ReadonlySet<string> = new Set([
  'loss_collection',
  'activation_fn',
  'biases_initializer',
  'updates_collections',
  'save_checkpoint_secs',
  'save_checkpoint_steps',
  'save_summaries_secs',
  'save_summaries_steps',
  'log_step_count_steps',
  'train.StepCounterHook:every_n_steps',
  'train.Supervisor:ready_op',
  'train.Supervisor:ready_for_local_init_op',
  'train.Supervisor:init_op',
  'train.Supervisor:local_init_op',
  'train.Supervisor:summary_op',
  'train.Supervisor:saver',
  'train.Supervisor:global_step',
  'train.Supervisor:summary_writer',
]);

/** Arguments whose value is an object of some class, or one's own of that form: the method that is called first. */
export const METHODS: Readonly<Record<string, string>> = {
  session_creator: 'createSession',
  scaffold: 'finalize',
  'train.global_step:sess': 'run',
  'saved_model.Builder.add_meta_graph_and_variables:sess': 'run',
  'saved_model.simple_save:session': 'run',
  'train.basic_train_loop:supervisor': 'managedSession',
  'train.Saver:builder': 'build',
  'train.Supervisor:saver': 'asSaverDef',
  'train.Scaffold:saver': 'asSaverDef',
  'train.SyncReplicasOptimizer:opt': 'computeGradients',
  'train.SyncReplicasOptimizer:variable_averages': 'apply',
  'train.CheckpointSaverHook:saver': 'asSaverDef',
  session_manager: 'prepareSession',
  'train.Supervisor:summary_writer': 'addSessionLog',
  'contrib.legacy_seq2seq.rnn_decoder:cell': 'apply',
  'contrib.learn.preprocessing.VocabularyProcessor:vocabulary': 'freeze',
};
/** Arguments that are lists, and never a tensor. */
export const LISTS: ReadonlySet<string> = new Set([
  'hooks',
  'chief_only_hooks',
  'skip_list',
  'decay_var_list',
  'boundaries',
  'train.piecewise_constant:values',
  'train.piecewise_constant_decay:values',
  'math.polyval:coeffs',
  'nn.sufficient_statistics:axes',
  'assert_same_float_dtype:tensors',
  'train.basic_train_loop:args',
  'train.replica_device_setter:ps_ops',
  'train.LooperThread:args',
  'train.LooperThread.loop:args',
  'all_model_checkpoint_paths',
  'contrib.legacy_seq2seq.model_with_buckets:targets',
  'contrib.legacy_seq2seq.model_with_buckets:weights',
  'contrib.legacy_seq2seq.rnn_decoder:decoder_inputs',
  'contrib.legacy_seq2seq.attention_decoder:decoder_inputs',
  'graph_util.convert_variables_to_constants:variable_names_whitelist',
  'graph_util.convert_variables_to_constants:variable_names_blacklist',
  'graph_util.remove_training_nodes:protected_nodes',
  'contrib.framework.variable:collections',
  'contrib.framework.model_variable:collections',
  'contrib.layers.apply_regularization:weights_list',
  'contrib.legacy_seq2seq.sequence_loss:logits',
  'contrib.legacy_seq2seq.sequence_loss:targets',
  'contrib.legacy_seq2seq.sequence_loss:weights',
  'contrib.legacy_seq2seq.sequence_loss_by_example:logits',
  'contrib.legacy_seq2seq.sequence_loss_by_example:targets',
  'contrib.legacy_seq2seq.sequence_loss_by_example:weights',
]);
/**
 * Arguments that are numbers, and never tensors, after the names of their functions: TensorFlow compares them while the
 * graph is built, makes names of them, or reckons with them before there are nodes.
 */
export const NUMBERS = new RegExp(
  [
    ':(initial_accumulator_value|learning_rate_power|l1_regularization_strength|l2_regularization_strength)$',
    ':(l2_shrinkage_regularization_strength|min_interval_secs|error_code)$',
    ':initial_gradient_squared_accumulator_value$',
    '^contrib.opt.LARSOptimizer:(momentum|weight_decay)$',
    ':(max_document_length|min_frequency)$',
    String.raw`^metrics\..*:(k|class_id|num_classes|num_thresholds)$`,
    ':(label_smoothing|summarize)$',
    '^io.TFRecordOptions:(window_bits|compression_level|mem_level|compression_strategy)$',
    '^(train.cosine_decay|nn.leaky_relu):alpha$',
    '^train.Saver:(max_to_keep|write_version|keep_checkpoint_every_n_hours)$',
    '^train.StopAtStepHook:(num_steps|last_step)$',
    '^layers.InputSpec:(ndim|max_ndim|min_ndim)$',
    '^logging.log_(first|every)_n:n$',
    '^(fixed_size|variable_axis_size|min_max_variable)_partitioner:',
  ].join('|'),
);
/** Arguments that are one number each, or a tensor of one, likewise. */
export const SCALARS = new RegExp(
  [
    '^layers.(batch_normalization|BatchNormalization):momentum$',
    '^contrib.layers.batch_norm:decay$',
    '^(confusion_matrix|math.confusion_matrix):num_classes$',
  ].join('|'),
);
/** Arguments that are functions, likewise. */
export const FUNCTIONS = new RegExp(
  [
    '(regularizer|constraint|custom_getter|softmax_loss_function)$',
    // But those for which TensorFlow has words of its own.
    ':(?!true_fn|false_fn|loop_fn|cell_input_fn).*_fn$',
    'ProjectionWrapper:activation$',
    'graph_util.convert_constants_to_variables:filter$',
  ].join('|'),
);

/** Arguments that keep their place but take nothing, and why. */
export const REFUSED: Readonly<Record<string, string>> = {
  synchronization: 'there are no replicas here',
  aggregation: 'there are no replicas here',
  a_is_sparse: 'there is no kernel for sparse matrices',
  b_is_sparse: 'there is no kernel for sparse matrices',
  'gather_nd:batch_dims': 'TensorFlow 1.15 has no kernel for it, and builds it of others',
  'nn.moments:shift': 'TensorFlow does not use it',
  'matrix_diag:k': 'TensorFlow has it in a later op',
  'matrix_diag:num_rows': 'TensorFlow has it in a later op',
  'matrix_diag:num_cols': 'TensorFlow has it in a later op',
  'matrix_diag:padding_value': 'TensorFlow has it in a later op',
  'matrix_diag_part:k': 'TensorFlow has it in a later op',
  'matrix_diag_part:padding_value': 'TensorFlow has it in a later op',
  'matrix_set_diag:k': 'TensorFlow has it in a later op',
  'get_static_value:partial': 'an array has all its elements here',
  fake_data: 'there are no made-up digits here',
  'examples.tutorials.mnist.input_data.read_data_sets:dtype': 'pictures are float32',
  'examples.tutorials.mnist.input_data.read_data_sets:source_url': 'nothing is downloaded',
  'Timeline:graph': 'the stats of a run name its nodes',
  show_dataflow: 'what a run took is drawn without arrows',
  show_memory: 'the memory of nodes is not known',
  accept_options: 'what is called takes values alone',
  'summary.FileWriter:session': 'no writer is a node of a graph here',
  save_debug_info: 'the lines that made the nodes are not written',
  'contrib.layers.embed_sequence:unique': 'each number is looked up',
  op_dict: 'TensorFlow does not use it',
  'string_split:result_type': 'there are no ragged tensors here',
  'strings.split:result_type': 'there are no ragged tensors here',
  flush_mode: 'a file is packed as a whole here',
  input_buffer_size: 'a file is packed as a whole here',
  output_buffer_size: 'a file is packed as a whole here',
  compression_method: 'zlib has one',
};

/** Arguments whose value may be an object, which would name arguments elsewhere; by key, or wherever they stand. */
export const OBJECTS: ReadonlySet<string> = new Set([
  'examples.report:hyperparameters',
  'examples.report:figures',
  'examples.report:weights',
  'parse_example:features',
  'parse_single_example:features',
  'context_features',
  'sequence_features',
  'renorm_clipping',
  'nest.is_nested:seq',
  'nest.flatten:structure',
  'nest.pack_sequence_as:structure',
  'nest.assert_same_structure:nest1',
  'nest.assert_same_structure:nest2',
  'compat.as_str_any:value',
  'compat.path_to_str:path',
  'saved_model.build_signature_def:inputs',
  'saved_model.build_signature_def:outputs',
  'summary.get_summary_description:node_def',
  'saved_model.predict_signature_def:inputs',
  'saved_model.predict_signature_def:outputs',
  'saved_model.simple_save:inputs',
  'saved_model.simple_save:outputs',
  'signature_def_map',
  'train.init_from_checkpoint:assignment_map',
  'train.Server:server_or_cluster_def',
  'saved_model.get_tensor_from_tensor_info:tensor_info',
  'saved_model.is_valid_signature:signature_def',
  'feed_dict',
  'init_feed_dict',
  'final_ops_feed_dict',
  'train.FinalOpsHook:final_ops',
  'train.LoggingTensorHook:tensors',
  'train.NanTensorHook:loss_tensor',
  'train.SessionRunValues:results',
  'local_init_run_options',
  'kwargs',
  'normalizer_params',
  'gradient_multipliers',
  'variables_collections',
  'partition_info',
  'train.warm_start:var_name_to_vocab_info',
  'train.warm_start:var_name_to_prev_var_name',
  'param_initializers',
  'param_regularizers',
  'profile:stats',
  'feeds',
  'fetches',
  'test.TestCase.assertEqual:first',
  'test.TestCase.assertEqual:second',
  'test.TestCase.assertNotEqual:first',
  'test.TestCase.assertNotEqual:second',
  'test.TestCase.assertAllClose:a',
  'test.TestCase.assertAllClose:b',
  'test.TestCase.assertNotAllClose:a',
  'test.TestCase.assertNotAllClose:b',
  'custom_objects',
  'keras.initializers.get:identifier',
  'config',
  'options',
  'op_type_map',
  'step_stats',
  'stats',
  'cluster',
  'add_to_collection:value',
  'add_to_collections:value',
  'is_tensor:x',
  'nn.rnn_cell.RNNCell.apply:inputs',
  'nn.rnn_cell.RNNCell.apply:state',
  'decoder_inputs_dict',
  'dec_cells_dict',
  'num_decoder_symbols_dict',
  'map_fn:elems',
  'vectorized_map:elems',
  'scan:elems',
  'scan:initializer',
  'foldl:elems',
  'foldl:initializer',
  'foldr:elems',
  'foldr:initializer',
  // Components by their names.
  'QueueBase.enqueue:vals',
  'QueueBase.enqueue_many:vals',
  // Variables by the names that they have in a checkpoint.
  'train.Saver:var_list',
  'import_graph_def:input_map',
  'import_graph_def:graph_def',
  'train.import_meta_graph:meta_graph_or_file',
  'Graph.add_to_collection:value',
  'Graph.add_to_collections:value',
  'Graph.as_graph_element:obj',
]);

/** Those of them that hold no number, text or truth value: one under nearly an argument's name is meant for it. */
export const WITHOUT_SETTINGS: ReadonlySet<string> = new Set([
  'train.Saver:var_list',
  'QueueBase.enqueue:vals',
  'QueueBase.enqueue_many:vals',
]);

/** Second names of arguments, which came with TensorFlow 2 or went with 1: by name alone. */
export const ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  string_split: { delimiter: 'sep' },
  string_to_number: { input: 'stringTensor' },
  string_to_hash_bucket: { input: 'stringTensor' },
  'strings.split': { source: 'input' },
  'nn.conv2d': { filters: 'filter' },
  'nn.conv2d_backprop_input': { filters: 'filter' },
  'nn.conv2d_transpose': { input: 'value', filters: 'filter' },
  'nn.conv3d': { filters: 'filter' },
  'nn.conv3d_transpose': { input: 'value', filters: 'filter' },
  'nn.conv1d': { input: 'value' },
  'nn.convolution': { filters: 'filter', dilations: 'dilationRate' },
  'nn.avg_pool': { input: 'value' },
  'nn.max_pool': { input: 'value' },
  'nn.pool': { dilations: 'dilationRate' },
  'nn.batch_norm_with_global_normalization': { input: 't', mean: 'm', variance: 'v' },
  'nn.weighted_cross_entropy_with_logits': { targets: 'labels' },
  verify_tensor_all_finite: { x: 't', message: 'msg' },
  count_nonzero: { input: 'inputTensor' },
};

/** Those of them that are the older name; of the others it is the one that they stand for. */
export const OLDER: ReadonlySet<string> = new Set(['targets']);

/** How many arguments must be given, where Python leaves that to the function because one of them has two names. */
export const REQUIRED: Readonly<Record<string, number>> = {
  'nn.batch_norm_with_global_normalization': 7,
  'nn.conv1d': 4,
  'nn.conv2d': 4,
  'nn.conv2d_backprop_input': 5,
  'nn.conv2d_transpose': 4,
  'nn.conv3d': 4,
  'nn.conv3d_transpose': 4,
  'nn.weighted_cross_entropy_with_logits': 3,
  string_to_number: 1,
  string_to_hash_bucket: 2,
  'strings.split': 1,
  verify_tensor_all_finite: 2,
  count_nonzero: 1,
};
