/** Writing tensors into checkpoints, and reading them back. */
import { asTexts } from '../base/elements';
import type { NDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import type { OpRow, Rows, ShapeContext, ShapeFn } from '../graph/opdef';
import { mergeShapes, perOutput, scalarShape, withRank } from '../graph/shape-fn';
import { ShapeError } from '../graph/shape-error';
import { SliceError, parsePart } from '../format/tensor-slice';

/** A name of a file, then `vectors` lists with an element for each tensor. */
const saving =
  (vectors: number): ShapeFn =>
  (c) => {
    withRank(c, 0, 0);
    for (let i = 1; i <= vectors; i++) checkLength(withRank(c, i, 1), c.inputs - 1 - vectors);
    return [];
  };
function checkLength({ dims }: TensorShape, length: number): void {
  const size = dims?.[0] ?? null;
  if (size !== null && size !== length) throw new ShapeError(`Dimension must be ${length} but is ${size}`);
}
const scalars = (c: ShapeContext): void => {
  for (let i = 0; i < c.inputs; i++) withRank(c, i, 0);
};
/** The shape of what a specification names; unknown where that is the whole tensor. */
function shapeOfPart(spec: string): TensorShape {
  if (!spec) return TensorShape.unknown();
  try {
    return new TensorShape(parsePart(spec).sizes);
  } catch (error) {
    throw error instanceof SliceError ? new ShapeError(error.message) : error;
  }
}
const textsIn = (value: NDArray | null): readonly string[] | null => value && asTexts(value.data);

const SAVE_SLICES: OpRow = { shape: saving(2) };
const NAMED_SHARD: OpRow = {
  shape: (c) => {
    scalars(c);
    return scalarShape(c);
  },
};

export const CHECKPOINT = {
  SaveV2: SAVE_SLICES,
  SaveSlices: SAVE_SLICES,
  Save: { shape: saving(1) },
  RestoreV2: {
    shape(c) {
      withRank(c, 0, 0);
      mergeShapes(withRank(c, 1, 1), withRank(c, 2, 1));
      const specs = textsIn(c.value(2));
      if (!specs) return perOutput(c, null);
      if (specs.length !== c.outputs)
        throw new ShapeError("The number of shape_and_slice doesn't match tensor outputs.");
      return specs.map(shapeOfPart);
    },
  },
  Restore: {
    shape(c) {
      scalars(c);
      return [null];
    },
  },
  RestoreSlice: {
    shape(c) {
      scalars(c);
      const specs = textsIn(c.value(2));
      return [specs ? shapeOfPart(specs[0]) : null];
    },
  },
  MergeV2Checkpoints: {
    shape(c) {
      withRank(c, 0, 1);
      withRank(c, 1, 0);
      return [];
    },
  },
  ShardedFilename: NAMED_SHARD,
  ShardedFilespec: NAMED_SHARD,
} satisfies Rows;
