/** Matrices with ones on their diagonal. */
import { isList } from '../base/border';
import { type DType, type DTypeLike, asDtype, float32, int32 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { isTypedArray } from '../base/typed-array';
import { apply, inScope } from '../graph/apply';
import { convertToTensor } from '../graph/constant';
import { type ArrayTensor, Tensor } from '../graph/graph';
import { knowing } from './known-calls';
import type { NameOption } from './options';
import { concat, ones, zeros } from './words';

/** What `eye` takes by name. */
export interface EyeOptions extends NameOption {
  /** How many matrices: numbers, or an int32 tensor of them; one where not given. */
  readonly batchShape?: readonly number[] | Tensor | null;
  /** The element type; float32 where not given. */
  readonly dtype?: DTypeLike;
}
/**
 * The identity matrix, or as many as `batchShape` says.
 *
 *     tf.eye(2)        // [[1, 0], [0, 1]]
 *     tf.eye(2, 3)     // [[1, 0, 0], [0, 1, 0]]
 *
 * @param numRows     how many rows: a number or an int32 scalar
 * @param numColumns  how many columns; as many as rows where not given
 * @param batchShape  how many matrices; one where not given
 * @param dtype       the element type; float32 where not given
 * @returns  shape [...batchShape, numRows, numColumns]
 * @throws TypeError  for sizes that are no whole numbers
 */
export const eye = knowing<EyeCall>()(
  'eye',
  2,
  function eye(
    numRows: number | Tensor,
    numColumns?: number | Tensor | null,
    { batchShape, dtype = float32, name }: EyeOptions = {},
  ): Tensor {
    return inScope(name, 'eye', [numRows, numColumns ?? null, batchShape ?? null], () => {
      const [rows, columns] = [numRows, numColumns ?? numRows];
      const type = asDtype(dtype);
      const isKnown = !(rows instanceof Tensor || columns instanceof Tensor);
      if (isKnown && ![rows, columns].every(Number.isInteger))
        throw new TypeError_('num_rows and num_columns must be positive integer values.');
      const isSquare = isKnown ? rows === columns : (numColumns ?? null) === null;
      const size = isKnown ? Math.min(rows, columns) : apply('Minimum', [rows, columns]);
      const batch = batchShape ?? [];
      if (!(batch instanceof Tensor || isList(batch) || isTypedArray(batch)))
        throw new TypeError_(
          `'${typeof batch}' object is not iterable` +
            '\n  fix: batchShape is a list of sizes, or an int32 tensor of them: [3].',
        );
      if (isKnown && !(batch instanceof Tensor))
        return filled(type, [...batch, Math.min(rows, columns)], isSquare ? null : [...batch, rows, columns]);
      const front = convertToTensor(batch, int32, 'shape');
      const diagonal = concat([front, [size]], 0);
      return filled(type, diagonal, isSquare ? null : concat([front, [rows, columns]], 0));
    });
  },
);
interface EyeCall {
  (named: Square & { readonly numRows: Size; readonly numColumns?: Size | null }): ArrayTensor<number, 2>;
  (numRows: Size, numColumns?: Size | null | Square): ArrayTensor<number, 2>;
}
type Size = number | Tensor;
interface Square extends NameOption {
  readonly batchShape?: null;
  readonly dtype?: null;
}
type Shape = Tensor | readonly number[];
/** Ones of a shape as diagonals of matrices; null for the whole shape: square ones. */
function filled(dtype: DType, diagonal: Shape, whole: Shape | null): Tensor {
  const diagonalOnes = ones(diagonal, dtype);
  if (whole === null) return apply('MatrixDiag', [diagonalOnes], {}, 'diag');
  return apply('MatrixSetDiag', [zeros(whole, dtype), diagonalOnes], {}, 'set_diag');
}
