/** What to use instead of names that are absent, by Python's path; a module speaks for all in it. */
const FEED = 'read the data in TypeScript and feed arrays to tf.placeholder (docs/guide.md, "Feeding")';
const SAVE = 'use tf.train.Saver (docs/saving.md)';
const MODEL = 'use tf.savedModel.simpleSave and tf.savedModel.load (docs/saving.md)';
const DENSE = 'use tf.layers.dense';
const CONV = 'use tf.layers.conv2d';
const SUMMARIES = 'use tf.summary and its FileWriter (docs/summaries.md)';
const CELLS = 'use tf.nn.dynamicRnn or tf.nn.staticRnn, with a cell of tf.nn.rnnCell';
const FILES = "use Node's node:fs";
const GRAPH_MODE = 'a program here builds a graph and runs it with a Session: graphs are all there is';
const KERAS = 'use tf.layers, and train with tf.train (examples/)';
const LOSS = 'use tf.losses; cross entropies of each row are in tf.nn';
const METRIC = 'compute it in one run over the whole set: tf.reduceMean(tf.cast(tf.equal(a, b), tf.float32))';
const ONE_MACHINE = 'a session runs on the CPU of one machine, with one device';
const L2 =
  'give tf.layers a function, { kernelRegularizer: (w) => tf.nn.l2Loss(w).mul(scale) }, and minimize ' +
  'tf.losses.getTotalLoss(); or add that term to the cost';
const PIECES =
  'build the values with TypeScript and hand them to tf.constant, or put them together with tf.stack and tf.concat';

const VERSION = `there is one way only: ${GRAPH_MODE}`;
const DRAWS =
  'use tf.randomNormal, tf.randomUniform and their kin; densities are sums of tf.log, tf.square and tf.lgamma';
const BLOCKS = 'move windows with tf.nn.conv2d; tf.spaceToDepth and tf.slice take pictures apart';
const FOURIER = 'transform the samples in TypeScript before feeding them';
const QUANTIZE = 'compute with float32: tf.round and tf.clipByValue give the levels of quantized values';
const MATRICES =
  'do it in TypeScript with what was fetched; of small systems, gradient steps on tf.matmul(a, x).sub(b)';
const MESSAGE = 'give its fields as an object';
const LOADED = "a kernel of one's own is a function of TypeScript: tf.pyFunc";

const STRINGS = 'work on strings in TypeScript before feeding them';
const DENSE_ROWS = 'use dense tensors, or tf.IndexedSlices of rows';
/** One advice for many names. */
const each = (advice: string, names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(' ').map((name) => [`tf.${name}`, advice]));

