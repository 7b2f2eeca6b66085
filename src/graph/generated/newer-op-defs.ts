/**
 * Definitions of ops that TensorFlow 1.15 does not have and 2.21.0 writes in programs of 1.x, in the notation of
 * ../signature.ts: written by test/fixtures/record/newer_op_defs.py.
 */
export const NEWER_DEFS = {
  MatrixDiagPartV3:
    "input: T, k: int32, padding_value: T -> diagonal: T; T: type; align: {'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT', 'RIGHT_RIGHT'} = 'RIGHT_LEFT'",
  MatrixDiagV3:
    "diagonal: T, k: int32, num_rows: int32, num_cols: int32, padding_value: T -> output: T; T: type; align: {'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT', 'RIGHT_RIGHT'} = 'RIGHT_LEFT'",
  MatrixSetDiagV3:
    "input: T, diagonal: T, k: int32 -> output: T; T: type; align: {'LEFT_RIGHT', 'RIGHT_LEFT', 'LEFT_LEFT', 'RIGHT_RIGHT'} = 'RIGHT_LEFT'",
} as const;
export type NewerType = keyof typeof NEWER_DEFS;
