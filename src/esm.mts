/**
 * The package for `import` in ES modules. Their namespaces cannot be guarded, so each name that is missed is an
 * export here, and speaks when it is called or looked into (see surface/absent.ts). Types do not have them.
 * Written by `npm run features`.
 */
import tf from './index.js';
import { missed } from './surface/absent.js';

export * from './index.js';
export default tf;

/** @internal */
const _AttrValue = missed('AttrValue');
/** @internal */
const _COMPILER_VERSION = missed('COMPILER_VERSION');
/** @internal */
const _CXX11_ABI_FLAG = missed('CXX11_ABI_FLAG');
/** @internal */
const _CriticalSection = missed('CriticalSection');
/** @internal */
const _GIT_VERSION = missed('GIT_VERSION');
/** @internal */
const _GRAPH_DEF_VERSION = missed('GRAPH_DEF_VERSION');
/** @internal */
const _GRAPH_DEF_VERSION_MIN_CONSUMER = missed('GRAPH_DEF_VERSION_MIN_CONSUMER');
/** @internal */
const _GRAPH_DEF_VERSION_MIN_PRODUCER = missed('GRAPH_DEF_VERSION_MIN_PRODUCER');
/** @internal */
const _GradientTape = missed('GradientTape');
/** @internal */
const _IndexedSlicesSpec = missed('IndexedSlicesSpec');
/** @internal */
const _LSTMCell = missed('LSTMCell');
/** @internal */
const _MONOLITHIC_BUILD = missed('MONOLITHIC_BUILD');
/** @internal */
const _Module = missed('Module');
/** @internal */
const _NameAttrList = missed('NameAttrList');
/** @internal */
const _NodeDef = missed('NodeDef');
/** @internal */
const _OpError = missed('OpError');
/** @internal */
const _OptionalSpec = missed('OptionalSpec');
/** @internal */
const _QUANTIZED_DTYPES = missed('QUANTIZED_DTYPES');
/** @internal */
const _RaggedTensor = missed('RaggedTensor');
/** @internal */
const _RaggedTensorSpec = missed('RaggedTensorSpec');
/** @internal */
const _SparseFeature = missed('SparseFeature');
/** @internal */
const _SparseTensorSpec = missed('SparseTensorSpec');
/** @internal */
const _SparseTensorValue = missed('SparseTensorValue');
/** @internal */
const _TensorArraySpec = missed('TensorArraySpec');
/** @internal */
const _TensorInfo = missed('TensorInfo');
/** @internal */
const _TensorSpec = missed('TensorSpec');
/** @internal */
const _TypeSpec = missed('TypeSpec');
/** @internal */
const _VariableAggregation = missed('VariableAggregation');
/** @internal */
const _VariableSynchronization = missed('VariableSynchronization');
/** @internal */
const _accumulate_n = missed('accumulate_n');
/** @internal */
const _add_check_numerics_ops = missed('add_check_numerics_ops');
/** @internal */
const _add_n = missed('add_n');
/** @internal */
const _add_to_collection = missed('add_to_collection');
/** @internal */
const _add_to_collections = missed('add_to_collections');
/** @internal */
const _all = missed('all');
/** @internal */
const _all_variables = missed('all_variables');
/** @internal */
const _any = missed('any');
/** @internal */
const _arg_max = missed('arg_max');
/** @internal */
const _arg_min = missed('arg_min');
/** @internal */
const _argsort = missed('argsort');
/** @internal */
const _array = missed('array');
/** @internal */
const _as_dtype = missed('as_dtype');
/** @internal */
const _as_string = missed('as_string');
/** @internal */
const _assertProperIterable = missed('assertProperIterable');
/** @internal */
const _assertSameFloatDtype = missed('assertSameFloatDtype');
/** @internal */
const _assert_equal = missed('assert_equal');
/** @internal */
const _assert_greater = missed('assert_greater');
/** @internal */
const _assert_greater_equal = missed('assert_greater_equal');
/** @internal */
const _assert_integer = missed('assert_integer');
/** @internal */
const _assert_less = missed('assert_less');
/** @internal */
const _assert_less_equal = missed('assert_less_equal');
/** @internal */
const _assert_near = missed('assert_near');
/** @internal */
const _assert_negative = missed('assert_negative');
/** @internal */
const _assert_non_negative = missed('assert_non_negative');
/** @internal */
const _assert_non_positive = missed('assert_non_positive');
/** @internal */
const _assert_none_equal = missed('assert_none_equal');
/** @internal */
const _assert_positive = missed('assert_positive');
/** @internal */
const _assert_proper_iterable = missed('assert_proper_iterable');
/** @internal */
const _assert_rank = missed('assert_rank');
/** @internal */
const _assert_rank_at_least = missed('assert_rank_at_least');
/** @internal */
const _assert_rank_in = missed('assert_rank_in');
/** @internal */
const _assert_same_float_dtype = missed('assert_same_float_dtype');
/** @internal */
const _assert_scalar = missed('assert_scalar');
/** @internal */
const _assert_type = missed('assert_type');
/** @internal */
const _assert_variables_initialized = missed('assert_variables_initialized');
/** @internal */
const _assign_add = missed('assign_add');
/** @internal */
const _assign_sub = missed('assign_sub');
/** @internal */
const _audio = missed('audio');
/** @internal */
const _autograph = missed('autograph');
/** @internal */
const _batchGather = missed('batchGather');
/** @internal */
const _batchScatterUpdate = missed('batchScatterUpdate');
/** @internal */
const _batchToSpace = missed('batchToSpace');
/** @internal */
const _batch_gather = missed('batch_gather');
/** @internal */
const _batch_scatter_update = missed('batch_scatter_update');
/** @internal */
const _batch_to_space = missed('batch_to_space');
/** @internal */
const _batch_to_space_nd = missed('batch_to_space_nd');
/** @internal */
const _boolean_mask = missed('boolean_mask');
/** @internal */
const _broadcast_dynamic_shape = missed('broadcast_dynamic_shape');
/** @internal */
const _broadcast_static_shape = missed('broadcast_static_shape');
/** @internal */
const _broadcast_to = missed('broadcast_to');
/** @internal */
const _check_numerics = missed('check_numerics');
/** @internal */
const _cholesky_solve = missed('cholesky_solve');
/** @internal */
const _clip_by_average_norm = missed('clip_by_average_norm');
/** @internal */
const _clip_by_global_norm = missed('clip_by_global_norm');
/** @internal */
const _clip_by_norm = missed('clip_by_norm');
/** @internal */
const _clip_by_value = missed('clip_by_value');
/** @internal */
const _colocate_with = missed('colocate_with');
/** @internal */
const _config = missed('config');
/** @internal */
const _confusion_matrix = missed('confusion_matrix');
/** @internal */
const _constant_initializer = missed('constant_initializer');
/** @internal */
const _container = missed('container');
/** @internal */
const _control_dependencies = missed('control_dependencies');
/** @internal */
const _control_flow_v2_enabled = missed('control_flow_v2_enabled');
/** @internal */
const _convertToTensorOrIndexedSlices = missed('convertToTensorOrIndexedSlices');
/** @internal */
const _convertToTensorOrSparseTensor = missed('convertToTensorOrSparseTensor');
/** @internal */
const _convert_to_tensor = missed('convert_to_tensor');
/** @internal */
const _convert_to_tensor_or_indexed_slices = missed('convert_to_tensor_or_indexed_slices');
/** @internal */
const _convert_to_tensor_or_sparse_tensor = missed('convert_to_tensor_or_sparse_tensor');
/** @internal */
const _count_nonzero = missed('count_nonzero');
/** @internal */
const _count_up_to = missed('count_up_to');
/** @internal */
const _create_partitioned_variables = missed('create_partitioned_variables');
/** @internal */
const _custom_gradient = missed('custom_gradient');
/** @internal */
const _data = missed('data');
/** @internal */
const _decodeCompressed = missed('decodeCompressed');
/** @internal */
const _decodeJsonExample = missed('decodeJsonExample');
/** @internal */
const _decode_base64 = missed('decode_base64');
/** @internal */
const _decode_compressed = missed('decode_compressed');
/** @internal */
const _decode_csv = missed('decode_csv');
/** @internal */
const _decode_json_example = missed('decode_json_example');
/** @internal */
const _decode_raw = missed('decode_raw');
/** @internal */
const _delete_session_tensor = missed('delete_session_tensor');
/** @internal */
const _depth_to_space = missed('depth_to_space');
/** @internal */
const _dequantize = missed('dequantize');
/** @internal */
const _deserializeManySparse = missed('deserializeManySparse');
/** @internal */
const _deserialize_many_sparse = missed('deserialize_many_sparse');
/** @internal */
const _diag_part = missed('diag_part');
/** @internal */
const _dimension_at_index = missed('dimension_at_index');
/** @internal */
const _dimension_value = missed('dimension_value');
/** @internal */
const _disableTensorEquality = missed('disableTensorEquality');
/** @internal */
const _disableV2Tensorshape = missed('disableV2Tensorshape');
/** @internal */
const _disable_control_flow_v2 = missed('disable_control_flow_v2');
/** @internal */
const _disable_eager_execution = missed('disable_eager_execution');
/** @internal */
const _disable_resource_variables = missed('disable_resource_variables');
/** @internal */
const _disable_tensor_equality = missed('disable_tensor_equality');
/** @internal */
const _disable_v2_behavior = missed('disable_v2_behavior');
/** @internal */
const _disable_v2_tensorshape = missed('disable_v2_tensorshape');
/** @internal */
const _dispose = missed('dispose');
/** @internal */
const _distribute = missed('distribute');
/** @internal */
const _distributions = missed('distributions');
/** @internal */
const _div_no_nan = missed('div_no_nan');
/** @internal */
const _dot = missed('dot');
/** @internal */
const _dynamic_partition = missed('dynamic_partition');
/** @internal */
const _dynamic_stitch = missed('dynamic_stitch');
/** @internal */
const _edit_distance = missed('edit_distance');
/** @internal */
const _enableEagerExecution = missed('enableEagerExecution');
/** @internal */
const _enableTensorEquality = missed('enableTensorEquality');
/** @internal */
const _enableV2Behavior = missed('enableV2Behavior');
/** @internal */
const _enableV2Tensorshape = missed('enableV2Tensorshape');
/** @internal */
const _enable_control_flow_v2 = missed('enable_control_flow_v2');
/** @internal */
const _enable_eager_execution = missed('enable_eager_execution');
/** @internal */
const _enable_resource_variables = missed('enable_resource_variables');
/** @internal */
const _enable_tensor_equality = missed('enable_tensor_equality');
/** @internal */
const _enable_v2_behavior = missed('enable_v2_behavior');
/** @internal */
const _enable_v2_tensorshape = missed('enable_v2_tensorshape');
/** @internal */
const _encode_base64 = missed('encode_base64');
/** @internal */
const _ensure_shape = missed('ensure_shape');
/** @internal */
const _estimator = missed('estimator');
/** @internal */
const _executing_eagerly = missed('executing_eagerly');
/** @internal */
const _expand_dims = missed('expand_dims');
/** @internal */
const _experimental = missed('experimental');
/** @internal */
const _extractImagePatches = missed('extractImagePatches');
/** @internal */
const _extractVolumePatches = missed('extractVolumePatches');
/** @internal */
const _extract_image_patches = missed('extract_image_patches');
/** @internal */
const _extract_volume_patches = missed('extract_volume_patches');
/** @internal */
const _fakeQuantWithMinMaxArgs = missed('fakeQuantWithMinMaxArgs');
/** @internal */
const _fakeQuantWithMinMaxArgsGradient = missed('fakeQuantWithMinMaxArgsGradient');
/** @internal */
const _fakeQuantWithMinMaxVars = missed('fakeQuantWithMinMaxVars');
/** @internal */
const _fakeQuantWithMinMaxVarsGradient = missed('fakeQuantWithMinMaxVarsGradient');
/** @internal */
const _fakeQuantWithMinMaxVarsPerChannel = missed('fakeQuantWithMinMaxVarsPerChannel');
/** @internal */
const _fakeQuantWithMinMaxVarsPerChannelGradient = missed('fakeQuantWithMinMaxVarsPerChannelGradient');
/** @internal */
const _fake_quant_with_min_max_args = missed('fake_quant_with_min_max_args');
/** @internal */
const _fake_quant_with_min_max_args_gradient = missed('fake_quant_with_min_max_args_gradient');
/** @internal */
const _fake_quant_with_min_max_vars = missed('fake_quant_with_min_max_vars');
/** @internal */
const _fake_quant_with_min_max_vars_gradient = missed('fake_quant_with_min_max_vars_gradient');
/** @internal */
const _fake_quant_with_min_max_vars_per_channel = missed('fake_quant_with_min_max_vars_per_channel');
/** @internal */
const _fake_quant_with_min_max_vars_per_channel_gradient = missed('fake_quant_with_min_max_vars_per_channel_gradient');
/** @internal */
const _featureColumn = missed('featureColumn');
/** @internal */
const _feature_column = missed('feature_column');
/** @internal */
const _fft = missed('fft');
/** @internal */
const _fft2d = missed('fft2d');
/** @internal */
const _fft3d = missed('fft3d');
/** @internal */
const _fingerprint = missed('fingerprint');
/** @internal */
const _fixed_size_partitioner = missed('fixed_size_partitioner');
/** @internal */
const _float = missed('float');
/** @internal */
const _floor_div = missed('floor_div');
/** @internal */
const _function = missed('function');
/** @internal */
const _gather_nd = missed('gather_nd');
/** @internal */
const _getLogger = missed('getLogger');
/** @internal */
const _get_collection = missed('get_collection');
/** @internal */
const _get_collection_ref = missed('get_collection_ref');
/** @internal */
const _get_default_graph = missed('get_default_graph');
/** @internal */
const _get_default_session = missed('get_default_session');
/** @internal */
const _get_local_variable = missed('get_local_variable');
/** @internal */
const _get_logger = missed('get_logger');
/** @internal */
const _get_seed = missed('get_seed');
/** @internal */
const _get_session_handle = missed('get_session_handle');
/** @internal */
const _get_session_tensor = missed('get_session_tensor');
/** @internal */
const _get_static_value = missed('get_static_value');
/** @internal */
const _get_variable = missed('get_variable');
/** @internal */
const _get_variable_scope = missed('get_variable_scope');
/** @internal */
const _global_norm = missed('global_norm');
/** @internal */
const _global_variables = missed('global_variables');
/** @internal */
const _global_variables_initializer = missed('global_variables_initializer');
/** @internal */
const _glorot_normal_initializer = missed('glorot_normal_initializer');
/** @internal */
const _glorot_uniform_initializer = missed('glorot_uniform_initializer');
/** @internal */
const _grad = missed('grad');
/** @internal */
const _gradPassThrough = missed('gradPassThrough');
/** @internal */
const _grad_pass_through = missed('grad_pass_through');
/** @internal */
const _grads = missed('grads');
/** @internal */
const _graph_util = missed('graph_util');
/** @internal */
const _greater_equal = missed('greater_equal');
/** @internal */
const _guaranteeConst = missed('guaranteeConst');
/** @internal */
const _guarantee_const = missed('guarantee_const');
/** @internal */
const _histogramFixedWidth = missed('histogramFixedWidth');
/** @internal */
const _histogramFixedWidthBins = missed('histogramFixedWidthBins');
/** @internal */
const _histogram_fixed_width = missed('histogram_fixed_width');
/** @internal */
const _histogram_fixed_width_bins = missed('histogram_fixed_width_bins');
/** @internal */
const _identity_n = missed('identity_n');
/** @internal */
const _ifft = missed('ifft');
/** @internal */
const _ifft2d = missed('ifft2d');
/** @internal */
const _ifft3d = missed('ifft3d');
/** @internal */
const _image = missed('image');
/** @internal */
const _import_graph_def = missed('import_graph_def');
/** @internal */
const _init_scope = missed('init_scope');
/** @internal */
const _initialize_all_tables = missed('initialize_all_tables');
/** @internal */
const _initialize_all_variables = missed('initialize_all_variables');
/** @internal */
const _initialize_local_variables = missed('initialize_local_variables');
/** @internal */
const _initialize_variables = missed('initialize_variables');
/** @internal */
const _int = missed('int');
/** @internal */
const _invert_permutation = missed('invert_permutation');
/** @internal */
const _is_finite = missed('is_finite');
/** @internal */
const _is_inf = missed('is_inf');
/** @internal */
const _is_nan = missed('is_nan');
/** @internal */
const _is_non_decreasing = missed('is_non_decreasing');
/** @internal */
const _is_numeric_tensor = missed('is_numeric_tensor');
/** @internal */
const _is_strictly_increasing = missed('is_strictly_increasing');
/** @internal */
const _is_tensor = missed('is_tensor');
/** @internal */
const _is_variable_initialized = missed('is_variable_initialized');
/** @internal */
const _lbeta = missed('lbeta');
/** @internal */
const _less_equal = missed('less_equal');
/** @internal */
const _lin_space = missed('lin_space');
/** @internal */
const _lite = missed('lite');
/** @internal */
const _loadFileSystemLibrary = missed('loadFileSystemLibrary');
/** @internal */
const _loadLibrary = missed('loadLibrary');
/** @internal */
const _loadOpLibrary = missed('loadOpLibrary');
/** @internal */
const _load_file_system_library = missed('load_file_system_library');
/** @internal */
const _load_library = missed('load_library');
/** @internal */
const _load_op_library = missed('load_op_library');
/** @internal */
const _local_variables = missed('local_variables');
/** @internal */
const _local_variables_initializer = missed('local_variables_initializer');
/** @internal */
const _log_sigmoid = missed('log_sigmoid');
/** @internal */
const _logical_and = missed('logical_and');
/** @internal */
const _logical_not = missed('logical_not');
/** @internal */
const _logical_or = missed('logical_or');
/** @internal */
const _logical_xor = missed('logical_xor');
/** @internal */
const _makeNdarray = missed('makeNdarray');
/** @internal */
const _makeTemplate = missed('makeTemplate');
/** @internal */
const _makeTensorProto = missed('makeTensorProto');
/** @internal */
const _make_ndarray = missed('make_ndarray');
/** @internal */
const _make_template = missed('make_template');
/** @internal */
const _make_tensor_proto = missed('make_tensor_proto');
/** @internal */
const _map_fn = missed('map_fn');
/** @internal */
const _matching_files = missed('matching_files');
/** @internal */
const _matrixSolveLs = missed('matrixSolveLs');
/** @internal */
const _matrixSquareRoot = missed('matrixSquareRoot');
/** @internal */
const _matrix_band_part = missed('matrix_band_part');
/** @internal */
const _matrix_determinant = missed('matrix_determinant');
/** @internal */
const _matrix_diag = missed('matrix_diag');
/** @internal */
const _matrix_diag_part = missed('matrix_diag_part');
/** @internal */
const _matrix_inverse = missed('matrix_inverse');
/** @internal */
const _matrix_set_diag = missed('matrix_set_diag');
/** @internal */
const _matrix_solve = missed('matrix_solve');
/** @internal */
const _matrix_solve_ls = missed('matrix_solve_ls');
/** @internal */
const _matrix_square_root = missed('matrix_square_root');
/** @internal */
const _matrix_transpose = missed('matrix_transpose');
/** @internal */
const _matrix_triangular_solve = missed('matrix_triangular_solve');
/** @internal */
const _max = missed('max');
/** @internal */
const _mean = missed('mean');
/** @internal */
const _memory = missed('memory');
/** @internal */
const _meshgrid = missed('meshgrid');
/** @internal */
const _min = missed('min');
/** @internal */
const _min_max_variable_partitioner = missed('min_max_variable_partitioner');
/** @internal */
const _model_variables = missed('model_variables');
/** @internal */
const _moving_average_variables = missed('moving_average_variables');
/** @internal */
const _name_scope = missed('name_scope');
/** @internal */
const _noGradient = missed('noGradient');
/** @internal */
const _noRegularizer = missed('noRegularizer');
/** @internal */
const _no_gradient = missed('no_gradient');
/** @internal */
const _no_op = missed('no_op');
/** @internal */
const _no_regularizer = missed('no_regularizer');
/** @internal */
const _nondifferentiableBatchFunction = missed('nondifferentiableBatchFunction');
/** @internal */
const _nondifferentiable_batch_function = missed('nondifferentiable_batch_function');
/** @internal */
const _not_equal = missed('not_equal');
/** @internal */
const _numpy_function = missed('numpy_function');
/** @internal */
const _one_hot = missed('one_hot');
/** @internal */
const _ones_initializer = missed('ones_initializer');
/** @internal */
const _ones_like = missed('ones_like');
/** @internal */
const _opScope = missed('opScope');
/** @internal */
const _op_scope = missed('op_scope');
/** @internal */
const _optimizers = missed('optimizers');
/** @internal */
const _orthogonal_initializer = missed('orthogonal_initializer');
/** @internal */
const _parallel_stack = missed('parallel_stack');
/** @internal */
const _parse_example = missed('parse_example');
/** @internal */
const _parse_single_example = missed('parse_single_example');
/** @internal */
const _parse_single_sequence_example = missed('parse_single_sequence_example');
/** @internal */
const _parse_tensor = missed('parse_tensor');
/** @internal */
const _placeholder_with_default = missed('placeholder_with_default');
/** @internal */
const _prod = missed('prod');
/** @internal */
const _py_func = missed('py_func');
/** @internal */
const _py_function = missed('py_function');
/** @internal */
const _python_io = missed('python_io');
/** @internal */
const _quantization = missed('quantization');
/** @internal */
const _quantize = missed('quantize');
/** @internal */
const _quantizeV2 = missed('quantizeV2');
/** @internal */
const _quantize_v2 = missed('quantize_v2');
/** @internal */
const _quantizedConcat = missed('quantizedConcat');
/** @internal */
const _quantized_concat = missed('quantized_concat');
/** @internal */
const _ragged = missed('ragged');
/** @internal */
const _random_crop = missed('random_crop');
/** @internal */
const _random_gamma = missed('random_gamma');
/** @internal */
const _random_normal = missed('random_normal');
/** @internal */
const _random_normal_initializer = missed('random_normal_initializer');
/** @internal */
const _random_poisson = missed('random_poisson');
/** @internal */
const _random_shuffle = missed('random_shuffle');
/** @internal */
const _random_uniform = missed('random_uniform');
/** @internal */
const _random_uniform_initializer = missed('random_uniform_initializer');
/** @internal */
const _rawOps = missed('rawOps');
/** @internal */
const _raw_ops = missed('raw_ops');
/** @internal */
const _read_file = missed('read_file');
/** @internal */
const _recomputeGrad = missed('recomputeGrad');
/** @internal */
const _recompute_grad = missed('recompute_grad');
/** @internal */
const _reduce_all = missed('reduce_all');
/** @internal */
const _reduce_any = missed('reduce_any');
/** @internal */
const _reduce_join = missed('reduce_join');
/** @internal */
const _reduce_logsumexp = missed('reduce_logsumexp');
/** @internal */
const _reduce_max = missed('reduce_max');
/** @internal */
const _reduce_mean = missed('reduce_mean');
/** @internal */
const _reduce_min = missed('reduce_min');
/** @internal */
const _reduce_prod = missed('reduce_prod');
/** @internal */
const _reduce_sum = missed('reduce_sum');
/** @internal */
const _regexReplace = missed('regexReplace');
/** @internal */
const _regex_replace = missed('regex_replace');
/** @internal */
const _registerTensorConversionFunction = missed('registerTensorConversionFunction');
/** @internal */
const _register_tensor_conversion_function = missed('register_tensor_conversion_function');
/** @internal */
const _repeat = missed('repeat');
/** @internal */
const _report_uninitialized_variables = missed('report_uninitialized_variables');
/** @internal */
const _required_space_to_batch_paddings = missed('required_space_to_batch_paddings');
/** @internal */
const _reset_default_graph = missed('reset_default_graph');
/** @internal */
const _resourceLoader = missed('resourceLoader');
/** @internal */
const _resource_loader = missed('resource_loader');
/** @internal */
const _resource_variables_enabled = missed('resource_variables_enabled');
/** @internal */
const _reverseV2 = missed('reverseV2');
/** @internal */
const _reverse_sequence = missed('reverse_sequence');
/** @internal */
const _reverse_v2 = missed('reverse_v2');
/** @internal */
const _saturate_cast = missed('saturate_cast');
/** @internal */
const _saved_model = missed('saved_model');
/** @internal */
const _scalar = missed('scalar');
/** @internal */
const _scalar_mul = missed('scalar_mul');
/** @internal */
const _scatter_add = missed('scatter_add');
/** @internal */
const _scatter_div = missed('scatter_div');
/** @internal */
const _scatter_max = missed('scatter_max');
/** @internal */
const _scatter_min = missed('scatter_min');
/** @internal */
const _scatter_mul = missed('scatter_mul');
/** @internal */
const _scatter_nd = missed('scatter_nd');
/** @internal */
const _scatter_nd_add = missed('scatter_nd_add');
/** @internal */
const _scatter_nd_sub = missed('scatter_nd_sub');
/** @internal */
const _scatter_nd_update = missed('scatter_nd_update');
/** @internal */
const _scatter_sub = missed('scatter_sub');
/** @internal */
const _scatter_update = missed('scatter_update');
/** @internal */
const _segment_max = missed('segment_max');
/** @internal */
const _segment_mean = missed('segment_mean');
/** @internal */
const _segment_min = missed('segment_min');
/** @internal */
const _segment_prod = missed('segment_prod');
/** @internal */
const _segment_sum = missed('segment_sum');
/** @internal */
const _selfAdjointEig = missed('selfAdjointEig');
/** @internal */
const _selfAdjointEigvals = missed('selfAdjointEigvals');
/** @internal */
const _self_adjoint_eig = missed('self_adjoint_eig');
/** @internal */
const _self_adjoint_eigvals = missed('self_adjoint_eigvals');
/** @internal */
const _sequence_mask = missed('sequence_mask');
/** @internal */
const _sequential = missed('sequential');
/** @internal */
const _serializeManySparse = missed('serializeManySparse');
/** @internal */
const _serializeSparse = missed('serializeSparse');
/** @internal */
const _serialize_many_sparse = missed('serialize_many_sparse');
/** @internal */
const _serialize_sparse = missed('serialize_sparse');
/** @internal */
const _serialize_tensor = missed('serialize_tensor');
/** @internal */
const _setBackend = missed('setBackend');
/** @internal */
const _set_random_seed = missed('set_random_seed');
/** @internal */
const _shape_n = missed('shape_n');
/** @internal */
const _signal = missed('signal');
/** @internal */
const _softmaxCrossEntropy = missed('softmaxCrossEntropy');
/** @internal */
const _sort = missed('sort');
/** @internal */
const _spaceToBatch = missed('spaceToBatch');
/** @internal */
const _space_to_batch = missed('space_to_batch');
/** @internal */
const _space_to_batch_nd = missed('space_to_batch_nd');
/** @internal */
const _space_to_depth = missed('space_to_depth');
/** @internal */
const _sparse = missed('sparse');
/** @internal */
const _sparseAdd = missed('sparseAdd');
/** @internal */
const _sparseConcat = missed('sparseConcat');
/** @internal */
const _sparseFillEmptyRows = missed('sparseFillEmptyRows');
/** @internal */
const _sparseMask = missed('sparseMask');
/** @internal */
const _sparseMatmul = missed('sparseMatmul');
/** @internal */
const _sparseMaximum = missed('sparseMaximum');
/** @internal */
const _sparseMerge = missed('sparseMerge');
/** @internal */
const _sparseMinimum = missed('sparseMinimum');
/** @internal */
const _sparsePlaceholder = missed('sparsePlaceholder');
/** @internal */
const _sparseReduceMax = missed('sparseReduceMax');
/** @internal */
const _sparseReduceMaxSparse = missed('sparseReduceMaxSparse');
/** @internal */
const _sparseReduceSum = missed('sparseReduceSum');
/** @internal */
const _sparseReduceSumSparse = missed('sparseReduceSumSparse');
/** @internal */
const _sparseReorder = missed('sparseReorder');
/** @internal */
const _sparseResetShape = missed('sparseResetShape');
/** @internal */
const _sparseReshape = missed('sparseReshape');
/** @internal */
const _sparseRetain = missed('sparseRetain');
/** @internal */
const _sparseSegmentMean = missed('sparseSegmentMean');
/** @internal */
const _sparseSegmentSqrtN = missed('sparseSegmentSqrtN');
/** @internal */
const _sparseSegmentSum = missed('sparseSegmentSum');
/** @internal */
const _sparseSlice = missed('sparseSlice');
/** @internal */
const _sparseSoftmax = missed('sparseSoftmax');
/** @internal */
const _sparseSplit = missed('sparseSplit');
/** @internal */
const _sparseTensorDenseMatmul = missed('sparseTensorDenseMatmul');
/** @internal */
const _sparseToIndicator = missed('sparseToIndicator');
/** @internal */
const _sparseTranspose = missed('sparseTranspose');
/** @internal */
const _sparse_add = missed('sparse_add');
/** @internal */
const _sparse_concat = missed('sparse_concat');
/** @internal */
const _sparse_fill_empty_rows = missed('sparse_fill_empty_rows');
/** @internal */
const _sparse_mask = missed('sparse_mask');
/** @internal */
const _sparse_matmul = missed('sparse_matmul');
/** @internal */
const _sparse_maximum = missed('sparse_maximum');
/** @internal */
const _sparse_merge = missed('sparse_merge');
/** @internal */
const _sparse_minimum = missed('sparse_minimum');
/** @internal */
const _sparse_placeholder = missed('sparse_placeholder');
/** @internal */
const _sparse_reduce_max = missed('sparse_reduce_max');
/** @internal */
const _sparse_reduce_max_sparse = missed('sparse_reduce_max_sparse');
/** @internal */
const _sparse_reduce_sum = missed('sparse_reduce_sum');
/** @internal */
const _sparse_reduce_sum_sparse = missed('sparse_reduce_sum_sparse');
/** @internal */
const _sparse_reorder = missed('sparse_reorder');
/** @internal */
const _sparse_reset_shape = missed('sparse_reset_shape');
/** @internal */
const _sparse_reshape = missed('sparse_reshape');
/** @internal */
const _sparse_retain = missed('sparse_retain');
/** @internal */
const _sparse_segment_mean = missed('sparse_segment_mean');
/** @internal */
const _sparse_segment_sqrt_n = missed('sparse_segment_sqrt_n');
/** @internal */
const _sparse_segment_sum = missed('sparse_segment_sum');
/** @internal */
const _sparse_slice = missed('sparse_slice');
/** @internal */
const _sparse_softmax = missed('sparse_softmax');
/** @internal */
const _sparse_split = missed('sparse_split');
/** @internal */
const _sparse_tensor_dense_matmul = missed('sparse_tensor_dense_matmul');
/** @internal */
const _sparse_tensor_to_dense = missed('sparse_tensor_to_dense');
/** @internal */
const _sparse_to_dense = missed('sparse_to_dense');
/** @internal */
const _sparse_to_indicator = missed('sparse_to_indicator');
/** @internal */
const _sparse_transpose = missed('sparse_transpose');
/** @internal */
const _spectral = missed('spectral');
/** @internal */
const _squared_difference = missed('squared_difference');
/** @internal */
const _stop_gradient = missed('stop_gradient');
/** @internal */
const _strided_slice = missed('strided_slice');
/** @internal */
const _string_join = missed('string_join');
/** @internal */
const _string_split = missed('string_split');
/** @internal */
const _string_strip = missed('string_strip');
/** @internal */
const _string_to_hash_bucket = missed('string_to_hash_bucket');
/** @internal */
const _string_to_hash_bucket_fast = missed('string_to_hash_bucket_fast');
/** @internal */
const _string_to_hash_bucket_strong = missed('string_to_hash_bucket_strong');
/** @internal */
const _string_to_number = missed('string_to_number');
/** @internal */
const _sum = missed('sum');
/** @internal */
const _svd = missed('svd');
/** @internal */
const _switch_case = missed('switch_case');
/** @internal */
const _tables_initializer = missed('tables_initializer');
/** @internal */
const _tensor = missed('tensor');
/** @internal */
const _tensor1d = missed('tensor1d');
/** @internal */
const _tensor2d = missed('tensor2d');
/** @internal */
const _tensorScatterNdAdd = missed('tensorScatterNdAdd');
/** @internal */
const _tensorScatterNdSub = missed('tensorScatterNdSub');
/** @internal */
const _tensorScatterNdUpdate = missed('tensorScatterNdUpdate');
/** @internal */
const _tensor_scatter_add = missed('tensor_scatter_add');
/** @internal */
const _tensor_scatter_nd_add = missed('tensor_scatter_nd_add');
/** @internal */
const _tensor_scatter_nd_sub = missed('tensor_scatter_nd_sub');
/** @internal */
const _tensor_scatter_nd_update = missed('tensor_scatter_nd_update');
/** @internal */
const _tensor_scatter_sub = missed('tensor_scatter_sub');
/** @internal */
const _tensor_scatter_update = missed('tensor_scatter_update');
/** @internal */
const _tidy = missed('tidy');
/** @internal */
const _timestamp = missed('timestamp');
/** @internal */
const _toComplex128 = missed('toComplex128');
/** @internal */
const _toComplex64 = missed('toComplex64');
/** @internal */
const _to_bfloat16 = missed('to_bfloat16');
/** @internal */
const _to_complex128 = missed('to_complex128');
/** @internal */
const _to_complex64 = missed('to_complex64');
/** @internal */
const _to_double = missed('to_double');
/** @internal */
const _to_float = missed('to_float');
/** @internal */
const _to_int32 = missed('to_int32');
/** @internal */
const _to_int64 = missed('to_int64');
/** @internal */
const _tpu = missed('tpu');
/** @internal */
const _trainable_variables = missed('trainable_variables');
/** @internal */
const _truncated_normal = missed('truncated_normal');
/** @internal */
const _truncated_normal_initializer = missed('truncated_normal_initializer');
/** @internal */
const _uniform_unit_scaling_initializer = missed('uniform_unit_scaling_initializer');
/** @internal */
const _unique_with_counts = missed('unique_with_counts');
/** @internal */
const _unravelIndex = missed('unravelIndex');
/** @internal */
const _unravel_index = missed('unravel_index');
/** @internal */
const _unsorted_segment_max = missed('unsorted_segment_max');
/** @internal */
const _unsorted_segment_mean = missed('unsorted_segment_mean');
/** @internal */
const _unsorted_segment_min = missed('unsorted_segment_min');
/** @internal */
const _unsorted_segment_prod = missed('unsorted_segment_prod');
/** @internal */
const _unsorted_segment_sqrt_n = missed('unsorted_segment_sqrt_n');
/** @internal */
const _unsorted_segment_sum = missed('unsorted_segment_sum');
/** @internal */
const _userOps = missed('userOps');
/** @internal */
const _user_ops = missed('user_ops');
/** @internal */
const _variable = missed('variable');
/** @internal */
const _variableCreatorScope = missed('variableCreatorScope');
/** @internal */
const _variableOpScope = missed('variableOpScope');
/** @internal */
const _variable_axis_size_partitioner = missed('variable_axis_size_partitioner');
/** @internal */
const _variable_creator_scope = missed('variable_creator_scope');
/** @internal */
const _variable_op_scope = missed('variable_op_scope');
/** @internal */
const _variable_scope = missed('variable_scope');
/** @internal */
const _variables_initializer = missed('variables_initializer');
/** @internal */
const _variance_scaling_initializer = missed('variance_scaling_initializer');
/** @internal */
const _vectorized_map = missed('vectorized_map');
/** @internal */
const _verify_tensor_all_finite = missed('verify_tensor_all_finite');
/** @internal */
const _where_v2 = missed('where_v2');
/** @internal */
const _while_loop = missed('while_loop');
/** @internal */
const _wrapFunction = missed('wrapFunction');
/** @internal */
const _wrap_function = missed('wrap_function');
/** @internal */
const _write_file = missed('write_file');
/** @internal */
const _xla = missed('xla');
/** @internal */
const _zeros_initializer = missed('zeros_initializer');
/** @internal */
const _zeros_like = missed('zeros_like');
/** @internal */
export {
  _AttrValue as AttrValue,
  _COMPILER_VERSION as COMPILER_VERSION,
  _CXX11_ABI_FLAG as CXX11_ABI_FLAG,
  _CriticalSection as CriticalSection,
  _GIT_VERSION as GIT_VERSION,
  _GRAPH_DEF_VERSION as GRAPH_DEF_VERSION,
  _GRAPH_DEF_VERSION_MIN_CONSUMER as GRAPH_DEF_VERSION_MIN_CONSUMER,
  _GRAPH_DEF_VERSION_MIN_PRODUCER as GRAPH_DEF_VERSION_MIN_PRODUCER,
  _GradientTape as GradientTape,
  _IndexedSlicesSpec as IndexedSlicesSpec,
  _LSTMCell as LSTMCell,
  _MONOLITHIC_BUILD as MONOLITHIC_BUILD,
  _Module as Module,
  _NameAttrList as NameAttrList,
  _NodeDef as NodeDef,
  _OpError as OpError,
  _OptionalSpec as OptionalSpec,
  _QUANTIZED_DTYPES as QUANTIZED_DTYPES,
  _RaggedTensor as RaggedTensor,
  _RaggedTensorSpec as RaggedTensorSpec,
  _SparseFeature as SparseFeature,
  _SparseTensorSpec as SparseTensorSpec,
  _SparseTensorValue as SparseTensorValue,
  _TensorArraySpec as TensorArraySpec,
  _TensorInfo as TensorInfo,
  _TensorSpec as TensorSpec,
  _TypeSpec as TypeSpec,
  _VariableAggregation as VariableAggregation,
  _VariableSynchronization as VariableSynchronization,
  _accumulate_n as accumulate_n,
  _add_check_numerics_ops as add_check_numerics_ops,
  _add_n as add_n,
  _add_to_collection as add_to_collection,
  _add_to_collections as add_to_collections,
  _all as all,
  _all_variables as all_variables,
  _any as any,
  _arg_max as arg_max,
  _arg_min as arg_min,
  _argsort as argsort,
  _array as array,
  _as_dtype as as_dtype,
  _as_string as as_string,
  _assertProperIterable as assertProperIterable,
  _assertSameFloatDtype as assertSameFloatDtype,
  _assert_equal as assert_equal,
  _assert_greater as assert_greater,
  _assert_greater_equal as assert_greater_equal,
  _assert_integer as assert_integer,
  _assert_less as assert_less,
  _assert_less_equal as assert_less_equal,
  _assert_near as assert_near,
  _assert_negative as assert_negative,
  _assert_non_negative as assert_non_negative,
  _assert_non_positive as assert_non_positive,
  _assert_none_equal as assert_none_equal,
  _assert_positive as assert_positive,
  _assert_proper_iterable as assert_proper_iterable,
  _assert_rank as assert_rank,
  _assert_rank_at_least as assert_rank_at_least,
  _assert_rank_in as assert_rank_in,
  _assert_same_float_dtype as assert_same_float_dtype,
  _assert_scalar as assert_scalar,
  _assert_type as assert_type,
  _assert_variables_initialized as assert_variables_initialized,
  _assign_add as assign_add,
  _assign_sub as assign_sub,
  _audio as audio,
  _autograph as autograph,
  _batchGather as batchGather,
  _batchScatterUpdate as batchScatterUpdate,
  _batchToSpace as batchToSpace,
  _batch_gather as batch_gather,
  _batch_scatter_update as batch_scatter_update,
  _batch_to_space as batch_to_space,
  _batch_to_space_nd as batch_to_space_nd,
  _boolean_mask as boolean_mask,
  _broadcast_dynamic_shape as broadcast_dynamic_shape,
  _broadcast_static_shape as broadcast_static_shape,
  _broadcast_to as broadcast_to,
  _check_numerics as check_numerics,
  _cholesky_solve as cholesky_solve,
  _clip_by_average_norm as clip_by_average_norm,
  _clip_by_global_norm as clip_by_global_norm,
  _clip_by_norm as clip_by_norm,
  _clip_by_value as clip_by_value,
  _colocate_with as colocate_with,
  _config as config,
  _confusion_matrix as confusion_matrix,
  _constant_initializer as constant_initializer,
  _container as container,
  _control_dependencies as control_dependencies,
  _control_flow_v2_enabled as control_flow_v2_enabled,
  _convertToTensorOrIndexedSlices as convertToTensorOrIndexedSlices,
  _convertToTensorOrSparseTensor as convertToTensorOrSparseTensor,
  _convert_to_tensor as convert_to_tensor,
  _convert_to_tensor_or_indexed_slices as convert_to_tensor_or_indexed_slices,
  _convert_to_tensor_or_sparse_tensor as convert_to_tensor_or_sparse_tensor,
  _count_nonzero as count_nonzero,
  _count_up_to as count_up_to,
  _create_partitioned_variables as create_partitioned_variables,
  _custom_gradient as custom_gradient,
  _data as data,
  _decodeCompressed as decodeCompressed,
  _decodeJsonExample as decodeJsonExample,
  _decode_base64 as decode_base64,
  _decode_compressed as decode_compressed,
  _decode_csv as decode_csv,
  _decode_json_example as decode_json_example,
  _decode_raw as decode_raw,
  _delete_session_tensor as delete_session_tensor,
  _depth_to_space as depth_to_space,
  _dequantize as dequantize,
  _deserializeManySparse as deserializeManySparse,
  _deserialize_many_sparse as deserialize_many_sparse,
  _diag_part as diag_part,
  _dimension_at_index as dimension_at_index,
  _dimension_value as dimension_value,
  _disableTensorEquality as disableTensorEquality,
  _disableV2Tensorshape as disableV2Tensorshape,
  _disable_control_flow_v2 as disable_control_flow_v2,
  _disable_eager_execution as disable_eager_execution,
  _disable_resource_variables as disable_resource_variables,
  _disable_tensor_equality as disable_tensor_equality,
  _disable_v2_behavior as disable_v2_behavior,
  _disable_v2_tensorshape as disable_v2_tensorshape,
  _dispose as dispose,
  _distribute as distribute,
  _distributions as distributions,
  _div_no_nan as div_no_nan,
  _dot as dot,
  _dynamic_partition as dynamic_partition,
  _dynamic_stitch as dynamic_stitch,
  _edit_distance as edit_distance,
  _enableEagerExecution as enableEagerExecution,
  _enableTensorEquality as enableTensorEquality,
  _enableV2Behavior as enableV2Behavior,
  _enableV2Tensorshape as enableV2Tensorshape,
  _enable_control_flow_v2 as enable_control_flow_v2,
  _enable_eager_execution as enable_eager_execution,
  _enable_resource_variables as enable_resource_variables,
  _enable_tensor_equality as enable_tensor_equality,
  _enable_v2_behavior as enable_v2_behavior,
  _enable_v2_tensorshape as enable_v2_tensorshape,
  _encode_base64 as encode_base64,
  _ensure_shape as ensure_shape,
  _estimator as estimator,
  _executing_eagerly as executing_eagerly,
  _expand_dims as expand_dims,
  _experimental as experimental,
  _extractImagePatches as extractImagePatches,
  _extractVolumePatches as extractVolumePatches,
  _extract_image_patches as extract_image_patches,
  _extract_volume_patches as extract_volume_patches,
  _fakeQuantWithMinMaxArgs as fakeQuantWithMinMaxArgs,
  _fakeQuantWithMinMaxArgsGradient as fakeQuantWithMinMaxArgsGradient,
  _fakeQuantWithMinMaxVars as fakeQuantWithMinMaxVars,
  _fakeQuantWithMinMaxVarsGradient as fakeQuantWithMinMaxVarsGradient,
  _fakeQuantWithMinMaxVarsPerChannel as fakeQuantWithMinMaxVarsPerChannel,
  _fakeQuantWithMinMaxVarsPerChannelGradient as fakeQuantWithMinMaxVarsPerChannelGradient,
  _fake_quant_with_min_max_args as fake_quant_with_min_max_args,
  _fake_quant_with_min_max_args_gradient as fake_quant_with_min_max_args_gradient,
  _fake_quant_with_min_max_vars as fake_quant_with_min_max_vars,
  _fake_quant_with_min_max_vars_gradient as fake_quant_with_min_max_vars_gradient,
  _fake_quant_with_min_max_vars_per_channel as fake_quant_with_min_max_vars_per_channel,
  _fake_quant_with_min_max_vars_per_channel_gradient as fake_quant_with_min_max_vars_per_channel_gradient,
  _featureColumn as featureColumn,
  _feature_column as feature_column,
  _fft as fft,
  _fft2d as fft2d,
  _fft3d as fft3d,
  _fingerprint as fingerprint,
  _fixed_size_partitioner as fixed_size_partitioner,
  _float as float,
  _floor_div as floor_div,
  _function as function,
  _gather_nd as gather_nd,
  _getLogger as getLogger,
  _get_collection as get_collection,
  _get_collection_ref as get_collection_ref,
  _get_default_graph as get_default_graph,
  _get_default_session as get_default_session,
  _get_local_variable as get_local_variable,
  _get_logger as get_logger,
  _get_seed as get_seed,
  _get_session_handle as get_session_handle,
  _get_session_tensor as get_session_tensor,
  _get_static_value as get_static_value,
  _get_variable as get_variable,
  _get_variable_scope as get_variable_scope,
  _global_norm as global_norm,
  _global_variables as global_variables,
  _global_variables_initializer as global_variables_initializer,
  _glorot_normal_initializer as glorot_normal_initializer,
  _glorot_uniform_initializer as glorot_uniform_initializer,
  _grad as grad,
  _gradPassThrough as gradPassThrough,
  _grad_pass_through as grad_pass_through,
  _grads as grads,
  _graph_util as graph_util,
  _greater_equal as greater_equal,
  _guaranteeConst as guaranteeConst,
  _guarantee_const as guarantee_const,
  _histogramFixedWidth as histogramFixedWidth,
  _histogramFixedWidthBins as histogramFixedWidthBins,
  _histogram_fixed_width as histogram_fixed_width,
  _histogram_fixed_width_bins as histogram_fixed_width_bins,
  _identity_n as identity_n,
  _ifft as ifft,
  _ifft2d as ifft2d,
  _ifft3d as ifft3d,
  _image as image,
  _import_graph_def as import_graph_def,
  _init_scope as init_scope,
  _initialize_all_tables as initialize_all_tables,
  _initialize_all_variables as initialize_all_variables,
  _initialize_local_variables as initialize_local_variables,
  _initialize_variables as initialize_variables,
  _int as int,
  _invert_permutation as invert_permutation,
  _is_finite as is_finite,
  _is_inf as is_inf,
  _is_nan as is_nan,
  _is_non_decreasing as is_non_decreasing,
  _is_numeric_tensor as is_numeric_tensor,
  _is_strictly_increasing as is_strictly_increasing,
  _is_tensor as is_tensor,
  _is_variable_initialized as is_variable_initialized,
  _lbeta as lbeta,
  _less_equal as less_equal,
  _lin_space as lin_space,
  _lite as lite,
  _loadFileSystemLibrary as loadFileSystemLibrary,
  _loadLibrary as loadLibrary,
  _loadOpLibrary as loadOpLibrary,
  _load_file_system_library as load_file_system_library,
  _load_library as load_library,
  _load_op_library as load_op_library,
  _local_variables as local_variables,
  _local_variables_initializer as local_variables_initializer,
  _log_sigmoid as log_sigmoid,
  _logical_and as logical_and,
  _logical_not as logical_not,
  _logical_or as logical_or,
  _logical_xor as logical_xor,
  _makeNdarray as makeNdarray,
  _makeTemplate as makeTemplate,
  _makeTensorProto as makeTensorProto,
  _make_ndarray as make_ndarray,
  _make_template as make_template,
  _make_tensor_proto as make_tensor_proto,
  _map_fn as map_fn,
  _matching_files as matching_files,
  _matrixSolveLs as matrixSolveLs,
  _matrixSquareRoot as matrixSquareRoot,
  _matrix_band_part as matrix_band_part,
  _matrix_determinant as matrix_determinant,
  _matrix_diag as matrix_diag,
  _matrix_diag_part as matrix_diag_part,
  _matrix_inverse as matrix_inverse,
  _matrix_set_diag as matrix_set_diag,
  _matrix_solve as matrix_solve,
  _matrix_solve_ls as matrix_solve_ls,
  _matrix_square_root as matrix_square_root,
  _matrix_transpose as matrix_transpose,
  _matrix_triangular_solve as matrix_triangular_solve,
  _max as max,
  _mean as mean,
  _memory as memory,
  _meshgrid as meshgrid,
  _min as min,
  _min_max_variable_partitioner as min_max_variable_partitioner,
  _model_variables as model_variables,
  _moving_average_variables as moving_average_variables,
  _name_scope as name_scope,
  _noGradient as noGradient,
  _noRegularizer as noRegularizer,
  _no_gradient as no_gradient,
  _no_op as no_op,
  _no_regularizer as no_regularizer,
  _nondifferentiableBatchFunction as nondifferentiableBatchFunction,
  _nondifferentiable_batch_function as nondifferentiable_batch_function,
  _not_equal as not_equal,
  _numpy_function as numpy_function,
  _one_hot as one_hot,
  _ones_initializer as ones_initializer,
  _ones_like as ones_like,
  _opScope as opScope,
  _op_scope as op_scope,
  _optimizers as optimizers,
  _orthogonal_initializer as orthogonal_initializer,
  _parallel_stack as parallel_stack,
  _parse_example as parse_example,
  _parse_single_example as parse_single_example,
  _parse_single_sequence_example as parse_single_sequence_example,
  _parse_tensor as parse_tensor,
  _placeholder_with_default as placeholder_with_default,
  _prod as prod,
  _py_func as py_func,
  _py_function as py_function,
  _python_io as python_io,
  _quantization as quantization,
  _quantize as quantize,
  _quantizeV2 as quantizeV2,
  _quantize_v2 as quantize_v2,
  _quantizedConcat as quantizedConcat,
  _quantized_concat as quantized_concat,
  _ragged as ragged,
  _random_crop as random_crop,
  _random_gamma as random_gamma,
  _random_normal as random_normal,
  _random_normal_initializer as random_normal_initializer,
  _random_poisson as random_poisson,
  _random_shuffle as random_shuffle,
  _random_uniform as random_uniform,
  _random_uniform_initializer as random_uniform_initializer,
  _rawOps as rawOps,
  _raw_ops as raw_ops,
  _read_file as read_file,
  _recomputeGrad as recomputeGrad,
  _recompute_grad as recompute_grad,
  _reduce_all as reduce_all,
  _reduce_any as reduce_any,
  _reduce_join as reduce_join,
  _reduce_logsumexp as reduce_logsumexp,
  _reduce_max as reduce_max,
  _reduce_mean as reduce_mean,
  _reduce_min as reduce_min,
  _reduce_prod as reduce_prod,
  _reduce_sum as reduce_sum,
  _regexReplace as regexReplace,
  _regex_replace as regex_replace,
  _registerTensorConversionFunction as registerTensorConversionFunction,
  _register_tensor_conversion_function as register_tensor_conversion_function,
  _repeat as repeat,
  _report_uninitialized_variables as report_uninitialized_variables,
  _required_space_to_batch_paddings as required_space_to_batch_paddings,
  _reset_default_graph as reset_default_graph,
  _resourceLoader as resourceLoader,
  _resource_loader as resource_loader,
  _resource_variables_enabled as resource_variables_enabled,
  _reverseV2 as reverseV2,
  _reverse_sequence as reverse_sequence,
  _reverse_v2 as reverse_v2,
  _saturate_cast as saturate_cast,
  _saved_model as saved_model,
  _scalar as scalar,
  _scalar_mul as scalar_mul,
  _scatter_add as scatter_add,
  _scatter_div as scatter_div,
  _scatter_max as scatter_max,
  _scatter_min as scatter_min,
  _scatter_mul as scatter_mul,
  _scatter_nd as scatter_nd,
  _scatter_nd_add as scatter_nd_add,
  _scatter_nd_sub as scatter_nd_sub,
  _scatter_nd_update as scatter_nd_update,
  _scatter_sub as scatter_sub,
  _scatter_update as scatter_update,
  _segment_max as segment_max,
  _segment_mean as segment_mean,
  _segment_min as segment_min,
  _segment_prod as segment_prod,
  _segment_sum as segment_sum,
  _selfAdjointEig as selfAdjointEig,
  _selfAdjointEigvals as selfAdjointEigvals,
  _self_adjoint_eig as self_adjoint_eig,
  _self_adjoint_eigvals as self_adjoint_eigvals,
  _sequence_mask as sequence_mask,
  _sequential as sequential,
  _serializeManySparse as serializeManySparse,
  _serializeSparse as serializeSparse,
  _serialize_many_sparse as serialize_many_sparse,
  _serialize_sparse as serialize_sparse,
  _serialize_tensor as serialize_tensor,
  _setBackend as setBackend,
  _set_random_seed as set_random_seed,
  _shape_n as shape_n,
  _signal as signal,
  _softmaxCrossEntropy as softmaxCrossEntropy,
  _sort as sort,
  _spaceToBatch as spaceToBatch,
  _space_to_batch as space_to_batch,
  _space_to_batch_nd as space_to_batch_nd,
  _space_to_depth as space_to_depth,
  _sparse as sparse,
  _sparseAdd as sparseAdd,
  _sparseConcat as sparseConcat,
  _sparseFillEmptyRows as sparseFillEmptyRows,
  _sparseMask as sparseMask,
  _sparseMatmul as sparseMatmul,
  _sparseMaximum as sparseMaximum,
  _sparseMerge as sparseMerge,
  _sparseMinimum as sparseMinimum,
  _sparsePlaceholder as sparsePlaceholder,
  _sparseReduceMax as sparseReduceMax,
  _sparseReduceMaxSparse as sparseReduceMaxSparse,
  _sparseReduceSum as sparseReduceSum,
  _sparseReduceSumSparse as sparseReduceSumSparse,
  _sparseReorder as sparseReorder,
  _sparseResetShape as sparseResetShape,
  _sparseReshape as sparseReshape,
  _sparseRetain as sparseRetain,
  _sparseSegmentMean as sparseSegmentMean,
  _sparseSegmentSqrtN as sparseSegmentSqrtN,
  _sparseSegmentSum as sparseSegmentSum,
  _sparseSlice as sparseSlice,
  _sparseSoftmax as sparseSoftmax,
  _sparseSplit as sparseSplit,
  _sparseTensorDenseMatmul as sparseTensorDenseMatmul,
  _sparseToIndicator as sparseToIndicator,
  _sparseTranspose as sparseTranspose,
  _sparse_add as sparse_add,
  _sparse_concat as sparse_concat,
  _sparse_fill_empty_rows as sparse_fill_empty_rows,
  _sparse_mask as sparse_mask,
  _sparse_matmul as sparse_matmul,
  _sparse_maximum as sparse_maximum,
  _sparse_merge as sparse_merge,
  _sparse_minimum as sparse_minimum,
  _sparse_placeholder as sparse_placeholder,
  _sparse_reduce_max as sparse_reduce_max,
  _sparse_reduce_max_sparse as sparse_reduce_max_sparse,
  _sparse_reduce_sum as sparse_reduce_sum,
  _sparse_reduce_sum_sparse as sparse_reduce_sum_sparse,
  _sparse_reorder as sparse_reorder,
  _sparse_reset_shape as sparse_reset_shape,
  _sparse_reshape as sparse_reshape,
  _sparse_retain as sparse_retain,
  _sparse_segment_mean as sparse_segment_mean,
  _sparse_segment_sqrt_n as sparse_segment_sqrt_n,
  _sparse_segment_sum as sparse_segment_sum,
  _sparse_slice as sparse_slice,
  _sparse_softmax as sparse_softmax,
  _sparse_split as sparse_split,
  _sparse_tensor_dense_matmul as sparse_tensor_dense_matmul,
  _sparse_tensor_to_dense as sparse_tensor_to_dense,
  _sparse_to_dense as sparse_to_dense,
  _sparse_to_indicator as sparse_to_indicator,
  _sparse_transpose as sparse_transpose,
  _spectral as spectral,
  _squared_difference as squared_difference,
  _stop_gradient as stop_gradient,
  _strided_slice as strided_slice,
  _string_join as string_join,
  _string_split as string_split,
  _string_strip as string_strip,
  _string_to_hash_bucket as string_to_hash_bucket,
  _string_to_hash_bucket_fast as string_to_hash_bucket_fast,
  _string_to_hash_bucket_strong as string_to_hash_bucket_strong,
  _string_to_number as string_to_number,
  _sum as sum,
  _svd as svd,
  _switch_case as switch_case,
  _tables_initializer as tables_initializer,
  _tensor as tensor,
  _tensor1d as tensor1d,
  _tensor2d as tensor2d,
  _tensorScatterNdAdd as tensorScatterNdAdd,
  _tensorScatterNdSub as tensorScatterNdSub,
  _tensorScatterNdUpdate as tensorScatterNdUpdate,
  _tensor_scatter_add as tensor_scatter_add,
  _tensor_scatter_nd_add as tensor_scatter_nd_add,
  _tensor_scatter_nd_sub as tensor_scatter_nd_sub,
  _tensor_scatter_nd_update as tensor_scatter_nd_update,
  _tensor_scatter_sub as tensor_scatter_sub,
  _tensor_scatter_update as tensor_scatter_update,
  _tidy as tidy,
  _timestamp as timestamp,
  _toComplex128 as toComplex128,
  _toComplex64 as toComplex64,
  _to_bfloat16 as to_bfloat16,
  _to_complex128 as to_complex128,
  _to_complex64 as to_complex64,
  _to_double as to_double,
  _to_float as to_float,
  _to_int32 as to_int32,
  _to_int64 as to_int64,
  _tpu as tpu,
  _trainable_variables as trainable_variables,
  _truncated_normal as truncated_normal,
  _truncated_normal_initializer as truncated_normal_initializer,
  _uniform_unit_scaling_initializer as uniform_unit_scaling_initializer,
  _unique_with_counts as unique_with_counts,
  _unravelIndex as unravelIndex,
  _unravel_index as unravel_index,
  _unsorted_segment_max as unsorted_segment_max,
  _unsorted_segment_mean as unsorted_segment_mean,
  _unsorted_segment_min as unsorted_segment_min,
  _unsorted_segment_prod as unsorted_segment_prod,
  _unsorted_segment_sqrt_n as unsorted_segment_sqrt_n,
  _unsorted_segment_sum as unsorted_segment_sum,
  _userOps as userOps,
  _user_ops as user_ops,
  _variable as variable,
  _variableCreatorScope as variableCreatorScope,
  _variableOpScope as variableOpScope,
  _variable_axis_size_partitioner as variable_axis_size_partitioner,
  _variable_creator_scope as variable_creator_scope,
  _variable_op_scope as variable_op_scope,
  _variable_scope as variable_scope,
  _variables_initializer as variables_initializer,
  _variance_scaling_initializer as variance_scaling_initializer,
  _vectorized_map as vectorized_map,
  _verify_tensor_all_finite as verify_tensor_all_finite,
  _where_v2 as where_v2,
  _while_loop as while_loop,
  _wrapFunction as wrapFunction,
  _wrap_function as wrap_function,
  _write_file as write_file,
  _xla as xla,
  _zeros_initializer as zeros_initializer,
  _zeros_like as zeros_like,
};