export const INSTEAD: Readonly<Record<string, string>> = {
  'tf.distributions': DRAWS,
  'tf.contrib.distributions': DRAWS,
  'tf.app.flags': 'tf.flags has DEFINE_string, integer, float, boolean, enum, list, markFlagAsRequired and FLAGS',
  'tf.quantization': QUANTIZE,
  'tf.random.experimental': 'use tf.setRandomSeed, and the seed of each function',
  'tf.resource_loader': FILES,
  'tf.train.experimental': 'compute with float32, and tf.cast where another dtype is wanted',
  'tf.summary': SUMMARIES,
  'tf.train.Checkpoint': SAVE,
  'tf.train.CheckpointManager': SAVE,
  'tf.saved_model.save': MODEL,
  'tf.saved_model.load_v2': MODEL,
  'tf.saved_model.experimental': MODEL,

  'tf.data': FEED,
  'tf.SparseFeature': FEED,
  'tf.io': FEED,
  'tf.image': 'prepare the pictures in TypeScript before feeding them; tf.randomCrop and tf.reverse work on pixels',
  'tf.audio': 'prepare the samples in TypeScript before feeding them',
  'tf.strings': 'work on strings in TypeScript before feeding them',
  'tf.feature_column':
    'make columns in TypeScript and feed them; tf.oneHot and tf.nn.embeddingLookup encode categories',

  'tf.keras': KERAS,
  'tf.keras.datasets.mnist': 'use tf.examples.tutorials.mnist.inputData.readDataSets()',
  'tf.layers.experimental': 'leave it out: layers have the names of TensorFlow 1 here',
  'tf.keras.layers.Dense': DENSE,
  'tf.keras.layers.Conv2D': CONV,
  'tf.keras.regularizers': L2,
  'tf.keras.losses': LOSS,
  'tf.keras.metrics': METRIC,
  'tf.keras.optimizers': 'use the optimizers in tf.train',
  'tf.keras.activations': 'use tf.nn',
  'tf.keras.backend': 'the same functions are in tf, tf.math and tf.nn',
  'tf.estimator': 'write the loop yourself, with tf.Session and tf.train (examples/)',

  'tf.flags': 'tf.flags has DEFINE_string, integer, float, boolean, enum, list, markFlagAsRequired and FLAGS',
  'tf.config': ONE_MACHINE,
  'tf.distribute': ONE_MACHINE,
  'tf.tpu': ONE_MACHINE,
  'tf.xla': ONE_MACHINE,
  'tf.lite': ONE_MACHINE,
  'tf.test': 'use tf.test.TestCase and tf.test.main, or the test runner of your project',
  'tf.NodeDef': 'an operation has name, type, inputs and getAttr(…)',

  'tf.GradientTape': 'use tf.gradients(y, [x])',
  'tf.enable_eager_execution': GRAPH_MODE,
  'tf.enable_v2_behavior': GRAPH_MODE,
  'tf.function': GRAPH_MODE,
  'tf.autograph': GRAPH_MODE,
  'tf.Module': 'use a class or a function of TypeScript',
  'tf.make_template': 'use tf.variableScope(name, { reuse: tf.AUTO_REUSE }, () => …)',
  'tf.compat.v1': "leave 'compat.v1' out: tf itself has these names",
  'tf.compat.v2': 'tfjs-session follows TensorFlow 1.15',
  'tf.compat': 'strings of JavaScript are text, and Buffer holds bytes',
  'tf.raw_ops': 'docs/ops.md lists the op types; the functions of tf make them',

  'tf.nn.embedding_lookup_sparse': 'use tf.nn.embeddingLookup and tf.reduceSum',

  'tf.spectral': 'there are no Fourier transforms',
  'tf.signal': 'there are no Fourier transforms',
  'tf.linalg.matrix_transpose': 'use tf.matrixTranspose',
  'tf.linalg': 'compute it in TypeScript and feed it; tf.matmul, tf.tensordot and tf.linalg.matvec are there',
  'tf.sort': 'use tf.nn.topK',
  'tf.argsort': 'use tf.nn.topK',
  'tf.meshgrid': PIECES,
  'tf.repeat': 'use tf.tile and tf.reshape',
  'tf.reverse_v2': 'use tf.reverse',
  'tf.tensor_scatter_nd_update': 'use tf.tensorScatterUpdate',
  'tf.tensor_scatter_nd_add': 'use tf.tensorScatterAdd',
  'tf.tensor_scatter_nd_sub': 'use tf.tensorScatterSub',
  'tf.sparse': 'use dense tensors, or tf.IndexedSlices of rows',
  'tf.SparseTensorValue': 'use dense tensors, or tf.IndexedSlices of rows',
  'tf.sparse_placeholder': 'use tf.placeholder and feed dense arrays',
  'tf.ragged': 'pad the rows to one length, and keep the lengths beside',
  'tf.RaggedTensor': 'pad the rows to one length, and keep the lengths beside',
  'tf.contrib': 'what of contrib is here is in FEATURES.md and docs/contrib.md',
  'tf.contrib.rnn': CELLS,
  'tf.contrib.data': FEED,
  'tf.contrib.learn': 'write the loop yourself, with tf.Session and tf.train (examples/)',
  'tf.contrib.estimator': 'write the loop yourself, with tf.Session and tf.train (examples/)',
  'tf.contrib.keras': KERAS,
  'tf.contrib.eager': GRAPH_MODE,
  'tf.contrib.summary': SUMMARIES,
  'tf.contrib.saved_model': MODEL,

  ...each(
    QUANTIZE,
    'dequantize fake_quant_with_min_max_args fake_quant_with_min_max_args_gradient ' +
      'fake_quant_with_min_max_vars fake_quant_with_min_max_vars_gradient ' +
      'fake_quant_with_min_max_vars_per_channel fake_quant_with_min_max_vars_per_channel_gradient quantize ' +
      'quantize_v2 quantized_concat nn.quantized_avg_pool nn.quantized_conv2d nn.quantized_max_pool ' +
      'nn.quantized_relu_x',
  ),
  ...each(FOURIER, 'fft fft2d fft3d ifft ifft2d ifft3d'),
  ...each(MATRICES, 'matrix_solve_ls matrix_square_root svd self_adjoint_eig self_adjoint_eigvals'),
  ...each(
    VERSION,
    'disable_tensor_equality ' +
      'enable_tensor_equality disable_v2_tensorshape enable_v2_tensorshape variable_creator_scope ' +
      'wrap_function',
  ),
  ...each(
    LOADED,
    'load_file_system_library load_library load_op_library user_ops register_tensor_conversion_function ' +
      'nondifferentiable_batch_function',
  ),
  ...each(
    BLOCKS,
    'extract_image_patches extract_volume_patches nn.dilation2d nn.erosion2d nn.fractional_avg_pool ' +
      'nn.fractional_max_pool nn.max_pool_with_argmax',
  ),
  ...each(FEED, 'decode_compressed decode_json_example'),
  ...each(STRINGS, 'regex_replace fingerprint'),
  ...each(
    DENSE_ROWS,
    'deserialize_many_sparse serialize_many_sparse serialize_sparse sparse_add sparse_concat ' +
      'sparse_fill_empty_rows sparse_mask sparse_matmul sparse_maximum sparse_merge sparse_minimum ' +
      'sparse_reduce_max sparse_reduce_max_sparse sparse_reduce_sum sparse_reduce_sum_sparse sparse_reorder ' +
      'sparse_reset_shape sparse_reshape sparse_retain sparse_segment_mean sparse_segment_sqrt_n ' +
      'sparse_segment_sum sparse_slice sparse_softmax sparse_split sparse_tensor_dense_matmul ' +
      'sparse_to_indicator sparse_transpose convert_to_tensor_or_sparse_tensor ' +
      'nn.safe_embedding_lookup_sparse',
  ),
  ...each(
    MESSAGE,
    'AttrValue NameAttrList TensorInfo make_tensor_proto train.ClusterDef train.JobDef train.SaverDef ' +
      'train.ServerDef',
  ),
  'tf.batch_gather': 'use tf.gatherNd, or tf.gather of a table with one row for each',
  'tf.batch_scatter_update': 'use tf.scatterNdUpdate',
  'tf.batch_to_space': 'use tf.batchToSpaceNd',
  'tf.space_to_batch': 'use tf.spaceToBatchNd',
  'tf.nn.space_to_batch': 'use tf.spaceToBatchNd',
  'tf.nn.with_space_to_batch': 'use tf.nn.conv2d with dilations',
  'tf.nn.collapse_repeated': 'do it in TypeScript with what was fetched',
  'tf.histogram_fixed_width': 'count in TypeScript with what was fetched; tf.bincount counts whole numbers',
  'tf.histogram_fixed_width_bins': 'use tf.cast(tf.floor(x.sub(low).div(width)), tf.int32)',
  'tf.math.cumulative_logsumexp': 'use tf.log(tf.cumsum(tf.exp(x.sub(m)))).add(m), with m the largest of x',
  'tf.lbeta': 'use tf.reduceSum(tf.lgamma(x), -1).sub(tf.lgamma(tf.reduceSum(x, -1)))',
  'tf.math.lbeta': 'use tf.reduceSum(tf.lgamma(x), -1).sub(tf.lgamma(tf.reduceSum(x, -1)))',
  'tf.unravel_index': 'use tf.floordiv and tf.mod by the sizes of the dimensions',
  'tf.timestamp': 'use Date.now() between two runs',
  'tf.to_complex64': 'use tf.cast(x, tf.complex64)',
  'tf.to_complex128': 'use tf.cast(x, tf.complex128)',
  'tf.no_gradient': 'use tf.stopGradient on what it is given',
  'tf.op_scope': 'use tf.nameScope',
  'tf.variable_op_scope': 'use tf.variableScope',
  'tf.no_regularizer': 'give null for the regularizer',
  'tf.get_logger': 'use tf.logging',
  'tf.make_ndarray': 'use tf.getStaticValue, or sess.run of the constant',
  'tf.recompute_grad': 'leave it out: it saves memory alone',
  'tf.grad_pass_through': 'use tf.customGradient',
  'tf.assert_same_float_dtype': 'compare the dtypes in the program: a.dtype === b.dtype',
  'tf.graph_util.import_graph_def': 'use tf.importGraphDef',
  'tf.nn.conv_transpose': 'use tf.nn.conv2dTranspose',
  'tf.nn.scale_regularization_loss': 'use tf.reduceSum of the losses, divided by the number of replicas',
  'tf.nn.compute_average_loss': 'use tf.reduceMean',
  'tf.nn.ctc_loss_v2': 'use tf.nn.ctcLoss',

  ...each(
    'ask package.json of the package for its version: tf.VERSION is that of TensorFlow whose names and files these are',
    'COMPILER_VERSION CXX11_ABI_FLAG GIT_VERSION MONOLITHIC_BUILD',
  ),
  ...each(
    'leave it out: graphs are written as TensorFlow 1.15 writes them (docs/saving.md)',
    'GRAPH_DEF_VERSION GRAPH_DEF_VERSION_MIN_CONSUMER GRAPH_DEF_VERSION_MIN_PRODUCER Graph.graph_def_versions',
  ),
  ...each(
    'leave it out: a run ends before the next one begins, and tf.controlDependencies orders what is in one',
    'CriticalSection',
  ),
  ...each(
    'give the dtype and the shape themselves: tf.placeholder(tf.float32, [null, 3])',
    'IndexedSlicesSpec OptionalSpec RaggedTensorSpec SparseTensorSpec TensorArraySpec TensorSpec TypeSpec',
  ),
  ...each(
    QUANTIZE,
    'QUANTIZED_DTYPES dtypes.QUANTIZED_DTYPES train.do_quantize_training_on_graphdef DType.is_quantized',
  ),
  ...each(ONE_MACHINE, 'VariableAggregation VariableSynchronization Variable.aggregation Variable.synchronization'),
  ...each('give each session a graph of its own, or name variables apart', 'container Graph.container'),
  ...each('use Array.isArray(values)', 'assert_proper_iterable debugging.assert_proper_iterable'),
  ...each(
    'catch (error) { if (error instanceof tf.errors.InvalidArgumentError) … }: the class says what went wrong',
    'OpError errors.raise_exception_on_not_ok_status',
  ),
  'tf.convert_to_tensor_or_indexed_slices': 'use tf.convertToTensor, or the slices as they are',
  'tf.guarantee_const': 'leave it out: what never changes is found and computed once',
  'tf.experimental': GRAPH_MODE,
  ...each(
    'write the numbers: 3.4028234663852886e38 is the largest float32, and whole numbers end at 2 ** (bits - 1) - 1',
    'DType.max DType.min DType.limits',
  ),
  'tf.DType.is_unsigned': "use dtype.name.startsWith('uint')",
  'tf.DType.as_datatype_enum': 'use dtype.name',
  'tf.DType.real_dtype':
    'it is tf.float32 of tf.complex64, tf.float64 of tf.complex128, and the dtype itself of others',
  'tf.DType.is_numpy_compatible': 'leave it out: an array of each dtype is an NDArray',
  'tf.Graph.building_function': 'leave it out: what builds nodes is a function of TypeScript',
  'tf.Graph.get_name_scope': 'use graph.uniqueName(name, false), which begins with the open scope',
  ...each(
    'feed what the program means to: any tensor may be fed, and any node be fetched',
    'Graph.is_feedable Graph.is_fetchable Graph.prevent_feeding Graph.prevent_fetching',
  ),
  'tf.Graph.switch_to_thread_local': 'leave it out: a program has one thread',
  ...each('its values and indices are tensors, which have it', 'IndexedSlices.consumers IndexedSlices.device'),
  'tf.Operation.op_def': 'op.type is its name, and op.getAttr(…) an attribute; docs/ops.md lists the types',
  ...each(
    'an error names the line that made the node, and so does console.log(op)',
    'Operation.traceback Operation.traceback_with_start_lines',
  ),
  'tf.Session.sess_str': 'use sess.target',
  'tf.Tensor.OVERLOADABLE_OPERATORS': 'operators are methods: a.add(b), a.less(b), a.get(0)',
  ...each(
    'the object itself is a key of a Map or an element of a Set',
    'Tensor.experimental_ref Variable.experimental_ref',
  ),
  'tf.TensorShape.as_proto': 'use shape.asList()',
  'tf.Variable.batch_scatter_update': 'use tf.scatterNdUpdate',
  'tf.Variable.from_proto': 'use tf.train.importMetaGraph, which makes variables again (docs/saving.md)',
  'tf.Variable.SaveSliceInfo': 'use tf.getVariable with tf.fixedSizePartitioner',
  'tf.Variable.gather_nd': 'use tf.gatherNd(w, indices)',
  'tf.Variable.sparse_read': 'use tf.gather(w, indices)',
  'tf.VariableScope.get_variable': 'use tf.getVariable inside tf.variableScope(scope, () => …)',
  'tf.debugging.assert_same_float_dtype': 'compare the dtypes in the program: a.dtype === b.dtype',
  'tf.debugging.assert_shapes':
    'use tf.assertRank and tf.assertEqual(tf.shape(x), […]), or x.shape.assertIsCompatibleWith',
  ...each(
    'tfjs-session doctor names the device, and runMetadata with tf.Timeline what each node took (docs/debugging.md)',
    'debugging.get_log_device_placement debugging.set_log_device_placement',
  ),
  'tf.logging.TaskLevelStatusMessage': 'use tf.logging.info',
  'tf.logging.vlog': 'use tf.logging.debug, and tf.logging.setVerbosity(tf.logging.DEBUG)',
  'tf.math.nextafter': 'compute it in TypeScript and feed it',
  'tf.nn.ctc_unique_labels': 'number them in TypeScript with a Map before feeding them',
  ...each(
    'use tf.train.FtrlOptimizer or ProximalGradientDescentOptimizer, which train linear models with penalties',
    'train.sdca_fprint train.sdca_optimizer train.sdca_shrink_l1',
  ),

  'tf.Graph.collections': 'use graph.getAllCollectionKeys()',
  'tf.Graph.seed': 'use tf.getSeed',
  'tf.DType.as_numpy_dtype': 'NDArray has the typed array in data',
  'tf.Operation.values': 'use outputs',
};

