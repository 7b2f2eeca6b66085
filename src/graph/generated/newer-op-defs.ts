/**
 * Definitions of ops that TensorFlow 1.15 does not have and 2.21.0 writes in programs of 1.x, in the notation of
 * ../signature.ts: written by test/fixtures/record/newer_op_defs.py.
 */
export const NEWER_DEFS = {
  DenseBincount:
    'input: Tidx, size: Tidx, weights: T -> output: T; Tidx: {int32, int64}; T: {int32, int64, float, double}; binary_output: bool = false',
  Erfinv: 'x: T -> y: T; T: {bfloat16, half, float, double}',
  MatrixDiagPartV3:
    "input: T, k: int32, padding_value: T -> diagonal: T; T: type; align: {'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT', 'RIGHT_RIGHT'} = 'RIGHT_LEFT'",
  MatrixDiagV3:
    "diagonal: T, k: int32, num_rows: int32, num_cols: int32, padding_value: T -> output: T; T: type; align: {'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT', 'RIGHT_RIGHT'} = 'RIGHT_LEFT'",
  MatrixSetDiagV3:
    "input: T, diagonal: T, k: int32 -> output: T; T: type; align: {'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT', 'RIGHT_RIGHT'} = 'RIGHT_LEFT'",
  Ndtri: 'x: T -> y: T; T: {bfloat16, half, float, double}',
  ParseExampleV2:
    'serialized: string, names: string, sparse_keys: string, dense_keys: string, ragged_keys: string, dense_defaults: Tdense -> sparse_indices: num_sparse * int64, sparse_values: sparse_types, sparse_shapes: num_sparse * int64, dense_values: Tdense, ragged_values: ragged_value_types, ragged_row_splits: ragged_split_types; Tdense: list({float, int64, string}) >= 0; num_sparse: int >= 0; sparse_types: list({float, int64, string}) >= 0; ragged_value_types: list({float, int64, string}) >= 0; ragged_split_types: list({int32, int64}) >= 0; dense_shapes: list(shape) >= 0',
  RaggedBincount:
    'splits: int64, values: Tidx, size: Tidx, weights: T -> output: T; Tidx: {int32, int64}; T: {int32, int64, float, double}; binary_output: bool = false',
  SparseBincount:
    'indices: int64, values: Tidx, dense_shape: int64, size: Tidx, weights: T -> output: T; Tidx: {int32, int64}; T: {int32, int64, float, double}; binary_output: bool = false',
  SparseSegmentMeanGradV2:
    'grad: T, indices: Tidx, segment_ids: Tsegmentids, dense_output_dim0: int32 -> output: T, sorted_unique_indices: Tidx; T: {bfloat16, half, float, double}; Tidx: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32',
  SparseSegmentSqrtNGradV2:
    'grad: T, indices: Tidx, segment_ids: Tsegmentids, dense_output_dim0: int32 -> output: T, sorted_unique_indices: Tidx; T: {bfloat16, half, float, double}; Tidx: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32',
  SparseSegmentSumGrad:
    'grad: T, indices: Tidx, segment_ids: Tsegmentids, output_dim0: int32 -> output: T; T: {bfloat16, half, float, double}; Tidx: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32',
  SparseSegmentSumGradV2:
    'grad: T, indices: Tidx, segment_ids: Tsegmentids, dense_output_dim0: int32 -> output: T, sorted_unique_indices: Tidx; T: {bfloat16, half, float, double}; Tidx: {int32, int64} = int32; Tsegmentids: {int32, int64} = int32',
  StatelessRandomGetAlg: '-> alg: int32; stateful',
  StatelessRandomGetKeyCounter: 'seed: Tseed -> key: uint64, counter: uint64; Tseed: {int32, int64} = int64',
  StatelessRandomGetKeyCounterAlg:
    'seed: Tseed -> key: uint64, counter: uint64, alg: int32; Tseed: {int32, int64} = int64',
  StatelessRandomNormalV2:
    'shape: Tshape, key: uint64, counter: uint64, alg: int32 -> output: dtype; dtype: {half, bfloat16, float, double} = float; Tshape: {int32, int64} = int32',
  StatelessRandomUniformFullIntV2:
    'shape: Tshape, key: uint64, counter: uint64, alg: int32 -> output: dtype; dtype: {int32, int64, uint32, uint64} = uint64; Tshape: {int32, int64} = int32',
  StatelessRandomUniformIntV2:
    'shape: Tshape, key: uint64, counter: uint64, alg: int32, minval: dtype, maxval: dtype -> output: dtype; dtype: {int32, int64, uint32, uint64}; Tshape: {int32, int64} = int32',
  StatelessRandomUniformV2:
    'shape: Tshape, key: uint64, counter: uint64, alg: int32 -> output: dtype; dtype: {half, bfloat16, float, double} = float; Tshape: {int32, int64} = int32',
  StatelessTruncatedNormalV2:
    'shape: Tshape, key: uint64, counter: uint64, alg: int32 -> output: dtype; dtype: {half, bfloat16, float, double} = float; Tshape: {int32, int64} = int32',
  Xlog1py: 'x: T, y: T -> z: T; T: {half, bfloat16, float, double, complex64, complex128}',
} as const;
export type NewerType = keyof typeof NEWER_DEFS;