/** Names of other versions, of tfjs and of habit, that TensorFlow 1.15 does not have: what they are called. */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  'tf.examples.Datasets.nextBatch': 'mnist.train.nextBatch(batchSize)',
  'tf.examples.Datasets.images': 'mnist.train.images, or those of mnist.test',
  'tf.examples.Datasets.labels': 'mnist.train.labels, or those of mnist.test',
  'tf.examples.Datasets.training': 'mnist.train',
  'tf.examples.Datasets.testing': 'mnist.test',
  'tf.examples.Datasets.numExamples': 'mnist.train.numExamples',
  // TensorFlow 2, tfjs, NumPy
  'tf.tensor': 'tf.constant',
  'tf.tensor1d': 'tf.constant',
  'tf.tensor2d': 'tf.constant',
  'tf.scalar': 'tf.constant',
  'tf.array': 'tf.constant',
  'tf.variable': 'new tf.Variable(initialValue)',
  'tf.mean': 'tf.reduceMean',
  'tf.sum': 'tf.reduceSum',
  'tf.max': 'tf.reduceMax',
  'tf.min': 'tf.reduceMin',
  'tf.prod': 'tf.reduceProd',
  'tf.all': 'tf.reduceAll',
  'tf.any': 'tf.reduceAny',
  'tf.dot': 'tf.matmul, or tf.tensordot',
  'tf.grad': 'tf.gradients(y, [x])',
  'tf.grads': 'tf.gradients(y, [x])',
  'tf.tidy': 'nothing: sessions free what they make',
  'tf.dispose': 'nothing: sessions free what they make',
  'tf.memory': 'nothing: sessions free what they make',
  'tf.sequential': 'tf.layers and tf.train (examples/)',
  'tf.setBackend': "new tf.Session('', { config: { device: 'portable' } })",
  'tf.int': 'tf.int32',
  'tf.float': 'tf.float32',
  'tf.optimizers': 'tf.train, as new tf.train.AdamOptimizer(0.001)',
  'tf.train.sgd': 'new tf.train.GradientDescentOptimizer(learningRate)',
  'tf.train.adam': 'new tf.train.AdamOptimizer(learningRate)',
  'tf.train.SGD': 'new tf.train.GradientDescentOptimizer(learningRate)',
  'tf.train.Adam': 'new tf.train.AdamOptimizer(learningRate)',
  'tf.train.SGDOptimizer': 'new tf.train.GradientDescentOptimizer(learningRate)',
  'tf.losses.crossEntropy': 'tf.losses.softmaxCrossEntropy(onehotLabels, logits)',
  'tf.nn.softmaxCrossEntropy': 'tf.nn.softmaxCrossEntropyWithLogits({ labels, logits })',
  'tf.train.RMSprop': 'new tf.train.RMSPropOptimizer(learningRate)',
  'tf.LSTMCell': 'tf.nn.rnnCell.LSTMCell',
  'tf.nn.LSTMCell': 'tf.nn.rnnCell.LSTMCell',
  'tf.nn.BasicLSTMCell': 'tf.nn.rnnCell.BasicLSTMCell',
  'tf.nn.GRUCell': 'tf.nn.rnnCell.GRUCell',
  'tf.nn.crossEntropy': 'tf.nn.softmaxCrossEntropyWithLogits({ labels, logits })',
  'tf.softmaxCrossEntropy': 'tf.nn.softmaxCrossEntropyWithLogits({ labels, logits })',
  'tf.Tensor.numpy': 'sess.run(tensor), or tensor.eval()',
  'tf.Tensor.dataSync': 'sess.run(tensor), or tensor.eval()',
  'tf.Tensor.arraySync': 'sess.run(tensor), or tensor.eval()',
  'tf.Tensor.data': 'sess.run(tensor), or tensor.eval()',
  'tf.Tensor.array': 'sess.run(tensor), or tensor.eval()',
  'tf.Tensor.print': 'tf.print, or console.log(sess.run(tensor))',
  'tf.Tensor.dispose': 'nothing: sessions free what they make',
  'tf.Tensor.T': 'tf.transpose(tensor)',
  'tf.Tensor.sqr': 'tensor.square()',
  'tf.Tensor.plus': 'tensor.add(x)',
  'tf.Tensor.minus': 'tensor.sub(x)',
  'tf.Tensor.times': 'tensor.mul(x)',
  'tf.Tensor.divide': 'tensor.div(x)',
  'tf.Tensor.clone': 'the tensor itself, or tf.identity(tensor)',
  'tf.Tensor.asScalar': 'tf.reshape(tensor, [])',
  'tf.Tensor.dot': 'tf.matmul, or tf.tensordot',
  'tf.Tensor.value': 'sess.run(tensor), or tensor.eval()',
  'tf.Tensor.item': 'sess.run(tensor), or tensor.eval()',
  'tf.Tensor.toArray': 'sess.run(tensor), whose result has toArray()',
  'tf.Tensor.backward': 'new tf.train.GradientDescentOptimizer(0.1).minimize(tensor), or tf.gradients(tensor, [x])',
  'tf.Tensor.minimize': 'new tf.train.GradientDescentOptimizer(0.1).minimize(tensor)',
  'tf.Variable.minimize': 'new tf.train.GradientDescentOptimizer(0.1).minimize(loss)',
  'tf.train.Optimizer.step': 'const step = optimizer.minimize(loss), and sess.run(step) for each step',
  'tf.train.Optimizer.run': 'const step = optimizer.minimize(loss), and sess.run(step) for each step',
  'tf.train.Optimizer.zeroGrad': 'nothing: gradients are computed anew in each run',
  'tf.Session.fit': 'sess.run(trainStep, feeds) in a loop',
  'tf.Session.train': 'sess.run(trainStep, feeds) in a loop',
  'tf.Session.predict': 'sess.run(prediction, feeds)',
  'tf.Session.init': 'sess.run(tf.globalVariablesInitializer())',
  'tf.Session.initialize': 'sess.run(tf.globalVariablesInitializer())',
  'tf.Session.eval': 'sess.run(tensor)',
  'tf.NDArray.length': 'array.shape[0], or array.size',
  'tf.NDArray.numpy': 'array.toArray(), or array.data',
  'tf.NDArray.dataSync': 'array.data',
  'tf.NDArray.arraySync': 'array.toArray()',
  'tf.NDArray.array': 'array.toArray()',
  'tf.NDArray.tolist': 'array.toArray()',
  'tf.NDArray.print': 'console.log(array)',
  'tf.NDArray.get': 'array.at(0, 1)',
  'tf.NDArray.map': 'array.toArray().map(…)',
  'tf.NDArray.forEach': 'for (const element of array), or array.toArray()',
  'tf.NDArray.T': 'tf.transpose in the graph',
  'tf.NDArray.sum': 'tf.reduceSum in the graph, or array.toArray()',
  'tf.NDArray.max': 'tf.reduceMax in the graph, or array.toArray()',
  'tf.NDArray.min': 'tf.reduceMin in the graph, or array.toArray()',
  'tf.NDArray.add': 'operators in the graph, before it is run: an array is the values of one run',
  'tf.NDArray.sub': 'operators in the graph, before it is run: an array is the values of one run',
  'tf.NDArray.mul': 'operators in the graph, before it is run: an array is the values of one run',
  'tf.NDArray.div': 'operators in the graph, before it is run: an array is the values of one run',
};
